import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../transport/account';
import { Catalogs } from '../../lookups/catalogs';
import { RetryBudget } from '../../transport/retryState';
import { AccountFailure } from '../../shared/failure';
import type { UnknownFields } from '../../contact/contactInput';
import { dryRunOutput, simpleOutput, type SyncResult } from '../../contact/contactOutput';
import { onlyBlanks, syncBody } from '../../contact/contactPlan';
import type { FieldCatalog } from '../../contact/fields/customField';
import {
	stepOutput,
	partialFailureMessage,
	failedSteps,
	type StepResults,
	type FailedPart,
} from '../../contact/steps/stepResults';
import { ContactSteps } from './contactSteps';
import { ContactSync, type FieldsNotSet } from './contactSync';
import { groupByContact, type ContactGroup } from '../shared/contactGroups';
import { toFailure, type ItemOutcome, type ItemOutcomes } from '../shared/items';
import { readRunOptions } from '../shared/runOptions';
import { mapWithConcurrency } from '../shared/mapWithConcurrency';
import { planItems } from '../shared/planItems';
import { plannedSteps, prepareSteps } from '../shared/stepLookup';
import { addSyncHint } from '../shared/hints';

export const operation: INodePropertyOptions = {
	name: 'Sync Contact',
	value: 'syncContact',
	action: 'Create or update a contact',
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
	const contacts = await groupByContact(planned, mergeDuplicates);

	await mapWithConcurrency(
		contacts,
		{ concurrency: MAX_UNDER_WAY, shouldContinue: () => !signal?.aborted },
		async (groups, order) => {
			for (const group of groups) {
				const outcome = await syncGroup(account, catalogs, group, order);
				for (const itemIndex of group.itemIndexes) outcomes.set(itemIndex, outcome);
			}
		},
	);
	addSyncHint(context, outcomes, account.statistics, planned.length - contacts.flat().length);
}

/** Does for one contact what a group of items asks for, and says what became of it. */
async function syncGroup(
	account: Account,
	catalogs: Catalogs,
	{ plan: merged, requestedSteps, options, catalog }: ContactGroup,
	order: number,
): Promise<ItemOutcome> {
	const budget = new RetryBudget(order);
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
