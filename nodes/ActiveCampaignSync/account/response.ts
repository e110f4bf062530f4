import { AccountFailure, WHERE_TO_FIND_CREDENTIAL } from '../shared/failure';
import { isObject, textOf, type JsonObject } from '../shared/json';
import { isImportRefusal, isRateLimited } from './rateLimit';
import type { RawResponse } from './rawResponse';
import type { AccountRequest } from './request';
import { contactReasons, headerDetails, responseDetails } from './responseDetails';
import type { FailedTry, TryResult } from './retry';

/**
 * What a run has seen of its account: nothing yet; that the token works, though never for this endpoint; or that it works
 * for this endpoint too.
 */
export type Trust = 'none' | 'token' | 'endpoint';

/** The request that a response is for, and what is known of the account. */
export interface ResponseContext {
	readonly request: AccountRequest;
	readonly host: string;
	readonly trust: Trust;
	/** Whether the token has worked within the last minutes, perhaps in another execution: for what to say only. */
	readonly hasTokenWorkedLately?: boolean;
}

/** What to do about what passes. */
export const LATER = 'Run the item again in a few minutes. If this continues, see status.activecampaign.com';
const CHECK_VALUES = 'Check the values of this item';
const COPY_URL = `Copy the URL of the account into 'Account Name' of the credential. ${WHERE_TO_FIND_CREDENTIAL}`;

/** The JSON object of a successful response; for all others what went wrong, and whether another try may help. */
export function readResponse(response: RawResponse, context: ResponseContext): TryResult<JsonObject> {
	const { statusCode, body } = response;
	const { request } = context;
	if (statusCode >= 200 && statusCode < 300) {
		// Deleting returns 200 with `[]` or `{}`: an empty array is as good as an empty object. And 204 says itself
		// that nothing follows.
		const value = Array.isArray(body) || statusCode === 204 ? {} : body;
		const isSuccess = isObject(value) && (request.hasData?.(value) ?? true);
		return isSuccess ? { value } : unexpected(response, context);
	}
	if (request.isRefusal?.(body)) return { failure: refused(response, context) };
	if (isRateLimited(response) || (request.isImport && isImportRefusal(response))) {
		return { reason: 'rateLimited', failure: rateLimited(response, request) };
	}
	if (statusCode >= 500 || statusCode === 408 || statusCode === 425) {
		return { reason: 'passing', failure: unavailable(response, request) };
	}
	if (statusCode >= 300 && statusCode < 400) return redirected(response, context);
	if (statusCode === 401 || statusCode === 403) return forbidden(response, context);
	return { failure: refused(response, context) };
}

/**
 * 200 with a login page, and 200 with an empty body and an X-Ac-Error header, were both recorded from real accounts. The
 * page comes for every request, and so points to the credential, unless the account has responded before.
 */
function unexpected(
	{ statusCode, headers, body }: RawResponse,
	{ request, host, trust }: ResponseContext,
): FailedTry {
	const { action } = request.purpose;
	const hint = headerDetails(headers['x-ac-error']);
	const text = typeof body === 'string' ? body.trim() : '';
	const isPage = text.startsWith('<');
	const isEmpty = text === '' && !isObject(body);
	const what = isPage
		? 'a web page instead of data'
		: isEmpty
			? 'an empty response'
			: 'an unexpected response';
	const isRead = request.method === 'GET';
	const outcome = isRead
		? `ActiveCampaign could not ${action}`
		: `It is not known whether ActiveCampaign could ${action}`;
	const todo =
		trust === 'none'
			? `Check account name and API token in the credential, then run the item again. ${WHERE_TO_FIND_CREDENTIAL}`
			: LATER;
	return {
		reason: trust === 'none' ? 'doubtful' : 'passing',
		failure: new AccountFailure(
			isPage && trust === 'none' ? 'wrongAccount' : 'noData',
			`${outcome}: ${host} returned ${what}${hint ? `: ${hint}` : ''}`,
			todo,
			{ httpCode: String(statusCode), outcomeUnknown: !isRead },
		),
	};
}

/** 503 may come from a gateway after the account has done the work; 429 turns the request away unread. */
function rateLimited(response: RawResponse, { isImport, method }: AccountRequest): AccountFailure {
	const { statusCode, body } = response;
	const isOfImports = isImport === true && isImportRefusal(response);
	return new AccountFailure(
		'rateLimited',
		`ActiveCampaign's ${isOfImports ? 'import' : 'rate'} limit was reached${suffix(responseDetails(body))}`,
		isOfImports
			? "Other programs may be using up the account's hundred imports a minute. Run the items again later"
			: "Other programs may be using up the account's five requests per second. Run the item again later, or lower 'Requests per Second'",
		{ httpCode: String(statusCode), outcomeUnknown: statusCode === 503 && method !== 'GET' },
	);
}

function unavailable({ statusCode, body }: RawResponse, { purpose, method }: AccountRequest): AccountFailure {
	return new AccountFailure(
		'unavailable',
		`ActiveCampaign could not ${purpose.action} right now (HTTP ${statusCode})${suffix(responseDetails(body))}`,
		LATER,
		// 425 says that nothing was done yet.
		{ httpCode: String(statusCode), outcomeUnknown: statusCode !== 425 && method !== 'GET' },
	);
}

function redirected({ statusCode }: RawResponse, { request, host, trust }: ResponseContext): FailedTry {
	const httpCode = String(statusCode);
	if (trust === 'none') {
		return {
			failure: new AccountFailure(
				'wrongAccount',
				`The account name looks wrong: ${host} redirects to another address`,
				`${COPY_URL}. The redirect was not followed, so the API token went nowhere else`,
				{ httpCode },
			),
		};
	}
	return {
		reason: 'passing',
		failure: new AccountFailure(
			'noData',
			`ActiveCampaign could not ${request.purpose.action}: ${host} redirected to another address`,
			`${LATER}. The redirect was not followed, so the API token went nowhere else`,
			{ httpCode },
		),
	};
}

/**
 * 403 has four meanings: a refusal of this one request; a wrong token; a missing permission; or, once this endpoint has
 * worked in this run, a fault that passes ("intermittent 403s on a good token").
 */
function forbidden(
	{ statusCode, body }: RawResponse,
	{ request, trust, hasTokenWorkedLately }: ResponseContext,
): FailedTry {
	const { action, permission, ifRefused } = request.purpose;
	const httpCode = String(statusCode);
	const details = responseDetails(body);
	if (isAboutEnrollment(body, ifRefused !== undefined)) {
		const message = `ActiveCampaign did not ${action}${suffix(details)}`;
		return { failure: new AccountFailure('rejected', message, ifRefused ?? CHECK_VALUES, { httpCode }) };
	}
	if (trust === 'endpoint') {
		return {
			reason: 'passing',
			failure: new AccountFailure(
				'unavailable',
				`ActiveCampaign refused to ${action} (HTTP ${statusCode}), although this API token has worked before${suffix(details)}`,
				'Run the item again in a few minutes. If only some items keep failing, check their values',
				{ httpCode },
			),
		};
	}
	const ask = `ask an ActiveCampaign admin to allow it under Settings > Users and Groups`;
	return {
		reason: 'doubtful',
		failure: new AccountFailure(
			'forbidden',
			`ActiveCampaign did not allow this API token to ${action}${suffix(details)}`,
			trust === 'token'
				? `The API token works, but its user may not ${permission}: ${ask}`
				: hasTokenWorkedLately
					? `The API token worked a few minutes ago. Unless it was replaced since, its user may not ${permission}: ${ask}`
					: `Check the API token in the credential. ${WHERE_TO_FIND_CREDENTIAL}. If the token is right, its user may not ${permission}: ${ask}`,
			{ httpCode },
		),
	};
}

/** What another try would not change. */
function refused(
	{ statusCode, body }: RawResponse,
	{ request, host, trust }: ResponseContext,
): AccountFailure {
	const { action, ifRefused } = request.purpose;
	const httpCode = String(statusCode);
	const details = responseDetails(body);
	if (statusCode === 402) {
		return new AccountFailure(
			'accountBlocked',
			`ActiveCampaign asks for payment before it will ${action}${suffix(details)}`,
			"Check in ActiveCampaign under Settings > Billing whether the account is active and within its plan's contact limit",
			{ httpCode },
		);
	}
	if (statusCode === 404 && !details && trust === 'none') {
		const message = `The account name looks wrong: there is no ActiveCampaign account at ${host}`;
		return new AccountFailure('wrongAccount', message, COPY_URL, { httpCode });
	}
	if (statusCode === 404) {
		return new AccountFailure(
			'notFound',
			`ActiveCampaign could not ${action}${suffix(details) || ' (HTTP 404)'}`,
			'The record may have been deleted in ActiveCampaign. Pick it again from the list',
			{ httpCode },
		);
	}
	return new AccountFailure(
		'rejected',
		`ActiveCampaign did not accept the request to ${action}${suffix(details) || ` (HTTP ${httpCode})`}`,
		ifRefused ?? (details ? 'Correct the value named here and run the item again' : CHECK_VALUES),
		{ httpCode, contactReasons: contactReasons(body) },
	);
}

/**
 * Whether a 403 is about the enrollment that was asked for, and not about the token: as documented it has a `message`, in the
 * account's language, where a missing permission has `errors`, and a fault that passes nothing. "SubscriberSeries" is no
 * word but what the vendor's code calls an enrollment.
 */
function isAboutEnrollment(body: unknown, isEnrollment: boolean): boolean {
	if (/SubscriberSeries/i.test(responseDetails(body))) return true;
	return isEnrollment && isObject(body) && textOf(body['message']) !== '' && !('errors' in body);
}

function suffix(details: string): string {
	return details ? `: ${details}` : '';
}
