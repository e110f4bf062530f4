import { includeOf } from '../../account/recordNames';
import { CONTACT_PARTS } from '../../account/contactParts';
import { objectsIn } from '../../shared/json';
import { settle } from '../../shared/result';
import type { RequestScope } from '../../account/requestScope';
import { foundContact, listOf, readByEmail, readById, type FoundContact } from '../../account/foundContact';
import { readContacts } from '../../account/sideLoading';

/** "limit: 100 at most". Their URL stays below 4,000 characters even with IDs of 20 digits. */
export const MAX_CONTACTS = 100;

/** Reads contacts, each with all that hangs on it as far as the account loads it in the same request. */
export class ContactLoader {
	/** The contact with an address; undefined if the account has nobody there. @throws AccountFailure */
	async byEmail(scope: RequestScope, email: string): Promise<FoundContact | undefined> {
		return (await readByEmail(scope, email, CONTACT_PARTS, includeOf)).value;
	}

	/** The contact with an ID; undefined if the account has none. @throws AccountFailure */
	async byId(scope: RequestScope, id: string): Promise<FoundContact | undefined> {
		const reading = readById(scope, id, CONTACT_PARTS, includeOf);
		const { value, failure } = await settle(reading);
		if (failure && failure.kind !== 'notFound') throw failure;
		return value?.value;
	}

	/**
	 * The contacts with these IDs, 100 at most, in one request. One that is missing here need not be missing in the
	 * account, which may ignore the filter or take fewer IDs: ask for it by itself.
	 * @throws AccountFailure
	 */
	async byIds(scope: RequestScope, ids: readonly string[]): Promise<Map<string, FoundContact>> {
		const query = [...ids.map((id) => ['ids[]', id] as const), ['limit', String(MAX_CONTACTS)] as const];
		const reading = readContacts(scope, listOf(query), CONTACT_PARTS, includeOf);
		const { value, failure } = await settle(reading);
		// e.g. 414 for too many of them.
		if (failure?.kind === 'rejected') return new Map();
		if (failure) throw failure;
		const found = objectsIn(value.value['contacts']).map((row) => foundContact(value.value, row));
		return new Map(found.map((contact) => [contact.id, contact]));
	}
}
