import { readableValue } from '../../../nodes/ActiveCampaignSync/fields/readableValue';

const options = [
	{ value: 'de', label: 'German' },
	{ value: 'fr', label: 'de' },
	{ value: 'x', label: 'Same' },
	{ value: 'y', label: 'Same' },
	{ value: 'blank', label: ' ' },
];

const fieldOf = (type: string) => ({ id: '1', title: 'Field', type, personalizationTag: '', options });

describe('readableValue', () => {
	it.each([
		['dropdown', 'de', 'German'],
		['radio', '||de||', 'German'],
		['checkbox', '||de||blank||', ['German', 'blank']],
		['listbox', '||de||', ['German']],
		['dropdown', 'gone', 'gone'],
	])('gives the choices of a %s field by label: %s', (type, stored, expected) => {
		expect(readableValue(fieldOf(type), stored)).toEqual(expected);
	});

	it('gives the value of an option whose label means another one, or several', () => {
		expect(readableValue(fieldOf('listbox'), '||fr||x||y||')).toEqual(['fr', 'x', 'y']);
	});

	it.each([
		['1.234', 1.234],
		['-12', -12],
		['0', 0],
		['5.50', 5.5],
		['5.00', 5],
		['1.05', 1.05],
		['1.0500', 1.05],
		['NaN', 'NaN'],
		['-Infinity', '-Infinity'],
		['1e3', '1e3'],
		[' 5', ' 5'],
		['100', 100],
		['12345678901234567890', '12345678901234567890'],
		['1,234', '1,234'],
		['n/a', 'n/a'],
		['', ''],
	])('gives a number field as a number if the number is exact: %j', (stored, expected) => {
		expect(readableValue(fieldOf('number'), stored)).toBe(expected);
		expect(readableValue(fieldOf('currency'), stored)).toBe(expected);
	});

	it.each(['text', 'textarea', 'date', 'datetime', 'hidden', ''])(
		'leaves the text of a %j field alone',
		(type) => {
			expect(readableValue(fieldOf(type), ' 1.234 ')).toBe(' 1.234 ');
		},
	);
});
