import { json, missingAttribute, noResult, notFound, type ApiResponse } from '../apiResponse';
import { automationRow } from '../catalogRows';
import { contactRow, newAutomationEntryRow, ROWS_OF_CONTACT } from '../contactRows';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import type { SandboxContact } from '../model';
import type { Call, Route } from '../router';
import type { SandboxSettings } from '../settings';
import { forContact } from './forContact';
import { linksOf } from './paging';

/** POST /contactAutomations: 201, and each repeat enrolls once more. One that is not active refuses. */
function enroll({ account, body, settings }: Call): ApiResponse {
	const sent = isRecord(body) && isRecord(body.contactAutomation) ? body.contactAutomation : {};
	for (const key of ['contact', 'automation']) if (sent[key] === undefined) return missingAttribute(key);
	const contact = account.contactById(phpText(sent.contact));
	if (!contact) return notFound('Contact not found');
	const automation = account.automations.get(phpText(sent.automation));
	if (!automation) return noResult('Series', phpText(sent.automation));
	if (!automation.active) return refusedEnrollment(settings);
	const contactAutomation = newAutomationEntryRow(contact, account.enroll(contact, automation.id));
	return json(201, { contacts: [contactRow(contact)], contactAutomation });
}

function refusedEnrollment({ refusedEnrollment: status }: SandboxSettings): ApiResponse {
	const detail = 'Could not create SubscriberSeries';
	return json(
		status,
		status === 403 ? { message: detail } : { errors: [{ status: String(status), detail }] },
	);
}

/** GET /contacts/{id}/automationEntryCounts: the automations that the contact has ever entered, and how often. */
function countEntries(contact: SandboxContact, { account }: Call): ApiResponse {
	const automationEntryCounts = [...contact.automationEntryCounts].flatMap(([id, count]) => {
		const automation = account.automations.get(id);
		if (!automation) return [];
		const { name, status, hidden } = automationRow(automation);
		return [{ id, name, status, hidden, contactEntryCount: String(count) }];
	});
	return json(200, { automationEntryCounts });
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
	forContact('GET', '/contacts/*/automationEntryCounts', countEntries),
];
