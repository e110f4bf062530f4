import { automations, customFields, lists, mapAutomatically } from './harness/parameters';
import { jsonOf } from './harness/results';
import { useAccount } from './harness/account';

const ann = { email: ' ann@example.com ', name: 'Ann', languages: 'fr, de' };
const bob = { email: 'bob@example.com', name: 'Bob', languages: '' };

describe('Dry Run', () => {
	const account = useAccount({
		fields: [
			{ title: 'Company' },
			{ title: 'Languages', type: 'checkbox', options: ['de', 'fr'] },
			{ title: '', perstag: 'SECRET' },
		],
		lists: ['News', 'Offers', 'Offers'],
		tags: ['Lead'],
		automations: ['Welcome'],
	});
	const dryRun = { dryRun: true };
	const stateNow = () => JSON.stringify([account.state.contacts(), [...account.state.tags.values()]]);

	it('shows field by field, with titles, what would be sent, and sends nothing', async () => {
		const { items, hints } = await account.sync([ann, bob], {
			firstName: '={{ $json.name }}',
			...customFields(
				['name', 'Company', 'Acme'],
				['name', 'Languages', '={{ $json.languages }}'],
				['name', 'SECRET', 'x'],
			),
			options: dryRun,
		});

		const sent = { email: 'ann@example.com', firstName: 'Ann' };
		expect(jsonOf(items)[0]).toEqual({
			action: 'dryRun',
			...sent,
			customFields: { Company: 'Acme', Languages: ['de', 'fr'], '%SECRET%': 'x' },
			request: {
				path: '/contact/sync',
				body: {
					contact: {
						...sent,
						fieldValues: [
							{ field: '1', value: 'Acme' },
							{ field: '2', value: '||de||fr||' },
							{ field: '3', value: 'x' },
						],
					},
				},
			},
		});
		expect(jsonOf(items)[1]?.['customFields']).toEqual({ Company: 'Acme', '%SECRET%': 'x' });
		expect(hints.map(({ message }) => message)).toEqual(['Dry run: 2 items checked, nothing sent.']);
		expect(account.requests()).toEqual(['GET /fields']);
	});

	it('shows what a map of columns would send, and what matches no column', async () => {
		const { items, hints } = await account.sync([{ ...ann, company: 'Acme' }, bob], {
			...mapAutomatically,
			options: dryRun,
		});

		expect(jsonOf(items)[0]).toMatchObject({
			customFields: { Company: 'Acme', Languages: ['de', 'fr'] },
			unmapped: [{ key: 'name', reason: 'No column has this name' }],
		});
		expect(jsonOf(items)[1]).not.toHaveProperty('customFields');
		expect(account.requests()).toEqual(['GET /fields']);
		expect(hints.map(({ message }) => message)).toEqual([
			"Dry run: 2 items checked, nothing sent. Not mapped to a column: 'name'. See 'unmapped' in the output for the reasons.",
		]);
	});

	it('shows the hint that nothing was sent for a single item too', async () => {
		const { hints } = await account.sync([ann], { options: dryRun });

		expect(hints.map(({ message }) => message)).toEqual(['Dry run: 1 item checked, nothing sent.']);
		expect(account.requests()).toEqual([]);
	});

	it('shows lists, tags and automations too, and why one would fail', async () => {
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
		for (const json of jsonOf(items)) {
			expect(json).toMatchObject({
				action: 'dryRun',
				lists: [
					{ name: 'news', outcome: 'would subscribe' },
					{ name: '402', outcome: 'would unsubscribe' },
					{
						name: 'Offers',
						outcome: 'failed',
						reason: "2 lists are called 'Offers'. Give the id instead: one of 402, 403",
					},
					{
						name: 'Nowhere',
						outcome: 'failed',
						reason: "The account has no list called 'Nowhere'. Check the name, or pick it from the list",
					},
				],
				tags: [
					{ name: 'lead', outcome: 'would add' },
					{ name: 'Fresh', outcome: 'would create and add' },
					{ name: 'Old', outcome: 'notThere' },
				],
				automations: [{ name: 'Welcome', outcome: 'would enroll' }],
			});
		}
		expect(account.sandbox.journal.count('GET')).toBe(account.sandbox.journal.entries.length);
		expect(stateNow()).toBe(before);
	});

	it('shows under Fill Blanks Only what the contact does not have yet, and under Clear what would be emptied', async () => {
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

		expect(jsonOf(fillOnly.items)[0]).not.toHaveProperty('firstName');
		expect(jsonOf(fillOnly.items).map((json) => json['customFields'])).toEqual([
			{ Languages: ['de', 'fr'] },
			{ Company: 'Acme' },
		]);
		expect(jsonOf(clear.items)[1]?.['customFields']).toEqual({ Company: 'Acme', Languages: [] });
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
