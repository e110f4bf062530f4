import { json, noResult, notFound, refusedAttribute, type ApiResponse } from '../apiResponse';
import { accountContactRow, ROWS_OF_CONTACT } from '../contactRows';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import type { CompanyLink, SandboxContact } from '../model';
import type { Call, Route } from '../router';
import { forContact } from './forContact';
import { linksOf, pageOf } from './paging';

function sentLink({ body }: Call): Record<string, unknown> {
	return isRecord(body) && isRecord(body.accountContact) ? body.accountContact : {};
}

/** GET /accountContacts, by `filters[contact]` and `filters[account]`. */
function listLinks(call: Call): ApiResponse {
	const { query, account } = call;
	const passes = (key: string, id: string) => (query.get(`filters[${key}]`) ?? id) === id;
	const found = account
		.contacts()
		.flatMap((contact) =>
			contact.company ? [{ id: contact.company.id, contact, link: contact.company }] : [],
		)
		.filter(({ contact, link }) => passes('contact', contact.id) && passes('account', link.companyId));
	const { rows, meta } = pageOf(call, found);
	const accountContacts = rows.map(({ id, contact, link }) => ({ ...accountContactRow(contact, link), id }));
	return json(200, { accountContacts, meta });
}

/** POST /accountContacts: 201 with the ids as numbers, 422 for a contact that has an account. */
function createLink(call: Call): ApiResponse {
	const { account } = call;
	const sent = sentLink(call);
	for (const key of ['account', 'contact']) {
		if (sent[key] === undefined)
			return refusedAttribute(key, 'field_missing', `The ${key} attribute was not provided`);
	}
	const contact = account.contactById(phpText(sent.contact));
	if (!contact) return notFound('Contact not found');
	const company = account.companies.get(phpText(sent.account));
	if (!company) return notFound('Account not found');
	if (contact.company) {
		const title =
			'This contact is already associated with an account. We currently do not support contacts on multiple accounts.';
		return {
			...refusedAttribute('account,contact', 'field_invalid', title),
			contentType: 'text/plain; charset=UTF-8',
		};
	}
	const link = account.linkCompany(contact, company.id, phpText(sent.jobTitle));
	const ids = { account: Number(company.id), contact: Number(contact.id) };
	return json(201, { accountContact: { ...accountContactRow(contact, link), ...ids } });
}

/** PUT /accountContacts/{id}: changes the title, and the account where one is named. */
function updateLink(contact: SandboxContact, link: CompanyLink, call: Call): ApiResponse {
	const { account, jobTitle } = sentLink(call);
	if (account !== undefined && !call.account.companies.has(phpText(account)))
		return notFound('Account not found');
	if (account !== undefined) link.companyId = phpText(account);
	if (jobTitle !== undefined) link.jobTitle = phpText(jobTitle);
	link.udate = call.account.now();
	call.account.changed(contact);
	return json(200, { accountContact: accountContactRow(contact, link) });
}

/** A route for one link; 404 for one that is not there. */
function forLink(
	method: string,
	handle: (contact: SandboxContact, link: CompanyLink, call: Call) => ApiResponse,
): Route {
	return {
		method,
		path: '/accountContacts/*',
		permission: 'accounts',
		handle: (call, id) => {
			const contact = call.account.contactByCompanyLink(id);
			return contact?.company
				? handle(contact, contact.company, call)
				: noResult('CustomerAccountSubscriber', id);
		},
	};
}

export const accountContactRoutes: Route[] = [
	{ method: 'GET', path: '/accountContacts', permission: 'accounts', handle: listLinks },
	{ method: 'POST', path: '/accountContacts', permission: 'accounts', handle: createLink },
	forLink('GET', (contact, link) => json(200, { accountContact: accountContactRow(contact, link) })),
	forLink('PUT', updateLink),
	forLink('DELETE', (contact, _link, { account }) => {
		contact.company = undefined;
		account.changed(contact);
		return json(200, {});
	}),
	forContact(
		'GET',
		'/contacts/*/accountContacts',
		(contact, call) =>
			json(200, { accountContacts: linksOf(call, ROWS_OF_CONTACT.accountContacts(contact)) }),
		'accounts',
	),
];
