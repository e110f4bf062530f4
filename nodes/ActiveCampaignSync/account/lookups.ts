import { parseFields } from '../fields/field';
import { FieldCatalog } from '../fields/fieldCatalog';
import { failureOf, isFailure } from '../shared/failure';
import { idOf, isObject, type JsonObject } from '../shared/json';
import { Memo } from '../shared/memo';
import type { Account } from './account';
import { NameSearch } from './nameSearch';
import { readAllPages } from './paging';
import { labelsById, RECORDS, toRecords, withName, type NamedRecord, type RecordKind } from './records';

/** How long lists and automations are remembered for later executions (milliseconds). */
const REMEMBER_MS = 60_000;

const READ_FIELDS = { action: 'read the custom fields', permission: 'see custom fields' };

/** All lists or automations, by account, token and kind; never a failure. */
const knownRecords = new Memo<readonly NamedRecord[]>(REMEMBER_MS);

/** Reads of all custom fields in flight: executions that begin meanwhile share them. */
const fieldReads = new Map<string, Promise<FieldCatalog>>();

/** The kinds of which an account has so few that all are read at once. */
type ListedKind = Exclude<RecordKind, 'company'>;

/** What an execution looks up in its account by name or ID, each thing once however many items ask for it. */
export class Lookups {
	readonly tags: NameSearch;
	readonly companies: NameSearch;

	private readonly catalog = new Memo<FieldCatalog>();
	private readonly listed = new Memo<readonly NamedRecord[]>();
	private readonly companyNames = new Memo<readonly NamedRecord[]>(Infinity, 100_000);

	/** @param isDryRun whether nothing is created: tags and companies are then only planned */
	constructor(
		private readonly account: Account,
		isDryRun = false,
	) {
		this.tags = new NameSearch(account, 'tag', isDryRun);
		this.companies = new NameSearch(account, 'company', isDryRun);
	}

	/** All custom fields of the account. @throws AccountFailure */
	async fields(): Promise<FieldCatalog> {
		return await this.catalog.get('fields', async () => {
			const inFlight = fieldReads.get(this.account.keyOf('fields'));
			// Begun without waiting for anything, so that others find it.
			if (!inFlight) return await this.readFields();
			// Only this execution is not stopped when the other one is.
			const shared = await inFlight.catch((thrown: unknown) => {
				if (isFailure(thrown) && thrown.kind === 'stopped') return undefined;
				throw failureOf(thrown);
			});
			return shared ?? (await this.readFields());
		});
	}

	/**
	 * The lists or automations of a name; empty if no record has it, several when records share it.
	 * @throws AccountFailure
	 */
	async named(kind: ListedKind, name: string): Promise<readonly NamedRecord[]> {
		return withName(await this.recordsWith(kind, (records) => withName(records, name).length > 0), name);
	}

	/** The list or automation of an ID, if there is one. @throws AccountFailure */
	async withId(kind: ListedKind, id: string): Promise<NamedRecord | undefined> {
		const isThis = (record: NamedRecord) => record.id === id;
		return (await this.recordsWith(kind, (records) => records.some(isThis))).find(isThis);
	}

	/** All lists, automations or tags, read in this execution. @throws AccountFailure */
	async all(kind: ListedKind): Promise<readonly NamedRecord[]> {
		return await this.listed.get(kind, async () => {
			const { collection, purpose } = RECORDS[kind];
			const request = { path: `/${collection}`, purpose };
			const { value: rows } = await this.lookupScope().readRows(request, collection);
			const records = toRecords(kind, rows);
			knownRecords.set(this.account.keyOf(kind), records);
			return records;
		});
	}

	/** One page of all lists, automations or tags, and the offset of the next one if there is one. @throws AccountFailure */
	async page(
		kind: ListedKind,
		offset: number,
	): Promise<{ records: NamedRecord[]; next: number | undefined }> {
		const { collection, purpose } = RECORDS[kind];
		const request = { path: `/${collection}`, purpose };
		const { rows, next } = await this.lookupScope().readPage(request, collection, offset);
		return { records: toRecords(kind, rows), next };
	}

	/**
	 * The names of records by their IDs, as far as the account has them. Lists, tags and automations are read all at
	 * once; companies may be many thousands, so each is read by itself.
	 * @throws AccountFailure
	 */
	async names(kind: RecordKind, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
		const records =
			kind === 'company'
				? (await Promise.all(ids.map(async (id) => await this.company(id)))).flat()
				: await this.recordsWith(kind, (known) => ids.every((id) => known.some((one) => one.id === id)));
		return labelsById(records);
	}

	/** What an earlier execution has read, where that is enough: a record that it did not see may be new. */
	private async recordsWith(
		kind: ListedKind,
		isEnough: (records: readonly NamedRecord[]) => boolean,
	): Promise<readonly NamedRecord[]> {
		const known = knownRecords.peek(this.account.keyOf(kind));
		return known && isEnough(known) ? known : await this.all(kind);
	}

	private async company(id: string): Promise<readonly NamedRecord[]> {
		return await this.companyNames.get(id, async () => {
			const { collection, purpose } = RECORDS.company;
			const hasData = (body: JsonObject) => isObject(body['account']) && idOf(body['account']['id']) === id;
			const request = { method: 'GET', path: `/${collection}/${id}`, purpose, hasData } as const;
			try {
				const { body } = await this.lookupScope().call(request);
				return toRecords('company', [body['account']].filter(isObject));
			} catch (thrown) {
				if (failureOf(thrown).kind === 'notFound') return [];
				throw failureOf(thrown);
			}
		});
	}

	private async readFields(): Promise<FieldCatalog> {
		const request = { path: '/fields', purpose: READ_FIELDS };
		const scope = this.lookupScope();
		const readPage = async (offset: number) => await scope.readPage(request, 'fields', offset);
		const reading = readAllPages(readPage, READ_FIELDS, 'fields', ['fieldOptions']).then(
			(found) => new FieldCatalog(parseFields(found.get('fields') ?? [], found.get('fieldOptions') ?? [])),
		);
		const key = this.account.keyOf('fields');
		fieldReads.set(key, reading);
		try {
			return await reading;
		} finally {
			fieldReads.delete(key);
		}
	}

	private lookupScope() {
		return this.account.scope([], 'lookup');
	}
}
