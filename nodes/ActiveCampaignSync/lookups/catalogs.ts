import { toCustomFields } from '../contact/fields/customField';
import { FieldCatalog } from '../contact/fields/fieldCatalog';
import { tagKey } from '../contact/steps/tagNames';
import type { Account } from '../transport/account';
import type { CallPurpose } from '../transport/request';
import { AccountFailure } from '../shared/failure';
import { RetryBudget } from '../transport/retryState';
import { settle } from '../shared/result';
import { isObject, textOf, type JsonObject } from '../shared/json';
import { TtlCache } from './ttlCache';

/** A list or an automation, as a picker shows it. */
export interface NamedRecord {
	readonly id: string;
	readonly name: string;
}

/** A tag that a contact is to get. */
export interface TagToAdd {
	readonly id: string;
	/** This call created it: the account had no tag of that name. */
	readonly isCreated: boolean;
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

const FIELDS_PURPOSE: CallPurpose = { action: 'read the custom fields', permission: 'see custom fields' };
const TAGS_PURPOSE: CallPurpose = { action: 'look up tags', permission: 'see tags' };
const NEW_TAG_PURPOSE: CallPurpose = { action: 'create a tag', permission: 'manage tags' };

/**
 * How long ids found by name are remembered for later executions (milliseconds). A form that is sent once a second
 * need not look up the same tags each time; a renamed tag is noticed within the minute.
 */
const REMEMBER_IDS_MS = 60_000;

/** What was found, by account and name; never a failure, and never that something is missing. */
const knownTags = new TtlCache<string>(REMEMBER_IDS_MS);
const knownRecords = new TtlCache<readonly NamedRecord[]>(REMEMBER_IDS_MS);
/** Reads of all custom fields under way: executions that begin meanwhile share them. */
const fieldReads = new Map<string, Promise<FieldCatalog>>();

/** What an execution looks up in its account, each thing once however many items ask for it. */
export class Catalogs {
	private readonly fieldCatalog = new Map<'fields', Promise<FieldCatalog>>();
	private readonly tags = new Map<string, Promise<string | undefined>>();
	private readonly newTags = new Map<string, Promise<string>>();
	private readonly goneTags = new Set<string>();
	private readonly records = new Map<RecordKind, Promise<readonly NamedRecord[]>>();

	constructor(private readonly account: Account) {}

	/** All custom fields of the account. @throws AccountFailure */
	async fields(): Promise<FieldCatalog> {
		return await once(this.fieldCatalog, 'fields', async () => {
			const underWay = fieldReads.get(this.account.keyOf('fields'));
			if (!underWay) return await this.readFields();
			// Only this execution is not stopped when the other one is.
			const shared = await underWay.catch((thrown: unknown) => {
				if (thrown instanceof AccountFailure && thrown.kind === 'stopped') return undefined;
				throw thrown;
			});
			return shared ?? (await this.readFields());
		});
	}

	/** The id of a tag, or undefined if the account has none of that name. @throws AccountFailure */
	async tagId(name: string): Promise<string | undefined> {
		return await once(this.tags, tagKey(name), async () => {
			const known = knownTags.get(this.account.keyOf(tagKey(name)));
			if (known !== undefined) return known;
			const id = await this.findTag(name);
			// Not prolonged by being used: a tag that was renamed must be noticed.
			if (id !== undefined) knownTags.set(this.account.keyOf(tagKey(name)), id);
			return id;
		});
	}

	/**
	 * The id of a tag that a contact is to get; the tag is created if the account has none of that name.
	 * @param mayHaveIt whether the contact may have it already, so that nothing is to be written before this is known.
	 * A contact that lacks it for certain gets it by one request: creating a tag answers with the one that is there.
	 * @throws AccountFailure
	 */
	async tagToAdd(name: string, mayHaveIt: boolean): Promise<TagToAdd> {
		// Whichever others have begun is shared.
		const begun = mayHaveIt ? this.newTags.get(tagKey(name)) : this.tags.get(tagKey(name));
		const shared = begun && (await begun.catch(() => undefined));
		const id = shared ?? (mayHaveIt ? await this.tagId(name) : undefined);
		if (id !== undefined) return { id, isCreated: false };
		const { value: created, failure } = await settle(this.createTag(name));
		if (!failure) return created;
		// Who may not create tags may still use those that are there.
		const isRefused = failure.kind === 'forbidden' || failure.kind === 'rejected';
		const found = isRefused && !mayHaveIt ? await this.tagId(name) : undefined;
		if (found !== undefined) return { id: found, isCreated: false };
		throw failure;
	}

	/** Creates a contact tag; a hundred items that want the same one create it once. @throws AccountFailure */
	private async createTag(name: string): Promise<TagToAdd> {
		// Of several items that wait for one new tag, only the one that asked for it first has created it.
		let isCreated = false;
		const id = await once(this.newTags, tagKey(name), async () => {
			const known = knownTags.get(this.account.keyOf(tagKey(name)));
			if (known !== undefined) return known;
			const { statusCode, body } = await this.account.call(
				{
					method: 'POST',
					path: '/tags',
					// Without tagType the tag is not shown in ActiveCampaign. A tag of that name is answered as it is, and gets no
					// description from here.
					body: { tag: { tag: name, tagType: 'contact' } },
					purpose: NEW_TAG_PURPOSE,
				},
				new RetryBudget('lookup'),
			);
			const id = isObject(body['tag']) ? textOf(body['tag']['id']) : '';
			if (id === '') {
				throw new AccountFailure(
					'noData',
					`ActiveCampaign gave no id for the new tag '${name}'`,
					'Run the item again',
				);
			}
			knownTags.set(this.account.keyOf(tagKey(name)), id);
			this.tags.set(tagKey(name), Promise.resolve(id));
			// "201, or 200 with the existing tag".
			isCreated = statusCode === 201;
			return id;
		});
		return { id, isCreated };
	}

	/** To be called when the tag of that id turns out to be gone, so that the name is looked up anew: once for each id. */
	forgetTag(name: string, id: string): void {
		if (this.goneTags.has(id)) return;
		this.goneTags.add(id);
		knownTags.delete(this.account.keyOf(tagKey(name)));
		this.tags.delete(tagKey(name));
		this.newTags.delete(tagKey(name));
	}

	/**
	 * The list or automation of a name, matched without regard to case and outer blanks, exact matches first.
	 * Undefined if there is none, several when they share the name.
	 * @throws AccountFailure
	 */
	async named(kind: RecordKind, name: string): Promise<readonly NamedRecord[]> {
		const known = knownRecords.get(this.account.keyOf(kind));
		const remembered = known ? withName(known, name) : [];
		if (remembered.length > 0) return remembered;
		return withName(await once(this.records, kind, async () => await this.readRecords(kind)), name);
	}

	private async readFields(): Promise<FieldCatalog> {
		const reading = this.account
			.readAll({ path: '/fields', purpose: FIELDS_PURPOSE }, 'fields', new RetryBudget('lookup'), [
				'fieldOptions',
			])
			.then(
				(found) =>
					new FieldCatalog(toCustomFields(found.get('fields') ?? [], found.get('fieldOptions') ?? [])),
			);
		const key = this.account.keyOf('fields');
		fieldReads.set(key, reading);
		try {
			return await reading;
		} finally {
			fieldReads.delete(key);
		}
	}

	private async findTag(name: string): Promise<string | undefined> {
		const request = { path: '/tags', query: [['filters[search][eq]', name]] as const, purpose: TAGS_PURPOSE };
		const found = (await this.account.readAll(request, 'tags', new RetryBudget('lookup'))).get('tags') ?? [];
		const same = found.filter((tag) => tagKey(textOf(tag['tag'])) === tagKey(name) && isContactTag(tag));
		return same.map((tag) => textOf(tag['id'])).find((id) => id !== '');
	}

	private async readRecords(kind: RecordKind): Promise<readonly NamedRecord[]> {
		const { path, key, purpose } = RECORD_KINDS[kind];
		const records = (
			(await this.account.readAll({ path, purpose }, key, new RetryBudget('lookup'))).get(key) ?? []
		).map(toNamedRecord);
		knownRecords.set(this.account.keyOf(kind), records);
		return records;
	}
}

/** A row of `/lists` or `/automations`. */
export function toNamedRecord(row: JsonObject): NamedRecord {
	const id = textOf(row['id']);
	return { id, name: textOf(row['name']) || id };
}

function withName(records: readonly NamedRecord[], name: string): readonly NamedRecord[] {
	const exact = records.filter((record) => record.name === name);
	if (exact.length > 0) return exact;
	const loose = name.trim().toLowerCase();
	return records.filter((record) => record.name.trim().toLowerCase() === loose);
}

/** Tags of templates share names with those of contacts. */
function isContactTag(tag: JsonObject): boolean {
	const type = textOf(tag['tagType']);
	return type === '' || type === 'contact';
}

/** Shares one read among all who ask for it. A refusal for lack of rights stays, other failures may pass. */
async function once<Key, Value>(
	reads: Map<Key, Promise<Value>>,
	key: Key,
	read: () => Promise<Value>,
): Promise<Value> {
	const known = reads.get(key);
	if (known) return await known;
	const started = read();
	reads.set(key, started);
	const forget = (thrown: unknown) => {
		const isFinal = thrown instanceof AccountFailure && thrown.kind === 'forbidden';
		if (!isFinal) reads.delete(key);
	};
	started.catch(forget);
	return await started;
}
