/**
 * What may be done to a contact's membership of a list. Consent decides: people who left, never confirmed or bounced
 * are not subscribed, unless they left and the user says that there is new consent.
 */

export type ListAction = 'subscribe' | 'unsubscribe';

export type ListOutcome =
	| 'subscribed'
	| 'resubscribed'
	| 'alreadySubscribed'
	| 'keptUnsubscribed'
	| 'keptUnconfirmed'
	| 'keptBounced'
	| 'keptRemoved'
	/** Kept for a status that the API does not explain; the status stands beside it. */
	| 'kept'
	| 'unsubscribed'
	| 'alreadyUnsubscribed'
	| 'notSubscribed';

/** What is posted to `/contactLists`; `sourceid` 4 is how the API wants a re-subscription to be marked. */
export interface MembershipWrite {
	readonly status: 1 | 2;
	readonly sourceid?: 4;
}

export interface MembershipDecision {
	readonly outcome: ListOutcome;
	/** The status that was kept, where the outcome does not say it. */
	readonly status?: string;
	/** Absent when there is nothing to do. */
	readonly write?: MembershipWrite;
}

/** What is known of a contact and one list. */
export interface Membership {
	/** Of the contact on the list, as the API gives it; undefined when it was never on the list. */
	readonly status: string | undefined;
	/** Whether mail to the contact bounced for good, whatever its lists say. */
	readonly hasBounced: boolean;
}

/** `contactLists[].status`; 91 is left by version 1 of the API, which could remove people without unsubscribing them. */
const UNCONFIRMED = '0';
const ACTIVE = '1';
const UNSUBSCRIBED = '2';
const BOUNCED = '3';
const REMOVED = '91';

/** @param resubscribe whether the user confirms new consent, of people who unsubscribed or were removed */
export function decideMembership(
	membership: Membership,
	action: ListAction,
	resubscribe: boolean,
): MembershipDecision {
	return action === 'subscribe' ? decideSubscription(membership, resubscribe) : decideLeaving(membership);
}

function decideSubscription({ status, hasBounced }: Membership, resubscribe: boolean): MembershipDecision {
	switch (status) {
		case undefined:
			return hasBounced ? { outcome: 'keptBounced' } : { outcome: 'subscribed', write: { status: 1 } };
		case ACTIVE:
			return { outcome: 'alreadySubscribed' };
		case UNSUBSCRIBED:
		case REMOVED:
			if (!resubscribe) return { outcome: status === REMOVED ? 'keptRemoved' : 'keptUnsubscribed' };
			if (hasBounced) return { outcome: 'keptBounced' };
			return { outcome: 'resubscribed', write: { status: 1, sourceid: 4 } };
		case UNCONFIRMED:
			// "Adding an unconfirmed contact by hand violates the terms of use", so new consent is theirs to confirm.
			return { outcome: 'keptUnconfirmed' };
		case BOUNCED:
			return { outcome: 'keptBounced' };
		default:
			return { outcome: 'kept', status };
	}
}

/** Contacts with any other status are marked as unsubscribed too: a bounce or a removal may be undone later. */
function decideLeaving({ status }: Membership): MembershipDecision {
	if (status === undefined) return { outcome: 'notSubscribed' };
	if (status === UNSUBSCRIBED) return { outcome: 'alreadyUnsubscribed' };
	return { outcome: 'unsubscribed', write: { status: 2 } };
}
