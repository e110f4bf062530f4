import { sleep } from 'n8n-workflow';

import { stopped, type AccountFailure } from '../shared/failure';
import {
	afterResponse,
	afterRateLimited,
	afterStart,
	nextStartAt,
	INITIAL_PACE,
	type Pace,
	type PaceLimit,
} from './pace';
import type { RequestScope } from './requestScope';

/** Whose turn a request takes. */
export interface Turn {
	/** The execution that asks: executions take turns. */
	readonly run: object;
	/** What the request is part of. */
	readonly scope: RequestScope;
	/** See `AccountRequest.notAfter`. */
	readonly notAfter?: number;
}

interface Waiter extends Turn {
	/** By `performance.now()`. */
	readonly since: number;
	readonly limit: PaceLimit;
	readonly getAbortReason: GetAbortReason;
	readonly start: (now: number) => void;
	readonly reject: (failure: AccountFailure) => void;
}

/** Asked again and again while something waits: why it need not wait any longer, if so. */
export type GetAbortReason = () => AccountFailure | undefined;

/**
 * Waits are cut in slices, so that nobody sleeps on after a stop or past a hold that moved (milliseconds). Asking in
 * between costs less than a listener for each of thousands of waiting calls, and cannot leak one.
 */
const SLICE_MS = 200;

/** However busy the account is, background work waits no longer than this before it takes turns (milliseconds). */
const MAX_BACKGROUND_WAIT_MS = 10_000;

/**
 * Lets requests start when the account's limit allows: the one place that waits for it.
 * Decisions are those of `pace.ts`; all executions in this process share one throttle per account.
 */
export class Throttle {
	private pace: Pace = INITIAL_PACE;
	private queue: Waiter[] = [];
	private serving = false;
	private turns = 0;
	/** At which turn each run was served last, or joined the queue. */
	private readonly servedAt = new WeakMap<object, number>();

	/**
	 * Waits for a turn. What must be sent soon goes first, then what has begun, whichever run it belongs to; runs share the
	 * rest fairly, each in the order in which it asked; background work goes last.
	 * @returns when the request starts, by `performance.now()`
	 * @throws what `getAbortReason` gives, as soon as it gives something
	 */
	async acquire(limit: PaceLimit, turn: Turn, getAbortReason: GetAbortReason): Promise<number> {
		const { run } = turn;
		const since = performance.now();
		// A run that joins goes behind the others that wait: its pause earns it nothing.
		if (!this.queue.some((waiter) => waiter.run === run)) this.servedAt.set(run, this.turns);
		return await new Promise((resolve, reject) => {
			this.queue.push({ ...turn, since, limit, getAbortReason, start: resolve, reject });
			if (!this.serving) void this.serve();
		});
	}

	/** To be called for every response that does not say that the limit was reached. */
	noteResponse(): void {
		this.pace = afterResponse(this.pace, performance.now());
	}

	/** To be called for every response that says so. */
	noteRateLimited(startedAt: number, retryAfterMs: number | undefined): void {
		this.pace = afterRateLimited(this.pace, startedAt, retryAfterMs, performance.now());
	}

	private async serve(): Promise<void> {
		this.serving = true;
		for (let next = this.first(); next !== undefined; next = this.first()) {
			const now = performance.now();
			const at = nextStartAt(this.pace, next.limit, now);
			if (at > now) {
				await sleep(Math.min(SLICE_MS, Math.ceil(at - now)));
				continue;
			}
			this.queue.splice(this.queue.indexOf(next), 1);
			this.turns += 1;
			this.servedAt.set(next.run, this.turns);
			next.start(now);
			// Where this process is busy with other things just now, it is sent that much later, and counts from then.
			await sleep(1);
			this.pace = afterStart(this.pace, performance.now());
		}
		this.serving = false;
	}

	/** The one to be served next, after all whose waiting is over have left. */
	private first(): Waiter | undefined {
		const now = performance.now();
		let first: Waiter | undefined;
		const staying: Waiter[] = [];
		for (const one of this.queue) {
			const failure = one.getAbortReason();
			if (failure) {
				one.reject(failure);
				continue;
			}
			staying.push(one);
			if (first === undefined || this.goesBefore(one, first, now)) first = one;
		}
		this.queue = staying;
		return first;
	}

	/** Whether a waiter overtakes one that asked before it. */
	private goesBefore(one: Waiter, other: Waiter, now: number): boolean {
		const rank = rankOf(one, now);
		const otherRank = rankOf(other, now);
		if (rank !== otherRank) return rank < otherRank;
		return rank >= FAIR && this.lastTurn(one) < this.lastTurn(other);
	}

	private lastTurn({ run }: Waiter): number {
		return this.servedAt.get(run) ?? 0;
	}
}

const [URGENT, BEGUN, FAIR, LAST] = [0, 1, 2, 3];

/**
 * After a stall a hundred items may go on at once. If each read before the first one wrote, what they know would be too old
 * again by then: so writes that depend on a reading go before other readings.
 */
function rankOf({ scope, since, notAfter }: Waiter, now: number): number {
	if (notAfter !== undefined) return URGENT;
	if (scope.kind === 'background') return now - since > MAX_BACKGROUND_WAIT_MS ? FAIR : LAST;
	return scope.kind === 'lookup' || scope.hasBegun ? BEGUN : FAIR;
}

/**
 * Waits for some milliseconds.
 * @throws AccountFailure of kind `stopped` as soon as `signal` is aborted
 */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	await pauseUnless(() => (signal?.aborted ? stopped() : undefined), ms);
}

/**
 * Waits for some milliseconds.
 * @throws what `getAbortReason` gives, as soon as it gives something
 */
export async function pauseUnless(getAbortReason: GetAbortReason, ms: number): Promise<void> {
	const until = performance.now() + ms;
	for (let left = ms; ; left = until - performance.now()) {
		const failure = getAbortReason();
		if (failure) throw failure;
		if (left <= 0) return;
		await sleep(Math.min(SLICE_MS, left));
	}
}
