import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../transport/account';
import { Catalogs } from '../../lookups/catalogs';
import { ContactFinder } from '../shared/contactFinder';
import { groupByContact, type ContactGroup } from '../shared/contactGroups';
import type { ItemOutcome, ItemOutcomes } from '../shared/items';
import { readRunOptions } from '../shared/runOptions';
import { mapWithConcurrency } from '../shared/mapWithConcurrency';
import { planItems } from '../shared/planItems';
import { readTarget } from '../shared/readTarget';
import { addSyncHint } from '../shared/hints';
import { AddressQueue } from './addressQueue';
import { ContactReader } from './contactReader';
import { DryRun, showGroup } from '../shared/dryRun';
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
	const catalogs = new Catalogs(account);
	const reader = new ContactReader(account);
	const finder = new ContactFinder(account);
	const dryRun = new DryRun(account, catalogs);

	const planned = await planItems(context, catalogs, outcomes, readTarget);
	const contacts = await groupByContact(planned, mergeDuplicates);

	const addresses = new AddressQueue();
	const sync = async (group: ContactGroup, isKnown: boolean): Promise<ItemOutcome> => {
		const outcome = group.options.dryRun
			? await showGroup(dryRun, group)
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
