import type { Account } from '../../transport/account';
import { readAllPages } from '../../transport/paging';
import type { RetryBudget } from '../../transport/retryState';
import { textOf, type JsonObject } from '../../shared/json';
import type { Reading } from './freshReading';

/** What the account calls the lists, tags and automations of a contact. */
export type LinkKind = 'contactLists' | 'contactTags' | 'contactAutomations';

const WORDS = { contactLists: 'lists', contactTags: 'tags', contactAutomations: 'automations' } as const;

/** The lists, tags or automations that a contact has, as the API lists them. @throws AccountFailure */
export async function readLinks(
	account: Account,
	budget: RetryBudget,
	contactId: string,
	kind: LinkKind,
): Promise<Reading<readonly JsonObject[]>> {
	const purpose = { action: `read the contact's ${WORDS[kind]}`, permission: `see ${WORDS[kind]}` };
	const request = { path: `/contacts/${contactId}/${kind}`, purpose };
	let readAt = Infinity;
	const readPage = async (offset: number) => {
		const page = await account.readPage(request, kind, offset, budget);
		readAt = Math.min(readAt, page.startedAt);
		return page;
	};
	const rows = (await readAllPages(readPage, purpose, kind)).get(kind) ?? [];
	return { value: rows, readAt };
}

/** Those of a contact's links that lead to one list, tag or automation. */
export function linksTo(
	rows: readonly JsonObject[],
	key: 'list' | 'tag' | 'automation',
	id: string | undefined,
): JsonObject[] {
	return id === undefined ? [] : rows.filter((row) => textOf(row[key]) === id);
}
