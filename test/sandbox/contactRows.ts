import { links } from './links';
import type {
	AutomationEntry,
	CompanyLink,
	FieldValueRow,
	Membership,
	SandboxContact,
	SandboxNote,
	TagLink,
} from './model';

/*
 * Records as the API writes them: numbers and ids are strings, dates carry the account's offset. The keys are those of the
 * vendor's published description.
 */

const CONTACT_LINKS = [
	'bounceLogs',
	'contactAutomations',
	'contactData',
	'contactGoals',
	'contactLists',
	'contactLogs',
	'contactTags',
	'contactDeals',
	'deals',
	'fieldValues',
	'geoIps',
	'notes',
	'organization',
	'plusAppend',
	'trackingLogs',
	'scoreValues',
];

/** The sparse contact in the response to a sync that created one: only the names that were sent. */
export function createdContactRow(
	contact: SandboxContact,
	sent: Record<string, unknown>,
): Record<string, unknown> {
	const names = { phone: contact.phone, firstName: contact.firstName, lastName: contact.lastName };
	return {
		email: contact.email,
		...Object.fromEntries(Object.entries(names).filter(([key]) => Object.hasOwn(sent, key))),
		email_empty: false,
		cdate: contact.cdate,
		udate: contact.udate,
		orgid: '',
		orgname: '',
		links: links(`contacts/${contact.id}`, CONTACT_LINKS),
		hash: contact.hash,
		fieldValues: [...contact.fieldValueRows.values()].map(({ id }) => id),
		id: contact.id,
		organization: '',
	};
}

/** The full row of a contact. */
export function contactRow(contact: SandboxContact): Record<string, unknown> {
	return {
		cdate: contact.cdate,
		email: contact.email,
		phone: contact.phone,
		firstName: contact.firstName,
		lastName: contact.lastName,
		orgid: '0',
		segmentio_id: '',
		bounced_hard: String(contact.bouncedHard),
		bounced_soft: String(contact.bouncedSoft),
		bounced_date: '0000-00-00',
		ip: '0',
		ua: '',
		hash: contact.hash,
		socialdata_lastcheck: '0000-00-00 00:00:00',
		email_local: '',
		email_domain: '',
		sentcnt: '0',
		rating_tstamp: '0000-00-00',
		gravatar: '0',
		deleted: '0',
		anonymized: '0',
		udate: contact.udate,
		deleted_at: '0000-00-00 00:00:00',
		created_utc_timestamp: utc(contact.cdate),
		updated_utc_timestamp: utc(contact.udate),
		links: links(`contacts/${contact.id}`, CONTACT_LINKS),
		id: contact.id,
		organization: null,
	};
}

function utc(isoDate: string): string {
	return new Date(isoDate).toISOString().slice(0, 19).replace('T', ' ');
}

export function fieldValueRow(contact: SandboxContact, row: FieldValueRow): Record<string, unknown> {
	return {
		contact: contact.id,
		field: row.fieldId,
		value: row.value,
		cdate: row.cdate,
		udate: row.udate,
		created_by: '0',
		updated_by: '0',
		links: links(`fieldValues/${row.id}`, ['owner', 'field']),
		id: row.id,
		owner: contact.id,
	};
}

export function membershipRow(
	contact: SandboxContact,
	listId: string,
	membership: Membership,
): Record<string, unknown> {
	return {
		contact: contact.id,
		list: listId,
		form: null,
		seriesid: '0',
		sdate: membership.sdate,
		udate: membership.udate,
		status: String(membership.status),
		channel: membership.channel,
		responder: '1',
		sync: '0',
		unsubreason: null,
		campaign: null,
		message: null,
		first_name: contact.firstName,
		last_name: contact.lastName,
		ip4Sub: '0',
		sourceid: membership.sourceId,
		autosyncLog: null,
		ip4_last: '0',
		ip4Unsub: '0',
		unsubscribeAutomation: null,
		links: links(`contactLists/${membership.id}`, ['automation', 'list', 'contact', 'form']),
		id: membership.id,
		automation: null,
	};
}

export function tagLinkRow(contact: SandboxContact, tagId: string, link: TagLink): Record<string, unknown> {
	return {
		cdate: link.cdate,
		contact: contact.id,
		id: link.id,
		links: links(`contactTags/${link.id}`, ['tag', 'contact']),
		tag: tagId,
	};
}

/** An enrollment in the response to making it: without the dates it has later. */
export function newAutomationEntryRow(
	contact: SandboxContact,
	entry: AutomationEntry,
): Record<string, unknown> {
	return {
		contact: contact.id,
		seriesid: entry.automationId,
		startid: 0,
		status: 1,
		lastblock: '0',
		completedElements: '0',
		totalElements: '1',
		completed: 0,
		completeValue: 0,
		links: links(`contactAutomations/${entry.id}`, ['automation', 'contact', 'contactGoals']),
		id: entry.id,
		automation: entry.automationId,
	};
}

export function automationEntryRow(contact: SandboxContact, entry: AutomationEntry): Record<string, unknown> {
	const end = { status: '2', completed: 1, completeValue: 100, remdate: entry.adddate, timespan: '0' };
	return {
		...newAutomationEntryRow(contact, entry),
		startid: '0',
		status: '1',
		adddate: entry.adddate,
		remdate: null,
		timespan: null,
		lastdate: entry.adddate,
		...(entry.completed ? end : {}),
	};
}

/** A contact's company, which the API calls an account. */
export function accountContactRow(contact: SandboxContact, link: CompanyLink): Record<string, unknown> {
	return {
		account: link.companyId,
		contact: contact.id,
		jobTitle: link.jobTitle,
		createdTimestamp: link.cdate,
		updatedTimestamp: link.udate,
		links: links(`accountContacts/${link.id}`, ['account', 'contact']),
		id: link.id,
	};
}

export function noteRow(contact: SandboxContact, note: SandboxNote): Record<string, unknown> {
	return {
		relid: contact.id,
		reltype: 'Subscriber',
		userid: '1',
		is_draft: '0',
		cdate: note.cdate,
		mdate: note.cdate,
		note: note.text,
		links: links(`notes/${note.id}`, ['activities', 'user', 'mentions', 'notes', 'owner']),
		id: note.id,
		user: '1',
		owner: { type: 'contact', id: contact.id },
	};
}

/** A note in the response to making it: ids of the contact are numbers there, and it lacks a key. */
export function newNoteRow(contact: SandboxContact, note: SandboxNote): Record<string, unknown> {
	const id = Number(contact.id);
	const row = { ...noteRow(contact, note), relid: id, owner: { type: 'contact', id } };
	return Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'is_draft'));
}

/** What hangs on a contact, by the names of the API's collections. */
export const ROWS_OF_CONTACT = {
	contactAutomations: (contact: SandboxContact) =>
		contact.automations.map((entry) => automationEntryRow(contact, entry)),
	contactLists: (contact: SandboxContact) =>
		[...contact.lists].map(([listId, membership]) => membershipRow(contact, listId, membership)),
	contactTags: (contact: SandboxContact) =>
		[...contact.tags].map(([tagId, link]) => tagLinkRow(contact, tagId, link)),
	fieldValues: (contact: SandboxContact) =>
		[...contact.fieldValueRows.values()].map((row) => fieldValueRow(contact, row)),
	accountContacts: (contact: SandboxContact) =>
		contact.company ? [accountContactRow(contact, contact.company)] : [],
	notes: (contact: SandboxContact) => contact.notes.map((note) => noteRow(contact, note)),
} as const;
