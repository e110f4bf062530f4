import { idOf, objectsIn, textOf, type JsonObject } from '../shared/json';
import { groupBy } from '../shared/multiMap';

/** What a contact has, by the API's names: its lists, tags, automations, custom field values and company. */
export const CONTACT_PARTS = [
	'contactLists',
	'contactTags',
	'contactAutomations',
	'fieldValues',
	'accountContacts',
] as const;
export type ContactPart = (typeof CONTACT_PARTS)[number];

/** A contact's own rows of one part. */
export type Rows = readonly JsonObject[];

/** A contact's own rows by part; a part that is not in here is not known. */
export type ContactRows = ReadonlyMap<ContactPart, Rows>;

/** What the API returned of one contact. */
export interface FoundContact {
	readonly id: string;
	/** The contact's own row. */
	readonly row: JsonObject;
	/** Those of the parts asked for that came along for certain. */
	readonly parts: ContactRows;
	/** All that the account returned, perhaps with other contacts. */
	readonly response: JsonObject;
}

/** `contactLists[].status`; 91 is left by version 1 of the API, which could remove people without unsubscribing them. */
export const LIST_STATUS = {
	unconfirmed: '0',
	active: '1',
	unsubscribed: '2',
	bounced: '3',
	removed: '91',
} as const;

/** How a contact is in an automation: `status` is 1 while it is in there and 2 when it has finished or was removed. */
export function enrollmentStatus(row: JsonObject): 'active' | 'completed' | 'ended' {
	if (textOf(row['completed']) === '1') return 'completed';
	return textOf(row['status']) === '2' ? 'ended' : 'active';
}

/** A count, in full rows only: "the created body is sparse, the updated one a full row". */
export const BOUNCES_FOR_GOOD = 'bounced_hard';

/** Whether mail to a contact bounced for good, as its row says. */
export function bouncedForGood(contact: JsonObject): boolean {
	return Number(textOf(contact[BOUNCES_FOR_GOOD])) > 0;
}

/**
 * All contacts of a response, each with what it says for certain about it. Nobody documents what an account leaves out of a
 * response of `GET /contacts?include=…`, so a part counts only if the contact names its rows and all of them are there, as
 * rows of this contact.
 */
export function foundContacts(response: JsonObject): FoundContact[] {
	// Grouped once: a hundred contacts may have thousands of rows.
	const rowsOf = new Map(
		CONTACT_PARTS.map((part) => [part, groupBy(objectsIn(response[part]), (row) => idOf(row['contact']))]),
	);
	return objectsIn(response['contacts']).map((row) => {
		const id = idOf(row['id']);
		return { id, row, parts: knownParts(response, row, (part) => rowsOf.get(part)?.get(id) ?? []), response };
	});
}

function knownParts(
	response: JsonObject,
	contact: JsonObject,
	ownRows: (part: ContactPart) => Rows,
): ContactRows {
	const parts = new Map<ContactPart, Rows>();
	for (const part of CONTACT_PARTS) {
		const named = contact[part];
		if (!Array.isArray(named) || !Array.isArray(response[part])) continue;
		const rows = ownRows(part);
		const ids = new Set(rows.map((row) => textOf(row['id'])));
		if (named.every((id) => textOf(id) !== '' && ids.has(textOf(id)))) parts.set(part, rows);
	}
	return parts;
}

/**
 * The parts that the account does not load beside contacts, as far as a response shows it: all of them where it gives
 * contacts that were not asked for.
 * @param asked the IDs of the contacts that were asked for
 */
export function partsNotLoaded(
	response: JsonObject,
	asked: ReadonlySet<string>,
	parts: readonly ContactPart[],
): readonly ContactPart[] {
	const contacts = objectsIn(response['contacts']);
	if (contacts.some((contact) => !asked.has(idOf(contact['id'])))) return parts;
	// A collection may also be left out because it would be empty.
	const isEmpty = (named: unknown) => Array.isArray(named) && named.length === 0;
	return parts.filter(
		(part) => !Array.isArray(response[part]) && contacts.some((contact) => !isEmpty(contact[part])),
	);
}
