import { invalidValueError, InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { quote, quoteValue } from '../../../nodes/ActiveCampaignSync/shared/text';

describe('an input that cannot be used', () => {
	it('carries what happened, what to do next', () => {
		const thrown = invalidValueError('Birthday', '31/12/2026', 'is ambiguous', 'Use another');
		expect(thrown).toBeInstanceOf(InputError);
		expect(thrown).toBeInstanceOf(Error);
		expect(thrown).toMatchObject({
			name: 'InputError',
			message: "'Birthday': '31/12/2026' is ambiguous",
			description: 'Use another',
		});
	});
});

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
