import { invalidValueError, type InputError } from '../../shared/failure';
import { plainCharacters } from '../../shared/text';
import { encodeTyped, PLAIN, type FieldKind } from './kind';

/** A number, stored in digits with a point for the decimals. */
export const number: FieldKind = {
	...PLAIN,
	types: new Map([
		['number', 'number'],
		['currency', 'currency'],
	]),
	encode: encodeTyped(encodeNumber),
	// The text `1.234` could be read in two ways, the number cannot.
	show: (_field, stored) => exactNumber(stored) ?? stored,
	isSame: (one, other) => Number(one) === Number(other),
	spellings: undefined,
	column: () => ({ type: 'number' }),
};

/** Longer than any number in use; what is longer, and may be many megabytes, is not searched. */
const MAX_NUMBER_LENGTH = 400;

/** ISO 4217: `EUR`. */
const CURRENCY_CODES = new Set(Intl.supportedValuesOf('currency'));

/** What people write instead of a code. */
const CURRENCY_WORDS = new Set(['KR', 'KR.', 'FR.', 'ZŁ', 'KČ', 'FT', 'LEI', 'TL', 'RS', 'RS.']);

/** A sign such as `€`, also with the country before it: `US$`, `R$`. */
const CURRENCY_SIGN = /^[A-Z]{0,3}\p{Sc}$/u;

const WORD_BEFORE = /^([-+]?) ?([^\d\s.,'’+-]+\.?) ?/u;
const WORD_AFTER = / ?([^\d\s.,'’+-]+\.?)$/u;

/** What JavaScript writes for a very large or small number. */
const WITH_EXPONENT = /^(?<whole>\d+)(?:\.(?<decimals>\d+))?e(?<exponent>[-+]?\d{1,3})$/i;

/** Digits in groups of three, all divided alike; or, with commas, the Indian way. */
const GROUPED = /^[1-9]\d{0,2}([.,'’ ])\d{3}(?:\1\d{3})*$|^[1-9]\d?(?:,\d{2})+,\d{3}$/;

/** One group behind one mark: a thousand and some, or one and some thousandths. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * Digits with a point for the decimals: no currency, no grouping, no needless zeros. `1234.5` for `€ 1,234.50`.
 *
 * A text is read only where it can be read in one way. `1,234.50` and `1.234,50` can; `1,234` and `1.234` cannot: one
 * half of the world means a thousand times what the other half does. A JavaScript number always can.
 *
 * @param name the field's name, for messages
 * @throws InputError for what is not a number, or could be read in two ways
 */
export function encodeNumber(name: string, value: unknown): string {
	if (typeof value === 'bigint') return String(value);
	if (typeof value === 'number' && Number.isFinite(value)) return plainDigits(value);
	const digits = typeof value === 'string' ? digitsOf(name, value) : undefined;
	if (digits !== undefined) return digits;
	throw invalidValueError(
		name,
		value,
		'is not a number',
		"Use digits with a point for the decimals, e.g. '1234.5'",
	);
}

/** A finite number with all its digits, where JavaScript would write an exponent. */
export function plainDigits(value: number): string {
	const written = String(Math.abs(value));
	const digits = withoutExponent(written) ?? written;
	return value < 0 ? `-${digits}` : digits;
}

/** Whether a text is a number, or may be one, that is written otherwise than in plain digits: `1.234,50`, `$5`, `1.234`. */
export function isFormattedNumber(text: string): boolean {
	const typed = text.trim();
	if (typed.length > MAX_NUMBER_LENGTH) return false;
	const unsigned = withoutSign(toAmount(typed));
	if (AMBIGUOUS.test(unsigned)) return true;
	return readUnsigned(unsigned) !== undefined && !/^[-+]?\d+(\.\d+)?$/.test(typed);
}

/** The number that a text in plain digits is; undefined where it is none, or has more digits than a number can hold. */
function exactNumber(text: string): number | undefined {
	if (text.length > MAX_NUMBER_LENGTH) return undefined;
	const number = Number(text);
	if (!Number.isFinite(number)) return undefined;
	const digits = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
	return plainDigits(number) === digits ? number : undefined;
}

function digitsOf(name: string, typed: string): string | undefined {
	const trimmed = typed.trim();
	if (trimmed.length > MAX_NUMBER_LENGTH) return undefined;
	const amount = toAmount(trimmed);
	const unsigned = withoutSign(amount);
	if (AMBIGUOUS.test(unsigned)) {
		throw ambiguousError(name, typed, amount.startsWith('-') ? `-${unsigned}` : unsigned);
	}
	const digits = readUnsigned(unsigned);
	return amount.startsWith('-') && digits !== undefined && digits !== '0' ? `-${digits}` : digits;
}

function ambiguousError(name: string, typed: string, amount: string): InputError {
	const [whole = '', decimals = ''] = amount.split(/[.,]/);
	const mark = amount.includes(',') ? ',' : '.';
	return invalidValueError(
		name,
		typed,
		`is ambiguous (${whole}${decimals} or ${whole}.${decimals})`,
		`Use '${whole}${decimals}' or '${whole}.${decimals}0'; for thousands, an expression such as {{ $json.amount.replace('${mark}', '') }}`,
	);
}

/** Without a currency, and with ordinary digits, signs and blanks. */
function toAmount(typed: string): string {
	return withoutCurrency(
		plainCharacters(typed)
			.replace(/\u2212/g, '-')
			.replace(/\s/g, ' '),
	);
}

function withoutSign(amount: string): string {
	return amount.replace(/^[-+] ?/, '');
}

function withoutCurrency(amount: string): string {
	return amount
		.replace(WORD_BEFORE, (all, sign: string, word: string) => (isCurrency(word) ? sign : all))
		.replace(WORD_AFTER, (all, word: string) => (isCurrency(word) ? '' : all));
}

function isCurrency(word: string): boolean {
	const upper = word.toUpperCase();
	return CURRENCY_SIGN.test(upper) || CURRENCY_CODES.has(upper) || CURRENCY_WORDS.has(upper);
}

function readUnsigned(number: string): string | undefined {
	if (isWhole(number)) return tidy(number, '');
	const at = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
	// Without a mark, all of it.
	const decimals = number.slice(at + 1);
	if (!/^\d+$/.test(decimals)) return withoutExponent(number);
	const whole = number.slice(0, at);
	const isCertain = whole === '' || (isWhole(whole) && !whole.includes(number.charAt(at)));
	return isCertain ? tidy(whole, decimals) : undefined;
}

function withoutExponent(number: string): string | undefined {
	const parts = WITH_EXPONENT.exec(number)?.groups;
	return parts && shifted(parts.whole ?? '', parts.decimals ?? '', Number(parts.exponent));
}

function isWhole(number: string): boolean {
	return /^\d+$/.test(number) || GROUPED.test(number);
}

/** Moves the decimal point by `places`, to the right if positive. */
function shifted(whole: string, decimals: string, places: number): string {
	const point = whole.length + places;
	if (point <= 0) return tidy('', '0'.repeat(-point) + whole + decimals);
	const digits = (whole + decimals).padEnd(point, '0');
	return tidy(digits.slice(0, point), digits.slice(point));
}

function tidy(whole: string, decimals: string): string {
	const left = whole.replace(/\D/g, '').replace(/^0+/, '') || '0';
	const right = decimals.replace(/0+$/, '');
	return right === '' ? left : `${left}.${right}`;
}
