import type { Account, ImportBatch } from './account';
import { MEMBERSHIP_STATUS, type Mistake, type SandboxContact } from './model';

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
	/** One entry for each enrolment. */
	automations: string[];
}

/** What an account holds, as plain JSON. */
export interface SandboxState {
	contacts: ContactView[];
	fields: Array<{ id: string; title: string; perstag: string; type: string | null }>;
	lists: Array<{ id: string; name: string }>;
	tags: Array<{ id: string; name: string; tagType: string }>;
	automations: Array<{ id: string; name: string; active: boolean }>;
	imports: Array<Pick<ImportBatch, 'batchId' | 'state' | 'excludeAutomations'> & { contacts: number }>;
	mistakes: Mistake[];
}

export function viewContact(account: Account, contact: SandboxContact): ContactView {
	const { id, email, firstName, lastName, phone, cdate, udate } = contact;
	const nameOfStatus = new Map(Object.entries(MEMBERSHIP_STATUS).map(([name, status]) => [status, name]));
	return {
		...{ id, email, firstName, lastName, phone, cdate, udate },
		fieldValues: [...contact.fieldValues].map(([field, value]) => {
			const { title = '', perstag = '' } = account.fields.get(field) ?? {};
			return { field, title, perstag, value };
		}),
		lists: [...contact.lists].map(([listId, { status, sourceId }]) => {
			const name = account.lists.get(listId)?.name ?? '';
			return { id: listId, name, status, statusName: nameOfStatus.get(status) ?? '', sourceId };
		}),
		tags: [...contact.tags.keys()].map((tagId) => account.tags.get(tagId)?.name ?? ''),
		automations: contact.automations.map(
			({ automationId }) => account.automations.get(automationId)?.name ?? '',
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
		lists: [...account.lists.values()].map(({ id, name }) => ({ id, name })),
		tags: [...account.tags.values()].map(({ id, name, tagType }) => ({ id, name, tagType })),
		automations: [...account.automations.values()].map(({ id, name, active }) => ({ id, name, active })),
		imports: account.imports.map(({ batchId, state, excludeAutomations, contacts }) => ({
			...{ batchId, state, excludeAutomations },
			contacts: contacts.length,
		})),
		mistakes: account.mistakes,
	};
}
