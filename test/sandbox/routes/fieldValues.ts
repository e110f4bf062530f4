import { json, noResult, type ApiResponse } from '../apiResponse';
import { fieldValueRow, ROWS_OF_CONTACT } from '../contactRows';
import { isPresent } from '../../guards';
import type { Call, Route } from '../router';
import { forContact } from './forContact';
import { linksOf, pageOf } from './paging';

/** GET /fieldValues, by `filters[fieldid]` and `filters[val]`, whatever the case of the value. */
function listFieldValues(call: Call): ApiResponse {
	const { query, account, settings } = call;
	const fieldId = query.get('filters[fieldid]');
	const wanted = query.get('filters[val]')?.toLowerCase();
	const passes = (value: string) =>
		wanted === undefined ||
		(settings.valueFilter === 'equals'
			? value.toLowerCase() === wanted
			: value.toLowerCase().includes(wanted));
	const found = account.contacts().flatMap((contact) => {
		const { fieldValueRows } = contact;
		const rows = fieldId === null ? [...fieldValueRows.values()] : [fieldValueRows.get(fieldId)];
		return rows
			.filter(isPresent)
			.filter(({ value }) => passes(value))
			.map((row) => ({ id: row.id, contact, row }));
	});
	const { rows, meta } = pageOf(call, found);
	return json(200, {
		fieldValues: rows.map(({ id, contact, row }) => ({ ...fieldValueRow(contact, row), id })),
		meta,
	});
}

export const fieldValueRoutes: Route[] = [
	{ method: 'GET', path: '/fieldValues', permission: 'contacts', handle: listFieldValues },
	forContact('GET', '/contacts/*/fieldValues', (contact, call) =>
		json(200, { fieldValues: linksOf(call, ROWS_OF_CONTACT.fieldValues(contact)) }),
	),
	{
		method: 'DELETE',
		path: '/fieldValues/*',
		permission: 'contacts',
		handle: ({ account }, id) => (account.deleteFieldValue(id) ? json(200, {}) : noResult('FieldValue', id)),
	},
];
