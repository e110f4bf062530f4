import type { INodeParameters } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { customFields, lists, locator } from './harness/parameters';
import { jsonOf, outcomesBeing } from './harness/results';

const CONTINUE = { onError: 'continueRegularOutput' } as const;
const PLANNED = new Map<unknown, string>([
	['wouldCreate', 'created'],
	['wouldUpdate', 'updated'],
	['unchanged', 'updated'],
	['wouldSkip', 'skipped'],
	['failed', 'failed'],
]);

describe('the items of a dry run', () => {
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
