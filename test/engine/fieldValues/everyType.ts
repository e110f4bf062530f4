import type { FieldSeed } from '../../sandbox';

/** The options of the fields that have some. */
export const OPTIONS = [
	{ value: 'r', label: 'Red' },
	{ value: 'g', label: 'Green' },
	{ value: 'ab', label: 'A, or B' },
	{ value: 'true', label: 'true' },
	{ value: '5', label: '5' },
];

/** The groups of types that take a value alike. */
export type Column = 'text' | 'date' | 'dateTime' | 'number' | 'choice' | 'choices';

/** Every type of custom field that the API documents, one it does not, and the two ways to have none. */
export const TYPES: ReadonlyArray<readonly [type: string | null, column: Column]> = [
	['text', 'text'],
	['textarea', 'text'],
	['hidden', 'text'],
	['rating', 'text'],
	['', 'text'],
	[null, 'text'],
	['date', 'date'],
	['datetime', 'dateTime'],
	['number', 'number'],
	['currency', 'number'],
	['dropdown', 'choice'],
	['radio', 'choice'],
	['checkbox', 'choices'],
	['listbox', 'choices'],
];

/** What a message says is allowed in the fields with options. */
export const ALLOWED = "'Red', 'Green', 'A, or B', 'true', '5'";

/** One custom field of the account, and how it takes values. */
export interface TypedField {
	readonly id: string;
	readonly title: string;
	readonly type: string | null;
	readonly column: Column;
}

/** A field of every type. Ids start at 11, so that none equals a position in a list by chance. */
export const FIELDS: readonly TypedField[] = TYPES.map(([type, column], index) => ({
	id: String(11 + index),
	title: `My ${type === '' ? 'empty type' : String(type)}`,
	type,
	column,
}));

/** The fields of the sandbox account. */
export const FIELD_SEEDS: FieldSeed[] = FIELDS.map(({ id, title, type, column }) => ({
	id,
	title,
	type,
	options: column === 'choice' || column === 'choices' ? OPTIONS : [],
}));
