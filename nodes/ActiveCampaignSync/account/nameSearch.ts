import { AccountFailure, failureOf, ignoreFailure, type Failure } from '../shared/failure';
import { idOf, isObject, textOf, type JsonObject } from '../shared/json';
import { withLock } from '../shared/lock';
import { Memo } from '../shared/memo';
import { normalizeName, quote } from '../shared/text';
import type { Account } from './account';
import { RECORDS } from './records';
import type { RequestScope } from './requestScope';
import type { Repeatable } from './retry';

/**
 * How long IDs found by name are remembered for later executions (milliseconds). A form that is sent once a second need
 * not look up the same tags each time; a renamed tag is noticed within the minute.
 */
const REMEMBER_MS = 60_000;

/** The records that are found by name and created if missing. */
const SEARCHED = {
	tag: {
		filter: 'filters[search][eq]',
		isFilterExact: true,
		find: { action: 'look up tags', permission: 'see tags' },
		create: { action: 'create a tag', permission: 'manage tags' },
		// Without tagType the tag is not shown in ActiveCampaign. A tag of that name is returned as it is, and gets no
		// description from here.
		body: (name: string) => ({ tag: { tag: name, tagType: 'contact' } }),
		/** Tags of templates share names with those of contacts. */
		isUsable: ({ tagType }: JsonObject) => ['', 'contact'].includes(textOf(tagType)),
	},
	company: {
		/** Finds parts of names. */
		filter: 'search',
		isFilterExact: false,
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
	private readonly created = new Memo<WantedRecord>(Infinity, 100_000);
	private readonly gone = new Set<string>();
	/** Names of records that a real run would have created. */
	private readonly planned = new Set<string>();
	/** Whether the account has refused to create a record that it has: from then on each is looked up first. */
	private refusesExisting = false;

	constructor(
		private readonly account: Account,
		private readonly kind: SearchedKind,
		private readonly isDryRun: boolean,
	) {}

	/** The ID of a record, or undefined if the account has none of that name. @throws AccountFailure */
	async find(name: string): Promise<string | undefined> {
		return await this.found.get(
			normalizeName(name),
			async () =>
				knownIds.peek(this.keyOf(name)) ?? (await this.read(this.account.scope([], 'lookup'), name, false)),
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
		const looksFirst =
			this.isDryRun || this.kind === 'company' || this.refusesExisting || !isCertainlyLacking;
		// What other items have begun is shared; where nothing has, it is begun without waiting, so that others find it.
		const pending = this.created.pending(key);
		const begun = pending && (await pending.catch(() => undefined))?.id;
		const isSearched = looksFirst || this.found.pending(key) !== undefined;
		const id =
			begun ??
			(isSearched ? await (looksFirst ? this.find(name) : this.find(name).catch(ignoreFailure)) : undefined);
		if (id !== undefined) return { id, isCreated: false };
		return this.isDryRun ? this.plan(key) : await this.create(name);
	}

	/** To be called when the record of that ID turns out to be gone, so that the name is looked up again: once for each ID. */
	forget(name: string, id: string): void {
		if (this.gone.has(id)) return;
		this.gone.add(id);
		knownIds.delete(this.keyOf(name));
		this.found.delete(normalizeName(name));
		this.created.delete(normalizeName(name));
	}

	private plan(key: string): WantedRecord {
		const isCreated = !this.planned.has(key);
		this.planned.add(key);
		return { id: undefined, isCreated };
	}

	/** Creates a record; of several items that wait for it, only the one that asked first has created it. */
	private async create(name: string): Promise<WantedRecord> {
		const call = { isFirst: false };
		const { id, isCreated } = await this.created.get(normalizeName(name), async () => {
			call.isFirst = true;
			return await withLock(`${this.keyOf(name)} create`, this.account.signal, async () => {
				const known = knownIds.peek(this.keyOf(name));
				return known === undefined ? await this.sendOrFind(name) : { id: known, isCreated: false };
			});
		});
		return { id, isCreated: isCreated && call.isFirst };
	}

	/**
	 * Creates a record. If that is refused, it may exist, and is looked up: users who may not create tags may still use those
	 * that exist; accounts refuse to create a tag that they have, some with a 5xx; and somebody else may have created it
	 * meanwhile, or a try of this call whose response was lost.
	 */
	private async sendOrFind(name: string): Promise<WantedRecord> {
		const isCompany = this.kind === 'company';
		const scope = this.account.scope([], 'lookup');
		// What looks like a fault that passes is looked into once, before it is repeated.
		for (let repeatable: Repeatable = isCompany ? 'always' : 'ifNotDone'; ; repeatable = 'always') {
			try {
				return await this.send(scope, name, repeatable);
			} catch (thrown) {
				const failure = failureOf(thrown);
				const isUnclear = failure.details.outcomeUnknown === true;
				const isRefused = failure.kind === 'rejected' || (failure.kind === 'forbidden' && !isCompany);
				const isRepeated = isUnclear && repeatable !== 'always';
				if (!isRefused && !isRepeated) throw failure;
				// Where the creation is repeated, it does not matter why the record cannot be looked up.
				const reading = this.read(scope, name, true);
				const id = await (isRepeated ? reading.catch(ignoreFailure) : reading);
				if (id !== undefined) {
					this.refusesExisting = true;
					return { id, isCreated: isCompany && isUnclear };
				}
				if (!isRepeated) throw saysDuplicate(failure.message) ? unfindable(this.kind, failure) : failure;
			}
		}
	}

	private async send(scope: RequestScope, name: string, repeatable: Repeatable): Promise<WantedRecord> {
		const { body, create } = SEARCHED[this.kind];
		const response = await scope.call({
			method: 'POST',
			path: `/${RECORDS[this.kind].collection}`,
			body: body(name),
			purpose: create,
			repeatable,
			hasData: (created) => isObject(created[recordKey(this.kind)]),
			isRefusal: (refusal) => isObject(refusal) && Object.values(refusal).some(saysDuplicate),
		});
		const record = response.body[recordKey(this.kind)];
		const id = isObject(record) ? idOf(record['id']) : '';
		if (id === '') throw withoutId(this.kind, name);
		// For a tag: "201, or 200 with the existing tag".
		return { id: this.remember(name, id), isCreated: this.kind === 'company' || response.statusCode === 201 };
	}

	/**
	 * The account's comparison of names counts, which may ignore accents: what its exact filter returns has the name, as has the
	 * record because of which it refuses to create another one.
	 */
	private async read(scope: RequestScope, name: string, isRefused: boolean): Promise<string | undefined> {
		const { filter, isFilterExact, find, isUsable } = SEARCHED[this.kind];
		const { collection, name: nameKey } = RECORDS[this.kind];
		const request = { path: `/${collection}`, query: [[filter, name]] as const, purpose: find };
		const { value: rows } = await scope.readRows(request, collection);
		const isAlike = (row: JsonObject) => isSameButAccents(textOf(row[nameKey]), name);
		const usable = rows.filter((row) => isUsable(row) && idOf(row['id']) !== '');
		const same = usable.find((row) => normalizeName(textOf(row[nameKey])) === normalizeName(name));
		// An account that ignores the filter returns others as well.
		const isFiltered = isFilterExact && rows.every(isAlike);
		const row = same ?? (isRefused || isFiltered ? usable.find(isAlike) : undefined);
		return row && this.remember(name, idOf(row['id']));
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
	return RECORDS[kind].collection.replace(/s$/, '');
}

/** "Café" and "Cafe", but not "Cafeteria". */
const { compare } = new Intl.Collator('en', { sensitivity: 'base' });

function isSameButAccents(one: string, other: string): boolean {
	return compare(normalizeName(one), normalizeName(other)) === 0;
}

/** "Duplicate entry 'contact-VIP' for key 'typetag'": what the account's database says, which is in no other language. */
function saysDuplicate(text: unknown): boolean {
	return typeof text === 'string' && /\bDuplicate entry\b/.test(text);
}

/** It is the same for each item that wants the record. */
function unfindable(kind: SearchedKind, failure: Failure): Failure {
	return failure.with({
		message: `${failure.message}. So the ${kind} exists, but no search finds it`,
		description: `Look for a ${kind} of this name in ActiveCampaign, and use another name unless it shows there`,
		details: { isFinal: true },
	});
}

function withoutId(kind: SearchedKind, name: string): AccountFailure {
	return new AccountFailure(
		'noData',
		`ActiveCampaign returned no ID for the new ${kind} ${quote(name)}`,
		'Run the item again',
	);
}
