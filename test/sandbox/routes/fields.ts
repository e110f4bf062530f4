import { json, noResult, refusedAttribute, type ApiResponse } from '../apiResponse';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import { deleteField } from '../removals';
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

/** POST /fields: 201. Options and lists are given by requests of their own. */
function createField({ account, body }: Call): ApiResponse {
	const { title, type, perstag } = isRecord(body) && isRecord(body.field) ? body.field : {};
	if (typeof title !== 'string' || title === '')
		return refusedAttribute('title', 'field_missing', 'The field title was not provided.');
	const tag = phpText(perstag) === '' ? {} : { perstag: phpText(perstag) };
	const field = account.addField({ title, type: phpText(type), lists: [], ...tag });
	return json(201, { fieldOptions: [], field: fieldRow(field, account.fields.size) });
}

/** POST /fieldOption/bulk: 201 with all options that were added; 422 for anything but an array. */
function createOptions({ account, body }: Call): ApiResponse {
	const sent = isRecord(body) ? body.fieldOptions : undefined;
	if (!Array.isArray(sent))
		return refusedAttribute('fieldOptions', 'field_invalid', 'fieldOptions must be an array');
	const options = sent.filter(isRecord).flatMap(({ field: fieldId, value, label }) => {
		const field = account.fields.get(phpText(fieldId));
		if (!field) return [];
		const option = account.addFieldOption(field, { value: phpText(value), label: phpText(label ?? value) });
		return fieldOptionRows(field).filter(({ id }) => id === option.id);
	});
	return json(201, { fieldOptions: options });
}

/** POST /fieldRels: 201; list 0 means every list. */
function relateField({ account, body }: Call): ApiResponse {
	const { field: fieldId, relid } = isRecord(body) && isRecord(body.fieldRel) ? body.fieldRel : {};
	const field = account.fields.get(phpText(fieldId));
	if (!field) return noResult('Field', phpText(fieldId));
	field.lists.push(phpText(relid));
	return json(201, { fieldRel: fieldRelRows(field).at(-1) });
}

export const fieldRoutes: Route[] = [
	{ method: 'GET', path: '/fields', permission: 'fields', handle: listFields },
	{ method: 'POST', path: '/fields', permission: 'fields', handle: createField },
	{ method: 'POST', path: '/fieldOption/bulk', permission: 'fields', handle: createOptions },
	{ method: 'POST', path: '/fieldRels', permission: 'fields', handle: relateField },
	{ method: 'GET', path: '/fields/*', permission: 'fields', handle: getField },
	{
		method: 'DELETE',
		path: '/fields/*',
		permission: 'fields',
		handle: ({ account }, id) => (deleteField(account, id) ? json(200, {}) : noResult('Field', id)),
	},
];
