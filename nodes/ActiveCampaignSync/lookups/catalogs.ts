import type { FieldCatalog } from '../contact/fields/fieldCatalog';
import type { Account } from '../transport/account';
import { FieldLookup } from './fieldLookup';
import { RecordLookup, type NamedRecord, type RecordKind } from './recordLookup';
import { TagLookup, type TagToAdd } from './tagLookup';

/** What an execution looks up in its account, each thing once however many items ask for it. */
export class Catalogs {
	private readonly fieldLookup: FieldLookup;
	private readonly records: RecordLookup;
	private readonly tags: TagLookup;

	constructor(account: Account) {
		this.fieldLookup = new FieldLookup(account);
		this.records = new RecordLookup(account);
		this.tags = new TagLookup(account);
	}

	/** See `FieldLookup.all`. */
	async fields(): Promise<FieldCatalog> {
		return await this.fieldLookup.all();
	}

	/** See `RecordLookup.named`. */
	async named(kind: RecordKind, name: string): Promise<readonly NamedRecord[]> {
		return await this.records.named(kind, name);
	}

	/** See `RecordLookup.names`. */
	async names(kind: RecordKind): Promise<readonly string[]> {
		return await this.records.names(kind);
	}

	/** See `TagLookup.find`. */
	async tagId(name: string): Promise<string | undefined> {
		return await this.tags.find(name);
	}

	/** See `TagLookup.toAdd`. */
	async tagToAdd(name: string, mayHaveIt: boolean): Promise<TagToAdd> {
		return await this.tags.toAdd(name, mayHaveIt);
	}

	/** See `TagLookup.forget`. */
	forgetTag(name: string, id: string): void {
		this.tags.forget(name, id);
	}
}
