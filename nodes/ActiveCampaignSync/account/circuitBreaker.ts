import { AccountFailure, PERMANENT, TRANSIENT } from '../shared/failure';
import type { Trust } from './response';

/**
 * A wrong token is not tried for 10,000 items, but a few times: single responses may be odd, and one item alone may call
 * an endpoint four times in vain.
 */
const MAX_GIVEN_UP_IN_ROW = 5;
/**
 * After this time from the first of so many calls that were given up, without any that succeeded, the other calls to an
 * endpoint are not tried (milliseconds). The first one has been tried for up to two minutes by then.
 */
const MAX_OUTAGE_MS = 180_000;

/** What a run has met at one endpoint; see `endpointOf`. */
interface EndpointState {
	hasWorked: boolean;
	/** Its latest response was a 403. */
	isForbidden: boolean;
	/** A 403 was found to be a matter of permissions: it is not tried again. */
	lacksPermission: boolean;
	/** The calls that were given up since the last one that succeeded, and when the first of them was. */
	givenUp: number;
	givingUpSince?: number;
	/** Why its calls are skipped. */
	openReason?: AccountFailure;
}

const NEW_ENDPOINT: EndpointState = {
	hasWorked: false,
	isForbidden: false,
	lacksPermission: false,
	givenUp: 0,
};

/**
 * Knows what has worked in a run, and notices when all that is left would meet what the calls before it met, so that it
 * need not be tried. A single failure never ends anything. Times are in milliseconds of one monotonic clock.
 */
export class CircuitBreaker {
	private hasTokenWorked = false;
	/** Essential calls in a row that met something lasting, while nothing has ever worked. */
	private consecutivePermanentFailures = 0;
	/** Why nothing is tried any more. */
	private openReason: AccountFailure | undefined;
	private readonly endpoints = new Map<string, EndpointState>();

	/** Why a call to this endpoint is not tried any more, if so. */
	reasonFor(endpoint: string): AccountFailure | undefined {
		return this.openReason ?? this.endpoints.get(endpoint)?.openReason;
	}

	/**
	 * How far a 403 can be a matter of the token or its permissions. Not where the endpoint has worked in this run; and not
	 * while endpoints that have worked return 403 as well, which is a fault of the account.
	 */
	trustIn(endpoint: string): Trust {
		if (!this.hasTokenWorked) return 'none';
		const isSpell = [...this.endpoints.values()].some((one) => one.hasWorked && one.isForbidden);
		return isSpell || this.stateOf(endpoint).hasWorked ? 'endpoint' : 'token';
	}

	/** Whether the token's user was found to lack the permission for this endpoint. */
	lacksPermission(endpoint: string): boolean {
		return this.stateOf(endpoint).lacksPermission;
	}

	/** Notes a call that succeeded. */
	noteSuccess(endpoint: string): void {
		this.hasTokenWorked = true;
		this.endpoints.set(endpoint, { ...NEW_ENDPOINT, hasWorked: true });
	}

	/** Notes a response with 403, whether or not it is tried again. */
	noteForbidden(endpoint: string): void {
		this.stateOf(endpoint).isForbidden = true;
	}

	/** Notes a call that was given up. */
	recordFailure(endpoint: string, failure: AccountFailure, isEssential: boolean, now: number): void {
		const { kind } = failure;
		const state = this.stateOf(endpoint);
		if (kind === 'stopped' || kind === 'stale') return;
		if (!PERMANENT.has(kind) && !TRANSIENT.has(kind) && kind !== 'noData') {
			// The account has looked at what was sent, so it can be reached.
			state.givenUp = 0;
			state.givingUpSince = undefined;
			this.consecutivePermanentFailures = 0;
			return;
		}
		if (kind === 'forbidden') state.lacksPermission = true;
		state.givenUp += 1;
		state.givingUpSince ??= now;
		const isOutage = state.givenUp >= MAX_GIVEN_UP_IN_ROW && now - state.givingUpSince > MAX_OUTAGE_MS;
		if (isOutage) state.openReason ??= skipped(failure);
		if (this.hasTokenWorked || !isEssential || !PERMANENT.has(kind)) return;
		this.consecutivePermanentFailures += 1;
		if (this.consecutivePermanentFailures >= MAX_GIVEN_UP_IN_ROW) this.openReason ??= skipped(failure);
	}

	private stateOf(endpoint: string): EndpointState {
		const known = this.endpoints.get(endpoint);
		if (known) return known;
		const state = { ...NEW_ENDPOINT };
		this.endpoints.set(endpoint, state);
		return state;
	}
}

function skipped({ kind, message, description, details: { httpCode } }: AccountFailure): AccountFailure {
	return new AccountFailure(kind, `Skipped after repeated failures: ${message}`, description, { httpCode });
}
