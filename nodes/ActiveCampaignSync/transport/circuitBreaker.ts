import { AccountFailure, LASTING, PASSING } from '../shared/failure';

/** A wrong token is not tried for 10,000 items; a few times, since single answers may be odd. */
const MAX_LASTING_IN_ROW = 5;
/**
 * After this time from the first call that was given up, without any that got through, the rest of a run is not tried
 * (milliseconds). The first one has been tried for up to two minutes by then.
 */
const MAX_OUTAGE_MS = 180_000;

/**
 * Notices when all that is left of a run would meet what the calls before it met, so that it need not be tried.
 * A single failure never ends a run, whatever it is. Times are in milliseconds of one monotonic clock.
 */
export class CircuitBreaker {
	/** What ends the calls that are left. */
	reason: AccountFailure | undefined;

	/** Essential calls in a row that met something lasting. */
	private lastingInRow = 0;
	/** An account that has answered once is the right one: that its name cannot be found then passes. */
	private hasSucceeded = false;
	/** When a call was first given up for something that passes, since the last one that got through. */
	private givingUpSince: number | undefined;

	/** Notes a call that got through. */
	succeeded(isEssential: boolean): void {
		this.hasSucceeded = true;
		this.givingUpSince = undefined;
		if (isEssential) this.lastingInRow = 0;
	}

	/** Notes an essential call that did not get through for all its tries. */
	failed(failure: AccountFailure, now: number): void {
		const { kind } = failure;
		if (PASSING.has(kind) || (kind === 'wrongAccount' && this.hasSucceeded)) this.givingUpSince ??= now;
		else if (LASTING.has(kind)) this.lastingInRow += 1;
		// The account has looked at what was sent, so it can be reached and knows the token.
		else if (kind !== 'stopped') this.succeeded(true);
		const isOut = this.givingUpSince !== undefined && now - this.givingUpSince > MAX_OUTAGE_MS;
		if (isOut || this.lastingInRow >= MAX_LASTING_IN_ROW) this.reason ??= notTried(failure);
	}
}

function notTried({ kind, message, description, details: { httpCode } }: AccountFailure): AccountFailure {
	return new AccountFailure(
		kind,
		`Not tried any more, since the items before it ended like this: ${message}`,
		description,
		{ httpCode },
	);
}
