import { locator } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';
import { useAccount } from './harness/account';

const CONTINUE = { onError: 'continueRegularOutput' } as const;
const byKey = {
	matchBy: 'customField',
	matchField: locator('name', 'CRM ID'),
	matchValue: '={{ $json.key }}',
	firstName: '={{ $json.name }}',
};

describe('Match By Custom Field with items that mean the same contact', () => {
	const account = useAccount({ fields: [{ title: 'CRM ID' }] });
	const emails = () => account.state.contacts().map(({ email }) => email);
	const seed = (email: string, key: string) =>
		account.state.addContact({ email, fieldValues: { 'CRM ID': key } });

	it('creates one contact for two items with one key, merged or one after the other', async () => {
		const items = [
			{ key: 'A', email: 'ann@one.example', name: 'One' },
			{ key: 'A', email: 'ann@two.example' },
			{ key: 'B', email: 'bob@example.com', name: 'Bob' },
		];
		await account.sync(items, byKey);
		expect(emails().sort()).toEqual(['ann@two.example', 'bob@example.com']);

		account.sandbox.reset();
		// The account lists no new values yet.
		account.sandbox.rewrite({ path: '/fieldValues' }, (response) => ({
			...response,
			body: { fieldValues: [], meta: { total: '0' } },
		}));
		const { items: output } = await account.sync(items, { ...byKey, options: { mergeDuplicates: false } });

		expect(emails().sort()).toEqual(['ann@two.example', 'bob@example.com']);
		expect(account.contact('ann@two.example').firstName).toBe('One');
		expect(jsonOf(output).map(({ action }) => action)).toEqual(['created', 'updated', 'created']);
	});

	it('creates one contact for one key in two executions at once', async () => {
		const run = async (at: string) =>
			await account.sync(
				[
					{ key: 'A', email: `ann@${at}.example`, name: at },
					{ key: 'B', email: `bob@${at}.example`, name: at },
				],
				byKey,
			);

		await Promise.all([run('one'), run('two')]);

		expect(account.state.contacts()).toHaveLength(2);
		expect(account.state.contacts().map(({ fieldValues }) => [...fieldValues.values()])).toEqual([
			['A'],
			['B'],
		]);
	});

	it('gives an address to one of two new keys with that address', async () => {
		const { items } = await account.sync(
			[
				{ key: 'A', email: 'shared@example.com', name: 'Ann' },
				{ key: 'B', email: 'shared@example.com', name: 'Bob' },
			],
			byKey,
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', firstName: 'Ann' },
			{ error: textWith("has 'A' in 'CRM ID', not 'B'") },
		]);
		expect(account.stored('shared@example.com', 'CRM ID')).toBe('A');
	});

	it.each(['resetAfterWrite', 'cutInBody', { status: 502, afterWrite: true }] as const)(
		'creates one contact for one key when the creation is retried after %j',
		async (fault) => {
			account.sandbox.failNext({ method: 'POST', path: '/contact/sync', times: 2 }, fault);

			const { items } = await account.sync(
				[
					{ key: 'A', email: 'ann@example.com', name: 'Ann' },
					{ key: 'B', email: 'bob@example.com', name: 'Bob' },
				],
				byKey,
			);

			expect(jsonOf(items)).toMatchObject([{ action: 'created' }, { action: 'created' }]);
			expect(emails().sort()).toEqual(['ann@example.com', 'bob@example.com']);
		},
	);

	it('creates one contact for one key when a late response makes it read again', async () => {
		account.sandbox.startSpell({
			match: { path: '/contact/sync' },
			fault: { status: 502, afterWrite: true },
			forMs: 25_000,
		});

		const { items } = await account.sync(
			[
				{ key: 'A', email: 'ann@example.com', name: 'Ann' },
				{ key: 'B', email: 'bob@example.com', name: 'Bob' },
			],
			byKey,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', email: 'ann@example.com' },
			{ action: 'created', email: 'bob@example.com' },
		]);
		expect(account.state.contacts()).toHaveLength(2);
	});

	it('searches again when a contact was deleted after it was found', async () => {
		const deleted = [seed('ann@example.com', 'A'), seed('cem@example.com', 'C')];
		seed('bob@example.com', 'B');
		account.sandbox.rewrite({ path: '/fieldValues' }, (response) => {
			for (const contact of deleted.splice(0)) account.state.deleteContact(contact);
			return response;
		});

		const { items } = await account.sync(
			[
				{ key: 'A', email: 'ann@example.com', name: 'Ann' },
				{ key: 'B', name: 'Bob' },
				{ key: 'C', name: 'Cem' },
			],
			byKey,
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', email: 'ann@example.com', firstName: 'Ann' },
			{ action: 'updated', firstName: 'Bob' },
			{ error: textWith("No contact has 'C' in 'CRM ID'") },
		]);
		expect(account.state.contacts()).toHaveLength(2);
	});

	it('searches again when a contact was deleted after an earlier item had found it', async () => {
		const ann = seed('ann@example.com', 'A');
		account.sandbox.rewrite({ method: 'PUT', path: /^\/contacts\/\d+$/ }, (response) => {
			if (account.state.contactById(ann.id)) account.state.deleteContact(ann);
			return response;
		});

		const { items } = await account.sync(
			['first', 'second'].map((name) => ({ key: 'A', email: 'ann@example.com', name })),
			{ ...byKey, options: { mergeDuplicates: false } },
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id: ann.id },
			{ action: 'created', firstName: 'second' },
		]);
	});

	it('starts nothing more when the run is stopped during the search for contacts', async () => {
		const stop = new AbortController();
		account.sandbox.rewrite({ path: '/fieldValues' }, (response) => {
			stop.abort();
			return response;
		});

		const { status } = await account.sync(
			[
				{ key: 'A', email: 'ann@example.com' },
				{ key: 'B', email: 'bob@example.com' },
			],
			byKey,
			{ signal: stop.signal },
		);

		expect(status).toBe('canceled');
		expect(account.state.contacts()).toEqual([]);
	});
});
