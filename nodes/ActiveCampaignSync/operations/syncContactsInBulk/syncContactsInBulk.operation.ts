import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../account/account';
import { Lookups } from '../../account/lookups';
import { BatchBuilder, type ImportEntry } from './importBatches';
import { refused, TOO_LARGE, type ImportResult } from './importResult';
import { InputError, explain } from '../../shared/failure';
import type { ItemOutcome, ItemOutcomes } from '../../run/items';
import { getRunOptions } from '../../run/options';
import { forEachInSlices } from '../../run/timeSlices';
import { addImportHint } from '../../run/hints';
import { importContacts } from './importContacts';
import { readEntries } from './importEntries';
import { BatchSubmission } from './submitBatches';

export const operation: INodePropertyOptions = {
	name: 'Sync Contacts in Bulk',
	value: 'syncContactsInBulk',
	action: 'Create or update contacts in bulk',
	description: 'Create or update thousands of contacts by bulk import (upsert)',
};

export const description: INodeProperties[] = [
	{
		displayName:
			'For more than ten contacts at once. The import runs in the background, sends no webhooks, triggers automations unless you exclude them, and never re-subscribes people who have unsubscribed.',
		name: 'bulkNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: [operation.value] } },
	},
];

/** Imports all items' contacts, each address once, and gives every item its own outcome. */
export async function execute(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const options = getRunOptions(context);
	const { requestsPerSecond, excludeAutomations } = options;
	const account = await Account.open(context, requestsPerSecond, signal);
	const entries = await readEntries(context, account, new Lookups(account), excludeAutomations, outcomes);
	const cutter = new BatchBuilder(excludeAutomations);
	await forEachInSlices(entries, (entry) => cutter.add(entry));
	const { batches, tooLarge } = cutter;

	const report = (entry: ImportEntry, result: ImportResult) => {
		const outcome = itemOutcome(entry, result);
		for (const itemIndex of entry.itemIndexes) outcomes.set(itemIndex, outcome);
	};
	for (const entry of tooLarge) report(entry, refused(TOO_LARGE));
	const submission = new BatchSubmission(account, excludeAutomations, report);
	try {
		await importContacts(account, submission, batches, options, report);
	} finally {
		reportRefusalsInItems(outcomes);
		addImportHint(context, outcomes, account.statistics, submission.acceptedCount);
	}
}

function itemOutcome(
	{ contact: { email } }: ImportEntry,
	{ outcome, batchId, reason, failure, isContactRefused }: ImportResult,
): ItemOutcome {
	const json: IDataObject = {
		email,
		outcome,
		...(batchId ? { batchId } : {}),
		...(reason ? { reason } : {}),
	};
	return { json, failure, isReported: isContactRefused };
}

/**
 * A single contact that is refused does not fail the node: its item says why. All other failures do. If there is nothing
 * but refused contacts, the first of them fails the node.
 */
function reportRefusalsInItems(outcomes: ItemOutcomes): void {
	const isOfContact = ({ failure, isReported = false }: ItemOutcome) =>
		isReported || failure instanceof InputError;
	const isOnlyRefusals =
		outcomes.countOf((outcome) => outcome.failure === undefined || !isOfContact(outcome)) === 0;
	outcomes.revise((outcome) => {
		const { json, failure } = outcome;
		if (!failure) return outcome;
		const isReported = isOfContact(outcome) && !isOnlyRefusals;
		return { failure, json: json ?? { outcome: 'refused', reason: explain(failure) }, isReported };
	});
}
