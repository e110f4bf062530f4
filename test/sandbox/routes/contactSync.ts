import { json, type ApiResponse } from '../apiResponse';
import { refusalOf, sentContact, writeContact } from '../contactBody';
import { contactRow, createdContactRow } from '../contactRows';
import { phpText } from '../phpText';
import type { Call, Route } from '../router';

/** POST /contact/sync: 201 and a sparse contact when it was created, 200 and the full row when it was updated. */
function sync(call: Call): ApiResponse {
	const { account, settings } = call;
	const sent = sentContact(call);
	if (sent.email === undefined || sent.email === null || sent.email === '') {
		return json(400, { message: 'Contact email must be provided for sync' });
	}
	const refusal = refusalOf(call, sent);
	if (refusal) return refusal;
	const { contact, created } = account.upsert(phpText(sent.email));
	if (!created) contact.udate = account.now();
	const fieldValues = writeContact(call, contact, sent);
	return json(created || settings.alwaysCreated ? 201 : 200, {
		fieldValues,
		contact: created ? createdContactRow(contact, sent) : contactRow(contact),
	});
}

export const contactSyncRoutes: Route[] = [{ method: 'POST', path: '/contact/sync', handle: sync }];
