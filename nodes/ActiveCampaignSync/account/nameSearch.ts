import { AccountFailure, failureOf } from '../shared/failure';
import { idOf, isObject, textOf, type JsonObject } from '../shared/json';
import { withLock } from '../shared/lock';
import { Memo } from '../shared/memo';
import { normalizeName, quote } from '../shared/text';
import type { Account, AccountResponse } from './account';

/**
 * How long IDs found by name are remembered for later executions (milliseconds). A form that is sent once a second need
 * not look up the same tags each time; a renamed tag is noticed within the minute.
 */
const REMEMBER_MS = 60_000;

/** The records that are found by name and created if missing. */
const SEARCHED = {
	tag: {
		path: '/tags',
		key: 'tags',
		nameKey: 'tag',
		/** Exact. */
		filter: 'filters[search][eq]',
		find: { action: 'look up tags', permission: 'see tags' },
		create: { action: 'create a tag', permission: 'manage tags' },
		// Without tagType the tag is not shown in ActiveCampaign. A tag of that name is returned as it is, and gets no
		// description from here.
		body: (name: string) => ({ tag: { tag: name, tagType: 'contact' } }),
		/** Tags of templates share names with those of contacts. */
		isUsable: ({ tagType }: JsonObject) => ['', 'contact'].includes(textOf(tagType)),
	},
	company: {
		path: '/accounts',
		key: 'accounts',
		nameKey: 'name',
		/** Finds parts of names. */
		filter: 'search',
		find: { action: 'look up companies', permission: 'see accounts' },
		create: { action: 'create a company', permission: 'add accounts' },
		body: (name: string) => ({ account: { name } }),
		isUsable: () => true,
	},
} as const;

type SearchedKind = keyof typeof SEARCHED;

/** A record that a contact is to get. */
export interface WantedRecord {
	/** Undefined in a dry run where the account has no record of that name. */
	readonly id: string | undefined;
	/** This call created it, or in a dry run would have: the account had no record of that name. */
	readonly isCreated: boolean;
}

/** What was found, by account, token, kind and name; never a failure, and never that something is missing. */
const knownIds = new Memo<string>(REMEMBER_MS, 2_000);

/** The account's tags or companies, each name looked up or created once however many items ask for it. */
export class NameSearch {
	private readonly found = new Memo<string | undefined>(Infinity, 100_000);
	/** With the call that created it. */
	private readonly created = new Memo<WantedRecord & { readonly by: object }>(Infinity, 100_000);
	private readonly gone = new Set<string>();
	/** Names of records that a real run would have created. */
	private readonly planned = new Set<string>();

	constructor(
		private readonly account: Account,
		private readonly kind: SearchedKind,
		private readonly isDryRun: boolean,
	) {}

	/** The ID of a record, or undefined if the account has none of that name. @throws AccountFailure */
	async find(name: string): Promise<string | undefined> {
		return await this.found.get(
			normalizeName(name),
			async () => knownIds.peek(this.keyOf(name)) ?? (await this.read(name)),
		);
	}

	/**
	 * A record that a contact is to get, created if the account has none of that name.
	 * @param isCertainlyLacking whether the contact has no link to such a record for certain. Creating a tag returns the
	 * one that exists, so that such a contact gets it by one request less.
	 * @throws AccountFailure
	 */
	async findOrCreate(name: string, isCertainlyLacking = false): Promise<WantedRecord> {
		const key = normalizeName(name);
		const looksFirst = this.isDryRun || this.kind === 'company' || !isCertainlyLacking;
		// What other items have begun is shared.
		const begun = (await this.created.pending(key)?.catch(() => undefined))?.id;
		const isSearched = looksFirst || this.found.pending(key) !== undefined;
		const id = begun ?? (isSearched ? await this.foundUnlessItFails(name, looksFirst) : undefined);
		if (id !== undefined) return { id, isCreated: false };
		return this.isDryRun ? this.plan(key) : await this.create(name, looksFirst);
	}

	/** To be called when the record of that ID turns out to be gone, so that the name is looked up again: once for each ID. */
	forget(name: string, id: string): void {
		if (this.gone.has(id)) return;
		this.gone.add(id);
		knownIds.delete(this.keyOf(name));
		this.found.delete(normalizeName(name));
		this.created.delete(normalizeName(name));
	}

	private async foundUnlessItFails(name: string, isNeeded: boolean): Promise<string | undefined> {
		try {
			return await this.find(name);
		} catch (thrown) {
			const failure = failureOf(thrown);
			if (isNeeded) throw failure;
			return undefined;
		}
	}

	private plan(key: string): WantedRecord {
		const isCreated = !this.planned.has(key);
		this.planned.add(key);
		return { id: undefined, isCreated };
	}

	/** Creates a record; of several items that wait for it, only the one that asked first has created it. */
	private async create(name: string, hasLooked: boolean): Promise<WantedRecord> {
		const call = {};
		const { id, isCreated, by } = await this.created.get(normalizeName(name), async () => ({
			...(await withLock(`${this.keyOf(name)} create`, this.account.signal, async () => {
				const known = knownIds.peek(this.keyOf(name));
				return known === undefined ? await this.sendOrFind(name, hasLooked) : { id: known, isCreated: false };
			})),
			by: call,
		}));
		return { id, isCreated: isCreated && by === call };
	}

	/**
	 * Users who may not create tags may still use those that exist. And "422 duplicate": somebody else has created the
	 * company meanwhile, or a try of this call whose response was lost.
	 */
	private async sendOrFind(name: string, hasLooked: boolean): Promise<WantedRecord> {
		try {
			return await this.send(name);
		} catch (thrown) {
			const failure = failureOf(thrown);
			const isCompany = this.kind === 'company';
			const isRefused = failure.kind === 'rejected' || (failure.kind === 'forbidden' && !isCompany);
			if (!isRefused || (hasLooked && !isCompany)) throw failure;
			const id = await (isCompany ? this.read(name) : this.find(name));
			if (id === undefined) throw failure;
			return { id, isCreated: isCompany && failure.details.outcomeUnknown === true };
		}
	}

	private async send(name: string): Promise<WantedRecord> {
		const { path, body, create } = SEARCHED[this.kind];
		const response = await this.account.scope([], 'lookup').call({
			method: 'POST',
			path,
			body: body(name),
			purpose: create,
			hasData: (created) => isObject(created[recordKey(this.kind)]),
		});
		const id = createdId(this.kind, response);
		if (id === '') throw withoutId(this.kind, name);
		// For a tag: "201, or 200 with the existing tag".
		return { id: this.remember(name, id), isCreated: this.kind === 'company' || response.statusCode === 201 };
	}

	private async read(name: string): Promise<string | undefined> {
		const { path, key, nameKey, filter, find, isUsable } = SEARCHED[this.kind];
		const request = { path, query: [[filter, name]] as const, purpose: find };
		const rows = await this.account.scope([], 'lookup').readRows(request, key);
		const id = rows
			.filter((row) => normalizeName(textOf(row[nameKey])) === normalizeName(name) && isUsable(row))
			.map((row) => idOf(row['id']))
			.find((one) => one !== '');
		return id === undefined ? undefined : this.remember(name, id);
	}

	/** Not prolonged by being used: a record that was renamed must be noticed. */
	private remember(name: string, id: string): string {
		knownIds.set(this.keyOf(name), id);
		this.found.set(normalizeName(name), id);
		return id;
	}

	private keyOf(name: string): string {
		return this.account.keyOf(`${this.kind} ${normalizeName(name)}`);
	}
}

/** The key of a single record in a response: `tag`, `account`. */
function recordKey(kind: SearchedKind): string {
	return SEARCHED[kind].key.replace(/s$/, '');
}

function createdId(kind: SearchedKind, { body }: AccountResponse): string {
	const record = body[recordKey(kind)];
	return isObject(record) ? idOf(record['id']) : '';
}

function withoutId(kind: SearchedKind, name: string): AccountFailure {
	return new AccountFailure(
		'noData',
		`ActiveCampaign returned no ID for the new ${kind} ${quote(name)}`,
		'Run the item again',
	);
}
