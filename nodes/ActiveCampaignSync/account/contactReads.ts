import { sleep } from 'n8n-workflow';

import { isSameEmail, type ContactReference } from '../input/contactReference';
import { AccountFailure, failureOf, TRANSIENT } from '../shared/failure';
import { idOf, isObject, objectsIn, textOf, type JsonObject } from '../shared/json';
import { Memo } from '../shared/memo';
import { quote } from '../shared/text';
import type { Account } from './account';
import { knownNow, type Timestamped } from './cachedRead';
import {
	CONTACT_PARTS,
	foundContacts,
	partsNotLoaded,
	type ContactPart,
	type ContactRows,
	type FoundContact,
	type Rows,
} from './contactParts';
import { PAGE_SIZE, pageQuery, pagesByOffset, totalOf } from './paging';
import type { AccountRequest, Query, RequestDetails } from './request';
import type { RequestScope } from './requestScope';

/** "limit: 100 at most". Their URL stays below 4,000 characters even with IDs of 20 digits. */
export const MAX_CONTACTS_PER_REQUEST = 100;

/** How many records a list has in a page, where nothing is asked for. */
const USUAL_PAGE_SIZE = 20;
/** No account has so many contacts with a part of one address: it does not look for the address. */
const MAX_SEARCHED = 1_000;

/** How long a contact waits for others to be read with it (milliseconds). */
const MAX_WAITS_MS = {
	known: 5_000,
	/** Its tags and automations need not be read, so they wait for nothing. */
	new: 12_000,
	/** Nothing is left to do for it, unless something unexpected turns up. */
	done: 60_000,
} as const;
/** So many of the last kind are worth a request, while the others go on. */
const MANY_DONE = 50;
/** How soon it is noticed that a contact has waited long enough (milliseconds). */
const POLL_MS = 200;

/** How long it is remembered what an account does not load beside contacts (milliseconds). */
const REMEMBER_MS = 10 * 60_000;

export const READ_CONTACT = { action: 'read the contact', permission: 'see contacts' };
const LIST_CONTACTS = { action: 'list the contacts', permission: 'see contacts' };
const READ_CONTACTS = { action: 'read what the contacts have', permission: 'see contacts' };
const READ_PART: Readonly<Record<ContactPart, { readonly action: string; readonly permission: string }>> = {
	contactLists: { action: "read the contact's lists", permission: 'see lists' },
	contactTags: { action: "read the contact's tags", permission: 'see tags' },
	contactAutomations: { action: "read the contact's automations", permission: 'see automations' },
	accountContacts: { action: "read the contact's company", permission: 'see accounts' },
	fieldValues: { action: "read the contact's custom field values", permission: 'see contacts' },
};

/** For lists of contacts: those on no list have no status, and would perhaps be missing otherwise. */
export const ANY_STATUS = ['status', '-1'] as const;

type ContactRequest = Pick<AccountRequest, 'path' | 'query' | 'hasData'> &
	Partial<Pick<AccountRequest, 'purpose'>>;

/** A contact that waits to be read together with others. */
interface Waiter {
	readonly contactId: string;
	readonly parts: readonly ContactPart[];
	/** What the contact's own calls are part of. */
	readonly scope: RequestScope;
	/** By `performance.now()`. */
	readonly dueAt: number;
	readonly state: keyof typeof MAX_WAITS_MS;
	readonly resolve: (reading: Timestamped<ContactRows>) => void;
	readonly reject: (thrown: unknown) => void;
}

/** By account and token: what does not come beside contacts, for all executions of this process. */
const notSideLoaded = new Memo<true>(REMEMBER_MS);

/**
 * Reads contacts: by address, by ID or by the hundred, each with the parts that the account loads in the same request,
 * and single parts by themselves. It remembers what the account does not load beside contacts.
 */
export class ContactReads {
	private atWork = 0;
	private readonly waiters: Waiter[] = [];
	private isWatching = false;

	/** @param includeOf what `include` has to name for a part */
	constructor(
		private readonly account: Account,
		private readonly includeOf: (part: ContactPart) => string = (part) => part,
	) {}

	/**
	 * What the account has under an address; undefined if it has nobody there. Some accounts look for a part of the address,
	 * or for none: where others come back, the rest of the list is read, too.
	 * @throws AccountFailure, also where the list is too long for that
	 */
	async byEmail(
		scope: RequestScope,
		email: string,
		parts: readonly ContactPart[] = [],
	): Promise<Timestamped<FoundContact | undefined>> {
		const query: Query = [['email', email]];
		const { value: response, readAt } = await this.read(scope, listOf(query), parts);
		const ofAddress = ({ row }: FoundContact) => isSameEmail(textOf(row['email']), email);
		const rows = foundContacts(response);
		const ids = new Set(rows.map(({ id }) => id));
		const first = rows.find(ofAddress);
		let total = totalOf(response) ?? (rows.length < USUAL_PAGE_SIZE ? rows.length : Infinity);
		if (first || ids.size === 0 || ids.size >= total) return { value: first, readAt };
		const readPage = async (offset: number, size: number) => {
			const page = await this.page(scope, [...query, ...pageQuery(offset, size)], parts);
			total = page.total ?? (page.rows.length < size ? 0 : Infinity);
			return page;
		};
		for await (const page of pagesByOffset(readPage, PAGE_SIZE, ids)) {
			const value = page.find(ofAddress);
			if (value) return { value, readAt };
			if (ids.size > MAX_SEARCHED) break;
		}
		if (ids.size < total) throw notSearched(email);
		return { value: undefined, readAt };
	}

	/**
	 * What the account has under an ID: some parts come unasked, tags do when asked for.
	 * @throws AccountFailure, of the kind `notFound` for an ID that does not exist
	 */
	async byId(
		scope: RequestScope,
		id: string,
		parts: readonly ContactPart[] = [],
	): Promise<Timestamped<FoundContact>> {
		const hasData = (response: JsonObject) => hasContact(response, id);
		const { value: response, readAt } = await this.read(scope, { path: `/contacts/${id}`, hasData }, parts);
		const [value = { id, row: {}, parts: new Map(), response }] = foundContacts(response);
		return { value, readAt };
	}

	/** The contact that a reference means, with the parts that come along; undefined if there is none. @throws AccountFailure */
	async byReference(
		scope: RequestScope,
		reference: ContactReference,
		parts: readonly ContactPart[] = [],
	): Promise<FoundContact | undefined> {
		if (reference.by === 'email') return (await this.byEmail(scope, reference.email, parts)).value;
		try {
			return (await this.byId(scope, reference.id, parts)).value;
		} catch (thrown) {
			if (failureOf(thrown).kind === 'notFound') return undefined;
			throw failureOf(thrown);
		}
	}

	/**
	 * The contacts with these IDs, 100 at most, in one request. One that is missing here need not be missing in the
	 * account, which may ignore the filter or take fewer IDs: ask for it by itself.
	 * @throws AccountFailure
	 */
	async byIds(
		scope: RequestScope,
		ids: readonly string[],
		parts: readonly ContactPart[],
	): Promise<Map<string, FoundContact>> {
		try {
			const { value: response } = await this.read(scope, listOf(queryOf(ids)), parts);
			return new Map(foundContacts(response).map((contact) => [contact.id, contact]));
		} catch (thrown) {
			// e.g. 414 for too many of them.
			if (failureOf(thrown).kind === 'rejected') return new Map();
			throw failureOf(thrown);
		}
	}

	/** The same, with those that are missing asked for by themselves; only those that the account does not have are left out. */
	async everyById(
		scope: RequestScope,
		ids: readonly string[],
		parts: readonly ContactPart[],
	): Promise<FoundContact[]> {
		const together = await this.byIds(scope, ids, parts);
		const find = async (id: string) =>
			together.get(id) ?? (await this.byReference(scope, { by: 'id', id }, parts));
		return (await Promise.all(ids.map(find))).filter((contact) => contact !== undefined);
	}

	/**
	 * One page of the contacts that a query lists.
	 * @param query also says which page, and how large it is
	 * @throws AccountFailure
	 */
	async page(
		scope: RequestScope,
		query: Query,
		parts: readonly ContactPart[],
	): Promise<{ readonly rows: readonly FoundContact[]; readonly total: number | undefined }> {
		const request = { ...listOf(query), purpose: LIST_CONTACTS };
		const { value: response } = await this.read(scope, request, parts);
		const rows = foundContacts(response).filter(({ id }) => id !== '');
		return { rows, total: totalOf(response) };
	}

	/** What a contact has of one part, from the part's own list. @throws AccountFailure */
	async part(scope: RequestScope, contactId: string, part: ContactPart): Promise<Timestamped<Rows>> {
		const request = { path: `/contacts/${contactId}/${part}`, purpose: READ_PART[part] };
		return await scope.readRows(request, part);
	}

	/** What a found contact has of one part, read by itself where it did not come along. @throws AccountFailure */
	async rowsOf(
		scope: RequestScope,
		{ id, parts }: Pick<FoundContact, 'id' | 'parts'>,
		part: ContactPart,
	): Promise<Rows> {
		return parts.get(part) ?? (await this.part(scope, id, part)).value;
	}

	/**
	 * How often a contact has ever entered each automation, by the automation's ID; nothing where the account does not count.
	 * @throws AccountFailure
	 */
	async entryCounts(
		scope: RequestScope,
		contactId: string,
	): Promise<Timestamped<ReadonlyMap<string, number>>> {
		const key = 'automationEntryCounts';
		try {
			const { body, startedAt } = await scope.call({
				method: 'GET',
				path: `/contacts/${contactId}/${key}`,
				purpose: READ_PART.contactAutomations,
				hasData: (response) => Array.isArray(response[key]),
			});
			const counts = objectsIn(body[key]).map(
				(row) => [idOf(row['id']), Number(textOf(row['contactEntryCount']))] as const,
			);
			return { value: new Map(counts), readAt: startedAt };
		} catch (thrown) {
			if (failureOf(thrown).kind === 'notFound') return knownNow(new Map());
			throw failureOf(thrown);
		}
	}

	/** Does the work of one contact, for which others may wait meanwhile. @throws what `work` throws */
	async whileAtWork<Value>(work: () => Promise<Value>): Promise<Value> {
		this.atWork += 1;
		try {
			return await work();
		} finally {
			this.atWork -= 1;
			this.sendWhatIsDue();
		}
	}

	/**
	 * Reads parts of a contact together with other contacts of the run, up to 100 in a request. A request is sent when it is
	 * full, when a contact has waited long enough, and when all contacts at work wait for it: a single one does not wait.
	 * One of which all is done is read with the next contacts that are to be read anyway, or with many others like it.
	 * @returns those of the parts that are certain to be complete; the others have to be read by themselves
	 * @throws only when stopped
	 */
	async together(
		scope: RequestScope,
		contactId: string,
		parts: readonly ContactPart[],
		state: Waiter['state'],
	): Promise<Timestamped<ContactRows>> {
		if (this.loadable(parts).length === 0) return knownNow(new Map());
		return await new Promise((resolve, reject) => {
			const dueAt = performance.now() + MAX_WAITS_MS[state];
			this.waiters.push({ contactId, parts, scope, dueAt, state, resolve, reject });
			this.sendWhatIsDue();
			if (!this.isWatching) void this.watch();
		});
	}

	private async watch(): Promise<void> {
		this.isWatching = true;
		while (this.waiters.length > 0) {
			await sleep(POLL_MS);
			this.sendWhatIsDue();
		}
		this.isWatching = false;
	}

	private sendWhatIsDue(): void {
		while (this.waiters.length > 0) {
			const now = performance.now();
			const isDue =
				idsOf(this.waiters).size >= Math.min(MAX_CONTACTS_PER_REQUEST, this.atWork) ||
				this.waiters.filter(({ state }) => state === 'done').length >= MANY_DONE ||
				this.waiters.some(({ dueAt }) => now >= dueAt) ||
				this.account.signal?.aborted;
			if (!isDue) return;
			this.waiters.sort((one, other) => one.dueAt - other.dueAt);
			void this.send(this.waiters.splice(0, MAX_CONTACTS_PER_REQUEST));
		}
	}

	private async send(batch: readonly Waiter[]): Promise<void> {
		try {
			const { value: response, readAt } = await this.load(batch);
			const parts = new Map(foundContacts(response).map((contact) => [contact.id, contact.parts]));
			for (const { contactId, resolve } of batch)
				resolve({ value: parts.get(contactId) ?? new Map(), readAt });
		} catch (thrown) {
			for (const { reject } of batch) reject(thrown);
		}
	}

	/** The response to a request for all of them; one that failed says nothing about its contacts. @throws only when stopped */
	private async load(batch: readonly Waiter[]): Promise<Timestamped<JsonObject>> {
		const parts = this.loadable(
			CONTACT_PARTS.filter((part) => batch.some(({ parts: asked }) => asked.includes(part))),
		);
		if (parts.length === 0) return knownNow({});
		const ids = idsOf(batch);
		const scope = this.account.scope(batch.flatMap((waiter) => waiter.scope.itemIndexes));
		// The contacts have been synced: what is still to be done for them goes before new ones.
		scope.hasBegun = true;
		const query = queryOf([...ids], includeQuery(parts));
		try {
			const reading = await this.readWith(scope, { ...listOf(query), purpose: READ_CONTACTS }, []);
			this.rememberNotLoaded(partsNotLoaded(reading.value, ids, parts));
			for (const waiter of batch) waiter.scope.metSince.forgetAll();
			return reading;
		} catch (thrown) {
			// A fault that passes says nothing about what the account loads.
			if (!TRANSIENT.has(failureOf(thrown).kind)) this.rememberNotLoaded(parts);
			return knownNow({});
		}
	}

	/**
	 * Reads one or more contacts with those of the parts that are worth asking for; without any where the account refuses a
	 * request for them.
	 * @returns the response, with a single contact as `contacts` too
	 */
	private async read(
		scope: RequestScope,
		request: ContactRequest,
		parts: readonly ContactPart[],
	): Promise<Timestamped<JsonObject>> {
		const asked = this.loadable(parts);
		try {
			const { value: response, readAt } = await this.readWith(scope, request, asked);
			const ids = new Set(objectsIn(response['contacts']).map(({ id }) => idOf(id)));
			// A contact that is read by its ID may come with less than those of a list.
			if (!isObject(response['contact'])) this.rememberNotLoaded(partsNotLoaded(response, ids, asked));
			return { value: response, readAt };
		} catch (thrown) {
			if (failureOf(thrown).kind !== 'rejected' || asked.length === 0) throw failureOf(thrown);
			const withoutParts = await this.readWith(scope, request, []);
			this.rememberNotLoaded(asked);
			return withoutParts;
		}
	}

	private async readWith(
		scope: RequestScope,
		{ path, query = [], hasData, purpose = READ_CONTACT }: ContactRequest,
		parts: readonly ContactPart[],
	): Promise<Timestamped<JsonObject>> {
		const { body, startedAt } = await scope.call({
			method: 'GET',
			path,
			query: [...query, ...includeQuery(parts.map(this.includeOf))],
			purpose,
			hasData,
			isEssential: true,
		});
		const contacts = isObject(body['contact']) ? [body['contact']] : objectsIn(body['contacts']);
		return { value: { ...body, contacts }, readAt: startedAt };
	}

	private loadable(parts: readonly ContactPart[]): ContactPart[] {
		return parts.filter((part) => !notSideLoaded.peek(this.account.keyOf(part)));
	}

	private rememberNotLoaded(parts: readonly ContactPart[]): void {
		for (const part of parts) notSideLoaded.set(this.account.keyOf(part), true);
	}
}

/**
 * Whether a response is a success: a 2xx without a contact is not.
 * @param id of the contact that it has to be, if that is known
 */
export function hasContact(response: JsonObject, id?: string): boolean {
	const found = isObject(response['contact']) ? idOf(response['contact']['id']) : '';
	return id === undefined ? found !== '' : found === id;
}

/** The request for the contacts' values of a custom field that match one; the account may ignore the filters. */
export function valuesRequest(fieldId: string, value: string, action: string): RequestDetails {
	return {
		path: '/fieldValues',
		query: [
			['filters[fieldid]', fieldId],
			['filters[val]', value],
		],
		purpose: { action, permission: 'see contacts' },
	};
}

/** The ID of a row, for the path of a request. @throws AccountFailure */
export function rowId(row: JsonObject): string {
	const id = idOf(row['id']);
	if (id !== '') return id;
	throw new AccountFailure(
		'noData',
		'ActiveCampaign returned a record whose ID is not a number, so it was not changed',
		'Run the item again in a few minutes',
	);
}

/** For an account that returned very many other contacts, and not the one with the address. */
function notSearched(email: string): AccountFailure {
	return new AccountFailure(
		'noData',
		`It is unclear whether a contact has the email ${quote(email)}: ActiveCampaign returned other contacts instead`,
		'Match by contact ID, or check whether a proxy between this n8n and ActiveCampaign changes the requests',
		{ isFinal: true },
	);
}

/** A contact may wait twice: e.g. for its custom values, too. */
function idsOf(waiters: readonly Waiter[]): ReadonlySet<string> {
	return new Set(waiters.map(({ contactId }) => contactId));
}

function queryOf(ids: readonly string[], include: Query = []): Query {
	return [
		...ids.map((id) => ['ids[]', id] as const),
		...include,
		['limit', String(MAX_CONTACTS_PER_REQUEST)],
	];
}

/** What asks for parts beside contacts; nothing where there are none. */
function includeQuery(names: readonly string[]): Query {
	return names.length > 0 ? [['include', names.join(',')]] : [];
}

/** The request for a list of contacts. Nobody is an empty list: without a list it is not known who is there. */
function listOf(query: Query): ContactRequest {
	const hasStatus = query.some(([name]) => name === 'status');
	return {
		path: '/contacts',
		query: hasStatus ? query : [...query, ANY_STATUS],
		hasData: ({ contacts }) => Array.isArray(contacts),
	};
}
