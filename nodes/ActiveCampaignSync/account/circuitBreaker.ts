import { PERMANENT, TRANSIENT, type AccountFailure } from '../shared/failure';

/**
 * A wrong token is not tried for 10,000 items, but a few times: single responses may be odd, and one item alone may call
 * an endpoint four times in vain.
 */
const MAX_FAILURES_IN_ROW = 5;
/**
 * After this time from the first of so many calls that failed, without any that succeeded, the other calls to an
 * endpoint are not tried (milliseconds). The first one has been tried for up to two minutes by then.
 */
const MAX_OUTAGE_MS = 180_000;

/** What the calls to one endpoint (see `endpointOf`) have met since the last one that got through. */
interface Outage {
	readonly since: number;
	failures: number;
	/** A 403 was found to be a matter of permissions. */
	lacksPermission: boolean;
	/** Why its calls are skipped. */
	reason?: AccountFailure;
}

/**
 * Notices when all that is left of a run would meet what the calls before it met, so that it need not be tried. A single
 * failure never ends anything. Times are in milliseconds of one monotonic clock.
 */
export class CircuitBreaker {
	/** Whether any call has worked in this run. */
	hasWorked = false;

	/** Essential calls in a row that met something permanent, while nothing has ever worked. */
	private consecutivePermanentFailures = 0;
	/** Why nothing is tried any more. */
	private reason: AccountFailure | undefined;
	private readonly outages = new Map<string, Outage>();

	/** Why a call to this endpoint is not tried any more, if so. */
	reasonFor(endpoint: string): AccountFailure | undefined {
		return this.reason ?? this.outages.get(endpoint)?.reason;
	}

	/** Whether the token's user was found to lack the permission for this endpoint. */
	lacksPermission(endpoint: string): boolean {
		return this.outages.get(endpoint)?.lacksPermission === true;
	}

	recordSuccess(endpoint: string): void {
		this.hasWorked = true;
		this.outages.delete(endpoint);
	}

	/** To be called with what a call ended in that is not tried any more. */
	recordFailure(endpoint: string, failure: AccountFailure, isEssential: boolean, now: number): void {
		const { kind } = failure;
		if (kind === 'stopped' || kind === 'stale') return;
		if (!PERMANENT.has(kind) && !TRANSIENT.has(kind) && kind !== 'noData') {
			// The account has looked at what was sent, so it can be reached.
			this.outages.delete(endpoint);
			this.consecutivePermanentFailures = 0;
			return;
		}
		const outage = this.outages.get(endpoint) ?? { since: now, failures: 0, lacksPermission: false };
		this.outages.set(endpoint, outage);
		outage.failures += 1;
		if (kind === 'forbidden') outage.lacksPermission = true;
		const isLong = outage.failures >= MAX_FAILURES_IN_ROW && now - outage.since > MAX_OUTAGE_MS;
		if (isLong) outage.reason ??= skipped(failure);

		if (this.hasWorked || !isEssential || !PERMANENT.has(kind)) return;
		this.consecutivePermanentFailures += 1;
		if (this.consecutivePermanentFailures >= MAX_FAILURES_IN_ROW) this.reason ??= skipped(failure);
	}
}

/** Of what was never sent, neither may it be done nor was a wait asked for. */
function skipped(failure: AccountFailure): AccountFailure {
	return failure.with({
		message: `Skipped after repeated failures: ${failure.message}`,
		details: { outcomeUnknown: undefined, retryAfterMs: undefined },
	});
}
