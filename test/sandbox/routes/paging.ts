import type { Call } from '../router';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** More rows than any account has. */
const FAR_TOO_MANY = 1_000_000;

type PagedCall = Pick<Call, 'path' | 'query' | 'settings'>;

/** The page a call asks for with `limit` (20, at most 100) and `offset`, and the total as the API writes it. */
export function pageOf<T extends { id: string }>(
	call: PagedCall,
	records: readonly T[],
): { rows: T[]; meta: { total: string } } {
	const { offset, limit } = windowOf(call);
	const falsely = call.settings.falsePages[call.path];
	return {
		rows: falsely === 'endless' ? endless(records, offset, limit) : records.slice(offset, offset + limit),
		meta: { total: String(falsely ? FAR_TOO_MANY : records.length) },
	};
}

/** What hangs on a contact: all of it, or a page where the settings say so. */
export function linksOf<T>(call: PagedCall, records: readonly T[]): T[] {
	const { offset, limit } = windowOf(call);
	return call.settings.pagedContactLinks ? records.slice(offset, offset + limit) : [...records];
}

/** As many rows as asked for, those of the account again and again under new ids. */
function endless<T extends { id: string }>(records: readonly T[], offset: number, limit: number): T[] {
	return Array.from({ length: limit }, (_, index) => records[(offset + index) % records.length]).flatMap(
		(record, index) =>
			record === undefined ? [] : [{ ...record, id: String(FAR_TOO_MANY + offset + index) }],
	);
}

function windowOf({ query }: PagedCall): { offset: number; limit: number } {
	const asked = wholeNumber(query.get('limit')) || DEFAULT_LIMIT;
	return { offset: wholeNumber(query.get('offset')), limit: Math.min(asked, MAX_LIMIT) };
}

function wholeNumber(text: string | null): number {
	return text !== null && /^\d+$/.test(text) ? Number(text) : 0;
}

/** Whether a name passes `filters[key][eq]=`, `filters[key]=` (both exact) and `filters[key][contains]=`, as the account compares names. */
export function passesFilters({ query, account }: Call, key: string, name: string): boolean {
	const collated = account.collate(name);
	const exact = query.get(`filters[${key}][eq]`) ?? query.get(`filters[${key}]`);
	const part = query.get(`filters[${key}][contains]`);
	return (
		(exact === null || collated === account.collate(exact)) &&
		(part === null || collated.includes(account.collate(part)))
	);
}
