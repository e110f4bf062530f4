import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { settle } from '../../../nodes/ActiveCampaignSync/shared/result';

const failure = (kind: 'rejected' | 'stopped') => new AccountFailure(kind, 'It was not done', 'Do this');

describe('a settled call', () => {
	it('is its value or its failure', async () => {
		const refused = failure('rejected');
		expect(await settle(Promise.resolve(7))).toEqual({ value: 7 });
		expect((await settle(Promise.reject(refused))).failure).toBe(refused);
	});

	it.each([failure('stopped'), new TypeError('A bug'), { kind: 'rejected' }])(
		'rejects with what no caller can handle: %s',
		async (thrown) => {
			// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever it is
			await expect(settle(Promise.reject(thrown))).rejects.toBe(thrown);
		},
	);
});
