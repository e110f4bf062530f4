import type { IDataObject } from 'n8n-workflow';

import {
	CONTACT_PARTS,
	enrollmentStatus,
	LIST_STATUS,
	type ContactPart,
	type ContactRows,
	type FoundContact,
	type Rows,
} from '../account/contactParts';
import type { ContactReads } from '../account/contactReads';
import type { Lookups } from '../account/lookups';
import { labelsById, RECORDS, toRecords, type RecordKind } from '../account/records';
import type { RequestScope } from '../account/requestScope';
import { STANDARD_FIELDS } from '../fields/field';
import { NO_FIELDS, type FieldCatalog } from '../fields/fieldCatalog';
import { isBlankStoredValue, showStoredValues } from '../fields/fieldValue';
import type { ShownValue } from '../fields/kinds/kind';
import { failureOf } from '../shared/failure';
import { idOf, objectsIn, textOf, type JsonObject } from '../shared/json';
import { namedValues } from '../shared/text';

/** The words for what is in `contactLists[].status`; other codes stay as they are. */
const STATUS_WORDS = new Map<string, string>(Object.entries(LIST_STATUS).map(([word, code]) => [code, word]));

const OMITTED = 'so it is omitted';
const BY_ID = 'so IDs are shown instead of names';

/** Names by record ID, for each kind. */
type RecordNames = Readonly<Record<RecordKind, ReadonlyMap<string, string>>>;

/** What the token may not see is said in `warnings`. */
type Warn = (warning: string) => void;

/** Completes what was read of contacts, and shows it. */
export class ContactView {
	constructor(
		private readonly reads: ContactReads,
		private readonly lookups: Lookups,
	) {}

	/**
	 * A contact with everything it has: what did not come along is read by itself.
	 * @param parts what to show of it
	 * @param isSimple whether with names in place of IDs; otherwise as ActiveCampaign returns it
	 * @throws AccountFailure
	 */
	async show(
		scope: RequestScope,
		contact: FoundContact,
		isSimple: boolean,
		parts: readonly ContactPart[] = CONTACT_PARTS,
	): Promise<IDataObject> {
		const warnings: string[] = [];
		const warn = (warning: string) => void warnings.push(warning);
		const rows = await this.rowsOf(scope, contact, parts, warn);
		const json = isSimple ? await this.details(contact, rows, warn) : rawContact(contact.row, rows);
		return { ...json, ...(warnings.length > 0 ? { warnings: warnings.sort() } : {}) };
	}

	private async rowsOf(
		scope: RequestScope,
		contact: FoundContact,
		parts: readonly ContactPart[],
		warn: Warn,
	): Promise<ContactRows> {
		const entryOf = async (part: ContactPart) => {
			const read = async () => await this.reads.rowsOf(scope, contact, part);
			const rows = await unlessForbidden(read, warn, OMITTED);
			return rows ? [[part, rows] as const] : [];
		};
		return new Map<ContactPart, Rows>((await Promise.all(parts.map(entryOf))).flat());
	}

	private async details(contact: FoundContact, parts: ContactRows, warn: Warn): Promise<IDataObject> {
		const hasValues = (parts.get('fieldValues') ?? []).length > 0;
		const namesOf = async (kind: RecordKind) => {
			const known = sideLoadedNames(kind, contact);
			const ids = linkedIds(kind, parts).filter((id) => !known.has(id));
			if (ids.length === 0) return known;
			const found = await unlessForbidden(async () => await this.lookups.names(kind, ids), warn, BY_ID);
			return new Map([...known, ...(found ?? [])]);
		};
		const [catalog, list, tag, automation, company] = await Promise.all([
			hasValues ? unlessForbidden(async () => await this.lookups.fields(), warn, BY_ID) : undefined,
			namesOf('list'),
			namesOf('tag'),
			namesOf('automation'),
			namesOf('company'),
		]);
		const names = { list, tag, automation, company };
		return contactDetails(contact.row, parts, names, catalog ?? NO_FIELDS);
	}
}

/** The names that came along with contacts. */
function sideLoadedNames(kind: RecordKind, { response }: FoundContact): ReadonlyMap<string, string> {
	return labelsById(toRecords(kind, objectsIn(response[RECORDS[kind].collection])));
}

/** The IDs of the records that a contact's rows lead to. */
function linkedIds(kind: RecordKind, parts: ContactRows): string[] {
	const ids = (parts.get(RECORDS[kind].part) ?? []).map((row) => idOf(row[RECORDS[kind].link]));
	return [...new Set(ids)].filter((id) => id !== '');
}

/**
 * Undefined, with a warning, for what the token's user may not see.
 * @param consequence for the output, e.g. "so that is left out"
 * @throws AccountFailure for all other failures
 */
async function unlessForbidden<Value>(
	read: () => Promise<Value>,
	warn: Warn,
	consequence: string,
): Promise<Value | undefined> {
	try {
		return await read();
	} catch (thrown) {
		const failure = failureOf(thrown);
		if (failure.kind !== 'forbidden') throw failure;
		warn(`${failure.message}, ${consequence}`);
		return undefined;
	}
}

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
