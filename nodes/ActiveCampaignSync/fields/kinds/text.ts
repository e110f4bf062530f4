import { invalidValueError } from '../../shared/failure';
import { quote } from '../../shared/text';
import { isDateObject } from '../moments';
import { brokenPart } from '../typedText';
import { encodeDateTime } from './dates';
import { PLAIN, type FieldKind } from './kind';
import { plainDigits } from './number';

/** Any text; also what types contain that are not known here. */
export const text: FieldKind = {
	...PLAIN,
	types: new Map([
		['text', 'text'],
		['textarea', 'text'],
		['hidden', 'hidden'],
	]),
	encode: ({ name }, values, { timeZone }) =>
		soundText(
			name,
			values.map((one) => toText(name, one, timeZone)),
		),
};

/** Several texts as one. @throws InputError for one in which an expression has gone wrong */
export function soundText(name: string, texts: readonly string[]): string {
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
export function toText(name: string, value: unknown, timeZone: string): string {
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
