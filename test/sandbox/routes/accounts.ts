import { json, noResult, refusedAttribute, type ApiResponse } from '../apiResponse';
import { accountRow } from '../catalogRows';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import { deleteCompany } from '../removals';
import type { Call, Route } from '../router';
import { pageOf } from './paging';

/** GET /accounts, paged; `search=` looks for a part of the name. The counts are computed on demand only. */
function listAccounts(call: Call): ApiResponse {
	const { query, account } = call;
	const part = account.collate(query.get('search') ?? '');
	const found = [...account.companies.values()].filter(({ name }) => account.collate(name).includes(part));
	const { rows, meta } = pageOf(call, found);
	return json(200, {
		accounts: rows.map((company) => ({ ...accountRow(company), contactCount: '0', dealCount: '0' })),
		meta,
	});
}

/** POST /accounts: 201, or 422 for a name that is there already, as the account compares names. */
function createAccount({ account, body }: Call): ApiResponse {
	const { name, accountUrl } = isRecord(body) && isRecord(body.account) ? body.account : {};
	if (typeof name !== 'string' || name.trim() === '')
		return refusedAttribute('name', 'field_missing', 'The API URL was not provided.');
	if (account.companyByName(name)) {
		const title = `An account named "${name}" already exists. Please choose a new name.`;
		return { ...refusedAttribute('name', 'duplicate', title), contentType: 'text/plain; charset=UTF-8' };
	}
	const company = account.addCompany(name, phpText(accountUrl) || null);
	return json(201, { account: { ...accountRow(company), fields: [] } });
}

function getAccount({ account }: Call, id: string): ApiResponse {
	const company = account.companies.get(id);
	return company ? json(200, { account: accountRow(company) }) : noResult('CustomerAccount', id);
}

export const accountRoutes: Route[] = [
	{ method: 'GET', path: '/accounts', permission: 'accounts', handle: listAccounts },
	{ method: 'POST', path: '/accounts', permission: 'accounts', handle: createAccount },
	{ method: 'GET', path: '/accounts/*', permission: 'accounts', handle: getAccount },
	{
		method: 'DELETE',
		path: '/accounts/*',
		permission: 'accounts',
		handle: ({ account }, id) =>
			deleteCompany(account, id) ? json(200, {}) : noResult('CustomerAccount', id),
	},
];
