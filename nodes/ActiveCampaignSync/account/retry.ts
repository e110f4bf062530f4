import type { AccountFailure } from '../shared/failure';

/** What is tried again, for how long and after which wait. Pure: policy as data and one decision over it. */

/** Why another try may help. */
export type RetryReason =
	/** Over the rate limit: the wait is named, and kept for all by the account's pace. */
	| 'rateLimited'
	/** It passes by itself: no connection, a cut one, a time-out, 5xx, a response that cannot be read. */
	| 'passing'
	/** It may pass, but is likely to stay: a 403 for a token that has not worked yet, a host that cannot be found. */
	| 'doubtful';

/** A try that did not work; without a reason another one would not either. */
export interface FailedTry {
	readonly value?: undefined;
	readonly failure: AccountFailure;
	readonly reason?: RetryReason;
}

/** What one try ended in. */
export type TryResult<Value> =
	{ readonly value: Value; readonly failure?: undefined; readonly reason?: undefined } | FailedTry;

/**
 * Whether a call may be sent twice.
 * `always`: reads, and writes that end in the same state however often they are made (sync is an upsert by email).
 * `ifNotDone`: only while it is certain that it was not carried out (enrolling in an automation enrolls again).
 */
export type Repeatable = 'always' | 'ifNotDone';

/**
 * No item is tried for longer than this for one reason, all its calls together (milliseconds). Being over the limit says
 * that all is well but for others who use the account, and a response that asks to wait 30 seconds leaves few tries in a
 * short time.
 */
export const MAX_TRYING_MS: Readonly<Record<RetryReason, number>> = {
	rateLimited: 300_000,
	passing: 120_000,
	doubtful: 120_000,
};

/** Just enough for single odd responses, so that a wrong token is noticed at once. */
const MAX_DOUBTFUL_TRIES = 3;

/** Doubled with each further try that ends the same way (milliseconds). */
const FIRST_WAIT_MS = 500;

/** However many tries there were: the end of an outage is noticed within seconds (milliseconds). */
const MAX_WAIT_MS = 5_000;

/** What is known when a try has not worked; times in milliseconds. */
export interface TryOutcome {
	readonly reason: RetryReason;
	readonly repeatable: Repeatable;
	/** The try may have been carried out, so that another one may be the second. */
	readonly outcomeUnknown: boolean;
	/** How many tries ended in this reason, this one included. */
	readonly triesForReason: number;
	/** How long calls for the item have met this reason, this try included. */
	readonly elapsedMs: number;
	/** The wait the account asked for. */
	readonly askedWaitMs?: number;
	/** From 0 to 1, so that many clients do not come back together. */
	readonly random: number;
}

/** The wait in milliseconds before the next try, or undefined when the call has failed for good. */
export function waitBeforeNextTry(outcome: TryOutcome): number | undefined {
	if (outcome.repeatable === 'ifNotDone' && outcome.outcomeUnknown) return undefined;
	if (outcome.reason === 'doubtful' && outcome.triesForReason >= MAX_DOUBTFUL_TRIES) return undefined;
	const doubledMs = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (outcome.triesForReason - 1));
	// Over the limit, the account's pace has the wait.
	const backoffMs = outcome.reason === 'rateLimited' ? 0 : doubledMs;
	const jitteredMs = backoffMs * (0.5 + outcome.random / 2);
	const waitMs = Math.max(jitteredMs, outcome.askedWaitMs ?? 0);
	return outcome.elapsedMs + waitMs > MAX_TRYING_MS[outcome.reason] ? undefined : waitMs;
}
