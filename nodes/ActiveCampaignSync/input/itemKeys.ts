import { idOf, isObject, type JsonObject } from '../shared/json';

/** How nodes, this one and others, output items: where the keys are, and the values. */

/** What Get Contact outputs beside the email address, the names and the phone number. */
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

/** An item's keys, and apart from them the custom fields in a `customFields` object, as this node outputs them. */
interface ItemKeys {
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
		given: new Map(
			given.flatMap(([key, value]) => (isOwn && OWN_KEYS.has(key) ? [] : [[key, unwrapped(value)] as const])),
		),
		customFields: new Map(isObject(customFields) ? Object.entries(customFields) : []),
	};
}

/**
 * The value in what other nodes put around it: Airtable's `[value]`, HubSpot's `{value, versions}`, Baserow's
 * `{id, value, color}`, Pipedrive's `[{value, label, primary}]`, of which the primary one is taken.
 */
function unwrapped(value: unknown): unknown {
	if (typeof value !== 'object') return value;
	const given: readonly unknown[] = Array.isArray(value) ? value : [value];
	const [first] = given;
	if (given.length === 1 && isSingle(first)) return first;
	const holders = given.filter(isHolder);
	if (holders.length === 0 || holders.length < given.length) return value;
	const [only, ...others] = holders;
	const primary =
		holders.find((holder) => holder['primary'] === true) ?? (others.length === 0 ? only : undefined);
	return primary ? primary['value'] : holders.map((holder) => holder['value']);
}

/** A value that means the same without the array around it, in which Airtable and Unbounce have each value. */
function isSingle(value: unknown): boolean {
	return typeof value === 'number' || (typeof value === 'string' && !/[,;|\n]/.test(value));
}

/** An object around one value. A phone number's country code stays with it. */
function isHolder(value: unknown): value is JsonObject {
	if (!isObject(value) || value['value'] === undefined) return false;
	const isPlain = value['value'] === null || typeof value['value'] !== 'object';
	return isPlain && !Object.keys(value).some((key) => /country|area/i.test(key));
}

function isGetOutput({ action, ...others }: JsonObject): boolean {
	if (action === 'found') return idOf(others['id']) !== '';
	const isId = (key: string) => key === 'id' || key === 'email';
	return action === 'notFound' && Object.entries(others).every(([key, value]) => isId(key) || value === null);
}

/** Before the names of a page's columns, in the output of n8n's Notion node … */
export const NOTION_PREFIX = 'property_';
/** … and what else there is. Its `name` is in one of the columns, too. */
const NOTION_KEYS: ReadonlySet<string> = new Set(['id', 'name', 'url']);

/** The columns of a page as n8n's Notion node outputs it; undefined for anything else. */
export function notionColumns(json: JsonObject): JsonObject | undefined {
	const columns = Object.entries(json).flatMap(([key, value]) =>
		key.startsWith(NOTION_PREFIX) ? [[key.slice(NOTION_PREFIX.length), value] as const] : [],
	);
	const isPage = Object.keys(json).every((key) => NOTION_KEYS.has(key) || key.startsWith(NOTION_PREFIX));
	return isPage && columns.length > 0 ? Object.fromEntries(columns) : undefined;
}
