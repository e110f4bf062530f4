import type { JsonObject } from '../shared/json';

/** What only n8n can resolve. */
export const NOT_SIMPLE = Symbol('not plain');

/** An expression that is only a key of the item: `={{ $json.email }}`, `={{ $json["E-mail"] }}`. */
const KEY_OF_ITEM =
	/^=\{\{\s*\$json(?:\.([\p{L}_][\p{L}\p{N}_]*)|\["([^"\\{}]*)"\]|\['([^'\\{}]*)'\])\s*\}\}$/u;

/**
 * Resolves an expression that is only a key of the item, with a text, number, boolean or null under it, an array of
 * these, or nothing. n8n prepares a whole world for each expression: about 0.1 ms of CPU time, which for 20,000 items
 * with seven expressions is a quarter of a minute before the first contact is sent (see test/bench/RESULTS.md).
 * @param expression as the user wrote it
 * @param json of the item
 * @returns the value, or `NOT_SIMPLE` when n8n has to resolve the expression
 */
export function simpleValue(expression: string, json: JsonObject): unknown {
	const [, name, quoted, singleQuoted] = KEY_OF_ITEM.exec(expression) ?? [];
	const key = name ?? quoted ?? singleQuoted;
	if (key === undefined) return NOT_SIMPLE;
	// What every object inherits has a meaning of its own for n8n, e.g. `toString`; it refuses some of these names.
	if (key in Object.prototype || key === 'prototype') return NOT_SIMPLE;
	const value = json[key];
	return isPlain(value) || (Array.isArray(value) && value.every(isPlain)) ? value : NOT_SIMPLE;
}

function isPlain(value: unknown): boolean {
	return value === undefined || value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
