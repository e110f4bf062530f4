import {
	parseFields,
	untypedField,
	withoutPercentSigns,
} from '../../../nodes/ActiveCampaignSync/fields/field';

describe('rows of GET /fields', () => {
	it('become custom fields, with ids of either kind and types and tags in one case', () => {
		expect(
			parseFields(
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
		expect(parseFields(rows, [null, 'x', {}]).map(({ id, title }) => [id, title])).toEqual([['1', 'A']]);
	});

	it('get their options by field id, in the order the account gives', () => {
		const rows = [
			{ id: '1', type: 'dropdown' },
			{ id: '2', type: 'radio' },
			{ id: '3', type: 'radio' },
			{ id: '4', type: 'radio' },
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
			{ field: '4', value: 'b', orderid: '3' },
			{ field: '4', value: 'a', orderid: '1' },
			{ field: '4', value: 'c', orderid: 'last' },
		];
		expect(parseFields(rows, options).map((field) => field.options)).toEqual([
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
			[
				{ value: 'b', label: 'b' },
				{ value: 'a', label: 'a' },
				{ value: 'c', label: 'c' },
			],
		]);
	});
});

describe('a field of which only the ID is known', () => {
	it('is called by it, and has no title, type, tag or options', () => {
		expect(untypedField('7')).toEqual({
			id: '7',
			title: '',
			name: 'Custom field 7',
			type: undefined,
			personalizationTag: '',
			options: [],
		});
	});
});

describe('withoutPercentSigns', () => {
	it.each([' %TAG% ', '% TAG %', 'TAG', 'TAG%'])('is the tag alone for %j', (typed) => {
		expect(withoutPercentSigns(typed)).toBe('TAG');
	});

	it('keeps a percent sign within the tag', () => {
		expect(withoutPercentSigns('%A%B%')).toBe('A%B');
	});
});
