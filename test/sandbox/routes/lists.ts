import { json, type ApiResponse } from '../apiResponse';
import { listRow } from '../catalogRows';
import type { Call, Route } from '../router';
import { pageOf, passesFilters } from './paging';

function listLists(call: Call): ApiResponse {
	const { rows, meta } = pageOf(
		call,
		[...call.account.lists.values()].filter(({ name }) => passesFilters(call, 'name', name)),
	);
	return json(200, { lists: rows.map(listRow), meta });
}

export const listRoutes: Route[] = [
	{ method: 'GET', path: '/lists', permission: 'lists', handle: listLists },
];
