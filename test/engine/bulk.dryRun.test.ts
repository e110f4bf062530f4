import { useAccount } from './harness/account';
import { people, runBulk } from './harness/bulk';
import { lists } from './harness/parameters';
import { jsonOf } from './harness/results';

const COMPARED = 100;

describe('a dry run of a bulk import', () => {
	const account = useAccount({ lists: ['News'], tags: ['Lead'] });

	it('shows changes by name, and memberships that consent keeps even with Resubscribe', async () => {
		account.state.addContact({
			email: 'person0@example.com',
			firstName: 'First 0',
			lists: { News: 'unsubscribed' },
			tags: ['Lead'],
		});

		const run = await runBulk(account.sandbox, people(2), {
			parameters: { ...lists(['name', 'News', 'subscribe']), tagsToAdd: 'Lead' },
			options: { dryRun: true, resubscribe: true },
		});

		expect(jsonOf(run.items)).toEqual([
			{
				action: 'unchanged',
				email: 'person0@example.com',
				changes: [],
				lists: [{ name: 'News', outcome: 'keptUnsubscribed' }],
				tags: [{ name: 'Lead', outcome: 'alreadyAdded' }],
			},
			{
				action: 'wouldCreate',
				email: 'person1@example.com',
				changes: [{ field: 'First Name', from: '', to: 'First 1' }],
				lists: [{ name: 'News', outcome: 'wouldSubscribe' }],
				tags: [{ name: 'Lead', outcome: 'wouldAdd' }],
			},
		]);
		expect(account.sandbox.journal.count('GET')).toBe(account.sandbox.journal.entries.length);
	});

	it('compares the first 100 contacts with the account, and reports that limit in the hint', async () => {
		const run = await runBulk(account.sandbox, people(COMPARED + 20), { options: { dryRun: true } });

		const actions = jsonOf(run.items).map(({ action }) => action);
		expect(actions.slice(0, COMPARED)).toEqual(Array.from({ length: COMPARED }, () => 'wouldCreate'));
		expect(jsonOf(run.items).slice(COMPARED)).toEqual(
			people(COMPARED + 20)
				.slice(COMPARED)
				.map(({ email }) => ({ action: 'notCompared', email })),
		);
		expect(account.requests()).toHaveLength(COMPARED);
		expect(run.hints.map(({ message }) => message)).toEqual([
			'The dry run compared the first 100 contacts with the account; the others would be sent as well.',
			'Dry run: 120 items checked, nothing sent.',
		]);
	});
});
