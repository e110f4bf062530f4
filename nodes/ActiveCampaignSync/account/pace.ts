/**
 * When the next request to an account may start. Pure: the clock comes in, a new state goes out.
 *
 * ActiveCampaign allows 5 requests per second and account, with no burst beyond it (developers.activecampaign.com,
 * "Rate Limits"). The limit is a sliding window over the starts of our own requests, so that a small job may start five at
 * once. Other programs are known by refusals only: each takes one of five parts away, and time gives it back. Parts are
 * whole starts per window, since programs whose parts add up to five never refuse each other anything, however their
 * requests fall between each other. What each number here is worth: test/bench/RESULTS.md, "What pacing is worth".
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
	/** How much of the limit is in use, in fifths of it: 5 when alone on the account, less after a refusal. */
	readonly fifths: number;
	/** When it takes more again, if nothing is refused until then. */
	readonly widenAt: number;
	/** When the latest refusal came that narrowed it, or the last knock is due: what started before belongs to it. */
	readonly refusedAt: number;
	/** How long it held everything up. */
	readonly holdMs: number;
	/** How many narrowed it since the whole limit was in use in peace. */
	readonly refusals: number;
	/** How many ever came while the whole limit was in use. */
	readonly refusalsOfWhole: number;
	/** How many came in a row at last, with no other response in between: so many knocks follow the hold. */
	readonly inARow: number;
}

/** The general limit of an account for a configured number of requests per second. */
export function generalLimit(requestsPerSecond: number): PaceLimit {
	return { starts: requestsPerSecond, windowMs: 1_000 };
}

/** "100 requests a minute" of the bulk import, apart from the general limit. */
export const IMPORT_LIMIT: PaceLimit = { starts: 100, windowMs: 60_000 };

/** Windows are longer by this part, since some requests take longer to arrive than others: up to 22 ms on loopback. */
const MARGIN = 0.03;
/** The same part once two refusals of the whole limit have shown that it is not enough: requests arrive up to 50 ms late. */
const LATE_MARGIN = 0.05;
const MANY_REFUSALS = 2;
/** Where several start at once, a busy process sends the latest of them up to 55 ms later. */
const BURST_MARGIN = 0.06;
/** Longer still for each fifth beyond the first: others find gaps, and rather beside a program that has more than they. */
const ROOM = 0.055;
/** The part of an even distance that is kept: all of it would add up the lateness of each start. */
const EVENNESS = 0.9;
/** The first requests after a quiet time arrive up to 100 ms late: code is compiled, names and certificates are read. */
const WARM_UP_MS = 120;
/** Without a start for this long, the next one is a first one again. */
const QUIET_MS = 5_000;
/** Bursts gain short runs most of a second; kept up, they leave no gap for another n8n worker. */
const BURSTS_FOR_WINDOWS = 25;
const WHOLE = 5;
/** The least in use: less would starve a program beside others, and each refusal holds it up anyway. */
const LEAST = 1;
/**
 * For so long, and this many holds, after a refusal nothing more is tried; for each refusal before, as long again, up to the
 * fifths in use. The more a refusal costs, the rarer it may be; who has little tries first.
 */
const PATIENCE_MS = 10_000;
const PATIENCE_HOLDS = 4;
/** What worked is followed by more after this part of it, so that a neighbor who is gone is soon forgotten. */
const PATIENCE_AFTER_SUCCESS = 0.75;
/**
 * A program alone leaves others 30 of 206 ms. One that was refused several times in a row knocks as often after a hold, at
 * this distance, whatever the first knock meets: with a single one, it got nothing for 14 minutes at `Retry-After: 30`.
 */
const KNOCK_MS = 25;
const MAX_KNOCKS = 5;
/** The hold when a refusal names no time. */
export const UNNAMED_HOLD_MS = 1_000;
/** Bounds the memory; more than any limit in use needs. */
const MAX_STARTS = 2_000;

export const INITIAL_PACE: Pace = {
	starts: [],
	activeSince: -Infinity,
	blockedUntil: -Infinity,
	fifths: WHOLE,
	widenAt: -Infinity,
	refusedAt: -Infinity,
	holdMs: 0,
	refusals: 0,
	refusalsOfWhole: 0,
	inARow: 0,
};

/** The earliest time, not before `now`, at which another request may start. */
export function nextStartAt(pace: Pace, limit: PaceLimit, now: number): number {
	const { starts, fifths, activeSince, blockedUntil } = pace;
	const latest = starts.at(-1) ?? -Infinity;
	const knockAt = Math.max(now, latest + KNOCK_MS);
	if (knockAt < pace.refusedAt) return knockAt;
	const isKnocking = pace.inARow > 0 && (starts.at(-pace.inARow) ?? -Infinity) < blockedUntil;
	if (isKnocking) return Math.max(knockAt, blockedUntil);
	const isSpread = fifths < WHOLE || now - activeSince > BURSTS_FOR_WINDOWS * limit.windowMs;
	const allowed = (limit.starts * fifths) / WHOLE;
	const distanceMs = (limit.windowMs * (1 + marginOf(pace, isSpread))) / allowed;
	// Rounded up: 2.5 per second are at most 3 in any 1.2 seconds.
	const burst = Math.ceil(allowed);
	const windowFreeAt = (starts.at(-burst) ?? -Infinity) + burst * distanceMs;
	const spreadTo = isSpread ? latest + distanceMs * EVENNESS : now;
	return Math.max(now, blockedUntil, windowFreeAt, spreadTo);
}

function marginOf({ fifths, refusalsOfWhole }: Pace, isSpread: boolean): number {
	if (!isSpread) return BURST_MARGIN;
	// Between 4 and the whole, the window is longer as it is.
	if (fifths > WHOLE - 1) return refusalsOfWhole < MANY_REFUSALS ? MARGIN : LATE_MARGIN;
	return MARGIN + ROOM * (fifths - 1);
}

/** The pace after a request started at `now`. */
export function afterStart(pace: Pace, now: number): Pace {
	const isQuiet = now - Math.max(pace.blockedUntil, pace.starts.at(-1) ?? -Infinity) > QUIET_MS;
	const activeSince = isQuiet ? now : pace.activeSince;
	const sentBy = Math.max(now, activeSince + WARM_UP_MS);
	return { ...pace, activeSince, starts: [...pace.starts.slice(1 - MAX_STARTS), sentBy] };
}

/** The pace after a response, at `now`, that did not say the limit was reached. */
export function afterResponse(pace: Pace, now: number): Pace {
	const answered = pace.inARow > 0 ? { ...pace, inARow: 0 } : pace;
	if (now < pace.widenAt) return answered;
	if (pace.fifths === WHOLE) return pace.refusals > 0 ? { ...answered, refusals: 0 } : answered;
	// The last fifth in two steps: alone, a refusal may have been only a matter of how late requests arrived.
	const fifths = pace.fifths + (pace.fifths < WHOLE - 1 ? 1 : 0.5);
	return { ...answered, fifths, widenAt: now + PATIENCE_AFTER_SUCCESS * patienceMs(pace.holdMs) };
}

/**
 * The pace after the account refused a request for being over its rate limit (429, or 503 with Retry-After).
 * @param startedAt when the refused request started: of several refused together only the first narrows the pace
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
	const fifths = Math.max(LEAST, pace.fifths - (pace.fifths > WHOLE - 1 ? 0.5 : 1));
	const refusals = pace.refusals + 1;
	const widenAt = now + holdMs + Math.min(refusals, fifths) * patienceMs(holdMs);
	const refusedAt = Math.max(now, pace.blockedUntil + pace.inARow * KNOCK_MS);
	const inARow = Math.min(MAX_KNOCKS, pace.inARow + 1);
	const refusalsOfWhole = pace.refusalsOfWhole + (pace.fifths === WHOLE ? 1 : 0);
	return { ...held, fifths, widenAt, refusedAt, holdMs, refusals, refusalsOfWhole, inARow };
}

function patienceMs(holdMs: number): number {
	return PATIENCE_MS + PATIENCE_HOLDS * holdMs;
}
