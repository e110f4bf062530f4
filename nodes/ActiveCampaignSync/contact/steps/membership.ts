/**
 * What may be done to a contact's membership of a list. Consent decides: nobody is subscribed who left, did not
 * confirm or bounced, unless the user says that there is new consent.
 */

export type ListAction = 'subscribe' | 'unsubscribe';

export type ListOutcome =
	| 'subscribed'
	| 'resubscribed'
	| 'alreadySubscribed'
	| 'keptUnsubscribed'
	| 'keptUnconfirmed'
	| 'keptBounced'
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
	/** Absent when there is nothing to do. */
	readonly write?: MembershipWrite;
}

/** `contactLists[].status`; the vendor's older API counts unconfirmed as 0. */
const ACTIVE = '1';
const UNSUBSCRIBED = '2';
const UNCONFIRMED = new Set(['0', '3']);

/**
 * @param status of the contact on the list, as the API gives it; undefined when it was never on the list
 * @param resubscribe whether the user vouches for new consent; it does not bring a bounced address back
 */
export function decideMembership(
	status: string | undefined,
	action: ListAction,
	resubscribe: boolean,
): MembershipDecision {
	if (action === 'unsubscribe') {
		if (status === undefined) return { outcome: 'notSubscribed' };
		if (status === UNSUBSCRIBED) return { outcome: 'alreadyUnsubscribed' };
		return { outcome: 'unsubscribed', write: { status: 2 } };
	}
	if (status === undefined) return { outcome: 'subscribed', write: { status: 1 } };
	if (status === ACTIVE) return { outcome: 'alreadySubscribed' };
	const isBounced = status !== UNSUBSCRIBED && !UNCONFIRMED.has(status);
	if (isBounced) return { outcome: 'keptBounced' };
	if (resubscribe) return { outcome: 'resubscribed', write: { status: 1, sourceid: 4 } };
	return { outcome: status === UNSUBSCRIBED ? 'keptUnsubscribed' : 'keptUnconfirmed' };
}
