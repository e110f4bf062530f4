import { useAccount } from './harness/account';
import { runBulk } from './harness/bulk';
import { outcomes } from './harness/results';

/** ActiveCampaign does not say which contacts `GET /contacts` lists where no `status` is asked for. */
describe('an account that lists only active subscribers unless a status is requested', () => {
	const account = useAccount({ lists: ['News'] });
	const items = [{ email: 'gone@example.com' }, { email: 'alone@example.com' }];
	beforeEach(() => {
		account.sandbox.configure({ listsUnlessAsked: 'active' });
		account.state.addContact({ email: 'gone@example.com', lists: { News: 'unsubscribed' } });
		account.state.addContact({ email: 'alone@example.com' });
	});

	it('has its other contacts found by Get Contact', async () => {
		const run = await account.sync(items, { operation: 'getContact' });
		expect(run.items.map(({ json }) => json.email)).toEqual(['gone@example.com', 'alone@example.com']);
	});

	it('has its other contacts deleted by Delete Contact', async () => {
		const run = await account.sync(items, { operation: 'deleteContact' });
		expect(run.items.map(({ json }) => json.action)).toEqual(['deleted', 'deleted']);
		expect(account.state.contacts()).toEqual([]);
	});

	it('has its other contacts left alone by Create Only', async () => {
		const run = await account.sync(items, { firstName: 'New', options: { syncMode: 'createOnly' } });
		expect(run.items.map(({ json }) => json.action)).toEqual(['skipped', 'skipped']);
		expect(account.contact('alone@example.com').firstName).not.toBe('New');
	});

	it('has its other contacts recognized in the results of an import', async () => {
		account.state.excludeFromImport('third@example.com');
		const run = await runBulk(account.sandbox, [...items, { email: 'third@example.com' }]);
		expect(outcomes(run)).toEqual(['imported', 'imported', 'excluded']);
	});
});
