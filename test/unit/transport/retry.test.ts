import {
	RETRY_RULES,
	waitBeforeNextTry,
	type Repeatable,
	type RetryReason,
	type TryOutcome,
} from '../../../nodes/ActiveCampaignSync/transport/retry';

const MINUTE = 60_000;

const TROUBLES: RetryReason[] = ['rateLimited', 'serverFault', 'noAnswer', 'noConnection', 'forbidden'];
const REPEATABLES: Repeatable[] = ['always', 'ifNotDone'];

function outcome(changes: Partial<TryOutcome>): TryOutcome {
	return {
		reason: 'serverFault',
		repeatable: 'always',
		triesForReason: 1,
		elapsedMs: 300,
		random: 0.5,
		...changes,
	};
}

function waits(reason: RetryReason, repeatable: Repeatable, askedWaitMs?: number): Array<number | undefined> {
	return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((triesForReason) =>
		waitBeforeNextTry(outcome({ reason, repeatable, triesForReason, askedWaitMs, random: 1 })),
	);
}

const never = [
	undefined,
	undefined,
	undefined,
	undefined,
	undefined,
	undefined,
	undefined,
	undefined,
	undefined,
];
const patient = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const fiveTries = [500, 1_000, 2_000, 4_000, undefined, undefined, undefined, undefined, undefined];
const eightTries = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, undefined, undefined];
const twoTries = [1_000, ...never.slice(1)];

describe('the wait before the next try', () => {
	it.each<[RetryReason, Repeatable, Array<number | undefined>]>([
		['rateLimited', 'always', patient],
		['rateLimited', 'ifNotDone', patient],
		['serverFault', 'always', eightTries],
		['serverFault', 'ifNotDone', never],
		['noAnswer', 'always', fiveTries],
		['noAnswer', 'ifNotDone', never],
		['noConnection', 'always', fiveTries],
		['noConnection', 'ifNotDone', fiveTries],
		['forbidden', 'always', twoTries],
		['forbidden', 'ifNotDone', twoTries],
	])('after %s, of a call repeatable %s', (reason, repeatable, expected) => {
		expect(waits(reason, repeatable)).toEqual(expected);
	});

	it('varies by half, so that many do not come back together', () => {
		const at = (random: number) => waitBeforeNextTry(outcome({ triesForReason: 3, random }));
		expect([at(0), at(0.5), at(1)]).toEqual([1_000, 1_500, 2_000]);
	});

	it('is the one asked for where that is longer', () => {
		expect(waitBeforeNextTry(outcome({ askedWaitMs: 30_000 }))).toBe(30_000);
		expect(waitBeforeNextTry(outcome({ askedWaitMs: 10 }))).toBe(375);
		expect(waits('forbidden', 'always', 2_000)).toEqual([2_000, ...never.slice(1)]);
	});

	it.each(TROUBLES)('is none once %s has gone on for too long, the wait included', (reason) => {
		const { maxTryingMs } = RETRY_RULES[reason];
		for (const askedWaitMs of [1_000, 20_000]) {
			const at = (elapsedMs: number) => waitBeforeNextTry(outcome({ reason, askedWaitMs, elapsedMs }));
			expect(at(maxTryingMs - askedWaitMs)).toBe(askedWaitMs);
			expect(at(maxTryingMs - askedWaitMs + 1)).toBeUndefined();
		}
	});

	it('is none where the account asks for an hour', () => {
		for (const reason of TROUBLES) {
			expect(waitBeforeNextTry(outcome({ reason, askedWaitMs: 60 * MINUTE }))).toBeUndefined();
		}
	});

	it('is a number or none for whatever comes', () => {
		for (const reason of TROUBLES) {
			for (const repeatable of REPEATABLES) {
				for (const triesForReason of [1, 2, 7, 100, 5_000]) {
					for (const elapsedMs of [0, 59_999, 10 * MINUTE]) {
						for (const askedWaitMs of [undefined, 0, 0.5, 1e12]) {
							const wait = waitBeforeNextTry(
								outcome({ reason, repeatable, triesForReason, elapsedMs, askedWaitMs }),
							);
							expect(wait === undefined || (wait >= 0 && wait <= 5 * MINUTE)).toBe(true);
						}
					}
				}
			}
		}
	});

	it('never repeats what may have been done and must not be done twice', () => {
		for (const reason of TROUBLES.filter((one) => RETRY_RULES[one].outcomeUnknown)) {
			expect(waits(reason, 'ifNotDone', 5_000)).toEqual(never);
		}
	});
});

describe('how long is tried', () => {
	it('is minutes at most, whatever happens', () => {
		for (const reason of TROUBLES) {
			let elapsedMs = 0;
			for (let tries = 1; tries < 10_000; tries += 1) {
				const wait = waitBeforeNextTry(
					outcome({ reason, elapsedMs, triesForReason: tries, askedWaitMs: 1_000 }),
				);
				if (wait === undefined) break;
				elapsedMs += wait;
			}
			expect(elapsedMs).toBeLessThanOrEqual(5 * MINUTE);
			expect(elapsedMs).toBeGreaterThanOrEqual(1_000);
		}
	});
});
