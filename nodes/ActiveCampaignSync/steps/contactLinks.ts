import { idOf, textOf, type JsonObject } from '../shared/json';
import type { Membership } from './membership';

/** Those of a contact's links that lead to one list, tag, automation or company. */
export function linksTo(
	rows: readonly JsonObject[],
	key: 'list' | 'tag' | 'automation' | 'account',
	id: string | undefined,
): JsonObject[] {
	return id === undefined ? [] : rows.filter((row) => idOf(row[key]) === id);
}

/**
 * What is known of a contact and a list.
 * @param memberships the contact's rows of `contactLists`
 */
export function membershipOn(
	memberships: readonly JsonObject[],
	listId: string,
	hasBounced: boolean,
): Membership {
	const [row] = linksTo(memberships, 'list', listId);
	return { status: row && textOf(row['status']), hasBounced };
}

export type TagOutcome = 'added' | 'created' | 'alreadyAdded' | 'removed' | 'notThere';

export interface TagDecision {
	readonly outcome: TagOutcome;
	/** The contact's own links to the tag. */
	readonly own: readonly JsonObject[];
}

/**
 * What is to be done about a tag of a contact.
 * @param tag its id, undefined where the account has no tag of that name; and whether it was created just now
 * @param links the contact's tags
 */
export function decideTag(
	action: 'add' | 'remove',
	{ id, isCreated = false }: { readonly id: string | undefined; readonly isCreated?: boolean },
	links: readonly JsonObject[],
): TagDecision {
	const own = linksTo(links, 'tag', id);
	if (action === 'remove') return { outcome: own.length > 0 ? 'removed' : 'notThere', own };
	if (own.length > 0) return { outcome: 'alreadyAdded', own };
	return { outcome: id === undefined || isCreated ? 'created' : 'added', own };
}

export type AutomationAction = 'enroll' | 'remove';

export type EnrollmentOutcome = 'enrolled' | 'alreadyEnrolled' | 'removed' | 'notEnrolled';

export interface EnrollmentDecision {
	readonly outcome: EnrollmentOutcome;
	/** The contact's entries of the automation that are under way. */
	readonly entries: readonly JsonObject[];
}

/** What is to be done about a contact and an automation: an entry that is completed does not count. */
export function decideEnrollment(
	action: AutomationAction,
	automations: readonly JsonObject[],
	automationId: string,
): EnrollmentDecision {
	const entries = linksTo(automations, 'automation', automationId).filter(isUnderWay);
	const isIn = entries.length > 0;
	if (action === 'remove') return { outcome: isIn ? 'removed' : 'notEnrolled', entries };
	return { outcome: isIn ? 'alreadyEnrolled' : 'enrolled', entries };
}

/** `status` is 1 while the contact is in the automation and 2 when it has finished or was removed. */
function isUnderWay(row: JsonObject): boolean {
	return textOf(row['status']) !== '2' && textOf(row['completed']) !== '1';
}
