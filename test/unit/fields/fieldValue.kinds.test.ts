import { fieldLabel, kindOf, nameInLabel } from '../../../nodes/ActiveCampaignSync/fields/fieldValue';
import { untypedField } from '../../../nodes/ActiveCampaignSync/fields/field';
import { customField } from './customFields';

describe('the kind of a field', () => {
	const kinds = (types: string[]) => new Set(types.map((type) => kindOf(customField(type))));

	it('is the same for all types that take values alike, new and missing ones being text', () => {
		const groups = [
			['text', 'textarea', 'hidden', '', 'something new', '__proto__'],
			['date'],
			['datetime'],
			['number', 'currency'],
			['dropdown', 'radio'],
			['checkbox', 'listbox', 'multiselect'],
		];
		expect(groups.map((types) => kinds(types).size)).toEqual(groups.map(() => 1));
		expect(kinds(groups.flat()).size).toBe(groups.length);
	});

	it('is one of its own where the type is not known', () => {
		expect(kindOf(untypedField('7'))).not.toBe(kindOf(customField('')));
	});

	it('says which of them can be matched by', () => {
		const types = ['text', 'date', 'datetime', 'number', 'dropdown', 'checkbox'];
		expect(types.filter((type) => !kindOf(customField(type)).canMatch)).toEqual(['datetime']);
	});
});

describe('labels of fields', () => {
	it.each([
		['dropdown', 'Size (dropdown)'],
		['radio', 'Size (radio)'],
		['checkbox', 'Size (multiple choice)'],
		['listbox', 'Size (multiple choice)'],
		['datetime', 'Size (date and time)'],
		['date', 'Size (date)'],
		['number', 'Size (number)'],
		['currency', 'Size (currency)'],
		['hidden', 'Size (hidden)'],
		['textarea', 'Size (text)'],
		['unheard of', 'Size (text)'],
	])('name the type %s, and contain the name unchanged', (type, label) => {
		expect(fieldLabel(customField(type, [], { title: 'Size' }))).toBe(label);
		expect(nameInLabel(label)).toBe('Size');
	});

	it.each([
		['Start (date) (text)', 'Start (date)'],
		['Twin (7) (text)', 'Twin (7)'],
		['Size (cm)', 'Size (cm)'],
	])('are recognized by the name: %s', (label, name) => {
		expect(nameInLabel(label)).toBe(name);
	});
});
