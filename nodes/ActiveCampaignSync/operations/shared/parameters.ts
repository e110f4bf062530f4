import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isObject, objectsIn, textOf, type JsonObject } from '../../shared/json';
import { NOT_PLAIN, plainValue } from './plainExpression';

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
		// For a single item there is nothing to gain; an agent's tool, whose items are no input of its own, has just one.
		this.isPlainReadable = this.items.length > 1 && this.isInputWhatExpressionsSee();
	}

	/**
	 * A parameter for one item, expressions resolved.
	 * @param name of the parameter, or of one within it, e.g. `lists.values`
	 * @throws what n8n throws for an expression that does not resolve
	 */
	value(name: string, itemIndex: number, fallback: unknown = ''): unknown {
		const plain = this.isPlainReadable ? plainValue(this.written(name), this.json(itemIndex)) : NOT_PLAIN;
		if (plain !== NOT_PLAIN) return plain === undefined ? fallback : plain;
		// Without n8n's own checks: they refuse a blank answer in a date column, and ours know more.
		return this.context.getNodeParameter(name, itemIndex, fallback, { skipValidation: true });
	}

	/** What the item holds. */
	json(itemIndex: number): JsonObject {
		return this.items[itemIndex]?.json ?? {};
	}

	/** The rows of a repeatable collection; none where the collection is absent or null. */
	rows(name: string, itemIndex: number): CollectionRow[] {
		const raws = objectsIn(this.written(`${name}.values`));
		return objectsIn(this.value(`${name}.values`, itemIndex, [])).map((row, index) => ({
			row,
			raw: raws[index] ?? {},
		}));
	}

	/** A parameter as the user wrote it. */
	private written(name: string): unknown {
		return name
			.split('.')
			.reduce<unknown>((outer, key) => (isObject(outer) ? outer[key] : undefined), this.raw);
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

/** A resource locator's choice, or the plain text that an expression gave instead. */
export function locatorValue(locator: unknown): unknown {
	return isObject(locator) ? locator['value'] : locator;
}

/** What the picker showed for the record that was picked from its list; an expression may mean another by now. */
export function pickedName(locator: unknown, raw: unknown): string | undefined {
	if (!isObject(locator) || locator['mode'] !== 'list' || isExpression(locatorValue(raw))) return undefined;
	return textOf(locator['cachedResultName']) || undefined;
}

/** Whether a parameter, as the user wrote it, is an expression. */
export function isExpression(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}
