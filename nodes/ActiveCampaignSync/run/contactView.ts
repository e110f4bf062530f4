import type { IDataObject } from 'n8n-workflow';

import {
	CONTACT_PARTS,
	type ContactPart,
	type ContactRows,
	type FoundContact,
	type Rows,
} from '../account/contactParts';
import type { ContactReads } from '../account/contactReads';
import type { Lookups } from '../account/lookups';
import { labelsById, RECORDS, toRecords, type RecordKind } from '../account/records';
import type { RequestScope } from '../account/requestScope';
import { NO_FIELDS } from '../fields/fieldCatalog';
import { failureOf } from '../shared/failure';
import { idOf, objectsIn } from '../shared/json';
import { contactDetails, rawContact } from './contactDetails';

const OMITTED = 'so it is omitted';
const BY_ID = 'so IDs are shown instead of names';

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
