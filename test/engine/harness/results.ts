import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../guards';
import type { RunResult } from './runWorkflow';

/** The JSON of items, without the nulls that give all rows of a run the same keys. */
export function jsonOf(items: INodeExecutionData[]): IDataObject[] {
	return items.map(({ json }) =>
		'action' in json ? Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null)) : json,
	);
}

/** The outcomes of a run, in the order of its items. */
export function outcomes({ items }: RunResult): unknown[] {
	return items.map(({ json }) => json.action);
}

/** How many items ended in each outcome. */
export function tally({ items, errorItems }: RunResult): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of [...items, ...errorItems]) {
		const { action = 'none' } = isRecord(json.details) ? json.details : json;
		counts[String(action)] = (counts[String(action)] ?? 0) + 1;
	}
	return counts;
}

/** What `expect.stringContaining` and `expect.stringMatching` are, typed so that they may stand in an expected object. */
export const textWith = (part: string): unknown => expect.stringContaining(part);
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);

/** An object by names, such as the `lists` of an item, that has exactly these outcomes, whatever their names. */
export const outcomesBeing = (...wanted: string[]): unknown => ({
	$$typeof: Symbol.for('jest.asymmetricMatcher'),
	asymmetricMatch: (given: unknown) =>
		isRecord(given) && Object.values(given).map(String).sort().join() === [...wanted].sort().join(),
	toAsymmetricMatcher: () => `OutcomesBeing<${wanted.join(', ')}>`,
});
