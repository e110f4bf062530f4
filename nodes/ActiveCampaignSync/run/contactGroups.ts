import type { FieldCatalog } from '../fields/fieldCatalog';
import { mergePlans, type ContactPlan } from '../input/contactPlan';
import { targetKey, type ContactTarget } from '../input/contactTarget';
import { mergeSteps } from '../steps/runSteps';
import type { Step } from '../steps/step';
import type { ItemOptions, PlannedItem } from './planItems';
import { forEachInSlices } from './concurrency';

/** What one or more items ask for the same contact, to be done at once. */
export interface ContactGroup {
	/** The items, in their order. */
	readonly itemIndexes: readonly number[];
	readonly target: ContactTarget;
	readonly plan: ContactPlan;
	readonly steps: readonly Step[];
	/** Of the first item; people who unsubscribed are subscribed again only if all items say so. */
	readonly options: ItemOptions;
	readonly catalog: FieldCatalog;
}

/** Items that are merged. */
type Items = readonly [PlannedItem, ...PlannedItem[]];

/**
 * Groups items by the contact that they are about.
 * @param mergeDuplicates whether items of one contact become one group; otherwise each is a group
 * @returns for each contact, in the order of their first items, its groups, to be done one after the other
 */
export async function groupByContact(
	items: readonly PlannedItem[],
	mergeDuplicates: boolean,
): Promise<ContactGroup[][]> {
	const contacts = new Map<string, Array<[PlannedItem, ...PlannedItem[]]>>();
	await forEachInSlices(items, (item) => {
		// A dry run changes nothing, so it neither waits for the others nor keeps them from being merged.
		const key = `${item.options.dryRun} ${targetKey(item.target)}`;
		const groups = contacts.get(key);
		const latest = groups?.at(-1);
		if (!groups) contacts.set(key, [[item]]);
		else if (latest && mergeDuplicates && isMergeable(latest[0], item)) latest.push(item);
		else groups.push([item]);
	});
	const merged: ContactGroup[][] = [];
	await forEachInSlices(contacts.values(), (groups) => merged.push(groups.map(merge)));
	return merged;
}

function isMergeable(one: PlannedItem, other: PlannedItem): boolean {
	const keys = ['emptyValues', 'syncMode', 'unusableValues'] as const;
	return keys.every((key) => one.options[key] === other.options[key]) && !mayFail(one) && !mayFail(other);
}

/** Whether nothing of an item may be sent, which must not keep that of others from being sent. */
function mayFail({ options, plan }: PlannedItem): boolean {
	return options.unusableValues === 'fail' && plan.unusable.length > 0;
}

function merge(items: Items): ContactGroup {
	const [first, ...others] = items;
	return {
		itemIndexes: items.map(({ itemIndex }) => itemIndex),
		target: first.target,
		plan: mergePlans([first.plan, ...others.map(({ plan }) => plan)]),
		steps: mergeSteps(items.flatMap(({ steps }) => steps)),
		options: { ...first.options, resubscribe: items.every(({ options }) => options.resubscribe) },
		// The catalog of an item without custom fields is empty.
		catalog: (items.find(({ catalog }) => catalog.fields.length > 0) ?? first).catalog,
	};
}
