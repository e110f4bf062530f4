import fc from 'fast-check';
import { InputError } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import {
	encodeNumber,
	isFormattedNumber,
	number,
	plainDigits,
} from '../../../../nodes/ActiveCampaignSync/fields/kinds/number';
import { customField } from '../customFields';
import { inputErrorOf } from '../../input/inputErrorOf';

describe('a number', () => {
	it.each<[number | bigint, string]>([
		[1234.5, '1234.5'],
		[0, '0'],
		[-0, '0'],
		[-12, '-12'],
		[1.234, '1.234'],
		[0.1 + 0.2, '0.30000000000000004'],
		[1e21, '1000000000000000000000'],
		[-1.5e21, '-1500000000000000000000'],
		[1.2345e22, '12345000000000000000000'],
		[1e-7, '0.0000001'],
		[-1.25e-9, '-0.00000000125'],
		[123456789012345678901234567890n, '123456789012345678901234567890'],
		[-5n, '-5'],
	])('%d is written in digits', (value, digits) => {
		expect(encodeNumber('Amount', value)).toBe(digits);
	});

	it('of any size is the same number when read again, and needs no exponent', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
				const digits = plainDigits(value);
				expect(digits).toMatch(/^-?\d+(\.\d+)?$/);
				expect(Number(digits) === value).toBe(true);
				expect(encodeNumber('Amount', String(value).includes('e') ? String(value) : value)).toBe(
					value === 0 ? '0' : digits,
				);
			}),
		);
	});

	it('written with two decimals and marks for thousands is the same number, here and there', () => {
		const amounts = fc.integer({ min: -10_000_000_00, max: 10_000_000_00 }).map((cents) => cents / 100);
		fc.assert(
			fc.property(
				amounts,
				fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'es-ES', 'sv-SE'),
				(amount, locale) => {
					const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(amount);
					expect(Number(encodeNumber('Amount', text))).toBe(amount);
				},
			),
		);
	});
});

describe('a text that can be read in one way', () => {
	it.each([
		['1234.5', '1234.5'],
		['1,234.50', '1234.5'],
		['1.234,50', '1234.5'],
		['1234,5', '1234.5'],
		[' 1234 ', '1234'],
		['12,5', '12.5'],
		['12.50', '12.5'],
		['0.125', '0.125'],
		['0,125', '0.125'],
		['.5', '0.5'],
		[',5', '0.5'],
		['1234.567', '1234.567'],
		['1234,567', '1234.567'],
		['1,234.567', '1234.567'],
		['1.234.567', '1234567'],
		['1,234,567', '1234567'],
		['1.234.567,8', '1234567.8'],
		['1 234', '1234'],
		['1\u00a0234\u202f567,89', '1234567.89'],
		['1 234,567', '1234.567'],
		["1'234.50", '1234.5'],
		['1’234’567', '1234567'],
		['1,23,456.70', '123456.7'],
		['12,34,567', '1234567'],
		['007', '7'],
		['00.50', '0.5'],
		['5.00', '5'],
		['100', '100'],
		['-5', '-5'],
		['- 5', '-5'],
		['\u22125', '-5'],
		['+5', '5'],
		['-0', '0'],
		['-0.00', '0'],
		['1e21', '1000000000000000000000'],
		['1.5E+3', '1500'],
		['-2.5e-3', '-0.0025'],
		['1e0', '1'],
		['12e-1', '1.2'],
		['98765432109876543210', '98765432109876543210'],
		['9'.repeat(400), '9'.repeat(400)],
	])('%j', (typed, digits) => {
		expect(encodeNumber('Amount', typed)).toBe(digits);
	});

	it.each([
		['€ 1.234,50', '1234.5'],
		['1.234,50 €', '1234.5'],
		['$5', '5'],
		['-$5.20', '-5.2'],
		['$-5', '-5'],
		['- $ 5', '-5'],
		['USD 5', '5'],
		['5 usd', '5'],
		['EUR5', '5'],
		['US$ 1,234.50', '1234.5'],
		['R$ 1.234,50', '1234.5'],
		['£1,000,000', '1000000'],
		['₹1,23,456.00', '123456'],
		['99,50 kr', '99.5'],
		['kr. 99,50', '99.5'],
		['Fr. 10', '10'],
		["CHF 1'000.05", '1000.05'],
		['12 zł', '12'],
		['Rs.500', '500'],
	])('%j, with a currency', (typed, digits) => {
		expect(encodeNumber('Amount', typed)).toBe(digits);
	});
});

describe('a text that can be read in two ways', () => {
	it.each([
		['1,234', '1234', '1.234'],
		['1.234', '1234', '1.234'],
		['999,999', '999999', '999.999'],
		['-1.234', '-1234', '-1.234'],
		['€ 1.234', '1234', '1.234'],
		['12,500 USD', '12500', '12.500'],
	])('%j is refused with both readings', (typed, thousands, decimals) => {
		const thrown = inputErrorOf(() => encodeNumber('Amount', typed));
		expect(thrown.message).toBe(`'Amount': '${typed}' is ambiguous (${thousands} or ${decimals})`);
		expect(thrown.description).toBe(
			`Use '${thousands}' or '${decimals}0'; for thousands, an expression such as {{ $json.amount.replace('${typed.includes(',') ? ',' : '.'}', '') }}`,
		);
		expect(encodeNumber('Amount', `${decimals}0`)).toBe(String(Number(decimals)));
	});
});

describe('isFormattedNumber', () => {
	it.each(['1,5', ' 1,5 ', '1.234', '-1,234', '€ 5', '1e5', '1 234', '+1 234', `${'1'.repeat(398)},5`])(
		'is true for %j, which is not written in plain digits',
		(text) => {
			expect(isFormattedNumber(text)).toBe(true);
		},
	);

	it.each(['5', ' 5 ', '-12.34', '+5', '', 'abc', '5 kg', `${'1'.repeat(400)},5`])(
		'is false for %j, which is plain digits or not a number',
		(text) => {
			expect(isFormattedNumber(text)).toBe(false);
		},
	);
});

describe('a value that is not a number', () => {
	it.each([
		NaN,
		Infinity,
		-Infinity,
		true,
		false,
		null,
		undefined,
		{},
		[],
		new Date(0),
		Symbol('s'),
		() => 1,
		'abc',
		'NaN',
		'Infinity',
		'12 apples',
		'12 pcs',
		'about $5',
		'5 %',
		'1.2.3',
		'1,2,3',
		'1,234,56',
		'1.234.56',
		'12.34.567,8',
		'1,234.567.8',
		'1.234,567,8',
		"1'234'5",
		'1 2',
		'0,123.5',
		'0 123',
		'1,234 567',
		'1.234 567,8',
		'5.',
		'5,-',
		'5-',
		'(5)',
		'--5',
		'-$-5',
		'1e',
		'e5',
		'1e1000',
		'1,5e3',
		'0x10',
		'.',
		',',
		'-',
		'$',
		'€ $ 5',
		'2026-03-04',
		'9'.repeat(401),
		'9,'.repeat(100_000),
	])('is refused (%#)', (value) => {
		expect(() => encodeNumber('Amount', value)).toThrow(InputError);
		expect(() => encodeNumber('Amount', value)).toThrow(/^'Amount': .* is not a number$/);
	});
});

describe('a stored number', () => {
	const shown = (stored: string) => number.show(customField('number'), stored);

	it.each([
		['1.234', 1.234],
		['-12', -12],
		['0', 0],
		['5.50', 5.5],
		['5.00', 5],
		['1.05', 1.05],
		['1.0500', 1.05],
		['100', 100],
	])('is shown as a number if the number is exact: %j', (stored, expected) => {
		expect(shown(stored)).toBe(expected);
	});

	it.each(['NaN', '-Infinity', '1e3', ' 5', '12345678901234567890', '1,234', 'n/a'])(
		'is shown as the text that it is otherwise: %j',
		(stored) => {
			expect(shown(stored)).toBe(stored);
		},
	);

	it.each([`5.${'0'.repeat(1_000_000)}1`, '7'.repeat(1_000_000), ' '.repeat(1_000_000)])(
		'of a million digits is not searched: %#',
		(stored) => {
			const replace = jest.spyOn(String.prototype, 'replace');
			expect(shown(stored)).toBe(stored);
			expect(() =>
				number.encode(customField('number'), [stored], { timeZone: 'UTC', dateOrder: 'fail' }),
			).toThrow('is not a number');
			expect(isFormattedNumber(stored)).toBe(false);
			const searched = replace.mock.contexts.map((text) => String(text).length);
			replace.mockRestore();
			expect(Math.max(0, ...searched)).toBeLessThan(1_000);
		},
	);
});
