import { links } from './links';
import type { SandboxAutomation, SandboxCompany, SandboxField, SandboxList, SandboxTag } from './model';

/* Custom fields, lists, tags and automations as the API writes them; see contactRows.ts. */

export function fieldRow(field: SandboxField, ordernum: number): Record<string, unknown> {
	return {
		title: field.title,
		descript: null,
		type: field.type,
		isrequired: '0',
		perstag: field.perstag,
		defval: null,
		show_in_list: '0',
		rows: '0',
		cols: '0',
		visible: '1',
		service: '',
		ordernum: String(ordernum),
		cdate: field.cdate,
		udate: field.cdate,
		options: field.options.map(({ id }) => id),
		relations: field.lists.map((list) => relationId(field, list)),
		links: links(`fields/${field.id}`, ['options', 'relations']),
		id: field.id,
	};
}

function relationId(field: SandboxField, listId: string): string {
	return `${field.id}${listId.padStart(4, '0')}`;
}

/** The options of a field, as `GET /fields` loads them beside the fields. */
export function fieldOptionRows(field: SandboxField): Array<Record<string, unknown>> {
	return field.options.map(({ id, value, label }, index) => ({
		field: field.id,
		orderid: String(index + 1),
		value,
		label,
		isdefault: '0',
		cdate: field.cdate,
		udate: field.cdate,
		links: links(`fieldOptions/${id}`, ['field']),
		id,
	}));
}

/** The lists of a field, as `GET /fields` loads them beside the fields. */
export function fieldRelRows(field: SandboxField): Array<Record<string, unknown>> {
	return field.lists.map((listId) => ({
		field: field.id,
		relid: listId,
		dorder: '0',
		cdate: field.cdate,
		links: [],
		id: relationId(field, listId),
	}));
}

export function listRow(list: SandboxList): Record<string, unknown> {
	return {
		stringid: list.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
		userid: '1',
		name: list.name,
		channel: list.channel,
		cdate: list.cdate,
		private: '0',
		require_name: '0',
		get_unsubscribe_reason: '0',
		to_name: 'Subscriber',
		sender_url: 'https://sandbox.example',
		sender_reminder: 'You signed up for this list.',
		deletestamp: null,
		udate: null,
		links: links(`lists/${list.id}`, ['contactGoalLists', 'user', 'addressLists']),
		id: list.id,
		user: '1',
	};
}

export function tagRow(tag: SandboxTag): Record<string, unknown> {
	return {
		tagType: tag.tagType,
		tag: tag.name,
		description: tag.description,
		cdate: tag.cdate,
		links: links(`tags/${tag.id}`, ['contactGoalTags']),
		id: tag.id,
	};
}

export function automationRow(automation: SandboxAutomation): Record<string, unknown> {
	return {
		name: automation.name,
		cdate: automation.cdate,
		mdate: automation.cdate,
		userid: '1',
		status: automation.active ? '1' : '2',
		entered: '0',
		exited: '0',
		hidden: '0',
		links: links(`automations/${automation.id}`, [
			'campaigns',
			'contactGoals',
			'contactAutomations',
			'blocks',
			'goals',
		]),
		id: automation.id,
	};
}

/** A company, which the API calls an account; the counts stand on rows of the collection only. */
export function accountRow(company: SandboxCompany): Record<string, unknown> {
	return {
		name: company.name,
		accountUrl: company.url,
		createdTimestamp: company.cdate,
		updatedTimestamp: company.cdate,
		links: links(`accounts/${company.id}`, ['notes', 'accountCustomFieldData', 'accountContacts']),
		id: company.id,
	};
}
