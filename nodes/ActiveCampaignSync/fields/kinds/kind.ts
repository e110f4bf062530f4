import type { ResourceMapperField } from 'n8n-workflow';

import { invalidValueError } from '../../shared/failure';
import { halfWidth } from '../../shared/text';
import type { CustomField } from '../field';
import type { DateOrder } from '../moments';
import { isNothing, withoutMarks } from '../typedText';

/** A custom value in the output: an array for fields of several choices, a number for number fields. */
export type ShownValue = string | number | string[];

/** What a value is read by. */
export interface ValueRules {
	/** IANA name of the workflow's time zone, such as `Europe/Berlin`. */
	readonly timeZone: string;
	readonly dateOrder: DateOrder;
}

/** How one kind of custom field takes, stores and shows values. A stored value is always a text. */
export interface FieldKind {
	/** ActiveCampaign's types of this kind, each with the word for it in pickers. */
	readonly types: ReadonlyMap<string, string>;

	/**
	 * What to send.
	 * @param values what was given, at least one, none of them blank
	 * @throws InputError for values that the field cannot take, with `usable` in its details if it can take a part of them;
	 * whatever else is thrown means that a value cannot be read
	 */
	readonly encode: (field: CustomField, values: readonly unknown[], rules: ValueRules) => string;

	/** A stored value as people see it; `encode` makes the same of it again. */
	readonly show: (field: CustomField, stored: string) => ShownValue;

	/** Whether two stored values mean the same although they differ; neither is blank. */
	readonly isSame: (one: string, other: string) => boolean;

	/**
	 * All texts as which the account may have stored what `encode` gave, so that contacts can be found by them; undefined where
	 * there are too many, or where a value is one of several.
	 */
	readonly spellings?: (stored: string) => readonly string[];

	/** Whether a stored value, which is not all blanks, means nothing. */
	readonly isBlank: (stored: string) => boolean;

	/** The column of 'Choose Account Fields'. */
	readonly column: (field: CustomField) => Pick<ResourceMapperField, 'type' | 'options'>;

	/** Whether a contact can be found by what was sent. */
	readonly canMatch: boolean;
}

/** What a kind does unless it says otherwise: a stored value is the text that it is. */
export const PLAIN: Omit<FieldKind, 'types' | 'encode'> = {
	show: (_field, stored) => stored,
	isSame: (one, other) => one === other,
	spellings: (stored) => [stored],
	isBlank: () => false,
	column: () => ({ type: 'string' }),
	canMatch: true,
};

/**
 * The value of a field that takes one: form and sheet nodes also give it as an array of one.
 * @param name the field's name, for messages
 * @throws InputError for several that differ
 */
export function onlyValue(name: string, values: readonly unknown[]): unknown {
	const [first, ...more] = new Set(values);
	if (more.length === 0) return first;
	throw invalidValueError(name, values, 'contains more than one value', 'Use one of these values');
}

/** Longer than any number or date, with all that may stand around it; what is longer, and may be many megabytes, is not searched. */
const MAX_TYPED_LENGTH = 500;

/**
 * The `encode` of a kind of single values: without full-width characters and a spreadsheet's marks, and '' for words that
 * mean no value.
 */
export function encodeTyped(
	encode: (name: string, value: unknown, rules: ValueRules) => string,
): FieldKind['encode'] {
	return ({ name }, values, rules) => {
		const value = onlyTypedValue(name, values);
		return value === undefined ? '' : encode(name, value, rules);
	};
}

/**
 * The same without a spreadsheet's marks; undefined for words that mean no value.
 * @throws InputError for several that differ
 */
function onlyTypedValue(name: string, values: readonly unknown[]): unknown {
	const typed = values
		.map((value) =>
			typeof value === 'string' && value.length <= MAX_TYPED_LENGTH ? withoutMarks(halfWidth(value)) : value,
		)
		.filter((value) => !isNothing(value));
	return typed.length === 0 ? undefined : onlyValue(name, typed);
}
