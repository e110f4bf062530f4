import { AccountFailure } from '../shared/failure';
import { isObject, objectsIn, textOf, type JsonObject } from '../shared/json';
import type { CallPurpose, Query } from './request';

/** "limit: 100 at most" for all lists of records. */
export const PAGE_SIZE = 100;

/** One page of a list of records, and the offset of the next one if there is one. */
export interface Page {
	readonly rows: JsonObject[];
	/** The whole response, with what was side-loaded. */
	readonly body: JsonObject;
	readonly next?: number;
}

/** The query that asks for the page at an offset. */
export function pageQuery(offset: number, size = PAGE_SIZE): Query {
	return [
		['limit', String(size)],
		['offset', String(offset)],
	];
}

/**
 * Reads a page's rows off its response. Another one follows until `meta.total` is reached, which may be a string; or, in a
 * list without a total, after a full page.
 * @param key the list's name in the response, e.g. `fields`
 */
export function readPageResponse(body: JsonObject, key: string, offset: number): Page {
	const rows = objectsIn(body[key]);
	const next = offset + rows.length;
	const total = totalOf(body);
	const hasMore = total === undefined ? rows.length >= PAGE_SIZE : next < total;
	return { rows, body, next: rows.length > 0 && hasMore ? next : undefined };
}

/** How many records a list has, which may be a string; undefined where its response does not say. */
export function totalOf(body: JsonObject): number | undefined {
	const total = isObject(body['meta']) ? textOf(body['meta']['total']) : '';
	return /^\d+$/.test(total) ? Number(total) : undefined;
}

/**
 * More pages than this are not read (20,000 records): far above the custom fields, lists, tags or automations of any real
 * account, while a list that returns new ids on every page would never end.
 */
const MAX_PAGES = 200;

/**
 * All records of a list, each once, whatever is added or deleted meanwhile. Ends after the last page, and when a page brings
 * nothing new.
 * @param readPage reads the page at an offset
 * @param sideLoaded names of lists that come along, e.g. `fieldOptions`
 * @returns the rows by the names of their lists
 * @throws AccountFailure for a list that does not end, and what `readPage` throws
 */
export async function readAllPages(
	readPage: (offset: number) => Promise<Page>,
	{ action }: CallPurpose,
	key: string,
	sideLoaded: readonly string[] = [],
): Promise<Map<string, JsonObject[]>> {
	const found = new Map([key, ...sideLoaded].map((name) => [name, new Map<string, JsonObject>()] as const));
	let count = 0;
	const readNext = async (offset: number) => {
		if (count === MAX_PAGES) throw endlessList(action);
		count += 1;
		const { rows, body } = await readPage(offset);
		return { rows: rows.map((row) => ({ id: textOf(row['id']), body })), total: totalOf(body) };
	};
	for await (const page of pagesByOffset(readNext, PAGE_SIZE)) {
		for (const [name, records] of found) {
			for (const row of objectsIn(page[0]?.body[name])) records.set(textOf(row['id']), row);
		}
	}
	return new Map([...found].map(([name, records]) => [name, [...records.values()]]));
}

function endlessList(action: string): AccountFailure {
	return new AccountFailure(
		'noData',
		`ActiveCampaign could not ${action}: its list did not end after ${MAX_PAGES * PAGE_SIZE} records`,
		'No account has that many. Ask ActiveCampaign support, or check whether there is a proxy in between',
		{ isFinal: true },
	);
}

/** One page of a list, and how many records the list has, where its response says so. */
interface ListPage<Row> {
	readonly rows: readonly Row[];
	readonly total: number | undefined;
}

interface Identified {
	/** Digits; '' for a row without one. */
	readonly id: string;
}

const IN_ORDER = ['orders[id]', 'ASC'] as const;

/** How many records of the page before a page by offset begins with: so many may be deleted meanwhile without a further request. */
const OVERLAP = 5;

/**
 * All records of a list in pages, each record once, whatever is added or deleted meanwhile: those after the latest ID, or
 * by offset where the account ignores `id_greater` or the order.
 * @param firstSize how many records the first page is to have
 */
export async function* pagesById<Row extends Identified>(
	readPage: (query: Query) => Promise<ListPage<Row>>,
	firstSize: number,
): AsyncGenerator<readonly Row[]> {
	const seen = new Set<string>();
	let latest = 0;
	for (let size = firstSize; ; size = PAGE_SIZE) {
		const { rows, total } = await readPage([
			IN_ORDER,
			['id_greater', String(latest)],
			['limit', String(size)],
		]);
		if (!isAscending(latest, rows)) break;
		for (const { id } of rows) seen.add(id);
		yield rows;
		// An account may count the records before this page too; then the next page is empty.
		if (rows.length === 0 || !hasMore(rows.length, total, size)) return;
		latest = Number(rows.at(-1)?.id);
	}
	yield* pagesByOffset(
		async (offset, size) => await readPage([IN_ORDER, ...pageQuery(offset, size)]),
		PAGE_SIZE,
		seen,
	);
}

/**
 * The same by offset. A record that is deleted moves those after it to the page before: so each page begins with records of
 * the page before, and where it does not, earlier ones are read again.
 * @param seen the IDs of records that are known, and stand at the beginning of the list
 */
export async function* pagesByOffset<Row extends Identified>(
	readPage: (offset: number, size: number) => Promise<ListPage<Row>>,
	firstSize: number,
	seen = new Set<string>(),
): AsyncGenerator<readonly Row[]> {
	let start = Math.max(0, seen.size - OVERLAP);
	let step = PAGE_SIZE - OVERLAP;
	for (let size = firstSize; ; size = PAGE_SIZE) {
		const { rows, total } = await readPage(start, size);
		const [first] = rows;
		if (start > 0 && (!first || !seen.has(first.id))) {
			start = Math.max(0, start - step);
			continue;
		}
		const fresh = rows.filter(({ id }) => !seen.has(id));
		for (const { id } of fresh) seen.add(id);
		// An account that ignores the offset returns the same page for ever.
		if (fresh.length === 0) return;
		yield fresh;
		if (!hasMore(start + rows.length, total, start + size)) return;
		step = Math.max(1, rows.length - OVERLAP);
		start += step;
	}
}

/** @param full what `read` is after a full page, which others may follow where the total is unknown */
function hasMore(read: number, total: number | undefined, full: number): boolean {
	return total === undefined ? read >= full : read < total;
}

function isAscending(latest: number, rows: readonly Identified[]): boolean {
	const ids = [latest, ...rows.map(({ id }) => Number(id))];
	return ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0));
}
