import type { INodePropertyOptions } from 'n8n-workflow';

import { readTarget } from '../../input/contactTarget';
import { groupByContact, type ContactGroup } from '../../run/contactGroups';
import type { OperationRun } from '../../run/operation';
import { planItems } from '../../run/planItems';
import type { StepResult } from '../../steps/step';
import { addSyncHint } from './syncHint';
import { SyncRun, syncOne, type SyncOutcome } from './syncOne';

export const operation: INodePropertyOptions = {
	name: 'Sync Contact',
	value: 'syncContact',
	action: 'Create or update a contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
};

/** Syncs one contact per item; items of one person are merged, or else follow each other in order. */
export async function execute(run: OperationRun): Promise<void> {
	const { account, outcomes } = run;
	const sync = new SyncRun(account);
	const planned = await planItems(run, sync.lookups, readTarget);
	const groupsOfContacts = await groupByContact(planned, run.options.mergeDuplicates);
	/** By the first item of each group. */
	const results = new Map<number, readonly StepResult[]>();
	const addresses = new AddressQueue();

	const syncGroup = async (group: ContactGroup, isKnown: boolean): Promise<SyncOutcome> => {
		const outcome = await syncOne(sync, group, isKnown);
		outcomes.setAll(group.itemIndexes, outcome);
		for (const itemIndex of group.itemIndexes) {
			outcomes.report(itemIndex, { unusableFields: outcome.unusableFields });
		}
		const [first] = group.itemIndexes;
		if (first !== undefined && outcome.steps && outcome.action !== 'dryRun')
			results.set(first, outcome.steps);
		return outcome;
	};
	await run.forEach(groupsOfContacts, async (groups) => {
		await sync.reads.whileAtWork(async () => {
			let isKnown = false;
			for (const group of groups) {
				const outcome = await syncGroup(group, isKnown);
				isKnown ||= outcome.action === 'created' || outcome.action === 'updated';
				addresses.record(group, outcome, group === groups.at(-1));
			}
		});
	});
	for (let group = addresses.next(); group && !account.signal?.aborted; group = addresses.next()) {
		addresses.record(group, await syncGroup(group, false), true);
	}
	const mergedCount = planned.length - groupsOfContacts.flat().length;
	addSyncHint(run, results, planned, mergedCount);
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
	 * Records what became of a group.
	 * @param isLast whether it is the last of its contact: an earlier one is not tried again after those that follow it
	 */
	record(group: ContactGroup, { action, contactId, failure }: SyncOutcome, isLast: boolean): void {
		if (contactId && action !== 'created' && group.plan.email !== '') this.saved.add(contactId);
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
