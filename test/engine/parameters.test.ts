import { ActiveCampaignSync } from '../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';

import { at } from '../guards';
import { runWorkflow } from './harness/runWorkflow';
import { automations, customFields, lists, locator, mapByHand } from './harness/parameters';
import { jsonOf } from './harness/results';
import { useAccount } from './harness/account';

const ann = { email: 'ann@example.com' };
const bob = { email: 'bob@example.com' };

describe('parameters', () => {
	const account = useAccount({
		fields: [{ title: 'Company' }, { title: 'Birthday', type: 'date' }],
		lists: ['News'],
		tags: ['Lead', 'Old'],
		automations: ['Welcome'],
	});
	const run = async (nodeParameters: Parameters<typeof runWorkflow>[0]['nodeParameters']) =>
		await runWorkflow({ nodeParameters, items: [ann, bob], credentials: account.credentials });

	it('can be the email alone, as from an AI agent', async () => {
		const { status, items } = await run({ email: '={{ $json.email }}' });

		expect(status).toBe('success');
		expect(jsonOf(items).map(({ email }) => email)).toEqual([ann.email, bob.email]);
		expect(new ActiveCampaignSync().description.usableAsTool).toBe(true);
	});

	it('have the same value read directly as resolved by n8n', async () => {
		const values = [
			'Acme',
			'',
			' ',
			'={{ 1 + 1 }}',
			'{{ $json.email }}',
			0,
			1.5,
			true,
			false,
			null,
			['a', 2],
			['a', null, true],
			[],
			[['a']],
			[{ a: 1 }],
			{},
		];
		const items = [
			{ email: 'none@example.com' },
			...values.map((value, index) => ({ email: `p${index}@example.com`, index, value })),
		];
		const withExpression = async (expression: (key: string) => string) => {
			const result = await runWorkflow({
				items,
				credentials: account.credentials,
				onError: 'continueRegularOutput',
				nodeParameters: {
					email: '={{ $json.email }}',
					firstName: expression('value'),
					lastName: expression('index'),
					...customFields(['name', 'Company', expression('value')]),
					tagsToAdd: expression('value'),
					options: { dryRun: true },
				},
			});
			return jsonOf(result.items);
		};

		const direct = await withExpression((key) => `={{ $json.${key} }}`);
		const resolved = await withExpression((key) => `={{ ($json.${key}) }}`);

		expect(direct).toEqual(resolved);
		expect(direct.map(({ changes }) => at(changes, 0, 'to'))).toEqual(
			expect.arrayContaining(['Acme', '0', '1.5']),
		);
	});

	it('may be null', async () => {
		const { status, error } = await run({
			email: '={{ $json.email }}',
			firstName: null,
			lastName: null,
			phone: null,
			customFields: null,
			lists: null,
			tagsToAdd: null,
			tagsToRemove: null,
			automations: null,
			options: null,
		});

		expect(error).toBeUndefined();
		expect(status).toBe('success');
		expect(account.sandbox.journal.bodies()).toEqual([{ contact: ann }, { contact: bob }]);
	});

	it('may contain null within collections', async () => {
		const { status } = await run({
			email: '={{ $json.email }}',
			customFields: { values: [{ field: null, value: null }, {}] },
			lists: { values: [] },
			automations: { values: [{ automation: null }, {}] },
			options: { emptyValues: null, dryRun: null, requestsPerSecond: null },
		});

		expect(status).toBe('success');
		expect(account.sandbox.journal.bodies()).toEqual([{ contact: ann }, { contact: bob }]);
	});

	it('fail without an email, with a request for it', async () => {
		const { error } = await run({ email: '={{ null }}' });

		expect(error?.message).toBe("'Email' is empty");
	});

	it.each(['=', '={{ "" }}', '={{ null }}', 'remove', 'Unsubscribe'])(
		'fail the item when the action of a list is unknown: %s',
		async (action) => {
			const { error } = await run({
				email: '={{ $json.email }}',
				lists: { values: [{ list: locator('id', '401'), action }] },
			});

			expect(error?.message).toMatch(/^'Action' of a list cannot be /);
			expect(account.requests()).toEqual([]);
		},
	);

	it('treat an ID that is not a number as a name', async () => {
		const { items } = await account.sync([ann, bob], lists(['id', '={{ "news" }}', 'subscribe']));

		for (const json of jsonOf(items)) {
			expect(json['lists']).toEqual([{ name: 'news', outcome: 'subscribed' }]);
		}
	});

	it('put the name of what was picked into the output, unless an expression picked it', async () => {
		const { items } = await account.sync([ann, bob], {
			lists: {
				values: [
					{ list: locator('list', '401', 'Newsletter'), action: 'subscribe' },
					{ list: locator('list', '={{ 400 + 2 }}', 'Newsletter'), action: 'unsubscribe' },
				],
			},
		});

		for (const json of jsonOf(items)) {
			expect(json['lists']).toMatchObject([{ name: 'Newsletter' }, { name: '402' }]);
		}
	});

	it('are ignored when they are saved for the other choice of Contact Fields', async () => {
		const byHand = mapByHand({ email: 'wrong@example.com', field_1: 'Apex' });

		await account.sync([ann, bob], {
			...byHand,
			fieldsMode: 'defineBelow',
			...customFields(['name', 'Company', 'Acme']),
		});
		await account.sync([ann, bob], {
			...customFields(['name', 'Company', 'wrong'], ['name', 'Nothing', 'wrong']),
			firstName: 'wrong',
			...mapByHand({ email: '={{ $json.email }}', field_1: 'Apex' }),
		});

		expect(account.state.contacts()).toHaveLength(2);
		for (const { email } of [ann, bob]) {
			expect(account.contact(email).firstName).toBe('');
			expect(account.stored(email, 'Company')).toBe('Apex');
		}
	});

	it('are ignored when they stay saved from Sync Contact after switching to the bulk import', async () => {
		account.state.addContact({
			...ann,
			firstName: 'Ann',
			tags: ['Old'],
			lists: { News: 'unsubscribed' },
			fieldValues: { Birthday: '2000-01-01', Company: 'Acme' },
		});

		const { status } = await account.sync([ann, bob], {
			operation: 'syncContactsInBulk',
			firstName: '={{ "" }}',
			...customFields(['name', 'Birthday', ''], ['name', 'Company', '={{ "" }}']),
			tagsToRemove: 'Old',
			...automations(['name', 'Welcome']),
			...lists(['name', 'News', 'subscribe']),
			options: { emptyValues: 'clear', resubscribe: true, simplify: false },
		});

		expect(status).toBe('success');
		const contact = account.contact(ann.email);
		expect(contact.firstName).toBe('Ann');
		expect(account.stored(ann.email, 'Company')).toBe('Acme');
		expect(account.stored(ann.email, 'Birthday')).toBe('2000-01-01');
		expect(contact.tags.size).toBe(1);
		expect(contact.automations).toEqual([]);
		expect(contact.lists.get('401')?.status).toBe(2);
		expect(JSON.stringify(account.sandbox.journal.bodies('POST'))).not.toContain('fields');
	});

	it('are ignored when they stay saved from the bulk import after switching back', async () => {
		const { status } = await account.sync([ann, bob], {
			options: { excludeAutomations: true, waitForResult: false, maxWait: -1 },
		});

		expect(status).toBe('success');
		expect(account.requests()).toEqual(['POST /contact/sync', 'POST /contact/sync']);
	});
});
