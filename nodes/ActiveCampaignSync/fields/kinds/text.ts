import { invalidValueError } from '../../shared/failure';
import { quote } from '../../shared/text';
import { isDateObject, looksLikeDate } from '../moments';
import { brokenPart } from '../typedText';
import { encodeDateTime } from './dates';
import { PLAIN, type FieldKind, type ValueRules } from './kind';
import { isFormattedNumber, plainDigits } from './number';
import { jsonArrayIn } from '../../shared/json';

/** Any text; also what types contain that are not known here. */
export const text: FieldKind = {
	...PLAIN,
	types: new Map([
		['text', 'text'],
		['textarea', 'text'],
		['hidden', 'hidden'],
	]),
	encode: ({ name }, values, rules) =>
		soundText(
			name,
			values.map((one) => toText(name, one, rules)),
		),
};

/** Several texts as one. @throws InputError for one in which an expression has gone wrong */
function soundText(name: string, texts: readonly string[]): string {
	for (const one of texts) {
		const broken = brokenPart(one);
		if (broken === undefined) continue;
		throw invalidValueError(
			name,
			one,
			`contains ${quote(broken)}, which an expression writes where it has no text`,
			'Use a single value that is text, not the object or date that contains it',
		);
	}
	return texts.join(', ');
}

/**
 * A value as a text field takes it: dates in ISO 8601, objects as JSON.
 * @param name the field's name, for messages
 * @throws InputError for a value that cannot be written as text
 */
export function toText(name: string, value: unknown, rules: ValueRules): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	if (typeof value === 'number' && Number.isFinite(value)) return plainDigits(value);
	if (isDateObject(value)) return encodeDateTime(name, value, rules);
	const json = typeof value === 'object' ? toJson(value) : undefined;
	if (typeof json === 'string') return json;
	throw invalidValueError(
		name,
		value,
		'cannot be written as text',
		'Use text, a number, a date or a list of these',
	);
}

/** Undefined for an object whose `toJSON` says so, which the type of `JSON.stringify` leaves out. */
function toJson(value: unknown): unknown {
	return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
}

/** What stands between several choices in one text. */
const CHOICE_SEPARATOR = /[;,\r\n]|\|\|/;

/**
 * A field whose type is unknown, since the account's fields could not be read.
 *
 * ActiveCampaign stores what it gets, so only such values are sent as are written alike for every type: one text, one
 * number in plain digits, true or false. A text with separators would have to be `||Art||Music||` in a list box, a date
 * has a form of its own for each of text, Date and Datetime, and `1.234,50` is `1234.5` in a Number field.
 */
export const untyped: FieldKind = {
	...PLAIN,
	types: new Map(),
	encode: ({ name }, values) => encodeUntyped(name, values),
};

function encodeUntyped(name: string, values: readonly unknown[]): string {
	const [value, ...others] = new Set(values);
	const reason = others.length > 0 ? 'contains more than one value' : reasonAgainst(value);
	if (reason === undefined) return typeof value === 'number' ? plainDigits(value) : String(value);
	throw invalidValueError(
		name,
		others.length > 0 ? values : value,
		`${reason}, and the field's type is unknown, since the account's custom fields could not be read`,
		"Use plain text or digits, or give the API key's user permission to see custom fields",
	);
}

function reasonAgainst(value: unknown): string | undefined {
	if (typeof value === 'boolean' || typeof value === 'bigint') return undefined;
	if (typeof value === 'number' && Number.isFinite(value)) return dateReason(plainDigits(value));
	if (isDateObject(value)) return 'is a date';
	if (typeof value !== 'string') return 'is not plain text';
	if (brokenPart(value) !== undefined) return 'contains what an expression writes where it has no text';
	if (isFormattedNumber(value)) return 'is a formatted number';
	if (CHOICE_SEPARATOR.test(value.trim()) || jsonArrayIn(value)) return 'may be several choices';
	return dateReason(value);
}

function dateReason(value: string): string | undefined {
	return looksLikeDate(value) ? 'may be a date' : undefined;
}
