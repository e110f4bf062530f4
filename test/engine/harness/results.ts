import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../guards';
import type { RunResult } from './runWorkflow';

/** The JSON of items. */
export function jsonOf(items: INodeExecutionData[]): IDataObject[] {
	return items.map(({ json }) => json);
}

/** The outcomes of a run, in the order of its items. */
export function outcomes({ items }: RunResult): unknown[] {
	return items.map(({ json }) => json.outcome);
}

/** How many items ended in each outcome. */
export function tally({ items, errorItems }: RunResult): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of [...items, ...errorItems]) {
		const { outcome = 'none' } = isRecord(json.details) ? json.details : json;
		counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
	}
	return counts;
}

/** What `expect.stringContaining` and `expect.stringMatching` are, typed so that they may stand in an expected object. */
export const textWith = (part: string): unknown => expect.stringContaining(part);
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
