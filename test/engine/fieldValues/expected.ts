import type { GenericValue } from 'n8n-workflow';

import type { Column } from './everyType';

/** Nothing is written: the contact keeps what it has. */
export const kept = Symbol('kept');
/** The item stops with a message, and nothing of it is written. */
export const refused = Symbol('refused');

export type Expected = string | typeof kept | typeof refused;

/** What arrives: a value in the item's JSON, or the result of an expression that the user has written. */
export type Input = { readonly value: GenericValue } | { readonly expression: string };

/** One kind of input, and what the account then stores in a field of each type. */
export interface Row {
	readonly name: string;
	readonly input: Input;
	readonly expected: Readonly<Record<Column, Expected>>;
}

type Stored = Partial<Record<Column, Expected>>;

/** A row for a value of the item's JSON; what is not named is refused. */
export function value(name: string, given: GenericValue, stored: Stored = {}): Row {
	return row(name, { value: given }, stored);
}

/** A row for an expression's result, e.g. `$now`; what is not named is refused. */
export function expression(code: string, stored: Stored = {}): Row {
	return row(`{{ ${code} }}`, { expression: `{{ ${code} }}` }, stored);
}

/** A row for a value that is empty in any field. */
export function empty(name: string, input: Input): Row {
	return row(name, input, all(kept));
}

function row(name: string, input: Input, stored: Stored): Row {
	return { name, input, expected: { ...all(refused), ...stored } };
}

function all(expected: Expected): Record<Column, Expected> {
	return {
		text: expected,
		date: expected,
		dateTime: expected,
		number: expected,
		choice: expected,
		choices: expected,
	};
}
