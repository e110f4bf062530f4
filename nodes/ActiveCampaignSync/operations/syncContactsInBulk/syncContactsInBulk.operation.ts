import { explain } from '../../shared/result';
import type { IDataObject, IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../transport/account';
import { Catalogs } from '../../lookups/catalogs';
import { AccountFailure } from '../../shared/failure';
import { toBatches, type ImportEntry } from '../../contact/import/importBatches';
import { refused, TOO_LARGE, type ImportResult, type AcceptedBatch } from '../../contact/import/importResult';
import { InputError } from '../../shared/inputError';
import { BulkImport } from './bulkImport';
import { readEntries } from './importEntries';
import type { ItemOutcome, ItemOutcomes } from '../shared/items';
import { readRunOptions } from '../shared/runOptions';
import { mapWithConcurrency } from '../shared/mapWithConcurrency';
import { addImportHint } from '../shared/hints';

export const operation: INodePropertyOptions = {
	name: 'Sync Contacts in Bulk',
	value: 'syncContactsInBulk',
	action: 'Sync contacts in bulk',
	description:
		'Create or update thousands of contacts by an import, 250 per request. Use it for more than ten contacts at once. The import runs in the background, sends no webhooks, starts automations unless excluded, and never subscribes anybody again',
};

/** Batches under way at once: with the account's pace of five requests a second, more would only fill memory. */
const MAX_UNDER_WAY = 10;

/** Imports all items' contacts, each address once, and gives every item its own outcome. */
export async function execute(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const { requestsPerSecond, excludeAutomations, waitForResult, maxWaitMs } = readRunOptions(context);
	const account = await Account.open(context, requestsPerSecond, signal);
	const entries = await readEntries(context, new Catalogs(account), excludeAutomations, outcomes);
	const { batches, tooLarge } = toBatches(entries, excludeAutomations);

	const report = (entry: ImportEntry, result: ImportResult) => {
		for (const [itemIndex, outcome] of itemOutcomes(entry, result)) outcomes.set(itemIndex, outcome);
	};
	for (const entry of tooLarge) report(entry, refused(TOO_LARGE));
	const bulkImport = new BulkImport(account, requestsPerSecond, excludeAutomations, report);
	try {
		const taken: AcceptedBatch[] = [];
		await mapWithConcurrency(
			batches,
			{ concurrency: MAX_UNDER_WAY, shouldContinue: () => !signal?.aborted },
			async (batch) => {
				taken.push(...(await bulkImport.submit(batch)));
			},
		);
		if (waitForResult) await bulkImport.waitForResults(taken, maxWaitMs);
	} finally {
		const isAnyDone = outcomes.countOf(({ failure }) => !failure) > 0;
		const isAccountToBlame = outcomes.countOf(({ failure }) => failure instanceof AccountFailure) > 0;
		// A token that may not import comes before a row without an address, even if that row is the first.
		outcomes.revise((outcome) =>
			reportInItem(outcome, isAnyDone || (isAccountToBlame && outcome.failure instanceof InputError)),
		);
		addImportHint(context, outcomes, account.statistics, bulkImport.takenCount);
	}
}

function itemOutcomes(
	{ contact: { email }, itemIndexes }: ImportEntry,
	{ outcome, batchId, reason, failure }: ImportResult,
): Array<[number, ItemOutcome]> {
	const json: IDataObject = {
		email,
		outcome,
		...(batchId ? { batchId } : {}),
		...(reason ? { reason } : {}),
	};
	return itemIndexes.map((itemIndex) => [itemIndex, { json, failure }]);
}

/** What was refused is told by the item itself, so that it stops nobody else's, unless nothing at all got through. */
function reportInItem({ json, action, failure }: ItemOutcome, isReported: boolean): ItemOutcome {
	if (!failure) return { json, action };
	return { failure, json: json ?? { outcome: 'refused', reason: explain(failure) }, isReported };
}
