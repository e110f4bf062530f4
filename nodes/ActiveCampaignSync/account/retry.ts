import type { AccountFailure } from '../shared/failure';

/** Why another try may help. */
export type RetryReason =
	/** Over the rate limit: the wait is named, and kept for all by the account's pace. */
	| 'rateLimited'
	/** It passes by itself: no connection, a closed one, a time-out, 5xx, a response that cannot be read. */
	| 'transient'
	/** It may pass, but is likely to stay: a 403 for a token that has not worked yet, a host that cannot be found. */
	| 'maybeTransient';

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
 * No item is tried for longer than this for one reason without a success (milliseconds), apart from how long a try waits for
 * its turn. Being over the limit says that all is well but for others who use the account, and a response that asks to wait
 * 30 seconds leaves few tries in a short time.
 */
export const MAX_TRYING_MS: Readonly<Record<RetryReason, number>> = {
	rateLimited: 300_000,
	transient: 120_000,
	maybeTransient: 120_000,
};

/** Just enough for single odd responses, so that a wrong token is noticed at once. */
const MAX_MAYBE_TRANSIENT_TRIES = 3;

/** Doubled with each further try that ends the same way (milliseconds). */
const FIRST_WAIT_MS = 500;

/** However many tries there were: the end of an outage is noticed within seconds (milliseconds). */
const MAX_WAIT_MS = 5_000;

/** What is known when a try has not worked; times in milliseconds. */
export interface TryOutcome {
	readonly reason: RetryReason;
	/** How many tries ended in this reason, this one included. */
	readonly triesForReason: number;
	/** How long this reason has been met, this try included. */
	readonly elapsedMs: number;
	/** The wait the account asked for. */
	readonly askedWaitMs?: number;
	/** From 0 to 1, so that many clients do not come back together. */
	readonly random: number;
}

/** The wait in milliseconds before the next try, or undefined when the call has failed for good. Pure. */
export function waitBeforeNextTry(outcome: TryOutcome): number | undefined {
	const { reason, triesForReason, elapsedMs, askedWaitMs = 0, random } = outcome;
	if (reason === 'maybeTransient' && triesForReason >= MAX_MAYBE_TRANSIENT_TRIES) return undefined;
	const doubledMs = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (triesForReason - 1));
	// Over the limit, the account's pace has the wait.
	const backoffMs = reason === 'rateLimited' ? 0 : doubledMs;
	const waitMs = Math.max(backoffMs * (0.5 + random / 2), askedWaitMs);
	return elapsedMs + waitMs > MAX_TRYING_MS[reason] ? undefined : waitMs;
}

/**
 * Since when the calls of one scope have met a reason without a success; `-Infinity` once one of them has used up the time
 * for it. What may be transient concerns a single call, and is not in here.
 */
export class MetSince {
	private readonly since = new Map<RetryReason, number>();

	get(reason: RetryReason): number | undefined {
		return this.since.get(reason);
	}

	/** Keeps the earliest. */
	record(reason: RetryReason, since: number): void {
		this.since.set(reason, Math.min(since, this.since.get(reason) ?? since));
	}

	/** The account has done something for the scope: what was met before has passed. */
	forgetAll(): void {
		for (const reason of this.since.keys()) this.forget(reason);
	}

	/** Moves on what was met: time that went by otherwise does not count (milliseconds). */
	postpone(byMs: number): void {
		for (const [reason, since] of this.since) this.since.set(reason, since + byMs);
	}

	/** What was met has passed; but a time that is used up stays so. */
	forget(reason: RetryReason): void {
		if (this.since.get(reason) !== -Infinity) this.since.delete(reason);
	}
}

/** The tries that one call has taken so far. Times are in milliseconds of one monotonic clock. */
export class Attempts {
	/** What the latest try ended in, and how often and how long was tried. */
	latest: AccountFailure | undefined;

	private firstStartAt: number | undefined;
	/** When the first try started that may have been carried out although it did not work. */
	private firstUnknownAt: number | undefined;
	private readonly tries = new Map<RetryReason, number>();
	/** When the next try may start, as far as it was up to this call: it may wait for its turn for much longer. */
	private dueAt: number | undefined;
	/** Since when this call has met each reason: that others succeed meanwhile gives it no more time. */
	private readonly own = new MetSince();

	/** @param ofScope shared by all calls of the scope */
	constructor(
		private readonly repeatable: Repeatable,
		private readonly ofScope: MetSince,
	) {}

	/** Whether any try so far may have been carried out. */
	get outcomeUnknown(): boolean {
		return this.firstUnknownAt !== undefined;
	}

	/**
	 * To be called with a try that worked: what was met before it has passed.
	 * @returns how long ago the first try started that may have been carried out; undefined if no try may have
	 */
	succeed(now: number): number | undefined {
		this.ofScope.forgetAll();
		return this.firstUnknownAt === undefined ? undefined : now - this.firstUnknownAt;
	}

	/**
	 * To be called with a try that did not work, and why.
	 * @param startedAt when this try started
	 * @returns the wait before the next try, or undefined when the call has failed for good
	 */
	fail({ failure, reason }: FailedTry, startedAt: number, now: number, random: number): number | undefined {
		const { outcomeUnknown, retryAfterMs } = failure.details;
		this.firstStartAt ??= startedAt;
		if (outcomeUnknown) this.firstUnknownAt ??= startedAt;
		const triesForReason = reason ? (this.tries.get(reason) ?? 0) + 1 : 0;
		if (reason) this.tries.set(reason, triesForReason);
		this.latest = this.described(failure, reason, now);
		if (!reason || (outcomeUnknown && this.repeatable === 'ifNotDone')) return undefined;
		this.own.postpone(Math.max(0, startedAt - (this.dueAt ?? startedAt)));
		const elapsedMs = now - this.metSince(reason, startedAt);
		const waitMs = waitBeforeNextTry({
			reason,
			triesForReason,
			elapsedMs,
			askedWaitMs: retryAfterMs,
			random,
		});
		if (waitMs === undefined && reason !== 'maybeTransient') this.ofScope.record(reason, -Infinity);
		// Over the limit, the wait for the turn is what the account asked for.
		this.dueAt = reason === 'rateLimited' || waitMs === undefined ? undefined : now + waitMs;
		return waitMs;
	}

	private metSince(reason: RetryReason, startedAt: number): number {
		if (reason === 'maybeTransient') return this.firstStartAt ?? startedAt;
		if (reason === 'rateLimited') {
			// Who is over the limit has reached the account: what prevented that has passed.
			this.own.forget('transient');
			this.ofScope.forget('transient');
		}
		const since = this.own.get(reason) ?? this.ofScope.get(reason) ?? startedAt;
		this.own.record(reason, since);
		this.ofScope.record(reason, since);
		return since;
	}

	/** The failure, saying how long was tried, which wait the account asked for at last, and what may be done already. */
	private described(failure: AccountFailure, reason: RetryReason | undefined, now: number): AccountFailure {
		const { message, kind, details } = failure;
		const count = [...this.tries.values()].reduce((sum, one) => sum + one, 0);
		const seconds = Math.max(1, Math.round((now - (this.firstStartAt ?? now)) / 1_000));
		const asked = details.retryAfterMs
			? `, and asked to wait ${inSeconds(Math.ceil(details.retryAfterMs / 1_000))}`
			: '';
		// The number of tries says nothing to a user who has to correct the token or its permissions.
		const isPlain = !reason || (count < 2 && !asked) || kind === 'forbidden';
		const tried = count === 1 ? 'once' : `${count} times in ${inSeconds(seconds)}`;
		return failure.with({
			message: isPlain ? message : `${message} (tried ${tried}${asked})`,
			details: this.outcomeUnknown ? { outcomeUnknown: true } : {},
		});
	}
}

function inSeconds(count: number): string {
	return count === 1 ? '1 second' : `${count} seconds`;
}
