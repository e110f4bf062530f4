import { accountRow, automationRow, fieldRow, listRow, tagRow } from './catalogRows';
import { ROWS_OF_CONTACT } from './contactRows';
import type { Catalog } from './catalog';
import { phpText } from './phpText';
import { isPresent } from '../guards';
import type { SandboxContact } from './model';
import type { Call } from './router';

type Row = Record<string, unknown>;

/** What hangs on a contact by the names that `include` takes. */
const COLLECTIONS = new Map<string, (contact: SandboxContact) => Row[]>([
	...Object.entries(ROWS_OF_CONTACT),
	['deals', () => []],
	['geoIps', () => []],
]);

/** What a row of a collection points at, by the key in the row: `contactTags.tag` loads the tags of the links. */
const NESTED = new Map<
	string,
	{ collection: string; rowOf: (catalog: Catalog, id: string) => Row | undefined }
>([
	['contactTags.tag', { collection: 'tags', rowOf: ({ tags }, id) => mapped(tags.get(id), tagRow) }],
	['contactLists.list', { collection: 'lists', rowOf: ({ lists }, id) => mapped(lists.get(id), listRow) }],
	[
		'contactAutomations.automation',
		{
			collection: 'automations',
			rowOf: ({ automations }, id) => mapped(automations.get(id), automationRow),
		},
	],
	[
		'fieldValues.field',
		{
			collection: 'fields',
			rowOf: ({ fields }, id) => mapped(fields.get(id), (field) => fieldRow(field, 1)),
		},
	],
	[
		'accountContacts.account',
		{ collection: 'accounts', rowOf: ({ companies }, id) => mapped(companies.get(id), accountRow) },
	],
]);

function mapped<T>(record: T | undefined, rowOf: (record: T) => Row): Row | undefined {
	return record === undefined ? undefined : rowOf(record);
}

/** How many rows of a truncated collection are there. */
const TRUNCATED_ROWS = 20;

/** The names in `include=contactLists,contactTags.tag`; none where the account ignores it. */
export function includedNames({ query, settings }: Pick<Call, 'query' | 'settings'>): string[] {
	if (settings.sideLoading.ignoresInclude) return [];
	return (query.get('include') ?? '').split(',').filter((name) => name !== '');
}

/** Rows beside the contacts of a response, and what each of these contacts says of them. */
export interface SideLoaded {
	collections: Record<string, Row[]>;
	/** The ids of a contact's rows by the collection's name. */
	idsOf: (contact: SandboxContact) => Record<string, unknown[]>;
}

/** Loads the named collections of the contacts, as far as the settings let the account do it. */
export function sideLoad(
	{ account, settings }: Pick<Call, 'account' | 'settings'>,
	contacts: readonly SandboxContact[],
	names: readonly string[],
): SideLoaded {
	const { unknown = [], withoutRows = [], truncated = [], rowsOfOthers = false } = settings.sideLoading;
	const known = names.filter((name) => !unknown.includes(name) && !unknown.includes(parentOf(name)));
	const parents = [...new Set(known.map(parentOf))].flatMap((name) => {
		const rowsOf = COLLECTIONS.get(name);
		return rowsOf ? [{ name, rowsOf }] : [];
	});
	const collections: Record<string, Row[]> = {};
	for (const { name, rowsOf } of parents) {
		if (withoutRows.includes(name)) continue;
		const rows = (rowsOfOthers ? account.contacts() : contacts).flatMap(rowsOf);
		collections[name] = truncated.includes(name) ? rows.slice(0, TRUNCATED_ROWS) : rows;
	}
	for (const name of known) {
		const nested = NESTED.get(name);
		const rows = collections[parentOf(name)];
		if (!nested || !rows) continue;
		const ids = new Set(rows.map((row) => phpText(row[name.slice(parentOf(name).length + 1)])));
		collections[nested.collection] = [...ids].map((id) => nested.rowOf(account, id)).filter(isPresent);
	}
	return {
		collections,
		idsOf: (contact) =>
			Object.fromEntries(parents.map(({ name, rowsOf }) => [name, rowsOf(contact).map(({ id }) => id)])),
	};
}

/** `contactTags` of `contactTags.tag`. */
function parentOf(name: string): string {
	return name.split('.', 1)[0] ?? name;
}
