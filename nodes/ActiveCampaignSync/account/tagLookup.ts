import { tagKey } from '../steps/tagNames';
import { AccountFailure } from '../shared/failure';
import { settle } from '../shared/result';
import { quote } from '../shared/text';
import { idOf, isObject, textOf, type JsonObject } from '../shared/json';
import type { Account } from './account';
import { once } from '../shared/memo';
import { REMEMBER_IDS_MS, TtlCache } from '../shared/ttlCache';

/** A tag that a contact is to get. */
export interface TagToAdd {
	readonly id: string;
	/** This call created it: the account had no tag of that name. */
	readonly isCreated: boolean;
}

const PURPOSE = { action: 'look up tags', permission: 'see tags' };
const CREATE_PURPOSE = { action: 'create a tag', permission: 'manage tags' };

/** What was found, by account and name; never a failure, and never that something is missing. */
const knownTags = new TtlCache<string>(REMEMBER_IDS_MS);

/** The account's tags, each name looked up or created once however many items ask for it. */
export class TagLookup {
	private readonly tags = new Map<string, Promise<string | undefined>>();
	private readonly newTags = new Map<string, Promise<string>>();
	private readonly goneTags = new Set<string>();

	constructor(private readonly account: Account) {}

	/** The id of a tag, or undefined if the account has no tag of that name. @throws AccountFailure */
	async find(name: string): Promise<string | undefined> {
		return await once(this.tags, tagKey(name), async () => {
			const known = this.remembered(name);
			if (known !== undefined) return known;
			const id = await this.read(name);
			// Not prolonged by being used: a tag that was renamed must be noticed.
			if (id !== undefined) knownTags.set(this.keyOf(name), id);
			return id;
		});
	}

	/**
	 * The id of a tag that a contact is to get; the tag is created if the account has no tag of that name.
	 * @param mayHaveIt whether the contact may have it already, so that nothing is to be written before this is known.
	 * A contact that lacks it for certain gets it by one request: creating a tag returns the one that exists.
	 * @throws AccountFailure
	 */
	async toAdd(name: string, mayHaveIt: boolean): Promise<TagToAdd> {
		// What other items have begun is shared.
		const begun = mayHaveIt ? this.newTags.get(tagKey(name)) : this.tags.get(tagKey(name));
		const shared = begun && (await begun.catch(() => undefined));
		const id = shared ?? (mayHaveIt ? await this.find(name) : undefined);
		if (id !== undefined) return { id, isCreated: false };
		const { value: created, failure } = await settle(this.create(name));
		if (!failure) return created;
		// Users who may not create tags may still use those that exist.
		const isRefused = failure.kind === 'forbidden' || failure.kind === 'rejected';
		const found = isRefused && !mayHaveIt ? await this.find(name) : undefined;
		if (found !== undefined) return { id: found, isCreated: false };
		throw failure;
	}

	/** To be called when the tag of that id turns out to be gone, so that the name is looked up again: once for each id. */
	forget(name: string, id: string): void {
		if (this.goneTags.has(id)) return;
		this.goneTags.add(id);
		knownTags.delete(this.keyOf(name));
		this.tags.delete(tagKey(name));
		this.newTags.delete(tagKey(name));
	}

	/** Creates a contact tag; of several items that wait for it, only the one that asked first has created it. */
	private async create(name: string): Promise<TagToAdd> {
		let isCreated = false;
		const id = await once(this.newTags, tagKey(name), async () => {
			const known = this.remembered(name);
			if (known !== undefined) return known;
			const { statusCode, body } = await this.account.scope([], 'lookup').call({
				method: 'POST',
				path: '/tags',
				// Without tagType the tag is not shown in ActiveCampaign. A tag of that name is returned as it is, and gets
				// no description from here.
				body: { tag: { tag: name, tagType: 'contact' } },
				purpose: CREATE_PURPOSE,
				hasData: (response) => isObject(response['tag']),
			});
			const created = isObject(body['tag']) ? idOf(body['tag']['id']) : '';
			if (created === '') throw withoutId(name);
			knownTags.set(this.keyOf(name), created);
			this.tags.set(tagKey(name), Promise.resolve(created));
			// "201, or 200 with the existing tag".
			isCreated = statusCode === 201;
			return created;
		});
		return { id, isCreated };
	}

	private async read(name: string): Promise<string | undefined> {
		const request = { path: '/tags', query: [['filters[search][eq]', name]] as const, purpose: PURPOSE };
		const found = await this.account.scope([], 'lookup').readRows(request, 'tags');
		const same = found.filter((tag) => tagKey(textOf(tag['tag'])) === tagKey(name) && isContactTag(tag));
		return same.map((tag) => idOf(tag['id'])).find((id) => id !== '');
	}

	private remembered(name: string): string | undefined {
		return knownTags.get(this.keyOf(name));
	}

	private keyOf(name: string): string {
		return this.account.keyOf(`tag ${tagKey(name)}`);
	}
}

/** Tags of templates share names with those of contacts. */
function isContactTag(tag: JsonObject): boolean {
	const type = textOf(tag['tagType']);
	return type === '' || type === 'contact';
}

function withoutId(name: string): AccountFailure {
	return new AccountFailure(
		'noData',
		`ActiveCampaign returned no ID for the new tag ${quote(name)}`,
		'Run the item again',
	);
}
