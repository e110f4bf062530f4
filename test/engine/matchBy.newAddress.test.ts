import { locator } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';
import { useAccount } from './harness/account';

const byId = { matchBy: 'contactId', contactId: '={{ $json.id }}' };

describe('a new address for a contact matched by its ID', () => {
	const account = useAccount({ fields: [{ title: 'City' }, { title: 'CRM ID' }], lists: ['News'] });
	const ids = new Map<string, string>();

	beforeEach(() => {
		for (const name of ['ann', 'bob']) {
			ids.set(name, account.state.addContact({ email: `${name}@old.example`, firstName: name }).id);
		}
	});
	const idOf = (name: string) => ids.get(name) ?? '';

	it('fails the item when another contact has it, naming that contact, and merges nothing', async () => {
		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'BOB@old.example' },
				{ id: idOf('bob'), email: '' },
			],
			{ ...byId, firstName: 'New' },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)).toMatchObject([
			{
				error: textWith(
					`The contact with the ID ${idOf('ann')} cannot get the email 'BOB@old.example': the contact with the ID ${idOf('bob')} has it`,
				),
			},
			{ action: 'updated', email: 'bob@old.example', firstName: 'New' },
		]);
		expect(account.contact(idOf('ann'))).toMatchObject({ email: 'ann@old.example', firstName: 'ann' });
		expect(account.sandbox.journal.count('GET', '/contacts')).toBe(1);
	});

	it("is refused in the account's own words", async () => {
		account.sandbox.failNext(
			{ method: 'PUT', times: 2 },
			{ status: 422, body: { errors: [{ title: 'Email is not allowed here', code: 'email_invalid' }] } },
		);

		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: idOf('bob'), email: 'bob@new.example' },
			],
			byId,
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)).toMatchObject([
			{ error: textWith('Email is not allowed here') },
			{ error: textWith('Email is not allowed here') },
		]);
	});

	it.each([
		'resetAfterWrite',
		'cutInBody',
		'htmlOk',
		'rateLimited',
		{ status: 502, afterWrite: true },
	] as const)('is stored by a retry after %j', async (fault) => {
		await account.sync([{ email: 'first@example.com' }]);
		account.sandbox.journal.clear();
		account.sandbox.failNext({ method: 'PUT', times: 2 }, fault);

		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: idOf('bob'), email: 'bob@new.example' },
			],
			byId,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id: idOf('ann'), email: 'ann@new.example' },
			{ action: 'updated', id: idOf('bob'), email: 'bob@new.example' },
		]);
		expect(account.sandbox.journal.count('PUT', `/contacts/${idOf('ann')}`)).toBeGreaterThan(1);
	});

	it('may be the old address of another contact, whichever comes first', async () => {
		const eve = account.state.addContact({ email: 'eve@old.example' });
		const chain = [
			{ id: idOf('ann'), email: 'bob@old.example' },
			{ id: idOf('bob'), email: 'eve@old.example' },
			{ id: eve.id, email: 'eve@new.example' },
		];
		// So that the others find their addresses taken.
		account.sandbox.failNext({ path: `/contacts/${eve.id}` }, { delayMs: 1_000 });

		const { items } = await account.sync(chain, { ...byId, options: { simplify: false } });

		expect(jsonOf(items)).toMatchObject(chain.map((contact) => ({ contact })));
		expect(account.state.contacts().map(({ id, email }) => ({ id, email }))).toEqual(chain);
	});

	it('may be an address that another contact gives up before its last item', async () => {
		const items = [
			{ id: idOf('ann'), email: 'bob@old.example' },
			{ id: idOf('bob'), email: 'bob@new.example' },
			{ id: idOf('bob'), email: '' },
		];
		account.sandbox.failNext({ method: 'PUT', path: `/contacts/${idOf('bob')}` }, { delayMs: 1_000 });

		await account.sync(items, { ...byId, options: { mergeDuplicates: false } });

		expect(account.state.contacts().map(({ email }) => email)).toEqual([
			'bob@old.example',
			'bob@new.example',
		]);
	});

	it('frees the old address for a new key, whichever comes first', async () => {
		const field = {
			matchBy: 'customField',
			matchField: locator('name', 'CRM ID'),
			matchValue: '={{ $json.key }}',
		};
		const eve = account.state.addContact({ email: 'info@shop.example', fieldValues: { 'CRM ID': 'E' } });
		// So that the address is still hers when the other key is looked for.
		account.sandbox.failNext({ method: 'PUT', path: `/contacts/${eve.id}` }, { delayMs: 1_000 });

		const { items } = await account.sync(
			[
				{ key: 'E', email: 'eve@new.example' },
				{ key: 'F', email: 'info@shop.example' },
			],
			field,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id: eve.id, email: 'eve@new.example', customFields: { 'CRM ID': 'E' } },
			{ action: 'created', email: 'info@shop.example', customFields: { 'CRM ID': 'F' } },
		]);
	});

	it('cannot be swapped with another contact', async () => {
		const swap = [
			{ id: idOf('ann'), email: 'bob@old.example' },
			{ id: idOf('bob'), email: 'ann@old.example' },
		];

		const { items } = await account.sync(swap, byId, { onError: 'continueRegularOutput' });

		expect(jsonOf(items)).toMatchObject([{ error: textWith('has it') }, { error: textWith('has it') }]);
		expect(account.state.contacts().map(({ email }) => email)).toEqual([
			'ann@old.example',
			'bob@old.example',
		]);
	});

	it.each(['ann@new.example', 'ANN@old.example'])(
		'is followed by a new read of the memberships if it differs from the old one (%s)',
		async (email) => {
			const news = { lists: { values: [{ list: locator('name', 'News'), action: 'subscribe' }] } };
			const blanks = {
				customFields: { values: [{ field: locator('name', 'City'), value: 'Oslo', onlyIfBlank: true }] },
			};
			// As if the account kept the unsubscribe for the address.
			account.sandbox.rewrite({ method: 'PUT' }, (response) => {
				const { id } = account.contact(idOf('ann'));
				if (email === 'ann@new.example') account.state.setMembership(id, 'News', 'unsubscribed');
				return response;
			});

			const { items } = await account.sync([{ id: idOf('ann'), email }, { id: idOf('bob') }], {
				...byId,
				...news,
				...blanks,
			});

			const outcome = email === 'ann@new.example' ? 'keptUnsubscribed' : 'subscribed';
			expect(jsonOf(items)).toMatchObject([{ lists: [{ outcome }] }, { lists: [{ outcome: 'subscribed' }] }]);
			expect(account.stored(idOf('ann'), 'City')).toBe('Oslo');
		},
	);
});
