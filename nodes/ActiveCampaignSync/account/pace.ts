/**
 * When the next request to an account may start. Pure: the clock comes in, a new state goes out.
 *
 * ActiveCampaign allows 5 requests per second and account, with no burst beyond it (developers.activecampaign.com,
 * "Rate Limits"). The limit is a sliding window over the starts of our own requests, so that a small job may start five at
 * once. After a refusal only a share of it is used, at even distances, and each response widens the share again.
 * What each number here is worth: test/bench/RESULTS.md, "What pacing is worth".
 */

import { MAX_TRYING_MS } from './retry';

/** How many requests may start in any window of `windowMs` milliseconds. */
export interface PaceLimit {
	readonly starts: number;
	readonly windowMs: number;
}

/** What is known about an account's limit at this moment; times in milliseconds of one monotonic clock. */
export interface Pace {
	/** When the latest requests were sent at the latest, oldest first. */
	readonly starts: readonly number[];
	/** When the first of them started after a time without any. */
	readonly activeSince: number;
	/** Nothing starts before this time. */
	readonly blockedUntil: number;
	/** The part of the limit in use: 1 when alone on the account, less after a refusal. */
	readonly share: number;
	/** When the latest refusal came that narrowed the share, and how long it held everything up. */
	readonly refusedAt: number;
	readonly holdMs: number;
}

/** The general limit of an account for a configured number of requests per second. */
export function generalLimit(requestsPerSecond: number): PaceLimit {
	return { starts: requestsPerSecond, windowMs: 1_000 };
}

/** "100 requests a minute" of the bulk import, apart from the general limit. */
export const IMPORT_LIMIT: PaceLimit = { starts: 100, windowMs: 60_000 };

/** Windows are longer by this part, since some requests take longer to arrive than others: up to 22 ms on loopback. */
const MARGIN = 0.03;
/** The first requests after a quiet time arrive up to 100 ms late: code is compiled, names and certificates are read. */
const WARM_UP_MS = 120;
/** Without a start for this long, the next one is a first one again. */
const QUIET_MS = 5_000;
/** Bursts gain short runs most of a second; kept up, they leave no gap for another n8n worker. */
const BURSTS_FOR_WINDOWS = 25;
/** What is left of the share after a refusal, and the least that ever is. */
const SHARE_KEPT_ON_REFUSAL = 0.75;
const MIN_SHARE = 0.05;
/** What each response adds to the share, divided by the seconds that the latest refusal cost. */
const RECOVERY = 0.01;
/** The hold when a refusal names no time. */
const UNNAMED_HOLD_MS = 1_000;
/** Bounds the memory; more than any limit in use needs. */
const MAX_STARTS = 2_000;

export const INITIAL_PACE: Pace = {
	starts: [],
	activeSince: -Infinity,
	blockedUntil: 0,
	share: 1,
	refusedAt: -Infinity,
	holdMs: 0,
};

/** The earliest time, not before `now`, at which another request may start. */
export function nextStartAt(pace: Pace, limit: PaceLimit, now: number): number {
	const { starts, share, activeSince, blockedUntil } = pace;
	const distanceMs = (limit.windowMs * (1 + MARGIN)) / limit.starts;
	// Rounded up: 2.5 per second are at most 3 in any 1.2 seconds.
	const burst = Math.ceil(limit.starts);
	const windowFreeAt = (starts.at(-burst) ?? -Infinity) + burst * distanceMs;
	const isSpread = share < 1 || now - activeSince > BURSTS_FOR_WINDOWS * limit.windowMs;
	const spreadTo = isSpread ? (starts.at(-1) ?? -Infinity) + distanceMs / share : now;
	return Math.max(now, blockedUntil, windowFreeAt, spreadTo);
}

/** The pace after a request started at `now`. */
export function afterStart(pace: Pace, now: number): Pace {
	const isQuiet = now - (pace.starts.at(-1) ?? -Infinity) > QUIET_MS;
	const activeSince = isQuiet ? now : pace.activeSince;
	const sentBy = Math.max(now, activeSince + WARM_UP_MS);
	return { ...pace, activeSince, starts: [...pace.starts.slice(1 - MAX_STARTS), sentBy] };
}

/** The pace after a response that did not say the limit was reached. */
export function afterResponse(pace: Pace): Pace {
	const recovery = RECOVERY / Math.max(1, pace.holdMs / 1_000);
	return pace.share < 1 ? { ...pace, share: Math.min(1, pace.share + recovery) } : pace;
}

/**
 * The pace after the account refused a request for being over its rate limit (429, or 503 with Retry-After).
 * @param startedAt when the refused request started: of several refused together only the first narrows the share
 * @param retryAfterMs the wait the account asked for, if it named one
 */
export function afterRateLimited(
	pace: Pace,
	startedAt: number,
	retryAfterMs: number | undefined,
	now: number,
): Pace {
	// No item waits for longer: the account is asked again then.
	const holdMs = Math.min(MAX_TRYING_MS.rateLimited, retryAfterMs || UNNAMED_HOLD_MS);
	const held = { ...pace, blockedUntil: Math.max(pace.blockedUntil, now + holdMs) };
	if (startedAt < pace.refusedAt) return held;
	const share = Math.max(MIN_SHARE, pace.share * SHARE_KEPT_ON_REFUSAL);
	return { ...held, share, refusedAt: now, holdMs };
}
