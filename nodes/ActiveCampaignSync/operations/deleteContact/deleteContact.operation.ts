import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../account/account';
import { yesOrNo } from '../../input/parameters';
import { addDeleteHint } from '../../run/hints';
import { toFailure, type ItemOutcomes } from '../../run/items';
import { mapWithConcurrency } from '../../run/concurrency';
import { getRunOptions, OPTION_DEFAULTS } from '../../run/options';
import { readReferences } from '../../run/readReferences';
import type { JsonObject } from '../../shared/json';
import { ContactDeletion } from './contactDeletion';

export const operation: INodePropertyOptions = {
	name: 'Delete Contact',
	value: 'deleteContact',
	action: 'Delete a contact',
	description:
		'Delete a contact with its custom fields and history. An ActiveCampaign admin can restore it within 30 days.',
};

export const description: INodeProperties[] = [
	{
		displayName:
			"Deletes the contact with its custom fields and history. An ActiveCampaign admin can restore it within 30 days. ActiveCampaign still remembers who has unsubscribed. To see first who would be deleted, add the option 'Dry Run'.",
		name: 'deleteNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: [operation.value] } },
	},
];

interface DeleteOptions {
	readonly dryRun: boolean;
}

/** More contacts than this are never in flight at once: enough for an account that takes 20 seconds to respond. */
const CONCURRENCY = 100;

/** Deletes one contact per item; items that mean the same contact delete it once. */
export async function execute(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const account = await Account.open(context, getRunOptions(context).requestsPerSecond, signal);
	const contacts = await readReferences(context, outcomes, readOptions);
	const deletion = new ContactDeletion(account);

	await mapWithConcurrency(
		contacts,
		{ concurrency: CONCURRENCY, shouldContinue: () => !signal?.aborted },
		async ({ reference, items }) => {
			// A dry run of some items deletes nobody for the others, and the other way round.
			for (const isDryRun of [true, false]) {
				const itemIndexes = items
					.filter(({ options }) => options.dryRun === isDryRun)
					.map(({ itemIndex }) => itemIndex);
				if (itemIndexes.length === 0) continue;
				const scope = account.scope(itemIndexes);
				const outcome = await (
					isDryRun ? deletion.preview(scope, reference) : deletion.delete(scope, reference)
				).catch((thrown: unknown) => ({ failure: toFailure(thrown) }));
				for (const itemIndex of itemIndexes) outcomes.set(itemIndex, outcome);
			}
		},
	);
	addDeleteHint(context, outcomes, account.statistics);
}

/** @throws InputError for a value that the option cannot have */
function readOptions(given: JsonObject): DeleteOptions {
	return { dryRun: yesOrNo(given['dryRun'], 'Dry Run', OPTION_DEFAULTS.dryRun) };
}
