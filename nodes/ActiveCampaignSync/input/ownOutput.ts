import { idOf, isObject, type JsonObject } from '../shared/json';
import type { GivenCustomField, UnmappedKey } from './contactInput';
import type { FieldCatalog } from '../fields/fieldCatalog';

/** What Get Contact puts out beside the email address, the names and the phone number. */
const OWN_KEYS: ReadonlySet<string> = new Set([
	'action',
	'id',
	'company',
	'jobTitle',
	'lists',
	'tags',
	'automations',
	'warnings',
]);

/** An item's keys, and apart from them the custom fields in a `customFields` object, as this node puts them out. */
export interface ItemKeys {
	readonly given: ReadonlyMap<string, unknown>;
	readonly customFields: ReadonlyMap<string, unknown>;
}

/**
 * Takes an item apart for automatic mapping. In an item of Get Contact, its own keys are not the names of fields: its
 * `company` must not fill a custom field "Company".
 */
export function readItemKeys(json: JsonObject): ItemKeys {
	const { customFields, ...others } = json;
	const isOwn = isGetOutput(json);
	const given = Object.entries(isObject(customFields) ? others : json);
	return {
		given: new Map(given.filter(([key]) => !(isOwn && OWN_KEYS.has(key)))),
		customFields: new Map(isObject(customFields) ? Object.entries(customFields) : []),
	};
}

/**
 * The custom fields in a `customFields` object. They never mean a standard column: an account may have a custom field
 * called "Phone".
 * @param filled IDs of fields that keys of the item itself fill; these go first
 */
export function matchCustomFields(
	customFields: ReadonlyMap<string, unknown>,
	filled: ReadonlySet<string>,
	catalog: FieldCatalog,
): { matched: GivenCustomField[]; unmapped: UnmappedKey[] } {
	const matched: GivenCustomField[] = [];
	const unmapped: UnmappedKey[] = [];
	for (const [key, value] of customFields) {
		const [field, ...others] = catalog.named(key);
		if (!field || others.length > 0)
			unmapped.push({ key: `customFields.${key}`, reason: 'No custom field has this name' });
		else if (!filled.has(field.id)) matched.push({ reference: field.id, mode: 'id', value });
	}
	return { matched, unmapped };
}

function isGetOutput({ action, ...others }: JsonObject): boolean {
	if (action === 'found') return idOf(others['id']) !== '';
	const isId = (key: string) => key === 'id' || key === 'email';
	return action === 'notFound' && Object.entries(others).every(([key, value]) => isId(key) || value === null);
}
