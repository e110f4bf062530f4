import { RetryState, RetryBudget } from '../../../nodes/ActiveCampaignSync/transport/retryState';
import { AccountFailure, type FailureDetails } from '../../../nodes/ActiveCampaignSync/shared/failure';

const unavailable = (details: FailureDetails = {}) =>
	new AccountFailure('unavailable', 'It could not be done', 'Try later', {
		outcomeUnknown: true,
		...details,
	});
const refused = (retryAfterMs?: number) =>
	new AccountFailure('rateLimited', 'ActiveCampaign asked to wait', 'Try later', { retryAfterMs });

describe('the tries of one call', () => {
	it('count by why they did not work', () => {
		const retryState = new RetryState('always', new RetryBudget());
		retryState.begin(1_000);
		expect(retryState.fail('noAnswer', unavailable(), 1_000, 1_100, 1)).toBe(500);
		expect(retryState.fail('serverFault', unavailable(), 1_600, 1_700, 1)).toBe(500);
		expect(retryState.fail('noAnswer', unavailable(), 2_200, 2_300, 1)).toBe(1_000);
	});

	it('end when what must not be done twice may have been done', () => {
		const retryState = new RetryState('ifNotDone', new RetryBudget());
		retryState.begin(1_000);
		expect(retryState.fail('rateLimited', refused(2_000), 1_000, 1_100, 1)).toBe(2_000);
		expect(retryState.fail('noAnswer', unavailable(), 3_100, 3_200, 1)).toBeUndefined();
	});

	it('count their time from the start of the first', () => {
		const retryState = new RetryState('always', new RetryBudget());
		retryState.begin(1_000);
		retryState.begin(110_000);
		expect(retryState.fail('serverFault', unavailable(), 110_000, 120_000, 1)).toBe(500);
		expect(retryState.fail('serverFault', unavailable(), 120_500, 121_000, 1)).toBeUndefined();
	});

	it('leave the next call for the same item the less time, the longer they took in vain', () => {
		const budget = new RetryBudget();
		const quick = new RetryState('always', budget);
		quick.begin(0);
		quick.finish(90_000);
		const slow = new RetryState('always', budget);
		slow.begin(100_000);
		expect(slow.fail('serverFault', unavailable(), 100_000, 165_000, 1)).toBe(500);
		slow.finish(170_000);
		const next = new RetryState('always', budget);
		next.begin(200_000);
		expect(next.fail('serverFault', unavailable(), 200_000, 249_000, 1)).toBe(500);
		expect(next.fail('serverFault', unavailable(), 249_500, 250_000, 1)).toBeUndefined();
	});

	it('say since when one of them may have been carried out', () => {
		const retryState = new RetryState('always', new RetryBudget());
		retryState.begin(1_000);
		retryState.fail('rateLimited', refused(), 1_000, 1_100, 1);
		expect(retryState.repeatedWithinMs(1_200)).toBeUndefined();
		retryState.fail('noAnswer', unavailable(), 2_000, 2_100, 1);
		retryState.fail('noAnswer', unavailable(), 3_000, 3_100, 1);
		expect(retryState.repeatedWithinMs(4_000)).toBe(2_000);
	});
});

describe('what is told of them', () => {
	const told = (failures: AccountFailure[], now: number) => {
		const retryState = new RetryState('always', new RetryBudget());
		retryState.begin(0);
		for (const failure of failures) {
			const reason = failure.kind === 'rateLimited' ? 'rateLimited' : 'serverFault';
			retryState.fail(reason, failure, 0, 0, 1);
		}
		return retryState.describe(failures.at(-1) ?? unavailable(), now);
	};

	it.each<[string, AccountFailure[], number, string]>([
		['one try', [unavailable()], 400, 'It could not be done'],
		['two', [unavailable(), unavailable()], 400, 'It could not be done (tried 2 times in 1 second)'],
		[
			'many',
			[refused(), unavailable(), unavailable()],
			61_800,
			'It could not be done (tried 3 times in 62 seconds)',
		],
		[
			'one that asked for too long a wait',
			[refused(3_600_000)],
			400,
			'ActiveCampaign asked to wait (tried once, and asked to wait 3600 seconds)',
		],
		[
			'several that asked to wait',
			[unavailable(), refused(30_000), refused(900)],
			121_000,
			'ActiveCampaign asked to wait (tried 3 times in 121 seconds, and asked to wait 1 second)',
		],
	])('%s', (_name, failures, now, message) => {
		const failure = told(failures, now);
		expect(failure.message).toBe(message);
		expect(failure.description).toBe('Try later');
		expect(failure.details).toEqual(failures.at(-1)?.details);
	});

	it('a second 403 is not worth a word', () => {
		const forbidden = new AccountFailure('forbidden', 'Not allowed', 'Check the token');
		expect(told([forbidden, forbidden], 1_500).message).toBe('Not allowed');
	});
});
