import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { InputError } from '../shared/failure';
import { quoteValue } from '../shared/text';

import { idOf, isBlankValue, isObject, objectsIn, textOf, type JsonObject } from '../shared/json';

/** A row of a repeatable collection, and the same row with its expressions as the user wrote them. */
export interface CollectionRow {
	readonly row: JsonObject;
	readonly raw: JsonObject;
}

/** The node's parameters, as the items see them. */
export class ItemParameters {
	/** As the user wrote them, expressions included. Read once: n8n copies the whole node each time. */
	readonly raw: JsonObject;
	private readonly items: readonly INodeExecutionData[];
	private readonly isPlainReadable: boolean;

	constructor(private readonly context: IExecuteFunctions) {
		this.raw = context.getNode().parameters;
		this.items = context.getInputData();
		// A single item gains nothing; the input of an agent's tool, which its expressions do not see, is a single item.
		this.isPlainReadable = this.items.length > 1 && this.isInputWhatExpressionsSee();
	}

	/**
	 * A parameter for one item, expressions resolved. An expression costs n8n 0.1 ms or more, so n8n is asked for the
	 * single expressions within a parameter only, e.g. for `customFields.values[3].value`.
	 * @param name of the parameter, or of one within it, e.g. `lists.values`
	 * @throws what n8n throws for an expression that does not resolve
	 */
	value(name: string, itemIndex: number, fallback: unknown = ''): unknown {
		const written = name
			.split('.')
			.reduce<unknown>((outer, key) => (isObject(outer) ? outer[key] : undefined), this.raw);
		return written === undefined ? fallback : this.resolve(written, name, itemIndex);
	}

	/** The item's data. */
	json(itemIndex: number): JsonObject {
		return this.items[itemIndex]?.json ?? {};
	}

	/** The rows of a repeatable collection; an empty list where the collection is absent or null. */
	rows(name: string, itemIndex: number): CollectionRow[] {
		const collection = this.raw[name];
		const raws = objectsIn(isObject(collection) ? collection['values'] : undefined);
		return objectsIn(this.value(`${name}.values`, itemIndex, [])).map((row, index) => ({
			row,
			raw: raws[index] ?? {},
		}));
	}

	/** @param path of the parameter as n8n's `getNodeParameter` takes it */
	private resolve(written: unknown, path: string, itemIndex: number): unknown {
		if (isExpression(written)) {
			const plain = this.isPlainReadable ? simpleValue(written, this.json(itemIndex)) : NOT_SIMPLE;
			if (plain !== NOT_SIMPLE) return plain;
			// Without n8n's own checks: they refuse a blank value in a date column, and ours know more.
			return this.context.getNodeParameter(path, itemIndex, '', { skipValidation: true });
		}
		if (Array.isArray(written)) {
			return written.map((one, index) => this.resolve(one, `${path}[${index}]`, itemIndex));
		}
		if (!isObject(written)) return written;
		return Object.fromEntries(
			Object.entries(written).map(([key, one]) => [
				key,
				this.resolve(one, `${path}${keyInPath(key)}`, itemIndex),
			]),
		);
	}

	private isInputWhatExpressionsSee(): boolean {
		try {
			const seen: unknown = this.context.evaluateExpression('{{ $json }}', 0);
			return JSON.stringify(seen) === JSON.stringify(this.json(0));
		} catch {
			return false;
		}
	}
}

/** A key as part of a path: `.field_7`, `["E-mail"]`. */
function keyInPath(key: string): string {
	return /^\w+$/.test(key) ? `.${key}` : `["${key.replace(/["\\]/g, '\\$&')}"]`;
}

/** A resource locator's choice, or the plain text that an expression gave instead. */
export function locatorValue(locator: unknown): unknown {
	return isObject(locator) ? locator['value'] : locator;
}

/** How a locator gives its record; undefined for an expression in place of the whole locator. */
export function locatorMode(locator: unknown): 'id' | 'name' | undefined {
	if (!isObject(locator)) return undefined;
	return locator['mode'] === 'name' ? 'name' : 'id';
}

/** The ID that a locator gives, '' for none: digits are an ID, unless they are given as a name. */
export function locatorId(locator: unknown): string {
	return locatorMode(locator) === 'name' ? '' : idOf(locatorValue(locator));
}

/** What the picker showed for the record that was picked from its list; an expression may mean another by now. */
export function pickedName(locator: unknown, raw: unknown): string | undefined {
	if (!isObject(locator) || locator['mode'] !== 'list' || isExpression(locatorValue(raw))) return undefined;
	return textOf(locator['cachedResultName']) || undefined;
}

/** Whether a parameter, as the user wrote it, is an expression. */
export function isExpression(raw: unknown): raw is string {
	return typeof raw === 'string' && raw.startsWith('=');
}

/** @throws InputError for a value that is not one of the choices, which only an expression can give */
export function choice<Choice extends string>(
	given: unknown,
	title: string,
	choices: readonly Choice[],
	byDefault: Choice,
): Choice {
	if (given === undefined || given === null || given === '') return byDefault;
	const known = choices.find((one) => one === given);
	if (known !== undefined) return known;
	throw new InputError(`'${title}' cannot be ${quoteValue(given)}`, `Use one of: ${choices.join(', ')}`);
}

/**
 * An expression may give "true" as text, which is read as such: whether to send anything must not be guessed.
 * @throws InputError for anything but yes or no
 */
export function yesOrNo(given: unknown, title: string, byDefault: boolean): boolean {
	const word = typeof given === 'string' ? given.trim().toLowerCase() : given;
	if (typeof word === 'boolean') return word;
	return choice(word, title, ['true', 'false'], byDefault ? 'true' : 'false') === 'true';
}

/** @throws InputError for anything but a number above 0, up to `max` */
export function positiveNumber(given: unknown, title: string, byDefault: number, max: number): number {
	const value = isBlankValue(given) ? byDefault : Number(textOf(given) || NaN);
	if (value > 0 && value <= max) return value;
	throw new InputError(`'${title}' cannot be ${quoteValue(given)}`, `Use a number above 0, up to ${max}`);
}

/** What only n8n can resolve. */
export const NOT_SIMPLE = Symbol('not simple');

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
