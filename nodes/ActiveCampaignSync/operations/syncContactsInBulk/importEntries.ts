import { Lookups } from '../../account/lookups';
import { unusableWarning } from '../../input/contactPlan';
import { groupByContact, type ContactGroup } from '../../run/contactGroups';
import type { ItemOutcomes } from '../../run/items';
import type { OperationRun } from '../../run/operation';
import { forEachConcurrently, forEachInSlices } from '../../run/concurrency';
import { planItems, type PlannedItem } from '../../run/planItems';
import { failureOf, InputError, type Failure } from '../../shared/failure';
import { CompanyStep } from '../../steps/company';
import { ListStep, type ListAction } from '../../steps/lists';
import type { Step } from '../../steps/step';
import { TagStep } from '../../steps/tags';
import { SyncRun, syncOne } from '../syncContact/syncOne';
import { isTooLarge, newEntry, toImportContact, type ImportEntry } from './importBatches';
import { toItemOutcome } from './importResult';

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
type ResolvedLists = ReadonlyMap<string, ResolvedList>;

/**
 * Builds one entry for each contact from all items. Items that cannot be sent get their outcome and are skipped, as are
 * those of a dry run.
 * @throws only when stopped
 */
export async function buildEntries(run: OperationRun): Promise<ImportEntry[]> {
	const { account, outcomes, options } = run;
	const lookups = new Lookups(account);
	const planned = (await planItems(run, lookups))
		.filter((item) => isImportable(item, outcomes))
		// Done with by now; a batch may have each address only once, also where the option differs from item to item.
		.map((item) => ({ ...item, options: { ...item.options, unusableValues: 'saveRest' as const } }));
	const lists = await resolveLists(lookups, planned);
	const entries: ImportEntry[] = [];
	const previewed: ContactGroup[] = [];
	await forEachInSlices((await groupByContact(planned, true)).flat(), (group) => {
		const warnings = phoneWarnings(group, lists);
		for (const itemIndex of group.itemIndexes) outcomes.report(itemIndex, { warnings });
		try {
			const entry = toImportEntry(group, lists, options.excludeAutomations);
			if (group.options.dryRun) previewed.push(group);
			else entries.push(entry);
		} catch (thrown) {
			const result = { action: 'failed', failure: failureOf(thrown) } as const;
			outcomes.setAll(group.itemIndexes, toItemOutcome(group.plan.email, result));
		}
	});
	await previewImport(new SyncRun(account, true), previewed, outcomes);
	if (previewed.length > MAX_COMPARED) {
		run.addHint([
			`The dry run compared the first ${MAX_COMPARED} contacts with the account; the others would be sent as well.`,
		]);
	}
	return entries;
}

/** Says which values an item is imported without, or fails it, as its options say. */
function isImportable(
	{ itemIndex, plan: { unusable }, options }: PlannedItem,
	outcomes: ItemOutcomes,
): boolean {
	const [first] = unusable;
	if (first && options.unusableValues === 'fail') {
		outcomes.set(itemIndex, { failure: first.failure });
		return false;
	}
	const unusableFields = unusable.map(({ field }) => field);
	outcomes.report(itemIndex, { warnings: unusable.map(unusableWarning), unusableFields });
	return true;
}

/** What to send for a contact. @throws Failure when a list was not found, and when the contact is too large */
function toImportEntry(
	{ itemIndexes, plan, steps }: ContactGroup,
	resolved: ResolvedLists,
	excludeAutomations: boolean,
): ImportEntry {
	const lists = new Map<string, ListAction>();
	// By its name and by its ID, the same list may be asked for twice: the last time counts.
	for (const { subject, action } of listsOf(steps)) {
		const { list, failure } = resolved.get(subject) ?? {};
		if (failure) throw failure;
		if (list) lists.set(list.id, action);
	}
	const tags = tagsToAdd(steps).map(({ name }) => name);
	const company = steps.find((step) => step instanceof CompanyStep);
	const entry = newEntry(toImportContact(plan, tags, lists, company?.name), itemIndexes);
	if (isTooLarge(entry, excludeAutomations)) throw TOO_LARGE;
	return entry;
}

/** All lists that are asked for, each looked up once, however many items ask for it. */
async function resolveLists(lookups: Lookups, items: readonly PlannedItem[]): Promise<ResolvedLists> {
	const lists = new Map(items.flatMap(({ steps }) => listsOf(steps)).map((list) => [list.subject, list]));
	const lacksPhone = items.some(({ plan }) => !plan.fields.get('phone'));
	const resolved = [...lists.values()].map(async (asked): Promise<[string, ResolvedList]> => {
		try {
			const list = await asked.resolve(lookups);
			return [asked.subject, { list, isForSms: lacksPhone && (await list.isForSms(lookups)) }];
		} catch (thrown) {
			return [asked.subject, { list: asked, failure: failureOf(thrown) }];
		}
	});
	return new Map(await Promise.all(resolved));
}

function listsOf(steps: readonly Step[]): ListStep[] {
	return steps.filter((step) => step instanceof ListStep);
}

function tagsToAdd(steps: readonly Step[]): TagStep[] {
	return steps.filter((step) => step instanceof TagStep).filter(({ isImportable }) => isImportable);
}

/** The contact may have a phone number in the account, which an import does not see. */
function phoneWarnings({ plan, steps }: ContactGroup, lists: ResolvedLists): string[] {
	if (plan.fields.get('phone')) return [];
	return listsOf(steps)
		.filter(({ action }) => action === 'subscribe')
		.flatMap(({ subject }) => lists.get(subject) ?? [])
		.filter(({ isForSms }) => isForSms)
		.map(
			({ list: { name } }) =>
				`List '${name}' is for text messages (SMS), and the item has no phone number: check that the contact has one in ActiveCampaign`,
		);
}

/**
 * Sets the outcomes of a dry run: what the import would change in the first contacts. Of the others it only says that they
 * would be sent, since each costs a request.
 */
async function previewImport(
	run: SyncRun,
	groups: readonly ContactGroup[],
	outcomes: ItemOutcomes,
): Promise<void> {
	for (const { itemIndexes, plan } of groups.slice(MAX_COMPARED)) {
		outcomes.setAll(itemIndexes, { action: 'dryRun', json: { action: 'notCompared', email: plan.email } });
	}
	await forEachConcurrently(groups.slice(0, MAX_COMPARED), { concurrency: MAX_COMPARED }, async (group) => {
		outcomes.setAll(group.itemIndexes, await syncOne(run, importedPart(group)));
	});
}

/** What an import does of a group: it clears no fields, removes no tags, enrolls in nothing, sets no job titles and keeps unsubscribes. */
function importedPart(group: ContactGroup): ContactGroup {
	const { plan, steps, options } = group;
	const companies = steps
		.filter((step) => step instanceof CompanyStep)
		.filter(({ name }) => name !== '')
		.map(({ name }) => new CompanyStep({ name, jobTitle: '', onlyIfBlank: false }));
	return {
		...group,
		plan: {
			...plan,
			fields: new Map([...plan.fields].filter(([, value]) => value !== '')),
			onlyIfBlank: new Set(),
			fillOnly: false,
			// Said already.
			unusable: [],
		},
		steps: [...listsOf(steps), ...tagsToAdd(steps), ...companies],
		options: { ...options, simplify: true, syncMode: 'createOrUpdate', resubscribe: false },
	};
}

const TOO_LARGE = new InputError(
	'This contact is too large for an import request (399,999 bytes)',
	'Shorten its longest values',
);
