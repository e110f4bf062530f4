import { readAllPages } from './paging';
import type { RequestScope } from './requestScope';
import { AccountFailure } from '../shared/failure';
import type { ContactPart } from './contactParts';
import { idOf, type JsonObject } from '../shared/json';
import type { Reading } from './cachedRead';

const WORDS: Readonly<Record<ContactPart, { readonly what: string; readonly permission: string }>> = {
	contactLists: { what: 'lists', permission: 'see lists' },
	contactTags: { what: 'tags', permission: 'see tags' },
	contactAutomations: { what: 'automations', permission: 'see automations' },
	accountContacts: { what: 'company', permission: 'see accounts' },
	fieldValues: { what: 'custom field values', permission: 'see contacts' },
};

/** What a contact has of one part, from the part's own list. @throws AccountFailure */
export async function readPart(
	scope: RequestScope,
	contactId: string,
	kind: ContactPart,
): Promise<Reading<readonly JsonObject[]>> {
	const { what, permission } = WORDS[kind];
	const purpose = { action: `read the contact's ${what}`, permission };
	const request = { path: `/contacts/${contactId}/${kind}`, purpose };
	let readAt = Infinity;
	const readPage = async (offset: number) => {
		const page = await scope.readPage(request, kind, offset);
		readAt = Math.min(readAt, page.startedAt);
		return page;
	};
	const rows = (await readAllPages(readPage, purpose, kind)).get(kind) ?? [];
	return { value: rows, readAt };
}

/** The id of a row, for the path of a request. @throws AccountFailure */
export function rowId(row: JsonObject): string {
	const id = idOf(row['id']);
	if (id !== '') return id;
	throw new AccountFailure(
		'noData',
		'ActiveCampaign returned a record whose ID is not a number, so it was not changed',
		'Run the item again in a few minutes',
	);
}
