import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { Catalogs } from '../lookups/catalogs';
import { markedName, RECORD_KINDS, toNamedRecords, type RecordKind } from '../lookups/recordLookup';
import { textOf, type JsonObject } from '../shared/json';
import { fieldName } from '../contact/fields/customField';
import { withAccount } from './withAccount';

/** Fields are shown in pages of this size; the account's whole list is read anyway, to be searched. */
const PAGE_SIZE = 100;

/** All custom fields, searched by title and personalization tag. @throws AccountFailure as NodeApiError */
export async function searchCustomFields(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await withAccount(this, async (account) => {
		const { fields } = await new Catalogs(account).fields();
		const items = fields.map((field): INodeListSearchItems => {
			const tag = field.personalizationTag;
			const name = fieldName(field);
			return { name: tag && name !== `%${tag}%` ? `${name} (%${tag}%)` : name, value: field.id };
		});
		return page(matching(items, filter), paginationToken);
	});
}

/** The account's lists. @throws AccountFailure as NodeApiError */
export async function searchLists(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'list', filter, paginationToken);
}

/** The account's automations. @throws AccountFailure as NodeApiError */
export async function searchAutomations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'automation', filter, paginationToken);
}

/** One page at a time, or every record whose name contains the filter: not every list of the API can be searched. */
async function searchRecords(
	context: ILoadOptionsFunctions,
	kind: RecordKind,
	filter: string | undefined,
	paginationToken: unknown,
): Promise<INodeListSearchResult> {
	const { path, key, purpose } = RECORD_KINDS[kind];
	const show = (rows: readonly JsonObject[]): INodeListSearchItems[] =>
		toNamedRecords(rows).map(({ id, name, isSms }) => ({ name: markedName(name, isSms), value: id }));
	return await withAccount(context, async (account) => {
		if (filter) {
			return { results: matching(show(await account.readRows({ path, purpose }, key)), filter) };
		}
		const { rows, next } = await account.readPage({ path, purpose }, key, offsetOf(paginationToken));
		return { results: show(rows), paginationToken: next === undefined ? undefined : String(next) };
	});
}

function matching(items: INodeListSearchItems[], filter: string | undefined): INodeListSearchItems[] {
	const wanted = filter?.trim().toLowerCase();
	return wanted ? items.filter(({ name }) => name.toLowerCase().includes(wanted)) : items;
}

function page(items: INodeListSearchItems[], paginationToken: unknown): INodeListSearchResult {
	const offset = offsetOf(paginationToken);
	const next = offset + PAGE_SIZE;
	return {
		results: items.slice(offset, next),
		paginationToken: next < items.length ? String(next) : undefined,
	};
}

/** The editor hands the token back as it got it, or as text. */
function offsetOf(paginationToken: unknown): number {
	return Number(textOf(paginationToken)) || 0;
}
