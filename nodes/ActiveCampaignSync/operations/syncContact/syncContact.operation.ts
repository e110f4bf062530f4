import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../transport/account';
import { Catalogs } from '../../lookups/catalogs';
import { RetryBudget } from '../../transport/retryState';
import { AccountFailure } from '../../shared/failure';
import type { UnknownFields } from '../../contact/contactInput';
import { dryRunOutput, simpleOutput, type SyncResult } from '../../contact/contactOutput';
import { mergePlans, onlyBlanks, syncBody } from '../../contact/contactPlan';
import type { FieldCatalog } from '../../contact/fields/customField';
import { emailKey } from '../../contact/email';
import {
	stepOutput,
	partialFailureMessage,
	failedSteps,
	type StepResults,
	type FailedPart,
} from '../../contact/steps/stepResults';
import { mergeSteps } from '../../contact/steps/requestedSteps';
import { ContactSteps } from './contactSteps';
import { ContactSync, type FieldsNotSet } from './contactSync';
import { toFailure, type ItemOutcome, type ItemOutcomes } from '../shared/items';
import { readRunOptions } from '../shared/options';
import { mapWithConcurrency } from '../shared/mapWithConcurrency';
import { planItems, type PlannedItem } from '../shared/planItems';
import { plannedSteps, prepareSteps } from '../shared/stepLookup';
import { addSyncHint } from '../shared/hints';

export const operation: INodePropertyOptions = {
	name: 'Sync Contact',
	value: 'syncContact',
	action: 'Sync contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
};

/** More contacts than this are never under way at once: enough for an account that takes 20 seconds to answer. */
const MAX_UNDER_WAY = 100;

/** Items of one person that are done by one sync. */
type Group = readonly [PlannedItem, ...PlannedItem[]];

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
			for (const group of groups) {
				const outcome = await syncGroup(account, catalogs, group);
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

/** Does for one person what a group of items asks for, and says what became of it. */
async function syncGroup(account: Account, catalogs: Catalogs, group: Group): Promise<ItemOutcome> {
	const [first, ...others] = group;
	const { options } = first;
	// An item without custom fields knows none of them.
	const { catalog } = group.find((item) => item.catalog.fields.length > 0) ?? first;
	const merged = mergePlans([first.plan, ...others.map(({ plan }) => plan)]);
	const requestedSteps = mergeSteps([first.requestedSteps, ...others.map((item) => item.requestedSteps)]);
	const budget = new RetryBudget();
	const steps = new ContactSteps(account, catalogs, budget);
	const contact = new ContactSync(account, budget);
	// What stays true when the rest is stopped.
	let saved: ItemOutcome = {};
	try {
		const existing = merged.fillOnly ? await contact.existing(merged) : undefined;
		const plan = existing ? onlyBlanks(merged, existing) : merged;
		if (options.dryRun) {
			const request = { path: '/contact/sync', body: syncBody(plan) };
			const planned = stepOutput(plannedSteps(await prepareSteps(catalogs, requestedSteps, true)));
			return { action: 'dryRun', json: { ...dryRunOutput(plan, catalog, request), ...planned } };
		}
		const output = (result: SyncResult, notSet: ReadonlyMap<string, unknown>) =>
			options.simplify ? simpleOutput(result, plan, catalog, notSet) : result.answer;
		const [result, prepared] = await Promise.all([
			contact.sync(plan),
			prepareSteps(catalogs, requestedSteps),
		]);
		saved = { action: result.action, json: output(result, plan.customFields) };
		const [stepResults, notSet] = await Promise.all([
			steps.carryOut(prepared, result),
			contact.settleFields(plan, result),
		]);
		const { failedParts, warnings } = fieldProblems(notSet, catalog, options.unknownFields);
		failedParts.push(...failedSteps(stepResults));
		return {
			action: result.action,
			json: {
				...output(result, notSet),
				...stepOutput(stepResults),
				...(warnings.length > 0 ? { warnings } : {}),
			},
			...(failedParts.length > 0
				? { failure: partlyDone(plan.email, result.id, failedParts, stepResults) }
				: {}),
		};
	} catch (thrown) {
		return { ...saved, failure: toFailure(thrown) };
	}
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

/** Which custom fields stand in the way of an item, and which are only to be warned of. */
function fieldProblems(
	notSet: FieldsNotSet,
	catalog: FieldCatalog,
	unknownFields: UnknownFields,
): { failedParts: FailedPart[]; warnings: string[] } {
	const failedParts: FailedPart[] = [];
	const warnings: string[] = [];
	for (const [id, why] of notSet) {
		const field = catalog.byId(id);
		const what = `custom field '${field?.title.trim() || field?.personalizationTag || id}'`;
		const reason =
			why === 'ignored'
				? `ActiveCampaign ignored it, as it does when it has no custom field with the id ${id}`
				: `${why.message}. ${why.description}`;
		if (why === 'ignored' && unknownFields === 'skip') warnings.push(`${what}: ${reason}`);
		else failedParts.push({ what, reason });
	}
	return { failedParts, warnings };
}

function partlyDone(
	email: string,
	id: string,
	failedParts: readonly FailedPart[],
	results: StepResults,
): AccountFailure {
	const { message, description } = partialFailureMessage({ email, id }, failedParts, results);
	return new AccountFailure('rejected', message, description);
}
