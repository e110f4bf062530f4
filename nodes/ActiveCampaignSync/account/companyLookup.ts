import { companyKey } from '../steps/companyLink';
import { AccountFailure } from '../shared/failure';
import { settle } from '../shared/result';
import { quote } from '../shared/text';
import { idOf, isObject, textOf } from '../shared/json';
import type { Account } from './account';
import { once } from '../shared/memo';
import { REMEMBER_IDS_MS, TtlCache } from '../shared/ttlCache';

/** A company that a contact is to be linked to. */
export interface CompanyToLink {
	readonly id: string;
	/** This call created it: the account had no company of that name. */
	readonly isCreated: boolean;
}

const PURPOSE = { action: 'look up companies', permission: 'see accounts' };
const CREATE_PURPOSE = { action: 'create a company', permission: 'add accounts' };

/** What was found, by account and name; never a failure, and never that something is missing. */
const knownCompanies = new TtlCache<string>(REMEMBER_IDS_MS);

/** The companies of the account, which the API calls accounts: each name looked up once however many items ask for it. */
export class CompanyLookup {
	private readonly companies = new Map<string, Promise<string | undefined>>();
	private readonly gone = new Set<string>();

	constructor(private readonly account: Account) {}

	/** The id of a company, or undefined if the account has none of that name. @throws AccountFailure */
	async find(name: string): Promise<string | undefined> {
		return await once(
			this.companies,
			companyKey(name),
			async () => knownCompanies.get(this.keyOf(name)) ?? (await this.read(name)),
		);
	}

	/**
	 * The id of a company, which is created if the account has none of that name. To be called for one name at a time.
	 * @throws AccountFailure
	 */
	async findOrCreate(name: string): Promise<CompanyToLink> {
		const known = knownCompanies.get(this.keyOf(name)) ?? (await this.find(name));
		return known === undefined ? await this.create(name) : { id: known, isCreated: false };
	}

	/** To be called when the company of that id turns out to be gone, so that the name is looked up again: once for each id. */
	forget(name: string, id: string): void {
		if (this.gone.has(id)) return;
		this.gone.add(id);
		knownCompanies.delete(this.keyOf(name));
		this.companies.delete(companyKey(name));
	}

	private async create(name: string): Promise<CompanyToLink> {
		const creation = this.account.scope([], 'lookup').call({
			method: 'POST',
			path: '/accounts',
			body: { account: { name } },
			purpose: CREATE_PURPOSE,
			hasData: (response) => isObject(response['account']),
		});
		const { value: response, failure } = await settle(creation);
		const body = response?.body['account'];
		const created = isObject(body) ? idOf(body['id']) : '';
		if (created !== '') return { id: this.remember(name, created), isCreated: true };
		if (!failure) throw withoutId(name);
		// "422 duplicate": somebody else has created it meanwhile, or a try of this call whose response was lost.
		const found = failure.kind === 'rejected' ? await this.read(name) : undefined;
		if (found === undefined) throw failure;
		return { id: found, isCreated: failure.details.outcomeUnknown === true };
	}

	/** `search` finds parts of names. */
	private async read(name: string): Promise<string | undefined> {
		const request = { path: '/accounts', query: [['search', name]] as const, purpose: PURPOSE };
		const found = await this.account.scope([], 'lookup').readRows(request, 'accounts');
		const id = found
			.filter((row) => companyKey(textOf(row['name'])) === companyKey(name))
			.map((row) => idOf(row['id']))
			.find((one) => one !== '');
		return id === undefined ? undefined : this.remember(name, id);
	}

	private remember(name: string, id: string): string {
		knownCompanies.set(this.keyOf(name), id);
		this.companies.set(companyKey(name), Promise.resolve(id));
		return id;
	}

	private keyOf(name: string): string {
		return this.account.keyOf(`company ${companyKey(name)}`);
	}
}

function withoutId(name: string): AccountFailure {
	return new AccountFailure(
		'noData',
		`ActiveCampaign returned no id for the new company ${quote(name)}`,
		'Run the item again',
	);
}
