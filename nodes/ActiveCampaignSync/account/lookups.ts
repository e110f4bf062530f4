import type { FieldCatalog } from '../fields/fieldCatalog';
import type { Account } from './account';
import { CompanyLookup, type CompanyToLink } from './companyLookup';
import { FieldLookup } from './fieldLookup';
import { RecordLookup, type NamedRecord, type RecordKind } from './recordLookup';
import { TagLookup, type TagToAdd } from './tagLookup';

/** What an execution looks up in its account, each thing once however many items ask for it. */
export class Lookups {
	private readonly fieldLookup: FieldLookup;
	private readonly records: RecordLookup;
	private readonly tags: TagLookup;
	private readonly companies: CompanyLookup;

	constructor(account: Account) {
		this.fieldLookup = new FieldLookup(account);
		this.records = new RecordLookup(account);
		this.tags = new TagLookup(account);
		this.companies = new CompanyLookup(account);
	}

	/** See `FieldLookup.all`. */
	async fields(): Promise<FieldCatalog> {
		return await this.fieldLookup.all();
	}

	/** See `RecordLookup.named`. */
	async named(kind: RecordKind, name: string): Promise<readonly NamedRecord[]> {
		return await this.records.named(kind, name);
	}

	/** See `RecordLookup.withId`. */
	async withId(kind: RecordKind, id: string): Promise<NamedRecord | undefined> {
		return await this.records.withId(kind, id);
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

	/** See `CompanyLookup.find`. */
	async companyId(name: string): Promise<string | undefined> {
		return await this.companies.find(name);
	}

	/** See `CompanyLookup.findOrCreate`. */
	async companyToLink(name: string): Promise<CompanyToLink> {
		return await this.companies.findOrCreate(name);
	}

	/** See `CompanyLookup.forget`. */
	forgetCompany(name: string, id: string): void {
		this.companies.forget(name, id);
	}
}
