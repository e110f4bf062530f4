import type { Account } from '../../account/account';
import { textOf, type JsonObject } from '../../shared/json';
import { ANY_STATUS } from '../../account/contactReads';
import { emailKey } from '../../input/email';
import type { ImportEntry } from './importBatches';

type Query = ReadonlyArray<readonly [string, string]>;

/** A filter by which contacts can be asked for by their ids. */
interface Filter {
	/** How many ids one request asks for, from the smallest on. */
	readonly asksAbout: number;
	readonly query: (ids: readonly string[]) => Query;
	/** Whether the response may contain this contact; if not, the account ignores the filter. */
	readonly allows: (id: string, ids: readonly string[]) => boolean;
}

/** Both are in the vendor's description. With the first, 100 ids fill one page, and a URL of about 2,000 characters. */
const FILTERS: readonly Filter[] = [
	{
		asksAbout: 100,
		query: (ids) => ids.map((id) => ['ids[]', id]),
		allows: (id, ids) => ids.includes(id),
	},
	{
		asksAbout: 1,
		query: ([smallest]) => [
			['id_greater', String(Number(smallest) - 1)],
			['orders[id]', 'ASC'],
		],
		allows: (id, [smallest]) => Number(id) >= Number(smallest),
	},
];

/** Without such filters, larger batches are not looked up address by address: that would take a minute for each. */
const MAX_ASKED_BY_ADDRESS = 100;

const PURPOSE = { action: 'read the imported contacts', permission: 'see contacts' };

/**
 * The addresses, as keys (see `emailKey`), that belong to the ids of imported contacts: an import's info lists the
 * imported contacts by id only.
 * @param open the contacts that may be among them
 * @throws AccountFailure
 */
export async function importedEmails(
	account: Account,
	ids: ReadonlySet<string>,
	open: readonly ImportEntry[],
): Promise<Set<string>> {
	const found = new Map<string, string>();
	const note = (rows: readonly JsonObject[]) => {
		for (const row of rows) {
			const id = textOf(row['id']);
			if (ids.has(id)) found.set(id, emailKey(textOf(row['email'])));
		}
	};
	const scope = account.scope([], 'background');
	const read = async (query: Query) => {
		const { rows } = await scope.readPage(
			{ path: '/contacts', query: [...query, ANY_STATUS], purpose: PURPOSE },
			'contacts',
			0,
		);
		note(rows);
		return rows.map((row) => textOf(row['id']));
	};
	const bySize = [...ids].sort((one, other) => Number(one) - Number(other));
	const readWith = async ({ asksAbout, query, allows }: Filter): Promise<boolean> => {
		for (let left = bySize.filter((id) => !found.has(id)); left.length > 0;) {
			const asked = left.slice(0, asksAbout);
			const returned = await read(query(asked));
			if (!returned.every((id) => allows(id, asked))) return false;
			const rest = left.filter((id) => !found.has(id));
			// A contact that is not returned even then cannot be seen, e.g. because it was deleted in the meantime.
			left = rest.length < left.length ? rest : rest.slice(asksAbout);
		}
		return true;
	};
	for (const filter of FILTERS) if (await readWith(filter)) return new Set(found.values());
	if (open.length <= MAX_ASKED_BY_ADDRESS) {
		for (const { contact } of open) if (found.size < ids.size) await read([['email', contact.email]]);
	}
	return new Set(found.values());
}
