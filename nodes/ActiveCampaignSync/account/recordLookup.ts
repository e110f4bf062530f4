import { isSmsList, listLabel } from './smsMark';
import { normalizeName } from '../shared/text';
import { idOf, textOf, type JsonObject } from '../shared/json';
import type { Account } from './account';
import { once } from '../shared/memo';
import { REMEMBER_IDS_MS, TtlCache } from '../shared/ttlCache';

/** A list or an automation, as a picker shows it. */
export interface NamedRecord {
	/** Digits. */
	readonly id: string;
	readonly name: string;
	/** Whether it is a list for text messages: being on it is consent to SMS, and takes a phone number. */
	readonly isSms?: boolean;
}

/** The kinds of records that are found by name, with what their requests need. */
export const RECORD_KINDS = {
	list: { path: '/lists', key: 'lists', purpose: { action: 'read the lists', permission: 'see lists' } },
	automation: {
		path: '/automations',
		key: 'automations',
		purpose: { action: 'read the automations', permission: 'see automations' },
	},
} as const;
export type RecordKind = keyof typeof RECORD_KINDS;

/** What was found, by account and kind; never a failure. */
const knownRecords = new TtlCache<readonly NamedRecord[]>(REMEMBER_IDS_MS);

/** The account's lists and automations, each kind read once however many items ask for it. */
export class RecordLookup {
	private readonly records = new Map<RecordKind, Promise<readonly NamedRecord[]>>();

	constructor(private readonly account: Account) {}

	/**
	 * The lists or automations of a name, matched without regard to case and outer blanks, exact matches first.
	 * Empty if no record has the name, several when records share it.
	 * @throws AccountFailure
	 */
	async named(kind: RecordKind, name: string): Promise<readonly NamedRecord[]> {
		const known = knownRecords.get(this.account.keyOf(kind));
		const remembered = known ? withName(known, name) : [];
		if (remembered.length > 0) return remembered;
		return withName(await once(this.records, kind, async () => await this.read(kind)), name);
	}

	/** The list or automation of an id, if there is one. @throws AccountFailure */
	async withId(kind: RecordKind, id: string): Promise<NamedRecord | undefined> {
		const isThis = (record: NamedRecord) => record.id === id;
		const known = knownRecords.get(this.account.keyOf(kind))?.find(isThis);
		return known ?? (await once(this.records, kind, async () => await this.read(kind))).find(isThis);
	}

	/** The names of all lists or automations. @throws AccountFailure */
	async names(kind: RecordKind): Promise<readonly string[]> {
		return (await once(this.records, kind, async () => await this.read(kind))).map(({ name }) => name);
	}

	private async read(kind: RecordKind): Promise<readonly NamedRecord[]> {
		const { path, key, purpose } = RECORD_KINDS[kind];
		const rows = await this.account.scope([], 'lookup').readRows({ path, purpose }, key);
		const records = toNamedRecords(rows);
		knownRecords.set(this.account.keyOf(kind), records);
		return records;
	}
}

/** Rows of `/lists` or `/automations`; those without an id are left out. */
export function toNamedRecords(rows: readonly JsonObject[]): NamedRecord[] {
	return rows
		.map((row) => ({
			id: idOf(row['id']),
			name: textOf(row['name']) || idOf(row['id']),
			...(isSmsList(row) ? { isSms: true } : {}),
		}))
		.filter(({ id }) => id !== '');
}

function withName(records: readonly NamedRecord[], name: string): readonly NamedRecord[] {
	const exact = records.filter((record) => record.name === name);
	if (exact.length > 0) return exact;
	const same = records.filter((record) => normalizeName(record.name) === normalizeName(name));
	if (same.length > 0) return same;
	return records.filter(
		(record) => normalizeName(listLabel(record.name, record.isSms)) === normalizeName(name),
	);
}
