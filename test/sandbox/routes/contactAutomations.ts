import { json, missingAttribute, noResult, notFound, type ApiResponse } from '../apiResponse';
import { contactRow, newAutomationEntryRow, ROWS_OF_CONTACT } from '../contactRows';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import type { Call, Route } from '../router';
import { forContact } from './forContact';
import { linksOf } from './paging';

/** POST /contactAutomations: 201, and each repeat enrolls once more. One that is not active refuses. */
function enroll({ account, body }: Call): ApiResponse {
	const sent = isRecord(body) && isRecord(body.contactAutomation) ? body.contactAutomation : {};
	for (const key of ['contact', 'automation']) if (sent[key] === undefined) return missingAttribute(key);
	const contact = account.contactById(phpText(sent.contact));
	if (!contact) return notFound('Contact not found');
	const automation = account.automations.get(phpText(sent.automation));
	if (!automation) return noResult('Series', phpText(sent.automation));
	if (!automation.active) return json(403, { message: 'Could not create SubscriberSeries' });
	const contactAutomation = newAutomationEntryRow(contact, account.enroll(contact, automation.id));
	return json(201, { contacts: [contactRow(contact)], contactAutomation });
}

/** DELETE /contactAutomations/{id}: 200, and 403 for an enrollment that is not there, as the vendor describes it. */
function leave({ account }: Call, id: string): ApiResponse {
	return account.deleteEnrollment(id) ? json(200, {}) : { ...noResult('SubscriberSeries', id), status: 403 };
}

export const contactAutomationRoutes: Route[] = [
	{ method: 'POST', path: '/contactAutomations', permission: 'automations', handle: enroll },
	{ method: 'DELETE', path: '/contactAutomations/*', permission: 'automations', handle: leave },
	forContact('GET', '/contacts/*/contactAutomations', (contact, call) =>
		json(200, { contactAutomations: linksOf(call, ROWS_OF_CONTACT.contactAutomations(contact)) }),
	),
];
