import { hasContact } from '../operations/syncContact/contactOutput';
import { contactNotFound } from '../input/contactTarget';
import { emailKey } from '../input/email';
import { partsOf, type ContactPart, type ContactRows } from './contactParts';
import type { AccountFailure, Failure } from '../shared/failure';
import { settle } from '../shared/result';
import { idOf, objectsIn, textOf, type JsonObject } from '../shared/json';
import type { RequestScope } from './requestScope';
import type { Reading } from './cachedRead';
import { readContacts } from './sideLoading';

/** A contact that the account has. */
export interface FoundContact {
	readonly id: string;
	/** The contact's own row. */
	readonly row: JsonObject;
	/** Those of the parts asked for that came along for certain. */
	readonly parts: ContactRows;
	/** All that the account returned, perhaps with other contacts. */
	readonly response: JsonObject;
}

/** What `include` has to name for a part. */
type IncludeOf = (part: ContactPart) => string;

/**
 * What the account has under an address, with parts of it in the same request as far as the account loads them;
 * undefined if it has nobody there.
 * @throws AccountFailure
 */
export async function readByEmail(
	scope: RequestScope,
	email: string,
	parts: readonly ContactPart[],
	includeOf?: IncludeOf,
): Promise<Reading<FoundContact | undefined>> {
	const query = [['email', email]] as const;
	const { value: response, readAt } = await readContacts(scope, listOf(query), parts, includeOf);
	const isSame = (contact: JsonObject) => emailKey(textOf(contact['email'])) === emailKey(email);
	const row = objectsIn(response['contacts']).find(isSame);
	return { value: row && foundContact(response, row), readAt };
}

/**
 * What the account has under an ID, with parts of it in the same request: some come unasked, tags do when asked for.
 * @throws AccountFailure, also for an ID that does not exist
 */
export async function readById(
	scope: RequestScope,
	id: string,
	parts: readonly ContactPart[],
	includeOf?: IncludeOf,
): Promise<Reading<FoundContact>> {
	const hasData = (response: JsonObject) => hasContact(response, id);
	const request = { path: `/contacts/${id}`, hasData };
	const { value, failure } = await settle(readContacts(scope, request, parts, includeOf));
	if (failure) throw failure.kind === 'notFound' ? idNotFound(id, failure) : failure;
	const [row = {}] = objectsIn(value.value['contacts']);
	return { value: foundContact(value.value, row), readAt: value.readAt };
}

/** For an item that updates a contact by its ID. */
export function idNotFound(id: string, { details }: Failure): AccountFailure {
	return contactNotFound({ by: 'id', id }, 'match by email to create the contact', details);
}

/** For lists of contacts: those on no list have no status, and would perhaps be missing otherwise. */
export const ANY_STATUS = ['status', '-1'] as const;

/** The request for a list of contacts. Nobody is an empty list: without a list it is not known who is there. */
export function listOf(query: ReadonlyArray<readonly [string, string]>) {
	return {
		path: '/contacts',
		query: [...query, ANY_STATUS],
		hasData: ({ contacts }: JsonObject) => Array.isArray(contacts),
	};
}

/** One contact of a response. */
export function foundContact(response: JsonObject, row: JsonObject): FoundContact {
	const id = idOf(row['id']);
	return { id, row, parts: partsOf(response, id), response };
}
