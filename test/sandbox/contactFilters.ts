import type { SandboxContact } from './model';
import type { Call } from './router';

type Filter = (contact: SandboxContact) => boolean;

const ANY_STATUS = '-1';
const ACTIVE = '1';
const EVERYBODY: Filter = () => true;
const NOBODY: Filter = () => false;

/**
 * The contacts that `GET /contacts` lists: those that pass all of `email_like`, `search`, `ids[]` (repeated), `id_greater`,
 * `tagid`, `listid`, `status`, `segmentid`, `filters[created_after]` and `filters[updated_after]`.
 */
export function contactFilter(call: Call): Filter {
	const filters = [byAddress, byIds, byTag, byMembership, bySegment, byDates].map((make) => make(call));
	return (contact) => filters.every((passes) => passes(contact));
}

function byAddress({ query }: Call): Filter {
	const part = (query.get('email_like') ?? query.get('search') ?? '').toLowerCase();
	return ({ email }) => email.toLowerCase().includes(part);
}

function byIds({ query, settings }: Call): Filter {
	const ids = new Set(settings.unknownIdFilters.includes('ids') ? [] : query.getAll('ids[]'));
	const above = settings.unknownIdFilters.includes('id_greater') ? 0 : Number(query.get('id_greater'));
	return ({ id }) => (ids.size === 0 || ids.has(id)) && Number(id) > above;
}

function byTag({ query }: Call): Filter {
	const tagId = query.get('tagid');
	return tagId === null ? EVERYBODY : ({ tags }) => tags.has(tagId);
}

/** `status` is that of the list in `listid`; without one, of any list. */
function byMembership({ query, settings }: Call): Filter {
	const listId = query.get('listid');
	const status = query.get('status') ?? (settings.listsUnlessAsked === 'any' ? ANY_STATUS : ACTIVE);
	if (listId === null && status === ANY_STATUS) return EVERYBODY;
	return ({ lists }) =>
		[...lists].some(
			([id, membership]) =>
				(listId === null || id === listId) && (status === ANY_STATUS || String(membership.status) === status),
		);
}

/** The first request for a segment begins to look it up; until it is looked up, it is empty. */
function bySegment({ query, account, settings, nowMs }: Call): Filter {
	const segmentId = query.get('segmentid');
	if (segmentId === null) return EVERYBODY;
	const segment = account.segments.get(segmentId);
	if (!segment) return NOBODY;
	segment.askedAtMs ??= nowMs;
	return nowMs - segment.askedAtMs < settings.segmentMs ? NOBODY : segment.includes;
}

/** A day or a moment; one without an offset is in the account's time zone, as the contacts' own dates are. */
function byDates({ query }: Call): Filter {
	const [created, updated] = ['created', 'updated'].map((what) => query.get(`filters[${what}_after]`));
	return ({ cdate, udate }) => isAfter(cdate, created) && isAfter(udate, updated);
}

const OFFSET = /(Z|[+-]\d\d:?\d\d)$/;

function isAfter(date: string, moment: string | null | undefined): boolean {
	if (moment === null || moment === undefined) return true;
	if (OFFSET.test(moment)) return Date.parse(date) > Date.parse(moment);
	const local = moment.trim().replace(' ', 'T');
	return date.slice(0, 19) > (local.includes('T') ? local : `${local}T00:00:00`);
}

/** What `orders[…]=ASC` and `=DESC` compare; other orders are ignored. */
const ORDERS = new Map<string, (one: SandboxContact, other: SandboxContact) => number>([
	['id', (one, other) => Number(one.id) - Number(other.id)],
	['email', (one, other) => compare(one.email.toLowerCase(), other.email.toLowerCase())],
	['cdate', (one, other) => Date.parse(one.cdate) - Date.parse(other.cdate)],
	['udate', (one, other) => Date.parse(one.udate) - Date.parse(other.udate)],
]);

function compare(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

/** The contacts as `orders[id]`, `orders[email]`, `orders[cdate]` or `orders[udate]` asks, else in the order of their ids. */
export function inOrder({ query }: Call, contacts: SandboxContact[]): SandboxContact[] {
	for (const [key, order] of ORDERS) {
		const direction = query.get(`orders[${key}]`)?.toUpperCase();
		if (direction !== undefined)
			return contacts.toSorted((one, other) =>
				direction === 'DESC' ? order(other, one) : order(one, other),
			);
	}
	return contacts;
}
