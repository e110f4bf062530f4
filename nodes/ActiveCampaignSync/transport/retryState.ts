import { AccountFailure } from '../shared/failure';
import { waitBeforeNextTry, type Repeatable, type RetryReason } from './retry';

/**
 * `item`: first come, first served within its run, and ahead of everything else once it has begun.
 * `lookup`: what items wait for, such as the account's lists; always goes first.
 * `background`: what nothing waits for yet, such as asking how far an import is; goes last.
 */
export type WorkKind = 'item' | 'lookup' | 'background';

/** What all calls for one item, or for the items of one person, share: the time for retries, and their turn. */
export class RetryBudget {
	/** How long calls of it have been tried that did not work at once, in milliseconds. */
	spentMs = 0;
	/** A request of it has been sent: what was read may get too old, so the rest is finished before new work. */
	hasBegun = false;

	constructor(readonly kind: WorkKind = 'item') {}
}

/** The tries that one call has taken so far. Times are in milliseconds of one monotonic clock. */
export class RetryState {
	private firstStartAt: number | undefined;
	/** When the first try started that may have been carried out although it did not work. */
	private firstUnknownAt: number | undefined;
	private readonly tries = new Map<RetryReason, number>();

	constructor(
		private readonly repeatable: Repeatable,
		private readonly budget: RetryBudget,
	) {}

	/** To be told when a try starts. */
	begin(at: number): void {
		this.firstStartAt ??= at;
	}

	/**
	 * To be told of a try that did not work, and why.
	 * @param startedAt when this try started
	 * @returns the wait before the next try, or undefined when there shall be none
	 */
	fail(
		reason: RetryReason,
		{ details }: AccountFailure,
		startedAt: number,
		now: number,
		random: number,
	): number | undefined {
		const triesForReason = (this.tries.get(reason) ?? 0) + 1;
		this.tries.set(reason, triesForReason);
		if (details.outcomeUnknown) this.firstUnknownAt ??= startedAt;
		return waitBeforeNextTry({
			reason,
			repeatable: this.repeatable,
			triesForReason,
			elapsedMs: this.budget.spentMs + this.elapsedMs(now),
			askedWaitMs: details.retryAfterMs,
			random,
		});
	}

	/** To be told when the call is over, however it ended: what was tried in vain leaves less for the calls after it. */
	finish(now: number): void {
		if (this.tries.size > 0) this.budget.spentMs += this.elapsedMs(now);
	}

	/** How long ago the first try started that may have been carried out; undefined if there is none. */
	repeatedWithinMs(now: number): number | undefined {
		return this.firstUnknownAt === undefined ? undefined : now - this.firstUnknownAt;
	}

	/** The last failure, saying how long was tried and which wait the account asked for at last. */
	describe(failure: AccountFailure, now: number): AccountFailure {
		const count = [...this.tries.values()].reduce((sum, one) => sum + one, 0);
		const seconds = Math.max(1, Math.round(this.elapsedMs(now) / 1_000));
		const { kind, message, description, details } = failure;
		const asked = details.retryAfterMs
			? `, and asked to wait ${inSeconds(Math.ceil(details.retryAfterMs / 1_000))}`
			: '';
		// A second try after a 403 says nothing to the user, who has to see to the token.
		if ((count < 2 && !asked) || kind === 'forbidden') return failure;
		const tried = count === 1 ? 'once' : `${count} times in ${inSeconds(seconds)}`;
		return new AccountFailure(kind, `${message} (tried ${tried}${asked})`, description, details);
	}

	private elapsedMs(now: number): number {
		return now - (this.firstStartAt ?? now);
	}
}

function inSeconds(count: number): string {
	return count === 1 ? '1 second' : `${count} seconds`;
}
