import type { Client } from './client';
import { isOwnName } from './names';
import { at, outcome, rowsOf, text } from './read';
import type { OwnRecord, RecordKind } from './run';

interface Shelf {
	kind: RecordKind;
	rows: string;
	name: string;
	/** Narrows what the account gives, where it knows the filter; the names are compared here in any case. */
	query: string;
}

/** Where records of the contract can be, in the order in which they are removed. */
const SHELVES: readonly Shelf[] = [
	{
		kind: '/contacts',
		rows: 'contacts',
		name: 'email',
		query: 'status=-1&email_like=contract-&',
	},
	{ kind: '/accounts', rows: 'accounts', name: 'name', query: 'search=contract-&' },
	{ kind: '/tags', rows: 'tags', name: 'tag', query: 'search=contract-&' },
	{ kind: '/lists', rows: 'lists', name: 'name', query: '' },
	{ kind: '/fields', rows: 'fields', name: 'title', query: '' },
];

const PAGE_SIZE = 100;
/** An account with more than this many records of one kind is not searched to its end. */
const MAX_PAGES = 200;
const MAX_ROUNDS = 3;

/** What was looked for and removed. */
export interface Cleanup {
	removed: OwnRecord[];
	/** Records that are still there, and kinds that could not be read, each with the reason. */
	problems: string[];
}

/** All records of the contract, or of one run of it, found by their names. */
export async function findOwn(
	client: Client,
	runName = '',
): Promise<{ found: OwnRecord[]; problems: string[] }> {
	const found: OwnRecord[] = [];
	const problems: string[] = [];
	for (const shelf of SHELVES) {
		const { records, problem } = await findOn(shelf, client);
		found.push(...records);
		if (problem) problems.push(problem);
	}
	const isOfRun = ({ name }: OwnRecord) => name.toLowerCase().includes(runName.toLowerCase());
	return { found: found.filter(isOfRun), problems };
}

/** Removes the given records and all others of the contract, or of one run of it, and looks again until there are none. */
export async function removeOwn(
	client: Client,
	known: readonly OwnRecord[] = [],
	runName = '',
): Promise<Cleanup> {
	const removed = new Map<string, OwnRecord>();
	let failed = new Map<string, string>();
	let unread: string[] = [];
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const { found, problems } = await findOwn(client, runName);
		unread = problems;
		failed = new Map();
		// A record that is found no more is gone, although its DELETE was refused, e.g. since somebody else removed it.
		const mayBeThere = round === 0 || unread.length > 0 ? known : [];
		const left = new Map([...mayBeThere, ...found].map((record) => [`${record.kind}/${record.id}`, record]));
		for (const path of removed.keys()) left.delete(path);
		if (left.size === 0) break;
		for (const [path, record] of inOrder(left)) {
			const reply = await client.call('DELETE', path);
			const isGone = (reply.status >= 200 && reply.status < 300) || reply.status === 404;
			if (isGone) removed.set(path, record);
			else failed.set(path, `${record.name} (${path}) could not be removed: ${outcome(reply)}`);
		}
	}
	return { removed: [...removed.values()], problems: [...unread, ...failed.values()] };
}

function inOrder(records: ReadonlyMap<string, OwnRecord>): Array<[string, OwnRecord]> {
	const order = SHELVES.map(({ kind }) => kind);
	return [...records].sort(([, one], [, other]) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

async function findOn(
	{ kind, rows, name, query }: Shelf,
	client: Client,
): Promise<{ records: OwnRecord[]; problem?: string }> {
	const records: OwnRecord[] = [];
	const seen = new Set<string>();
	for (let page = 0; page < MAX_PAGES; page++) {
		const reply = await client.call('GET', `${kind}?${query}limit=${PAGE_SIZE}&offset=${seen.size}`);
		if (!Array.isArray(at(reply.body, rows)))
			return { records, problem: `${kind} could not be searched: ${outcome(reply)}` };
		const before = seen.size;
		for (const row of rowsOf(reply, rows)) {
			const id = text(row.id);
			const called = row[name];
			// An id that is not a number has no place in the path of a DELETE.
			if (!seen.has(id) && /^\d+$/.test(id) && isOwnName(called)) records.push({ kind, id, name: called });
			seen.add(id);
		}
		const total = text(at(reply.body, 'meta', 'total'));
		if (seen.size === before || (total !== '' && seen.size >= Number(total))) return { records };
	}
	return { records, problem: `${kind} was searched up to ${seen.size} records only` };
}
