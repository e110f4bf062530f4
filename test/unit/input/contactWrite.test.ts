import type { ContactPlan } from '../../../nodes/ActiveCampaignSync/input/contactPlan';
import type { ContactTarget, SyncMode } from '../../../nodes/ActiveCampaignSync/input/contactTarget';
import {
	decideWrite,
	planToWrite,
	skippedOutput,
} from '../../../nodes/ActiveCampaignSync/input/contactWrite';
import { inputErrorOf } from './inputErrorOf';
import { catalog, email, id, key, plan } from './targets';

describe('decideWrite', () => {
	const sync = { write: 'sync' };
	const update = { write: 'update', id: '5' };
	const nothing: unknown = expect.objectContaining({ write: 'nothing' });
	const found = { id: '5' };
	const free = { emailOwner: { id: '6', key: '' } };

	it.each<[string, ContactTarget, string, object, Record<SyncMode, unknown>]>([
		[
			'email, there',
			email,
			'a@b.co',
			found,
			{ createOrUpdate: sync, updateOnly: update, createOnly: nothing },
		],
		[
			'email, not there',
			email,
			'a@b.co',
			{},
			{ createOrUpdate: sync, updateOnly: nothing, createOnly: sync },
		],
		['key, there', key, '', found, { createOrUpdate: update, updateOnly: update, createOnly: nothing }],
		['key, nobody', key, 'a@b.co', {}, { createOrUpdate: sync, updateOnly: nothing, createOnly: sync }],
		[
			'key, address without a key',
			key,
			'a@b.co',
			free,
			{
				createOrUpdate: { write: 'update', id: '6' },
				updateOnly: { write: 'update', id: '6' },
				createOnly: nothing,
			},
		],
	])('%s', (_what, target, address, account, expected) => {
		for (const mode of ['createOrUpdate', 'updateOnly', 'createOnly'] as const) {
			expect(decideWrite(target, address, mode, account)).toEqual(expected[mode]);
		}
	});

	it('updates by ID, whatever the Sync Mode', () => {
		expect(decideWrite(id, '', 'createOrUpdate', found)).toEqual(update);
		expect(decideWrite(id, 'a@b.co', 'updateOnly', found)).toEqual(update);
	});

	it('overwrites no other key, and creates no contact without an address', () => {
		const other = { emailOwner: { id: '6', key: 'B' } };
		const taken = inputErrorOf(() => decideWrite(key, 'a@b.co', 'createOrUpdate', other));
		expect(taken.message).toBe("The contact with the email 'a@b.co' (ID 6) has 'B' in 'CRM ID', not 'A'");
		expect(taken.description).toContain('Nothing was changed');
		expect(taken.details).toEqual({ emailOwnerId: '6' });
		const lacking = inputErrorOf(() => decideWrite(key, '', 'createOrUpdate', {}));
		expect(lacking.message).toContain('an email is needed to create one');
		expect(lacking.description).toContain("Map the email address into 'Email'");
		expect(decideWrite(key, 'a@b.co', 'createOnly', other)).toMatchObject({
			reason: "A contact with the email 'a@b.co' already exists (ID 6)",
		});
		expect(decideWrite(id, '', 'createOrUpdate', {})).toEqual({ write: 'sync' });
	});

	it('says why a contact is left alone', () => {
		const there = decideWrite(email, 'a@b.co', 'createOnly', found);
		const missing = decideWrite(key, '', 'updateOnly', {});
		const outputs = [there, missing].map((one, index) =>
			one.write === 'nothing'
				? skippedOutput('skipped', plan({}, index === 1 ? { email: '' } : {}), one)
				: undefined,
		);

		expect(outputs).toEqual([
			{
				action: 'skipped',
				id: '5',
				email: 'ann@example.com',
				reason: "A contact with the email 'Ann@example.com' already exists (ID 5)",
			},
			{ action: 'skipped', reason: "No contact has 'A' in 'CRM ID'" },
		]);
	});
});

describe('planToWrite', () => {
	const existing = { email: 'old@example.com', fields: new Map([['7', 'A']]) };
	const byId = { write: 'update', id: '5' } as const;
	const fill = { fillOnly: true };

	it.each<[string, ContactTarget, Partial<ContactPlan>, string]>([
		['keeps the address of a contact found by it', email, {}, ''],
		['changes the address of a contact found by its ID', id, {}, 'ann@example.com'],
		['changes the address of a contact found by its key', key, {}, 'ann@example.com'],
		['keeps an address where only blanks are filled', id, fill, ''],
	])('%s', (_what, target, more, expected) => {
		expect(planToWrite({ plan: plan({}, more), catalog, target }, byId, existing).email).toBe(expected);
	});

	it('gives an address to a contact without one where only blanks are filled', () => {
		const without = { ...existing, email: '' };
		expect(planToWrite({ plan: plan({}, fill), catalog, target: id }, byId, without).email).toBe(
			'ann@example.com',
		);
	});

	it('writes all of a plan that fills no blanks, and of one for nobody', () => {
		const all = plan({ '7': 'A' });
		expect(planToWrite({ plan: all, catalog, target: key }, byId, existing)).toBe(all);
		const forNobody = plan({ '7': 'A' }, fill);
		expect(planToWrite({ plan: forNobody, catalog, target: email }, { write: 'sync' }, undefined)).toBe(
			forNobody,
		);
		expect(planToWrite({ plan: all, catalog, target: email }, { write: 'sync' }, existing).email).toBe(
			'ann@example.com',
		);
	});

	it('leaves out what the contact has already where only blanks are filled', () => {
		const written = planToWrite(
			{ plan: plan({ '7': 'A', '8': '1' }, fill), catalog, target: key },
			byId,
			existing,
		);
		expect([...written.fields]).toEqual([['8', '1']]);
	});
});
