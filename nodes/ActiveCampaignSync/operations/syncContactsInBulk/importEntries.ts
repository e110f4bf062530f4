import { explain, type Failure } from '../../shared/result';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Catalogs } from '../../lookups/catalogs';
import { dryRunOutput } from '../../contact/contactOutput';
import { mergePlans } from '../../contact/contactPlan';
import { emailKey } from '../../contact/email';
import { importBody, toBatches, type ImportEntry } from '../../contact/import/importBatches';
import { toImportContact } from '../../contact/import/importContact';
import { TOO_LARGE } from '../../contact/import/importResult';
import type { ListAction } from '../../contact/steps/membership';
import { latest, mergeSteps, type ListChange } from '../../contact/steps/requestedSteps';
import type { ItemOutcome, ItemOutcomes } from '../shared/items';
import { planItems, type PlannedItem } from '../shared/planItems';
import { prepareSteps, type FoundStep } from '../shared/stepLookup';

/** What an item has to report besides the outcome of its contact, by the item's index. */
export type Notes = ReadonlyMap<number, IDataObject>;

/** Items that ask for the same contact. */
type Person = readonly [PlannedItem, ...PlannedItem[]];
type FoundLists = ReadonlyMap<string, FoundStep<ListChange>>;

/**
 * Reads all items: one entry for each address. Items that cannot be sent have their outcome set and are left out, as
 * are those of a dry run.
 */
export async function readEntries(
	context: IExecuteFunctions,
	catalogs: Catalogs,
	excludeAutomations: boolean,
	outcomes: ItemOutcomes,
): Promise<{ entries: ImportEntry[]; notes: Notes }> {
	const planned = await planItems(context, catalogs, outcomes);
	const found = await findLists(catalogs, planned);
	const entries: ImportEntry[] = [];
	const notes = new Map<number, IDataObject>();
	for (const person of byPerson(planned)) {
		const { entry, outcome } = judge(person, found, excludeAutomations);
		if (entry) entries.push(entry);
		for (const item of person) {
			const note = noteOf(item);
			if (note) notes.set(item.itemIndex, note);
			if (outcome) outcomes.set(item.itemIndex, { ...outcome, json: { ...outcome.json, ...note } });
		}
	}
	return { entries, notes };
}

/** What to send for a person, or the outcome of all of their items when nothing is to be sent. */
function judge(
	person: Person,
	found: FoundLists,
	excludeAutomations: boolean,
): { entry: ImportEntry; outcome?: undefined } | { entry?: undefined; outcome: ItemOutcome } {
	const [{ options, catalog }, ...others] = person;
	const plan = mergePlans([person[0].plan, ...others.map((item) => item.plan)]);
	const requestedSteps = mergeSteps([person[0].requestedSteps, ...others.map((item) => item.requestedSteps)]);
	const { lists, failure } = listActions(requestedSteps.lists, found);
	if (failure) return { outcome: refusedOutcome(plan.email, failure) };
	const tags = requestedSteps.tags.filter(({ action }) => action === 'add').map(({ name }) => name);
	const itemIndexes = person.map(({ itemIndex }) => itemIndex);
	const entry = { itemIndexes, contact: toImportContact(plan, tags, lists) };
	if (!options.dryRun) return { entry };
	const { tooLarge } = toBatches([entry], excludeAutomations);
	if (tooLarge.length > 0) return { outcome: refusedOutcome(plan.email, TOO_LARGE) };
	const request = { path: '/import/bulk_import', body: importBody([entry], excludeAutomations) };
	return { outcome: { json: dryRunOutput(plan, catalog, request), action: 'dryRun' } };
}

/** All lists that are asked for, each looked up once, however many items ask for it. */
async function findLists(catalogs: Catalogs, items: readonly PlannedItem[]): Promise<FoundLists> {
	const lists = latest(
		items.flatMap(({ requestedSteps }) => requestedSteps.lists),
		listKey,
	);
	const steps = await prepareSteps(catalogs, { lists, tags: [], automations: [], resubscribe: false });
	return new Map(steps.lists.map((step) => [listKey(step.requested), step]));
}

function listKey({ list: { mode, value } }: ListChange): string {
	return `${mode} ${value}`;
}

/** In the order of their first items; what is only to be looked at goes apart. */
function byPerson(items: readonly PlannedItem[]): Iterable<Person> {
	const people = new Map<string, [PlannedItem, ...PlannedItem[]]>();
	for (const item of items) {
		const key = `${item.options.dryRun} ${emailKey(item.plan.email)}`;
		const person = people.get(key);
		if (person) person.push(item);
		else people.set(key, [item]);
	}
	return people.values();
}

/** By its name and by its id, the same list may be asked for twice: the last time counts. */
function listActions(
	requestedSteps: readonly ListChange[],
	found: FoundLists,
): { lists: ReadonlyMap<string, ListAction>; failure?: undefined } | { lists?: undefined; failure: Failure } {
	const lists = new Map<string, ListAction>();
	for (const requested of requestedSteps) {
		const { id, failure } = found.get(listKey(requested)) ?? {};
		if (failure) return { failure };
		if (id !== undefined) lists.set(id, requested.action);
	}
	return { lists };
}

function refusedOutcome(email: string, failure: Failure): ItemOutcome {
	return { json: { email, outcome: 'refused', reason: explain(failure) }, failure };
}

function noteOf({ plan: { warnings, unmapped } }: PlannedItem): IDataObject | undefined {
	if (warnings.length === 0 && unmapped.length === 0) return undefined;
	return {
		...(warnings.length > 0 ? { warnings: [...warnings] } : {}),
		...(unmapped.length > 0 ? { unmapped: unmapped.map((one) => ({ ...one })) } : {}),
	};
}
