import { LIST_STATUS, type ContactPart, type Rows } from '../../account/contactParts';
import { ANY_STATUS } from '../../account/contactReads';
import type { Query } from '../../account/request';
import type { Lookups } from '../../account/lookups';
import type { CustomField } from '../../fields/field';
import { encodeFieldValue, includesStoredValue } from '../../fields/fieldValue';
import { encodeDateTime } from '../../fields/kinds/dates';
import {
	choice,
	isExpression,
	locatorId,
	locatorMode,
	locatorValue,
	type ItemParameters,
} from '../../input/parameters';
import { InputError } from '../../shared/failure';
import { idOf, isBlankValue, isObject, textOf, type JsonObject } from '../../shared/json';
import { normalizeName, quote, quoteValue } from '../../shared/text';
import { linksTo, noRecordNamed, recordNamed } from '../../steps/reference';

const LIST_STATUSES = ['active', 'unsubscribed', 'unconfirmed', 'bounced', 'any'] as const;

/** What the filters are called on screen. */
const TITLES = {
	tag: 'Tag',
	list: 'List',
	listStatus: 'List Status',
	segmentId: 'Segment ID',
	customField: 'Custom Field',
	customFieldValue: 'Custom Field Value',
	changedAfter: 'Changed After',
	createdAfter: 'Created After',
	emailContains: 'Email Contains',
} as const;
type FilterName = keyof typeof TITLES;

const LOCATORS: ReadonlySet<FilterName> = new Set(['tag', 'list', 'customField']);

/** The filters that an item gives. */
export type GivenFilters = Readonly<Partial<Record<FilterName, unknown>>>;

/** What a contact has to be: asked of the account, and checked against what comes back, since an account may ignore it. */
export interface ContactFilter {
	/** For `GET /contacts`; empty where that cannot be asked. */
	readonly query: Query;
	/** What of a contact has to be known to check it. */
	readonly part?: ContactPart;
	/** @param rows the contact's own rows of that part */
	readonly passes: (row: JsonObject, rows: Rows) => boolean;
}

/** All filters of an item. */
export interface ContactQuery {
	readonly filters: readonly ContactFilter[];
	/** The account alone knows who is in a segment. */
	readonly segmentId: string | undefined;
	/** A custom field that is to have a value, as it is stored. */
	readonly fieldValue: { readonly field: CustomField; readonly wanted: string } | undefined;
}

/**
 * The filters that are filled in. An AI model leaves those blank that it does not need; any other expression that gives
 * nothing is more likely a mistake, because of which everybody would be returned.
 * @throws InputError for such an expression
 */
export function readFilters(parameters: ItemParameters, itemIndex: number): GivenFilters {
	const resolved = parameters.value('filters', itemIndex, {});
	const written = parameters.raw['filters'];
	const given: Partial<Record<FilterName, unknown>> = {};
	for (const name of Object.keys(TITLES).filter(isFilterName)) {
		const valueIn = (filter: unknown) => (LOCATORS.has(name) ? locatorValue(filter) : filter);
		const value = isObject(resolved) ? resolved[name] : undefined;
		const expression = isObject(written) ? valueIn(written[name]) : undefined;
		if (!isBlankValue(valueIn(value))) given[name] = value;
		else if (isExpression(expression) && !expression.includes('$fromAI')) throw emptyFilter(name);
	}
	if (given.listStatus !== undefined && given.list === undefined) throw emptyFilter('list');
	if (given.customField !== undefined && given.customFieldValue === undefined)
		throw emptyFilter('customFieldValue');
	if (given.customFieldValue !== undefined && given.customField === undefined)
		throw emptyFilter('customField');
	return given;
}

/**
 * Looks up what the filters name.
 * @param timeZone the workflow's, such as `Europe/Berlin`
 * @throws InputError for a filter that cannot be used, AccountFailure
 */
export async function resolveFilters(
	given: GivenFilters,
	lookups: Lookups,
	timeZone: string,
): Promise<ContactQuery> {
	const [tag, list, fieldValue] = await Promise.all([
		given.tag === undefined ? undefined : tagId(given.tag, lookups),
		given.list === undefined ? undefined : listId(given.list, lookups),
		given.customField === undefined ? undefined : wantedValue(given, lookups, timeZone),
	]);
	const filters = [
		tag === undefined ? undefined : byTag(tag),
		list === undefined ? undefined : byList(list, given.listStatus),
		fieldValue && byFieldValue(fieldValue),
		byMoment('changedAfter', given, timeZone),
		byMoment('createdAfter', given, timeZone),
		given.emailContains === undefined ? undefined : byEmail(given.emailContains),
	];
	return {
		filters: filters.filter((filter) => filter !== undefined),
		segmentId: given.segmentId === undefined ? undefined : segmentId(given.segmentId),
		fieldValue,
	};
}

function isFilterName(name: string): name is FilterName {
	return name in TITLES;
}

function emptyFilter(name: FilterName): InputError {
	return new InputError(
		`The filter '${TITLES[name]}' is empty`,
		'Fill it in, or remove the filter: without it, more contacts would be returned',
	);
}

function byTag(id: string): ContactFilter {
	return {
		query: [['tagid', id]],
		part: 'contactTags',
		passes: (_row, links) => linksTo(links, 'tag', id).length > 0,
	};
}

function byList(id: string, status: unknown): ContactFilter {
	const wanted = choice(status, TITLES.listStatus, LIST_STATUSES, 'active');
	const code = wanted === 'any' ? undefined : LIST_STATUS[wanted];
	return {
		query: [['listid', id], code === undefined ? ANY_STATUS : ['status', code]],
		part: 'contactLists',
		passes: (_row, links) =>
			linksTo(links, 'list', id).some((link) => code === undefined || textOf(link['status']) === code),
	};
}

function byFieldValue({ field, wanted }: NonNullable<ContactQuery['fieldValue']>): ContactFilter {
	return {
		query: [],
		part: 'fieldValues',
		passes: (_row, values) =>
			values.some(
				(value) =>
					idOf(value['field']) === field.id && includesStoredValue(field, textOf(value['value']), wanted),
			),
	};
}

function byEmail(given: unknown): ContactFilter {
	const part = textOf(given);
	if (part === '') {
		throw new InputError(
			`'${TITLES.emailContains}' cannot be ${quoteValue(given)}`,
			'Use a part of an email address, such as @example.com',
		);
	}
	return {
		query: [['email_like', part]],
		passes: ({ email }) => normalizeName(textOf(email)).includes(normalizeName(part)),
	};
}

const MOMENTS = {
	changedAfter: { filter: 'filters[updated_after]', local: 'udate', utc: 'updated_utc_timestamp' },
	createdAfter: { filter: 'filters[created_after]', local: 'cdate', utc: 'created_utc_timestamp' },
} as const;

/**
 * The filter takes a day, in a time zone that is not documented, and perhaps only what comes after that day. So a day is asked
 * for that has ended everywhere before the moment (milliseconds).
 */
const END_OF_DAY_ANYWHERE_MS = 36 * 60 * 60 * 1_000;

/** ActiveCampaign's dates have no fractions of a second: what happened within the same second counts as after. */
function byMoment(
	name: keyof typeof MOMENTS,
	given: GivenFilters,
	timeZone: string,
): ContactFilter | undefined {
	if (given[name] === undefined) return undefined;
	const { filter, local, utc } = MOMENTS[name];
	const sinceMs = Date.parse(encodeDateTime(TITLES[name], given[name], { timeZone, dateOrder: 'fail' }));
	const day = new Date(sinceMs - END_OF_DAY_ANYWHERE_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
	return {
		query: [[filter, day]],
		passes: (row) => {
			const times = [textOf(row[local]), `${textOf(row[utc])}Z`].filter(hasOffset).map(Date.parse);
			const known = times.filter((time) => !Number.isNaN(time));
			// Where no date can be read, the account's own word counts.
			return known.length === 0 || Math.max(...known) >= sinceMs;
		},
	};
}

function hasOffset(date: string): boolean {
	return /\d(Z|[+-]\d\d:?\d\d)$/.test(date);
}

async function tagId(locator: unknown, lookups: Lookups): Promise<string> {
	const name = textOf(locatorValue(locator));
	const id = locatorId(locator) || (await lookups.tags.find(name));
	if (id === undefined) throw await noRecordNamed(lookups, 'tag', name);
	return id;
}

async function listId(locator: unknown, lookups: Lookups): Promise<string> {
	const value = textOf(locatorValue(locator));
	return locatorId(locator) || (await recordNamed(lookups, { kind: 'list', value })).id;
}

function segmentId(given: unknown): string {
	const id = idOf(given);
	if (id !== '') return id;
	throw new InputError(
		`'Segment ID' cannot be ${quoteValue(given)}`,
		"Use the number in the address of the segment's page in ActiveCampaign",
	);
}

async function wantedValue(
	{ customField, customFieldValue }: GivenFilters,
	lookups: Lookups,
	timeZone: string,
): Promise<NonNullable<ContactQuery['fieldValue']>> {
	const catalog = await lookups.fields();
	const reference = locatorValue(customField);
	const field = catalog.find(reference, locatorMode(customField));
	if (!field) {
		throw new InputError(
			catalog.unknownFieldError(reference).message,
			"Choose another field in 'Custom Field', or give its ID, title or personalization tag",
		);
	}
	const wanted = encodeFieldValue(field, customFieldValue, { timeZone, dateOrder: 'fail' });
	if (wanted !== '') return { field, wanted };
	throw new InputError(
		`'Custom Field Value' means no value of ${quote(field.name)}`,
		'Use the value that the contacts have in this field',
	);
}
