import { idOf, objectsIn, textOf, type JsonObject } from '../shared/json';
import { isSmsList, listLabel } from './smsMark';
import type { ContactPart, ContactRows } from './contactParts';

/** The records that the rows of a part lead to: the key with the record's ID, and the API's collection of records. */
export const LINKED_RECORDS = {
	contactLists: { key: 'list', collection: 'lists', name: 'name' },
	contactTags: { key: 'tag', collection: 'tags', name: 'tag' },
	contactAutomations: { key: 'automation', collection: 'automations', name: 'name' },
	accountContacts: { key: 'account', collection: 'accounts', name: 'name' },
} as const;
export type LinkedPart = keyof typeof LINKED_RECORDS;

/** Names by record ID, for each part. */
export type RecordNames = Readonly<Record<LinkedPart, ReadonlyMap<string, string>>>;

/** What `include` has to name, so that a part comes beside contacts with the names of its records. */
export function includeOf(part: ContactPart): string {
	return isLinked(part) ? `${part},${part}.${LINKED_RECORDS[part].key}` : part;
}

/** The names that came along with contacts. */
export function sideLoadedNames(response: JsonObject): RecordNames {
	const named = (part: LinkedPart) => namesIn(part, objectsIn(response[LINKED_RECORDS[part].collection]));
	return {
		contactLists: named('contactLists'),
		contactTags: named('contactTags'),
		contactAutomations: named('contactAutomations'),
		accountContacts: named('accountContacts'),
	};
}

/** The names in rows of lists, tags, automations or accounts; those of SMS lists are marked. */
export function namesIn(part: LinkedPart, records: readonly JsonObject[]): Map<string, string> {
	const names = new Map<string, string>();
	for (const record of records) {
		const id = idOf(record['id']);
		const name = textOf(record[LINKED_RECORDS[part].name]);
		if (id !== '' && name !== '') names.set(id, listLabel(name, isSmsList(record)));
	}
	return names;
}

/** The IDs of the records that a contact's rows of a part lead to. */
export function linkedIds(part: LinkedPart, parts: ContactRows): string[] {
	const ids = (parts.get(part) ?? []).map((row) => idOf(row[LINKED_RECORDS[part].key]));
	return [...new Set(ids)].filter((id) => id !== '');
}

function isLinked(part: ContactPart): part is LinkedPart {
	return part in LINKED_RECORDS;
}
