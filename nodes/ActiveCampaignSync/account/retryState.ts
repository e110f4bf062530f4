import { AccountFailure } from '../shared/failure';
import type { RequestScope, Stopwatch } from './requestScope';
import { waitBeforeNextTry, type FailedTry, type Repeatable, type RetryReason } from './retry';

/** The tries that one call has taken so far. Times are in milliseconds of one monotonic clock. */
export class Attempts {
	/** What the latest try ended in, and how often and how long was tried. */
	latest: AccountFailure | undefined;

	private firstStartAt: number | undefined;
	/** When the first try started that may have been carried out although it did not work. */
	private firstUnknownAt: number | undefined;
	private readonly tries = new Map<RetryReason, number>();
	/** What counts the time of the reason that the latest try met. */
	private running: Stopwatch | undefined;

	constructor(
		private readonly repeatable: Repeatable,
		private readonly scope: RequestScope,
	) {}

	/** Whether any try so far may have been carried out. */
	get outcomeUnknown(): boolean {
		return this.firstUnknownAt !== undefined;
	}

	/** To be called when a try starts. */
	begin(at: number): void {
		this.firstStartAt ??= at;
	}

	/**
	 * To be called with a try that did not work, and why.
	 * @param startedAt when this try started
	 * @returns the wait before the next try, or undefined when the call has failed for good
	 */
	fail({ failure, reason }: FailedTry, startedAt: number, now: number, random: number): number | undefined {
		const { details } = failure;
		if (details.outcomeUnknown) this.firstUnknownAt ??= startedAt;
		this.count(reason, startedAt);
		this.latest = this.describe(failure, reason, now);
		if (!reason) return undefined;
		return waitBeforeNextTry({
			reason,
			repeatable: this.repeatable,
			outcomeUnknown: details.outcomeUnknown === true,
			triesForReason: this.tries.get(reason) ?? 1,
			elapsedMs: reason === 'doubtful' ? this.elapsedMs(now) : this.scope.spent[reason].elapsedMs(now),
			askedWaitMs: details.retryAfterMs,
			random,
		});
	}

	/** To be called when the call is over, however it ended: what was tried in vain leaves less for the calls after it. */
	finish(now: number): void {
		this.running?.stop(now);
		this.running = undefined;
	}

	/** How long ago the first try started that may have been carried out; undefined if no try may have. */
	repeatedWithinMs(now: number): number | undefined {
		return this.firstUnknownAt === undefined ? undefined : now - this.firstUnknownAt;
	}

	private count(reason: RetryReason | undefined, startedAt: number): void {
		if (reason) this.tries.set(reason, (this.tries.get(reason) ?? 0) + 1);
		const stopwatch = reason && reason !== 'doubtful' ? this.scope.spent[reason] : undefined;
		if (stopwatch === this.running) return;
		this.running?.stop(startedAt);
		stopwatch?.start(startedAt);
		this.running = stopwatch;
	}

	/** The failure, saying how long was tried, which wait the account asked for at last, and what may be done already. */
	private describe(failure: AccountFailure, reason: RetryReason | undefined, now: number): AccountFailure {
		const count = [...this.tries.values()].reduce((sum, one) => sum + one, 0);
		const seconds = Math.max(1, Math.round(this.elapsedMs(now) / 1_000));
		const { kind, message, description } = failure;
		const details = { ...failure.details, ...(this.outcomeUnknown ? { outcomeUnknown: true } : {}) };
		const asked = details.retryAfterMs
			? `, and asked to wait ${inSeconds(Math.ceil(details.retryAfterMs / 1_000))}`
			: '';
		// The number of tries says nothing to a user who has to correct the token or its permissions.
		const isPlain = !reason || (count < 2 && !asked) || kind === 'forbidden';
		const tried = count === 1 ? 'once' : `${count} times in ${inSeconds(seconds)}`;
		const suffix = isPlain ? '' : ` (tried ${tried}${asked})`;
		return new AccountFailure(kind, `${message}${suffix}`, description, details);
	}

	private elapsedMs(now: number): number {
		return now - (this.firstStartAt ?? now);
	}
}

function inSeconds(count: number): string {
	return count === 1 ? '1 second' : `${count} seconds`;
}
