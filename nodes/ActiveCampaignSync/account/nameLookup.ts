import { idOf, isObject, type JsonObject } from '../shared/json';
import { settle } from '../shared/result';
import { LINKED_RECORDS, namesIn, type LinkedPart } from './recordNames';
import type { Account } from './account';
import { once } from '../shared/memo';

const PURPOSES = {
	contactLists: { action: 'read the lists', permission: 'see lists' },
	contactTags: { action: 'read the tags', permission: 'see tags' },
	contactAutomations: { action: 'read the automations', permission: 'see automations' },
	accountContacts: { action: 'read the account of the contact', permission: 'see accounts' },
} as const;

/** The names of records by their IDs, for contacts whose response does not name them; each is read once in a run. */
export class NameLookup {
	private readonly catalogs = new Map<LinkedPart, Promise<ReadonlyMap<string, string>>>();
	private readonly companies = new Map<string, Promise<ReadonlyMap<string, string>>>();

	constructor(private readonly account: Account) {}

	/**
	 * The names of these records, as far as the account has them. Lists, tags and automations are read all at once;
	 * accounts may be many thousands, so each is read by itself.
	 * @throws AccountFailure
	 */
	async names(part: LinkedPart, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
		if (part !== 'accountContacts')
			return await once(this.catalogs, part, async () => await this.readAll(part));
		const found = ids.map(
			async (id) => await once(this.companies, id, async () => await this.readCompany(id)),
		);
		return new Map((await Promise.all(found)).flatMap((names) => [...names]));
	}

	private async readAll(part: LinkedPart): Promise<ReadonlyMap<string, string>> {
		const { collection } = LINKED_RECORDS[part];
		const request = { path: `/${collection}`, purpose: PURPOSES[part] };
		return namesIn(part, await this.account.scope([], 'lookup').readRows(request, collection));
	}

	private async readCompany(id: string): Promise<ReadonlyMap<string, string>> {
		const request = {
			method: 'GET',
			path: `/accounts/${id}`,
			purpose: PURPOSES.accountContacts,
			hasData: (body: JsonObject) => isObject(body['account']) && idOf(body['account']['id']) === id,
		} as const;
		const { value: response, failure } = await settle(this.account.scope([], 'lookup').call(request));
		if (failure?.kind === 'notFound') return new Map();
		if (failure) throw failure;
		return namesIn('accountContacts', [response.body['account']].filter(isObject));
	}
}
