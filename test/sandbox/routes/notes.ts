import { json, noResult, type ApiResponse } from '../apiResponse';
import { contactRow, newNoteRow, ROWS_OF_CONTACT } from '../contactRows';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import type { Call, Route } from '../router';
import { forContact } from './forContact';
import { linksOf } from './paging';

/** POST /notes: 201, and a repeat makes a second note. Only notes on contacts are known here. */
function createNote({ account, body }: Call): ApiResponse {
	const { note, reltype, relid } = isRecord(body) && isRecord(body.note) ? body.note : {};
	if (typeof note !== 'string' || reltype !== 'Subscriber' || relid === undefined) return json(400, {});
	const contact = account.contactById(phpText(relid));
	if (!contact) return noResult('Subscriber', phpText(relid));
	return json(201, {
		contacts: [contactRow(contact)],
		note: newNoteRow(contact, account.addNote(contact, note)),
	});
}

export const noteRoutes: Route[] = [
	{ method: 'POST', path: '/notes', permission: 'notes', handle: createNote },
	forContact(
		'GET',
		'/contacts/*/notes',
		(contact, call) => json(200, { notes: linksOf(call, ROWS_OF_CONTACT.notes(contact)) }),
		'notes',
	),
];
