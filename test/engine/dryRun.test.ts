import { automations, customFields, lists, mapAutomatically } from './harness/parameters';
import { jsonOf, outcomesBeing } from './harness/results';
import { useAccount } from './harness/account';

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
