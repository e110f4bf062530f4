import { AccountFailure, type FailureDetails } from '../../../nodes/ActiveCampaignSync/shared/failure';
import {
	Attempts,
	MAX_TRYING_MS,
	MetSince,
	waitBeforeNextTry,
	type RetryReason,
	type TryOutcome,
} from '../../../nodes/ActiveCampaignSync/account/retry';

const REASONS: RetryReason[] = ['rateLimited', 'transient', 'maybeTransient'];

function waitAfter(changes: Partial<TryOutcome>): number | undefined {
	return waitBeforeNextTry({
		reason: 'transient',
		triesForReason: 1,
		elapsedMs: 300,
		random: 0.5,
		...changes,
	});
}

describe('the wait before the next try', () => {
	it.each<[RetryReason, Array<number | undefined>]>([
		['rateLimited', [0, 0, 0, 0, 0, 0, 0]],
		['transient', [500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]],
		['maybeTransient', [500, 1_000, undefined, undefined, undefined, undefined, undefined]],
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
			for (const triesForReason of [1, 2, 7, 100, 5_000]) {
				for (const elapsedMs of [0, 59_999, 600_000]) {
					for (const askedWaitMs of [undefined, 0, 0.5, 1e12]) {
						const wait = waitAfter({ reason, triesForReason, elapsedMs, askedWaitMs });
						expect(wait === undefined || (wait >= 0 && wait <= 300_000)).toBe(true);
					}
				}
			}
		}
	});
});

describe('the time for one reason', () => {
	it.each<[RetryReason, number]>([
		['rateLimited', 300_000],
		['transient', 120_000],
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

const unavailable = (details: FailureDetails = {}) =>
	new AccountFailure('unavailable', 'It could not be done', 'Try later', {
		outcomeUnknown: true,
		...details,
	});
const rateLimited = (retryAfterMs?: number) =>
	new AccountFailure('rateLimited', 'The limit was reached', 'Try later', { retryAfterMs });

const newCall = (scope = new MetSince()) => new Attempts('always', scope);
/** Notes a failed try; gives the wait before the next one. */
function fail(
	state: Attempts,
	startedAt: number,
	now: number,
	failure = unavailable(),
	reason?: RetryReason,
) {
	const found = reason ?? (failure.kind === 'rateLimited' ? 'rateLimited' : 'transient');
	return state.fail({ failure, reason: found }, startedAt, now, 1);
}

describe('the tries of one call', () => {
	it('are counted by the reason why they failed', () => {
		const state = newCall();
		expect(fail(state, 1_000, 1_100)).toBe(500);
		expect(fail(state, 1_600, 1_700, rateLimited())).toBe(0);
		expect(fail(state, 2_200, 2_300)).toBe(1_000);
	});

	it('end where no other try would help, and when what must not be done twice may have been done', () => {
		expect(newCall().fail({ failure: unavailable() }, 0, 100, 1)).toBeUndefined();
		const state = new Attempts('ifNotDone', new MetSince());
		expect(fail(state, 1_000, 1_100, rateLimited(2_000))).toBe(2_000);
		expect(fail(state, 3_100, 3_200)).toBeUndefined();
	});

	it('say since when one of them may have been carried out', () => {
		const state = newCall();
		fail(state, 1_000, 1_100, rateLimited());
		expect([state.succeed(1_200), state.outcomeUnknown]).toEqual([undefined, false]);
		fail(state, 2_000, 2_100);
		fail(state, 3_000, 3_100);
		expect([state.succeed(4_000), state.outcomeUnknown]).toEqual([2_000, true]);
	});
});

describe('the time for tries', () => {
	it('counts from the start of the first try that failed', () => {
		const state = newCall();
		expect(fail(state, 0, 20_000)).toBe(500);
		expect(fail(state, 20_500, 119_400)).toBeUndefined();
	});

	it('for faults is not used up by waits that the account asked for', () => {
		const state = newCall();
		expect(fail(state, 0, 100, rateLimited(30_000))).toBe(30_000);
		expect(fail(state, 200_000, 200_100, rateLimited(30_000))).toBe(30_000);
		expect(fail(state, 250_000, 251_000)).toBe(500);
		expect(fail(state, 251_500, 368_000)).toBe(1_000);
		expect(fail(state, 369_000, 369_500)).toBeUndefined();
	});

	it('is shared by all calls for one item, one after the other', () => {
		const scope = new MetSince();
		expect(fail(newCall(scope), 0, 50_000)).toBe(500);
		const next = newCall(scope);
		expect(fail(next, 60_000, 119_000)).toBe(500);
		expect(fail(next, 119_500, 119_900)).toBeUndefined();
	});

	it('once used up by one call is not there for the others, whatever works in between', () => {
		const scope = new MetSince();
		const first = newCall(scope);
		fail(first, 0, 119_000);
		expect(fail(first, 119_500, 119_900)).toBeUndefined();
		newCall(scope).succeed(131_000);
		expect(fail(newCall(scope), 140_000, 141_000)).toBeUndefined();
		expect(fail(newCall(scope), 140_000, 141_000, rateLimited())).toBe(0);
	});

	it('starts again once a call works, but not for those that fail meanwhile', () => {
		const scope = new MetSince();
		const failing = newCall(scope);
		expect(fail(failing, 0, 1_000)).toBe(500);
		expect(fail(failing, 1_500, 60_000)).toBe(1_000);
		newCall(scope).succeed(61_000);
		expect(fail(newCall(scope), 61_000, 119_000)).toBe(500);
		expect(fail(failing, 61_000, 121_000)).toBeUndefined();
	});

	it('does not include how long a try waits for its turn', () => {
		const state = newCall();
		expect(fail(state, 0, 100)).toBe(500);
		expect(fail(state, 200_600, 200_700)).toBe(1_000);
		expect(fail(state, 201_700, 318_000)).toBe(2_000);
		expect(fail(state, 600_000, 600_500)).toBe(undefined);
	});

	it('includes the wait for a turn that the account asked for', () => {
		const state = newCall();
		expect(fail(state, 0, 100, rateLimited(30_000))).toBe(30_000);
		expect(fail(state, 290_000, 290_100, rateLimited(30_000))).toBeUndefined();
	});

	it('for faults starts again once the account says that it is over its limit', () => {
		const state = newCall();
		expect(fail(state, 0, 1_000)).toBe(500);
		expect(fail(state, 2_000, 3_000, rateLimited(150_000))).toBe(150_000);
		expect(fail(state, 154_000, 155_000)).toBe(1_000);
		expect(fail(state, 156_000, 157_000, rateLimited(150_000))).toBeUndefined();
	});

	it('passes once for calls that fail side by side', () => {
		const scope = new MetSince();
		const calls = [newCall(scope), newCall(scope), newCall(scope)];
		for (const call of calls) expect(fail(call, 0, 60_000)).toBe(500);
		const next = newCall(scope);
		expect(fail(next, 90_000, 105_000)).toBe(500);
	});

	it('for what may be transient is that of the single call', () => {
		const scope = new MetSince();
		fail(newCall(scope), 0, 119_000);
		const forbidden = new AccountFailure('forbidden', 'Not allowed', 'Check the token');
		const next = newCall(scope);
		expect(fail(next, 110_000, 130_000, forbidden, 'maybeTransient')).toBe(500);
		expect(fail(next, 130_500, 229_600, forbidden, 'maybeTransient')).toBeUndefined();
		const last = newCall(scope);
		expect(fail(last, 240_000, 240_100, forbidden, 'maybeTransient')).toBe(500);
	});
});

describe('the failure that a call ends with', () => {
	const endedWith = (failures: AccountFailure[], now: number) => {
		const state = newCall();
		const startedAt = 7_000;
		for (const failure of failures) fail(state, startedAt, startedAt + now, failure);
		return state.latest;
	};

	it.each<[string, AccountFailure[], number, string]>([
		['one try', [unavailable()], 400, 'It could not be done'],
		['two', [unavailable(), unavailable()], 400, 'It could not be done (tried 2 times in 1 second)'],
		[
			'many',
			[rateLimited(), unavailable(), unavailable()],
			61_800,
			'It could not be done (tried 3 times in 62 seconds)',
		],
		[
			'one that asked for too long a wait',
			[rateLimited(3_600_000)],
			400,
			'The limit was reached (tried once, and asked to wait 3600 seconds)',
		],
		[
			'several that asked to wait',
			[rateLimited(30_000), rateLimited(900)],
			121_000,
			'The limit was reached (tried 2 times in 121 seconds, and asked to wait 1 second)',
		],
	])('says how long was tried: %s', (_name, failures, now, message) => {
		const failure = endedWith(failures, now);
		expect(failure?.message).toBe(message);
		expect(failure?.description).toBe('Try later');
		expect(failure?.details).toEqual(failures.at(-1)?.details);
	});

	it('says that an earlier try may have been carried out', () => {
		expect(endedWith([unavailable(), rateLimited()], 100)?.details.outcomeUnknown).toBe(true);
		expect(endedWith([rateLimited(), rateLimited()], 100)?.details.outcomeUnknown).toBeUndefined();
	});

	it('says nothing of tries where the token or a permission has to be corrected, or the input', () => {
		const forbidden = new AccountFailure('forbidden', 'Not allowed', 'Check the token');
		expect(endedWith([forbidden, forbidden], 1_500)?.message).toBe('Not allowed');
		const state = newCall();
		fail(state, 0, 100);
		state.fail({ failure: new AccountFailure('rejected', 'Not valid', 'Correct it') }, 600, 700, 1);
		expect(state.latest?.message).toBe('Not valid');
		expect(state.latest?.details.outcomeUnknown).toBe(true);
	});
});
