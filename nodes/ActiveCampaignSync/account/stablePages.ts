import { PAGE_SIZE, pageQuery } from './paging';
import type { Query } from './request';

/** One page of a list, and how many records the list has, where its response says so. */
interface ListPage<Row> {
	readonly rows: readonly Row[];
	readonly total: number | undefined;
}

interface Identified {
	/** Digits. */
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
