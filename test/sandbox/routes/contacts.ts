import { isAddress } from '../address';
import { invalidEmail, json, noResult, type ApiResponse } from '../apiResponse';
import { asText, isRecord } from '../guards';
import type { FieldValueRow, SandboxContact } from '../model';
import type { Call, Route } from '../router';
import {
	automationEntryRow,
	contactRow,
	createdContactRow,
	fieldValueRow,
	membershipRow,
	tagLinkRow,
} from '../contactRows';
import { linksOf, pageOf } from './paging';

const SYNC_KEYS = new Set(['email', 'firstName', 'lastName', 'phone', 'fieldValues']);
const DEPRECATED_SYNC_KEYS = new Set(['orgid', 'deleted']);

/** POST /contact/sync: 201 and a sparse contact when it was created, 200 and the full row when it was updated. */
function sync({ account, settings, body }: Call): ApiResponse {
	const sent = isRecord(body) && isRecord(body.contact) ? body.contact : {};
	for (const key of Object.keys(sent)) {
		if (DEPRECATED_SYNC_KEYS.has(key)) account.mistake('deprecatedKey', key);
		else if (!SYNC_KEYS.has(key)) account.mistake('unprovenKey', key);
	}
	if (sent.email === undefined || sent.email === null || sent.email === '') {
		return json(400, { message: 'Contact email must be provided for sync' });
	}
	if (!isAddress(sent.email)) return invalidEmail();
	if (sent.fieldValues !== undefined && !Array.isArray(sent.fieldValues)) {
		account.mistake('fieldValuesNotArray', JSON.stringify(sent.fieldValues));
		return json(400, { error: 'bad_request', message: 'fieldValues must be an array', code: 400 });
	}
	const { contact, created } = account.upsert(sent.email);
	if (!created) contact.udate = account.now();
	// Null and "" overwrite; a key that was not sent keeps what is there.
	if (sent.firstName !== undefined) contact.firstName = asText(sent.firstName);
	if (sent.lastName !== undefined) contact.lastName = asText(sent.lastName);
	if (sent.phone !== undefined) contact.phone = asText(sent.phone);
	const rows = new Map<string, FieldValueRow>();
	for (const given of sent.fieldValues ?? []) {
		if (!isRecord(given)) continue;
		const row = account.setFieldValue(contact, asText(given.field), given.value);
		if (row) rows.set(row.id, row);
	}
	return json(created || settings.alwaysCreated ? 201 : 200, {
		fieldValues: [...rows.values()].map((row) => fieldValueRow(contact, row)),
		contact: created ? createdContactRow(contact, sent) : contactRow(contact),
	});
}

/** GET /contacts, by `email` (exact, whatever its case), `email_like`, `search`, `ids[]` (repeated), `id_greater`. */
function listContacts(call: Call): ApiResponse {
	const { query, account, settings } = call;
	const email = query.get('email');
	const part = (query.get('email_like') ?? query.get('search') ?? '').toLowerCase();
	const ids = settings.unknownIdFilters.includes('ids') ? [] : query.getAll('ids[]');
	const above = settings.unknownIdFilters.includes('id_greater') ? 0 : Number(query.get('id_greater'));
	const found = email === null ? account.contacts() : [account.contactByEmail(email)];
	const wantedIds = new Set(ids);
	const matching = found
		.filter(isPresent)
		.filter(
			(contact) =>
				contact.email.toLowerCase().includes(part) &&
				(ids.length === 0 || wantedIds.has(contact.id)) &&
				Number(contact.id) > above,
		);
	const { rows, meta } = pageOf(call, matching);
	return json(200, {
		scoreValues: [],
		contacts: rows.map((contact) => ({ ...contactRow(contact), scoreValues: [] })),
		meta: { ...meta, page_input: {} },
	});
}

function isPresent<T>(value: T | undefined): value is T {
	return value !== undefined;
}

/** A route under `/contacts/{id}`, 404 for a contact that is not there. */
function forContact(path: string, handle: (contact: SandboxContact, call: Call) => ApiResponse): Route {
	return {
		method: 'GET',
		path,
		permission: 'contacts',
		handle: (call, id) => {
			const contact = call.account.contactById(id);
			return contact ? handle(contact, call) : noResult('Subscriber', id);
		},
	};
}

const membershipRows = (contact: SandboxContact) =>
	[...contact.lists].map(([listId, membership]) => membershipRow(contact, listId, membership));
const fieldValueRows = (contact: SandboxContact) =>
	[...contact.fieldValueRows.values()].map((row) => fieldValueRow(contact, row));
const tagLinkRows = (contact: SandboxContact) =>
	[...contact.tags].map(([tagId, link]) => tagLinkRow(contact, tagId, link));
const entryRows = (contact: SandboxContact) =>
	contact.automations.map((entry) => automationEntryRow(contact, entry));

export const contactRoutes: Route[] = [
	{ method: 'POST', path: '/contact/sync', handle: sync },
	{ method: 'GET', path: '/contacts', permission: 'contacts', handle: listContacts },
	forContact('/contacts/*', (contact) =>
		json(200, {
			contactAutomations: entryRows(contact),
			contactLists: membershipRows(contact),
			deals: [],
			fieldValues: fieldValueRows(contact),
			geoAddresses: [],
			geoIps: [],
			contact: {
				...contactRow(contact),
				contactAutomations: contact.automations.map(({ id }) => id),
				contactLists: [...contact.lists.values()].map(({ id }) => id),
				fieldValues: [...contact.fieldValueRows.values()].map(({ id }) => id),
				geoIps: [],
				deals: [],
				accountContacts: [],
			},
		}),
	),
	forContact('/contacts/*/fieldValues', (contact, call) =>
		json(200, { fieldValues: linksOf(call, fieldValueRows(contact)) }),
	),
	forContact('/contacts/*/contactLists', (contact, call) =>
		json(200, { contactLists: linksOf(call, membershipRows(contact)) }),
	),
	forContact('/contacts/*/contactTags', (contact, call) =>
		json(200, { contactTags: linksOf(call, tagLinkRows(contact)) }),
	),
	forContact('/contacts/*/contactAutomations', (contact, call) =>
		json(200, { contactAutomations: linksOf(call, entryRows(contact)) }),
	),
	{
		method: 'DELETE',
		path: '/fieldValues/*',
		permission: 'contacts',
		handle: ({ account }, id) => (account.deleteFieldValue(id) ? json(200, {}) : noResult('FieldValue', id)),
	},
];
