import type { FoundContact } from '../../../../nodes/ActiveCampaignSync/account/contactParts';
import type { ExistingContact } from '../../../../nodes/ActiveCampaignSync/input/contactPlan';
import {
	dryRunOutput,
	PlannedContacts,
	plannedChanges,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContact/dryRun';
import type { FieldDefinition } from '../../../../nodes/ActiveCampaignSync/fields/field';
import { FieldCatalog } from '../../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { email, id, key, number, plan as planOf, text } from '../../input/targets';

function field(id: string, title: string, type: string): FieldDefinition {
	const options = [
		{ value: 'a', label: 'First' },
		{ value: 'b', label: 'Second' },
	];
	return { id, title, type, personalizationTag: '', options: type === 'text' ? [] : options };
}

const catalog = new FieldCatalog([
	field('1', 'Twin', 'text'),
	field('2', 'Twin', 'text'),
	field('3', 'Choice', 'dropdown'),
	field('4', 'Choices', 'checkbox'),
	field('5', 'Number', 'number'),
	field('6', 'Moment', 'datetime'),
]);

const plan = (fields: Record<string, string>) => planOf({ phone: '', firstName: 'Ann', ...fields });

function existing(values: Record<string, string>, firstName = 'Ann'): ExistingContact {
	return {
		email: 'ann@example.com',
		fields: new Map(Object.entries({ firstName, ...values })),
	};
}

describe('dryRunOutput', () => {
	it('says whether a contact would be created, updated, or neither', () => {
		expect(dryRunOutput(plan({}), catalog, undefined)).toEqual({
			action: 'wouldCreate',
			email: 'ann@example.com',
			changes: [{ field: 'First Name', from: '', to: 'Ann' }],
		});
		expect(dryRunOutput(plan({}), catalog, existing({}, 'Anna'))).toMatchObject({
			action: 'wouldUpdate',
			changes: [{ field: 'First Name', from: 'Anna', to: 'Ann' }],
		});
		expect(dryRunOutput(plan({}), catalog, existing({}))).toMatchObject({ action: 'unchanged', changes: [] });
	});

	it('has the ID of a contact that exists', () => {
		expect(dryRunOutput(plan({}), catalog, existing({}), { id: '5' })).toHaveProperty('id', '5');
		expect(dryRunOutput(plan({}), catalog, undefined, { id: '' })).not.toHaveProperty('id');
	});

	it('includes the request if there is one', () => {
		expect(dryRunOutput(plan({}), catalog, undefined, { request: { path: '/x' } })).toMatchObject({
			request: { path: '/x' },
		});
	});
});

describe('the email of a dry run', () => {
	it('changes from the one that the contact has, unless it is blank or the same', () => {
		const emailed = (email: string) => dryRunOutput({ ...plan({}), email }, catalog, existing({}));

		expect(emailed('new@example.com')).toMatchObject({
			action: 'wouldUpdate',
			email: 'new@example.com',
			changes: [{ field: 'Email', from: 'ann@example.com', to: 'new@example.com' }],
		});
		expect(emailed('ann@example.com')).toMatchObject({ action: 'unchanged', changes: [] });
		expect(emailed('')).toMatchObject({ action: 'unchanged', email: 'ann@example.com', changes: [] });
	});

	it('is blank for a new contact without one', () => {
		expect(dryRunOutput({ ...plan({}), email: '' }, catalog, undefined)).toMatchObject({ email: '' });
	});
});

describe('plannedChanges', () => {
	it('leave fields out that are not planned, and name a field that a new contact gets', () => {
		expect(plannedChanges(plan({}), catalog, existing({ lastName: 'Lee' }))).toEqual([]);
		expect(plannedChanges(plan({ '1': 'x' }), catalog, undefined)).toContainEqual({
			field: 'Twin (1)',
			from: '',
			to: 'x',
		});
	});

	it('has the standard fields first, in their order', () => {
		const fields = new Map([
			['1', 'x'],
			['phone', ''],
			['firstName', 'Ann'],
		]);

		expect(plannedChanges({ ...plan({}), fields }, catalog, existing({ phone: '1' }, 'Anna'))).toEqual([
			{ field: 'First Name', from: 'Anna', to: 'Ann' },
			{ field: 'Phone', from: '1', to: '' },
			{ field: 'Twin (1)', from: '', to: 'x' },
		]);
	});

	it('names fields by title, with the ID where titles are shared, choices by label and numbers as such', () => {
		const changes = plannedChanges(
			plan({ '1': 'x', '2': '', '3': 'a', '4': '||a||b||', '5': '1.5', '99': 'y' }),
			catalog,
			existing({ '2': 'old', '4': '||b||' }),
		);

		expect(changes).toEqual([
			{ field: 'Twin (1)', from: '', to: 'x' },
			{ field: 'Twin (2)', from: 'old', to: '' },
			{ field: 'Choice', from: '', to: 'First' },
			{ field: 'Choices', from: ['Second'], to: ['First', 'Second'] },
			{ field: 'Number', from: '', to: 1.5 },
			{ field: 'Custom field 99', from: '', to: 'y' },
		]);
	});

	it.each([
		['choices in another order', '4', '||b||a||', '||a||b||'],
		['a number with another precision', '5', '5.00', '5'],
		['a moment in another time zone', '6', '2026-07-01T10:00:00-05:00', '2026-07-01T15:00:00+00:00'],
		['an equal text', '1', 'x', 'x'],
	])('are empty for %s', (_what, id, stored, planned) => {
		expect(plannedChanges(plan({ [id]: planned }), catalog, existing({ [id]: stored }))).toEqual([]);
	});

	it('are empty where there is nothing to clear', () => {
		expect(plannedChanges(plan({ '1': '', '4': '' }), catalog, existing({ '4': '||' }))).toEqual([]);
	});
});

describe('what items of a dry run would have done', () => {
	const contact = (ofId: string): FoundContact => ({ id: ofId, row: {}, parts: new Map(), response: {} });
	const five = contact('5');
	const has = existing({ '1': 'old' });
	const moved = planOf({ '1': 'new' }, { email: 'New@example.com' });
	const otherKey = { by: 'key', field: text, value: 'B' } as const;
	const ofOtherField = { by: 'key', field: number, value: '1' } as const;

	it('is nothing at first', () => {
		const contacts = new PlannedContacts();
		const found = { id: '5', contact: five };
		expect(contacts.find({ target: email, plan: plan({}) }, found)).toBe(found);
		expect(contacts.find({ target: key, plan: plan({}) }, {})).toEqual({});
		expect(contacts.existing(email, '5', has)).toBe(has);
		expect(contacts.otherOwner('ann@example.com', id, '5')).toBeUndefined();
		expect([contacts.hasLeft('5', 'ann@example.com'), contacts.hasLeft(undefined, '')]).toEqual([
			false,
			false,
		]);
	});

	it('includes a new contact, which has no ID and keeps the address from others', () => {
		const contacts = new PlannedContacts();
		contacts.record(email, undefined, planOf({ '1': 'a', '2': 'b' }), undefined);
		contacts.record(email, undefined, planOf({ '1': 'c' }), contacts.existing(email, undefined, undefined));
		expect(contacts.find({ target: email, plan: plan({}) }, {})).toEqual({ id: '' });
		expect(contacts.existing(email, undefined, undefined)).toEqual({
			email: 'ann@example.com',
			fields: new Map([
				['1', 'c'],
				['2', 'b'],
			]),
		});
		expect(contacts.otherOwner('ANN@example.com', id, '5')).toBe('');
		expect(contacts.otherOwner('ann@example.com', email, '')).toBeUndefined();
		expect(contacts.otherOwner('bob@example.com', id, '5')).toBeUndefined();
	});

	it('includes the key of a contact whose address another key asks for', () => {
		const contacts = new PlannedContacts();
		contacts.record(key, five, planOf(), has);
		const found = (target: typeof otherKey | typeof ofOtherField, address = 'ann@example.com') =>
			contacts.find({ target, plan: planOf({}, { email: address }) }, {});
		expect(found(otherKey)).toEqual({ emailOwner: { id: '5', key: 'A' }, contact: five });
		expect(found(ofOtherField)).toEqual({ emailOwner: { id: '5', key: '' }, contact: five });
		expect([found(otherKey, ''), found(otherKey, 'bob@example.com')]).toEqual([{}, {}]);
		expect(contacts.find({ target: otherKey, plan: planOf() }, { id: '6' })).toEqual({ id: '6' });
		expect(contacts.find({ target: { by: 'id', id: '6' }, plan: planOf() }, {})).toEqual({});
	});

	it('includes the contact as the account has it, unless it was read once more', () => {
		const contacts = new PlannedContacts();
		contacts.record(key, five, planOf(), has);
		const again = contact('5');
		const find = (found: object) => contacts.find({ target: key, plan: planOf() }, found).contact;
		expect(find({ id: '5', contact: again })).toBe(again);
		expect([find({ contact: contact('6') }), find({})]).toEqual([five, five]);
	});

	it('keeps new contacts apart, which have no ID yet, and those without an address', () => {
		const contacts = new PlannedContacts();
		contacts.record(key, undefined, planOf(), undefined);
		expect(contacts.existing(otherKey, undefined, undefined)).toBeUndefined();
		expect(contacts.otherOwner('ann@example.com', otherKey, '')).toBe('');
		expect([
			contacts.hasLeft('6', 'ann@example.com'),
			contacts.hasLeft(undefined, 'ann@example.com'),
		]).toEqual([...[false, false]]);
		contacts.record(otherKey, undefined, planOf({}, { email: '' }), undefined);
		expect(contacts.find({ target: ofOtherField, plan: planOf({}, { email: '' }) }, {})).toEqual({});
		contacts.record(email, undefined, planOf(), undefined);
		expect(contacts.find({ target: otherKey, plan: planOf() }, {})).toEqual({ id: '' });
		expect(contacts.find({ target: ofOtherField, plan: planOf() }, {})).toEqual({
			emailOwner: { id: '', key: '' },
		});
	});

	it('includes that an address is free', () => {
		const contacts = new PlannedContacts();
		contacts.record(id, five, moved, has);
		expect(contacts.existing(email, '5', has)).toMatchObject({ email: 'New@example.com' });
		expect(contacts.existing(id, '5', has)?.fields.get('1')).toBe('new');
		expect(contacts.hasLeft('5', 'ann@example.com')).toBe(true);
		expect([contacts.hasLeft('5', 'new@example.com'), contacts.hasLeft('6', 'ann@example.com')]).toEqual([
			...[false, false],
		]);
		const ofFive = { emailOwner: { id: '5', key: '' }, contact: five };
		expect(contacts.find({ target: key, plan: planOf() }, ofFive)).toEqual({});
		const ofSix = { emailOwner: { id: '6', key: '' } };
		expect(contacts.find({ target: key, plan: planOf() }, ofSix)).toBe(ofSix);
		expect(contacts.otherOwner('new@example.com', email, '')).toBe('5');
		expect(contacts.otherOwner('new@example.com', key, '5')).toBeUndefined();
	});

	it('includes that a contact moves on, and then stays where it is', () => {
		const contacts = new PlannedContacts();
		contacts.record(id, five, moved, has);
		const last = planOf({}, { email: 'last@example.com' });
		contacts.record(id, five, last, contacts.existing(id, '5', has));
		expect(contacts.otherOwner('new@example.com', email, '')).toBeUndefined();
		expect(contacts.otherOwner('last@example.com', email, '')).toBe('5');
		contacts.record(id, five, planOf({}, { email: '' }), contacts.existing(id, '5', has));
		expect(contacts.existing(id, '5', has)).toEqual({
			email: 'last@example.com',
			fields: new Map([...has.fields, ['1', 'new']]),
		});
		contacts.record(id, five, planOf({}, { email: 'LAST@example.com' }), contacts.existing(id, '5', has));
		expect(contacts.existing(id, '5', has)?.email).toBe('last@example.com');
	});

	it('leaves an address to the one who took it over', () => {
		const contacts = new PlannedContacts();
		contacts.record(id, five, moved, has);
		contacts.record(email, undefined, planOf(), undefined);
		contacts.record(id, five, planOf({}, { email: 'last@example.com' }), existing({}));
		expect(contacts.otherOwner('ann@example.com', id, '5')).toBe('');
	});
});
