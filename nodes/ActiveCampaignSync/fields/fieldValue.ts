import { type CustomField, fieldName } from './customField';
import { encodeDate, encodeDateTime } from './dates';
import { isDateObject } from './moments';
import { InputError, invalidValueError } from '../shared/failure';
import { encodeNumber, plainDigits } from './numbers';
import { encodeUntyped } from './untypedValue';
import { decodeChoice, decodeChoices, encodeChoice, encodeChoices } from './choices';

/** What a field contains; ActiveCampaign has several types for some of them. */
export type FieldKind = 'text' | 'date' | 'dateTime' | 'number' | 'choice' | 'choices';

const KINDS = new Map<string, FieldKind>([
	['date', 'date'],
	['datetime', 'dateTime'],
	['number', 'number'],
	['currency', 'number'],
	['dropdown', 'choice'],
	['radio', 'choice'],
	['checkbox', 'choices'],
	['listbox', 'choices'],
]);

/** A field whose type is unknown or missing contains text. */
export function fieldKind(field: CustomField): FieldKind {
	return KINDS.get(field.type ?? '') ?? 'text';
}

/**
 * Whether a value is blank, as of a question that was left out: undefined, null, a text of blanks only, an empty array
 * or an array of such. 0, false, NaN and `{}` are values, if perhaps not ones that the field can take.
 */
export function isBlankValue(value: unknown): boolean {
	try {
		return Array.isArray(value) ? value.flat(Infinity).every(isBlank) : isBlank(value);
	} catch {
		// An array within itself, or one made to throw.
		return false;
	}
}

/**
 * What to send as the `value` of a custom field.
 *
 * Empty exactly when nothing was given, which is the case for every blank value, and also for an option whose value is
 * empty, for separators with nothing between them, and for an empty list of choices as JSON text.
 *
 * @param timeZone the workflow's, such as `Europe/Berlin`
 * @throws InputError, and nothing else, for a value that the field cannot take
 */
export function encodeFieldValue(field: CustomField, value: unknown, timeZone: string): string {
	try {
		return isBlankValue(value) ? '' : encodeValue(field, value, timeZone);
	} catch (thrown) {
		throw thrown instanceof InputError ? thrown : unreadable(field, value);
	}
}

/** What a stored value is to a workflow: an array for checkbox and listbox fields, a text for all others. */
export function decodeFieldValue(field: CustomField, stored: unknown): string | string[] {
	const text = typeof stored === 'string' || typeof stored === 'number' ? String(stored) : '';
	switch (fieldKind(field)) {
		case 'choices':
			return decodeChoices(text);
		case 'choice':
			return decodeChoice(text);
		default:
			return text;
	}
}

/** A stored value as people see it: as `decodeFieldValue` gives it, choices by their labels. */
export function shownFieldValue(field: CustomField, stored: unknown): string | string[] {
	const label = (value: string) =>
		field.options.find((option) => option.value === value)?.label.trim() || value;
	const value = decodeFieldValue(field, stored);
	return Array.isArray(value) ? value.map(label) : label(value);
}

/** Whether a stored value is blank. A field of choices of which nothing is chosen is stored as `||`. */
export function isBlankStoredValue(field: CustomField, stored: unknown): boolean {
	const hasChoices = ['choice', 'choices'].includes(fieldKind(field));
	return isBlankValue(stored) || (hasChoices && typeof stored === 'string' && /^[\s|]*$/.test(stored));
}

/** Whether two stored values mean the same: the account may write down a number, a moment or choices in its own way. */
export function isSameStoredValue(field: CustomField, one: string, other: string): boolean {
	const isBlank = isBlankStoredValue(field, one);
	if (isBlank || isBlankStoredValue(field, other)) return isBlank && isBlankStoredValue(field, other);
	switch (fieldKind(field)) {
		case 'number':
			return one === other || Number(one) === Number(other);
		case 'dateTime':
			return one === other || Date.parse(one) === Date.parse(other);
		case 'choices':
			return sorted(decodeFieldValue(field, one)) === sorted(decodeFieldValue(field, other));
		default:
			return decodeFieldValue(field, one) === decodeFieldValue(field, other);
	}
}

function sorted(choices: string | string[]): string {
	return JSON.stringify(Array.isArray(choices) ? [...choices].sort() : choices);
}

function encodeValue(field: CustomField, value: unknown, timeZone: string): string {
	const name = fieldName(field);
	const values = valuesOf(value);
	if (field.type === undefined) return encodeUntyped(name, values);
	switch (fieldKind(field)) {
		case 'date':
			return encodeDate(name, only(name, values), timeZone);
		case 'dateTime':
			return encodeDateTime(name, only(name, values), timeZone);
		case 'number':
			return encodeNumber(name, only(name, values));
		case 'choice':
			return encodeChoice(field, textOf(name, only(name, values), timeZone));
		case 'choices':
			return encodeChoices(
				field,
				values.map((one) => textOf(name, one, timeZone)),
			);
		case 'text':
			return values.map((one) => textOf(name, one, timeZone)).join(', ');
	}
}

function valuesOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value.flat(Infinity).filter((one) => !isBlank(one)) : [value];
}

/** Form and sheet nodes also give a single value as an array of one. */
function only(name: string, values: unknown[]): unknown {
	const [first, ...more] = new Set(values);
	if (more.length === 0) return first;
	throw invalidValueError(name, values, 'contains more than one value', 'Use one of these values');
}

function textOf(name: string, value: unknown, timeZone: string): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	if (typeof value === 'number' && Number.isFinite(value)) return plainDigits(value);
	if (isDateObject(value)) return encodeDateTime(name, value, timeZone);
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

function unreadable(field: CustomField, value: unknown): InputError {
	return invalidValueError(
		fieldName(field),
		value,
		'cannot be read',
		'Use text, a number, a date or a list of these',
	);
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
