import type { Call } from '../router';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** The page a call asks for with `limit` (20, at most 100) and `offset`, and the total as the API writes it. */
export function pageOf<T>(
	{ query }: Pick<Call, 'query'>,
	records: readonly T[],
): { rows: T[]; meta: { total: string } } {
	const asked = wholeNumber(query.get('limit')) || DEFAULT_LIMIT;
	const offset = wholeNumber(query.get('offset'));
	return {
		rows: records.slice(offset, offset + Math.min(asked, MAX_LIMIT)),
		meta: { total: String(records.length) },
	};
}

/** What hangs on a contact: all of it, or a page where the settings say so. */
export function linksOf<T>(call: Call, records: readonly T[]): T[] {
	return call.settings.pagedContactLinks ? pageOf(call, records).rows : [...records];
}

function wholeNumber(text: string | null): number {
	return text !== null && /^\d+$/.test(text) ? Number(text) : 0;
}

/** Whether a name passes `filters[key][eq]=`, `filters[key]=` (both exact) and `filters[key][contains]=`; case is ignored. */
export function passesFilters({ query }: Call, key: string, name: string): boolean {
	const lower = name.toLowerCase();
	const exact = query.get(`filters[${key}][eq]`) ?? query.get(`filters[${key}]`);
	const part = query.get(`filters[${key}][contains]`);
	return (
		(exact === null || lower === exact.toLowerCase()) && (part === null || lower.includes(part.toLowerCase()))
	);
}
