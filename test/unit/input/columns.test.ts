import { columnField, columnId, resolveColumn } from '../../../nodes/ActiveCampaignSync/input/columns';
import { STANDARD_COLUMNS } from '../../../nodes/ActiveCampaignSync/fields/field';
import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { columnCatalog as catalog, textField as field } from '../fields/customFields';

describe('a column id', () => {
	it('stands for its custom field', () => {
		expect(columnId(field('12', 'x'))).toBe('field_12');
		expect(columnField('field_12', catalog)?.title).toBe('Your favorite color?');
		expect(
			['email', 'field_99', '12', 'field_', 'xfield_12', 'field_12x'].map((id) => columnField(id, catalog)),
		).toEqual(Array.from({ length: 6 }));
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

describe('a key of a map filled by hand', () => {
	it.each([
		['email', 'email'],
		['Email', 'email'],
		['E-Mail', 'email'],
		['firstName', 'firstName'],
		['First Name', 'firstName'],
		['last_name', 'lastName'],
		['phone', 'phone'],
		['%FIRSTNAME%', 'firstName'],
		['field_12', 'field_12'],
		['12', 'field_12'],
		['Shoe size', 'field_2'],
		['shoe SIZE', 'field_2'],
		['SHOE_SIZE', 'field_2'],
		['%shoe_size%', 'field_2'],
		['%MAIL_2%', 'field_30'],
		['field_30', 'field_30'],
	])('%j means the column %s', (key, column) => {
		expect(resolveColumn(key, catalog)).toBe(column);
	});

	it.each(['field_99', '99', 'Telephone', 'Surname', '', ' ', '__proto__', 'constructor', 'toString'])(
		'%j means no column',
		(key) => {
			expect(resolveColumn(key, catalog)).toBeUndefined();
		},
	);

	it('that matches two fields is rejected', () => {
		expect(() => resolveColumn('Twin', catalog)).toThrow(InputError);
		expect(resolveColumn('TWIN_B', catalog)).toBe('field_21');
	});
});
