import { json, refusedAttribute, type ApiResponse } from '../apiResponse';
import { refusalOf, sentContact, writeContact } from '../contactBody';
import { contactFilter, inOrder } from '../contactFilters';
import { contactRow } from '../contactRows';
import { phpText } from '../phpText';
import { isPresent } from '../../guards';
import type { SandboxContact } from '../model';
import type { Call, Route } from '../router';
import { includedNames, sideLoad } from '../sideLoading';
import { forContact } from './forContact';
import { pageOf } from './paging';

/** What `GET /contacts/{id}` side-loads without being asked. */
const ALWAYS_WITH_CONTACT = [
	'contactAutomations',
	'contactLists',
	'fieldValues',
	'accountContacts',
	'deals',
	'geoIps',
];

/** GET /contacts, with filters and orders as in `contactFilters.ts` and with what `include` names beside the contacts. */
function listContacts(call: Call): ApiResponse {
	const { query, account } = call;
	const email = query.get('email');
	const found = email === null ? account.contacts() : [account.contactByEmail(email)];
	const { rows, meta } = pageOf(call, inOrder(call, found.filter(isPresent).filter(contactFilter(call))));
	const { collections, idsOf } = sideLoad(call, rows, includedNames(call));
	return json(200, {
		...collections,
		scoreValues: [],
		contacts: rows.map((contact) => ({ ...contactRow(contact), scoreValues: [], ...idsOf(contact) })),
		meta: { ...meta, page_input: {} },
	});
}

function getContact(contact: SandboxContact, call: Call): ApiResponse {
	const names = [...ALWAYS_WITH_CONTACT, ...includedNames(call)];
	const { collections, idsOf } = sideLoad(call, [contact], names);
	return json(200, {
		...collections,
		geoAddresses: [],
		contact: { ...contactRow(contact), ...idsOf(contact) },
	});
}

/** PUT /contacts/{id}: the address may change too, to one that no other contact has. */
function updateContact(contact: SandboxContact, call: Call): ApiResponse {
	const { account } = call;
	const sent = sentContact(call);
	const refusal = refusalOf(call, sent);
	if (refusal) return refusal;
	const email = sent.email === undefined ? contact.email : phpText(sent.email);
	const holder = account.contactByEmail(email);
	if (holder && holder !== contact)
		return refusedAttribute('email', 'duplicate', 'Email address already exists in the system');
	if (email !== contact.email) account.changeEmail(contact, email);
	contact.udate = account.now();
	const fieldValues = writeContact(call, contact, sent);
	return json(200, { fieldValues, contact: contactRow(contact) });
}

export const contactRoutes: Route[] = [
	{ method: 'GET', path: '/contacts', permission: 'contacts', handle: listContacts },
	forContact('GET', '/contacts/*', getContact),
	forContact('PUT', '/contacts/*', updateContact),
	forContact('DELETE', '/contacts/*', (contact, { account }) => {
		account.deleteContact(contact);
		return json(200, {});
	}),
];
