import { isAddress } from './address';
import { invalidEmail, json, type ApiResponse } from './apiResponse';
import { fieldValueRow } from './contactRows';
import { phpText } from './phpText';
import { isRecord } from '../guards';
import type { FieldValueRow, SandboxContact } from './model';
import type { Call } from './router';

const KNOWN_KEYS = new Set(['email', 'firstName', 'lastName', 'phone', 'fieldValues']);
const DEPRECATED_KEYS = new Set(['orgid', 'deleted']);

/** The contact as a client sent it. */
export type SentContact = Record<string, unknown>;

/** The `contact` of the body; what a careful client would not send is noted. */
export function sentContact({ account, body }: Call): SentContact {
	const sent = isRecord(body) && isRecord(body.contact) ? body.contact : {};
	for (const key of Object.keys(sent)) {
		if (DEPRECATED_KEYS.has(key)) account.mistake('deprecatedKey', key);
		else if (!KNOWN_KEYS.has(key)) account.mistake('unprovenKey', key);
	}
	return sent;
}

/** Why the account refuses the email or the custom values, undefined when it takes them. */
export function refusalOf({ account }: Call, { email, fieldValues }: SentContact): ApiResponse | undefined {
	if (email !== undefined && !isAddress(email)) return invalidEmail();
	if (fieldValues === undefined || Array.isArray(fieldValues)) return undefined;
	account.mistake('fieldValuesNotArray', JSON.stringify(fieldValues));
	return json(400, { error: 'bad_request', message: 'fieldValues must be an array', code: 400 });
}

/**
 * Writes what was sent into a contact: null and "" overwrite, a key that was not sent keeps what is there.
 * @returns the rows of the custom values that were set
 */
export function writeContact({ account }: Call, contact: SandboxContact, sent: SentContact): unknown[] {
	if (sent.firstName !== undefined) contact.firstName = phpText(sent.firstName);
	if (sent.lastName !== undefined) contact.lastName = phpText(sent.lastName);
	if (sent.phone !== undefined) contact.phone = phpText(sent.phone);
	const rows = new Map<string, FieldValueRow>();
	for (const given of Array.isArray(sent.fieldValues) ? sent.fieldValues : []) {
		if (!isRecord(given)) continue;
		const row = account.setFieldValue(contact, phpText(given.field), given.value);
		if (row) rows.set(row.id, row);
	}
	account.changed(contact);
	return [...rows.values()].map((row) => fieldValueRow(contact, row));
}
