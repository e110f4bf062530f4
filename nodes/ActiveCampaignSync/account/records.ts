import { idOf, textOf, type JsonObject } from '../shared/json';
import { normalizeLook, normalizeName } from '../shared/text';
import type { ContactPart } from './contactParts';

/** A list, automation, tag or company. */
export interface NamedRecord {
	/** Digits. */
	readonly id: string;
	/** Perhaps empty. */
	readonly name: string;
	/** Whether it is a list for text messages: being on it is consent to SMS, and takes a phone number. */
	readonly isSms?: boolean;
	/** Whether it is an automation that takes nobody on. */
	readonly isInactive?: boolean;
}

/**
 * The kinds of records that contacts are linked to: the API's collection, the key of a record's name, the part of a
 * contact that leads to them by which key, and what the token's user needs.
 */
export const RECORDS = {
	list: {
		collection: 'lists',
		name: 'name',
		part: 'contactLists',
		link: 'list',
		purpose: { action: 'read the lists', permission: 'see lists' },
	},
	tag: {
		collection: 'tags',
		name: 'tag',
		part: 'contactTags',
		link: 'tag',
		purpose: { action: 'read the tags', permission: 'see tags' },
	},
	automation: {
		collection: 'automations',
		name: 'name',
		part: 'contactAutomations',
		link: 'automation',
		purpose: { action: 'read the automations', permission: 'see automations' },
	},
	company: {
		collection: 'accounts',
		name: 'name',
		part: 'accountContacts',
		link: 'account',
		purpose: { action: 'read the account of the contact', permission: 'see accounts' },
	},
} as const;
export type RecordKind = keyof typeof RECORDS;

export const RECORD_KINDS: readonly RecordKind[] = ['list', 'tag', 'automation', 'company'];

/** `status` of an automation: 1 is active. */
const INACTIVE = '2';

/** What marks the names of lists for text messages in pickers and outcomes. */
const SMS_MARK = '(SMS)';

/** What `include` has to name, so that a part comes beside contacts with the names of its records. */
export function includeWithNames(part: ContactPart): string {
	const kind = RECORD_KINDS.find((one) => RECORDS[one].part === part);
	return kind ? `${part},${part}.${RECORDS[kind].link}` : part;
}

/** Rows of a collection; those without an ID are left out. */
export function toRecords(kind: RecordKind, rows: readonly JsonObject[]): NamedRecord[] {
	return rows
		.map((row) => ({
			id: idOf(row['id']),
			name: textOf(row[RECORDS[kind].name]),
			...(isSmsList(row) ? { isSms: true } : {}),
			...(kind === 'automation' && textOf(row['status']) === INACTIVE ? { isInactive: true } : {}),
		}))
		.filter(({ id }) => id !== '');
}

/** The records of a name, matched without regard to case and outer blanks, exact matches first. */
export function withName(records: readonly NamedRecord[], name: string): readonly NamedRecord[] {
	const exact = records.filter((record) => record.name === name);
	if (exact.length > 0) return exact;
	for (const normalize of [normalizeName, normalizeLook]) {
		const wanted = normalize(name);
		const same = records.filter((record) => normalize(record.name) === wanted);
		if (same.length > 0) return same;
		const labeled = records.filter((record) => normalize(listLabel(record.name, record.isSms)) === wanted);
		if (labeled.length > 0) return labeled;
	}
	return [];
}

/** What a list is called in pickers and outcomes. */
export function listLabel(name: string, isSms = false): string {
	return isSms && !hasSmsMark(name) ? `${name} ${SMS_MARK}` : name;
}

/** What records are called by their IDs; those without a name are left out. */
export function labelsById(records: readonly NamedRecord[]): Map<string, string> {
	const named = records.filter(({ name }) => name !== '');
	return new Map(named.map(({ id, name, isSms }) => [id, listLabel(name, isSms)]));
}

/** Whether a name says that its list is for text messages, as pickers show it. */
export function hasSmsMark(name: string): boolean {
	return name.trimEnd().endsWith(SMS_MARK);
}

function isSmsList(row: JsonObject): boolean {
	return textOf(row['channel']).toLowerCase() === 'sms';
}
