import {
	itemRanges,
	normalizeName,
	plainCharacters,
	quote,
	quoteValue,
} from '../../../nodes/ActiveCampaignSync/shared/text';

describe('a text in a message', () => {
	it.each([
		['plain', "'plain'"],
		['', "''"],
		['two\nlines\tand a tab', String.raw`'two\u000alines\u0009and a tab'`],
		['a\u0000b\u007f\u2028\u2029', String.raw`'a\u0000b\u007f\u2028\u2029'`],
		['abc\u202edef\u2066', String.raw`'abc\u202edef\u2066'`],
		['half \ud83d of one', String.raw`'half \ud83d of one'`],
		['👩‍👧 stays', "'👩‍👧 stays'"],
		['x'.repeat(80), `'${'x'.repeat(80)}'`],
		['x'.repeat(81), `'${'x'.repeat(80)}…'`],
		['😀'.repeat(80), `'${'😀'.repeat(80)}'`],
		['😀'.repeat(81), `'${'😀'.repeat(80)}…'`],
		['y'.repeat(1_000_000), `'${'y'.repeat(80)}…'`],
	])('%#: is quoted, cut and made printable', (text, shown) => {
		expect(quote(text)).toBe(shown);
	});
});

describe('a value in a message', () => {
	const cyclic: { self?: unknown } = {};
	cyclic.self = cyclic;
	it.each([
		['text', "'text'"],
		[12.5, "'12.5'"],
		[null, "'null'"],
		[undefined, "'undefined'"],
		[true, "'true'"],
		[10n, "'10'"],
		[Symbol('s'), "'Symbol(s)'"],
		[() => 1, 'a function'],
		[[1, 'b'], `'[1,"b"]'`],
		[{ a: 1 }, `'{"a":1}'`],
		[{ big: 1n }, 'an object'],
		[{ toJSON: () => undefined }, 'an object'],
		[cyclic, 'an object'],
	])('%#: is shown without throwing', (value, shown) => {
		expect(quoteValue(value)).toBe(shown);
	});
});

describe('a text in ordinary characters', () => {
	it.each([
		['０９０－１２３４', '090-1234'],
		['ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'taro@example.com'],
		['٠١٢٣٤٥٦٧٨٩', '0123456789'],
		['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
		['०१२३४५६७८९', '0123456789'],
		['০১২৩৪৫৬৭৮৯', '0123456789'],
		['๐๑๒๓๔๕๖๗๘๙', '0123456789'],
		['5 m², №1, ½, 太郎, ﾀﾛｳ', '5 m², №1, ½, 太郎, ﾀﾛｳ'],
	])('is for %s %s', (text, plain) => {
		expect(plainCharacters(text)).toBe(plain);
	});
});

describe('a normalized name', () => {
	it.each([
		[' Lead ', 'LEAD'],
		['\u00e9t\u00e9', 'E\u0301te\u0301'],
		['ACME Ünïon', 'acme ünïon'],
	])('is the same for %j and %j', (one, other) => {
		expect(normalizeName(one)).toBe(normalizeName(other));
	});

	it.each([
		['Lead', 'Le ad'],
		['ete', 'été'],
		['Acme', 'Acme Inc.'],
	])('differs for %j and %j', (one, other) => {
		expect(normalizeName(one)).not.toBe(normalizeName(other));
	});
});

describe('items, counted from 1', () => {
	it.each<[number[], string]>([
		[[], ''],
		[[0], '1'],
		[[4, 0, 1], '1-2, 5'],
		[[8, 9, 10, 12], '9-11, 13'],
		[[10, 9, 2], '3, 10-11'],
		// Every other one of 50 items, the last two in a row.
		[
			[...Array.from({ length: 25 }, (_, index) => 2 * index), 49],
			`${Array.from({ length: 20 }, (_, index) => 2 * index + 1).join(', ')}, and 6 more`,
		],
	])('with the indexes %j are shown as %j', (itemIndexes, shown) => {
		expect(itemRanges(itemIndexes)).toBe(shown);
	});

	it('are sorted without changing the list that was given', () => {
		const given = [3, 1];
		itemRanges(given);
		expect(given).toEqual([3, 1]);
	});
});
