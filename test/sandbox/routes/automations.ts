import { json, missingAttribute, noResult, notFound, type Answer } from '../answer';
import { asText, isRecord } from '../guards';
import type { Call, Route } from '../router';
import { automationRow } from '../catalogRows';
import { contactRow, newAutomationEntryRow } from '../contactRows';
import { pageOf } from './paging';

/** GET /automations, paged. No filter is documented, so all of them are ignored. */
function listAutomations(call: Call): Answer {
	const { rows, meta } = pageOf(call, [...call.account.automations.values()]);
	return json(200, {
		automations: rows.map(automationRow),
		meta: { ...meta, starts: [], filtered: false, smsLogs: [] },
	});
}

/** POST /contactAutomations: 201, and each repeat enrolls once more. One that is not active refuses. */
function enroll({ account, body }: Call): Answer {
	const sent = isRecord(body) && isRecord(body.contactAutomation) ? body.contactAutomation : {};
	for (const key of ['contact', 'automation']) if (sent[key] === undefined) return missingAttribute(key);
	const contact = account.contactById(asText(sent.contact));
	if (!contact) return notFound('Contact not found');
	const automation = account.automations.get(asText(sent.automation));
	if (!automation) return noResult('Series', asText(sent.automation));
	if (!automation.active) return json(403, { message: 'Could not create SubscriberSeries' });
	const contactAutomation = newAutomationEntryRow(contact, account.enroll(contact, automation.id));
	return json(201, { contacts: [contactRow(contact)], contactAutomation });
}

export const automationRoutes: Route[] = [
	{ method: 'GET', path: '/automations', permission: 'automations', handle: listAutomations },
	{ method: 'POST', path: '/contactAutomations', permission: 'automations', handle: enroll },
];
