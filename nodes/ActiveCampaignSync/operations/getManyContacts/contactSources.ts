import type { ContactPart, FoundContact } from '../../account/contactParts';
import { valuesRequest, type ContactReads } from '../../account/contactReads';
import { PAGE_SIZE, pageQuery, pagesById, pagesByOffset, totalOf } from '../../account/paging';
import type { Query } from '../../account/request';
import type { RequestScope } from '../../account/requestScope';
import { pause } from '../../account/throttle';
import { includesStoredValue, kindOf } from '../../fields/fieldValue';
import { InputError } from '../../shared/failure';
import { idOf, textOf, type JsonObject } from '../../shared/json';
import type { ContactQuery } from './contactFilters';

/** How long to wait before a segment without contacts is asked for again: the account may still be looking them up (milliseconds). */
const SEGMENT_WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** How contacts are to be read. */
interface Reading {
	readonly reads: ContactReads;
	/** The calls for one page share a scope, and so the time for tries. */
	readonly newScope: () => RequestScope;
	readonly parts: readonly ContactPart[];
	/** How many contacts the first page is to have. */
	readonly firstSize: number;
}

/**
 * The contacts to which the filters may apply, in pages, each contact once: those to whom they do apply are among
 * them, except for some who change meanwhile.
 * @throws AccountFailure; InputError for a segment that does not filter
 */
export function contactsOf(query: ContactQuery, reading: Reading): AsyncGenerator<readonly FoundContact[]> {
	const asked = query.filters.flatMap((filter) => filter.query);
	if (query.segmentId !== undefined) return inSegment(query.segmentId, reading);
	const spellings = query.fieldValue && kindOf(query.fieldValue.field).spellings?.(query.fieldValue.wanted);
	if (query.fieldValue && spellings && asked.length === 0)
		return withValue(query.fieldValue, spellings, reading);
	return listed(asked, reading);
}

function listed(query: Query, { reads, newScope, parts, firstSize }: Reading) {
	return pagesById(async (page) => await reads.page(newScope(), [...query, ...page], parts), firstSize);
}

/**
 * Asked for without other filters and by offset, since another order or filter makes the account look the segment up again:
 * "a segmented API request with a consistent sorting will return the same results for 1 hour".
 */
async function* inSegment(
	segmentId: string,
	{ reads, newScope, parts, firstSize }: Reading,
): AsyncGenerator<readonly FoundContact[]> {
	const query = [
		['segmentid', segmentId],
		['orders[id]', 'ASC'],
	] as const;
	const readPage = async (offset: number, size: number) =>
		await reads.page(newScope(), [...query, ...pageQuery(offset, size)], parts);
	let probe = await readPage(0, 1);
	for (const waitMs of SEGMENT_WAITS_MS) {
		if (probe.rows.length > 0) break;
		await pause(waitMs, newScope().signal);
		probe = await readPage(0, 1);
	}
	if (probe.rows.length === 0) return;
	const { total } = await reads.page(newScope(), pageQuery(0, 1), []);
	if (total !== undefined && total === probe.total) {
		throw new InputError(
			`The segment ${segmentId} does not filter: it has as many contacts as the account`,
			"Check 'Segment ID', or remove the filter to get all contacts",
		);
	}
	yield* pagesByOffset(readPage, firstSize);
}

/** By the account's list of values, then by ID: a few requests where the list of all contacts may be hundreds. */
async function* withValue(
	{ field, wanted }: NonNullable<ContactQuery['fieldValue']>,
	spellings: readonly string[],
	{ reads, newScope, parts }: Reading,
): AsyncGenerator<readonly FoundContact[]> {
	const known = new Set<string>();
	const isNew = (id: string) => id !== '' && !known.has(id) && known.add(id);
	const isMatch = ({ row }: { readonly row: JsonObject }) =>
		idOf(row['field']) === field.id && includesStoredValue(field, textOf(row['value']), wanted);
	for (const spelling of spellings) {
		const request = valuesRequest(field.id, spelling, 'look for contacts by their custom field');
		const readPage = async (offset: number) => {
			const { rows, body } = await newScope().readPage(request, 'fieldValues', offset);
			return { rows: rows.map((row) => ({ id: idOf(row['id']), row })), total: totalOf(body) };
		};
		for await (const page of pagesByOffset(readPage, PAGE_SIZE)) {
			const ids = page.filter(isMatch).map(({ row }) => idOf(row['contact']));
			const fresh = ids.filter(isNew);
			if (fresh.length > 0) yield await reads.everyById(newScope(), fresh, parts);
		}
	}
}
