import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, objectsIn, textOf, type JsonObject } from '../account/json';

/** A row of a repeatable collection, and the same row with its expressions as the user wrote them. */
export interface CollectionRow {
	readonly row: JsonObject;
	readonly raw: JsonObject;
}

/** The rows of a repeatable collection; none where the collection is absent or null. */
export function readRows(context: IExecuteFunctions, name: string, itemIndex: number): CollectionRow[] {
	const collection: unknown = context.getNode().parameters[name];
	const raws = isObject(collection) ? objectsIn(collection['values']) : [];
	return objectsIn(context.getNodeParameter(`${name}.values`, itemIndex, [])).map((row, index) => ({
		row,
		raw: raws[index] ?? {},
	}));
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
