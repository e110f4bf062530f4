import { AccountFailure, type FailureDetails } from '../../../nodes/ActiveCampaignSync/shared/failure';
import type { RetryReason } from '../../../nodes/ActiveCampaignSync/account/retry';
import { Attempts } from '../../../nodes/ActiveCampaignSync/account/retryState';
import type { RequestScope } from '../../../nodes/ActiveCampaignSync/account/requestScope';
import { openAccount } from './fakeAccount';

const unavailable = (details: FailureDetails = {}) =>
	new AccountFailure('unavailable', 'It could not be done', 'Try later', {
		outcomeUnknown: true,
		...details,
	});
const rateLimited = (retryAfterMs?: number) =>
	new AccountFailure('rateLimited', 'The limit was reached', 'Try later', { retryAfterMs });

let newScope: () => RequestScope;

beforeAll(async () => {
	const { account } = await openAccount(() => ({}));
	newScope = () => account.scope();
});

const begun = (scope = newScope(), at = 0) => {
	const retryState = new Attempts('always', scope);
	retryState.begin(at);
	return retryState;
};
/** Notes a failed try; gives the wait before the next one. */
function fail(
	state: Attempts,
	startedAt: number,
	now: number,
	failure = unavailable(),
	reason?: RetryReason,
) {
	const found = reason ?? (failure.kind === 'rateLimited' ? 'rateLimited' : 'passing');
	return state.fail({ failure, reason: found }, startedAt, now, 1);
}

describe('the tries of one call', () => {
	it('are counted by the reason why they failed', () => {
		const state = begun();
		expect(fail(state, 1_000, 1_100)).toBe(500);
		expect(fail(state, 1_600, 1_700, rateLimited())).toBe(0);
		expect(fail(state, 2_200, 2_300)).toBe(1_000);
	});

	it('end where no other try would help, and when what must not be done twice may have been done', () => {
		expect(begun().fail({ failure: unavailable() }, 0, 100, 1)).toBeUndefined();
		const state = new Attempts('ifNotDone', newScope());
		state.begin(1_000);
		expect(fail(state, 1_000, 1_100, rateLimited(2_000))).toBe(2_000);
		expect(fail(state, 3_100, 3_200)).toBeUndefined();
	});

	it('say since when one of them may have been carried out', () => {
		const state = begun();
		fail(state, 1_000, 1_100, rateLimited());
		expect([state.repeatedWithinMs(1_200), state.outcomeUnknown]).toEqual([undefined, false]);
		fail(state, 2_000, 2_100);
		fail(state, 3_000, 3_100);
		expect([state.repeatedWithinMs(4_000), state.outcomeUnknown]).toEqual([2_000, true]);
	});
});

describe('the time for tries', () => {
	it('counts from the start of the first try that failed', () => {
		const state = begun();
		expect(fail(state, 0, 20_000)).toBe(500);
		expect(fail(state, 20_500, 119_400)).toBeUndefined();
	});

	it('for faults is not used up by waits that the account asked for', () => {
		const state = begun();
		expect(fail(state, 0, 100, rateLimited(30_000))).toBe(30_000);
		expect(fail(state, 200_000, 200_100, rateLimited(30_000))).toBe(30_000);
		expect(fail(state, 250_000, 251_000)).toBe(500);
		expect(fail(state, 251_500, 368_000)).toBe(1_000);
		expect(fail(state, 369_000, 369_500)).toBeUndefined();
	});

	it('is shared by all calls for one item, one after the other', () => {
		const scope = newScope();
		const first = begun(scope);
		fail(first, 0, 50_000);
		first.finish(90_000);
		const quick = begun(scope, 90_000);
		quick.finish(170_000);
		const next = begun(scope, 200_000);
		expect(fail(next, 200_000, 229_000)).toBe(500);
		expect(fail(next, 229_500, 229_900)).toBeUndefined();
	});

	it('passes once for calls that fail side by side', () => {
		const scope = newScope();
		const calls = [begun(scope), begun(scope), begun(scope)];
		for (const call of calls) expect(fail(call, 0, 60_000)).toBe(500);
		for (const call of calls) call.finish(100_000);
		const next = begun(scope, 90_000);
		expect(fail(next, 90_000, 105_000)).toBe(500);
	});

	it('for what is doubtful is that of the single call', () => {
		const scope = newScope();
		fail(begun(scope), 0, 119_000);
		const forbidden = new AccountFailure('forbidden', 'Not allowed', 'Check the token');
		const next = begun(scope, 110_000);
		expect(fail(next, 110_000, 130_000, forbidden, 'doubtful')).toBe(500);
		expect(fail(next, 130_500, 229_600, forbidden, 'doubtful')).toBeUndefined();
	});
});

describe('the failure that a call ends with', () => {
	const endedWith = (failures: AccountFailure[], now: number) => {
		const state = begun();
		for (const failure of failures) fail(state, 0, now, failure);
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
		const state = begun();
		fail(state, 0, 100);
		state.fail({ failure: new AccountFailure('rejected', 'Not valid', 'Correct it') }, 600, 700, 1);
		expect(state.latest?.message).toBe('Not valid');
		expect(state.latest?.details.outcomeUnknown).toBe(true);
	});
});
