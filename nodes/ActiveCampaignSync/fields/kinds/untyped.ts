import { invalidValueError } from '../../shared/failure';
import { jsonArrayIn } from '../../shared/json';
import { isDateObject, looksLikeDate } from '../moments';
import { brokenPart } from '../typedText';
import { PLAIN, type FieldKind } from './kind';
import { isFormattedNumber, plainDigits } from './number';

/** What stands between several choices in one text. */
const SEPARATOR = /[;,\r\n]|\|\|/;

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
	if (SEPARATOR.test(value.trim()) || jsonArrayIn(value)) return 'may be several choices';
	return dateReason(value);
}

function dateReason(value: string): string | undefined {
	return looksLikeDate(value) ? 'may be a date' : undefined;
}
