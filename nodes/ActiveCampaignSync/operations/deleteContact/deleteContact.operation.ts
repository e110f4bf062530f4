import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { JsonObject } from '../../shared/json';
import { Account } from '../../account/account';
import { addDeleteHint } from '../../run/hints';
import { toFailure, type ItemOutcome, type ItemOutcomes } from '../../run/items';
import { mapWithConcurrency } from '../../run/mapWithConcurrency';
import { OPTION_DEFAULTS, yesOrNo } from '../../input/optionValues';
import { readReferences, type ReferredContact } from '../../run/readReferences';
import { readRunOptions } from '../../run/runOptions';
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

type Deleted = ReferredContact<DeleteOptions>;

/** More contacts than this are never under way at once: enough for an account that takes 20 seconds to respond. */
const MAX_UNDER_WAY = 100;

/** Deletes one contact per item; items that mean the same contact delete it once. */
export async function execute(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const account = await Account.open(context, readRunOptions(context).requestsPerSecond, signal);
	const contacts = await readReferences(context, outcomes, readOptions);
	const deletion = new ContactDeletion(account);

	await mapWithConcurrency(
		contacts,
		{ concurrency: MAX_UNDER_WAY, shouldContinue: () => !signal?.aborted },
		async ({ reference, items }) => {
			// A dry run of some items deletes nobody for the others, and the other way round.
			for (const dryRun of [true, false]) {
				const concerned = items.filter(({ options }) => options.dryRun === dryRun);
				if (concerned.length === 0) continue;
				const outcome = await outcomeOf(deletion, reference, concerned, dryRun);
				for (const { itemIndex } of concerned) outcomes.set(itemIndex, outcome);
			}
		},
	);
	addDeleteHint(context, outcomes, account.statistics);
}

/** @throws InputError for a value that the option cannot have */
function readOptions(given: JsonObject): DeleteOptions {
	return { dryRun: yesOrNo(given['dryRun'], 'Dry Run', OPTION_DEFAULTS.dryRun) };
}

/** Never throws. */
async function outcomeOf(
	deletion: ContactDeletion,
	reference: Deleted['reference'],
	items: Deleted['items'],
	dryRun: boolean,
): Promise<ItemOutcome> {
	const scope = deletion.account.scope(items.map(({ itemIndex }) => itemIndex));
	try {
		const { action, json } = await (dryRun
			? deletion.show(scope, reference)
			: deletion.delete(scope, reference));
		return { action: dryRun || action === 'wouldDelete' ? 'dryRun' : action, json };
	} catch (thrown) {
		return { failure: toFailure(thrown) };
	}
}
