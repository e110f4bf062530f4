/**
 * What is tried again, how often and after which wait. Pure: policy as data and one decision over it.
 */

/** Why a single try did not work, as far as trying again is concerned. */
export type RetryReason =
	/** 429, or 503 with Retry-After: the request was turned away unread. */
	| 'rateLimited'
	/** 5xx and gateway pages: the request may or may not have been carried out. */
	| 'serverFault'
	/** The connection was cut, or no answer came in time: it may have been carried out. */
	| 'noAnswer'
	/** No connection was made: it was not carried out. */
	| 'noConnection'
	/** 403: some sources see intermittent ones on a good token; it was not carried out. */
	| 'forbidden';

/**
 * Whether a call may be sent twice.
 * `always`: reads, and writes that end in the same state however often they are made (sync is an upsert by email).
 * `ifNotDone`: only while it is certain that it was not carried out (enrolling in an automation enrols again).
 */
export type Repeatable = 'always' | 'ifNotDone';

interface RetryRule {
	readonly maxTries: number;
	/** Doubled with each further try that ends the same way, in milliseconds. */
	readonly firstWaitMs: number;
	/** No item is tried for longer than this, all its calls together; then a person has to hear of it (milliseconds). */
	readonly maxTryingMs: number;
	/** Whether the try may have been carried out, so that another one may be the second. */
	readonly outcomeUnknown: boolean;
}

const MINUTE_MS = 60_000;

export const RETRY_RULES: Readonly<Record<RetryReason, RetryRule>> = {
	// It names its own wait, kept by the account's pace, so there is none here. And it says that all is well but for
	// others who use the account: an answer that asks to wait 30 seconds leaves few tries in a short time.
	rateLimited: { maxTries: Infinity, firstWaitMs: 0, maxTryingMs: 5 * MINUTE_MS, outcomeUnknown: false },
	serverFault: { maxTries: 8, firstWaitMs: 500, maxTryingMs: 2 * MINUTE_MS, outcomeUnknown: true },
	noAnswer: { maxTries: 5, firstWaitMs: 500, maxTryingMs: 2 * MINUTE_MS, outcomeUnknown: true },
	noConnection: { maxTries: 5, firstWaitMs: 500, maxTryingMs: 2 * MINUTE_MS, outcomeUnknown: false },
	forbidden: { maxTries: 2, firstWaitMs: 1_000, maxTryingMs: 2 * MINUTE_MS, outcomeUnknown: false },
};

/** However many tries there were (milliseconds). */
const MAX_WAIT_MS = 15_000;

/** What is known when a try has not worked; times in milliseconds. */
export interface TryOutcome {
	readonly reason: RetryReason;
	readonly repeatable: Repeatable;
	/** How many tries ended in this reason, this one included. */
	readonly triesForReason: number;
	/** How long calls for the item have been tried that did not work at once, this one included. */
	readonly elapsedMs: number;
	/** The wait the account asked for. */
	readonly askedWaitMs?: number;
	/** From 0 to 1, so that many clients do not come back together. */
	readonly random: number;
}

/** The wait in milliseconds before the next try, or undefined when there shall be none. */
export function waitBeforeNextTry(outcome: TryOutcome): number | undefined {
	const rule = RETRY_RULES[outcome.reason];
	if (outcome.repeatable === 'ifNotDone' && rule.outcomeUnknown) return undefined;
	if (outcome.triesForReason >= rule.maxTries) return undefined;
	const backoffMs = Math.min(MAX_WAIT_MS, rule.firstWaitMs * 2 ** Math.min(outcome.triesForReason - 1, 10));
	const jitteredMs = backoffMs * (0.5 + outcome.random / 2);
	const waitMs = Math.max(jitteredMs, outcome.askedWaitMs ?? 0);
	return outcome.elapsedMs + waitMs > rule.maxTryingMs ? undefined : waitMs;
}
