import { json, noResult, refusedAttribute, type ApiResponse } from '../apiResponse';
import { listRow } from '../catalogRows';
import { isRecord } from '../../guards';
import { deleteList } from '../removals';
import type { Call, Route } from '../router';
import { pageOf, passesFilters } from './paging';

const REQUIRED = ['name', 'stringid', 'sender_url', 'sender_reminder'];

function listLists(call: Call): ApiResponse {
	const { rows, meta } = pageOf(
		call,
		[...call.account.lists.values()].filter(({ name }) => passesFilters(call, 'name', name)),
	);
	return json(200, { lists: rows.map(listRow), meta });
}

/** A list that is not there is 403, as the vendor describes it. */
function noList(id: string): ApiResponse {
	return { ...noResult('_List', id), status: 403 };
}

function getList({ account }: Call, id: string): ApiResponse {
	const list = account.lists.get(id);
	return list ? json(200, { list: listRow(list) }) : noList(id);
}

/** POST /lists: 201; the documentation requires four attributes. */
function createList({ account, body }: Call): ApiResponse {
	const sent = isRecord(body) && isRecord(body.list) ? body.list : {};
	for (const key of REQUIRED) {
		if (typeof sent[key] !== 'string' || sent[key] === '')
			return refusedAttribute(key, 'field_missing', `The list ${key} was not provided.`);
	}
	const channel = sent.channel === 'sms' ? 'sms' : 'email';
	return json(201, { list: listRow(account.addList({ name: String(sent.name), channel })) });
}

export const listRoutes: Route[] = [
	{ method: 'GET', path: '/lists', permission: 'lists', handle: listLists },
	{ method: 'POST', path: '/lists', permission: 'lists', handle: createList },
	{ method: 'GET', path: '/lists/*', permission: 'lists', handle: getList },
	{
		method: 'DELETE',
		path: '/lists/*',
		permission: 'lists',
		handle: ({ account }, id) => (deleteList(account, id) ? json(200, {}) : noList(id)),
	},
];
