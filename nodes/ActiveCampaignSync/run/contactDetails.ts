import type { IDataObject } from 'n8n-workflow';

import { idOf, textOf, type JsonObject } from '../shared/json';
import { namedValues } from '../shared/text';
import type { FieldCatalog } from '../fields/fieldCatalog';
import { isBlankStoredValue, showStoredValues } from '../fields/fieldValue';
import type { ShownValue } from '../fields/kinds/kind';
import { STANDARD_FIELDS } from '../fields/field';
import { RECORDS, type RecordKind } from '../account/records';
import { CONTACT_PARTS, enrollmentStatus, LIST_STATUS, type ContactRows } from '../account/contactParts';

/** The words for what is in `contactLists[].status`; other codes stay as they are. */
const STATUS_WORDS = new Map<string, string>(Object.entries(LIST_STATUS).map(([word, code]) => [code, word]));

/** Names by record ID, for each kind. */
type RecordNames = Readonly<Record<RecordKind, ReadonlyMap<string, string>>>;

/**
 * A contact as the node puts it out: who it is, then what it has, with names in place of IDs. Lists, tags and automations
 * come first, as in the output of Sync Contact: a table shows only the first columns. Parts that are not in
 * `parts`, since the token may not see them, are left out.
 */
export function contactDetails(
	row: JsonObject,
	parts: ContactRows,
	names: RecordNames,
	catalog: FieldCatalog,
): IDataObject {
	const linked = (kind: RecordKind) =>
		parts.get(RECORDS[kind].part)?.map((link) => {
			const id = idOf(link[RECORDS[kind].link]);
			return { link, id, name: names[kind].get(id) ?? `ID ${id}` };
		});
	const companies = linked('company');
	const lists = linked('list');
	const tags = linked('tag');
	const automations = linked('automation');
	const values = parts.get('fieldValues');
	return {
		action: 'found',
		id: idOf(row['id']),
		email: textOf(row['email']),
		...(lists && {
			lists: namedValues(lists.map((list) => ({ ...list, value: listStatus(textOf(list.link['status'])) }))),
		}),
		...(tags && { tags: [...new Set(tags.map(({ name }) => name))] }),
		...(automations && {
			automations: namedValues(
				activeLast(automations.map((one) => ({ ...one, value: enrollmentStatus(one.link) }))),
			),
		}),
		...Object.fromEntries(STANDARD_FIELDS.map((field) => [field, textOf(row[field])])),
		...(companies && {
			company: companies[0]?.name ?? '',
			jobTitle: textOf(companies[0]?.link['jobTitle']),
		}),
		...(values && { customFields: customValues(values, catalog) }),
	};
}

/** A contact may have entered an automation several times: that it is in it counts, or else the latest entry. */
function activeLast<Entry extends { readonly value: string }>(entries: readonly Entry[]): Entry[] {
	const isActive = ({ value }: Entry) => value === 'active';
	return [...entries.filter((entry) => !isActive(entry)), ...entries.filter(isActive)];
}

/** ActiveCampaign's own rows of a contact, in the shape of its response to `GET /contacts/{id}`. */
export function rawContact(row: JsonObject, parts: ContactRows): IDataObject {
	const copy: IDataObject = { contact: { ...row } };
	for (const part of CONTACT_PARTS) {
		const rows = parts.get(part);
		if (rows) copy[part] = rows.map((one) => ({ ...one }));
	}
	return copy;
}

function listStatus(status: string): string {
	return STATUS_WORDS.get(status) ?? status;
}

/** The custom values that are not empty, in the account's order of fields. */
function customValues(rows: readonly JsonObject[], catalog: FieldCatalog): Record<string, ShownValue> {
	const order = new Map(catalog.fields.map(({ id }, index) => [id, index]));
	const placeOf = (id: string) => order.get(id) ?? order.size;
	const values = rows
		.map((row) => [catalog.ofValue(idOf(row['field'])), row['value']] as const)
		.filter(([field, value]) => field.id !== '' && !isBlankStoredValue(field, value))
		.sort(([one], [other]) => placeOf(one.id) - placeOf(other.id));
	return showStoredValues(values);
}
