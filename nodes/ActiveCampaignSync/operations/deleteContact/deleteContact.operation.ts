import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { yesOrNo } from '../../input/parameters';
import { addShortHint, counted } from '../../run/hints';
import { toFailure } from '../../run/items';
import type { OperationRun } from '../../run/operation';
import { OPTION_DEFAULTS } from '../../run/options';
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

/** Deletes one contact per item; items that mean the same contact delete it once. */
export async function execute(run: OperationRun): Promise<void> {
	const { account, outcomes } = run;
	const deletion = new ContactDeletion(account);
	await run.forEach(await readReferences(run, readOptions), async ({ reference, items }) => {
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
			outcomes.setAll(itemIndexes, outcome);
		}
	});
	// A contact that several items mean counts once.
	const deleted = outcomes.outputs().filter(({ action }) => action === 'deleted');
	const contacts = new Set(deleted.map(({ id, email }) => id ?? email)).size;
	addShortHint(run, [
		`${counted(contacts, 'contact')} deleted`,
		`${outcomes.countOf(({ action }) => action === 'notFound')} not found`,
	]);
}

/** @throws InputError for a value that the option cannot have */
function readOptions(given: JsonObject): DeleteOptions {
	return { dryRun: yesOrNo(given['dryRun'], 'Dry Run', OPTION_DEFAULTS.dryRun) };
}
