import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { forEachInSlices } from './concurrency';

/** The order of keys in a row: what is short first, since n8n's table shows the first columns only. */
const FIRST_KEYS = ['action', 'id', 'email', 'lists', 'tags', 'automations'];
const LAST_KEYS = ['reason', 'error', 'problems', 'warnings', 'mapped', 'unmapped', 'batchId'];

/**
 * Gives all rows of a run the same keys in the same order, so that n8n's table reads well; null where a row has nothing.
 * Left as they are: ActiveCampaign's own data, which have no action, and the failures that n8n sends to the error output.
 */
export async function withSameKeys(items: readonly INodeExecutionData[]): Promise<INodeExecutionData[]> {
	const found = new Set<string>();
	await forEachInSlices(items, ({ json }) => {
		if (isRow(json)) for (const key of Object.keys(json)) found.add(key);
	});
	const keys = [...found].sort((one, other) => placeOf(one) - placeOf(other));
	const rows: INodeExecutionData[] = [];
	await forEachInSlices(items, (item) => {
		const { json } = item;
		const filled = isRow(json) ? Object.fromEntries(keys.map((key) => [key, json[key] ?? null])) : json;
		rows.push({ ...item, json: filled });
	});
	return rows;
}

function isRow(json: IDataObject): boolean {
	return 'action' in json;
}

/** Keys in neither list lie between them, in their own order. */
function placeOf(key: string): number {
	const first = FIRST_KEYS.indexOf(key);
	return first < 0 ? FIRST_KEYS.length + LAST_KEYS.indexOf(key) + 1 : first;
}
