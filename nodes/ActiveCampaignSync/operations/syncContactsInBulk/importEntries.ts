import type { IExecuteFunctions } from 'n8n-workflow';

import type { Account } from '../../account/account';
import { Lookups } from '../../account/lookups';
import type { FieldChanges } from '../../input/contactPlan';
import { groupByContact, type ContactGroup } from '../../run/contactGroups';
import { addComparedHint } from '../../run/hints';
import type { ItemOutcome, ItemOutcomes } from '../../run/items';
import { mapWithConcurrency } from '../../run/mapWithConcurrency';
import { planItems, type PlannedItem } from '../../run/planItems';
import { forEachInSlices } from '../../run/timeSlices';
import { failureOf, InputError } from '../../shared/failure';
import type { ListAction } from '../../steps/membership';
import type { ListChange } from '../../steps/requestedSteps';
import { resolveSteps, type ResolvedStep } from '../../steps/resolveSteps';
import { isSmsList } from '../../steps/smsLists';
import { DryRun, previewGroup } from '../syncContact/dryRun';
import { isTooLarge, newEntry, toImportContact, type ImportEntry } from './importBatches';
import { toItemOutcome } from './importResult';

/** With how many contacts of the account a dry run compares: one request each. */
const MAX_COMPARED = 100;

/** Lists by how items ask for them; see `listKey`. */
type ResolvedLists = ReadonlyMap<string, ResolvedStep<ListChange>>;

/**
 * Builds one entry for each contact from all items. Items that cannot be sent get their outcome and are skipped, as are
 * those of a dry run.
 * @throws only when stopped
 */
export async function buildEntries(
	context: IExecuteFunctions,
	account: Account,
	excludeAutomations: boolean,
	outcomes: ItemOutcomes,
): Promise<ImportEntry[]> {
	const lookups = new Lookups(account);
	const planned = await planItems(context, lookups, outcomes);
	const lists = await resolveLists(lookups, planned);
	const entries: ImportEntry[] = [];
	const previewed: ContactGroup[] = [];
	await forEachInSlices((await groupByContact(planned, true)).flat(), (group) => {
		const warnings = phoneWarnings(group, lists);
		for (const itemIndex of group.itemIndexes)
			outcomes.report(itemIndex, { warnings, unmapped: [], skippedFields: [] });
		try {
			const entry = toImportEntry(group, lists, excludeAutomations);
			if (group.options.dryRun) previewed.push(group);
			else entries.push(entry);
		} catch (thrown) {
			const result = { outcome: 'refused', failure: failureOf(thrown) } as const;
			setAll(outcomes, group, toItemOutcome(group.plan.email, result));
		}
	});
	await previewImport(new DryRun(account, lookups, true), previewed, outcomes);
	if (previewed.length > MAX_COMPARED) addComparedHint(context, MAX_COMPARED);
	return entries;
}

/** What to send for a contact. @throws Failure when a list was not found, and when the contact is too large */
function toImportEntry(
	{ itemIndexes, plan, requestedSteps }: ContactGroup,
	resolved: ResolvedLists,
	excludeAutomations: boolean,
): ImportEntry {
	const lists = new Map<string, ListAction>();
	// By its name and by its id, the same list may be asked for twice: the last time counts.
	for (const requested of requestedSteps.lists) {
		const { id, failure } = resolved.get(listKey(requested)) ?? {};
		if (failure) throw failure;
		if (id !== undefined) lists.set(id, requested.action);
	}
	const tags = requestedSteps.tags.filter(({ action }) => action === 'add').map(({ name }) => name);
	const entry = newEntry(toImportContact(plan, tags, lists, requestedSteps.company?.name), itemIndexes);
	if (isTooLarge(entry, excludeAutomations)) throw TOO_LARGE;
	return entry;
}

/** All lists that are asked for, each looked up once, however many items ask for it. */
async function resolveLists(lookups: Lookups, items: readonly PlannedItem[]): Promise<ResolvedLists> {
	const requested = items.flatMap(({ requestedSteps }) => requestedSteps.lists);
	const lists = [...new Map(requested.map((list) => [listKey(list), list])).values()];
	const noOthers = { tags: [], automations: [], notes: [], resubscribe: false };
	const steps = await resolveSteps(lookups, { lists, ...noOthers });
	const lacksPhone = items.some(({ plan }) => !plan.standardFields.set.has('phone'));
	const resolved = steps.lists.map(async (step) =>
		lacksPhone && !step.failure ? { ...step, isSms: await isSmsList(lookups, step) } : step,
	);
	return new Map((await Promise.all(resolved)).map((step) => [listKey(step.requested), step]));
}

function listKey({ list: { mode, value } }: ListChange): string {
	return `${mode} ${value}`;
}

/** The contact may have a phone number in the account, which an import does not see. */
function phoneWarnings({ plan, requestedSteps }: ContactGroup, lists: ResolvedLists): string[] {
	if (plan.standardFields.set.has('phone')) return [];
	return requestedSteps.lists
		.filter(({ action }) => action === 'subscribe')
		.flatMap((requested) => lists.get(listKey(requested)) ?? [])
		.filter(({ isSms }) => isSms)
		.map(
			({ name }) =>
				`List '${name}' is for text messages (SMS), and the item has no phone number: check that the contact has one in ActiveCampaign`,
		);
}

/**
 * Sets the outcomes of a dry run: what the import would change in the first contacts. Of the others it only says that they
 * would be sent, since each costs a request.
 */
async function previewImport(
	dryRun: DryRun,
	groups: readonly ContactGroup[],
	outcomes: ItemOutcomes,
): Promise<void> {
	await mapWithConcurrency(groups, { concurrency: MAX_COMPARED }, async (group, order) => {
		const outcome: ItemOutcome =
			order < MAX_COMPARED
				? await previewGroup(dryRun, importedPart(group))
				: { action: 'dryRun', json: { action: 'notCompared', email: group.plan.email } };
		setAll(outcomes, group, outcome);
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

function setAll(outcomes: ItemOutcomes, { itemIndexes }: ContactGroup, outcome: ItemOutcome): void {
	for (const itemIndex of itemIndexes) outcomes.set(itemIndex, outcome);
}

const TOO_LARGE = new InputError(
	'This contact is too large for an import request (399,999 bytes)',
	'Shorten its longest values',
);
