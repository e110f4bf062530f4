import { automations, customFields, lists, locator } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';
import { useAccount } from './harness/account';

const CONTINUE = { onError: 'continueRegularOutput' } as const;
const ann = { email: 'ann@example.com', name: 'Ann' };
const bob = { email: 'bob@example.com', name: 'Bob' };
const updateOnly = { syncMode: 'updateOnly' };
const createOnly = { syncMode: 'createOnly' };

describe('Sync Mode', () => {
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

	it('leaves out new contacts under Update Only, with the reason, and processes the others in full', async () => {
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
				lists: [{ name: 'News', outcome: 'subscribed' }],
				tags: [{ name: 'Lead', outcome: 'added' }],
				automations: [{ name: 'Welcome', outcome: 'enrolled' }],
			},
		]);
		expect(account.state.contacts()).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toEqual(['2 items: 1 updated, 1 skipped.']);
	});

	it('leaves out existing contacts under Create Only, and gives them no list, tag or automation', async () => {
		const { id } = account.state.addContact({ email: 'bob@example.com', firstName: 'Robert' });

		const { items, hints } = await account.sync([ann, bob], { ...fields, options: createOnly });

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', automations: [{ outcome: 'enrolled' }] },
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

	it('gives no company and no note to contacts that are left out', async () => {
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
		'says "created" under Create Only after a repeat of a try that was carried out: %j',
		async (fault) => {
			account.sandbox.failNext({ path: '/contact/sync', times: 2 }, fault);

			const { items } = await account.sync([ann, bob], {
				firstName: '={{ $json.name }}',
				options: createOnly,
			});

			expect(jsonOf(items)).toMatchObject([{ action: 'created' }, { action: 'created' }]);
		},
	);

	it('does not leave out a contact that its own lost try has created', async () => {
		account.sandbox.startSpell({
			match: { path: '/contact/sync' },
			fault: { status: 502, afterWrite: true },
			forMs: 25_000,
		});

		const { items } = await account.sync([ann, bob], { ...fields, options: createOnly });

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', tags: [{ outcome: 'added' }] },
			{ action: 'created', tags: [{ outcome: 'added' }] },
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

	it('works by custom field: a contact that has only the address counts as there when it would be created', async () => {
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

	it('fails the items before anything is sent with Create Only and a contact ID, or with an unknown mode', async () => {
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

	it('shows in a dry run which contacts would be left out, in the same words', async () => {
		const { id } = account.state.addContact({ email: 'bob@example.com' });
		Object.assign(account.contact('bob@example.com'), old);
		const dry = async (mode: object) =>
			jsonOf((await account.sync([ann, bob], { ...fields, options: { ...mode, dryRun: true } })).items);

		expect(await dry(updateOnly)).toMatchObject([
			{ ...noContact, action: 'wouldSkip' },
			{ action: 'wouldUpdate', lists: [{ outcome: 'wouldSubscribe' }] },
		]);
		expect(await dry(createOnly)).toMatchObject([
			{ action: 'wouldCreate', lists: [{ outcome: 'wouldSubscribe' }] },
			{ ...isThere(id), action: 'wouldSkip' },
		]);
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
	});
});
