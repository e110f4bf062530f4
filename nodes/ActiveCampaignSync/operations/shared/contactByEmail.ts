import { emailKey } from '../../contact/email';
import { partsNotLoaded, partsOf, type ContactPart, type ContactRows } from '../../contact/sideLoaded';
import { hasContact } from '../../contact/contactOutput';
import { idOf, isObject, objectsIn, textOf, type JsonObject } from '../../shared/json';
import { AccountFailure } from '../../shared/failure';
import { settle, type Failure } from '../../shared/result';
import type { Account } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import type { Reading } from './freshReading';
import { loadableParts, rememberNotLoaded } from './sideLoading';

const PURPOSE = { action: 'read the contact', permission: 'see contacts' };

/** A contact that the account has. */
export interface FoundContact {
	readonly id: string;
	/** The contact's own row. */
	readonly row: JsonObject;
	/** Those of the parts asked for that came along for certain. */
	readonly parts: ContactRows;
}

/**
 * What the account has under an address, with parts of it in the same request as far as the account loads them;
 * undefined if it has nobody there.
 * @throws AccountFailure
 */
export async function readByEmail(
	account: Account,
	budget: RetryBudget,
	email: string,
	parts: readonly ContactPart[],
): Promise<Reading<FoundContact | undefined>> {
	const asked = loadableParts(account, parts);
	const { body, startedAt: readAt } = await account.call(
		{
			method: 'GET',
			path: '/contacts',
			query: [['email', email], ...(asked.length > 0 ? [['include', asked.join(',')] as const] : [])],
			purpose: PURPOSE,
			// Nobody there is an empty list. Without a list it is not known what would be overwritten.
			hasData: (response) => Array.isArray(response['contacts']),
			isEssential: true,
		},
		budget,
	);
	const isSame = (contact: JsonObject) => emailKey(textOf(contact['email'])) === emailKey(email);
	const row = objectsIn(body['contacts']).find(isSame);
	if (!row) return { value: undefined, readAt };
	const id = idOf(row['id']);
	rememberNotLoaded(account, partsNotLoaded({ ...body, contacts: [row] }, new Set([id]), asked));
	return { value: { id, row, parts: partsOf(body, id) }, readAt };
}

/**
 * What the account has under an ID, with parts of it in the same request: some come unasked, tags do when asked for.
 * @throws AccountFailure, also for an ID that does not exist
 */
export async function readById(
	account: Account,
	budget: RetryBudget,
	id: string,
	parts: readonly ContactPart[],
): Promise<Reading<FoundContact>> {
	const asked = loadableParts(account, parts);
	const reading = account.call(
		{
			method: 'GET',
			path: `/contacts/${id}`,
			query: asked.length > 0 ? [['include', asked.join(',')]] : [],
			purpose: PURPOSE,
			hasData: hasContact,
			isEssential: true,
		},
		budget,
	);
	const { value: response, failure } = await settle(reading);
	if (failure) throw failure.kind === 'notFound' ? goneFailure(id, failure) : failure;
	const row = isObject(response.body['contact']) ? response.body['contact'] : {};
	return {
		value: { id, row, parts: partsOf({ ...response.body, contacts: [row] }, id) },
		readAt: response.startedAt,
	};
}

/** Nobody has this ID. */
export function goneFailure(id: string, { details }: Failure): AccountFailure {
	return new AccountFailure(
		'notFound',
		`The account has no contact with the ID ${id}`,
		'It may have been deleted in ActiveCampaign. Correct the ID, or match by email to create the contact',
		details,
	);
}
