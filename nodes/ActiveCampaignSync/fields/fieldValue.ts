import { InputError, invalidValueError } from '../shared/failure';
import { isBlankValue, textOf } from '../shared/json';
import type { CustomField } from './field';
import type { FieldKind, ShownValue, ValueRules } from './kinds/kind';
import { choice, choices } from './kinds/choices';
import { date, dateTime } from './kinds/dates';
import { number } from './kinds/number';
import { text, untyped } from './kinds/text';

/** Every kind of field whose type is known. */
const KINDS: readonly FieldKind[] = [text, date, dateTime, number, choice, choices];

const KIND_OF_TYPE = new Map(KINDS.flatMap((kind) => [...kind.types.keys()].map((type) => [type, kind])));
const WORD_OF_TYPE = new Map(KINDS.flatMap(({ types }) => [...types]));
const OTHER_TYPE_WORD = 'text';

const LABEL_END = new RegExp(` \\((?:${[...new Set(WORD_OF_TYPE.values())].join('|')})\\)$`);

/** A field whose type is new or missing contains text. */
export function kindOf({ type }: Pick<CustomField, 'type'>): FieldKind {
	return type === undefined ? untyped : (KIND_OF_TYPE.get(type) ?? text);
}

/** How pickers show a field: "Industry (dropdown)". */
export function fieldLabel({ name, type = '' }: CustomField): string {
	return `${name} (${WORD_OF_TYPE.get(type) ?? OTHER_TYPE_WORD})`;
}

/** The name in a label of `fieldLabel`; other text as it is. */
export function nameInLabel(label: string): string {
	return label.replace(LABEL_END, '');
}

/**
 * What to send as the `value` of a custom field.
 *
 * Empty exactly when nothing was given, which is the case for every blank value, and also for an option whose value is
 * empty, for separators with nothing between them, and for an empty list of choices as JSON text.
 *
 * @throws InputError, and nothing else, for a value that the field cannot take; with `usable` in its details if it can take a
 * part of it
 */
export function encodeFieldValue(field: CustomField, value: unknown, rules: ValueRules): string {
	try {
		return isBlankValue(value) ? '' : kindOf(field).encode(field, valuesIn(value), rules);
	} catch (thrown) {
		throw thrown instanceof InputError ? thrown : unreadableError(field, value);
	}
}

/** A stored value as people see it, and as this node takes it back: choices by their labels, numbers as numbers. */
export function showStoredValue(field: CustomField, stored: unknown): ShownValue {
	const value = typeof stored === 'string' || typeof stored === 'number' ? String(stored) : '';
	return kindOf(field).show(field, value);
}

/** Stored values by the names of their fields. From entries, so that a title such as `__proto__` is a key like any other. */
export function showStoredValues(
	values: ReadonlyArray<readonly [CustomField, unknown]>,
): Record<string, ShownValue> {
	return Object.fromEntries(values.map(([field, stored]) => [field.name, showStoredValue(field, stored)]));
}

/** Whether a stored value is blank. A field of choices of which nothing is chosen is stored as `||`. */
export function isBlankStoredValue(field: CustomField, stored: unknown): boolean {
	return isBlankValue(stored) || (typeof stored === 'string' && kindOf(field).isBlank(stored));
}

/** Whether two stored values mean the same: the account may write down a number, a moment or choices in its own way. */
export function isSameStoredValue(field: CustomField, one: string, other: string): boolean {
	const isBlankOne = isBlankStoredValue(field, one);
	if (isBlankOne || isBlankStoredValue(field, other)) {
		return isBlankOne && isBlankStoredValue(field, other);
	}
	return one === other || kindOf(field).isSame(one, other);
}

/**
 * Whether a value is given as the account has it, so that it can stay, even if the field would not take it from elsewhere:
 * an option that it no longer offers, what another program has stored.
 */
export function isGivenAsStored(field: CustomField, given: unknown, stored: string): boolean {
	if (isBlankStoredValue(field, stored)) return false;
	try {
		const texts = (value: unknown) => JSON.stringify(valuesIn(value).map(textOf));
		return textOf(given) === stored.trim() || texts(given) === texts(showStoredValue(field, stored));
	} catch {
		// A value that cannot be read, such as an array within itself.
		return false;
	}
}

/** Whether a stored value is the wanted one or, in a field of several choices, contains all of the wanted ones. */
export function includesStoredValue(field: CustomField, stored: string, wanted: string): boolean {
	const [has, needs] = [stored, wanted].map((value) => showStoredValue(field, value));
	if (Array.isArray(has) && Array.isArray(needs)) return needs.every((one) => has.includes(one));
	return isSameStoredValue(field, stored, wanted);
}

function unreadableError({ name }: CustomField, value: unknown): InputError {
	return invalidValueError(name, value, 'cannot be read', 'Use text, a number, a date or a list of these');
}

/** The values in an array at any depth, without blanks; any other value alone. */
function valuesIn(value: unknown): unknown[] {
	return Array.isArray(value) ? value.flat(Infinity).filter((one) => !isBlankValue(one)) : [value];
}
