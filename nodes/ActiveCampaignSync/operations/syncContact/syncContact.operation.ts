import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Account } from '../../account/account';
import { readTarget } from '../../input/readTarget';
import { groupByContact, type ContactGroup } from '../../run/contactGroups';
import { addSyncHint } from '../../run/hints';
import type { ItemOutcome, ItemOutcomes } from '../../run/items';
import { mapWithConcurrency } from '../../run/concurrency';
import { getRunOptions } from '../../run/options';
import { planItems } from '../../run/planItems';
import { isObject, textOf, type JsonObject } from '../../shared/json';
import { SyncRun, syncOne } from './syncOne';

export const operation: INodePropertyOptions = {
	name: 'Sync Contact',
	value: 'syncContact',
	action: 'Create or update a contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
};

/** More contacts than this are never in flight at once: enough for an account that takes 20 seconds to respond. */
const CONCURRENCY = 100;

/** Syncs one contact per item; items of one person are merged, or else follow each other in order. */
export async function execute(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<void> {
	const { requestsPerSecond, mergeDuplicates } = getRunOptions(context);
	const account = await Account.open(context, requestsPerSecond, context.getExecutionCancelSignal());
	const run = new SyncRun(account);
	const planned = await planItems(context, run.lookups, outcomes, readTarget);
	const contacts = await groupByContact(planned, mergeDuplicates);
	const addresses = new AddressQueue();
	const shouldContinue = () => !account.signal?.aborted;

	const sync = async (group: ContactGroup, isKnown: boolean): Promise<ItemOutcome> => {
		const outcome = await syncOne(run, group, isKnown);
		for (const itemIndex of group.itemIndexes) outcomes.set(itemIndex, outcome);
		return outcome;
	};
	await mapWithConcurrency(contacts, { concurrency: CONCURRENCY, shouldContinue }, async (groups) => {
		await run.reads.whileAtWork(async () => {
			let isKnown = false;
			for (const group of groups) {
				const outcome = await sync(group, isKnown);
				isKnown ||= outcome.action === 'created' || outcome.action === 'updated';
				addresses.note(group, outcome, group === groups.at(-1));
			}
		});
	});
	for (let group = addresses.next(); group && shouldContinue(); group = addresses.next()) {
		addresses.note(group, await sync(group, false), true);
	}
	addSyncHint(context, outcomes, account.statistics, planned.length - contacts.flat().length);
}

/**
 * Contacts that could not get an address since another contact had it. If the run gives that one another address, they
 * are tried again: the contacts are worked on side by side, so that the order of the items says little.
 */
class AddressQueue {
	private readonly saved = new Set<string>();
	/** By the ID of the contact that has the address. */
	private readonly waiting = new Map<string, ContactGroup>();

	/**
	 * Notes what became of a group.
	 * @param isLast whether it is the last of its contact: an earlier one is not tried again after those that follow it
	 */
	note(group: ContactGroup, { action, json, failure }: ItemOutcome, isLast: boolean): void {
		if (action === 'updated' && group.plan.email !== '') this.saved.add(savedId(json));
		const ownerId = failure?.details.emailOwnerId;
		if (ownerId === undefined || !isLast) return;
		const [first = 0] = group.itemIndexes;
		const [other = Infinity] = this.waiting.get(ownerId)?.itemIndexes ?? [];
		if (first < other) this.waiting.set(ownerId, group);
	}

	/** The next contact whose address may be free now. */
	next(): ContactGroup | undefined {
		for (const id of this.saved) {
			const group = this.waiting.get(id);
			this.saved.delete(id);
			this.waiting.delete(id);
			if (group) return group;
		}
		return undefined;
	}
}

/** With Simplify off, the output is the response of the account. */
function savedId(json: JsonObject = {}): string {
	return textOf(isObject(json['contact']) ? json['contact']['id'] : json['id']);
}
