import type { ContactPlan } from '../../../nodes/ActiveCampaignSync/input/contactPlan';
import {
	decideWrite,
	keyTarget,
	planToWrite,
	skippedOutput,
	targetKey,
	withKey,
	type ContactTarget,
} from '../../../nodes/ActiveCampaignSync/input/contactTarget';
import { contactNotFound } from '../../../nodes/ActiveCampaignSync/input/contactReference';
import type { SyncMode } from '../../../nodes/ActiveCampaignSync/input/syncOptions';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { customField } from '../fields/customFields';
import { inputErrorOf } from './inputErrorOf';

const text = customField('text', [], { id: '7', title: 'CRM ID' });
const number = customField('number', [], { id: '8', title: 'Number' });
const catalog = new FieldCatalog([text, number]);

const email: ContactTarget = { by: 'email', email: 'Ann@example.com' };
const id: ContactTarget = { by: 'id', id: '5' };
const key: ContactTarget = { by: 'key', field: text, value: 'A' };

function plan(values: Record<string, string> = {}, more: Partial<ContactPlan> = {}): ContactPlan {
	return {
		email: 'ann@example.com',
		standardFields: { set: new Map(), clear: new Set() },
		customFields: { set: new Map(Object.entries(values)), clear: new Set() },
		fillOnly: false,
		warnings: [],
		unusable: [],
		mapped: [],
		unmapped: [],
		...more,
	};
}

describe('targetKey', () => {
	it('is the same for items about one contact only', () => {
		expect(targetKey(email)).toBe(targetKey({ by: 'email', email: ' ann@EXAMPLE.com' }));
		const others: ContactTarget[] = [
			email,
			id,
			key,
			{ by: 'id', id: '55' },
			{ by: 'email', email: '5@example.com' },
			{ by: 'key', field: text, value: 'a' },
			{ by: 'key', field: number, value: 'A' },
		];
		expect(new Set(others.map(targetKey)).size).toBe(others.length);
	});
});

const RULES = { timeZone: 'UTC', dateOrder: 'fail' } as const;

describe('keyTarget', () => {
	it('encodes the value as it is sent, without outer blanks', () => {
		expect(keyTarget(text, ' A ', RULES)).toEqual(key);
		expect(keyTarget(number, '1,500.50', RULES)).toMatchObject({ value: '1500.5' });
	});

	it.each(['', ' ', null, undefined, [], ['']])('rejects a blank value: %j', (value) => {
		const { message, description } = inputErrorOf(() => keyTarget(text, value, RULES));
		expect(message).toBe("'Match Value' is empty");
		expect(description).toContain("Map the value of 'CRM ID' into it");
	});

	it('rejects a Date Time field, by which no contact is found again', () => {
		const moment = { ...text, type: 'datetime' };
		const { message, description } = inputErrorOf(() => keyTarget(moment, '2026-01-02', RULES));
		expect(message).toBe("'Match Field' is 'CRM ID', and a Date Time field cannot be a key");
		expect(description).toBe('Keep your key in another field, best a text field');
	});
});

describe('withKey', () => {
	it('adds the key once, before the other fields, and keeps what else is planned', () => {
		const given = plan({ '8': '1', '7': ' A ' });
		const only = { ...given, customFields: { ...given.customFields, onlyIfBlank: new Set(['8']) } };

		expect([...withKey(only, key).customFields.set]).toEqual([
			['7', 'A'],
			['8', '1'],
		]);
		expect(withKey(only, key).customFields.onlyIfBlank).toEqual(new Set(['8']));
		expect(withKey(given, id)).toBe(given);
	});

	it.each([
		['another value', plan({ '7': 'B' })],
		['no value', { ...plan(), customFields: { set: new Map<string, string>(), clear: new Set(['7']) } }],
	])('refuses a plan that gives the field %s', (_what, given) => {
		const { message, description } = inputErrorOf(() => withKey(given, key));
		expect(message).toContain('have different values');
		expect(description).toContain('it gets the match value');
	});
});

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

describe('contactNotFound', () => {
	it.each([
		[{ by: 'email', email: 'a@b.co' }, "No contact has the email 'a@b.co'", 'Check the address, or wait'],
		[{ by: 'id', id: '5' }, 'No contact has the ID 5', 'Check the ID, or wait'],
	] as const)('says who is missing and what to check: %j', (reference, message, description) => {
		expect(contactNotFound(reference, 'wait')).toMatchObject({ kind: 'notFound', message, description });
	});
});

describe('planToWrite', () => {
	const existing = {
		email: 'old@example.com',
		standardFields: new Map(),
		customFields: new Map([['7', 'A']]),
	};
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
		expect([...written.customFields.set]).toEqual([['8', '1']]);
	});
});
