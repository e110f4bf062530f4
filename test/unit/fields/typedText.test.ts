import {
	brokenPart,
	hasLostDigits,
	isCellError,
	isNothing,
	withoutMarks,
	withoutQuotes,
	yesOrNoIn,
} from '../../../nodes/ActiveCampaignSync/fields/typedText';

describe('a word for nothing', () => {
	it.each([
		'N/A',
		'n.a.',
		'null',
		' NULL ',
		'<null>',
		'(none)',
		'-',
		'—',
		'\u200b--',
		'0000-00-00',
		'k. A.',
		'なし',
		'Tidak ada',
		'لا يوجد',
	])('is %j', (text) => expect(isNothing(text)).toBe(true));

	it.each(['', ' ', '0', 'no', 'Nullarbor', 'Anna', '-5', 'N/A2', null, 0, NaN, [], '-'.repeat(61)])(
		'is not %j',
		(value) => expect(isNothing(value)).toBe(false),
	);
});

describe("a spreadsheet's error", () => {
	it.each(['#REF!', '#n/a', ' #DIV/0! ', '#WERT!', '#NV', '#¿NOMBRE?', 'Err:508'])('is %j', (text) =>
		expect(isCellError(text)).toBe(true),
	);

	it.each(['#1', '#WOW!', 'REF', '#REF! in A1', 'Err:5', 'Err:5081', '', null, 5])('is not %j', (value) =>
		expect(isCellError(value)).toBe(false),
	);
});

describe('a text without marks', () => {
	it.each([
		["'5", '5'],
		['’5', '5'],
		["''5", "'5"],
		['="05"', '05'],
		['"5"', '5'],
		["'5'", '5'],
		['„5“', '5'],
		['" 5 "', '5'],
		[' \u200b5 ', '5'],
		['5"', '5"'],
		['"5', '"5'],
		["O'Neil", "O'Neil"],
		['"', '"'],
		["'", ''],
		['', ''],
	])('of %j is %j', (text, bare) => {
		expect(withoutMarks(text)).toBe(bare);
	});

	it('keeps what is between a pair of quotation marks, and what is no pair', () => {
		expect(['«a»', '“b”', '"c', '“d"'].map(withoutQuotes)).toEqual(['a', 'b', '"c', '“d"']);
	});
});

describe('digits are lost', () => {
	it.each(['4.479E+11', '4,479E11', "'1.5e+9", '6E+09', '-2.0E+1', 2 ** 53, -1e300])('in %j', (value) =>
		expect(hasLostDigits(value)).toBe(true),
	);

	it.each(['4479', '12E5', 'E+11', '4.479', 'A1.5E+9', 2 ** 53 - 1, 1.5, null, '5.5E+1234'])(
		'not in %j',
		(value) => expect(hasLostDigits(value)).toBe(false),
	);
});

describe('what an expression has left', () => {
	it.each([
		['tel [object Object]', '[object Object]'],
		['[object Promise]!', '[object Promise]'],
		[' Invalid Date ', 'Invalid Date'],
		['Invalid DateTime', 'Invalid DateTime'],
	])('in %j is %j', (text, part) => expect(brokenPart(text)).toBe(part));

	it.each(['[object]', '[object of desire]', 'Invalid Date of birth', 'an object', ''])(
		'is nothing in %j',
		(text) => expect(brokenPart(text)).toBeUndefined(),
	);
});

describe('yes and no', () => {
	it.each([
		['TRUE', true],
		['Checked', true],
		['✓', true],
		['ja', true],
		['Ya', true],
		['Có', true],
		['نعم', true],
		['1', true],
		['FALSE', false],
		['non', false],
		['Tidak', false],
		['לא', false],
		['0', false],
		['maybe', undefined],
		['', undefined],
		['2', undefined],
	])('%j means %j', (text, answer) => expect(yesOrNoIn(text)).toBe(answer));

	it('are no digits or marks as names of options', () => {
		expect(['Yes', 'No', '1', '0', 'x', 'on', 'off'].map((name) => yesOrNoIn(name, true))).toEqual([
			true,
			false,
			...[undefined, undefined, undefined, undefined, undefined],
		]);
	});
});
