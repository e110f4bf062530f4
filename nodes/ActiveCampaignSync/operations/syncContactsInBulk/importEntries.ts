import { explain, type Failure } from '../../shared/failure';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Lookups } from '../../account/lookups';
import type { FieldChanges } from '../../input/contactPlan';
import { toBatches, type ImportEntry } from './importBatches';
import { toImportContact } from './importContact';
import { TOO_LARGE } from './importResult';
import type { ListAction } from '../../steps/membership';
import { latest, type ListChange } from '../../steps/requestedSteps';
import type { Account } from '../../account/account';
import { groupByContact, type ContactGroup } from '../../run/contactGroups';
import { addComparedHint } from '../../run/hints';
import type { ItemOutcome, ItemOutcomes } from '../../run/items';
import { mapWithConcurrency } from '../../run/mapWithConcurrency';
import { planItems, type PlannedItem } from '../../run/planItems';
import { isSmsList } from '../../steps/smsLists';
import { resolveSteps, type ResolvedStep } from '../../steps/resolveSteps';
import { forEachInSlices } from '../../run/timeSlices';
import { DryRun, previewGroup } from '../syncContact/dryRun';

/** With how many contacts of the account a dry run compares: one request each. */
const MAX_COMPARED = 100;

type FoundLists = ReadonlyMap<string, ResolvedStep<ListChange>>;

/**
 * Reads all items: one entry for each contact. Items that cannot be sent have their outcome set and are left out, as
 * are those of a dry run.
 */
export async function readEntries(
	context: IExecuteFunctions,
	account: Account,
	catalogs: Lookups,
	excludeAutomations: boolean,
	outcomes: ItemOutcomes,
): Promise<ImportEntry[]> {
	const planned = await planItems(context, catalogs, outcomes);
	const found = await findLists(catalogs, planned);
	const entries: ImportEntry[] = [];
	const shown: ContactGroup[] = [];
	await forEachInSlices((await groupByContact(planned, true)).flat(), (group) => {
		const { entry, outcome } = toImportEntry(group, found, excludeAutomations);
		const warnings = phoneWarnings(group, found);
		for (const itemIndex of group.itemIndexes)
			outcomes.report(itemIndex, { warnings, unmapped: [], skippedFields: [] });
		if (outcome) for (const itemIndex of group.itemIndexes) outcomes.set(itemIndex, outcome);
		else if (group.options.dryRun) shown.push(group);
		else entries.push(entry);
	});
	await showImport(new DryRun(account, catalogs, true), shown, outcomes);
	if (shown.length > MAX_COMPARED) addComparedHint(context, MAX_COMPARED);
	return entries;
}

/** What to send for a contact, or the outcome of all of its items when nothing is to be sent. */
function toImportEntry(
	{ itemIndexes, plan, requestedSteps, options }: ContactGroup,
	found: FoundLists,
	excludeAutomations: boolean,
): { entry: ImportEntry; outcome?: undefined } | { entry?: undefined; outcome: ItemOutcome } {
	const { lists, failure } = listActions(requestedSteps.lists, found);
	if (failure) return { outcome: refusedOutcome(plan.email, failure) };
	const tags = requestedSteps.tags.filter(({ action }) => action === 'add').map(({ name }) => name);
	const entry = { itemIndexes, contact: toImportContact(plan, tags, lists, requestedSteps.company?.name) };
	if (!options.dryRun) return { entry };
	const { tooLarge } = toBatches([entry], excludeAutomations);
	if (tooLarge.length > 0) return { outcome: refusedOutcome(plan.email, TOO_LARGE) };
	return { entry };
}

/**
 * Sets the outcomes of a dry run: what the import would do for the first contacts, as the account has them now. Of the
 * others it only says that they would be sent, since each costs a request.
 */
async function showImport(
	dryRun: DryRun,
	groups: readonly ContactGroup[],
	outcomes: ItemOutcomes,
): Promise<void> {
	await mapWithConcurrency(groups, { concurrency: MAX_COMPARED }, async (group, order) => {
		const outcome: ItemOutcome =
			order < MAX_COMPARED
				? await previewGroup(dryRun, importedPart(group))
				: { action: 'dryRun', json: { action: 'notCompared', email: group.plan.email } };
		for (const itemIndex of group.itemIndexes) outcomes.set(itemIndex, outcome);
	});
}

/** What an import does of a group: it clears no fields, removes no tags, enrolls in nothing, sets no job titles and keeps unsubscribes. */
function importedPart(group: ContactGroup): ContactGroup {
	const { plan, requestedSteps, options } = group;
	const { name = '' } = requestedSteps.company ?? {};
	const company = name === '' ? undefined : { name, jobTitle: '', onlyIfBlank: false };
	const withoutClear = <Field extends string>({ set }: FieldChanges<Field>) => ({
		set,
		clear: new Set<Field>(),
	});
	return {
		...group,
		plan: {
			...plan,
			standardFields: withoutClear(plan.standardFields),
			customFields: withoutClear(plan.customFields),
			fillOnly: false,
		},
		requestedSteps: {
			lists: requestedSteps.lists,
			tags: requestedSteps.tags.filter(({ action }) => action === 'add'),
			automations: [],
			...(company ? { company } : {}),
			notes: [],
			resubscribe: false,
		},
		options: { ...options, simplify: true, syncMode: 'createOrUpdate' },
	};
}

/** All lists that are asked for, each looked up once, however many items ask for it. */
async function findLists(catalogs: Lookups, items: readonly PlannedItem[]): Promise<FoundLists> {
	const lists = latest(
		items.flatMap(({ requestedSteps }) => requestedSteps.lists),
		listKey,
	);
	const steps = await resolveSteps(catalogs, {
		...{ lists, tags: [], automations: [], notes: [] },
		resubscribe: false,
	});
	const lacksPhone = items.some(({ plan }) => !plan.standardFields.set.has('phone'));
	const known = steps.lists.map(async (step) =>
		lacksPhone && !step.failure ? { ...step, isSms: await isSmsList(catalogs, step) } : step,
	);
	return new Map((await Promise.all(known)).map((step) => [listKey(step.requested), step]));
}

/** The contact may have a phone number in the account, which an import does not see. */
function phoneWarnings({ plan, requestedSteps: { lists } }: ContactGroup, found: FoundLists): string[] {
	if (plan.standardFields.set.has('phone')) return [];
	return lists
		.filter(({ action }) => action === 'subscribe')
		.flatMap((requested) => found.get(listKey(requested)) ?? [])
		.filter(({ isSms }) => isSms)
		.map(
			({ name }) =>
				`List '${name}' is for text messages (SMS), and the item has no phone number: check that the contact has one in ActiveCampaign`,
		);
}

function listKey({ list: { mode, value } }: ListChange): string {
	return `${mode} ${value}`;
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
