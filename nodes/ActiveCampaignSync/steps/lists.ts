import { LIST_STATUS, type Rows } from '../account/contactParts';
import type { Lookups } from '../account/lookups';
import { hasSmsMark, listLabel } from '../account/records';
import { failureOf, ignoreFailure, InputError } from '../shared/failure';
import { textOf } from '../shared/json';
import { linksTo, recordNamed, referenceRows, referenceSubject, type RecordReference } from './reference';
import {
	changePart,
	type OutcomeMeaning,
	type Step,
	type StepKind,
	type StepOutcome,
	type StepWork,
} from './step';

export type ListAction = 'subscribe' | 'unsubscribe';

const OUTCOMES = {
	subscribed: { preview: 'wouldSubscribe' },
	resubscribed: { preview: 'wouldResubscribe' },
	alreadySubscribed: {},
	keptUnsubscribed: { leftOff: 'unsubscribed', canResubscribe: true },
	keptUnconfirmed: { leftOff: 'never confirmed' },
	keptBounced: { leftOff: 'bounced' },
	keptRemoved: { leftOff: 'removed from the list', canResubscribe: true },
	/** Kept for a status that the API does not explain; a warning names it. */
	kept: { leftOff: 'with a status that ActiveCampaign does not explain' },
	unsubscribed: { preview: 'wouldUnsubscribe' },
	alreadyUnsubscribed: {},
	notSubscribed: {},
} as const satisfies Record<string, OutcomeMeaning>;
type ListOutcome = keyof typeof OUTCOMES;

export const lists: StepKind = {
	key: 'lists',
	noun: 'list',
	plural: 'lists',
	needs: 'contactLists',
	outcomes: new Map(Object.entries(OUTCOMES)),
	read: ({ parameters, itemIndex }) =>
		referenceRows(parameters, itemIndex, 'list', ['subscribe', 'unsubscribe']).map(
			({ reference, action }) => new ListStep(reference, action),
		),
	contradiction: (name) => [
		`'Lists' both subscribes to and unsubscribes from '${name}'`,
		'Keep one of the two rows',
	],
};

/** Subscribes the contact to a list, or unsubscribes it. */
export class ListStep implements Step {
	readonly kind = lists;
	readonly name: string;
	readonly subject: string;
	/** Of the list; '' until it is looked up. */
	readonly id: string;
	readonly isImportable = true;

	/** @param isSms whether it is a list for text messages; undefined where that is not known */
	constructor(
		private readonly reference: RecordReference,
		readonly action: ListAction,
		private readonly isSms?: boolean,
	) {
		this.name = listLabel(reference.name, isSms);
		this.subject = referenceSubject(reference);
		this.id = reference.mode === 'id' ? reference.value : '';
	}

	get verb(): string {
		return this.action === 'subscribe' ? 'subscribed to' : 'unsubscribed from';
	}

	async resolve(lookups: Lookups): Promise<ListStep> {
		if (this.reference.mode === 'id') return this;
		const { id, isSms = false } = await recordNamed(lookups, this.reference);
		return new ListStep({ ...this.reference, mode: 'id', value: id }, this.action, isSms);
	}

	async carryOut(work: StepWork): Promise<StepOutcome<ListOutcome>> {
		const { contact, scope, resubscribe } = work;
		let interrupted: ListDecision | undefined;
		const { outcome, status, write } = await changePart(work, {
			part: 'contactLists',
			decide: async (rows) => {
				const decide = (hasBounced = false) =>
					decideMembership(membershipOn(rows, this.id, hasBounced), this.action, resubscribe);
				const decision = decide(contact.hasBounced);
				if (decision.write?.status !== 1) return decision;
				if (contact.hasBounced === undefined && (await contact.readHasBounced())) return decide(true);
				await this.requirePhone(work);
				return decision;
			},
			write: async (membership, decision, notAfter) => {
				try {
					await scope.call({
						method: 'POST',
						path: '/contactLists',
						repeatable: 'always',
						body: { contactList: { list: this.id, contact: contact.id, ...membership } },
						purpose: {
							action: `change the subscription to list '${this.name}'`,
							permission: 'edit contacts and lists',
						},
						notAfter,
					});
				} catch (thrown) {
					if (failureOf(thrown).details.outcomeUnknown) interrupted = decision;
					throw failureOf(thrown);
				}
			},
		});
		// What exists now may be what an earlier round has written.
		const isDoneBefore =
			write === undefined && (outcome === 'alreadySubscribed' || outcome === 'alreadyUnsubscribed');
		return { outcome: isDoneBefore && interrupted ? interrupted.outcome : outcome, status };
	}

	/**
	 * Whether it is a list for text messages, as far as that can be found out. A list that was picked in the editor says so
	 * in its name; one that is given by its ID has to be looked up.
	 * @throws only when stopped
	 */
	async isForSms(lookups: Lookups): Promise<boolean> {
		if (this.isSms !== undefined) return this.isSms;
		const isPicked = this.reference.name !== this.reference.value;
		if (isPicked && !hasSmsMark(this.reference.name)) return false;
		return (await lookups.withId('list', this.id).catch(ignoreFailure))?.isSms === true;
	}

	/** @throws InputError for a contact without a phone number and a list for text messages */
	private async requirePhone({ contact, lookups }: StepWork): Promise<void> {
		if (contact.hasPhone === true || !(await this.isForSms(lookups))) return;
		if (contact.hasPhone ?? (await contact.readHasPhone())) return;
		throw new InputError(
			'the contact has no phone number, and the list is for text messages (SMS)',
			"Fill in 'Phone', or choose an email list",
		);
	}
}

/** What is known of a contact and one list. */
interface Membership {
	/** Of the contact on the list, as the API gives it; undefined when it was never on the list. */
	readonly status: string | undefined;
	/** Whether mail to the contact bounced for good, whatever its lists say. */
	readonly hasBounced: boolean;
}

interface ListDecision {
	readonly outcome: ListOutcome;
	/** The status that was kept, where the outcome does not say it. */
	readonly status?: string;
	/** What is posted to `/contactLists`; `sourceid` 4 is how the API wants a resubscription to be marked. */
	readonly write?: { readonly status: 1 | 2; readonly sourceid?: 4 };
}

/** @param memberships the contact's rows of `contactLists` */
export function membershipOn(memberships: Rows, listId: string, hasBounced: boolean): Membership {
	const [row] = linksTo(memberships, 'list', listId);
	return { status: row && textOf(row['status']), hasBounced };
}

/**
 * What may be done to a contact's membership of a list. Consent decides: people who left, never confirmed or bounced
 * are not subscribed, unless they left and the user says that there is new consent.
 * @param resubscribe whether the user confirms new consent, of people who unsubscribed or were removed
 */
export function decideMembership(
	membership: Membership,
	action: ListAction,
	resubscribe: boolean,
): ListDecision {
	return action === 'subscribe' ? decideSubscription(membership, resubscribe) : decideLeaving(membership);
}

function decideSubscription({ status, hasBounced }: Membership, resubscribe: boolean): ListDecision {
	switch (status) {
		case undefined:
			return hasBounced ? { outcome: 'keptBounced' } : { outcome: 'subscribed', write: { status: 1 } };
		case LIST_STATUS.active:
			return { outcome: 'alreadySubscribed' };
		case LIST_STATUS.unsubscribed:
		case LIST_STATUS.removed:
			if (!resubscribe)
				return { outcome: status === LIST_STATUS.removed ? 'keptRemoved' : 'keptUnsubscribed' };
			if (hasBounced) return { outcome: 'keptBounced' };
			return { outcome: 'resubscribed', write: { status: 1, sourceid: 4 } };
		case LIST_STATUS.unconfirmed:
			// "Adding an unconfirmed contact by hand violates the terms of use", so new consent is theirs to confirm.
			return { outcome: 'keptUnconfirmed' };
		case LIST_STATUS.bounced:
			return { outcome: 'keptBounced' };
		default:
			return { outcome: 'kept', status };
	}
}

/** Contacts with any other status are marked as unsubscribed too: a bounce or a removal may be undone later. */
function decideLeaving({ status }: Membership): ListDecision {
	if (status === undefined) return { outcome: 'notSubscribed' };
	if (status === LIST_STATUS.unsubscribed) return { outcome: 'alreadyUnsubscribed' };
	return { outcome: 'unsubscribed', write: { status: 2 } };
}
