import { setImmediate } from 'node:timers/promises';

import { useAccount } from './harness/account';
import { automations, customFields, lists, locator } from './harness/parameters';
import { jsonOf, textLike, textWith, outcomesBeing } from './harness/results';

const ann = { email: 'ann@example.com', name: 'Ann' };
const bob = { email: 'bob@example.com', name: 'Bob' };

describe('Sync Contact', () => {
	const firstName = { firstName: '={{ $json.name }}' };

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

	it('writes numbers, booleans and several values in names and phone as readable text', async () => {
		await account.sync(
			[
				{ email: 'ann@example.com', phone: 49301234567 },
				{ email: 'bob@example.com', phone: true },
				{ email: 'cem@example.com', phone: ['1', '2'] },
			],
			{ phone: '={{ $json.phone }}' },
		);

		expect(account.state.contacts().map(({ phone }) => phone)).toEqual(['49301234567', 'true', '1, 2']);
	});
});

describe('Sync Mode', () => {
	const CONTINUE = { onError: 'continueRegularOutput' } as const;
	const updateOnly = { syncMode: 'updateOnly' };
	const createOnly = { syncMode: 'createOnly' };

	const account = useAccount({
		fields: [{ title: 'Company' }, { title: 'CRM ID' }],
		lists: ['News'],
		tags: ['Lead'],
		automations: ['Welcome'],
	});
	const fields = {
		firstName: '={{ $json.name }}',
		...customFields(['name', 'Company', 'Acme']),
		...lists(['name', 'News', 'subscribe']),
		tagsToAdd: 'Lead',
		...automations(['name', 'Welcome']),
	};
	const old = { cdate: '2020-01-01T00:00:00-06:00' };
	const noContact = {
		action: 'skipped',
		email: 'ann@example.com',
		reason: "No contact has the email 'ann@example.com'",
	};
	const isThere = (id: string) => ({
		action: 'skipped',
		id,
		email: 'bob@example.com',
		reason: `A contact with the email 'bob@example.com' already exists (ID ${id})`,
	});

	it('skips new contacts under Update Only, with the reason, and processes the others in full', async () => {
		const { id } = account.state.addContact({ email: 'BOB@example.com' });

		const { items, hints } = await account.sync([ann, bob], { ...fields, options: updateOnly });

		expect(jsonOf(items)).toEqual([
			noContact,
			{
				action: 'updated',
				id,
				email: 'BOB@example.com',
				firstName: 'Bob',
				customFields: { Company: 'Acme' },
				lists: { News: 'subscribed' },
				tags: { Lead: 'added' },
				automations: { Welcome: 'enrolled' },
			},
		]);
		expect(account.state.contacts()).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toEqual(['2 items: 1 updated, 1 skipped.']);
	});

	it('skips existing contacts under Create Only, which get no list, tag, or automation', async () => {
		const { id } = account.state.addContact({ email: 'bob@example.com', firstName: 'Robert' });

		const { items, hints } = await account.sync([ann, bob], { ...fields, options: createOnly });

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', automations: outcomesBeing('enrolled') },
			isThere(id),
		]);
		expect(Object.keys(jsonOf(items)[1] ?? {})).toEqual(['action', 'id', 'email', 'reason']);
		expect(account.contact('bob@example.com')).toMatchObject({
			firstName: 'Robert',
			tags: new Map(),
			lists: new Map(),
		});
		expect(account.state.enrollments('bob@example.com', 'Welcome')).toBe(0);
		expect(hints.map(({ message }) => message)).toEqual(['2 items: 1 created, 1 skipped.']);
	});

	it('gives no company and no note to skipped contacts', async () => {
		for (const { email } of [ann, bob]) account.state.addContact({ email });

		const { items } = await account.sync([ann, bob], {
			additionalFields: { company: 'Acme', note: 'Hello' },
			options: createOnly,
		});

		expect(jsonOf(items)).toMatchObject([{ action: 'skipped' }, { action: 'skipped' }]);
		for (const { email } of [ann, bob]) {
			expect(account.contact(email)).toMatchObject({ company: undefined, notes: [] });
		}
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('reads each contact once, its steps included', async () => {
		for (const { email } of [ann, bob]) {
			account.state.addContact({
				email,
				tags: ['Lead'],
				lists: { News: 'active' },
				automations: ['Welcome'],
			});
		}
		await account.sync([ann], { ...fields, options: createOnly });
		expect(account.requests().filter((request) => request.includes('contact'))).toEqual(['GET /contacts']);

		account.sandbox.journal.clear();
		await account.sync([bob], { ...fields, options: updateOnly });

		const { id } = account.contact('bob@example.com');
		expect(account.requests().filter((request) => request.includes('contact'))).toEqual([
			'GET /contacts',
			`PUT /contacts/${id}`,
		]);
	});

	it('never creates a contact under Update Only, even if it is deleted after it was found', async () => {
		for (const { email } of [ann, bob]) account.state.addContact({ email });
		account.sandbox.rewrite({ method: 'GET', path: '/contacts' }, (response) => {
			const contact = account.state.contactByEmail('ann@example.com');
			if (contact) account.state.deleteContact(contact);
			return response;
		});

		const { items } = await account.sync([ann, bob], { firstName: 'New', options: updateOnly }, CONTINUE);

		expect(jsonOf(items)).toMatchObject([noContact, { action: 'updated' }]);
		expect(account.state.contactByEmail('ann@example.com')).toBeUndefined();
	});

	it('creates each contact once in two executions at once under Create Only', async () => {
		const run = async (name: string) =>
			await account.sync(
				[ann, bob].map(({ email }) => ({ email, name })),
				{
					firstName: '={{ $json.name }}',
					options: createOnly,
				},
			);

		const runs = await Promise.all([run('One'), run('Two')]);

		const actions = runs.map(({ items }) => jsonOf(items).map(({ action }) => action));
		expect(actions[0]?.map((action, index) => [action, actions[1]?.[index]].sort())).toEqual([
			['created', 'skipped'],
			['created', 'skipped'],
		]);
	});

	it.each(['resetAfterWrite', 'cutInBody', { status: 502, afterWrite: true }] as const)(
		'reports a contact as created under Create Only after %j, although the retry updated it',
		async (fault) => {
			account.sandbox.failNext({ path: '/contact/sync', times: 2 }, fault);

			const { items } = await account.sync([ann, bob], {
				firstName: '={{ $json.name }}',
				options: createOnly,
			});

			expect(jsonOf(items)).toMatchObject([{ action: 'created' }, { action: 'created' }]);
		},
	);

	it('does not skip a contact that its own request created when the response was lost', async () => {
		account.sandbox.startSpell({
			match: { path: '/contact/sync' },
			fault: { status: 502, afterWrite: true },
			forMs: 25_000,
		});

		const { items } = await account.sync([ann, bob], { ...fields, options: createOnly });

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', tags: outcomesBeing('added') },
			{ action: 'created', tags: outcomesBeing('added') },
		]);
		expect(account.state.contacts()).toHaveLength(2);
	});

	it('reads again under Create Only when the write has to wait for longer than ten seconds', async () => {
		const busy = { status: 429, headers: { 'Retry-After': '12' } };
		account.sandbox.failNext({ path: '/contact/sync', times: 2 }, busy);
		setTimeout(() => account.state.addContact({ email: 'ann@example.com', firstName: 'Other' }), 5_000);

		const { items } = await account.sync([ann, bob], {
			firstName: '={{ $json.name }}',
			options: createOnly,
		});

		expect(jsonOf(items).map(({ action }) => action)).toEqual(['skipped', 'created']);
		expect(account.contact('ann@example.com').firstName).toBe('Other');
	});

	it('treats a contact with only the address as existing under Create Only by custom field', async () => {
		const keyed = account.state.addContact({ email: 'ann@example.com', fieldValues: { 'CRM ID': 'A' } });
		account.state.addContact({ email: 'bob@example.com' });
		const items = [
			{ key: 'A', email: 'ann@new.example' },
			{ key: 'B', email: 'bob@example.com' },
			{ key: 'C', email: 'cy@example.com' },
		];
		const byKey = {
			matchBy: 'customField',
			matchField: locator('name', 'CRM ID'),
			matchValue: '={{ $json.key }}',
		};

		const created = await account.sync(items, { ...byKey, options: createOnly });
		expect(jsonOf(created.items)).toMatchObject([
			{ action: 'skipped', id: keyed.id, reason: textWith("'A' in 'CRM ID'") },
			{ action: 'skipped', reason: textWith("the email 'bob@example.com'") },
			{ action: 'created', email: 'cy@example.com' },
		]);
		const updated = await account.sync(items, { ...byKey, options: updateOnly });
		expect(jsonOf(updated.items)).toMatchObject([
			{ action: 'updated', id: keyed.id, email: 'ann@new.example' },
			// It gets the key, as it would without a mode.
			{ action: 'updated', email: 'bob@example.com', customFields: { 'CRM ID': 'B' } },
			{ action: 'updated', email: 'cy@example.com' },
		]);
		expect(account.stored('bob@example.com', 'CRM ID')).toBe('B');
	});

	it('fails the items before any request for Create Only with a contact ID, and for an unknown mode', async () => {
		const { items } = await account.sync(
			[ann, bob],
			{ matchBy: 'contactId', contactId: '5', options: createOnly },
			CONTINUE,
		);
		expect(jsonOf(items)).toMatchObject([
			{ error: textWith("'Sync Mode' is 'Create Only'") },
			{ error: textWith("'Sync Mode' is 'Create Only'") },
		]);

		const unknown = await account.sync([ann, bob], { options: { syncMode: "={{ 'replace' }}" } }, CONTINUE);
		expect(jsonOf(unknown.items)).toMatchObject([
			{ error: textWith("'Sync Mode' cannot be 'replace'") },
			{ error: textWith("'Sync Mode' cannot be 'replace'") },
		]);
		expect(account.requests()).toEqual([]);
	});

	it('previews the skipped contacts in a dry run, with the same reasons', async () => {
		const { id } = account.state.addContact({ email: 'bob@example.com' });
		Object.assign(account.contact('bob@example.com'), old);
		const dry = async (mode: object) =>
			jsonOf((await account.sync([ann, bob], { ...fields, options: { ...mode, dryRun: true } })).items);

		expect(await dry(updateOnly)).toMatchObject([
			{ ...noContact, action: 'wouldSkip' },
			{ action: 'wouldUpdate', lists: outcomesBeing('wouldSubscribe') },
		]);
		expect(await dry(createOnly)).toMatchObject([
			{ action: 'wouldCreate', lists: outcomesBeing('wouldSubscribe') },
			{ ...isThere(id), action: 'wouldSkip' },
		]);
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
	});
});

describe('items of one contact', () => {
	const ann = { email: 'ann@example.com', first: 'Ann', phone: '1', company: 'Acme' };
	const bob = { email: 'bob@example.com', first: 'Bob' };
	const annAgain = { email: ' ANN@Example.com', first: '', phone: '2', city: 'Rome' };

	const parameters = {
		firstName: '={{ $json.first }}',
		phone: '={{ $json.phone }}',
		...customFields(['name', 'Company', '={{ $json.company }}'], ['name', 'City', '={{ $json.city }}']),
	};

	const account = useAccount({
		fields: [{ title: 'Company' }, { title: 'City' }],
		lists: ['News', 'Offers'],
		automations: ['Welcome'],
		latencyMs: 20,
	});
	const bodies = () => account.sandbox.journal.bodies('POST', '/contact/sync');

	it('are merged: later values win, and earlier ones stay where a later item has none', async () => {
		const { items } = await account.sync([ann, bob, annAgain], parameters);

		expect(bodies()).toEqual([
			{
				contact: {
					email: 'ann@example.com',
					firstName: 'Ann',
					phone: '2',
					fieldValues: [
						{ field: '1', value: 'Acme' },
						{ field: '2', value: 'Rome' },
					],
				},
			},
			{ contact: { email: 'bob@example.com', firstName: 'Bob' } },
		]);
		expect(
			items.map(({ json, pairedItem }) => [json['email'], json['customFields'] ?? undefined, pairedItem]),
		).toEqual([
			['ann@example.com', { Company: 'Acme', City: 'Rome' }, { item: 0 }],
			['bob@example.com', undefined, { item: 1 }],
			['ann@example.com', { Company: 'Acme', City: 'Rome' }, { item: 2 }],
		]);
	});

	it('show the titles of custom fields that only a later item has', async () => {
		const { items } = await account.sync([{ email: ann.email }, bob, annAgain], {
			customFields: {
				values: [{ field: '={{ $json.city ? "City" : "" }}', value: '={{ $json.city }}' }],
			},
		});

		expect(jsonOf(items)[0]?.['customFields']).toEqual({ City: 'Rome' });
		expect(jsonOf(items)[2]?.['customFields']).toEqual({ City: 'Rome' });
	});

	it('are merged while an invalid item among them fails alone', async () => {
		const bad = { ...annAgain, list: 'maybe' };

		const { items } = await account.sync(
			[ann, bad, { ...annAgain, phone: '3' }, bob],
			{
				...parameters,
				lists: {
					values: [
						{ list: { __rl: true, mode: 'name', value: 'News' }, action: '={{ $json.list ?? "subscribe" }}' },
					],
				},
			},
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)[1]).toEqual({
			action: 'failed',
			email: bad.email.trim(),
			error: "'Action' of a list cannot be 'maybe'. Use 'subscribe' or 'unsubscribe'",
		});
		expect(jsonOf(items).map(({ phone }) => phone)).toEqual(['3', undefined, '3', undefined]);
		expect(bodies()).toHaveLength(2);
	});

	it('change each list, tag, and automation once, as in the last item', async () => {
		const { items } = await account.sync([ann, bob, { ...annAgain, action: 'unsubscribe' }], {
			lists: {
				values: [
					{
						// By name in one item and by id in the other.
						list: '={{ $json.action ? 401 : "News" }}',
						action: '={{ $json.action ?? "subscribe" }}',
					},
				],
			},
			tagsToAdd: '={{ $json.action ? "LEAD, new" : "Lead" }}',
			automations: { values: [{ automation: '={{ $json.action ? "Welcome" : 801 }}' }] },
		});

		const { lists: memberships, tags, automations: entered } = account.contact('ann@example.com');
		expect(memberships).toEqual(new Map());
		expect([...tags.keys()]).toHaveLength(2);
		expect(entered).toHaveLength(1);
		expect(account.contact('bob@example.com').lists.get('401')?.status).toBe(1);
		expect(jsonOf(items)[0]).toEqual(jsonOf(items)[2]);
		expect(jsonOf(items)[0]?.['lists']).toEqual({ 401: 'notSubscribed' });
	});

	it('are synced one after another with Merge Duplicates off', async () => {
		// So that the paths of all reads name the contact.
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		const items = Array.from({ length: 12 }, (_, index) => ({
			email: index % 2 === 0 ? 'Ann@example.com' : 'ann@example.COM',
			first: `Ann ${index}`,
		}));

		const run = await account.sync([...items, bob], {
			...parameters,
			...lists(['name', 'News', 'subscribe']),
			...automations(['name', 'Welcome']),
			options: { mergeDuplicates: false },
		});

		const { id } = account.contact('ann@example.com');
		const ofAnn = account.sandbox.journal.filter({
			where: ({ path, body = '' }) =>
				path.includes(`/${id}/`) ||
				['ann@', `"contact":"${id}"`].some((sign) => JSON.stringify(body).toLowerCase().includes(sign)),
		});
		const syncs = ofAnn.filter(({ path }) => path === '/contact/sync');
		expect(syncs.map(({ body }) => body)).toEqual(
			items.map(({ first, email }) => ({ contact: { email, firstName: first } })),
		);
		for (const [index, sync] of syncs.entries()) {
			const before = ofAnn.slice(0, ofAnn.indexOf(sync));
			expect(before.length).toBeGreaterThanOrEqual(2 * index);
			for (const { endedAt } of before) expect(endedAt).toBeLessThanOrEqual(sync.at);
		}
		expect(jsonOf(run.items).map(({ firstName }) => firstName)).toEqual([
			...items.map(({ first }) => first),
			'Bob',
		]);
		expect(account.contact('ann@example.com').automations).toHaveLength(1);
	});

	it('clear a field under Clear if the later value is empty, and set it if only the earlier one is', async () => {
		account.state.addContact({ email: ann.email, phone: '0', fieldValues: { Company: 'Old' } });
		const items = [{ ...ann, first: '' }, bob, { ...ann, first: 'Anna', phone: '', company: '' }];

		const { items: output } = await account.sync(items, { ...parameters, options: { emptyValues: 'clear' } });

		expect(bodies()).toEqual([
			{ contact: { email: 'ann@example.com', firstName: 'Anna', phone: null } },
			{ contact: { email: 'bob@example.com', firstName: 'Bob', phone: null } },
		]);
		expect(account.stored(ann.email, 'Company')).toBeUndefined();
		expect(jsonOf(output)[0]).toMatchObject({ phone: '', customFields: { Company: '', City: '' } });
	});

	it('give their first value under Fill Blanks Only, as if they were sent one after the other', async () => {
		account.state.addContact({ email: ann.email, fieldValues: { City: 'Bern' } });
		const items = [ann, bob, { ...annAgain, first: 'Anna', company: 'Apex' }];

		const merged = await account.sync(items, { ...parameters, options: { emptyValues: 'fillOnly' } });

		const values = () => [
			account.contact(ann.email).firstName,
			account.contact(ann.email).phone,
			account.stored(ann.email, 'Company'),
			account.stored(ann.email, 'City'),
		];
		expect(merged.status).toBe('success');
		expect(bodies()).toHaveLength(2);
		expect(values()).toEqual(['Ann', '1', 'Acme', 'Bern']);
	});

	it('are not merged when they differ in Empty Values', async () => {
		await account.sync([ann, { ...annAgain, empty: 'clear' }, bob], {
			...parameters,
			options: { emptyValues: '={{ $json.empty ?? "keep" }}' },
		});

		expect(bodies()).toHaveLength(3);
		expect(account.contact('ann@example.com')).toMatchObject({ firstName: '', phone: '2' });
		expect(account.stored('ann@example.com', 'Company')).toBeUndefined();
		expect(account.stored('ann@example.com', 'City')).toBe('Rome');
	});
});

describe('items that fail', () => {
	const ann = { email: 'ann@example.com' };
	const bob = { email: 'bob@example' };
	const cem = { email: 'cem@example.com' };

	const account = useAccount({ fields: [{ title: 'Age', type: 'number' }], lists: ['News'] });

	it('stop the workflow with the message of the first one, once the others are done', async () => {
		const { error, status, items } = await account.sync([ann, bob, cem, { email: null }]);

		expect(status).toBe('error');
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			"'Email' is not a valid email address: 'bob@example' (the part after the @ has no dot)",
		);
		expect(error?.description).toBe(
			"Item 2 (bob@example): Use one address such as jane@example.com, with no name or anything else around it<br>\nItem 4: 'Email' is empty<br>\n2 of 4 contacts were saved",
		);
		// n8n would show it in the headline, counted from 0.
		expect(error?.context['itemIndex']).toBeUndefined();
		expect(account.state.contacts().map(({ email }) => email)).toEqual([
			'ann@example.com',
			'cem@example.com',
		]);
	});

	it.each([
		['a dry run', { dryRun: true }],
		['Update Only', { syncMode: 'updateOnly' }],
	])('do not make the error of %s say that the others were saved', async (_name, options) => {
		const { error } = await account.sync([ann, bob, cem], { options });

		expect(error?.description).toContain('2 of 3 items were processed');
		expect(account.state.contacts()).toEqual([]);
	});

	it.each([{ onError: 'continueRegularOutput' as const }, { continueOnFail: true }])(
		'keep their position in the output with %j',
		async (setting) => {
			const { items, status } = await account.sync([ann, bob, cem], {}, setting);

			expect(status).toBe('success');
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(jsonOf(items)).toEqual([
				expect.objectContaining({ action: 'created', email: 'ann@example.com' }),
				{
					action: 'failed',
					email: 'bob@example',
					error:
						"'Email' is not a valid email address: 'bob@example' (the part after the @ has no dot). Use one address such as jane@example.com, with no name or anything else around it",
				},
				expect.objectContaining({ action: 'created', email: 'cem@example.com' }),
			]);
		},
	);

	it('go to the error output even when a part of them was done', async () => {
		const { items, errorItems, status } = await account.sync(
			[ann, bob, cem],
			lists(['name', '={{ $json.email.startsWith("cem") ? "Nowhere" : "News" }}', 'subscribe']),
			{ onError: 'continueErrorOutput' },
		);

		expect(status).toBe('success');
		expect(jsonOf(items).map(({ email }) => email)).toEqual(['ann@example.com']);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(jsonOf(errorItems)).toMatchObject([
			{ email: 'bob@example', error: textWith("'bob@example'") },
			{
				email: 'cem@example.com',
				error: textWith(
					"but it could not be subscribed to list 'Nowhere'. List 'Nowhere': The account has no list called 'Nowhere'",
				),
				details: {
					action: 'failed',
					email: 'cem@example.com',
					id: account.contact('cem@example.com').id,
					lists: { Nowhere: 'failed' },
					problems: [
						{
							what: 'list',
							name: 'Nowhere',
							reason: "The account has no list called 'Nowhere'. Check the name, or pick it from the list",
						},
					],
				},
			},
		]);
	});

	it('fail at an expression that n8n cannot resolve for them', async () => {
		const lastName = "={{ $itemIndex === 1 ? $('Form').item.json.name : 'Lee' }}";

		const { items } = await account.sync([ann, cem], { lastName }, { onError: 'continueRegularOutput' });

		expect(jsonOf(items)[0]).toMatchObject({ action: 'created', lastName: 'Lee' });
		expect(jsonOf(items)[1]).toEqual({
			action: 'failed',
			email: cem.email,
			error: textLike(/Form|node.*\. ./),
		});
		expect(account.requests()).toEqual(['POST /contact/sync']);
	});

	it('all fail at an expression that n8n cannot parse', async () => {
		const { error } = await account.sync([ann, cem], { lastName: '={{ $json. }}' });

		expect(error?.message).toBe('invalid syntax');
		expect(error?.description).toMatch(/^Item 1 /);
		expect(account.requests()).toEqual([]);
	});

	it('fail at an option whose expression gives a wrong value, before anything is sent', async () => {
		const emptyValues = "={{ $itemIndex === 1 ? 'purge' : 'keep' }}";
		const run = await account.sync([ann, cem], { options: { emptyValues } });
		const wrongRunOption = await account.sync([ann, cem], {
			options: { mergeDuplicates: '={{ "perhaps" }}' },
		});

		expect(run.error?.message).toBe("'Empty Values' cannot be 'purge'");
		expect(run.error?.description).toMatch(/^Item 2 \(cem@example\.com\): Use one of: keep, clear, fillOnly/);
		expect(wrongRunOption.error?.message).toBe("'Merge Duplicates' cannot be 'perhaps'");
		expect(account.sandbox.journal.count('POST')).toBe(1);
	});

	it('fail at a value that a field cannot hold, with what to use instead', async () => {
		const { items } = await account.sync(
			[
				{ ...ann, age: 'about forty' },
				{ ...cem, age: 40 },
			],
			{
				...customFields(['name', 'Age', '={{ $json.age }}']),
				options: { unusableValues: 'fail' },
			},
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)[0]?.['error']).toMatch(/^'Age': 'about forty' is not a number/);
		expect(account.stored('cem@example.com', 'Age')).toBe('40');
	});

	it('fail when the account rejects their own sync only', async () => {
		account.sandbox.failNext({ path: '/contact/sync', bodyIncludes: 'ann@' }, 'errorsPointer');

		const { items } = await account.sync([ann, cem], {}, { onError: 'continueRegularOutput' });

		expect(jsonOf(items)[0]).toEqual({
			action: 'failed',
			email: ann.email,
			error: textWith('Nothing was saved'),
		});
		expect(jsonOf(items)[1]).toMatchObject({ action: 'created', email: 'cem@example.com' });
	});

	it.each(['htmlOk', 'emptyOk', { status: 200, body: { fieldValues: [] } }] as const)(
		'do not include one whose sync had a single unreadable response: %j',
		async (fault) => {
			account.sandbox.failNext({ path: '/contact/sync', bodyIncludes: 'ann@' }, fault);

			const { items, status } = await account.sync([ann, cem]);

			expect(status).toBe('success');
			expect(jsonOf(items).map(({ email, action }) => [email, action])).toEqual([
				['ann@example.com', 'created'],
				['cem@example.com', 'created'],
			]);
		},
	);

	it.each(['/notes', '/accountContacts', '/contact/sync'])(
		'show no note, company or match value of other items when their requests to %s are refused',
		async (path) => {
			account.sandbox.failNext({ method: 'POST', path, times: 99 }, 'errorsPointer');
			const items = ['ann', 'cem'].map((name) => ({
				email: `${name}@example.com`,
				secret: `the ${name} secret`,
			}));

			const { items: output } = await account.sync(
				items,
				{
					matchBy: 'customField',
					matchField: locator('name', 'Age'),
					matchValue: '={{ 770001 + $itemIndex }}',
					additionalFields: { company: '={{ $json.secret }}', note: '={{ $json.secret }}' },
				},
				{ onError: 'continueRegularOutput' },
			);

			expect(jsonOf(output)).toMatchObject([{ action: 'failed' }, { action: 'failed' }]);
			const [ofAnn, ofCem] = output.map((item) => JSON.stringify(item));
			expect(ofAnn).not.toMatch(/cem|770002/);
			expect(ofCem).not.toMatch(/ann|770001/);
		},
	);

	it('do not keep saved items out of the output when the user stops the execution', async () => {
		account.sandbox.failNext({ path: '/contactLists', times: 9 }, 'hang');
		const stop = new AbortController();
		const running = account.sync([ann, cem], lists(['id', '401', 'subscribe']), { signal: stop.signal });
		while (account.sandbox.journal.count('POST', '/contactLists') < 2) await setImmediate();
		stop.abort();

		const { items, status } = await running;

		expect(status).toBe('canceled');
		expect(jsonOf(items)).toEqual(
			[ann, cem].map(({ email }) => ({
				action: 'failed',
				id: account.contact(email).id,
				email,
				error: textWith('The execution was stopped'),
			})),
		);
	});

	it('all fail where the account name is wrong', async () => {
		const { error, status } = await account.sync(
			[ann, cem],
			{},
			{ credentials: { accountName: 'not an account', apiToken: 'x' } },
		);

		expect(status).toBe('error');
		expect(error?.message).toMatch(/account name/i);
		expect(error?.description).toContain('None of 2 contacts were saved');
	});
});
