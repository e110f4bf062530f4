import type { IDataObject } from 'n8n-workflow';

import { isObject, textOf } from '../../shared/json';
import type { ContactGroup } from '../../run/contactGroups';
import type { ItemOutcome } from '../../run/items';

/**
 * Contacts that could not get an address since another contact had it. If the run gives that one another address, they
 * are tried again: the contacts are worked on side by side, so that the order of the items says little.
 */
export class AddressQueue {
	private readonly saved = new Set<string>();
	/** By the ID of the contact that has the address. */
	private readonly waiting = new Map<string, ContactGroup>();

	/**
	 * Notes what became of a group.
	 * @param isLast whether it is the last of its contact: an earlier one is not tried again after those that follow it
	 */
	note(group: ContactGroup, { action, json, failure }: ItemOutcome, isLast: boolean): void {
		if (action === 'updated' && group.plan.email !== '') this.saved.add(savedId(json));
		const holder = failure?.details.emailOwnerId;
		if (holder === undefined || !isLast) return;
		const [first = 0] = group.itemIndexes;
		const [other = Infinity] = this.waiting.get(holder)?.itemIndexes ?? [];
		if (first < other) this.waiting.set(holder, group);
	}

	/** The next contact whose address may be free by now. */
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
function savedId(json: IDataObject = {}): string {
	return textOf(isObject(json['contact']) ? json['contact']['id'] : json['id']);
}
