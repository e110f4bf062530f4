import { Effort, Errand } from '../../../nodes/ActiveCampaignSync/transport/retryState';
import { AccountFailure, type FailureDetails } from '../../../nodes/ActiveCampaignSync/shared/failure';

const unavailable = (details: FailureDetails = {}) =>
	new AccountFailure('unavailable', 'It could not be done', 'Try later', { mayBeDone: true, ...details });
const refused = (retryAfterMs?: number) =>
	new AccountFailure('rateLimited', 'ActiveCampaign asked to wait', 'Try later', { retryAfterMs });

describe('the tries of one call', () => {
	it('count by why they did not work', () => {
		const effort = new Effort('always', new Errand());
		effort.started(1_000);
		expect(effort.failed('noAnswer', unavailable(), 1_000, 1_100, 1)).toBe(500);
		expect(effort.failed('serverFault', unavailable(), 1_600, 1_700, 1)).toBe(500);
		expect(effort.failed('noAnswer', unavailable(), 2_200, 2_300, 1)).toBe(1_000);
	});

	it('end when what must not be done twice may have been done', () => {
		const effort = new Effort('ifNotDone', new Errand());
		effort.started(1_000);
		expect(effort.failed('rateLimited', refused(2_000), 1_000, 1_100, 1)).toBe(2_000);
		expect(effort.failed('noAnswer', unavailable(), 3_100, 3_200, 1)).toBeUndefined();
	});

	it('count their time from the start of the first', () => {
		const effort = new Effort('always', new Errand());
		effort.started(1_000);
		effort.started(110_000);
		expect(effort.failed('serverFault', unavailable(), 110_000, 120_000, 1)).toBe(500);
		expect(effort.failed('serverFault', unavailable(), 120_500, 121_000, 1)).toBeUndefined();
	});

	it('leave the next call for the same item the less time, the longer they took in vain', () => {
		const errand = new Errand();
		const quick = new Effort('always', errand);
		quick.started(0);
		quick.ended(90_000);
		const slow = new Effort('always', errand);
		slow.started(100_000);
		expect(slow.failed('serverFault', unavailable(), 100_000, 165_000, 1)).toBe(500);
		slow.ended(170_000);
		const next = new Effort('always', errand);
		next.started(200_000);
		expect(next.failed('serverFault', unavailable(), 200_000, 249_000, 1)).toBe(500);
		expect(next.failed('serverFault', unavailable(), 249_500, 250_000, 1)).toBeUndefined();
	});

	it('say since when one of them may have been carried out', () => {
		const effort = new Effort('always', new Errand());
		effort.started(1_000);
		effort.failed('rateLimited', refused(), 1_000, 1_100, 1);
		expect(effort.repeatedWithinMs(1_200)).toBeUndefined();
		effort.failed('noAnswer', unavailable(), 2_000, 2_100, 1);
		effort.failed('noAnswer', unavailable(), 3_000, 3_100, 1);
		expect(effort.repeatedWithinMs(4_000)).toBe(2_000);
	});
});

describe('what is told of them', () => {
	const told = (failures: AccountFailure[], now: number) => {
		const effort = new Effort('always', new Errand());
		effort.started(0);
		for (const failure of failures) {
			const trouble = failure.kind === 'rateLimited' ? 'rateLimited' : 'serverFault';
			effort.failed(trouble, failure, 0, 0, 1);
		}
		return effort.told(failures.at(-1) ?? unavailable(), now);
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
