import type { IExecuteFunctions } from 'n8n-workflow';

import { ActiveCampaignSync } from '../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';
import { at } from '../guards';
import { useAccount } from './harness/account';
import { automations, customFields, lists, locator, mapAutomatically, mapByHand } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';
import { runWorkflow } from './harness/runWorkflow';

describe('parameters', () => {
	const ann = { email: 'ann@example.com' };
	const bob = { email: 'bob@example.com' };

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

	it.each([
		['Define Below', { email: '={{ $json.email }}' }],
		['Map Automatically', mapAutomatically],
		['Choose Account Fields', mapByHand({ email: '={{ $json.email }}' })],
	])('name the contact of a failed item, whose fields are given by %s', async (_mode, fields) => {
		const { error } = await run({ ...fields, ...lists(['name', 'Nowhere', 'subscribe']) });

		expect(error?.description).toMatch(/^Item 1 \(ann@example\.com\): /);
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
			expect(json['lists']).toEqual({ news: 'subscribed' });
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
			expect(Object.keys(json['lists'] ?? {})).toEqual(['402', 'Newsletter']);
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

describe('the parameters of many items', () => {
	const ann = { email: 'ann@example.com', name: ' Ann ', topics: ['Sales', 'Support'] };
	const bob = { email: 'bob@example.com', name: ' Bob ', topics: ['Support'] };
	const oddTitle = 'A "quoted". name\\[0]';

	/** What a test has spied on. Not all mocks are restored: the virtual clock has one too. */
	const spies: Array<{ mockRestore(): void }> = [];

	/** Calls `onRead` for each parameter that the node has n8n resolve. */
	function watchReads(onRead: (name: string, itemIndex: number) => void): void {
		// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the node's context
		const { execute } = ActiveCampaignSync.prototype;
		const spy = jest.spyOn(ActiveCampaignSync.prototype, 'execute');
		spies.push(spy);
		spy.mockImplementation(async function (this: IExecuteFunctions) {
			const read = this.getNodeParameter.bind(this) as (...args: unknown[]) => unknown;
			jest.spyOn(this, 'getNodeParameter').mockImplementation(((...args: [string, number]) => {
				onRead(...args);
				return read(...args);
			}) as never);
			return await execute.call(this);
		});
	}

	const account = useAccount({
		fields: [
			{ title: 'Company' },
			{ title: 'Topics', type: 'checkbox', options: ['Sales', 'Support'] },
			{ title: 'City' },
			{ title: oddTitle },
		],
	});
	afterEach(() => {
		for (const spy of spies.splice(0)) spy.mockRestore();
	});

	it('go through n8n only where an expression needs it, not with the collection around it', async () => {
		const reads: string[] = [];
		watchReads((name, itemIndex) => {
			if (!name.startsWith('options.') && name !== 'operation') reads.push(`${itemIndex} ${name}`);
		});

		const { error } = await account.sync([ann, bob], {
			firstName: '={{ $json.name }}',
			...customFields(
				['name', 'Topics', '={{ $json.topics }}'],
				['name', 'Company', '={{ $json.name.trim() }} Ltd'],
				['name', 'City', 'Rome'],
			),
			tagsToAdd: 'Lead',
		});

		expect(error).toBeUndefined();
		expect(reads).toEqual(['0 customFields.values[1].value', '1 customFields.values[1].value']);
		expect(account.stored(ann.email, 'Topics')).toBe('||Sales||Support||');
		expect(account.stored(bob.email, 'Company')).toBe('Bob Ltd');
		expect(account.stored(bob.email, 'City')).toBe('Rome');
	});

	it('may have their expression in a picker, in a column of any name, or in an option', async () => {
		await account.sync([ann, bob], {
			customFields: {
				values: [
					{ field: locator('name', '={{ "Top" + "ics" }}'), value: '={{ $json.topics.concat("Sales") }}' },
					{ field: '={{ "City" }}', value: '={{ $json.name.trim() }}' },
				],
			},
			options: { emptyValues: '={{ "ke" + "ep" }}' },
		});
		await account.sync(
			[ann, bob],
			mapByHand({ email: '={{ $json.email.trim() }}', [oddTitle]: '={{ $json.name.trim() + "!" }}' }),
		);

		expect(account.stored(ann.email, 'City')).toBe('Ann');
		expect(account.stored(bob.email, 'Topics')).toBe('||Sales||Support||');
		expect(account.stored(bob.email, oddTitle)).toBe('Bob!');
	});

	it('are read in slices of time, between which n8n has its turn', async () => {
		let turns = 0;
		let isDone = false;
		const turnOf = new Map<number, number>();
		watchReads((name, itemIndex) => name === 'firstName' && turnOf.set(itemIndex, turns));
		// A clock that goes on by a millisecond whenever it is read, so that it does not matter how fast the machine is.
		let now = performance.now();
		spies.push(jest.spyOn(performance, 'now').mockImplementation(() => (now += 1)));
		const count = () => {
			turns += 1;
			if (!isDone) setImmediate(count);
		};
		count();

		const items = Array.from({ length: 120 }, (_, index) => ({ ...ann, email: `p${index}@example.com` }));
		const run = await account.sync(items, {
			firstName: '={{ $json.name.trim() }}',
			options: { dryRun: true },
		});
		isDone = true;

		expect(run.items).toHaveLength(120);
		expect(jsonOf(run.items)[119]).toMatchObject({
			email: 'p119@example.com',
			changes: [{ field: 'First Name', from: '', to: 'Ann' }],
		});
		const perTurn = [...turnOf.values()].map(
			(turn) => [...turnOf.values()].filter((one) => one === turn).length,
		);
		expect(turnOf.size).toBe(120);
		expect(Math.max(...perTurn)).toBeLessThanOrEqual(30);
	});

	it('fail an item with the row number for a value without a field, and ignore blank rows', async () => {
		const cem = { email: 'cem@example.com', field: 'City' };
		const { items, status } = await account.sync(
			[{ ...ann, field: '' }, { ...bob, field: 'Company' }, cem],
			customFields(
				['list', '', ''],
				['name', '={{ $json.field }}', '={{ $json.name }}'],
				['name', '', '={{ $json.nothing }}'],
			),
			{ onError: 'continueRegularOutput' },
		);

		expect(status).toBe('success');
		expect(jsonOf(items)[0]).toEqual({
			action: 'failed',
			email: ann.email,
			error: textWith(
				"'Custom Fields': row 2 has a value but no field. Choose a field in it, or remove the row",
			),
		});
		expect(jsonOf(items)[1]).toMatchObject({ action: 'created', customFields: { Company: ' Bob ' } });
		expect(jsonOf(items)[2]).toMatchObject({ action: 'created', email: cem.email });
	});

	it('fail an item for a value without a field in the bulk import too', async () => {
		const { items } = await account.sync([ann, { ...bob, field: 'City' }], {
			operation: 'syncContactsInBulk',
			...customFields(['name', '={{ $json.field }}', 'Rome']),
		});

		expect(jsonOf(items)).toEqual([
			{
				action: 'failed',
				email: ann.email,
				reason: textWith("'Custom Fields': row 1 has a value but no field"),
			},
			{ action: 'imported', email: bob.email, reason: 'Created or updated' },
		]);
	});
});

describe('Contact Fields', () => {
	const FIELDS = [
		{ id: '1', title: 'Company', type: 'text' },
		{ id: '2', title: 'Birthday', type: 'date' },
		{ id: '3', title: 'Appointment', type: 'datetime' },
		{ id: '4', title: 'Size', type: 'dropdown', options: [{ value: 's', label: 'Small' }] },
		{ id: '5', title: 'Languages', type: 'checkbox', options: ['de', 'fr', 'it'] },
		{ id: '6', title: 'Budget', type: 'currency' },
		{ id: '7', title: 'Consent', type: 'hidden' },
		// Its tag is what the column of a field with the id 99 would be called.
		{ id: '8', title: 'Trap', perstag: 'FIELD_99' },
	];

	describe('Choose Account Fields', () => {
		const account = useAccount({ fields: FIELDS });
		const items = [
			{ email: 'ann@example.com', name: 'Ann', born: '1990-05-06', budget: 1234.5 },
			{ email: 'bob@example.com', name: 'Bob', born: null, budget: 0 },
		];
		const email = '={{ $json.email }}';

		it('takes columns of every type, from expressions and as typed', async () => {
			const { status } = await account.sync(
				items,
				mapByHand({
					email,
					firstName: '={{ $json.name }}',
					phone: 4930,
					field_1: 'Acme',
					field_2: '={{ $json.born }}',
					field_3: '2026-12-31T12:00:00',
					field_4: 's',
					field_5: 'it, de',
					field_6: '={{ $json.budget }}',
					field_7: false,
				}),
				{ timezone: 'Europe/Berlin' },
			);

			expect(status).toBe('success');
			expect(account.contact('ann@example.com')).toMatchObject({ firstName: 'Ann', phone: '4930' });
			expect(Object.fromEntries(account.contact('ann@example.com').fieldValues)).toEqual({
				1: 'Acme',
				2: '1990-05-06',
				// The account keeps its own time zone, America/Chicago.
				3: '2026-12-31T05:00:00-06:00',
				4: 's',
				5: '||de||it||',
				6: '1234.5',
				7: 'false',
			});
			expect(account.stored('bob@example.com', 'Birthday')).toBeUndefined();
			expect(account.stored('bob@example.com', 'Budget')).toBe('0');
		});

		it('takes columns by the names on screen, as a map may have them that was written by hand', async () => {
			const { status } = await account.sync(
				items,
				mapByHand({ Email: '={{ $json.email }}', 'First Name': '={{ $json.name }}', Company: 'Acme' }),
			);

			expect(status).toBe('success');
			for (const { email: address, name } of items) {
				expect(account.contact(address).firstName).toBe(name);
				expect(account.stored(address, 'Company')).toBe('Acme');
			}
		});

		it('ignores columns that were left blank, even under Clear', async () => {
			account.state.addContact({
				email: 'ann@example.com',
				firstName: 'Ann',
				fieldValues: { Company: 'Acme', Birthday: '1990-05-06', Size: 's' },
			});
			const map = { email, firstName: null, lastName: '', field_1: null, field_2: '' };

			const { status } = await account.sync(items, { ...mapByHand(map), options: { emptyValues: 'clear' } });

			expect(status).toBe('success');
			expect(account.sandbox.journal.bodies('POST')).toEqual(
				items.map((item) => ({ contact: { email: item.email } })),
			);
			expect(account.sandbox.journal.count('GET')).toBe(0);
		});

		it('clears under Clear the fields whose expression gives nothing', async () => {
			for (const { email: address } of items) {
				const fieldValues = { Company: 'Acme', Birthday: '1990-05-06' };
				account.state.addContact({ email: address, lastName: 'Lee', fieldValues });
			}
			const map = { email, lastName: '={{ $json.last }}', field_2: '={{ $json.born }}' };

			await account.sync(items, { ...mapByHand(map), options: { emptyValues: 'clear' } });

			expect(account.stored('ann@example.com', 'Birthday')).toBe('1990-05-06');
			expect(account.stored('bob@example.com', 'Birthday')).toBeUndefined();
			expect(account.stored('bob@example.com', 'Company')).toBe('Acme');
			expect(account.contact('bob@example.com').lastName).toBe('');
		});

		it('reads no custom fields for standard columns alone', async () => {
			await account.sync(items, mapByHand({ email, firstName: '={{ $json.name }}', field_1: null }));

			expect(account.requests()).toEqual(['POST /contact/sync', 'POST /contact/sync']);
		});

		it('reads the custom fields once for all items', async () => {
			await account.sync(items, mapByHand({ email, field_1: '={{ $json.name }}' }));

			expect(account.requests()).toEqual(['GET /fields', 'POST /contact/sync', 'POST /contact/sync']);
		});

		it('still finds a field whose title changed', async () => {
			account.state.fieldBy('Company').title = 'Employer';

			const { items: output } = await account.sync(items, mapByHand({ email, field_1: '={{ $json.name }}' }));

			expect(jsonOf(output).map((json) => json['customFields'])).toEqual([
				{ Employer: 'Ann' },
				{ Employer: 'Bob' },
			]);
		});

		it('fails at a column whose field was deleted, or skips it when Unusable Values is Skip', async () => {
			const map = mapByHand({ email, field_99: 'x', field_1: 'Acme' });

			const stopped = await account.sync(items, { ...map, options: { unusableValues: 'fail' } });
			const skipped = await account.sync(items, { ...map, options: { unusableValues: 'skip' } });

			expect(stopped.error?.message).toBe("The account has no custom field '99'");
			expect(jsonOf(skipped.items).map(({ warnings }) => warnings)).toEqual([
				["The account has no custom field '99': skipped"],
				["The account has no custom field '99': skipped"],
			]);
			expect(account.stored('bob@example.com', 'Company')).toBe('Acme');
			expect(account.stored('bob@example.com', 'Trap')).toBeUndefined();
		});

		it('fails with a request for the email when it is not mapped', async () => {
			const { error } = await account.sync(items, mapByHand({ firstName: '={{ $json.name }}' }));

			expect(error?.message).toBe("'Email' is empty");
			expect(account.requests()).toEqual([]);
		});
	});

	describe('Map Automatically', () => {
		const account = useAccount({ fields: FIELDS });
		const form = {
			'E-mail address': 'ann@example.com',
			'First name': 'Ann',
			SURNAME: 'Lee',
			Telephone: '030 123',
			company: 'Acme',
			'Birth-day': '1990-05-06',
			'%SIZE%': 'small',
			Languages: ['fr', 'de'],
			'bud get': '1,234.50',
			'Favorite color': 'green',
			Note: '',
			submittedAt: '2026-01-01T10:00:00.000Z',
			formMode: 'test',
		};

		it("matches a form's everyday labels, and reports keys that match no column", async () => {
			const { items, status, hints } = await account.sync(
				[form, { ...form, 'E-mail address': 'bob@example.com', Languages: [] }],
				mapAutomatically,
			);

			expect(status).toBe('success');
			expect(jsonOf(items)).toEqual(
				['ann@example.com', 'bob@example.com'].map((email) => ({
					action: 'created',
					id: account.contact(email).id,
					email,
					firstName: 'Ann',
					lastName: 'Lee',
					phone: '030 123',
					customFields: {
						Company: 'Acme',
						Birthday: '1990-05-06',
						Size: 'Small',
						...(email.startsWith('ann') ? { Languages: ['de', 'fr'] } : {}),
						Budget: 1234.5,
					},
				})),
			);
			expect(hints.map(({ message }) => message)).toEqual([
				"2 items: 2 created. Read as Email: 'E-mail address'; Last Name: 'SURNAME'; Phone: 'Telephone'. Input fields not used: 'Favorite color' (no field has this name); 'Note' (map it to 'Additional Fields' > 'Note').",
			]);
		});

		it('lists the keys that match no field in the output of a single item', async () => {
			const { items, hints } = await account.sync([{ ...form, 'Company name': 'Acme' }], mapAutomatically);

			expect(jsonOf(items)[0]?.['unmapped']).toEqual([
				{ key: 'Favorite color', reason: 'No field has this name' },
				{ key: 'Note', reason: "Map it to 'Additional Fields' > 'Note'" },
				{ key: 'Company name', reason: "'Company' is filled from 'company'" },
			]);
			expect(hints.map(({ message }) => message)).toEqual([
				"1 item: 1 created. Read as Email: 'E-mail address'; Last Name: 'SURNAME'; Phone: 'Telephone'. Input fields not used: 'Favorite color' (no field has this name); 'Note' (map it to 'Additional Fields' > 'Note'); 'Company name' ('Company' is filled from 'company').",
			]);
		});

		it('suggests a field for a key that matches none', async () => {
			const { items } = await account.sync(
				[{ Email: 'ann@example.com', 'Company size': '50' }],
				mapAutomatically,
			);

			expect(jsonOf(items)[0]?.['unmapped']).toEqual([
				{ key: 'Company size', reason: "No field has this name. Did you mean 'Company' or 'Size'?" },
			]);
		});

		it('fills a column from the key that is spelled like it, and names the others', async () => {
			const twice = { Email: 'ann@example.com', company: 'Apex', Company: 'Acme', Mail: 'other@example.com' };

			const { items, hints } = await account.sync(
				[twice, { Email: 'bob@example.com', company: 'Apex', Company: '' }],
				mapAutomatically,
			);

			for (const json of jsonOf(items)) expect(json).not.toHaveProperty('unmapped');
			expect(jsonOf(items).map(({ customFields }) => customFields)).toEqual([
				{ Company: 'Acme' },
				{ Company: 'Apex' },
			]);
			expect(hints.map(({ message }) => message)).toEqual([
				"2 items: 2 created. Input fields not used: 'company' ('Company' is filled from 'Company'); 'Mail' ('Email' is filled from 'Email').",
			]);
		});

		it('takes the address from the one of several columns that has one', async () => {
			const { items } = await account.sync(
				[
					{ Email: 'anonymous', 'Your email address': 'ann@example.com' },
					{ 'Email Address': '', 'Work email': 'bob@example.com' },
					{ Mail: 'cat@example.com', 'E-Mail': 'x@example.com', 'e mail': 'y@example.com' },
				],
				mapAutomatically,
			);

			expect(jsonOf(items).map(({ email }) => email)).toEqual([
				'ann@example.com',
				'bob@example.com',
				'x@example.com',
			]);
		});

		it('maps the body of a webhook, or says how', async () => {
			const webhook = { headers: { host: 'h' }, params: {}, query: {} };

			const { items } = await account.sync(
				[
					{ ...webhook, body: { email: 'ann@example.com', 'Full name': 'Ann Lee' } },
					{ ...webhook, body: { lead: { email: 'bob@example.com' } } },
					{ customer: { email: 'cat@example.com' }, owner: { email: 'dan@example.com' } },
				],
				mapAutomatically,
				{ onError: 'continueRegularOutput' },
			);

			expect(jsonOf(items).map(({ email, error }) => error ?? email)).toEqual([
				'ann@example.com',
				textWith("'body.lead' contains 'email': map `{{ $json.body.lead }}`"),
				textWith("'owner' contains 'email': map `{{ $json.owner }}`"),
			]);
			expect(account.contact('ann@example.com')).toMatchObject({ firstName: 'Ann', lastName: 'Lee' });
		});

		it('lists the keys when none of them is the email, those with an address first', async () => {
			const { items } = await account.sync(
				[
					{ Color: 'red', 'User Email': 'ann@example.com', 'Invitee Email': 'x@example.com' },
					{ Address: 'bob@example.com' },
				],
				mapAutomatically,
				{ onError: 'continueRegularOutput' },
			);

			expect(jsonOf(items).map(({ error }) => error)).toEqual([
				textLike(
					/^None of the input fields matches 'Email'\. Rename .*: 'User Email' \(May be about someone other .*, 'Color' \(No field has this name\)/,
				),
				textWith("'Address' (No field has this name)"),
			]);
			expect(account.requests()).toEqual(['GET /fields']);
		});

		it('clears under Clear only the fields that the form left empty', async () => {
			account.state.addContact({
				email: 'ann@example.com',
				firstName: 'Ann',
				lastName: 'Lee',
				fieldValues: { Company: 'Acme', Birthday: '1990-05-06' },
			});

			await account.sync([{ Email: 'ann@example.com', lastName: '', company: '' }, form], {
				...mapAutomatically,
				options: { emptyValues: 'clear', mergeDuplicates: false },
			});
			expect(account.sandbox.journal.bodies('POST')[0]).toEqual({
				contact: { email: 'ann@example.com', lastName: null },
			});
			expect(account.sandbox.journal.count('DELETE')).toBe(1);
		});

		it('reads no custom fields when all keys are names of standard columns', async () => {
			const items = ['ann@example.com', 'bob@example.com'].map((email) => ({ email, firstName: 'A' }));

			const { status } = await account.sync(items, mapAutomatically);

			expect(status).toBe('success');
			expect(account.requests()).toEqual(['POST /contact/sync', 'POST /contact/sync']);
		});
	});
});
