import type { INodeParameters } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { runBulk, sentContacts } from './harness/bulk';
import { listSearch } from './harness/editor';
import { lists, locator } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';

const NO_PHONE = 'the contact has no phone number, and the list is for text messages (SMS)';
const continuing = { onError: 'continueRegularOutput' } as const;
const items = [
	{ email: 'ann@example.com', phone: '' },
	{ email: 'bob@example.com', phone: '+49 30 1' },
];

describe('lists for text messages', () => {
	const account = useAccount({ lists: ['News', { name: 'Offers', channel: 'sms' }] });
	const sms = lists(['name', 'offers', 'subscribe']);
	const idOf = (list: string) => account.state.listBy(list).id;
	const picked = (list: string, label: string): INodeParameters => ({
		lists: { values: [{ list: locator('list', idOf(list), label), action: 'subscribe' }] },
	});
	const sync = async (parameters: INodeParameters, rows = items) => {
		const run = await account.sync(rows, { phone: '={{ $json.phone }}', ...parameters }, continuing);
		return jsonOf(run.items);
	};
	const isSubscribed = (email: string, list = 'Offers') => account.contact(email).lists.has(idOf(list));
	const lookups = () => account.sandbox.journal.count('GET', '/lists');

	it('are marked in pickers', async () => {
		const { results } = await listSearch('searchLists', { credentials: account.credentials });

		expect(results.map(({ name }) => name)).toEqual(['News', 'Offers (SMS)']);
	});

	it('take contacts with a phone number, and give the reason for the others', async () => {
		const results = await sync(sms);

		expect(results).toMatchObject([
			{
				error: textWith(`list 'offers (SMS)' could not be subscribed to. List 'offers (SMS)': ${NO_PHONE}`),
				lists: [{ name: 'offers (SMS)', outcome: 'failed', reason: textWith("Fill in 'Phone'") }],
			},
			{ lists: [{ name: 'offers (SMS)', outcome: 'subscribed' }] },
		]);
		expect(items.map(({ email }) => isSubscribed(email))).toEqual([false, true]);
	});

	it('take contacts that already have a phone number in the account', async () => {
		for (const { email } of items) account.state.addContact({ email, phone: '123' });

		for (const json of await sync({ ...sms, phone: '' })) {
			expect(json['lists']).toEqual([{ name: 'offers (SMS)', outcome: 'subscribed' }]);
		}
	});

	it('take contacts with a phone number even when the account returns sparse contacts for updates', async () => {
		account.sandbox.configure({ alwaysCreated: true });
		account.state.addContact({ email: 'ann@example.com', phone: '123' });
		account.state.addContact({ email: 'bob@example.com' });
		for (const { email } of items)
			Object.assign(account.contact(email), { cdate: '2020-01-01T00:00:00-06:00' });

		const results = await sync({ ...sms, phone: '' });

		expect(results).toMatchObject([
			{ lists: [{ outcome: 'subscribed' }] },
			{ lists: [{ outcome: 'failed', reason: textWith(NO_PHONE) }] },
		]);
	});

	it('do not take a contact whose phone number the same item clears', async () => {
		for (const { email } of items) account.state.addContact({ email, phone: '123' });

		const results = await sync({ ...sms, options: { emptyValues: 'clear' } });

		expect(results).toMatchObject([
			{ lists: [{ outcome: 'failed', reason: textWith(NO_PHONE) }] },
			{ lists: [{ outcome: 'subscribed' }] },
		]);
	});

	it('can be unsubscribed from without a phone number', async () => {
		for (const { email } of items) account.state.addContact({ email, lists: { Offers: 'active' } });

		for (const json of await sync(lists(['name', 'Offers', 'unsubscribe']))) {
			expect(json['lists']).toEqual([{ name: 'Offers (SMS)', outcome: 'unsubscribed' }]);
		}
	});

	it('are recognized by ID too, looked up once and only for contacts without a phone number', async () => {
		const byId = lists(['id', idOf('Offers'), 'subscribe']);
		const [ann = { email: '', phone: '' }, bob = ann] = items;
		await sync(byId, [bob, { ...bob, email: 'cat@example.com' }]);
		expect(lookups()).toBe(0);

		const results = await sync(byId, [ann, { ...ann, email: 'dan@example.com' }]);

		for (const json of results) {
			expect(json['lists']).toMatchObject([{ outcome: 'failed', reason: textWith(NO_PHONE) }]);
		}
		expect(lookups()).toBe(1);
	});

	it('are recognized by the label that was picked, without a lookup for email lists', async () => {
		expect(await sync(picked('News', 'News'))).toMatchObject([
			{ lists: [{ name: 'News', outcome: 'subscribed' }] },
			{ lists: [{ name: 'News', outcome: 'subscribed' }] },
		]);
		expect(lookups()).toBe(0);

		expect(await sync(picked('Offers', 'Offers (SMS)'))).toMatchObject([
			{ lists: [{ name: 'Offers (SMS)', outcome: 'failed' }] },
			{ lists: [{ name: 'Offers (SMS)', outcome: 'subscribed' }] },
		]);
	});

	it('are found by the name that pickers and outcomes show', async () => {
		expect(await sync(lists(['name', 'Offers (SMS)', 'subscribe']))).toMatchObject([
			{ lists: [{ name: 'Offers (SMS)', outcome: 'failed' }] },
			{ lists: [{ name: 'Offers (SMS)', outcome: 'subscribed' }] },
		]);
	});

	it('are treated as email lists where the token may not see lists', async () => {
		const byId = lists(['id', idOf('News'), 'subscribe']);
		account.sandbox.failNext({ method: 'GET', path: '/lists', times: 99 }, 'forbidden');

		expect(await sync(byId)).toMatchObject([
			{ lists: [{ outcome: 'subscribed' }] },
			{ lists: [{ outcome: 'subscribed' }] },
		]);
	});

	it('are previewed by a dry run as the real run treats them', async () => {
		account.state.addContact({ email: 'cat@example.com', phone: '123' });
		const rows = [...items, { email: 'cat@example.com', phone: '' }];

		expect(await sync({ ...sms, options: { dryRun: true } }, rows)).toMatchObject([
			{ lists: [{ outcome: 'failed', reason: textWith(NO_PHONE) }] },
			{ lists: [{ outcome: 'wouldSubscribe' }] },
			{ lists: [{ outcome: 'wouldSubscribe' }] },
		]);
	});

	it('are imported in bulk with a warning for rows without a phone number', async () => {
		const run = await runBulk(account.sandbox, items, { parameters: sms });

		expect(jsonOf(run.items)).toMatchObject([
			{
				outcome: 'imported',
				warnings: [
					textWith("List 'offers (SMS)' is for text messages (SMS), and the item has no phone number"),
				],
			},
			{ outcome: 'imported' },
		]);
		expect(jsonOf(run.items)[1]).not.toHaveProperty('warnings');
		for (const contact of sentContacts(account.sandbox).flat()) {
			expect(contact['subscribe']).toEqual([{ listid: idOf('Offers') }]);
		}
	});

	it('are previewed by a dry run of an import with the same warnings', async () => {
		const real = await runBulk(account.sandbox, items, { parameters: sms });

		const { items: shown } = await runBulk(
			account.sandbox,
			items.map((item) => ({ ...item, email: `new-${item.email}` })),
			{ parameters: sms, options: { dryRun: true } },
		);

		expect(jsonOf(shown)).toMatchObject(
			items.map(() => ({ lists: [{ name: 'offers (SMS)', outcome: 'wouldSubscribe' }] })),
		);
		expect(jsonOf(shown).map(({ warnings }) => warnings)).toEqual(
			jsonOf(real.items).map(({ warnings }) => warnings),
		);
	});
});
