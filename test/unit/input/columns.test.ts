import { columnFieldId, columnId, standardColumn } from '../../../nodes/ActiveCampaignSync/input/columns';
import { STANDARD_COLUMNS } from '../../../nodes/ActiveCampaignSync/fields/field';
import { textField as field } from '../fields/customFields';

describe('a column id', () => {
	it('stands for its custom field', () => {
		expect(columnId(field('12', 'x'))).toBe('field_12');
		expect(columnFieldId('field_12')).toBe('12');
		expect(['email', '12', 'field_', 'xfield_12', 'field_12x'].map(columnFieldId)).toEqual(
			Array.from({ length: 5 }),
		);
	});

	it('of a standard column has a name on screen', () => {
		expect([...STANDARD_COLUMNS]).toEqual([
			['email', 'Email'],
			['firstName', 'First Name'],
			['lastName', 'Last Name'],
			['phone', 'Phone'],
		]);
	});
});

describe('the name of a standard column', () => {
	it.each([
		['Email', 'email'],
		['E-Mail', 'email'],
		['First Name', 'firstName'],
		['last_name', 'lastName'],
		['PHONE', 'phone'],
		['%FIRSTNAME%', 'firstName'],
		['Telephone', undefined],
		['__proto__', undefined],
	])('%j means %s', (key, column) => {
		expect(standardColumn(key)).toBe(column);
	});
});
