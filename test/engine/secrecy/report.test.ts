import { observe } from './observed';

import { isRecord } from '../../guards';
import { useAccount } from '../harness/account';
import { reportableLines } from './personal';

describe('the log lines for a problem report', () => {
	const observed = observe();
	const account = useAccount({ tags: ['Lead'] });

	beforeEach(() => {
		observed.logged.length = 0;
	});

	const lines = () =>
		reportableLines(observed.logged).map((line): Record<string, unknown> => {
			const entry: unknown = JSON.parse(line);
			return isRecord(entry) && isRecord(entry.metadata) ? entry.metadata : {};
		});

	it('name the failed item, and the requests that were made for it', async () => {
		account.sandbox.failNext({ bodyIncludes: 'bob@example.com' }, 'errorsPointer');
		const items = ['ann', 'bob', 'cid'].map((name) => ({ email: `${name}@example.com` }));
		await account.sync(items, { tagsToAdd: 'Lead' }, { onError: 'continueRegularOutput' });
		const ofSecond = lines().filter(({ items: shown }) => shown === '2');
		expect(ofSecond).toEqual([
			expect.objectContaining({
				...{ executionId: '1', for: 'item', request: 'POST /contact/sync', purpose: 'sync the contact' },
				...{ try: 1, status: 422, failure: 'rejected', retryReason: 'none' },
				response: '{errors:[1 × {title:text,detail:text,code:text,source:{pointer:text}}]}',
			}),
			expect.objectContaining({ executionId: '1', failure: 'rejected', status: '422' }),
		]);
		expect(lines().filter(({ request }) => request === undefined)).toHaveLength(1);
	});

	it('name all items for which a request was made', async () => {
		account.state.addContact({ email: 'ann@example.com' });
		account.state.addContact({ email: 'bob@example.com' });
		const items = ['ann', 'bob'].map((name) => ({ email: `${name}@example.com` }));
		await account.sync(items, { tagsToAdd: 'Lead' });
		await account.sync(items, { operation: 'syncContactsInBulk' });
		const shared = lines().filter(({ items: shown }) => shown === '1-2');
		expect(shared.map(({ request }) => request)).toEqual([
			'GET /contacts?ids[]=…(2)&include=contactTags&limit=100&status=-1',
			'POST /import/bulk_import',
		]);
	});
});
