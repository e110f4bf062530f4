import type { ExistingContact } from '../../../../nodes/ActiveCampaignSync/input/contactPlan';
import {
	dryRunOutput,
	plannedChanges,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContact/dryRun';
import type { FieldDefinition } from '../../../../nodes/ActiveCampaignSync/fields/field';
import { FieldCatalog } from '../../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { plan as planOf } from '../../input/targets';

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
