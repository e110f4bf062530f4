/**
 * When the next request to an account may start. Pure: the clock comes in, a new state goes out.
 *
 * ActiveCampaign allows 5 requests per second and account, with no burst beyond it (developers.activecampaign.com,
 * "Rate Limits"). The limit is kept as a sliding window over the starts of our own requests, so that a small job
 * may start five at once, and is narrowed for a while when the account says that others use it too.
 */

/** How many requests may start in any window of `windowMs` milliseconds. */
export interface PaceLimit {
	readonly starts: number;
	readonly windowMs: number;
	/** Added to the window, since requests do not all take equally long to arrive (milliseconds). */
	readonly marginMs: number;
}

/** What is known about an account's limit at this moment; times in milliseconds of one monotonic clock. */
export interface Pace {
	/** When the latest requests started, or may have been sent at the latest; oldest first. */
	readonly starts: readonly number[];
	/** When the first of them started after a time without any. */
	readonly activeSince: number;
	/** Nothing starts before this time. */
	readonly blockedUntil: number;
	/** From 0 to 1, drawn with each start. */
	readonly jitter: number;
	/** The part of the limit in use: 1 when alone on the account, less after a refusal. */
	readonly share: number;
	/** The share right after the latest refusal, and when that was. */
	readonly shareAtRefusal: number;
	readonly refusedAt: number;
	/** How long that refusal held us up: recovery starts after it, and is slower the dearer a refusal is. */
	readonly refusalHoldMs: number;
	/** Refusals since the last request that got through. */
	readonly refusalsInRow: number;
	/** The limit that the account's own RateLimit-Limit header gave at last, and when that was. */
	readonly announcedStarts: number;
	readonly announcedAt: number;
}

/** What the RateLimit headers of a response said; absent on nearly all responses. */
export interface RateLimitHeaders {
	readonly limit?: number;
	readonly remaining?: number;
	/** Milliseconds until the window is free again. */
	readonly resetMs?: number;
}

/**
 * The general limit of an account for a configured number of requests per second. The margin is for requests that take
 * longer than others to arrive: up to 22 ms of it were used in 2,100 requests on a machine with two cores, idle and busy.
 * More would leave too little of five per second (4.85 of them).
 */
export function generalLimit(requestsPerSecond: number): PaceLimit {
	return { starts: requestsPerSecond, windowMs: 1_000, marginMs: 30 };
}

/** "100 requests a minute" of the bulk import, apart from the general limit. */
export const IMPORT_LIMIT: PaceLimit = { starts: 100, windowMs: 60_000, marginMs: 500 };

/**
 * The first requests after a quiet time arrive late: code is loaded and compiled, names are looked up, certificates
 * read. Measured in fresh processes: up to 100 ms on loopback. So what starts this shortly after it counts as started
 * at the end of it, which costs time once, and only where more than a first burst is to be sent (milliseconds).
 */
const WARM_UP_MS = 120;
/** Without a start for this long, the next one is a first one again: names are known no longer (milliseconds). */
const QUIET_MS = 5_000;
/** What sending a burst takes anyway, the same for each burst (milliseconds). */
const USUAL_SENDING_MS = 35;

/**
 * Somebody who sends five requests at once each second leaves no gap for others, and never notices them. A run that
 * goes on for longer than this many windows spreads its requests, so that others can get one in, and both are slowed
 * down in turn. Shorter ones gain the better part of a second by bursts.
 */
const BURSTS_FOR_WINDOWS = 25;
/** Spread to a little less than even distances, so that a start a little late makes no other late. */
const SPREAD = 0.9;

/**
 * Sharing the limit, distances vary by this part, so that two programs with the same rules do not meet again and again
 * at the same moments.
 */
const STAGGER = 0.3;

/** What is left of the share after a refusal. */
const SHARE_KEPT_ON_REFUSAL = 0.75;
/** However many others use the account, we go on at a twentieth of its limit. */
const MIN_SHARE = 0.05;
/** Recovery grows with the square of the quiet time: slow near the refusal, complete within half a minute. */
const RECOVERY_PER_WINDOW_SQUARED = 0.002;
/** A hold of 30 seconds makes recovery 10 times slower, so that probing the limit costs a small part of the time. */
const RECOVERY_SLOWED_BY_HOLD = 1 / 3;
/** The hold when a refusal names no time; doubled for each further one in a row. */
const FIRST_UNNAMED_HOLD_MS = 1_000;
/** Two programs that are refused without a time then share the limit; after longer holds one of them starves. */
const MAX_UNNAMED_HOLD_MS = 5_000;
/** A longer wait is not taken at its word: the account is asked again after this time. */
const MAX_HOLD_MS = 300_000;
/** Nor is "Retry-After: 0" from an account that refuses right now. */
const MIN_HOLD_MS = 200;
/** Starts remembered: more than any limit in use needs, so that a limit raised later still sees them. */
const STARTS_REMEMBERED = 2_000;

/** A limit that is not announced again for this long no longer holds (milliseconds). */
const MAX_ANNOUNCED_MS = 60_000;

export const INITIAL_PACE: Pace = {
	starts: [],
	activeSince: -Infinity,
	jitter: 0.5,
	blockedUntil: 0,
	share: 1,
	shareAtRefusal: 1,
	refusedAt: 0,
	refusalHoldMs: 0,
	refusalsInRow: 0,
	announcedStarts: Infinity,
	announcedAt: -Infinity,
};

/** The earliest time, not before `now`, at which another request may start. */
export function nextStartAt(pace: Pace, limit: PaceLimit, now: number): number {
	const isAnnounced = now - pace.announcedAt < MAX_ANNOUNCED_MS;
	const starts = isAnnounced ? Math.min(limit.starts, pace.announcedStarts) : limit.starts;
	// Rounded up, and the window stretched to match: 2.5 per second are at most 3 in any 1.2 seconds.
	const burst = Math.ceil(starts);
	const windowMs = ((limit.windowMs + limit.marginMs) * burst) / starts;
	const oldest = pace.starts.at(-burst) ?? -Infinity;
	return Math.max(now, pace.blockedUntil, oldest + windowMs, spreadFrom(pace, limit, windowMs / burst, now));
}

/** With the whole limit ours a window may open with a burst. Sharing it, even distances collide least with others. */
function spreadFrom(pace: Pace, limit: PaceLimit, distanceMs: number, now: number): number {
	const latest = pace.starts.at(-1) ?? -Infinity;
	if (pace.share < 1) return latest + (distanceMs / pace.share) * (1 + STAGGER * (pace.jitter - 0.5));
	return now - pace.activeSince > BURSTS_FOR_WINDOWS * limit.windowMs ? latest + SPREAD * distanceMs : now;
}

/**
 * The pace after a request started at `now`.
 * @param random from 0 to 1
 */
export function afterStart(pace: Pace, now: number, random: number): Pace {
	const latest = pace.starts.at(-1) ?? -Infinity;
	const activeSince = now - latest > QUIET_MS ? now : pace.activeSince;
	const sentBy = Math.max(now, activeSince + WARM_UP_MS);
	const remembered =
		pace.starts.length < STARTS_REMEMBERED ? pace.starts : pace.starts.slice(STARTS_REMEMBERED / 2);
	return { ...pace, activeSince, jitter: random, starts: [...remembered, sentBy] };
}

/**
 * The pace once a request has left, at the latest, at `sentBy`. Between its start and then this process may have been
 * busy with something else: the request counts as that much later. Measured with stalls of 50 to 150 ms once a second:
 * without this, every second run of 60 contacts was refused at least once; with it, none.
 */
export function afterSending(pace: Pace, startedAt: number, sentBy: number): Pace {
	const countedAt = sentBy - USUAL_SENDING_MS;
	if (countedAt <= startedAt) return pace;
	return { ...pace, starts: pace.starts.map((at) => (at < startedAt ? at : Math.max(at, countedAt))) };
}

/**
 * The pace after a response that did not say the limit was reached.
 * @param startedAt when its request started; the limit was counted soon after that, however long the response took
 */
export function afterResponse(
	pace: Pace,
	limit: PaceLimit,
	startedAt: number,
	headers: RateLimitHeaders,
	now: number,
): Pace {
	const quietMs = Math.max(0, now - pace.refusedAt - pace.refusalHoldMs);
	const quietWindows = quietMs / Math.max(limit.windowMs, pace.refusalHoldMs * RECOVERY_SLOWED_BY_HOLD);
	const share =
		pace.share < 1
			? Math.min(1, pace.shareAtRefusal + RECOVERY_PER_WINDOW_SQUARED * quietWindows ** 2)
			: pace.share;
	const isAnnounced = headers.limit !== undefined && headers.limit > 0;
	// Where nothing remains and nobody says for how long: the time of one request. Alone, we keep that distance anyway.
	const holdMs = headers.remaining === 0 ? (headers.resetMs ?? limit.windowMs / limit.starts) : 0;
	return {
		...pace,
		share,
		refusalsInRow: 0,
		...(isAnnounced ? { announcedStarts: headers.limit, announcedAt: now } : {}),
		blockedUntil: Math.max(pace.blockedUntil, startedAt + holdMs),
	};
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
	const alreadyNarrowed = startedAt < pace.refusedAt;
	const refusalsInRow = alreadyNarrowed ? pace.refusalsInRow : pace.refusalsInRow + 1;
	const unnamedHoldMs = Math.min(
		MAX_UNNAMED_HOLD_MS,
		FIRST_UNNAMED_HOLD_MS * 2 ** Math.max(0, refusalsInRow - 1),
	);
	const holdMs = Math.min(MAX_HOLD_MS, Math.max(MIN_HOLD_MS, retryAfterMs ?? unnamedHoldMs));
	const blockedUntil = Math.max(pace.blockedUntil, now + holdMs);
	if (alreadyNarrowed) return { ...pace, blockedUntil };
	const share = Math.max(MIN_SHARE, pace.share * SHARE_KEPT_ON_REFUSAL);
	return {
		...pace,
		share,
		shareAtRefusal: share,
		refusedAt: now,
		refusalHoldMs: holdMs,
		refusalsInRow,
		blockedUntil,
	};
}
