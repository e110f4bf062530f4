import type { IDataObject } from 'n8n-workflow';

import { AccountFailure } from '../shared/failure';
import { InputError, quote, quoteValue } from '../shared/inputError';
import { idOf } from '../shared/json';
import { emailKey, readEmail } from './email';
import { isBlankValue } from './fields/fieldValue';

/** Which contact of the account is meant: the one with an address, or the one with an ID, in digits. */
export type ContactReference =
	{ readonly by: 'email'; readonly email: string } | { readonly by: 'contactId'; readonly id: string };

/** How an operation finds a contact, in the order of the screen. */
export const REFERENCE_KINDS = ['email', 'contactId'] as const;

/**
 * Checks who is meant, before anything is sent.
 * @throws InputError that names 'Email' or 'Contact ID'
 */
export function readReference(by: ContactReference['by'], value: unknown): ContactReference {
	return by === 'email' ? { by, email: readEmail(value) } : { by, id: readContactId(value) };
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

/** Equal for two references that mean the same contact in the same way. */
export function referenceKey(reference: ContactReference): string {
	return reference.by === 'email' ? `email ${emailKey(reference.email)}` : `id ${reference.id}`;
}

/** The reference as it stands in an item. */
export function shownReference(reference: ContactReference): IDataObject {
	return reference.by === 'email' ? { email: reference.email } : { id: reference.id };
}

/** For an item that needs a contact which the account does not have. */
export function contactNotFound(reference: ContactReference): AccountFailure {
	const isEmail = reference.by === 'email';
	return new AccountFailure(
		'notFound',
		isEmail
			? `The account has no contact with the email address ${quote(reference.email)}`
			: `The account has no contact with the ID ${reference.id}`,
		`Check the ${isEmail ? 'address' : 'ID'}, or set the option 'If Not Found' to 'Return Not Found'`,
	);
}
