import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../transport/account';
import { Catalogs } from '../../lookups/catalogs';
import { emailKey } from '../../contact/email';
import type { ItemOutcome, ItemOutcomes } from '../shared/items';
import { readRunOptions } from '../shared/options';
import { mapWithConcurrency } from '../shared/mapWithConcurrency';
import { planItems, type PlannedItem } from '../shared/planItems';
import { addSyncHint } from '../shared/hints';
import { syncGroup, type Group } from './syncGroup';

export const operation: INodePropertyOptions = {
	name: 'Sync Contact',
	value: 'syncContact',
	action: 'Sync contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
};

/** More contacts than this are never under way at once: enough for an account that takes 20 seconds to answer. */
const MAX_UNDER_WAY = 100;

/** Syncs one contact per item; items of one person are merged, or else follow each other in order. */
export async function execute(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const { requestsPerSecond, mergeDuplicates } = readRunOptions(context);
	const account = await Account.open(context, requestsPerSecond, signal);
	const catalogs = new Catalogs(account);

	const planned = await planItems(context, catalogs, outcomes);
	const people = groupByPerson(planned, mergeDuplicates);

	await mapWithConcurrency(
		people,
		MAX_UNDER_WAY,
		() => !signal?.aborted,
		async (groups) => {
			let isKnown = false;
			for (const group of groups) {
				const outcome = await syncGroup(account, catalogs, group, isKnown);
				isKnown ||= outcome.action === 'created' || outcome.action === 'updated';
				for (const item of group) outcomes.set(item.itemIndex, withReports(outcome, item));
			}
		},
	);
	addSyncHint(context, outcomes, account.statistics, planned.length - people.flat().length);
}

/** The groups of each person, to be done one after the other; people in the order of their first items. */
function groupByPerson(items: readonly PlannedItem[], mergeDuplicates: boolean): Group[][] {
	const people = new Map<string, PlannedItem[][]>();
	for (const item of items) {
		const groups = people.get(emailKey(item.plan.email));
		const latest = groups?.at(-1);
		if (!groups) people.set(emailKey(item.plan.email), [[item]]);
		else if (latest && mergeDuplicates && isDoneAlike(latest[0], item)) latest.push(item);
		else groups.push([item]);
	}
	return [...people.values()].map((groups) =>
		groups.flatMap(([first, ...others]): Group[] => (first ? [[first, ...others]] : [])),
	);
}

function isDoneAlike(one: PlannedItem | undefined, other: PlannedItem): boolean {
	return (
		one?.options.dryRun === other.options.dryRun && one.options.emptyValues === other.options.emptyValues
	);
}

/** What an item alone has to report is added to the outcome that it shares with the others of its person. */
function withReports(outcome: ItemOutcome, { plan }: PlannedItem): ItemOutcome {
	if (!outcome.json) return outcome;
	const shared: unknown = outcome.json['warnings'];
	const warnings = [...plan.warnings, ...(Array.isArray(shared) ? shared.map(String) : [])];
	return {
		...outcome,
		json: {
			...outcome.json,
			...(warnings.length > 0 ? { warnings } : {}),
			...(plan.unmapped.length > 0 ? { unmapped: plan.unmapped.map((one) => ({ ...one })) } : {}),
		},
	};
}
