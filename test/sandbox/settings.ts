import { hasOnlyKeys, isRecord } from '../guards';

/** Chance of each fault per request, 0 to 1; drawn with the sandbox's seed. */
export interface RandomFaults {
	/** 500, 502, 503 or 504 with a JSON body, nothing written. */
	serverErrorRate?: number;
	/** A Cloudflare 502 page. */
	htmlPageRate?: number;
	/** Cloudflare's JSON with `retryable` and `retry_after`. */
	cloudflareJsonRate?: number;
	/** The connection is cut before anything is written … */
	resetBeforeWriteRate?: number;
	/** … or after it is, without a response. */
	resetAfterWriteRate?: number;
	/** No response, the connection stays open until the client leaves; nothing written. */
	hangRate?: number;
	/** A 403 on a good token. */
	forbiddenRate?: number;
	/** 200 with an HTML login page. */
	htmlOkRate?: number;
	/** 200, no body, `X-Ac-Error`. */
	emptyOkRate?: number;
}

/** What a user's rights can be missing; the paths are in `router.ts`. */
export type Permission =
	'contacts' | 'fields' | 'lists' | 'tags' | 'automations' | 'imports' | 'accounts' | 'notes';

/** Ways in which an account may side-load less than it was asked to; what a real one does is not documented. */
export interface SideLoading {
	/** `include` is ignored. */
	ignoresInclude?: boolean;
	/** Names that mean nothing to it: neither rows nor ids. */
	unknown?: string[];
	/** Collections that are left out although the contacts name their rows. */
	withoutRows?: string[];
	/** Collections that end after 20 rows. */
	truncated?: string[];
	/** The collections contain the rows of all contacts, not only of those in the response. */
	rowsOfOthers?: boolean;
}

export type FalsePages = 'endless' | 'totalTooHigh';

/** How an account compares names: MySQL's usual collations take Café for Cafe, which many accounts may do. */
export type Collation = 'accentsMatter' | 'accentsIgnored';

/** The language of messages; the vendor's follow the account's. */
export type Language = 'English' | 'Portuguese';

/** How the account behaves; all of it can be changed while it runs. */
export interface SandboxSettings {
	token: string;
	/** Time the account takes for a response, in ms; drawn evenly from a span. */
	latencyMs: number | { min: number; max: number };
	/** Strict sliding window of a second; 0 means no limit. Imports are not counted. */
	requestsPerSecond: number;
	/** Sliding window of a minute, a fifth of it for single contacts; 0 means no limit. */
	importsPerMinute: number;
	/** From accepted to completed, in ms; the first sixth responds with `status: false`. */
	importDurationMs: number;
	/** `success: 1`, the published `Success: 1`, or the recorded word. */
	importSuccess: 'lowerCaseKey' | 'capitalKey' | 'word';
	/** Recorded as text/html. */
	importContentType: string;
	/** Whether a refused batch names all bad contacts or only the first. */
	importNames: 'all' | 'first';
	/** Of a 429; null sends none. */
	retryAfterSeconds: number | null;
	/** RateLimit-Limit and RateLimit-Remaining on a 429, on every response, or never. */
	sendRateLimitHeaders: boolean | 'always';
	/** One report has 503 where the vendor documents 429. */
	overLimitStatus: 429 | 503;
	/** Requests per second that another program makes on the same account. */
	neighborPerSecond: number;
	faults: RandomFaults;
	/** Rights the token's user does not have. */
	deny: Permission[];
	/** The response to a wrong token: 403 with a body, 403 without body and content type, 200 with a login page. */
	wrongToken: 'body' | 'noBody' | 'loginPage';
	/** Of "" in a custom field that is neither date nor datetime; those two always ignore it. */
	emptyFieldValue: 'ignore' | 'store';
	/**
	 * Whether a contact that was deleted and comes back shows its old unsubscribes among its `contactLists`. The account
	 * keeps them for the address either way; no recording shows whether it lists them.
	 */
	showOldUnsubscribes: boolean;
	/** Whether the response to an update is 201 too, as one public emulator does. */
	alwaysCreated: boolean;
	/**
	 * Collections that are paged falsely, by path: 'endless' gives rows with new ids on every page, for ever;
	 * 'totalTooHigh' has the right rows and a `meta.total` that they never reach.
	 */
	falsePages: Record<string, FalsePages>;
	sideLoading: SideLoading;
	/** How `GET /fieldValues` compares `filters[val]`; the documentation does not say. */
	valueFilter: 'equals' | 'contains';
	/** The longest path with its query that is taken, in characters; a longer one is 414. 0 means any. */
	maxUrlLength: number;
	/** Whether `/contacts/{id}/contactTags` and the other links are paged; no recording shows it either way. */
	pagedContactLinks: boolean;
	/** Filters by id that `GET /contacts` does not know, as an older account might not: it responds as if they were not there. */
	unknownIdFilters: Array<'ids' | 'id_greater'>;
	/** Which contacts `GET /contacts` lists where no `status` is given: any, or those with an active subscription only. */
	listsUnlessAsked: 'any' | 'active';
	/** Parameters that it ignores, by path, e.g. `{ '/contacts': ['tagid'], '/tags': ['filters[search][eq]'] }`. */
	ignoredParameters: Record<string, string[]>;
	/** Paths that it does not have, as the router names them, e.g. `/lists`, with `*` for an id. */
	missingPaths: string[];
	/** `POST /tags` for a tag that exists: 200 with the tag, or a refusal that says "Duplicate entry", as three users report. */
	existingTag: 200 | 400 | 422 | 500;
	/** Whether a search finds tags; without, an existing tag can be neither found nor made. */
	findsTags: boolean;
	/** How names of tags, companies, lists and fields are compared. */
	collation: Collation;
	/** A refused enrollment: 403 with a message, as documented, or 422 with errors, as one client's tests have it. */
	refusedEnrollment: 403 | 422;
	/** Whether `contactAutomations` goes on listing an entry once the contact has completed the automation. */
	keepsEndedEntries: boolean;
	language: Language;
	/** Until a segment that was asked for has its contacts, in ms; before, it has none. */
	segmentMs: number;
	/** IANA name; stored datetimes are written in it. */
	timeZone: string;
	seed: number;
}

export const DEFAULT_SETTINGS: SandboxSettings = {
	token: 'sandbox-token',
	latencyMs: 0,
	requestsPerSecond: 0,
	importsPerMinute: 0,
	importDurationMs: 200,
	importSuccess: 'lowerCaseKey',
	importContentType: 'text/html; charset=UTF-8',
	importNames: 'all',
	retryAfterSeconds: 1,
	sendRateLimitHeaders: true,
	overLimitStatus: 429,
	neighborPerSecond: 0,
	faults: {},
	deny: [],
	wrongToken: 'body',
	emptyFieldValue: 'ignore',
	showOldUnsubscribes: true,
	alwaysCreated: false,
	falsePages: {},
	sideLoading: {},
	valueFilter: 'equals',
	maxUrlLength: 0,
	pagedContactLinks: false,
	unknownIdFilters: [],
	listsUnlessAsked: 'any',
	ignoredParameters: {},
	missingPaths: [],
	existingTag: 200,
	findsTags: true,
	collation: 'accentsMatter',
	refusedEnrollment: 403,
	keepsEndedEntries: true,
	language: 'English',
	segmentMs: 0,
	timeZone: 'America/Chicago',
	seed: 1,
};

/** Settings whose value may also be of another kind than their default. */
const OTHER_KINDS = new Map([
	['latencyMs', ['object']],
	['retryAfterSeconds', ['null']],
	['sendRateLimitHeaders', ['string']],
]);

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/** Whether settings that came as JSON name only known settings, each with a value of its kind. */
export function isSettingsPatch(value: unknown): value is Partial<SandboxSettings> {
	const defaults = new Map<string, unknown>(Object.entries(DEFAULT_SETTINGS));
	return (
		isRecord(value) &&
		hasOnlyKeys(value, [...defaults.keys()]) &&
		Object.entries(value).every(([key, given]) =>
			[kindOf(defaults.get(key)), ...(OTHER_KINDS.get(key) ?? [])].includes(kindOf(given)),
		) &&
		(!isRecord(value.latencyMs) ||
			(typeof value.latencyMs.min === 'number' && typeof value.latencyMs.max === 'number'))
	);
}
