import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isObject, objectsIn, textOf, type JsonObject } from '../shared/json';
import { NOT_SIMPLE, simpleValue } from './simpleExpression';

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

/** What the picker showed for the record that was picked from its list; an expression may mean another by now. */
export function pickedName(locator: unknown, raw: unknown): string | undefined {
	if (!isObject(locator) || locator['mode'] !== 'list' || isExpression(locatorValue(raw))) return undefined;
	return textOf(locator['cachedResultName']) || undefined;
}

/** Whether a parameter, as the user wrote it, is an expression. */
export function isExpression(raw: unknown): raw is string {
	return typeof raw === 'string' && raw.startsWith('=');
}
