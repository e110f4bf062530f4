import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { faultName } from '../sandbox/faults';
import { sampled } from '../size';
import { useAccount, UNPACED } from './harness/account';
import { otherWorker } from './harness/otherWorker';
import { TEMPORARY_FAULTS } from './harness/outages';
import { customFields, locator, mapAutomatically, lists, automations } from './harness/parameters';
import { jsonOf, textWith, outcomesBeing, textLike } from './harness/results';

const CONTINUE = { onError: 'continueRegularOutput' } as const;
const byKey = byField('CRM ID');

function byField(field: string, more: INodeParameters = {}): INodeParameters {
	return {
		matchBy: 'customField',
		matchField: locator('name', field),
		matchValue: '={{ $json.key }}',
		firstName: '={{ $json.name }}',
		...more,
	};
}

describe('Match By Custom Field', () => {
	const account = useAccount({
		fields: [
			{ title: 'CRM ID' },
			{ title: 'Number', type: 'number' },
			{ title: 'Date', type: 'date' },
			{ title: 'Moment', type: 'datetime' },
			{ title: 'Choice', type: 'dropdown', options: [{ value: 'a', label: 'Alpha' }] },
			{ title: 'Company' },
		],
		lists: ['News'],
		tags: ['VIP'],
	});
	const emails = () => account.state.contacts().map(({ email }) => email);
	const seed = (email: string, key?: string) =>
		account.state.addContact({
			email,
			lists: { News: 'active' },
			tags: ['VIP'],
			...(key === undefined ? {} : { fieldValues: { 'CRM ID': key } }),
		});

	it('updates the contact with the key, address included, and creates the others', async () => {
		const ann = seed('ann@old.example', 'A-1');

		const { items } = await account.sync(
			[
				{ key: ' A-1 ', email: 'ann@new.example', name: 'Ann' },
				{ key: 'B-2', email: 'bob@example.com', name: 'Bob' },
			],
			byKey,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id: ann.id, email: 'ann@new.example', customFields: { 'CRM ID': 'A-1' } },
			{ action: 'created', email: 'bob@example.com', customFields: { 'CRM ID': 'B-2' } },
		]);
		expect(emails()).toEqual(['ann@new.example', 'bob@example.com']);
		expect(account.contact('ann@new.example')).toMatchObject({ id: ann.id, firstName: 'Ann' });
		expect([...account.contact('ann@new.example').lists.values()].map(({ status }) => status)).toEqual([1]);
		expect(account.contact('ann@new.example').tags.size).toBe(1);
		expect(account.stored('bob@example.com', 'CRM ID')).toBe('B-2');
		expect(account.requests().sort()).toEqual([
			'GET /contacts',
			'GET /fieldValues',
			'GET /fieldValues',
			// Whether nobody else has created a contact with the new key.
			'GET /fieldValues',
			'GET /fields',
			'POST /contact/sync',
			`PUT /contacts/${ann.id}`,
		]);
	});

	it('updates without an email, and fails when nobody has the key and no email is given', async () => {
		seed('ann@example.com', 'A-1');

		const { items } = await account.sync(
			[
				{ key: 'A-1', name: 'Ann' },
				{ key: 'B-2', name: 'Bob' },
			],
			byKey,
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', email: 'ann@example.com', firstName: 'Ann' },
			{ error: textWith("No contact has 'B-2' in 'CRM ID', and an email is needed to create one") },
		]);
	});

	it('gives the key to the contact that has the address and no key yet, and overwrites no other key', async () => {
		const ann = seed('ann@example.com');
		const bob = seed('bob@example.com', 'B-2');

		const { items } = await account.sync(
			[
				{ key: 'A-1', email: 'ANN@example.com', name: 'Ann' },
				{ key: 'B-3', email: 'bob@example.com', name: 'Not Bob' },
			],
			byKey,
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id: ann.id, firstName: 'Ann' },
			{
				error: textWith(
					`The contact with the email 'bob@example.com' (ID ${bob.id}) has 'B-2' in 'CRM ID', not 'B-3'`,
				),
			},
		]);
		expect(account.stored('ann@example.com', 'CRM ID')).toBe('A-1');
		expect(account.stored('bob@example.com', 'CRM ID')).toBe('B-2');
		expect(account.contact('bob@example.com').firstName).toBe('');
	});

	it('fails an item whose key several contacts have, naming them', async () => {
		const twins = [seed('a@example.com', 'T'), seed('b@example.com', 'T')].map(({ id }) => id);
		seed('c@example.com', 'C');

		const { items } = await account.sync(
			[
				{ key: 'T', email: 'new@example.com', name: 'New' },
				{ key: 'C', name: 'Cy' },
			],
			byKey,
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ error: textWith(`2 contacts have 'T' in 'CRM ID': IDs ${twins.join(', ')}`) },
			{ action: 'updated', firstName: 'Cy' },
		]);
		expect(emails()).toHaveLength(3);
	});

	it.each(['equals', 'contains', 'ignored'] as const)(
		'compares keys exactly, whatever the filter of the account finds: %s',
		async (valueFilter) => {
			const ann = seed('ann@example.com', '7');
			for (let index = 0; index < 120; index += 1) seed(`c${index}@example.com`, `${index}7x`);
			seed('upper@example.com', 'AB');
			account.state.addContact({ email: 'other@example.com', fieldValues: { Company: '7' } });
			if (valueFilter === 'ignored') {
				account.sandbox.rewrite({ path: '/fieldValues' }, (response, { query }) => ({
					...response,
					body: allValues(Number(query.get('offset'))),
				}));
			} else account.sandbox.configure({ valueFilter });

			const { items } = await account.sync(
				[
					{ key: 7, name: 'Ann' },
					{ key: 'ab', email: 'lower@example.com', name: 'Low' },
				],
				byKey,
			);

			expect(jsonOf(items)).toMatchObject([
				{ action: 'updated', id: ann.id, firstName: 'Ann' },
				{ action: 'created', email: 'lower@example.com' },
			]);
		},
	);

	it('finds a key that moves to a page that was read, since another contact is deleted meanwhile', async () => {
		const contacts = Array.from({ length: 150 }, (_, index) => seed(`c${index}@example.com`, `K${index}`));
		const other = account.state.addContact({ email: 'moved@example.com', firstName: 'Other' });
		account.sandbox.rewrite({ path: '/fieldValues' }, (response, { query }) => {
			const body = allValues(Number(query.get('offset')));
			const [, , , third] = contacts;
			if (third && query.get('offset') === '0') account.state.deleteContact(third);
			return { ...response, body };
		});

		const { items } = await account.sync(
			[{ key: 'K100', email: 'moved@example.com', name: 'New' }],
			byKey,
			CONTINUE,
		);

		// Its address belongs to somebody else, who stays as they are.
		expect(jsonOf(items)).toMatchObject([{ action: 'failed', error: textWith('moved@example.com') }]);
		expect(account.state.contactByEmail('moved@example.com')).toMatchObject({
			id: other.id,
			firstName: 'Other',
		});
	});

	/** A page of all values of all fields. */
	function allValues(offset: number): IDataObject {
		const rows = account.state.contacts().flatMap(({ id, fieldValueRows }) =>
			[...fieldValueRows.values()].map((row) => ({
				id: row.id,
				contact: id,
				field: row.fieldId,
				value: row.value,
			})),
		);
		return { fieldValues: rows.slice(offset, offset + 100), meta: { total: String(rows.length) } };
	}

	it.each([
		['Number', '1.5', [' 1.50 ', 1.5]],
		['Date', '2026-12-31', ['2026-12-31', '2026-12-31T10:00:00']],
		['Choice', 'a', ['Alpha', 'a']],
	])('encodes the key of a %s field as it is stored', async (field, stored, given) => {
		const { id } = account.state.addContact({ email: 'ann@example.com', fieldValues: { [field]: stored } });

		const { items } = await account.sync(
			given.map((key) => ({ key, name: 'Ann' })),
			byField(field, { options: { mergeDuplicates: false } }),
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id },
			{ action: 'updated', id },
		]);
		expect(account.stored('ann@example.com', field)).toBe(stored);
	});

	it.each([
		[{ matchValue: "={{ ' ' }}" }, "'Match Value' is empty"],
		[{ matchValue: '={{ $json.nothing }}' }, "'Match Value' is empty"],
		[{ matchField: locator('list', '={{ $json.nothing }}') }, "'Match Field' is empty"],
		[{ matchField: locator('name', 'CRM Key') }, "The account has no custom field 'CRM Key'"],
		[{ matchField: locator('name', 'Number') }, "'Number': 'A'"],
		// The account stores a moment in its own time zone, so that nobody would be found.
		[
			{ matchField: locator('name', 'Moment'), matchValue: '2026-05-19T02:45:00+02:00' },
			"'Match Field' is 'Moment', and a Date Time field cannot be a key",
		],
		[
			customFields(['name', 'CRM ID', 'other']),
			"'Match Value' and the custom field 'CRM ID' have different values",
		],
	])('fails the items before anything is written with %j', async (parameters, message) => {
		const values = [{ key: 'A', email: 'ann@example.com' }];

		const { items } = await account.sync([...values, ...values], { ...byKey, ...parameters }, CONTINUE);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'failed', error: textWith(message) },
			{ action: 'failed', error: textWith(message) },
		]);
		expect(account.state.contacts()).toEqual([]);
	});

	it('takes the key from the same column as Map Automatically does', async () => {
		const { items } = await account.sync(
			[
				{ 'CRM ID': 'A', Email: 'ann@example.com', key: 'A' },
				{ 'CRM ID': 'B', Email: 'bob@example.com', key: 'B' },
			],
			{ ...byKey, ...mapAutomatically },
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', customFields: { 'CRM ID': 'A' } },
			{ action: 'created', customFields: { 'CRM ID': 'B' } },
		]);
	});

	it('fills only the blanks of a contact that it finds by its key', async () => {
		for (const [index, email] of ['ann@example.com', 'bob@example.com'].entries()) {
			account.state.addContact({
				email,
				firstName: index === 0 ? 'Ann' : '',
				fieldValues: { 'CRM ID': email, ...(index === 0 ? { Company: 'Acme' } : {}) },
			});
		}
		const items = ['ann@example.com', 'bob@example.com'].map((key) => ({ key, name: 'New' }));
		const row = { field: locator('name', 'Company'), value: 'Apex', onlyIfBlank: true };

		await account.sync(items, { ...byKey, customFields: { values: [row] } });
		expect([
			account.stored('ann@example.com', 'Company'),
			account.stored('bob@example.com', 'Company'),
		]).toEqual(['Acme', 'Apex']);
		expect(account.contact('ann@example.com').firstName).toBe('New');

		account.contact('ann@example.com').firstName = 'Ann';
		await account.sync(items, { ...byKey, options: { emptyValues: 'fillOnly' } });
		expect(account.contact('ann@example.com').firstName).toBe('Ann');
	});

	it('works by field ID with a token that may not see the fields', async () => {
		const { id } = account.state.fieldBy('CRM ID');
		seed('ann@old.example', 'A');
		account.sandbox.configure({ deny: ['fields'] });

		const { items } = await account.sync(
			[
				{ key: 'A', email: 'ann@new.example' },
				{ key: 'B', email: 'bob@example.com' },
			],
			{ ...byKey, matchField: locator('id', id) },
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', email: 'ann@new.example' },
			{ action: 'created', email: 'bob@example.com' },
		]);
		expect(account.stored('bob@example.com', 'CRM ID')).toBe('B');
	});

	it('shows the outcome of each item in a dry run, which only reads', async () => {
		seed('ann@example.com', 'A');
		seed('bob@example.com');
		seed('cy@example.com', 'C');

		const { items } = await account.sync(
			[
				{ key: 'A', email: 'ann@new.example', name: '' },
				{ key: 'B', email: 'bob@example.com', name: 'Bob' },
				{ key: 'X', email: 'cy@example.com', name: 'Cy' },
				{ key: 'D', email: 'dan@example.com', name: '' },
				{ key: 'E', name: 'Eve' },
			],
			{ ...byKey, options: { dryRun: true } },
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{
				action: 'wouldUpdate',
				email: 'ann@new.example',
				changes: [{ field: 'Email', from: 'ann@example.com', to: 'ann@new.example' }],
			},
			{
				action: 'wouldUpdate',
				email: 'bob@example.com',
				changes: [
					{ field: 'First Name', from: '', to: 'Bob' },
					{ field: 'CRM ID', from: '', to: 'B' },
				],
			},
			{ error: textWith("has 'C' in 'CRM ID', not 'X'") },
			{
				action: 'wouldCreate',
				email: 'dan@example.com',
				changes: [{ field: 'CRM ID', from: '', to: 'D' }],
			},
			{ error: textWith("No contact has 'E' in 'CRM ID'") },
		]);
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
	});
});

describe('Match By Custom Field with items that mean the same contact', () => {
	const account = useAccount({ fields: [{ title: 'CRM ID' }] });
	const emails = () => account.state.contacts().map(({ email }) => email);
	const seed = (email: string, key: string) =>
		account.state.addContact({ email, fieldValues: { 'CRM ID': key } });

	it('creates one contact for two items with one key, merged or one after the other', async () => {
		const items = [
			{ key: 'A', email: 'ann@one.example', name: 'One' },
			{ key: 'A', email: 'ann@two.example' },
			{ key: 'B', email: 'bob@example.com', name: 'Bob' },
		];
		await account.sync(items, byKey);
		expect(emails().sort()).toEqual(['ann@two.example', 'bob@example.com']);

		account.sandbox.reset();
		// The account lists no new values yet.
		account.sandbox.rewrite({ path: '/fieldValues' }, (response) => ({
			...response,
			body: { fieldValues: [], meta: { total: '0' } },
		}));
		const { items: output } = await account.sync(items, { ...byKey, options: { mergeDuplicates: false } });

		expect(emails().sort()).toEqual(['ann@two.example', 'bob@example.com']);
		expect(account.contact('ann@two.example').firstName).toBe('One');
		expect(jsonOf(output).map(({ action }) => action)).toEqual(['created', 'updated', 'created']);
	});

	it('creates one contact for one key in two executions at once', async () => {
		const run = async (at: string) =>
			await account.sync(
				[
					{ key: 'A', email: `ann@${at}.example`, name: at },
					{ key: 'B', email: `bob@${at}.example`, name: at },
				],
				byKey,
			);

		await Promise.all([run('one'), run('two')]);

		expect(account.state.contacts()).toHaveLength(2);
		expect(account.state.contacts().map(({ fieldValues }) => [...fieldValues.values()])).toEqual([
			['A'],
			['B'],
		]);
	});

	it('gives an address to one of two new keys with that address', async () => {
		const { items } = await account.sync(
			[
				{ key: 'A', email: 'shared@example.com', name: 'Ann' },
				{ key: 'B', email: 'shared@example.com', name: 'Bob' },
			],
			byKey,
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', firstName: 'Ann' },
			{ error: textWith("has 'A' in 'CRM ID', not 'B'") },
		]);
		expect(account.stored('shared@example.com', 'CRM ID')).toBe('A');
	});

	it.each(['resetAfterWrite', 'cutInBody', { status: 502, afterWrite: true }] as const)(
		'creates one contact for one key when the creation is retried after %j',
		async (fault) => {
			account.sandbox.failNext({ method: 'POST', path: '/contact/sync', times: 2 }, fault);

			const { items } = await account.sync(
				[
					{ key: 'A', email: 'ann@example.com', name: 'Ann' },
					{ key: 'B', email: 'bob@example.com', name: 'Bob' },
				],
				byKey,
			);

			expect(jsonOf(items)).toMatchObject([{ action: 'created' }, { action: 'created' }]);
			expect(emails().sort()).toEqual(['ann@example.com', 'bob@example.com']);
		},
	);

	it('creates one contact for one key when a late response makes it read again', async () => {
		account.sandbox.startSpell({
			match: { path: '/contact/sync' },
			fault: { status: 502, afterWrite: true },
			forMs: 25_000,
		});

		const { items } = await account.sync(
			[
				{ key: 'A', email: 'ann@example.com', name: 'Ann' },
				{ key: 'B', email: 'bob@example.com', name: 'Bob' },
			],
			byKey,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', email: 'ann@example.com' },
			{ action: 'created', email: 'bob@example.com' },
		]);
		expect(account.state.contacts()).toHaveLength(2);
	});

	it('searches again when a contact was deleted after it was found', async () => {
		const deleted = [seed('ann@example.com', 'A'), seed('cem@example.com', 'C')];
		seed('bob@example.com', 'B');
		account.sandbox.rewrite({ path: '/fieldValues' }, (response) => {
			for (const contact of deleted.splice(0)) account.state.deleteContact(contact);
			return response;
		});

		const { items } = await account.sync(
			[
				{ key: 'A', email: 'ann@example.com', name: 'Ann' },
				{ key: 'B', name: 'Bob' },
				{ key: 'C', name: 'Cem' },
			],
			byKey,
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'created', email: 'ann@example.com', firstName: 'Ann' },
			{ action: 'updated', firstName: 'Bob' },
			{ error: textWith("No contact has 'C' in 'CRM ID'") },
		]);
		expect(account.state.contacts()).toHaveLength(2);
	});

	it('searches again when a contact was deleted after an earlier item had found it', async () => {
		const ann = seed('ann@example.com', 'A');
		account.sandbox.rewrite({ method: 'PUT', path: /^\/contacts\/\d+$/ }, (response) => {
			if (account.state.contactById(ann.id)) account.state.deleteContact(ann);
			return response;
		});

		const { items } = await account.sync(
			['first', 'second'].map((name) => ({ key: 'A', email: 'ann@example.com', name })),
			{ ...byKey, options: { mergeDuplicates: false } },
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id: ann.id },
			{ action: 'created', firstName: 'second' },
		]);
	});

	it('starts nothing more when the run is stopped during the search for contacts', async () => {
		const stop = new AbortController();
		account.sandbox.rewrite({ path: '/fieldValues' }, (response) => {
			stop.abort();
			return response;
		});

		const { status } = await account.sync(
			[
				{ key: 'A', email: 'ann@example.com' },
				{ key: 'B', email: 'bob@example.com' },
			],
			byKey,
			{ signal: stop.signal },
		);

		expect(status).toBe('canceled');
		expect(account.state.contacts()).toEqual([]);
	});
});

describe('Match By Custom Field, through an outage of some seconds', () => {
	/** A 403 from requests that have not worked before is taken for a missing permission. */
	const FAULTS = sampled(TEMPORARY_FAULTS.filter((fault) => fault !== 'forbidden'));

	const byKey = {
		matchBy: 'customField',
		matchField: locator('name', 'CRM ID'),
		matchValue: '={{ $json.key }}',
		tagsToAdd: 'VIP',
	};

	const account = useAccount({ fields: [{ title: 'CRM ID' }] });

	it.each(FAULTS.map((fault) => [faultName(fault), fault] as const))(
		'updates and creates each contact once: %s',
		async (_name, fault) => {
			for (const key of ['A', 'B']) {
				account.state.addContact({ email: `${key}@old.example`, fieldValues: { 'CRM ID': key } });
			}
			const before = account.state.contacts().map(({ id }) => id);
			account.sandbox.startSpell({ fault, afterMs: 450, forMs: 6_000 });

			const { items } = await account.sync(
				['A', 'B', 'C', 'D'].map((key) => ({ key, email: `${key}@new.example` })),
				{ ...byKey, options: { requestsPerSecond: 5 } },
			);

			expect(jsonOf(items)).toMatchObject([
				{ action: 'updated', id: before[0], email: 'A@new.example' },
				{ action: 'updated', id: before[1], email: 'B@new.example' },
				{ action: 'created', email: 'C@new.example', tags: { VIP: expect.any(String) as unknown } },
				{ action: 'created', email: 'D@new.example', tags: { VIP: expect.any(String) as unknown } },
			]);
			const stored = account.state.contacts().map(({ email, tags }): [string, number] => [email, tags.size]);
			expect(stored.sort()).toEqual([
				['A@new.example', 1],
				['B@new.example', 1],
				['C@new.example', 1],
				['D@new.example', 1],
			]);
		},
	);
});

describe('Match By Custom Field with each Sync Mode', () => {
	/** Has the key; has the address and no key; has the address and another key; nobody; nobody, without an address. */
	const items = [
		{ key: 'A', email: 'ann@new.example', name: 'Ann' },
		{ key: 'B', email: 'bob@example.com', name: 'Bob' },
		{ key: 'X', email: 'cy@example.com', name: 'Cy' },
		{ key: 'D', email: 'dan@example.com', name: 'Dan' },
		{ key: 'E', name: 'Eve' },
	];

	const account = useAccount({ fields: [{ title: 'CRM ID' }], lists: ['News'] });
	const seed = () => {
		account.state.addContact({ email: 'ann@example.com', fieldValues: { 'CRM ID': 'A' } });
		account.state.addContact({ email: 'bob@example.com' });
		account.state.addContact({ email: 'cy@example.com', fieldValues: { 'CRM ID': 'C' } });
	};
	const sync = async (options: INodeParameters) =>
		jsonOf(
			(await account.sync(items, { ...byKey, ...lists(['name', 'News', 'subscribe']), options }, CONTINUE))
				.items,
		);
	const otherKey = { action: 'failed', error: textWith("(ID 1003) has 'C' in 'CRM ID', not 'X'") };

	beforeEach(seed);

	it('and Update Only gives the key to the contact that has the address and none, and overwrites no other key', async () => {
		expect(await sync({ syncMode: 'updateOnly' })).toMatchObject([
			{ action: 'updated', id: '1001', email: 'ann@new.example' },
			{ action: 'updated', id: '1002', customFields: { 'CRM ID': 'B' }, lists: outcomesBeing('subscribed') },
			otherKey,
			{ action: 'skipped', reason: "No contact has 'D' in 'CRM ID'" },
			{ action: 'skipped', reason: "No contact has 'E' in 'CRM ID'" },
		]);
		expect(account.stored('bob@example.com', 'CRM ID')).toBe('B');
		expect(account.stored('cy@example.com', 'CRM ID')).toBe('C');
		expect(account.contact('cy@example.com').firstName).toBe('');
		expect(account.state.contacts()).toHaveLength(3);
	});

	it('and Update Only shows that in a dry run', async () => {
		expect(await sync({ syncMode: 'updateOnly', dryRun: true })).toMatchObject([
			{ action: 'wouldUpdate' },
			{ action: 'wouldUpdate', changes: [{ field: 'First Name' }, { field: 'CRM ID', from: '', to: 'B' }] },
			otherKey,
			{ action: 'wouldSkip', reason: "No contact has 'D' in 'CRM ID'" },
			{ action: 'wouldSkip', reason: "No contact has 'E' in 'CRM ID'" },
		]);
	});

	it('and Create Only leaves out who has the key or the address, whatever the other one', async () => {
		expect(await sync({ syncMode: 'createOnly' })).toMatchObject([
			{ action: 'skipped', id: '1001', reason: textWith("'A' in 'CRM ID'") },
			{ action: 'skipped', id: '1002', reason: textWith("the email 'bob@example.com'") },
			{ action: 'skipped', id: '1003', reason: textWith("the email 'cy@example.com'") },
			{ action: 'created', email: 'dan@example.com' },
			{ error: textWith("No contact has 'E' in 'CRM ID', and an email is needed to create one") },
		]);
		expect(account.stored('bob@example.com', 'CRM ID')).toBeUndefined();
	});

	it('fills only blanks of the contact that gets the key under Update Only', async () => {
		account.contact('bob@example.com').firstName = 'Robert';

		const results = await sync({ syncMode: 'updateOnly', emptyValues: 'fillOnly' });

		expect(results[1]).toMatchObject({ action: 'updated', id: '1002' });
		expect(account.contact('bob@example.com').firstName).toBe('Robert');
		expect(account.stored('bob@example.com', 'CRM ID')).toBe('B');
	});
});

describe('a new key that another n8n worker uses at the same moment', () => {
	const account = useAccount({
		fields: [{ title: 'CRM ID' }],
		lists: ['News'],
		automations: ['Welcome'],
		latencyMs: { min: 50, max: 150 },
	});
	const parameters = {
		matchBy: 'customField',
		matchField: locator('name', 'CRM ID'),
		matchValue: '={{ $json.key }}',
		...lists(['name', 'News', 'subscribe']),
		...automations(['name', 'Welcome']),
	};
	const keyOwners = (key: string) =>
		account.state.contacts().filter(({ fieldValues }) => [...fieldValues.values()].includes(key));
	const items = [
		{ key: 'A', email: 'ann@one.example' },
		{ key: 'B', email: 'bob@one.example' },
		{ key: 'C', email: 'cy@one.example' },
	];

	it('fails the item of the higher ID, before its lists and automations, and names both', async () => {
		const other = await otherWorker();
		const nodeParameters = { email: '={{ $json.email }}', ...parameters, options: UNPACED };
		const { credentials } = account;
		let pairs = 0;

		for (const { key, email } of items) {
			const [one, two] = await Promise.all([
				account.sync([{ key, email }], parameters, CONTINUE),
				other.runWorkflow({
					credentials,
					items: [{ key, email: email.replace('one', 'two') }],
					nodeParameters,
					...CONTINUE,
				}),
			]);

			const owners = keyOwners(key).sort((first, second) => Number(first.id) - Number(second.id));
			const results = jsonOf([...one.items, ...two.items]);
			const failed = results.filter(({ action }) => action === 'failed');
			expect(failed).toHaveLength(owners.length - 1);
			const [first, second] = owners;
			expect(first?.automations).toHaveLength(1);
			expect(first?.lists.size).toBe(1);
			if (!second) continue;
			pairs += 1;
			expect([second.automations, second.lists.size]).toEqual([[], 0]);
			expect(failed).toMatchObject([
				{
					email: second.email,
					error: textLike(
						new RegExp(
							`^2 contacts have '${key}' in 'CRM ID': .* ID ${second.id}, and the ID ${first?.id} at`,
						),
					),
				},
			]);
		}
		expect(pairs).toBeGreaterThan(0);
	});

	it('leaves the item of the lower ID, and the neighbors, as they are', async () => {
		account.sandbox.rewrite({ method: 'POST', path: '/contact/sync' }, (response, { text }) => {
			if (text.includes('"A"'))
				account.state.addContact({ email: 'ann@two.example', fieldValues: { 'CRM ID': 'A' } });
			return response;
		});

		const { items: output } = await account.sync(items, parameters);

		for (const json of jsonOf(output)) {
			expect(json).toMatchObject({ action: 'created', automations: outcomesBeing('enrolled') });
		}
	});

	it('fails the next item of that key, too, and no other one', async () => {
		account.sandbox.rewrite({ method: 'GET', path: '/fieldValues' }, (response, { query }) => {
			if (query.get('filters[val]') === 'A')
				account.state.addContact({ email: 'ann@two.example', fieldValues: { 'CRM ID': 'A' } });
			return response;
		});
		const [ann = { key: '', email: '' }, ...others] = items;

		const { items: output } = await account.sync(
			[ann, ...others, { ...ann, name: 'Again' }],
			{ ...parameters, options: { mergeDuplicates: false } },
			CONTINUE,
		);

		expect(jsonOf(output)).toMatchObject([
			{ action: 'failed', error: textLike(/^2 contacts have 'A'/) },
			{ action: 'created' },
			{ action: 'created' },
			{ action: 'failed', error: textLike(/^2 contacts have 'A'/) },
		]);
		expect(account.contact('ann@one.example').automations).toEqual([]);
	});

	it('does not matter where it cannot be looked for', async () => {
		let reads = 0;
		account.sandbox.rewrite({ method: 'GET', path: '/fieldValues' }, (response) =>
			(reads += 1) > items.length ? { status: 422, body: { message: 'No' } } : response,
		);

		const { items: output } = await account.sync(items, parameters);

		expect(jsonOf(output).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
	});

	it('costs an update of a contact that has the key nothing', async () => {
		for (const { key, email } of items) account.state.addContact({ email, fieldValues: { 'CRM ID': key } });

		await account.sync(items, parameters);

		expect(account.sandbox.journal.count('GET', '/fieldValues')).toBe(items.length);
	});
});
