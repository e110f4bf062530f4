import type { IExecuteFunctions } from 'n8n-workflow';

import type { Account } from '../../account/account';
import type { Lookups } from '../../account/lookups';
import type { FieldChanges } from '../../input/contactPlan';
import { groupByContact, type ContactGroup } from '../../run/contactGroups';
import { addComparedHint } from '../../run/hints';
import type { ItemOutcome, ItemOutcomes } from '../../run/items';
import { mapWithConcurrency } from '../../run/mapWithConcurrency';
import { planItems, type PlannedItem } from '../../run/planItems';
import { forEachInSlices } from '../../run/timeSlices';
import { explain, failureOf, type Failure } from '../../shared/failure';
import { CompanyStep } from '../../steps/company';
import { ListStep, type ListAction } from '../../steps/lists';
import type { Step } from '../../steps/step';
import { TagStep } from '../../steps/tags';
import { SyncRun, syncOne } from '../syncContact/syncOne';
import { toBatches, type ImportEntry } from './importBatches';
import { toImportContact } from './importContact';
import { TOO_LARGE } from './importResult';

/** With how many contacts of the account a dry run compares: one request each. */
const MAX_COMPARED = 100;

/** A list that was looked up, or why it could not be. */
interface ResolvedList {
	readonly list: ListStep;
	readonly failure?: Failure;
	/** Whether it is for text messages, as far as that matters. */
	readonly isForSms?: boolean;
}

/** Lists by how items ask for them: see `Step.subject`. */
type FoundLists = ReadonlyMap<string, ResolvedList>;

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
	await showImport(new SyncRun(account, true), shown, outcomes);
	if (shown.length > MAX_COMPARED) addComparedHint(context, MAX_COMPARED);
	return entries;
}

/** What to send for a contact, or the outcome of all of its items when nothing is to be sent. */
function toImportEntry(
	{ itemIndexes, plan, steps, options }: ContactGroup,
	found: FoundLists,
	excludeAutomations: boolean,
): { entry: ImportEntry; outcome?: undefined } | { entry?: undefined; outcome: ItemOutcome } {
	// By its name and by its ID, the same list may be asked for twice: the last time counts.
	const lists = new Map<string, ListAction>();
	for (const { subject, action } of listsOf(steps)) {
		const { list, failure } = found.get(subject) ?? {};
		if (failure) return { outcome: refusedOutcome(plan.email, failure) };
		if (list) lists.set(list.id, action);
	}
	const tags = tagsToAdd(steps).map(({ name }) => name);
	const company = steps.find((step) => step instanceof CompanyStep)?.name;
	const entry = { itemIndexes, contact: toImportContact(plan, tags, lists, company) };
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
	run: SyncRun,
	groups: readonly ContactGroup[],
	outcomes: ItemOutcomes,
): Promise<void> {
	await mapWithConcurrency(groups, { concurrency: MAX_COMPARED }, async (group, order) => {
		const outcome: ItemOutcome =
			order < MAX_COMPARED
				? await syncOne(run, importedPart(group))
				: { action: 'dryRun', json: { action: 'notCompared', email: group.plan.email } };
		for (const itemIndex of group.itemIndexes) outcomes.set(itemIndex, outcome);
	});
}

/** What an import does of a group: it clears no fields, removes no tags, enrolls in nothing, sets no job titles and keeps unsubscribes. */
function importedPart(group: ContactGroup): ContactGroup {
	const { plan, steps, options } = group;
	const companies = steps.filter((step) => step instanceof CompanyStep);
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
		steps: [
			...listsOf(steps),
			...tagsToAdd(steps),
			...companies.flatMap(({ name }) =>
				name === '' ? [] : [new CompanyStep({ name, jobTitle: '', onlyIfBlank: false })],
			),
		],
		options: { ...options, simplify: true, syncMode: 'createOrUpdate', resubscribe: false },
	};
}

/** All lists that are asked for, each looked up once, however many items ask for it. */
async function findLists(lookups: Lookups, items: readonly PlannedItem[]): Promise<FoundLists> {
	const lists = new Map(items.flatMap(({ steps }) => listsOf(steps)).map((list) => [list.subject, list]));
	const lacksPhone = items.some(({ plan }) => !plan.standardFields.set.has('phone'));
	const found = [...lists.values()].map(async (asked): Promise<[string, ResolvedList]> => {
		try {
			const list = await asked.resolve(lookups);
			const isForSms = lacksPhone && (await list.isForSms(lookups));
			return [asked.subject, { list, isForSms }];
		} catch (thrown) {
			return [asked.subject, { list: asked, failure: failureOf(thrown) }];
		}
	});
	return new Map(await Promise.all(found));
}

function listsOf(steps: readonly Step[]): ListStep[] {
	return steps.filter((step) => step instanceof ListStep);
}

function tagsToAdd(steps: readonly Step[]): TagStep[] {
	return steps.filter((step) => step instanceof TagStep).filter(({ action }) => action === 'add');
}

/** The contact may have a phone number in the account, which an import does not see. */
function phoneWarnings({ plan, steps }: ContactGroup, found: FoundLists): string[] {
	if (plan.standardFields.set.has('phone')) return [];
	return listsOf(steps)
		.filter(({ action }) => action === 'subscribe')
		.flatMap(({ subject }) => found.get(subject) ?? [])
		.filter(({ isForSms }) => isForSms)
		.map(
			({ list: { name } }) =>
				`List '${name}' is for text messages (SMS), and the item has no phone number: check that the contact has one in ActiveCampaign`,
		);
}

function refusedOutcome(email: string, failure: Failure): ItemOutcome {
	return { json: { email, outcome: 'refused', reason: explain(failure) }, failure };
}
