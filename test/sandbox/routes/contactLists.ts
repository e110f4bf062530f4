import { json, missingAttribute, notFound, type ApiResponse } from '../apiResponse';
import { contactRow, membershipRow, ROWS_OF_CONTACT } from '../contactRows';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import { MEMBERSHIP_STATUS } from '../model';
import type { Call, Route } from '../router';
import { forContact } from './forContact';
import { linksOf } from './paging';

/** What the documentation asks for when someone who unsubscribed is subscribed again. */
const RESUBSCRIBE_SOURCE = '4';

/** POST /contactLists: 201 the first time, 200 again. Status 1 subscribes any contact, also one that unsubscribed. */
function setMembership({ account, body }: Call): ApiResponse {
	const sent = isRecord(body) && isRecord(body.contactList) ? body.contactList : {};
	for (const key of ['list', 'contact', 'status']) if (sent[key] === undefined) return missingAttribute(key);
	const contact = account.contactById(phpText(sent.contact));
	if (!contact) return notFound('Contact not found');
	const list = account.lists.get(phpText(sent.list));
	if (!list) return notFound('List not found');
	const status = [MEMBERSHIP_STATUS.active, MEMBERSHIP_STATUS.unsubscribed].find(
		(one) => String(one) === phpText(sent.status),
	);
	if (status === undefined) return json(400, { errors: 'Status must be 1 or 2' });
	const sourceId = phpText(sent.sourceid ?? '0');
	const before = contact.lists.get(list.id)?.status;
	if (
		before === MEMBERSHIP_STATUS.unsubscribed &&
		status === MEMBERSHIP_STATUS.active &&
		sourceId !== RESUBSCRIBE_SOURCE
	) {
		account.mistake('resubscribedWithoutSource', `contact ${contact.email}, list ${list.id}`);
	}
	const { membership, created } = account.setStatus(contact, list.id, status, sourceId);
	return json(created ? 201 : 200, {
		contacts: [contactRow(contact)],
		contactList: { ...membershipRow(contact, list.id, membership), status },
	});
}

export const contactListRoutes: Route[] = [
	{ method: 'POST', path: '/contactLists', permission: 'lists', handle: setMembership },
	forContact('GET', '/contacts/*/contactLists', (contact, call) =>
		json(200, { contactLists: linksOf(call, ROWS_OF_CONTACT.contactLists(contact)) }),
	),
];
