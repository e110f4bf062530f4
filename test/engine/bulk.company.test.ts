import { useAccount } from './harness/account';
import { people, runBulk, sentContacts } from './harness/bulk';
import { jsonOf, tally } from './harness/results';

const parameters = { additionalFields: { company: '={{ $json.company }}' } };

describe('companies in bulk', () => {
	const account = useAccount();
	const rows = people(4).map((person, index) => ({
		...person,
		company: ['Acme', ' Acme ', '', 'Apex'][index],
	}));
	const companyOf = (email: string) =>
		account.state.companies.get(account.contact(email).company?.companyId ?? '')?.name;

	it('go with their contacts, without a request of their own', async () => {
		const run = await runBulk(account.sandbox, rows, { parameters });

		expect(tally(run)).toEqual({ imported: 4 });
		expect(
			sentContacts(account.sandbox)
				.flat()
				.map((contact) => contact['customer_acct_name']),
		).toEqual(['Acme', 'Acme', undefined, 'Apex']);
		expect(rows.map(({ email }) => companyOf(email))).toEqual(['Acme', 'Acme', undefined, 'Apex']);
		expect(account.requests().filter((request) => /account/i.test(request))).toEqual([]);
	});

	it('come from the last merged row that has one', async () => {
		const merged = ['Acme', 'Apex', ''].map((company) => ({ email: 'ann@example.com', company }));

		await runBulk(account.sandbox, merged, { parameters });

		expect(sentContacts(account.sandbox).flat()).toEqual([
			{ email: 'ann@example.com', customer_acct_name: 'Apex' },
		]);
	});

	it('are imported without job titles and notes, which only single contacts get', async () => {
		await runBulk(account.sandbox, rows, {
			parameters: { additionalFields: { company: 'Acme', jobTitle: 'CEO', note: 'Hello' } },
		});

		expect(account.state.contacts().map(({ company, notes }) => [company?.jobTitle, notes.length])).toEqual(
			rows.map(() => ['', 0]),
		);
	});

	it('are compared with the account by a dry run', async () => {
		account.state.addContact({ email: 'person0@example.com', company: 'Apex' });
		account.state.addContact({ email: 'person3@example.com', company: 'Apex' });

		const run = await runBulk(account.sandbox, rows, {
			parameters: { additionalFields: { company: '={{ $json.company }}', jobTitle: 'CEO', note: 'Hello' } },
			options: { dryRun: true },
		});

		const results = jsonOf(run.items);
		const [first, second, , fourth] = results.map(
			({ company }) => company as { outcome: string } | undefined,
		);
		expect([
			['wouldCreateAndMove', 'wouldLink'],
			['wouldMove', 'wouldCreateAndLink'],
		]).toContainEqual([first?.outcome, second?.outcome]);
		expect(fourth).toEqual({ name: 'Apex', outcome: 'alreadyLinked' });
		for (const json of results) expect(json).not.toHaveProperty('note');
		expect(results[2]).not.toHaveProperty('company');
	});
});
