import {
	MAX_TRYING_MS,
	waitBeforeNextTry,
	type Repeatable,
	type RetryReason,
	type TryOutcome,
} from '../../../nodes/ActiveCampaignSync/account/retry';

const REASONS: RetryReason[] = ['rateLimited', 'passing', 'doubtful'];
const REPEATABLES: Repeatable[] = ['always', 'ifNotDone'];

function waitAfter(changes: Partial<TryOutcome>): number | undefined {
	return waitBeforeNextTry({
		reason: 'passing',
		repeatable: 'always',
		outcomeUnknown: false,
		triesForReason: 1,
		elapsedMs: 300,
		random: 0.5,
		...changes,
	});
}

describe('the wait before the next try', () => {
	it.each<[RetryReason, Array<number | undefined>]>([
		['rateLimited', [0, 0, 0, 0, 0, 0, 0]],
		['passing', [500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]],
		['doubtful', [500, 1_000, undefined, undefined, undefined, undefined, undefined]],
	])('grows up to five seconds: %s', (reason, expected) => {
		const waits = [1, 2, 3, 4, 5, 6, 1_000].map((triesForReason) =>
			waitAfter({ reason, triesForReason, random: 1 }),
		);
		expect(waits).toEqual(expected);
	});

	it('varies by half, so that many do not come back together', () => {
		const at = (random: number) => waitAfter({ triesForReason: 3, random });
		expect([at(0), at(0.5), at(1)]).toEqual([1_000, 1_500, 2_000]);
	});

	it('is the one asked for where that is longer', () => {
		expect(waitAfter({ askedWaitMs: 30_000 })).toBe(30_000);
		expect(waitAfter({ askedWaitMs: 10 })).toBe(375);
	});

	it.each(REASONS)(
		'is undefined once %s lasted too long, including the wait: the call is not repeated',
		(reason) => {
			for (const askedWaitMs of [6_000, 15_000]) {
				const last = MAX_TRYING_MS[reason] - askedWaitMs;
				expect(waitAfter({ reason, askedWaitMs, elapsedMs: last })).toBe(askedWaitMs);
				expect(waitAfter({ reason, askedWaitMs, elapsedMs: last + 1 })).toBeUndefined();
			}
		},
	);

	it('is undefined when the account asks for an hour: the call is not repeated', () => {
		expect(REASONS.map((reason) => waitAfter({ reason, askedWaitMs: 3_600_000 }))).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	it('is a number or undefined for any input', () => {
		for (const reason of REASONS) {
			for (const repeatable of REPEATABLES) {
				for (const triesForReason of [1, 2, 7, 100, 5_000]) {
					for (const elapsedMs of [0, 59_999, 600_000]) {
						for (const askedWaitMs of [undefined, 0, 0.5, 1e12]) {
							const wait = waitAfter({ reason, repeatable, triesForReason, elapsedMs, askedWaitMs });
							expect(wait === undefined || (wait >= 0 && wait <= 300_000)).toBe(true);
						}
					}
				}
			}
		}
	});

	it('is undefined for a call that may have been carried out and must not be repeated, whatever the reason', () => {
		for (const reason of REASONS) {
			const at = (repeatable: Repeatable, outcomeUnknown: boolean) =>
				waitAfter({ reason, repeatable, outcomeUnknown }) !== undefined;
			expect(at('ifNotDone', true)).toBe(false);
			expect([at('ifNotDone', false), at('always', true), at('always', false)]).toEqual([true, true, true]);
		}
	});
});

describe('the time for tries', () => {
	it.each<[RetryReason, number]>([
		['rateLimited', 300_000],
		['passing', 120_000],
	])('is used up, whatever the number of tries: %s', (reason, maxMs) => {
		let elapsedMs = 0;
		for (let triesForReason = 1; triesForReason < 10_000; triesForReason += 1) {
			const wait = waitAfter({ reason, elapsedMs, triesForReason });
			if (wait === undefined) break;
			elapsedMs += Math.max(wait, 100);
		}
		expect(elapsedMs).toBeLessThanOrEqual(maxMs + 100);
		expect(elapsedMs).toBeGreaterThan(maxMs / 2);
	});
});
