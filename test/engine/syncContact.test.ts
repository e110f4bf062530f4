import { customFields } from './harness/parameters';
import { jsonOf } from './harness/results';
import { useAccount } from './harness/account';

const ann = { email: 'ann@example.com', name: 'Ann' };
const bob = { email: 'bob@example.com', name: 'Bob' };
const firstName = { firstName: '={{ $json.name }}' };

describe('Sync Contact', () => {
	const account = useAccount({
		fields: [
			{ title: 'Company', type: 'text' },
			{ title: 'Languages', type: 'checkbox', options: ['de', 'fr'] },
		],
	});

	it('creates new contacts, updates existing ones, and reports which', async () => {
		account.state.addContact({ email: 'bob@example.com', firstName: 'Robert', phone: '123' });
		account.state.contactBy('bob@example.com').udate = '2020-01-01T00:00:00-06:00';

		const { items, status } = await account.sync([ann, bob], firstName);

		expect(status).toBe('success');
		expect(jsonOf(items)).toEqual([
			{
				action: 'created',
				id: account.contact('ann@example.com').id,
				email: 'ann@example.com',
				firstName: 'Ann',
			},
			{
				action: 'updated',
				id: account.contact('bob@example.com').id,
				email: 'bob@example.com',
				firstName: 'Bob',
				phone: '123',
			},
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(account.requests()).toEqual(['POST /contact/sync', 'POST /contact/sync']);
	});

	it('distinguishes created from updated by the dates when the account responds to all with 201', async () => {
		account.sandbox.configure({ alwaysCreated: true });
		account.state.upsert('bob@example.com').contact.udate = '2020-01-01T00:00:00-06:00';
		Object.assign(account.contact('bob@example.com'), { cdate: '2020-01-01T00:00:00-06:00' });

		const { items } = await account.sync([ann, bob], firstName);

		expect(jsonOf(items).map(({ action }) => action)).toEqual(['created', 'updated']);
	});

	it.each(['resetAfterWrite', 'cutInBody', { status: 502, afterWrite: true }] as const)(
		'reports a contact as created after %j, although the retry updated it',
		async (fault) => {
			account.state.addContact({ email: 'bob@example.com' });
			Object.assign(account.contact('bob@example.com'), { cdate: '2020-01-01T00:00:00-06:00' });
			account.sandbox.failNext({ path: '/contact/sync', times: 2 }, fault);

			const { items } = await account.sync([ann, bob], firstName);

			expect(jsonOf(items).map(({ action, email }) => [action, email])).toEqual([
				['created', 'ann@example.com'],
				['updated', 'bob@example.com'],
			]);
			expect(account.state.contacts()).toHaveLength(2);
			expect(account.sandbox.journal.count('POST', '/contact/sync')).toBe(4);
		},
	);

	it('summarizes the run above the output, even with Simplify off', async () => {
		account.state.addContact({ email: 'bob@example.com' });
		Object.assign(account.contact('bob@example.com'), { cdate: '2020-01-01T00:00:00-06:00' });

		const { hints } = await account.sync([ann, bob, { email: 'ANN@example.com' }], {
			options: { simplify: false },
		});

		expect(hints.map(({ message }) => message)).toEqual([
			'3 items: 2 created, 1 updated. 1 item was merged into an earlier item for the same contact.',
		]);
	});

	it('trims the address and omits blank fields', async () => {
		const items = [
			{ email: '  ann@example.com\n', name: ' ' },
			{ email: 'bob+tag@example.com', name: null },
		];
		const blanks = { ...firstName, lastName: '', phone: '={{ $json.nothing }}' };

		await account.sync(items, { ...blanks, ...customFields(['name', 'Company', '={{ $json.nothing }}']) });

		expect(account.sandbox.journal.bodies('POST', '/contact/sync')).toEqual([
			{ contact: { email: 'ann@example.com' } },
			{ contact: { email: 'bob+tag@example.com' } },
		]);
	});

	it.each([
		['no row', {}],
		['an empty collection', { values: [] }],
		['a blank row', { values: [{ field: { __rl: true, mode: 'list', value: '' }, value: ' ' }] }],
	])('omits fieldValues for custom fields with %s', async (_what, collection) => {
		await account.sync([ann, bob], { customFields: collection });

		expect(account.sandbox.journal.bodies()).toEqual([
			{ contact: { email: 'ann@example.com' } },
			{ contact: { email: 'bob@example.com' } },
		]);
	});

	it("returns the API's own response with Simplify off", async () => {
		const { items } = await account.sync([ann, bob], {
			...firstName,
			...customFields(['name', 'Company', '={{ $json.name }} Ltd']),
			options: { simplify: false },
		});

		for (const [index, json] of jsonOf(items).entries()) {
			const { id, cdate, hash } = account.state.contacts()[index] ?? {};
			expect(Object.keys(json).sort()).toEqual(['contact', 'fieldValues']);
			expect(json['contact']).toMatchObject({ id, cdate, hash, orgname: '' });
			expect(json['fieldValues']).toMatchObject([
				{ field: '1', value: `${['Ann', 'Bob'][index] ?? ''} Ltd` },
			]);
		}
	});

	it('shows custom values by title, several choices as an array', async () => {
		const { items } = await account.sync(
			[ann, { ...bob, languages: 'fr; de' }],
			customFields(['name', 'Company', 'Acme'], ['name', 'Languages', '={{ $json.languages }}']),
		);

		expect(jsonOf(items).map((json) => json['customFields'])).toEqual([
			{ Company: 'Acme' },
			{ Company: 'Acme', Languages: ['de', 'fr'] },
		]);
	});

	it('writes numbers, booleans and objects in names as readable text', async () => {
		await account.sync(
			[
				{ email: 'ann@example.com', phone: 49301234567 },
				{ email: 'bob@example.com', phone: true },
				{ email: 'cem@example.com', phone: ['1', '2'] },
				{ email: 'dee@example.com', phone: { country: 49 } },
			],
			{ phone: '={{ $json.phone }}' },
		);

		expect(account.state.contacts().map(({ phone }) => phone)).toEqual([
			'49301234567',
			'true',
			'1, 2',
			'{"country":49}',
		]);
	});
});
