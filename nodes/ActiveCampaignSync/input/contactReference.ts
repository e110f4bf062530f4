import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../shared/failure';
import { quoteValue } from '../shared/text';
import { idOf } from '../shared/json';
import type { ContactReference } from './contactTarget';
import { readEmail } from './email';
import { isBlankValue } from '../fields/fieldValue';

/** How an operation finds a contact, in the order of the screen. */
export const REFERENCE_KINDS = ['email', 'contactId'] as const;

/**
 * Checks who is meant, before anything is sent.
 * @throws InputError that names 'Email' or 'Contact ID'
 */
export function readReference(by: (typeof REFERENCE_KINDS)[number], value: unknown): ContactReference {
	return by === 'email' ? { by, email: readEmail(value) } : { by: 'id', id: readContactId(value) };
}

/** The ID of a contact as digits: `12`, also as text. @throws InputError for anything else */
export function readContactId(value: unknown): string {
	const id = idOf(value);
	if (id !== '' && id !== '0') return id;
	if (isBlankValue(value)) {
		throw new InputError(
			"'Contact ID' is empty",
			"Map the contact's ID into 'Contact ID'. Remove items without one with a Filter node",
		);
	}
	throw new InputError(
		`'Contact ID' is not a contact's ID: ${quoteValue(value)} (an ID is a number above 0)`,
		"Use a number such as 12: from the output of this node, or from the address of the contact's page",
	);
}

/** The reference as it stands in an item. */
export function shownReference(reference: ContactReference): IDataObject {
	return reference.by === 'email' ? { email: reference.email } : { id: reference.id };
}
