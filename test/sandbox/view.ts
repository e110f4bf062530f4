import type { Account, ImportBatch } from './account';
import { MEMBERSHIP_STATUS, type Channel, type Mistake, type SandboxContact } from './model';

/** A stored contact with names in place of ids, as plain JSON. */
export interface ContactView {
	id: string;
	email: string;
	firstName: string;
	lastName: string;
	phone: string;
	cdate: string;
	udate: string;
	fieldValues: Array<{ field: string; title: string; perstag: string; value: string }>;
	/** `status` is the API's number, `statusName` what it means. */
	lists: Array<{ id: string; name: string; status: number; statusName: string; sourceId: string }>;
	tags: string[];
	/** One entry for each enrollment. */
	automations: string[];
	/** Its name, '' without. */
	company: string;
	jobTitle: string;
	notes: string[];
	/** e.g. "Quote (450.00 usd)" */
	deals: string[];
}

/** What an account knows of a contact, without ids, dates and order, so that two accounts can be compared. */
export interface ContactSnapshot {
	firstName: string;
	lastName: string;
	phone: string;
	/** Values by the field's title. */
	fields: Record<string, string>;
	/** Status codes by the list's name. */
	lists: Record<string, number>;
	/** Names, sorted. */
	tags: string[];
	/** How often the contact was enrolled, by the automation's name. */
	enrollments: Record<string, number>;
	/** Its name, '' without. */
	company: string;
	jobTitle: string;
	/** Texts, in order. */
	notes: string[];
}

/** What an account contains, as plain JSON. */
export interface SandboxState {
	contacts: ContactView[];
	fields: Array<{ id: string; title: string; perstag: string; type: string | null }>;
	lists: Array<{ id: string; name: string; channel: Channel }>;
	tags: Array<{ id: string; name: string; tagType: string }>;
	automations: Array<{ id: string; name: string; active: boolean }>;
	imports: Array<Pick<ImportBatch, 'batchId' | 'state' | 'excludeAutomations'> & { contacts: number }>;
	mistakes: Mistake[];
}

export function viewContact(account: Account, contact: SandboxContact): ContactView {
	const { id, email, firstName, lastName, phone, cdate, udate } = contact;
	const nameOfStatus = new Map<number, string>(
		Object.entries(MEMBERSHIP_STATUS).map(([name, status]) => [status, name]),
	);
	return {
		...{ id, email, firstName, lastName, phone, cdate, udate },
		fieldValues: [...contact.fieldValues].map(([field, value]) => {
			const { title = '', perstag = '' } = account.fields.get(field) ?? {};
			return { field, title, perstag, value };
		}),
		lists: [...contact.lists].map(([listId, { status, sourceId }]) => {
			const name = account.lists.get(listId)?.name ?? '';
			return { id: listId, name, status, statusName: nameOfStatus.get(status) ?? String(status), sourceId };
		}),
		tags: [...contact.tags.keys()].map((tagId) => account.tags.get(tagId)?.name ?? ''),
		automations: contact.automations.map(
			({ automationId }) => account.automations.get(automationId)?.name ?? '',
		),
		company: account.companies.get(contact.company?.companyId ?? '')?.name ?? '',
		jobTitle: contact.company?.jobTitle ?? '',
		notes: contact.notes.map(({ text }) => text),
		deals: contact.deals.map(
			({ title, value, currency }) => `${title} (${(value / 100).toFixed(2)} ${currency})`,
		),
	};
}

export function viewState(account: Account): SandboxState {
	return {
		contacts: account.contacts().map((contact) => viewContact(account, contact)),
		fields: [...account.fields.values()].map(({ id, title, perstag, type }) => ({
			id,
			title,
			perstag,
			type,
		})),
		lists: [...account.lists.values()].map(({ id, name, channel }) => ({ id, name, channel })),
		tags: [...account.tags.values()].map(({ id, name, tagType }) => ({ id, name, tagType })),
		automations: [...account.automations.values()].map(({ id, name, active }) => ({ id, name, active })),
		imports: account.imports.map(({ batchId, state, excludeAutomations, contacts }) => ({
			...{ batchId, state, excludeAutomations },
			contacts: contacts.length,
		})),
		mistakes: account.mistakes,
	};
}

/** All contacts by their address in lower case. */
export function snapshotOf(account: Account): Record<string, ContactSnapshot> {
	const views = account.contacts().map((contact) => viewContact(account, contact));
	return Object.fromEntries(
		views.map((contact) => [contact.email.toLowerCase(), snapshotContact(contact)] as const),
	);
}

function snapshotContact(contact: ContactView): ContactSnapshot {
	const { firstName, lastName, phone, fieldValues, lists, tags, automations, company, jobTitle, notes } =
		contact;
	const enrollments: Record<string, number> = {};
	for (const name of automations) enrollments[name] = (enrollments[name] ?? 0) + 1;
	return {
		...{ firstName, lastName, phone },
		fields: Object.fromEntries(fieldValues.map(({ title, value }) => [title, value])),
		lists: Object.fromEntries(lists.map(({ name, status }) => [name, status])),
		tags: [...tags].sort(),
		enrollments,
		...{ company, jobTitle, notes },
	};
}
