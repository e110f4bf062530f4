import type { INodeParameters } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { lists, locator } from './harness/parameters';
import { jsonOf, textWith, outcomesBeing } from './harness/results';

const CONTINUE = { onError: 'continueRegularOutput' } as const;
const byKey = {
	matchBy: 'customField',
	matchField: locator('name', 'CRM ID'),
	matchValue: '={{ $json.key }}',
	firstName: '={{ $json.name }}',
};
/** Has the key; has the address and no key; has the address and another key; nobody; nobody, without an address. */
const items = [
	{ key: 'A', email: 'ann@new.example', name: 'Ann' },
	{ key: 'B', email: 'bob@example.com', name: 'Bob' },
	{ key: 'X', email: 'cy@example.com', name: 'Cy' },
	{ key: 'D', email: 'dan@example.com', name: 'Dan' },
	{ key: 'E', name: 'Eve' },
];

describe('Match By Custom Field', () => {
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
