import {
	encodeFieldValue,
	isBlankStoredValue,
	isSameStoredValue,
	showStoredValue,
	showStoredValues,
} from '../../../nodes/ActiveCampaignSync/fields/fieldValue';
import { isBlankValue } from '../../../nodes/ActiveCampaignSync/shared/json';
import type { ShownValue } from '../../../nodes/ActiveCampaignSync/fields/kinds/kind';
import { customField, rulesFor } from './customFields';
import { inputErrorOf } from '../input/inputErrorOf';
import { cyclic, deep, revoked, throwing } from '../input/oddValues';

const ZONE = 'Europe/Berlin';

describe('an empty value', () => {
	it.each([
		undefined,
		null,
		'',
		' \t\n',
		'\u00a0',
		[],
		[''],
		[null, [' ', []], undefined],
		{ full: '', area: null },
	])('%#: is empty in any field', (value) => {
		expect(isBlankValue(value)).toBe(true);
		for (const type of [
			'text',
			'date',
			'datetime',
			'number',
			'currency',
			'dropdown',
			'radio',
			'checkbox',
			'listbox',
			'',
		]) {
			expect(encodeFieldValue(customField(type, ['Red']), value, rulesFor(ZONE))).toBe('');
		}
	});

	it.each([
		0,
		false,
		-0,
		NaN,
		0n,
		'0',
		'null',
		{},
		[0],
		[[false]],
		new Date(0),
		Symbol('s'),
		cyclic,
		revoked.proxy,
		deep,
	])('%#: is not empty', (value) => {
		expect(isBlankValue(value)).toBe(false);
	});
});

describe('what a message says', () => {
	it.each<[string, unknown, string]>([
		[
			'date',
			['2026-03-04', '2026-03-05'],
			`'Shoe size': '["2026-03-04","2026-03-05"]' contains more than one value`,
		],
		['dropdown', ['Red', 'Green'], `'Shoe size': '["Red","Green"]' contains more than one value`],
		['number', true, "'Shoe size': 'true' is not a number"],
		['text', NaN, "'Shoe size': 'NaN' cannot be written as text"],
		['text', () => 1, "'Shoe size': a function cannot be written as text"],
		['text', throwing, "'Shoe size': an object cannot be read"],
		['date', cyclic, "'Shoe size': an object cannot be read"],
		['checkbox', ['Red', 'Pink'], "'Shoe size' has no option 'Pink'"],
	])('for %s %#: names the field and the value, and what to do', (type, value, message) => {
		const field = customField(type, ['Red', 'Green'], { title: 'Shoe size' });
		const thrown = inputErrorOf(() => encodeFieldValue(field, value, rulesFor(ZONE)));
		expect(thrown).toMatchObject({ name: 'InputError', message });
		expect(thrown.description).toMatch(/^Use .*[^.]$/);
	});
});

describe('a stored value', () => {
	it.each<[string, unknown, ShownValue]>([
		['text', '||a||', '||a||'],
		['date', '2026-03-04', '2026-03-04'],
		['number', '1234.5', 1234.5],
		['number', 12, 12],
		['number', '', ''],
		['text', null, ''],
		['text', undefined, ''],
		['text', {}, ''],
		['dropdown', 'a', 'a'],
		['radio', '||a||', 'a'],
		['checkbox', '||a||b||', ['a', 'b']],
		['listbox', 'a', ['a']],
		['checkbox', '', []],
		['checkbox', null, []],
	])('of a %s field, %j, is shown as %j', (type, stored, value) => {
		expect(showStoredValue(customField(type), stored)).toEqual(value);
	});
});

describe('two stored values', () => {
	it.each<[string, string, string]>([
		['text', 'a', 'a'],
		['text', '', ' '],
		['number', '5', '5.00'],
		['number', 'n/a', 'n/a'],
		['currency', '0.50', '.5'],
		['datetime', '2026-03-04T10:00:00+01:00', '2026-03-04T09:00:00Z'],
		['datetime', 'soon', 'soon'],
		['checkbox', '||a||b||', '||b||a||'],
		['listbox', '||', ''],
		['radio', '||a||', 'a'],
	])('of a %s field mean the same: %j, %j', (type, one, other) => {
		expect(isSameStoredValue(customField(type), one, other)).toBe(true);
		expect(isSameStoredValue(customField(type), other, one)).toBe(true);
	});

	it.each<[string, string, string]>([
		['text', '5', '5.00'],
		['text', 'a', ''],
		['text', '||', ''],
		['number', '5', '6'],
		['number', '0', ''],
		['number', 'n/a', 'none'],
		['datetime', '2026-03-04T10:00:00+01:00', '2026-03-04T10:00:00Z'],
		['datetime', 'soon', 'later'],
		['checkbox', '||a||b||', '||a||'],
		['dropdown', 'a', '||a||b||'],
	])('of a %s field differ: %j, %j', (type, one, other) => {
		expect(isSameStoredValue(customField(type), one, other)).toBe(false);
		expect(isSameStoredValue(customField(type), other, one)).toBe(false);
	});

	it.each<[string, unknown, boolean]>([
		['dropdown', '||', true],
		['checkbox', ' || ', true],
		['checkbox', '||a||', false],
		['text', '||', false],
		['text', ' ', true],
		['text', null, true],
		['checkbox', 0, false],
	])('of a %s field are blank where nothing is chosen: %j, %s', (type, stored, isBlank) => {
		expect(isBlankStoredValue(customField(type), stored)).toBe(isBlank);
	});

	it('are shown by the names of their fields, whatever these are', () => {
		const values = [
			[customField('text', [], { title: '__proto__' }), 'x'],
			[customField('number', [], { title: 'Score' }), '5.50'],
			[customField('checkbox', ['a'], { title: 'Topics' }), '||a||'],
		] as const;
		expect(Object.entries(showStoredValues(values))).toEqual([
			['__proto__', 'x'],
			['Score', 5.5],
			['Topics', ['a']],
		]);
	});
});
