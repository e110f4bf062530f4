import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { counted, inputRemarks, itemsSentence, accountRemark, type Count } from '../../run/hints';
import type { ItemOutcome, ItemOutcomes } from '../../run/items';
import type { OperationRun } from '../../run/operation';
import { AccountFailure, explain, InputError } from '../../shared/failure';
import { followImports } from './followImports';
import { toBatches } from './importBatches';
import { buildEntries } from './importEntries';
import { toItemOutcome, type Report } from './importResult';
import { BatchSubmission } from './submitBatches';

/** An import that ActiveCampaign aborted is submitted this often in all. */
const MAX_SUBMISSIONS = 3;

export const operation: INodePropertyOptions = {
	name: 'Sync Contacts in Bulk',
	value: 'syncContactsInBulk',
	action: 'Create or update contacts in bulk',
	description: 'Create or update thousands of contacts by bulk import (upsert)',
};

export const description: INodeProperties[] = [
	{
		displayName:
			'For more than ten contacts at once. The import runs in the background, sends no webhooks, triggers automations unless you exclude them, and never resubscribes people who have unsubscribed.',
		name: 'bulkNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: [operation.value] } },
	},
];

/** Imports all items' contacts, each address once, and gives every item its own outcome. */
export async function execute(run: OperationRun): Promise<void> {
	const { account, outcomes, options } = run;
	const { excludeAutomations, waitForResult, maxWaitMs } = options;
	const report: Report = (entries, result) => {
		for (const { contact, itemIndexes } of entries) {
			outcomes.setAll(itemIndexes, toItemOutcome(contact.email, result));
		}
	};
	const entries = await buildEntries(run);
	const submission = new BatchSubmission(account, excludeAutomations, report);
	try {
		let accepted = await submission.submit(toBatches(entries, excludeAutomations));
		const until = performance.now() + maxWaitMs;
		for (let submissions = 1; waitForResult && accepted.length > 0; submissions += 1) {
			const interrupted = await followImports(account, accepted, until, report);
			if (submissions === MAX_SUBMISSIONS) {
				for (const { entries: missed, batchId } of interrupted)
					report(missed, { action: 'failed', batchId, failure: ABORTED });
				return;
			}
			// Some of them may have been imported: importing them again only updates them.
			accepted = await submission.submit(interrupted.map(({ entries: missed }) => missed));
		}
	} finally {
		reportRefusalsInItems(outcomes);
		const { accepted } = submission;
		const contacts = new Set(accepted.flatMap((batch) => batch.entries)).size;
		const sentence = `ActiveCampaign accepted ${counted(contacts, 'contact')} in ${counted(accepted.length, 'batch', 'batches')}.`;
		const summary = [
			itemsSentence(
				outcomes,
				(['imported', 'refused', 'failed', 'excluded', 'pending'] as const).map((wanted): Count => [
					outcomes.countOf(({ action }) => action === wanted),
					wanted,
				]),
			),
			accepted.length === 0 ? '' : sentence,
			...inputRemarks(outcomes),
			accountRemark(account.statistics),
		];
		const notImported = outcomes.lines(({ action = '' }) => NOT_IMPORTED.has(action));
		run.addHint(summary, notImported.length > 0 ? ['Not imported:', ...notImported] : []);
	}
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
		return { action: 'failed', ...outcome, json: json ?? { reason: explain(failure) }, isReported };
	});
}

const NOT_IMPORTED: ReadonlySet<string> = new Set(['refused', 'failed', 'excluded']);

const ABORTED = new AccountFailure(
	'unavailable',
	`ActiveCampaign aborted the import ${MAX_SUBMISSIONS} times`,
	'Run the workflow again for these items later: existing contacts are only updated',
);
