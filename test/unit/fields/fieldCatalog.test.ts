import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { textField as field } from './customFields';
import { inputErrorOf } from '../input/inputErrorOf';

describe('a catalog of fields', () => {
	const catalog = new FieldCatalog([
		field('1', 'Company', 'COMPANY'),
		field('2', 'company', 'COMPANY_2'),
		field('3', 'Shoe size', 'SHOE_SIZE'),
		field('4', 'Mobile', 'MOBILE'),
		field('5', 'Mobile', 'MOBILE_5'),
		field('6', 'Mobile', ''),
		field('7', '3', 'THREE'),
		field('8', 'Color', 'TINT'),
		field('9', 'TINT', 'SHADE'),
		field('10', '', ''),
	]);

	it.each<[unknown, string | undefined]>([
		['3', '3'],
		[3, '3'],
		[' 3 ', '3'],
		['Company', '1'],
		['company', '2'],
		['Shoe size', '3'],
		[' shoe SIZE ', '3'],
		['SHOE_SIZE', '3'],
		['shoe_size', '3'],
		['%SHOE_SIZE%', '3'],
		['%shoe_size%', '3'],
		['% shoe_size %', '3'],
		['MOBILE', '4'],
		['%mobile%', '4'],
		['TINT', '9'],
		['%TINT%', '8'],
		['tint', '9'],
		['shoesize', undefined],
		['99', undefined],
		['', undefined],
		['  ', undefined],
		['%', undefined],
		['%%', undefined],
		[null, undefined],
		[{}, undefined],
		['__proto__', undefined],
		['constructor', undefined],
		['Mobile (5)', '5'],
		['company (2)', '2'],
		['Mobile (9)', undefined],
		['toString', undefined],
	])('finds %j', (reference, id) => {
		expect(catalog.find(reference)?.id).toBe(id);
	});

	it.each<['id' | 'name' | undefined, unknown, string | undefined]>([
		['id', '3', '3'],
		['id', '003', '3'],
		['id', 3, '3'],
		['id', '99', undefined],
		['id', '2024', undefined],
		['id', 'Shoe size', '3'],
		['name', '3', '7'],
		['name', '1', undefined],
		['name', ' 2024 ', '11'],
		['name', 'SHOE_SIZE', '3'],
		[undefined, '3', '3'],
		[undefined, '003', '3'],
		[undefined, '2024', '11'],
	])('in mode %s finds for %j the field %s', (mode, reference, id) => {
		const withYear = new FieldCatalog([...catalog.fields, field('11', '2024')]);
		expect(withYear.find(reference, mode)?.id).toBe(id);
	});

	it('gives a field by its id only', () => {
		expect(catalog.byId(3)?.title).toBe('Shoe size');
		expect(catalog.byId('3')?.title).toBe('Shoe size');
		expect(catalog.byId('Company')).toBeUndefined();
		expect(catalog.fields).toHaveLength(10);
	});

	it.each(['Mobile', ' mobile '])('asks for the id or the tag where fields share the title %j', (title) => {
		expect(catalog.named(title)).toHaveLength(3);
		expect(inputErrorOf(() => catalog.find(title))).toMatchObject({
			name: 'InputError',
			message: `3 custom fields are called '${title}'`,
			description:
				'Use the ID or the personalization tag instead of the title: ID 4 (%MOBILE%), ID 5 (%MOBILE_5%), ID 6',
		});
	});

	it('asks for the id or the tag where titles differ only in case and neither is meant to the letter', () => {
		const withoutTags = new FieldCatalog([field('1', 'Firm', ''), field('2', 'firm', '')]);
		expect(withoutTags.find('firm')?.id).toBe('2');
		expect(() => withoutTags.find('FIRM')).toThrow("2 custom fields are called 'FIRM'");
	});

	it('says which field is unknown, and suggests titles that look like it', () => {
		expect(catalog.unknownFieldError('My shoe-size')).toMatchObject({
			name: 'InputError',
			message: "The account has no custom field 'My shoe-size'",
			description:
				"Did you mean 'Shoe size'? Use the field's ID, title or personalization tag, create it in ActiveCampaign under Contacts > Fields, or set 'Unusable Values' to 'Skip'",
		});
		expect(catalog.unknownFieldError('comp').description).toMatch(
			/^Did you mean 'Company \(1\)' or 'company \(2\)'\? Use/,
		);
		expect(catalog.unknownFieldError('99').description).toMatch(/^Use the field's ID/);
		expect(catalog.unknownFieldError('--').description).toMatch(/^Use the field's ID/);
		expect(catalog.unknownFieldError('co').description).toMatch(/^Use the field's ID/);
	});

	it.each([undefined, null, '', ' ', {}])('says that no field is chosen for %j', (reference) => {
		expect(catalog.unknownFieldError(reference)).toMatchObject({
			message: 'No custom field is chosen',
			description: "Choose one in 'Field', or remove the row",
		});
	});

	it('does not mind blanks around a title, nor percent signs within a tag', () => {
		const odd = new FieldCatalog([
			field('1', ' Shoe size ', ''),
			field('2', '', 'A%B'),
			field('3', 'x', 'AB'),
		]);
		expect(odd.find('shoe size')?.id).toBe('1');
		expect(odd.find(' %A%B% ')?.id).toBe('2');
	});

	it('finds fields by what is left of a name without case, blanks and marks', () => {
		expect(catalog.similar('Shoe-Size:').map(({ id }) => id)).toEqual(['3']);
		expect(catalog.similar('COMPANY?').map(({ id }) => id)).toEqual(['1', '2']);
		expect(catalog.similar('company-2').map(({ id }) => id)).toEqual(['2']);
		expect(catalog.similar('**')).toEqual([]);
		expect(catalog.similar('other')).toEqual([]);
	});

	it('is not harmed by any title', () => {
		const titles = [
			'__proto__',
			'constructor',
			'toString',
			'',
			' ',
			'x'.repeat(500),
			'🎉',
			'%',
			'hasOwnProperty',
		];
		const odd = new FieldCatalog(titles.map((title, index) => field(String(index + 100), title, '')));
		const found = titles.map((title) => odd.find(title)?.id);
		expect(found).toEqual(['100', '101', '102', undefined, undefined, '105', '106', '107', '108']);
		expect(odd.find('valueOf')).toBeUndefined();
		expect(odd.unknownFieldError('x'.repeat(600)).message.length).toBeLessThan(150);
		expect(odd.unknownFieldError('x'.repeat(600)).description.length).toBeLessThan(300);
	});

	it('does not normalize its titles again for each unknown name, of which a run may have thousands', () => {
		const titles = Array.from({ length: 100 }, (_, index) => field(String(index + 1), `Title ${index}`, ''));
		const large = new FieldCatalog(titles);
		const normalize = jest.spyOn(String.prototype, 'normalize');
		large.unknownFieldError('Unknown');
		const { length } = normalize.mock.calls;
		normalize.mockRestore();
		expect(length).toBe(1);
	});
});
