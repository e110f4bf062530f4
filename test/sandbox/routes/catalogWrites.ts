import { json, missingAttribute, noResult, type ApiResponse } from '../apiResponse';
import { fieldOptionRows, fieldRelRows, fieldRow, listRow } from '../catalogRows';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import type { SandboxContact } from '../model';
import type { Call, Route } from '../router';

/* Making and removing what an account has besides contacts, as the vendor describes it. */

function sentAs({ body }: Call, key: string): Record<string, unknown> {
	return isRecord(body) && isRecord(body[key]) ? body[key] : {};
}

/** POST /lists: 201; name, stringid, sender_url and sender_reminder are required. */
function createList(call: Call): ApiResponse {
	const sent = sentAs(call, 'list');
	for (const key of ['name', 'stringid', 'sender_url', 'sender_reminder'])
		if (phpText(sent[key]) === '') return missingAttribute(key);
	return json(201, { list: listRow(call.account.addList(phpText(sent.name))) });
}

function getList({ account }: Call, id: string): ApiResponse {
	const list = account.lists.get(id);
	return list ? json(200, { list: listRow(list) }) : noResult('List', id);
}

/** POST /fields: 201; without options and lists, which other requests add. */
function createField(call: Call): ApiResponse {
	const sent = sentAs(call, 'field');
	for (const key of ['title', 'type']) if (phpText(sent[key]) === '') return missingAttribute(key);
	const field = call.account.addField({ title: phpText(sent.title), type: phpText(sent.type), lists: [] });
	return json(201, { fieldOptions: [], fieldRels: [], field: fieldRow(field, call.account.fields.size) });
}

/** POST /fieldOption/bulk: 201, each option naming its field. */
function createOptions({ account, body }: Call): ApiResponse {
	const sent = isRecord(body) && Array.isArray(body.fieldOptions) ? body.fieldOptions.filter(isRecord) : [];
	if (sent.length === 0) return missingAttribute('fieldOptions');
	const changed = new Set(
		sent.flatMap(({ field: id, value, label }) => {
			const field = account.fields.get(phpText(id));
			if (field) account.addFieldOption(field, { value: phpText(value), label: phpText(label) });
			return field ?? [];
		}),
	);
	return json(201, { fieldOptions: [...changed].flatMap(fieldOptionRows) });
}

/** POST /fieldRels: 201; list 0 is every list. */
function relateField(call: Call): ApiResponse {
	const { field: id, relid } = sentAs(call, 'fieldRel');
	const field = call.account.fields.get(phpText(id));
	if (!field) return noResult('Field', phpText(id));
	field.lists.push(phpText(relid));
	return json(201, { fieldRel: fieldRelRows(field).at(-1) });
}

/** A route that deletes a record, and what hangs on it from all contacts. */
function forRecord(
	path: string,
	record: string,
	mapOf: (call: Call) => Map<string, unknown>,
	detach: (contact: SandboxContact, id: string) => void,
): Route {
	return {
		method: 'DELETE',
		path,
		handle: (call, id) => {
			if (!mapOf(call).delete(id)) return noResult(record, id);
			for (const contact of call.account.contacts()) detach(contact, id);
			return json(200, {});
		},
	};
}

export const catalogWriteRoutes: Route[] = [
	{ method: 'POST', path: '/lists', permission: 'lists', handle: createList },
	{ method: 'GET', path: '/lists/*', permission: 'lists', handle: getList },
	{ method: 'POST', path: '/fields', permission: 'fields', handle: createField },
	{ method: 'POST', path: '/fieldOption/bulk', permission: 'fields', handle: createOptions },
	{ method: 'POST', path: '/fieldRels', permission: 'fields', handle: relateField },
	forRecord(
		'/lists/*',
		'List',
		({ account }) => account.lists,
		(contact, id) => contact.lists.delete(id),
	),
	forRecord(
		'/fields/*',
		'Field',
		({ account }) => account.fields,
		(contact, id) => contact.fieldValueRows.delete(id),
	),
	forRecord(
		'/tags/*',
		'Tag',
		({ account }) => account.tags,
		(contact, id) => contact.tags.delete(id),
	),
	forRecord(
		'/accounts/*',
		'CustomerAccount',
		({ account }) => account.companies,
		(contact, id) => {
			if (contact.company?.companyId === id) contact.company = undefined;
		},
	),
];
