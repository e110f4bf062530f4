import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import {
	mergePlans,
	planContact,
	type ContactPlan,
} from '../../../nodes/ActiveCampaignSync/input/contactPlan';
import { onlyBlanks } from '../../../nodes/ActiveCampaignSync/input/contactWrite';

import { customField } from '../fields/customFields';

const catalog = new FieldCatalog([
	customField('text', [], { id: '1', title: 'First Source' }),
	customField('text', [], { id: '2', title: 'Latest Source' }),
]);

/** The plan for rows of field, value and whether it is only for a blank field. */
function plan(rows: Array<[string, string, boolean?]>, emptyValues: 'keep' | 'clear' = 'keep'): ContactPlan {
	const customFields = rows.map(([reference, value, onlyIfBlank]) => ({ reference, value, onlyIfBlank }));
	const input = { email: 'ann@example.com', standardFields: [], customFields, mapped: [], unmapped: [] };
	return planContact(input, catalog, {
		emptyValues,
		unusableValues: 'saveRest',
		dateOrder: 'fail',
		timeZone: 'Europe/Berlin',
	});
}

/** What is written of a plan where the contact has these values. */
function written(one: ContactPlan, stored: Array<[string, string]>): Record<string, string> {
	return Object.fromEntries(onlyBlanks(one, catalog, { email: '', fields: new Map(stored) }).fields);
}

describe('a field that is only set if blank', () => {
	const both = plan([
		['1', 'ads', true],
		['2', 'ads'],
	]);

	it('keeps the value that the contact has, while others are overwritten', () => {
		expect(written(both, [['1', 'mail']])).toEqual({ 2: 'ads' });
		expect(written(both, [['2', 'mail']])).toEqual({ 1: 'ads', 2: 'ads' });
	});

	it('is not cleared by an empty value', () => {
		expect([...plan([['1', '', true]], 'clear').fields]).toEqual([]);
		expect([...plan([['1', '']], 'clear').fields]).toEqual([['1', '']]);
	});

	it.each([[[true, false]], [[false, true]]])(
		'is set in any case where one of two rows says so: %j',
		([one, other]) => {
			const twice = plan([
				['1', 'ads', one],
				['1', 'ads', other],
			]);

			expect(written(twice, [['1', 'mail']])).toEqual({ 1: 'ads' });
		},
	);

	it('keeps the first of several items of a contact, and gives way to an item that sets or clears it', () => {
		const blank = (value: string) => plan([['1', value, true]]);
		const merged = mergePlans([blank('first'), blank('second')]);

		expect(written(merged, [])).toEqual({ 1: 'first' });
		expect(written(merged, [['1', 'mail']])).toEqual({});
		expect(written(mergePlans([blank('first'), plan([['1', 'set']])]), [['1', 'mail']])).toEqual({
			1: 'set',
		});
		expect(written(mergePlans([plan([['1', 'set']]), blank('second')]), [['1', 'mail']])).toEqual({
			1: 'set',
		});
		const cleared = mergePlans([blank('first'), plan([['1', '']], 'clear')]);
		expect(written(cleared, [['1', 'mail']])).toEqual({ 1: '' });
		const filled = mergePlans([plan([['1', '']], 'clear'), blank('second')]);
		expect(written(filled, [['1', 'mail']])).toEqual({ 1: 'second' });
	});
});
