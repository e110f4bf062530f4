import type { IDataObject } from 'n8n-workflow';

import { contactDetails, rawContact } from './contactDetails';
import { FieldCatalog } from '../../fields/fieldCatalog';
import { linkedIds, sideLoadedNames, type LinkedPart } from '../../account/recordNames';
import { CONTACT_PARTS, type ContactPart, type ContactRows } from '../../account/contactParts';
import type { Lookups } from '../../account/lookups';
import type { NameLookup } from '../../account/nameLookup';
import type { JsonObject } from '../../shared/json';
import { settle } from '../../shared/result';
import type { RequestScope } from '../../account/requestScope';
import { readPart } from '../../account/contactRows';
import type { FoundContact } from '../../account/foundContact';

const LEFT_OUT = 'so that is left out';
const BY_ID = 'so IDs stand in place of names';

/** What the token may not see is said in `warnings`. */
type Warn = (warning: string) => void;

/** Completes what was loaded of contacts, and shows it. */
export class ContactView {
	constructor(
		private readonly catalogs: Lookups,
		private readonly names: NameLookup,
	) {}

	/**
	 * A contact with everything that hangs on it: what did not come along is read by itself.
	 * @param isSimple whether with names in place of IDs; otherwise as ActiveCampaign returns it
	 * @returns undefined for nobody
	 * @throws AccountFailure
	 */
	async show(
		scope: RequestScope,
		contact: FoundContact | undefined,
		isSimple: boolean,
	): Promise<IDataObject | undefined> {
		if (!contact) return undefined;
		const warnings: string[] = [];
		const warn = (warning: string) => void warnings.push(warning);
		const parts = await this.allParts(scope, contact, warn);
		const json = isSimple ? await this.details(contact, parts, warn) : rawContact(contact.row, parts);
		return { ...json, ...(warnings.length > 0 ? { warnings: warnings.sort() } : {}) };
	}

	private async allParts(scope: RequestScope, { id, parts }: FoundContact, warn: Warn): Promise<ContactRows> {
		const entryOf = async (part: ContactPart) => {
			const rows =
				parts.get(part) ??
				(await unlessForbidden(async () => (await readPart(scope, id, part)).value, warn, LEFT_OUT));
			return rows ? [[part, rows] as const] : [];
		};
		return new Map<ContactPart, readonly JsonObject[]>(
			(await Promise.all(CONTACT_PARTS.map(entryOf))).flat(),
		);
	}

	private async details(contact: FoundContact, parts: ContactRows, warn: Warn): Promise<IDataObject> {
		const hasValues = (parts.get('fieldValues') ?? []).length > 0;
		const sideLoaded = sideLoadedNames(contact.response);
		const namesOf = async (part: LinkedPart) => {
			const known = sideLoaded[part];
			const ids = linkedIds(part, parts).filter((id) => !known.has(id));
			if (ids.length === 0) return known;
			const found = await unlessForbidden(async () => await this.names.names(part, ids), warn, BY_ID);
			return new Map([...known, ...(found ?? [])]);
		};
		const [catalog, [contactLists, contactTags, contactAutomations, accountContacts]] = await Promise.all([
			hasValues ? unlessForbidden(async () => await this.catalogs.fields(), warn, BY_ID) : undefined,
			Promise.all([
				namesOf('contactLists'),
				namesOf('contactTags'),
				namesOf('contactAutomations'),
				namesOf('accountContacts'),
			]),
		]);
		const names = { contactLists, contactTags, contactAutomations, accountContacts };
		return contactDetails(contact.row, parts, names, catalog ?? new FieldCatalog([]));
	}
}

/**
 * Undefined, with a warning, for what the token's user may not see.
 * @param consequence for the output, e.g. "so it is left out"
 * @throws AccountFailure for all other failures
 */
async function unlessForbidden<Value>(
	read: () => Promise<Value>,
	warn: Warn,
	consequence: string,
): Promise<Value | undefined> {
	const { value, failure } = await settle(read());
	if (!failure) return value;
	if (failure.kind !== 'forbidden') throw failure;
	warn(`${failure.message}, ${consequence}`);
	return undefined;
}
