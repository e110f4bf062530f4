import { AccountFailure, LATER, WHERE_TO_FIND_CREDENTIAL, type FailureKind } from '../shared/failure';
import { isObject, objectsIn, textOf, type JsonObject } from '../shared/json';
import type { AccountRequest, SuccessfulResponse } from './request';
import {
	askedWaitMs,
	contactReasons,
	faultIn,
	headerDetails,
	refusalIn,
	responseDetails,
	type NetworkFault,
	type RawResponse,
	type Received,
} from './received';
import type { RetryReason, TryResult } from './retry';
import { TOO_LARGE } from './send';
import { TRUST, type Trust } from './tokenHistory';

/** What a try was, and what is known of the account. */
interface TryContext {
	readonly request: AccountRequest;
	readonly host: string;
	readonly trust: Trust;
	/** In this run, 403 was found to mean that the token's user lacks the permission for this kind of call. */
	readonly lacksPermission?: boolean;
}

/** What the rules look at. */
interface Seen extends TryContext {
	/** Why no response came. */
	readonly fault?: NetworkFault;
	/** 0 if no response came. */
	readonly status: number;
	readonly headers: JsonObject;
	readonly body: unknown;
	/** What an unsuccessful response says in words. */
	readonly details: string;
	/** What the call is for, e.g. "sync the contact". */
	readonly action: string;
	readonly isRead: boolean;
}

/** A part of a rule that is always the same, or depends on what is known. */
type Said<Part> = Part | ((seen: Seen) => Part);

/** What a try means that was not a success, and what follows. */
interface ErrorRule {
	readonly when: (seen: Seen) => boolean;
	readonly kind: FailureKind;
	/** What happened. */
	readonly message: (seen: Seen) => string;
	/** What the user can do. */
	readonly advice: Said<string>;
	/** Why another try may help, if it may. */
	readonly retry?: Said<RetryReason | undefined>;
	/** A write may have been carried out. */
	readonly mayBeDone?: Said<boolean>;
}

const COPY_URL = `Copy the URL of the account into 'API URL' of the credential. ${WHERE_TO_FIND_CREDENTIAL}`;
const CHECK_CREDENTIAL = `Check the API URL and API key in the credential, then run the item again. ${WHERE_TO_FIND_CREDENTIAL}`;
const NOT_FOLLOWED = 'The redirect was not followed, so the API key went nowhere else';

const CHECK_VALUES = 'Check the values of this item';

/** The account has not accepted what was sent; also what no rule is about. */
const REFUSED: Omit<ErrorRule, 'when'> = {
	kind: 'rejected',
	message: ({ action, status, details }) =>
		`ActiveCampaign did not accept the request to ${action}${after(details) || ` (HTTP ${status})`}`,
	advice: ({ request, details }) =>
		request.purpose.ifRefused ??
		(details ? 'Correct the value named here and run the item again' : CHECK_VALUES),
};

const UNREACHABLE = {
	kind: 'unreachable',
	advice: 'Check the API URL in the credential, and that this n8n can connect to the internet',
} as const;
const NOT_SECURE = {
	kind: 'unreachable',
	advice: 'Check the API URL in the credential, and with your n8n admin whether there is a proxy in between',
} as const;
const NO_RESPONSE = {
	kind: 'unavailable',
	advice: ({ host }: Seen) =>
		`Run the item again in a few minutes. If this continues, check that this n8n can reach ${host}`,
	retry: 'transient',
	mayBeDone: true,
} as const;

/**
 * What can go wrong with one request, and what that means: the first rule that fits decides. The credential test decides
 * by the same rules.
 */
const RULES: readonly ErrorRule[] = [
	// Without a response. The account's host exists and can be reached if it has responded before.
	{
		when: ({ fault, trust }) => fault === 'unknownHost' && trust < TRUST.host,
		kind: 'wrongAccount',
		message: ({ host }) => `The API URL looks wrong: the host ${host} does not exist`,
		advice: COPY_URL,
		retry: 'maybeTransient',
	},
	{
		...UNREACHABLE,
		when: ({ fault }) => fault === 'unknownHost',
		message: ({ host }) => `${host} cannot be reached: its name cannot be found`,
		retry: 'transient',
	},
	{
		// Node could not read it, or it is something new: nobody knows how far the request came.
		when: ({ fault, trust }) => fault === 'unreadable' || (fault === 'other' && trust >= TRUST.host),
		kind: 'noData',
		message: ({ host }) => `${host} returned an unexpected response, which could not be read`,
		advice: ({ host }) =>
			`Run the item again in a few minutes. If this continues, check whether there is a proxy between this n8n and ${host}`,
		retry: ({ trust }) => (trust >= TRUST.host ? 'transient' : 'maybeTransient'),
		mayBeDone: true,
	},
	{
		...NOT_SECURE,
		when: ({ fault }) => fault === 'untrusted',
		message: ({ host }) => `The certificate of ${host} cannot be trusted, so nothing was sent`,
	},
	{
		...NOT_SECURE,
		when: ({ fault }) => fault === 'notSecure',
		message: ({ host }) => `No secure connection to ${host} could be made, so nothing was sent`,
		retry: ({ trust }) => (trust >= TRUST.host ? 'transient' : undefined),
	},
	{
		...NO_RESPONSE,
		when: ({ fault }) => fault === 'timedOut',
		message: ({ host }) => `${host} did not respond in time`,
	},
	{
		...NO_RESPONSE,
		when: ({ fault }) => fault === 'closed',
		message: ({ host }) => `The connection to ${host} was closed before a response arrived`,
	},
	{
		// No codes in here: n8n replaces a message that contains one by its own words.
		...UNREACHABLE,
		when: ({ fault }) => fault === 'noConnection',
		message: ({ host }) => `${host} cannot be reached: no connection could be made`,
		retry: 'transient',
	},
	{
		...UNREACHABLE,
		when: ({ fault }) => fault === 'other',
		message: ({ host }) => `${host} cannot be reached`,
	},

	// A refusal under the status of a success.
	{
		...REFUSED,
		when: ({ status, body }) => status >= 200 && status < 300 && hasErrors(body),
	},

	// 2xx without the data that was asked for. 200 with a login page, and 200 with an empty body and an X-Ac-Error header,
	// were both recorded from real accounts. The page comes for every request, and so points to the credential, unless the
	// account has responded before.
	{
		// Another try would bring as much again.
		when: ({ status, body }) => status < 300 && body === TOO_LARGE,
		kind: 'noData',
		message: (seen) => unexpected(seen, 'more than 10 MB, which is too large to read'),
		advice: 'Ask ActiveCampaign support, or check whether there is a proxy in between',
		mayBeDone: true,
	},
	{
		when: ({ status, body, trust }) => status < 300 && isPage(body) && trust < TRUST.token,
		kind: 'wrongAccount',
		message: (seen) => unexpected(seen, 'a web page instead of data'),
		advice: CHECK_CREDENTIAL,
		retry: 'maybeTransient',
		mayBeDone: true,
	},
	{
		when: ({ status }) => status < 300,
		kind: 'noData',
		message: (seen) => unexpected(seen, bodyInWords(seen.body)),
		advice: ({ trust }) => (trust < TRUST.token ? CHECK_CREDENTIAL : LATER),
		retry: passesIfTokenWorks,
		mayBeDone: true,
	},

	// A refusal that the caller recognizes, whatever its status: another try would not change it.
	{
		...REFUSED,
		when: ({ request, status, body }) => status >= 400 && request.isRefusal?.(body) === true,
	},

	// Over a limit.
	{
		when: ({ status, headers }) => status === 429 || (status === 503 && 'retry-after' in headers),
		kind: 'rateLimited',
		message: ({ details }) => `ActiveCampaign's rate limit was reached${after(details)}`,
		advice:
			"Other programs may be using up the account's five requests per second. Run the item again later, or lower 'Requests per Second'",
		retry: 'rateLimited',
		// 503 may come from a gateway after the account has done the work, while 429 turns the request away unread.
		mayBeDone: ({ status }) => status === 503,
	},
	{
		when: isOverImportLimit,
		kind: 'rateLimited',
		message: ({ details }) => `ActiveCampaign's import limit was reached${after(details)}`,
		advice:
			"Other programs may be using up the account's hundred imports a minute. Run the items again later",
		retry: 'rateLimited',
	},

	// Not now.
	{
		when: ({ status }) => status >= 500 || status === 408 || status === 425,
		kind: 'unavailable',
		message: ({ action, status, details }) =>
			`ActiveCampaign could not ${action} right now (HTTP ${status})${after(details)}`,
		advice: LATER,
		retry: 'transient',
		// 425 says that nothing was done yet.
		mayBeDone: ({ status }) => status !== 425,
	},
	{
		when: ({ status, trust }) => status < 400 && trust < TRUST.token,
		kind: 'wrongAccount',
		message: ({ host }) => `The API URL looks wrong: ${host} redirects to another address`,
		advice: `${COPY_URL}. ${NOT_FOLLOWED}`,
	},
	{
		when: ({ status }) => status < 400,
		kind: 'noData',
		message: ({ action, host }) =>
			`ActiveCampaign could not ${action}: ${host} redirected to another address`,
		advice: `${LATER}. ${NOT_FOLLOWED}`,
		retry: 'transient',
	},

	// 401 and 403 have four meanings: about an automation; a fault that passes, once this kind of call has worked
	// ("intermittent 403s on a good token"); a wrong token; or a missing permission.
	{
		when: (seen) => isForbidden(seen.status) && isAboutEnrollment(seen),
		kind: 'rejected',
		message: ({ action, details }) => `ActiveCampaign did not ${action}${after(details)}`,
		advice: ({ request }) => request.purpose.ifRefused ?? CHECK_VALUES,
	},
	{
		when: ({ status, trust }) => isForbidden(status) && trust === TRUST.endpoint,
		kind: 'unavailable',
		message: ({ action, status, details }) =>
			`ActiveCampaign refused to ${action} (HTTP ${status}), although this API key has worked before${after(details)}`,
		advice: 'Run the item again in a few minutes. If only some items keep failing, check their values',
		retry: 'transient',
	},
	{
		when: ({ status }) => isForbidden(status),
		kind: 'forbidden',
		message: ({ action, details }) =>
			`ActiveCampaign did not allow this API key to ${action}${after(details)}`,
		advice: checkPermission,
		// A permission that is missing is missing for the other items too.
		retry: ({ lacksPermission }) => (lacksPermission ? undefined : 'maybeTransient'),
	},

	// What another try would not change.
	{
		when: ({ status }) => status === 402,
		kind: 'accountBlocked',
		message: ({ action, details }) =>
			`ActiveCampaign asks for payment before it will ${action}${after(details)}`,
		advice:
			"Check in ActiveCampaign under Settings > Billing whether the account is active and within its plan's contact limit",
	},
	{
		when: ({ status, details, trust }) => status === 404 && !details && trust < TRUST.token,
		kind: 'wrongAccount',
		message: ({ host }) => `The API URL looks wrong: there is no ActiveCampaign account at ${host}`,
		advice: COPY_URL,
	},
	{
		when: ({ status }) => status === 404,
		kind: 'notFound',
		message: ({ action, details }) => `ActiveCampaign could not ${action}${after(details) || ' (HTTP 404)'}`,
		advice:
			'The record may have been deleted in ActiveCampaign. Pick it again from the list, unless it is the contact',
	},
];

/**
 * A successful response; for all else what went wrong, and whether another try may help.
 * @param nowEpochMs the wall clock, to read a date in `Retry-After` against
 */
export function readTry(
	{ response, thrown }: Received,
	context: TryContext,
	nowEpochMs: number,
): TryResult<SuccessfulResponse> {
	const { request } = context;
	const body = response && dataIn(response, request);
	if (body) return { value: { statusCode: response.statusCode, body } };
	const refusal = response ? undefined : refusalIn(thrown);
	if (refusal) return { failure: refusal };

	const seen: Seen = {
		...context,
		fault: response ? undefined : faultIn(thrown),
		status: response?.statusCode ?? 0,
		headers: response?.headers ?? {},
		body: response?.body,
		details: responseDetails(response?.body),
		action: request.purpose.action,
		isRead: request.method === 'GET',
	};
	const rule = RULES.find(({ when }) => when(seen)) ?? REFUSED;
	const reason = said(rule.retry, seen);
	const failure = new AccountFailure(rule.kind, rule.message(seen), said(rule.advice, seen), {
		httpCode: response && String(response.statusCode),
		outcomeUnknown: !seen.isRead && said(rule.mayBeDone, seen),
		retryAfterMs: reason && response && askedWaitMs(response, nowEpochMs),
		contactReasons: rule.kind === 'rejected' ? contactReasons(seen.body) : undefined,
	});
	return { failure, reason };
}

/** The data of a 2xx, if it is what was asked for. */
function dataIn({ statusCode, body }: RawResponse, { hasData }: AccountRequest): JsonObject | undefined {
	if (statusCode < 200 || statusCode >= 300) return undefined;
	// Deleting returns 200 with `[]` or `{}`: an empty array is as good as an empty object. And 204 says itself that
	// nothing follows.
	const value = Array.isArray(body) || statusCode === 204 ? {} : body;
	return isObject(value) && (hasData?.(value) ?? !hasErrors(value)) ? value : undefined;
}

/** Whether a response says that something was refused, whatever its status. */
function hasErrors(body: unknown): boolean {
	return isObject(body) && objectsIn(body['errors']).length > 0;
}

function said<Part extends string | boolean | undefined>(part: Said<Part>, seen: Seen): Part {
	return typeof part === 'function' ? part(seen) : part;
}

/** Over the import limit the response is 400 "Rate limit exceeded." with `failureReasons` as a text, not a list. */
function isOverImportLimit({ request, status, body }: Seen): boolean {
	return (
		request.isImport === true &&
		status === 400 &&
		isObject(body) &&
		/rate limit/i.test(`${textOf(body['message'])} ${textOf(body['failureReasons'])}`)
	);
}

/**
 * Whether a 403 is about the enrollment that was asked for, and not about the token: as documented it has a `message`, in the
 * account's language, where a missing permission has `errors`, and a fault that passes nothing. "SubscriberSeries" is no
 * word but what the vendor's code calls an enrollment.
 */
function isAboutEnrollment({ request, body, details }: Seen): boolean {
	if (/SubscriberSeries/i.test(details)) return true;
	const isEnrollment = request.purpose.ifRefused !== undefined;
	return isEnrollment && isObject(body) && textOf(body['message']) !== '' && !('errors' in body);
}

function passesIfTokenWorks({ trust }: Seen): RetryReason {
	return trust < TRUST.token ? 'maybeTransient' : 'transient';
}

function isForbidden(status: number): boolean {
	return status === 401 || status === 403;
}

function isPage(body: unknown): boolean {
	return typeof body === 'string' && body.trim().startsWith('<');
}

function bodyInWords(body: unknown): string {
	if (isPage(body)) return 'a web page instead of data';
	const hasContent = typeof body === 'string' ? body.trim() !== '' : isObject(body);
	return hasContent ? 'an unexpected response' : 'an empty response';
}

function unexpected({ isRead, action, host, headers }: Seen, what: string): string {
	const outcome = isRead
		? `ActiveCampaign could not ${action}`
		: `It is unclear whether ActiveCampaign could ${action}`;
	return `${outcome}: ${host} returned ${what}${after(headerDetails(headers['x-ac-error']))}`;
}

function checkPermission({ trust, request: { purpose } }: Seen): string {
	const ask = `its user may not ${purpose.permission}: ask an ActiveCampaign admin to allow it under Settings > Users and Groups`;
	if (trust >= TRUST.token) return `The API key works, but ${ask}`;
	return trust === TRUST.recentToken
		? `The API key worked a few minutes ago. Unless it was replaced since, ${ask}`
		: `Check the API key in the credential. ${WHERE_TO_FIND_CREDENTIAL}. If it is right, ${ask}`;
}

function after(details: string): string {
	return details ? `: ${details}` : '';
}
