import type { IDataObject } from 'n8n-workflow';

import { AccountFailure, InputError, type FailureDetails } from '../shared/failure';
import { normalizeName, plainCharacters, quote, quoteValue, visibleText } from '../shared/text';
import { idOf, isBlankValue } from '../shared/json';

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

/** Longer addresses are refused everywhere (RFC 5321, 4.5.3.1). */
const MAX_ADDRESS_LENGTH = 254;

/**
 * An email address in ordinary characters, without outer blanks, what is not seen and `mailto:`, and checked before anything
 * is sent, by the rules that the bulk import applies:
 * a local part, none of `" ( ) , : ; < > @ [ \ ]` or blanks in it, a domain with a dot and a top-level domain of two
 * letters or more.
 * @throws InputError naming what is wrong
 */
export function readEmail(value: unknown): string {
	const address =
		typeof value === 'string' ? plainCharacters(visibleText(value)).replace(/^mailto:/i, '') : value;
	if (address === undefined || address === null || address === '') {
		throw new InputError(
			"'Email' is empty",
			"Map the email address into 'Email', e.g. by dragging it from the input. Remove items without one with a Filter node",
		);
	}
	const reason = typeof address === 'string' ? reasonAgainst(address) : 'it is not text';
	if (typeof address !== 'string' || reason !== undefined) {
		throw new InputError(
			`'Email' is not a valid email address: ${quoteValue(value)} (${reason})`,
			'Use one address such as jane@example.com, with no name or anything else around it',
		);
	}
	return address;
}

function reasonAgainst(address: string): string | undefined {
	const at = address.lastIndexOf('@');
	if (at === -1) return 'the @ is missing';
	const local = address.slice(0, at);
	const domain = address.slice(at + 1);
	if (local === '') return 'the part before the @ is missing';
	if (address.length > MAX_ADDRESS_LENGTH) return `it is longer than ${MAX_ADDRESS_LENGTH} characters`;
	if (/[\s"(),:;<>@[\\\]\p{Cc}\p{Zs}\u200b\ufeff]/u.test(local))
		return 'a character before the @ is not allowed';
	if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(domain) || /^[.-]|\.\.|\.$/.test(domain))
		return 'the part after the @ is not a valid domain';
	if (!domain.includes('.')) return 'the part after the @ has no dot';
	if (!/\.(\p{L}{2,}|xn--[a-z0-9-]+)$/iu.test(domain)) return 'it has no valid top-level domain';
	return undefined;
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

/** What to compare addresses by: ActiveCampaign matches them without regard to case. */
export function emailKey(email: string): string {
	return normalizeName(email);
}

/** Whether two addresses are one to ActiveCampaign. */
export function isSameEmail(one: string, other: string): boolean {
	return emailKey(one) === emailKey(other);
}

/** Two items with one key are about one contact. */
export function referenceKey(reference: ContactReference): string {
	return reference.by === 'email' ? `email ${emailKey(reference.email)}` : `id ${reference.id}`;
}

/** The reference as it stands in an item. */
export function shownReference(reference: ContactReference): IDataObject {
	return reference.by === 'email' ? { email: reference.email } : { id: reference.id };
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
