import { emailKey } from '../../contact/email';
import { includeOf, sideLoadedNames, type RecordNames } from '../../contact/recordNames';
import { CONTACT_PARTS, partsNotLoaded, partsOf, type ContactRows } from '../../contact/sideLoaded';
import { idOf, isObject, objectsIn, textOf, type JsonObject } from '../../shared/json';
import { settle } from '../../shared/result';
import type { Account, AccountRequest } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { loadableParts, rememberNotLoaded } from '../shared/sideLoading';

/** "limit: 100 at most". Their URL stays below 4,000 characters even with IDs of 20 digits. */
export const MAX_CONTACTS = 100;

const PURPOSE = { action: 'read the contact', permission: 'see contacts' };

/** A contact as far as one response shows it. */
export interface LoadedContact {
	readonly id: string;
	/** The contact's own row. */
	readonly row: JsonObject;
	/** The parts that came along for certain. */
	readonly parts: ContactRows;
	readonly names: RecordNames;
}

/** Reads contacts, each with all that hangs on it as far as the account loads it in the same request. */
export class ContactLoader {
	constructor(private readonly account: Account) {}

	/** The contact with an address; undefined if the account has nobody there. @throws AccountFailure */
	async byEmail(budget: RetryBudget, email: string): Promise<LoadedContact | undefined> {
		const body = await this.readList(budget, [['email', email]]);
		const row = objectsIn(body['contacts']).find(
			(contact) => emailKey(textOf(contact['email'])) === emailKey(email),
		);
		return row && loaded(body, row);
	}

	/** The contact with an ID; undefined if the account has none. @throws AccountFailure */
	async byId(budget: RetryBudget, id: string): Promise<LoadedContact | undefined> {
		const hasData = ({ contact }: JsonObject) => isObject(contact) && idOf(contact['id']) === id;
		const { value: body, failure } = await settle(this.read(budget, { path: `/contacts/${id}`, hasData }));
		if (failure?.kind === 'notFound') return undefined;
		if (failure) throw failure;
		const contacts = [body['contact']].filter(isObject);
		return contacts[0] && loaded({ ...body, contacts }, contacts[0]);
	}

	/**
	 * The contacts with these IDs, 100 at most, in one request. One that is missing here need not be missing in the
	 * account, which may ignore the filter or take fewer IDs: ask for it by itself.
	 * @throws AccountFailure
	 */
	async byIds(budget: RetryBudget, ids: readonly string[]): Promise<Map<string, LoadedContact>> {
		const query = [
			...ids.map((id) => ['ids[]', id] as const),
			// Any status, since a contact on no list has none.
			['status', '-1'] as const,
			['limit', String(MAX_CONTACTS)] as const,
		];
		const { value: body, failure } = await settle(this.readList(budget, query));
		// e.g. 414 for too many of them.
		if (failure?.kind === 'rejected') return new Map();
		if (failure) throw failure;
		const found = objectsIn(body['contacts']).map((row) => loaded(body, row));
		return new Map(found.map((contact) => [contact.id, contact]));
	}

	private async readList(
		budget: RetryBudget,
		query: ReadonlyArray<readonly [string, string]>,
	): Promise<JsonObject> {
		const hasData = ({ contacts }: JsonObject) => Array.isArray(contacts);
		return await this.read(budget, { path: '/contacts', query, hasData });
	}

	/** The response, with the parts that the account loads; without any where it does not take the request for them. */
	private async read(
		budget: RetryBudget,
		{ path, query = [], hasData }: Pick<AccountRequest, 'path' | 'query' | 'hasData'>,
	): Promise<JsonObject> {
		const call = async (parts: ReturnType<typeof loadableParts>) => {
			const include = parts.length > 0 ? [['include', parts.map(includeOf).join(',')] as const] : [];
			return await this.account.call(
				{ method: 'GET', path, query: [...query, ...include], purpose: PURPOSE, hasData, isEssential: true },
				budget,
			);
		};
		const asked = loadableParts(this.account, CONTACT_PARTS);
		const { value: response, failure } = await settle(call(asked));
		if (!failure) {
			rememberNotLoaded(this.account, notLoaded(response.body, asked));
			return response.body;
		}
		if (failure.kind !== 'rejected' || asked.length === 0) throw failure;
		const { body } = await call([]);
		rememberNotLoaded(this.account, asked);
		return body;
	}
}

function notLoaded(
	body: JsonObject,
	asked: ReturnType<typeof loadableParts>,
): ReturnType<typeof loadableParts> {
	const contacts = isObject(body['contact']) ? [body['contact']] : objectsIn(body['contacts']);
	const ids = new Set(contacts.map(({ id }) => idOf(id)));
	return [...partsNotLoaded({ ...body, contacts }, ids, asked)];
}

function loaded(body: JsonObject, row: JsonObject): LoadedContact {
	const id = idOf(row['id']);
	return { id, row, parts: partsOf(body, id), names: sideLoadedNames(body) };
}
