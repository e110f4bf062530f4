import type { IDataObject } from 'n8n-workflow';

import { AccountFailure, InputError, type FailureDetails } from '../shared/failure';
import { quote, quoteValue } from '../shared/text';
import { idOf, isBlankValue } from '../shared/json';
import { emailKey, readEmail } from './email';

/** A contact by its address or its ID (digits), whether or not the account has it. */
export type ContactReference =
	{ readonly by: 'email'; readonly email: string } | { readonly by: 'id'; readonly id: string };

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

/** Two items with one key are about one contact. */
export function referenceKey(reference: ContactReference): string {
	return reference.by === 'email' ? `email ${emailKey(reference.email)}` : `id ${reference.id}`;
}

/** What to call it in a message, e.g. "the email 'jane@example.com'". */
export function referenceLabel(reference: ContactReference): string {
	return reference.by === 'email' ? `the email ${quote(reference.email)}` : `the ID ${reference.id}`;
}

/**
 * For an item that needs a contact which the account does not have.
 * @param orElse what to do unless the address or ID is wrong
 */
export function contactNotFound(
	reference: ContactReference,
	orElse: string,
	details?: FailureDetails,
): AccountFailure {
	const what = reference.by === 'email' ? 'address' : 'ID';
	const message = `No contact has ${referenceLabel(reference)}`;
	return new AccountFailure('notFound', message, `Check the ${what}, or ${orElse}`, details);
}
