import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { accountPage } from '../account/accountUrl';
import { Lookups } from '../account/lookups';
import { listLabel, type NamedRecord } from '../account/records';
import type { CustomField } from '../fields/field';
import { fieldLabel, kindOf } from '../fields/fieldValue';
import { textOf } from '../shared/json';
import { withAccount } from './withAccount';

/** Fields are shown in pages of this size; the account's whole list is read anyway, to be searched. */
const PAGE_SIZE = 100;

/** Pages of ActiveCampaign, before the ID. */
const PAGES = { list: '/app/contacts/?listid=', automation: '/series/' };

interface SearchableItem extends INodeListSearchItems {
	/** What else the record is called, which the picker does not show. */
	readonly alsoFoundBy?: string;
}

/** What n8n's editor calls to fill a picker. @throws AccountFailure as NodeApiError */
type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
) => Promise<INodeListSearchResult>;

/** All custom fields, searched by title and personalization tag. */
export const searchCustomFields = searchFields(() => true);

/** The custom fields that can contain a key, searched in the same way. */
export const searchMatchFields = searchFields((field) => kindOf(field).canMatch);

export const searchLists = searchRecords('list');
export const searchAutomations = searchRecords('automation');
export const searchTags = searchRecords('tag');

function searchFields(isOffered: (field: CustomField) => boolean): ListSearch {
	return async function (filter, paginationToken) {
		return await withAccount(this, async (account) => {
			const { fields } = await new Lookups(account).fields();
			const items = fields.filter(isOffered).map((field): SearchableItem => ({
				name: fieldLabel(field),
				value: field.id,
				alsoFoundBy: `%${field.personalizationTag}%`,
			}));
			return page(matching(items, filter), paginationToken);
		});
	};
}

/** One page at a time, or every record whose name contains the filter: not every list of the API can be searched. */
function searchRecords(kind: 'list' | 'automation' | 'tag'): ListSearch {
	return async function (filter, paginationToken) {
		return await withAccount(this, async (account) => {
			const show = (records: readonly NamedRecord[]): INodeListSearchItems[] =>
				records.map(({ id, name, isSms }) => ({
					name: listLabel(name || id, isSms),
					value: id,
					...(kind === 'tag' ? {} : { url: accountPage(account.baseUrl, `${PAGES[kind]}${id}`) }),
				}));
			const lookups = new Lookups(account);
			if (filter) return { results: matching(show(await lookups.all(kind)), filter) };
			const { records, next } = await lookups.page(kind, offsetOf(paginationToken));
			return { results: show(records), paginationToken: next === undefined ? undefined : String(next) };
		});
	};
}

/** Without what only the search needs. */
function matching(items: readonly SearchableItem[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return items
		.filter(({ name, alsoFoundBy = '' }) => `${name} ${alsoFoundBy}`.toLowerCase().includes(wanted))
		.map(({ name, value, url }) => ({ name, value, ...(url === undefined ? {} : { url }) }));
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
