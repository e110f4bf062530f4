import { AccountFailure, WHERE_TO_FIND_CREDENTIAL } from '../shared/failure';
import { isObject, objectsIn, textOf, type JsonObject } from '../shared/json';
import { isImportRefusal, isRateLimited } from './rateLimit';

/** An HTTP answer as n8n's helper hands it over; `body` is parsed JSON, or text where it was no JSON. */
export interface RawResponse {
	readonly statusCode: number;
	readonly headers: JsonObject;
	readonly body: unknown;
}

/** What a call is for, in words that complete the sentences of messages. */
export interface CallPurpose {
	/** e.g. "sync the contact" */
	readonly action: string;
	/** The right that the token's user needs, as ActiveCampaign names it, e.g. "view lists". */
	readonly permission: string;
}

const SHORTEN_DETAILS_TO = 400;

/**
 * Takes over what n8n's HTTP helper gave when asked for the full response; what is none counts as an empty answer.
 * JSON is recognized whatever its content type: the bulk import answers JSON as text/html.
 */
export function toRawResponse(value: unknown): RawResponse {
	const answer = isObject(value) ? value : {};
	const headers = isObject(answer['headers']) ? answer['headers'] : {};
	return { statusCode: Number(answer['statusCode'] ?? 200), headers, body: parsed(answer['body']) };
}

/** The JSON object of a successful answer; for everything that is not 2xx with a JSON object, what went wrong. */
export function readResponse(
	answer: RawResponse,
	host: string,
	purpose: CallPurpose,
): JsonObject | AccountFailure {
	const { statusCode, body } = answer;
	if (statusCode >= 200 && statusCode < 300) {
		if (isObject(body)) return body;
		// Deleting answers 200 with `[]` or `{}`: an empty array holds no less than an empty object. And 204 says itself
		// that there is nothing to come.
		if (Array.isArray(body) || statusCode === 204) return {};
		return noData(answer, host, purpose);
	}
	return refusal(answer, host, purpose);
}

/**
 * What an unsuccessful answer says in words, whichever of the API's shapes it has: `errors` as a list of
 * `{title, detail, code, source}` or of texts, or as a text, `message`, `error`, `failureReasons`, Cloudflare's
 * `detail`, whose title only repeats the status; '' for an empty body or HTML.
 */
export function responseDetails(body: unknown): string {
	if (!isObject(body)) return '';
	const listed = [...listIn(body['errors']), ...listIn(body['failureReasons'])].map(oneDetail);
	const single = [body['message'], body['error'], body['failureReasons'], body['errors'], body['detail']];
	const said = [listed, single.map(words)]
		// A bare number says nothing to anybody.
		.map((texts) => [...new Set(texts)].filter((text) => /\D/.test(text)))
		.find((texts) => texts.length > 0);
	return shortened((said ?? []).join('; '));
}

function listIn(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** e.g. "The value is not valid: Nothing was saved ('phone')" */
function oneDetail(entry: unknown): string {
	if (!isObject(entry)) return words(entry);
	const title = words(entry['title']);
	const detail = words(entry['detail']) || words(entry['failureReason']) || words(entry['message']);
	const source = isObject(entry['source']) ? entry['source'] : {};
	const field = textOf(source['pointer']).split('/').pop() || textOf(source['parameter']);
	const text =
		title && detail && title !== detail ? `${title}: ${detail}` : title || detail || textOf(entry['code']);
	return field && text ? `${text} ('${field}')` : text;
}

/** A text without its full stop, since the message goes on after it. */
function words(value: unknown): string {
	return textOf(value).replace(/\.$/, '');
}

function refusal(answer: RawResponse, host: string, { action, permission }: CallPurpose): AccountFailure {
	const { statusCode, body } = answer;
	const httpCode = String(statusCode);
	const details = responseDetails(body);
	const said = details ? `: ${details}` : '';
	if (isRateLimited(answer)) {
		return new AccountFailure(
			'rateLimited',
			`ActiveCampaign asked to wait, since the account is over its request limit${said}`,
			"Other programs may be using up the account's five requests per second. Run the item again later, or lower 'Requests per Second'",
			{ httpCode },
		);
	}
	if (isImportRefusal(answer)) {
		return new AccountFailure(
			'rateLimited',
			`ActiveCampaign asked to wait, since the account is over its import limit${said}`,
			"Other programs may be using up the account's hundred imports a minute. Run the items again later",
			{ httpCode },
		);
	}
	if (statusCode >= 500) {
		return new AccountFailure(
			'unavailable',
			`ActiveCampaign could not ${action} right now (HTTP ${httpCode})${said}`,
			'Run the item again in a few minutes. If this stays, see status.activecampaign.com',
			{ httpCode, outcomeUnknown: true },
		);
	}
	if (statusCode >= 300 && statusCode < 400) return redirected(httpCode, host);
	if (statusCode === 401 || statusCode === 403) return forbidden(httpCode, details, action, permission);
	if (statusCode === 402) {
		return new AccountFailure(
			'accountBlocked',
			`ActiveCampaign asks for payment before it will ${action}${said}`,
			"Check in ActiveCampaign under Settings > Billing whether the account is active and within its plan's contact limit",
			{ httpCode },
		);
	}
	if (statusCode === 404 && !details) return noAccount(httpCode, host);
	if (statusCode === 404) {
		return new AccountFailure(
			'notFound',
			`ActiveCampaign could not ${action}${said}`,
			'The record may have been deleted in ActiveCampaign. Pick it again from the list',
			{ httpCode },
		);
	}
	return new AccountFailure(
		'rejected',
		`ActiveCampaign did not accept the request to ${action}${said || ` (HTTP ${httpCode})`}`,
		details ? 'Correct the value named here and run the item again' : 'Check the values of this item',
		{ httpCode, contactReasons: contactReasons(body) },
	);
}

function forbidden(httpCode: string, details: string, action: string, permission: string): AccountFailure {
	return new AccountFailure(
		'forbidden',
		`ActiveCampaign did not allow this API token to ${action}${details ? `: ${details}` : ''}`,
		`Check the API token in the credential. ${WHERE_TO_FIND_CREDENTIAL}. If the token is right, its user may not ${permission}: ask an ActiveCampaign admin to allow it under Settings > Users and Groups`,
		{ httpCode },
	);
}

function redirected(httpCode: string, host: string): AccountFailure {
	return new AccountFailure(
		'wrongAccount',
		`The account name looks wrong: ${host} redirects to another address`,
		`Copy the URL of the account into 'Account Name' of the credential. ${WHERE_TO_FIND_CREDENTIAL}. The redirect was not followed, so the API token went nowhere else`,
		{ httpCode },
	);
}

function noAccount(httpCode: string, host: string): AccountFailure {
	return new AccountFailure(
		'wrongAccount',
		`The account name looks wrong: there is no ActiveCampaign account at ${host}`,
		`Copy the URL of the account into 'Account Name' of the credential. ${WHERE_TO_FIND_CREDENTIAL}`,
		{ httpCode },
	);
}

/**
 * 200 with a login page, and 200 with an empty body and an X-Ac-Error header, were both recorded from real accounts. The
 * page comes for every request, and so tells of the credential; the empty answer may come for a single contact.
 */
function noData(
	{ statusCode, headers, body }: RawResponse,
	host: string,
	{ action }: CallPurpose,
): AccountFailure {
	const hint = shortened(words(headers['x-ac-error']));
	const text = typeof body === 'string' ? body.trim() : '';
	const isPage = text.startsWith('<');
	const what = isPage ? 'a web page instead of data' : text ? 'something that is no data' : 'nothing';
	return new AccountFailure(
		isPage ? 'wrongAccount' : 'noData',
		`It is not known whether ActiveCampaign could ${action}: ${host} answered with ${what}${hint ? `: ${hint}` : ''}`,
		`Check account name and API token in the credential, then run the item again. ${WHERE_TO_FIND_CREDENTIAL}`,
		{ httpCode: String(statusCode), outcomeUnknown: true },
	);
}

/** `failureReasons[].contact` counts from 1 within the batch. */
function contactReasons(body: unknown): Map<number, string> | undefined {
	if (!isObject(body)) return undefined;
	const reasons = objectsIn(body['failureReasons'])
		.map((entry): [number, string] => [Number(textOf(entry['contact']) || Number.NaN) - 1, oneDetail(entry)])
		.filter(([index]) => Number.isInteger(index) && index >= 0);
	return reasons.length > 0 ? new Map(reasons) : undefined;
}

function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}

function shortened(text: string): string {
	const oneLine = text.replace(/\s+/g, ' ');
	return oneLine.length > SHORTEN_DETAILS_TO ? `${oneLine.slice(0, SHORTEN_DETAILS_TO)}…` : oneLine;
}
