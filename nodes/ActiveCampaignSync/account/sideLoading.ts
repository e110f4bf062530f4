import { partsNotLoaded, type ContactPart } from './contactParts';
import { TtlCache } from '../shared/ttlCache';
import { idOf, isObject, objectsIn, type JsonObject } from '../shared/json';
import { settle } from '../shared/result';
import type { Account, AccountRequest } from './account';
import type { RequestScope } from './requestScope';
import type { Reading } from './cachedRead';

/** How long it is remembered what an account does not load beside contacts (milliseconds). */
const REMEMBER_MS = 10 * 60_000;

const PURPOSE = { action: 'read the contact', permission: 'see contacts' };

const notLoaded = new TtlCache<true>(REMEMBER_MS);

/** Those of the parts that are worth asking for beside contacts. */
export function loadableParts(account: Account, parts: readonly ContactPart[]): ContactPart[] {
	return parts.filter((part) => !notLoaded.get(keyOf(account, part)));
}

/** Remembers, for all executions of this process, that an account does not load parts beside contacts. */
export function rememberNotLoaded(account: Account, parts: readonly ContactPart[]): void {
	for (const part of parts) notLoaded.set(keyOf(account, part), true);
}

/**
 * Reads one or more contacts, with parts of them as far as the account loads these in the same request; without any
 * where it refuses a request for them.
 * @param includeOf what `include` has to name for a part
 * @returns the response, with a single contact as `contacts` too
 * @throws AccountFailure
 */
export async function readContacts(
	scope: RequestScope,
	{ path, query = [], hasData }: Pick<AccountRequest, 'path' | 'query' | 'hasData'>,
	parts: readonly ContactPart[],
	includeOf: (part: ContactPart) => string = (part) => part,
): Promise<Reading<JsonObject>> {
	const read = async (asked: readonly ContactPart[]): Promise<Reading<JsonObject>> => {
		const include = asked.length > 0 ? [['include', asked.map(includeOf).join(',')] as const] : [];
		const { body, startedAt } = await scope.call({
			method: 'GET',
			path,
			query: [...query, ...include],
			purpose: PURPOSE,
			hasData,
			isEssential: true,
		});
		const contacts = isObject(body['contact']) ? [body['contact']] : objectsIn(body['contacts']);
		return { value: { ...body, contacts }, readAt: startedAt };
	};
	const asked = loadableParts(scope.account, parts);
	const { value: reading, failure } = await settle(read(asked));
	if (failure) {
		if (failure.kind !== 'rejected' || asked.length === 0) throw failure;
		const withoutParts = await read([]);
		rememberNotLoaded(scope.account, asked);
		return withoutParts;
	}
	const { value: response } = reading;
	const ids = new Set(objectsIn(response['contacts']).map(({ id }) => idOf(id)));
	// A contact that is read by its ID may come with less than those of a list.
	if (!isObject(response['contact'])) rememberNotLoaded(scope.account, partsNotLoaded(response, ids, asked));
	return reading;
}

function keyOf(account: Account, part: ContactPart): string {
	return account.keyOf(`does not load ${part}`);
}
