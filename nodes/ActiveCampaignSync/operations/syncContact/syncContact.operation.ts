import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../account/account';
import { Lookups } from '../../account/lookups';
import { ContactFinder } from './contactFinder';
import { groupByContact, type ContactGroup } from '../../run/contactGroups';
import type { ItemOutcome, ItemOutcomes } from '../../run/items';
import { readRunOptions } from '../../run/runOptions';
import { mapWithConcurrency } from '../../run/mapWithConcurrency';
import { planItems } from '../../run/planItems';
import { readTarget } from '../../input/readTarget';
import { addSyncHint } from '../../run/hints';
import { AddressQueue } from './addressQueue';
import { ContactReader } from '../../account/contactReader';
import { DryRun, previewGroup } from './dryRun';
import { syncGroup } from './syncGroup';

export const operation: INodePropertyOptions = {
	name: 'Sync Contact',
	value: 'syncContact',
	action: 'Create or update a contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
};

/** More contacts than this are never under way at once: enough for an account that takes 20 seconds to respond. */
const MAX_UNDER_WAY = 100;

/** Syncs one contact per item; items of one person are merged, or else follow each other in order. */
export async function execute(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const { requestsPerSecond, mergeDuplicates } = readRunOptions(context);
	const account = await Account.open(context, requestsPerSecond, signal);
	const catalogs = new Lookups(account);
	const reader = new ContactReader(account);
	const finder = new ContactFinder();
	const dryRun = new DryRun(account, catalogs);

	const planned = await planItems(context, catalogs, outcomes, readTarget);
	const contacts = await groupByContact(planned, mergeDuplicates);

	const addresses = new AddressQueue();
	const sync = async (group: ContactGroup, isKnown: boolean): Promise<ItemOutcome> => {
		const outcome = group.options.dryRun
			? await previewGroup(dryRun, group)
			: await syncGroup(account, catalogs, finder, reader, group, isKnown);
		for (const itemIndex of group.itemIndexes) outcomes.set(itemIndex, outcome);
		return outcome;
	};

	await mapWithConcurrency(
		contacts,
		{ concurrency: MAX_UNDER_WAY, shouldContinue: () => !signal?.aborted },
		async (groups) => {
			await reader.whileAtWork(async () => {
				let isKnown = false;
				for (const group of groups) {
					const outcome = await sync(group, isKnown);
					isKnown ||= outcome.action === 'created' || outcome.action === 'updated';
					addresses.note(group, outcome, group === groups.at(-1));
				}
			});
		},
	);
	for (let group = addresses.next(); group && !signal?.aborted; group = addresses.next()) {
		addresses.note(group, await sync(group, false), true);
	}
	addSyncHint(context, outcomes, account.statistics, planned.length - contacts.flat().length);
}
