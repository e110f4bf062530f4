import {
	FieldCatalog,
	fieldName,
	foldName,
	toCustomFields,
} from '../../../../nodes/ActiveCampaignSync/contact/fields/customField';
import { InputError } from '../../../../nodes/ActiveCampaignSync/shared/inputError';
import { customField, textField as field } from '../customFields';
import { inputErrorOf } from '../inputErrorOf';

describe('rows of GET /fields', () => {
	it('become custom fields, with ids of either kind and types and tags in one case', () => {
		expect(
			toCustomFields(
				[
					{ id: ' 120 ', title: 'Company', type: 'TEXT', perstag: 'company' },
					{ id: 2, title: 'Language', type: ' dropdown ', perstag: '%LANGUAGE%' },
					{ id: '3', title: null, type: null },
				],
				[],
			),
		).toEqual([
			{ id: '120', title: 'Company', type: 'text', personalizationTag: 'COMPANY', options: [] },
			{ id: '2', title: 'Language', type: 'dropdown', personalizationTag: 'LANGUAGE', options: [] },
			{ id: '3', title: '', type: '', personalizationTag: '', options: [] },
		]);
	});

	it('leaves out odd rows and the second of two with one id', () => {
		const rows = [
			null,
			'row',
			7,
			{},
			{ id: 'x' },
			{ id: '-1' },
			{ id: 1.5 },
			{ id: ['1'] },
			{ id: '1', title: 'A' },
			{ id: 1, title: 'B' },
		];
		expect(toCustomFields(rows, [null, 'x', {}]).map(({ id, title }) => [id, title])).toEqual([['1', 'A']]);
	});

	it('get their options by field id, in the order the account gives', () => {
		const rows = [
			{ id: '1', type: 'dropdown' },
			{ id: '2', type: 'radio' },
			{ id: '3', type: 'radio' },
		];
		const options = [
			{ field: ' 1 ', value: 'en', label: 'English', orderid: '10' },
			{ field: 1, value: 'af', label: 'Afrikaans', orderid: 9 },
			{ field: '2', value: 'second', orderid: '2' },
			{ field: '2', label: 'first' },
			{ field: '2', value: 'third', orderid: '1' },
			{ field: '2' },
			{ field: '2', value: '', label: '' },
			{ field: '3', value: '', label: 'Please choose' },
			{ field: '3', value: 5, label: null },
			{ field: '3', value: 'none', label: '' },
		];
		expect(toCustomFields(rows, options).map((field) => field.options)).toEqual([
			[
				{ value: 'af', label: 'Afrikaans' },
				{ value: 'en', label: 'English' },
			],
			[
				{ value: 'second', label: 'second' },
				{ value: 'first', label: 'first' },
				{ value: 'third', label: 'third' },
			],
			[
				{ value: '', label: 'Please choose' },
				{ value: '5', label: '5' },
				{ value: 'none', label: '' },
			],
		]);
	});
});

describe('what a field is called in messages', () => {
	it('is its title, or else its tag, or else its id', () => {
		expect(fieldName(customField('', [], { title: 'Size ' }))).toBe('Size ');
		expect(fieldName(customField('', [], { title: ' ' }))).toBe('%ANSWER%');
		expect(fieldName(customField('', [], { title: '', personalizationTag: '' }))).toBe('Custom field 7');
	});
});

describe('a folded name', () => {
	it('lacks case, blanks and marks, and keeps signs with a meaning', () => {
		expect(foldName(' E-Mail_Address (work): * ')).toBe('emailaddresswork');
		expect(foldName('Ｐｈｏｎｅ ?')).toBe('phone');
		expect(foldName('Rate (%)')).not.toBe(foldName('Rate ($)'));
		expect(foldName('C++')).not.toBe(foldName('C#'));
		expect(foldName('कि')).not.toBe(foldName('की'));
	});
});

describe('a catalog of fields', () => {
	const catalog = new FieldCatalog([
		field('1', 'Company', 'COMPANY'),
		field('2', 'company', 'COMPANY_2'),
		field('3', 'Shoe size', 'SHOE_SIZE'),
		field('4', 'Mobile', 'MOBILE'),
		field('5', 'Mobile', 'MOBILE_5'),
		field('6', 'Mobile', ''),
		field('7', '3', 'THREE'),
		field('8', 'Colour', 'TINT'),
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
		['toString', undefined],
	])('finds %j', (reference, id) => {
		expect(catalog.find(reference)?.id).toBe(id);
		if (id !== undefined) expect(catalog.resolve(reference).id).toBe(id);
	});

	it('gives a field by its id only', () => {
		expect(catalog.byId(3)?.title).toBe('Shoe size');
		expect(catalog.byId('3')?.title).toBe('Shoe size');
		expect(catalog.byId('Company')).toBeUndefined();
		expect(catalog.fields).toHaveLength(10);
	});

	it.each(['Mobile', ' mobile '])('asks for the id or the tag where fields share the title %j', (title) => {
		expect(catalog.candidates(title)).toHaveLength(3);
		expect(inputErrorOf(() => catalog.find(title))).toMatchObject({
			name: 'InputError',
			message: `3 custom fields are called '${title}'`,
			description:
				'Give the id or the personalization tag instead of the title: id 4 (%MOBILE%), id 5 (%MOBILE_5%), id 6',
			field: title,
		});
		expect(() => catalog.resolve(title)).toThrow(InputError);
	});

	it('asks for the id or the tag where titles differ only in case and neither is meant to the letter', () => {
		const withoutTags = new FieldCatalog([field('1', 'Firm', ''), field('2', 'firm', '')]);
		expect(withoutTags.find('firm')?.id).toBe('2');
		expect(() => withoutTags.find('FIRM')).toThrow("2 custom fields are called 'FIRM'");
	});

	it('says which field is unknown, and suggests titles that look like it', () => {
		expect(inputErrorOf(() => catalog.resolve('My shoe-size'))).toMatchObject({
			name: 'InputError',
			message: "The account has no custom field 'My shoe-size'",
			description:
				"Did you mean 'Shoe size'? Give the field's id, title or personalization tag, or set 'Unknown Fields' to 'Skip'",
			field: 'My shoe-size',
		});
		expect(catalog.unknownField('comp').description).toMatch(/^Did you mean 'Company' or 'company'\? Give/);
		expect(catalog.unknownField('bil').description).toMatch(
			/^Did you mean 'Mobile' or 'Mobile' or 'Mobile'\? /,
		);
		const alike = ['Size 1', 'Size 2', 'Size 3', 'Size 4'].map((title, index) =>
			field(String(index), title, ''),
		);
		expect(new FieldCatalog(alike).unknownField('Size').description).toMatch(
			/^Did you mean 'Size 1' or 'Size 2' or 'Size 3'\? /,
		);
		expect(catalog.unknownField('99').description).toMatch(/^Give the field's id/);
		expect(catalog.unknownField('--').description).toMatch(/^Give the field's id/);
		expect(catalog.unknownField('co').description).toMatch(/^Give the field's id/);
	});

	it.each([undefined, null, '', ' ', {}])('says that no field is chosen for %j', (reference) => {
		expect(inputErrorOf(() => catalog.resolve(reference))).toMatchObject({
			message: 'No custom field is chosen',
			description: "Choose one in 'Field', or remove the row",
			field: undefined,
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
		expect(odd.unknownField('x'.repeat(600)).message.length).toBeLessThan(150);
		expect(odd.unknownField('x'.repeat(600)).description.length).toBeLessThan(300);
	});
});
