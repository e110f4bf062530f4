import type { INodeParameters } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { automations, customFields, lists, mapAutomatically, locator } from './harness/parameters';
import { jsonOf, outcomesBeing } from './harness/results';

const ann = { email: ' ann@example.com ', name: 'Ann', languages: 'fr, de' };
const bob = { email: 'bob@example.com', name: 'Bob', languages: '' };

describe('Dry Run', () => {
	const account = useAccount({
		fields: [
			{ title: 'Company' },
			{
				title: 'Languages',
				type: 'checkbox',
				options: [
					{ value: 'de', label: 'German' },
					{ value: 'fr', label: 'French' },
				],
			},
			{ title: '', perstag: 'SECRET' },
		],
		lists: ['News', 'Offers', 'Offers'],
		tags: ['Lead'],
		automations: ['Welcome'],
	});
	const dryRun = { dryRun: true };
	const stateNow = () => JSON.stringify([account.state.contacts(), [...account.state.tags.values()]]);

	it('shows each change by field title and option label, and sends nothing', async () => {
		account.state.addContact({
			email: 'bob@example.com',
			firstName: 'Robert',
			fieldValues: { Company: 'Apex', Languages: '||fr||' },
		});
		const { items, hints } = await account.sync([ann, bob], {
			firstName: '={{ $json.name }}',
			...customFields(
				['name', 'Company', 'Acme'],
				['name', 'Languages', '={{ $json.languages }}'],
				['name', 'SECRET', 'x'],
			),
			options: dryRun,
		});

		expect(jsonOf(items)).toEqual([
			{
				action: 'wouldCreate',
				email: 'ann@example.com',
				changes: [
					{ field: 'First Name', from: '', to: 'Ann' },
					{ field: 'Company', from: '', to: 'Acme' },
					{ field: 'Languages', from: [], to: ['German', 'French'] },
					{ field: '%SECRET%', from: '', to: 'x' },
				],
			},
			{
				action: 'wouldUpdate',
				id: account.contact('bob@example.com').id,
				email: 'bob@example.com',
				changes: [
					{ field: 'First Name', from: 'Robert', to: 'Bob' },
					{ field: 'Company', from: 'Apex', to: 'Acme' },
					{ field: '%SECRET%', from: '', to: 'x' },
				],
			},
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			'Dry run: 1 would be updated, 1 created, nothing sent.',
		]);
		expect(account.requests()).toEqual(['GET /fields', 'GET /contacts', 'GET /contacts']);
	});

	it('shows the values of Map Automatically, and the keys that match no field', async () => {
		const { items, hints } = await account.sync([{ ...ann, company: 'Acme', color: 'red' }, bob], {
			...mapAutomatically,
			options: dryRun,
		});

		expect(jsonOf(items)[0]).toMatchObject({
			changes: [
				{ field: 'First Name', from: '', to: 'Ann' },
				{ field: 'Languages', from: [], to: ['German', 'French'] },
				{ field: 'Company', from: '', to: 'Acme' },
			],
		});
		expect(jsonOf(items)[1]).toMatchObject({
			changes: [{ field: 'First Name', from: '', to: 'Bob' }],
			mapped: [{ field: 'First Name', from: 'name' }],
		});
		expect(account.requests()).toEqual(['GET /fields', 'GET /contacts', 'GET /contacts']);
		expect(hints.map(({ message }) => message)).toEqual([
			"Dry run: 2 would be created, nothing sent. Read as First Name: 'name'. Input fields not used: 'color' (no field has this name).",
		]);
	});

	it('shows the hint that nothing was sent even for a single item', async () => {
		const { hints } = await account.sync([ann], { options: dryRun });

		expect(hints.map(({ message }) => message)).toEqual(['Dry run: 1 would be created, nothing sent.']);
		expect(account.requests()).toEqual(['GET /contacts']);
	});

	it('shows the body of the request only with Simplify off', async () => {
		const { items } = await account.sync([ann, bob], {
			firstName: '={{ $json.name }}',
			options: { ...dryRun, simplify: '={{ $itemIndex === 0 }}' },
		});

		expect(jsonOf(items)[0]).not.toHaveProperty('request');
		expect(jsonOf(items)[1]).toMatchObject({
			action: 'wouldCreate',
			request: { path: '/contact/sync', body: { contact: { email: 'bob@example.com', firstName: 'Bob' } } },
		});
	});

	it('shows unchanged contacts as unchanged', async () => {
		for (const { email } of [ann, bob]) {
			account.state.addContact({
				email: email.trim(),
				firstName: 'Same',
				fieldValues: { Languages: '||fr||de||' },
			});
		}

		const { items } = await account.sync([ann, bob], {
			firstName: 'Same',
			...customFields(['name', 'Languages', 'de, fr']),
			options: dryRun,
		});

		for (const json of jsonOf(items)) expect(json).toMatchObject({ action: 'unchanged', changes: [] });
	});

	it('decides about lists, tags, and automations by the state of the contact', async () => {
		account.state.addContact({
			email: 'ann@example.com',
			lists: { News: 'unsubscribed' },
			tags: ['Lead'],
			automations: ['Welcome'],
		});
		account.state.addContact({ email: 'bob@example.com', lists: { News: 'active' } });
		const before = stateNow();

		const { items, hints } = await account.sync([ann, bob], {
			...lists(['name', 'News', 'subscribe'], ['id', '402', 'unsubscribe']),
			tagsToAdd: 'Lead',
			...automations(['name', 'Welcome']),
			options: dryRun,
		});

		expect(jsonOf(items)).toMatchObject([
			{
				action: 'unchanged',
				lists: outcomesBeing('keptUnsubscribed', 'notSubscribed'),
				tags: outcomesBeing('alreadyAdded'),
				automations: outcomesBeing('alreadyEnrolled'),
			},
			{
				action: 'wouldUpdate',
				changes: [],
				lists: outcomesBeing('alreadySubscribed', 'notSubscribed'),
				tags: outcomesBeing('wouldAdd'),
				automations: outcomesBeing('wouldEnroll'),
			},
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			'Dry run: 1 would be updated, 1 unchanged, nothing sent.',
		]);
		expect(account.sandbox.journal.count('GET', '/contacts')).toBe(2);
		expect(account.sandbox.journal.count('GET')).toBe(account.sandbox.journal.entries.length);
		expect(stateNow()).toBe(before);
	});

	it('shows lists, tags, and automations, with the reason why one would fail', async () => {
		const before = stateNow();

		const { items, status } = await account.sync([ann, bob], {
			...lists(
				['name', 'news', 'subscribe'],
				['id', '402', 'unsubscribe'],
				['name', 'Offers', 'subscribe'],
				['name', 'Nowhere', 'subscribe'],
			),
			tagsToAdd: 'lead, Fresh',
			tagsToRemove: 'Old',
			...automations(['name', 'Welcome']),
			options: dryRun,
		});

		expect(status).toBe('success');
		jsonOf(items).forEach((json, index) => {
			expect(json).toMatchObject({
				// As it would be in the real run.
				action: 'failed',
				lists: { news: 'wouldSubscribe', 402: 'notSubscribed', Offers: 'failed', Nowhere: 'failed' },
				problems: [
					{
						what: 'list',
						name: 'Offers',
						reason: "2 lists are called 'Offers'. Use the ID instead: one of 402, 403",
					},
					{
						what: 'list',
						name: 'Nowhere',
						reason: "The account has no list called 'Nowhere'. Check the name, or pick it from the list",
					},
				],
				tags: { lead: 'wouldAdd', Fresh: index === 0 ? 'wouldCreateTag' : 'wouldAdd', Old: 'notThere' },
				automations: { Welcome: 'wouldEnroll' },
			});
		});
		expect(account.sandbox.journal.count('GET')).toBe(account.sandbox.journal.entries.length);
		expect(stateNow()).toBe(before);
	});

	it('shows only blank fields under Fill Blanks Only, and emptied fields under Clear', async () => {
		account.state.addContact({
			email: 'ann@example.com',
			firstName: 'Anna',
			fieldValues: { Company: 'Apex' },
		});
		const before = stateNow();
		const parameters = {
			firstName: '={{ $json.name }}',
			...customFields(['name', 'Company', 'Acme'], ['name', 'Languages', '={{ $json.languages }}']),
		};

		const fillOnly = await account.sync([ann, bob], {
			...parameters,
			options: { ...dryRun, emptyValues: 'fillOnly' },
		});
		const clear = await account.sync([ann, bob], {
			...parameters,
			options: { ...dryRun, emptyValues: 'clear' },
		});

		const languages = { field: 'Languages', from: [], to: ['German', 'French'] };
		expect(jsonOf(fillOnly.items)).toMatchObject([
			{ action: 'wouldUpdate', changes: [languages] },
			{
				action: 'wouldCreate',
				changes: [
					{ field: 'First Name', to: 'Bob' },
					{ field: 'Company', to: 'Acme' },
				],
			},
		]);
		expect(jsonOf(clear.items)).toMatchObject([
			{
				changes: [
					{ field: 'First Name', from: 'Anna', to: 'Ann' },
					{ field: 'Company', from: 'Apex', to: 'Acme' },
					languages,
				],
			},
			{ changes: [{ field: 'First Name' }, { field: 'Company' }] },
		]);
		expect(stateNow()).toBe(before);
		expect(account.sandbox.journal.count('POST')).toBe(0);
		expect(account.sandbox.journal.count('DELETE')).toBe(0);
	});

	it.each([
		['as text', '={{ "true" }}'],
		['for one item only', '={{ $itemIndex === 1 }}'],
	])('is taken from an expression that gives it %s', async (_what, expression) => {
		await account.sync([ann, bob], { options: { dryRun: expression } });

		expect(account.state.contactByEmail('bob@example.com')).toBeUndefined();
	});

	it('fails at an expression that gives neither yes nor no', async () => {
		const { error } = await account.sync([ann, bob], { options: { dryRun: '={{ "maybe" }}' } });

		expect(error?.message).toBe("'Dry Run' cannot be 'maybe'");
		expect(account.requests()).toEqual([]);
	});
});

describe('the items of a dry run', () => {
	const CONTINUE = { onError: 'continueRegularOutput' } as const;
	const PLANNED = new Map<unknown, string>([
		['wouldCreate', 'created'],
		['wouldUpdate', 'updated'],
		['unchanged', 'updated'],
		['wouldSkip', 'skipped'],
		['failed', 'failed'],
	]);

	const account = useAccount({
		fields: [{ title: 'CRM ID' }, { title: 'Company' }],
		lists: ['News', { name: 'Texts', channel: 'sms' }],
	});
	const byId = { matchBy: 'contactId', contactId: '={{ $json.id }}', firstName: '={{ $json.name }}' };
	const byKey = {
		matchBy: 'customField',
		matchField: locator('name', 'CRM ID'),
		matchValue: '={{ $json.key }}',
		firstName: '={{ $json.name }}',
	};
	const seed = () =>
		['ann', 'bob', 'cy'].map(
			(name) =>
				account.state.addContact({ email: `${name}@example.com`, fieldValues: { 'CRM ID': name } }).id,
		);

	/** Runs it dry, and then for real: the dry run has to say what became of each item. @returns the dry run's output */
	async function dryThenReal(
		items: Array<Record<string, string>>,
		parameters: INodeParameters,
		options: INodeParameters = {},
	) {
		const both = { mergeDuplicates: false, ...options };
		const dry = jsonOf(
			(await account.sync(items, { ...parameters, options: { ...both, dryRun: true } }, CONTINUE)).items,
		);
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
		const real = jsonOf((await account.sync(items, { ...parameters, options: both }, CONTINUE)).items);
		expect(dry.map(({ action }) => PLANNED.get(action))).toEqual(real.map(({ action }) => action));
		return dry;
	}

	it('that give one new address by ID say that the first gets it and the other fails', async () => {
		const [ann = '', bob = '', cy = ''] = seed();

		const dry = await dryThenReal(
			[
				{ id: ann, email: 'new@example.com' },
				{ id: bob, email: 'NEW@example.com' },
				{ id: cy, email: 'other@example.com' },
			],
			byId,
		);

		expect(dry).toMatchObject([
			{ action: 'wouldUpdate' },
			{
				action: 'failed',
				error: `The contact with the ID ${bob} cannot get the email 'NEW@example.com': the contact with the ID ${ann} has it. Nothing was changed. Merge the two in ActiveCampaign, or correct the email`,
			},
			{ action: 'wouldUpdate' },
		]);
	});

	it('that give one address to two new keys say that the first gets it and the other fails', async () => {
		const dry = await dryThenReal(
			[
				{ key: 'A', email: 'shared@example.com', name: 'Ann' },
				{ key: 'B', email: 'shared@example.com', name: 'Bob' },
				{ key: 'C', email: 'cy@example.com', name: 'Cy' },
			],
			byKey,
		);

		expect(dry.map(({ action }) => action)).toEqual(['wouldCreate', 'failed', 'wouldCreate']);
		expect(dry[1]?.['error']).toMatch(
			/^The contact with the email 'shared@example.com' has 'A' in 'CRM ID', not 'B'/,
		);
	});

	it('that give a contact without a key two keys by its address say that the second fails', async () => {
		account.state.addContact({ email: 'dan@example.com' });

		const dry = await dryThenReal(
			[
				{ key: 'A', email: 'dan@example.com', name: 'Dan' },
				{ key: 'B', email: 'dan@example.com', name: 'Dan' },
				{ key: 'A', email: 'dan@example.com', name: 'Daniel' },
			],
			byKey,
		);

		expect(dry).toMatchObject([
			{ action: 'wouldUpdate' },
			{ action: 'failed' },
			{ action: 'wouldUpdate', changes: [{ field: 'First Name', from: 'Dan', to: 'Daniel' }] },
		]);
	});

	it('that pass addresses on say that all of them get theirs', async () => {
		const [ann = '', bob = '', cy = ''] = seed();

		await dryThenReal(
			[
				{ id: ann, email: 'bob@example.com' },
				{ id: bob, email: 'cy@example.com' },
				{ id: cy, email: 'new@example.com' },
			],
			byId,
		);

		expect(account.contact(ann).email).toBe('bob@example.com');
	});

	it.each([
		['by email', { firstName: '={{ $json.name }}' }],
		['by key', byKey],
	])('for the same new contact say created, then updated, with what changes: %s', async (_what, match) => {
		const dry = await dryThenReal(
			[
				{ key: 'A', email: 'ann@example.com', name: 'Ann', company: 'Acme' },
				{ key: 'B', email: 'bob@example.com', name: 'Bob', company: 'Acme' },
				{ key: 'A', email: 'ann@example.com', name: 'Ann', company: 'Apex' },
				{ key: 'B', email: 'bob@example.com', name: 'Bob', company: 'Acme' },
			],
			{ ...match, ...customFields(['name', 'Company', '={{ $json.company }}']) },
		);

		expect(dry).toMatchObject([
			{ action: 'wouldCreate' },
			{ action: 'wouldCreate' },
			{ action: 'wouldUpdate', changes: [{ field: 'Company', from: 'Acme', to: 'Apex' }] },
			{ action: 'unchanged', changes: [] },
		]);
	});

	it('for the same contact show what the one before would have left', async () => {
		account.state.addContact({
			email: 'ann@example.com',
			firstName: 'Anna',
			fieldValues: { Company: 'Old' },
		});
		const items = ['Acme', 'Apex'].flatMap((company) =>
			['ann', 'bob'].map((name) => ({ email: `${name}@example.com`, name, company })),
		);

		const dry = await dryThenReal(items, {
			firstName: '={{ $json.name }}',
			...customFields(['name', 'Company', '={{ $json.company }}']),
		});

		expect(dry).toMatchObject([
			{
				changes: [
					{ field: 'First Name', from: 'Anna', to: 'ann' },
					{ field: 'Company', from: 'Old', to: 'Acme' },
				],
			},
			{ action: 'wouldCreate' },
			{ action: 'wouldUpdate', changes: [{ field: 'Company', from: 'Acme', to: 'Apex' }] },
			{ action: 'wouldUpdate', changes: [{ field: 'Company', from: 'Acme', to: 'Apex' }] },
		]);
	});

	it.each(['createOnly', 'updateOnly'] as const)(
		'for the same new contact follow the sync mode: %s',
		async (syncMode) => {
			const items = ['ann', 'bob', 'ann'].map((name) => ({ email: `${name}@example.com`, name }));

			const dry = await dryThenReal(items, { firstName: '={{ $json.name }}' }, { syncMode });

			const first = syncMode === 'createOnly' ? 'wouldCreate' : 'wouldSkip';
			expect(dry.map(({ action }) => action)).toEqual([first, first, 'wouldSkip']);
			if (syncMode === 'createOnly') {
				expect(dry[2]).toEqual({
					action: 'wouldSkip',
					email: 'ann@example.com',
					reason: "A contact with the email 'ann@example.com' already exists",
				});
			}
		},
	);

	it('fill only the blanks that the ones before would have left', async () => {
		const items = ['Ann', 'Anna', 'Bob'].map((name) => ({ email: `${name.slice(0, 2)}@example.com`, name }));

		const dry = await dryThenReal(items, { firstName: '={{ $json.name }}' }, { emptyValues: 'fillOnly' });

		expect(dry).toMatchObject([
			{ action: 'wouldCreate', changes: [{ to: 'Ann' }] },
			{ action: 'unchanged' },
			{ action: 'wouldCreate' },
		]);
	});

	it('know the phone number that the ones before would have given', async () => {
		const items = [
			{ email: 'ann@example.com', phone: '123', list: 'News' },
			{ email: 'bob@example.com', phone: '', list: 'Texts' },
			{ email: 'ann@example.com', phone: '', list: 'Texts' },
		];

		const dry = await dryThenReal(items, {
			phone: '={{ $json.phone }}',
			...lists(['name', '={{ $json.list }}', 'subscribe']),
		});

		expect(dry.map(({ action }) => action)).toEqual(['wouldCreate', 'failed', 'wouldUpdate']);
	});

	it('read each part of a contact once, where the account does not load it with the contact', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		account.state.addContact({ email: 'ann@example.com', lists: { News: 'active' } });
		await account.sync([ann], {
			...lists(['name', 'News', 'subscribe'], ['name', 'Offers', 'unsubscribe']),
			options: { dryRun: true },
		});

		expect(account.requests().filter((request) => request.endsWith('/contactLists'))).toHaveLength(1);
	});

	it('show in their action a list that could not be done, and the others are previewed', async () => {
		const parameters = {
			...lists(['name', '={{ $json.list }}', 'subscribe']),
			options: { dryRun: true },
		};
		const items = ['News', 'Nowhere', 'News'].map((list, index) => ({
			email: `c${index}@example.com`,
			list,
		}));

		const stopping = await account.sync(items, parameters);
		const continuing = await account.sync(items, parameters, CONTINUE);

		for (const run of [stopping, continuing]) {
			expect(run.status).toBe('success');
			expect(jsonOf(run.items)).toMatchObject([
				{ action: 'wouldCreate', lists: outcomesBeing('wouldSubscribe') },
				{ action: 'failed', email: 'c1@example.com', lists: outcomesBeing('failed') },
				{ action: 'wouldCreate', lists: outcomesBeing('wouldSubscribe') },
			]);
			expect(run.hints.map(({ message }) => message)).toEqual([
				'Dry run: 2 would be created, 1 would fail, nothing sent.',
			]);
		}
		for (const run of [stopping, continuing]) {
			expect(jsonOf(run.items)[1]?.['error']).toMatch(
				/^In the real run, the contact could not be subscribed to list 'Nowhere'\. List 'Nowhere': The account has no list called 'Nowhere'/,
			);
		}
	});
});
