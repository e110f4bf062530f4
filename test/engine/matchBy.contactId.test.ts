import { MEMBERSHIP_STATUS } from '../sandbox';
import { sampled } from '../size';
import { useAccount } from './harness/account';
import { resourceMapping } from './harness/editor';
import { automations, customFields, lists, locator, mapAutomatically, mapByHand } from './harness/parameters';
import { jsonOf, textWith, outcomesBeing } from './harness/results';

const byId = { matchBy: 'contactId', contactId: '={{ $json.id }}' };

describe('Match By Contact ID', () => {
	const account = useAccount({
		fields: [{ title: 'Company' }],
		lists: ['News'],
		tags: ['VIP', 'Lead'],
		automations: ['Welcome'],
	});
	const ids = new Map<string, string>();

	beforeEach(() => {
		for (const name of ['ann', 'bob']) {
			const contact = account.state.addContact({
				email: `${name}@old.example`,
				firstName: name,
				phone: '123',
				lists: { News: 'active' },
				tags: ['VIP'],
				automations: ['Welcome'],
				fieldValues: { Company: 'Acme' },
			});
			ids.set(name, contact.id);
		}
	});
	const idOf = (name: string) => ids.get(name) ?? '';

	it('changes the address of the same contact, which keeps its lists, tags and automations', async () => {
		const { items, hints } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: ` 00${idOf('bob')} `, email: 'bob@new.example' },
			],
			byId,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id: idOf('ann'), email: 'ann@new.example', firstName: 'ann' },
			{ action: 'updated', id: idOf('bob'), email: 'bob@new.example', firstName: 'bob' },
		]);
		expect(account.state.contacts().map(({ email }) => email)).toEqual([
			'ann@new.example',
			'bob@new.example',
		]);
		for (const name of ['ann', 'bob']) {
			const contact = account.contact(`${name}@new.example`);
			expect(contact.id).toBe(idOf(name));
			expect([...contact.lists.values()].map(({ status }) => status)).toEqual([MEMBERSHIP_STATUS.active]);
			expect(contact.tags.size).toBe(1);
			expect(account.state.enrollments(contact.email, 'Welcome')).toBe(1);
			expect(account.stored(contact.email, 'Company')).toBe('Acme');
		}
		expect(account.requests()).toEqual([`PUT /contacts/${idOf('ann')}`, `PUT /contacts/${idOf('bob')}`]);
		expect(hints.map(({ message }) => message)).toEqual(['2 items: 2 updated.']);
	});

	it('keeps the address when Email is blank, with each choice of Contact Fields', async () => {
		const input = [
			{ id: idOf('ann'), email: ' ', Company: 'Apex' },
			{ id: idOf('bob'), email: null, Company: 'Apex' },
		];
		const ways = [
			customFields(['name', 'Company', '={{ $json.Company }}']),
			mapByHand({ Company: '={{ $json.Company }}' }),
			mapAutomatically,
		];
		for (const way of ways) {
			for (const name of ['ann', 'bob']) {
				const { id } = account.contact(`${name}@old.example`);
				account.state.setFieldValue(account.contact(id), account.state.fieldBy('Company').id, 'Acme');
			}

			const { status } = await account.sync(input, { ...byId, ...way });

			expect(status).toBe('success');
			expect(account.stored('ann@old.example', 'Company')).toBe('Apex');
			expect(account.stored('bob@old.example', 'Company')).toBe('Apex');
		}
		expect(JSON.stringify(account.sandbox.journal.bodies('PUT'))).not.toContain('email');
	});

	it('maps automatically without any column for the email', async () => {
		const { items } = await account.sync(
			[
				{ id: idOf('ann'), Company: 'Apex' },
				{ id: idOf('bob'), Company: 'X' },
			],
			{
				...byId,
				...mapAutomatically,
			},
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', email: 'ann@old.example' },
			{ action: 'updated', email: 'bob@old.example' },
		]);
	});

	it('fails an item whose contact is gone, with its ID, even when there is nothing to write', async () => {
		const missing = [{ id: '99999', email: 'new@example.com' }, { id: '88888' }, { id: idOf('bob') }];

		const { items } = await account.sync(
			missing,
			{ ...byId, tagsToAdd: 'Lead' },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)).toMatchObject([
			{ error: textWith('No contact has the ID 99999') },
			{ error: textWith('No contact has the ID 88888') },
			{ action: 'updated', tags: { Lead: 'added' } },
		]);
		expect(account.state.contacts()).toHaveLength(2);
	});

	it.each([
		['', "'Contact ID' is empty"],
		['abc', "'Contact ID' is not a contact's ID: 'abc'"],
		['1/../2', "'Contact ID' is not a contact's ID: '1/../2'"],
		[0, "'Contact ID' is not a contact's ID: '0'"],
		[null, "'Contact ID' is empty"],
	])('fails an item with the ID %j before anything is sent', async (id, message) => {
		const { items } = await account.sync([{ id }, { id }], byId, { onError: 'continueRegularOutput' });

		expect(jsonOf(items)).toMatchObject([
			{ action: 'failed', error: textWith(message) },
			{ action: 'failed', error: textWith(message) },
		]);
		expect(account.requests()).toEqual([]);
	});

	it('fails an item for a custom field that the account ignores, as a sync by email does', async () => {
		account.sandbox.configure({ deny: ['fields'] });
		const { items } = await account.sync(
			[{ id: idOf('ann') }, { id: idOf('bob') }],
			{ ...byId, ...customFields(['id', account.state.fieldBy('Company').id, 'Apex']) },
			{ onError: 'continueRegularOutput' },
		);
		expect(jsonOf(items)).toMatchObject([{ action: 'updated' }, { action: 'updated' }]);

		const ignored = await account.sync(
			[{ id: idOf('ann') }, { id: idOf('bob') }],
			{ ...byId, ...customFields(['id', '777', 'Apex']) },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(ignored.items)).toMatchObject([
			{ error: textWith("custom field '777' could not be set") },
			{ error: textWith("custom field '777' could not be set") },
		]);
	});

	it('clears and fills blanks as a sync by email does', async () => {
		const fields = {
			...byId,
			phone: '={{ $json.phone }}',
			lastName: '={{ $json.last }}',
			...customFields(['name', 'Company', '={{ $json.company }}']),
		};
		await account.sync(
			[
				{ id: idOf('ann'), phone: '' },
				{ id: idOf('bob'), phone: '456' },
			],
			{
				...fields,
				options: { emptyValues: 'clear' },
			},
		);
		expect([account.contact(idOf('ann')).phone, account.contact(idOf('bob')).phone]).toEqual(['', '456']);
		expect(account.stored(idOf('ann'), 'Company')).toBeUndefined();

		await account.sync(
			[
				{ id: idOf('ann'), phone: '9', company: 'New', email: 'ann@new.example' },
				{ id: idOf('bob'), phone: '9', last: 'Ross', email: 'bob@new.example' },
			],
			{ ...fields, email: '={{ $json.email }}', options: { emptyValues: 'fillOnly' } },
		);

		expect(account.stored(idOf('ann'), 'Company')).toBe('New');
		expect([account.contact(idOf('ann')).phone, account.contact(idOf('bob')).phone]).toEqual(['9', '456']);
		expect(account.contact(idOf('bob')).lastName).toBe('Ross');
		// An address is never blank.
		expect(account.contact(idOf('ann')).email).toBe('ann@old.example');
	});

	it('merges the items of one contact: later values win', async () => {
		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'one@example.com', name: 'One', tag: 'A' },
				{ id: idOf('bob'), email: '' },
				{ id: `0${idOf('ann')}`, email: 'two@example.com', tag: 'B' },
				{ id: idOf('ann'), email: '', tag: 'C' },
			],
			{ ...byId, firstName: '={{ $json.name }}', tagsToAdd: '={{ $json.tag }}' },
		);

		expect(jsonOf(items)[0]).toMatchObject({ email: 'two@example.com', firstName: 'One' });
		expect(jsonOf(items)[3]).toEqual(jsonOf(items)[0]);
		expect(account.contact('two@example.com').tags.size).toBe(4);
		expect(account.sandbox.journal.count('PUT', `/contacts/${idOf('ann')}`)).toBe(1);
	});

	it('does nothing to another contact that the account returns by mistake', async () => {
		const other = account.state.addContact({ email: 'other@example.com' });
		let isFirst = true;
		account.sandbox.rewrite({ method: 'PUT', path: `/contacts/${idOf('ann')}` }, (response) => {
			const isWrong = isFirst;
			isFirst = false;
			return isWrong ? { ...response, body: { contact: { id: other.id, email: other.email } } } : response;
		});

		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: idOf('bob'), email: 'bob@new.example' },
			],
			{ ...byId, tagsToAdd: 'Lead' },
		);

		expect(jsonOf(items)).toMatchObject([{ id: idOf('ann') }, { id: idOf('bob') }]);
		expect(other.tags.size).toBe(0);
	});

	it('subscribes no contact that unsubscribed before its address changed', async () => {
		for (const name of ['ann', 'bob']) account.state.setMembership(idOf(name), 'News', 'unsubscribed');
		account.sandbox.configure({ alwaysCreated: true });

		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: idOf('bob'), email: 'bob@new.example' },
			],
			{ ...byId, ...lists(['name', 'News', 'subscribe']), ...automations(['name', 'Welcome']) },
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', lists: { News: 'keptUnsubscribed' } },
			{ action: 'updated', lists: { News: 'keptUnsubscribed' } },
		]);
		expect(account.state.membershipWrites).toEqual([]);
	});

	it('shows in a dry run a new address, an address that is taken, and an ID that is gone', async () => {
		// In none of the items: an address that one of them gives up is free.
		const cy = account.state.addContact({ email: 'cy@old.example' });

		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: idOf('bob'), email: 'cy@old.example' },
				{ id: '99999', email: 'x@example.com' },
				{ id: idOf('bob'), email: '' },
			],
			{ ...byId, options: { dryRun: true, mergeDuplicates: false } },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)).toMatchObject([
			{
				action: 'wouldUpdate',
				email: 'ann@new.example',
				changes: [{ field: 'Email', from: 'ann@old.example', to: 'ann@new.example' }],
			},
			{ error: textWith(`the contact with the ID ${cy.id} has it`) },
			{ error: textWith('No contact has the ID 99999') },
			{ action: 'unchanged', email: 'bob@old.example', changes: [] },
		]);
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
	});
});

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
			// Twice each: nobody has the addresses.
			{ method: 'PUT', times: 4 },
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

	it('may be one that has become free by the time its owner is looked for', async () => {
		const items = [
			{ id: idOf('ann'), email: 'bob@old.example' },
			{ id: idOf('bob'), email: 'bob@new.example' },
		];
		const title = 'Die E-Mail-Adresse ist vergeben';
		account.sandbox.failNext(
			{ method: 'PUT', path: `/contacts/${idOf('ann')}` },
			{ status: 422, body: { errors: [{ title, code: 'duplicate' }] }, delayMs: 1_000 },
		);

		const { items: results } = await account.sync(items, byId);

		expect(jsonOf(results)).toMatchObject(items.map((item) => ({ ...item, action: 'updated' })));
		expect(account.state.contacts().map(({ id, email }) => ({ id, email }))).toEqual(items);
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
			expect(jsonOf(items)).toMatchObject([
				{ lists: outcomesBeing(outcome) },
				{ lists: outcomesBeing('subscribed') },
			]);
			expect(account.stored(idOf('ann'), 'City')).toBe('Oslo');
		},
	);
});

describe('Match By and Sync Mode', () => {
	const PEOPLE = 40;
	const byKey = { matchBy: 'customField', matchField: locator('id', '1'), matchValue: '={{ $json.key }}' };

	const account = useAccount({ fields: [{ title: 'CRM ID' }], lists: ['News'], tags: ['VIP'] });
	const people = () => Array.from({ length: PEOPLE }, (_, index) => `p${index}`);

	/** Items for people of whom all, or none, are there with all that is asked for. */
	function items(areThere: boolean) {
		return people().map((key) => {
			const email = `${key}@example.com`;
			if (!areThere) return { email, key, id: '' };
			const { id } = account.state.addContact({
				email,
				fieldValues: { 'CRM ID': key },
				lists: { News: 'active' },
				tags: ['VIP'],
			});
			return { email, key, id };
		});
	}

	/** How many requests went to contacts and their values, by method and path without IDs. */
	function counts(): Record<string, number> {
		const all = account
			.requests()
			.map((request) => request.replace(/\d+/, ':id'))
			.filter((request) => /contact|fieldValues/.test(request));
		return Object.fromEntries([...new Set(all)].map((one) => [one, all.filter((two) => two === one).length]));
	}

	it.each(
		sampled(
			[
				['Email, Update Only', {}, 'updateOnly', { 'GET /contacts': PEOPLE, 'PUT /contacts/:id': PEOPLE }],
				['Email, Create Only', {}, 'createOnly', { 'GET /contacts': PEOPLE }],
				['Contact ID', byId, 'createOrUpdate', { 'GET /contacts': 1, 'PUT /contacts/:id': PEOPLE }],
				[
					'Custom Field',
					byKey,
					'createOrUpdate',
					{ 'GET /contacts': 1, 'GET /fieldValues': PEOPLE, 'PUT /contacts/:id': PEOPLE },
				],
			],
			2,
		),
	)(
		'take these requests for existing contacts with a list and a tag: %s',
		async (_what, match, syncMode, expected) => {
			const given = items(true);
			const fieldId = account.state.fieldBy('CRM ID').id;
			const field = 'matchField' in match ? { matchField: locator('id', fieldId) } : {};

			await account.sync(given, {
				...match,
				...field,
				firstName: 'New',
				...lists(['name', 'News', 'subscribe']),
				tagsToAdd: 'VIP',
				options: { syncMode },
			});

			expect(counts()).toEqual(expected);
		},
	);

	it.each(
		sampled(
			[
				['Email, Update Only', {}, 'updateOnly', { 'GET /contacts': PEOPLE }],
				['Email, Create Only', {}, 'createOnly', { 'GET /contacts': PEOPLE, 'POST /contact/sync': PEOPLE }],
				[
					'Custom Field',
					byKey,
					'createOrUpdate',
					// Once before and once after: another worker may have created the same one.
					{ 'GET /contacts': PEOPLE, 'GET /fieldValues': 2 * PEOPLE, 'POST /contact/sync': PEOPLE },
				],
			],
			2,
		),
	)('take these requests for contacts that do not exist: %s', async (_what, match, syncMode, expected) => {
		const fieldId = account.state.fieldBy('CRM ID').id;
		const field = 'matchField' in match ? { matchField: locator('id', fieldId) } : {};

		await account.sync(items(false), { ...match, ...field, options: { syncMode } });

		expect(counts()).toEqual(expected);
	});

	it.each([
		['Email', {}, '', { 'GET /contacts': PEOPLE }],
		['Contact ID', byId, '', { 'GET /contacts/:id': PEOPLE }],
		['Contact ID, a new address', byId, 'new-', { 'GET /contacts': PEOPLE, 'GET /contacts/:id': PEOPLE }],
		['Custom Field', byKey, '', { 'GET /fieldValues': PEOPLE, 'GET /contacts/:id': PEOPLE }],
		[
			'Custom Field, a new address',
			byKey,
			'new-',
			{ 'GET /fieldValues': PEOPLE, 'GET /contacts': PEOPLE, 'GET /contacts/:id': PEOPLE },
		],
	])('take these requests in a dry run: %s', async (_what, match, prefix, expected) => {
		const given = items(true).map((item) => ({ ...item, email: `${prefix}${item.email}` }));
		const fieldId = account.state.fieldBy('CRM ID').id;
		const field = 'matchField' in match ? { matchField: locator('id', fieldId) } : {};

		await account.sync(given, { ...match, ...field, options: { dryRun: true } });

		expect(counts()).toEqual(expected);
	});

	it.each([
		['email', ['email']],
		['contactId', []],
		['customField', []],
	])('decide which columns are required: Match By %s requires %j', async (matchBy, required) => {
		const { fields } = await resourceMapping('getContactColumns', {
			credentials: account.credentials,
			nodeParameters: { matchBy },
		});

		expect(fields.filter((field) => field.required).map(({ id }) => id)).toEqual(required);
	});
});

describe('Fill Blanks Only', () => {
	const account = useAccount({ fields: [{ title: 'CRM ID' }] });
	const fillOnly = { firstName: '={{ $json.name }}', options: { emptyValues: 'fillOnly' } };
	const warning = (email: string, has: string) => [
		`The email '${email}' was not saved: the contact has '${has}', and only blank fields are filled`,
	];
	const seed = () =>
		['ann', 'bob', 'cy'].map(
			(name) =>
				account.state.addContact({ email: `${name}@old.example`, fieldValues: { 'CRM ID': name } }).id,
		);

	it.each([
		['contactId', { contactId: '={{ $json.id }}' }],
		['customField', { matchField: locator('name', 'CRM ID'), matchValue: '={{ $json.key }}' }],
	])('says that another address is not taken over: %s', async (matchBy, match) => {
		const ids = seed();
		const items = [
			{ key: 'ann', email: 'ann@new.example', name: 'Ann' },
			{ key: 'bob', email: 'BOB@old.example', name: 'Bob' },
			{ key: 'cy', name: 'Cy' },
		].map((item, index) => ({ ...item, id: ids[index] }));
		const parameters = { matchBy, ...match, ...fillOnly };

		const dry = await account.sync(items, {
			...parameters,
			options: { ...fillOnly.options, dryRun: true },
		});
		const real = await account.sync(items, parameters);

		for (const { items: output } of [dry, real]) {
			expect(jsonOf(output).map(({ warnings }) => warnings)).toEqual([
				warning('ann@new.example', 'ann@old.example'),
				undefined,
				undefined,
			]);
		}
		expect(jsonOf(real.items).map(({ action, email, firstName }) => [action, email, firstName])).toEqual([
			['updated', 'ann@old.example', 'Ann'],
			['updated', 'bob@old.example', 'Bob'],
			['updated', 'cy@old.example', 'Cy'],
		]);
	});

	it('takes an address over where only some fields are filled if blank', async () => {
		const ids = seed();
		const row = { field: locator('name', 'CRM ID'), value: 'X', onlyIfBlank: true };
		const items = ids.map((id, index) => ({ id, email: `new${index}@example.com` }));

		const { items: output } = await account.sync(items, {
			matchBy: 'contactId',
			contactId: '={{ $json.id }}',
			customFields: { values: [row] },
		});

		expect(jsonOf(output).map(({ email }) => email)).toEqual(items.map(({ email }) => email));
		for (const json of jsonOf(output)) expect(json).not.toHaveProperty('warnings');
	});
});
