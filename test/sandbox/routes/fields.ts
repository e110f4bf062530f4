import { json, noResult, type ApiResponse } from '../apiResponse';
import type { Call, Route } from '../router';
import { fieldOptionRows, fieldRelRows, fieldRow } from '../catalogRows';
import { pageOf, passesFilters } from './paging';

/** GET /fields, paged; the options and lists of the page's fields are loaded beside them. */
function listFields(call: Call): ApiResponse {
	const fields = [...call.account.fields.values()].filter(({ perstag }) =>
		passesFilters(call, 'perstag', perstag),
	);
	const { rows, meta } = pageOf(call, fields);
	return json(200, {
		fieldOptions: rows.flatMap(fieldOptionRows),
		fieldRels: rows.flatMap(fieldRelRows),
		fields: rows.map((field) => fieldRow(field, fields.indexOf(field) + 1)),
		meta,
	});
}

function getField({ account }: Call, id: string): ApiResponse {
	const field = account.fields.get(id);
	if (!field) return noResult('Field', id);
	return json(200, {
		fieldOptions: fieldOptionRows(field),
		fieldRels: fieldRelRows(field),
		field: fieldRow(field, 1),
	});
}

export const fieldRoutes: Route[] = [
	{ method: 'GET', path: '/fields', permission: 'fields', handle: listFields },
	{ method: 'GET', path: '/fields/*', permission: 'fields', handle: getField },
];
