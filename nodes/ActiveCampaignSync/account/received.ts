import { AccountFailure } from '../shared/failure';
import { isObject, objectsIn, textOf, type JsonObject } from '../shared/json';

/** An HTTP response as n8n's helper hands it over; `body` is parsed JSON, or text that is not JSON. */
export interface RawResponse {
	readonly statusCode: number;
	readonly headers: JsonObject;
	readonly body: unknown;
}

/** What one request ended in: a response, or what was thrown in its place. */
export type Received =
	| { readonly response: RawResponse; readonly thrown?: undefined }
	| { readonly response?: undefined; readonly thrown: unknown };

const SHORTEN_DETAILS_TO = 400;

/**
 * What an unsuccessful response says in words, whichever of the API's shapes it has: `errors` as a list of
 * `{title, detail, code, source}` or of texts, or as a text, `message`, `error`, `failureReasons`, Cloudflare's
 * `detail`, whose title only repeats the status; '' for an empty body or HTML.
 */
export function responseDetails(body: unknown): string {
	if (!isObject(body)) return '';
	const listed = [...listIn(body['errors']), ...listIn(body['failureReasons'])].map(oneDetail);
	const single = [body['message'], body['error'], body['failureReasons'], body['errors'], body['detail']];
	const found = [listed, single.map(withoutFullStop)]
		// A bare number explains nothing.
		.map((texts) => [...new Set(texts)].filter((text) => /\D/.test(text)))
		.find((texts) => texts.length > 0);
	return shortened((found ?? []).join('; '));
}

/** A header's text, fit to end a message. */
export function headerDetails(value: unknown): string {
	return shortened(withoutFullStop(value));
}

/** The reasons for single contacts by their index from 0: `failureReasons[].contact` counts from 1 within the batch. */
export function contactReasons(body: unknown): Map<number, string> | undefined {
	if (!isObject(body)) return undefined;
	const reasons = objectsIn(body['failureReasons'])
		.map((entry): [number, string] => [Number(textOf(entry['contact']) || Number.NaN) - 1, oneDetail(entry)])
		.filter(([index]) => Number.isInteger(index) && index >= 0);
	return reasons.length > 0 ? new Map(reasons) : undefined;
}

/**
 * The wait a response asks for in milliseconds, from `Retry-After` (seconds or a date) or Cloudflare's `retry_after` in
 * a JSON body; undefined if it names no wait.
 * @param nowEpochMs the wall clock, to read a date against
 */
export function askedWaitMs(response: RawResponse, nowEpochMs: number): number | undefined {
	const header = response.headers['retry-after'];
	const seconds = secondsAsMs(header);
	if (seconds !== undefined) return seconds;
	const date = typeof header === 'string' ? Date.parse(header) : Number.NaN;
	if (!Number.isNaN(date)) return Math.max(0, date - nowEpochMs);
	return isObject(response.body) ? secondsAsMs(response.body['retry_after']) : undefined;
}

function secondsAsMs(value: unknown): number | undefined {
	const text = textOf(value);
	return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : undefined;
}

function listIn(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** e.g. "The value is not valid: Nothing was saved ('phone')" */
function oneDetail(entry: unknown): string {
	if (!isObject(entry)) return withoutFullStop(entry);
	const title = withoutFullStop(entry['title']);
	const detail =
		withoutFullStop(entry['detail']) ||
		withoutFullStop(entry['failureReason']) ||
		withoutFullStop(entry['message']);
	const source = isObject(entry['source']) ? entry['source'] : {};
	const field = textOf(source['pointer']).split('/').pop() || textOf(source['parameter']);
	const text =
		title && detail && title !== detail ? `${title}: ${detail}` : title || detail || textOf(entry['code']);
	return field && text ? `${text} ('${field}')` : text;
}

/** The message goes on after it. */
function withoutFullStop(value: unknown): string {
	return textOf(value).replace(/\.$/, '');
}

function shortened(text: string): string {
	const oneLine = text.replace(/\s+/g, ' ');
	return oneLine.length > SHORTEN_DETAILS_TO ? `${oneLine.slice(0, SHORTEN_DETAILS_TO)}…` : oneLine;
}

/** Why no response came, or none that could be read. */
export type NetworkFault =
	'unknownHost' | 'unreadable' | 'untrusted' | 'notSecure' | 'timedOut' | 'closed' | 'noConnection' | 'other';

/** How faults are recognized, the first one that fits: by a code, or by words where there is none. */
const FAULTS: ReadonlyArray<readonly [NetworkFault, codes: RegExp, words: RegExp]> = [
	['unknownHost', /^(ENOTFOUND|ENODATA|EAI_NONAME)$/, /ENOTFOUND/],
	// Node's HTTP parser, its limit for headers included, and its decompression.
	[
		'unreadable',
		/^(HPE_|Z_|ERR_PADDING|ERR_BROTLI)/,
		/^Parse Error|unexpected end of file|incorrect header check/im,
	],
	['untrusted', /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/, /certificate/i],
	['notSecure', /ERR_TLS|ERR_SSL|EPROTO/, /EPROTO/],
	['timedOut', /^(ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|UND_ERR_HEADERS_TIMEOUT)$/, /timed?[ -]?out/i],
	[
		'closed',
		/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET)$/,
		/socket hang up|aborted|closed unexpectedly|ECONNRESET/i,
	],
	['noConnection', /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENETDOWN)$/, /ECONNREFUSED/],
];

/** The code of a fault of Node or of its network, e.g. `ECONNRESET`. */
const FAULT_CODE = /^[A-Z][A-Z0-9_]{2,40}$/;

/** How deep helpers wrap: NodeApiError around AxiosError around a system fault. */
const MAX_CAUSE_DEPTH = 6;

/** What kind of fault was thrown. The words are only looked at: they may contain the whole request, its token included. */
export function faultIn(thrown: unknown): NetworkFault {
	const chain = causes(thrown);
	const codes = codesIn(chain);
	const words = chain.map((cause) => textOf(cause['message'])).join(' ');
	const found = FAULTS.find(([, code, word]) => codes.some((one) => code.test(one)) || word.test(words));
	return found?.[0] ?? 'other';
}

/** Why the credential refused to sign the request, if it did: n8n wraps what it throws. */
export function refusalIn(thrown: unknown): AccountFailure | undefined {
	return causes(thrown).find((cause) => cause instanceof AccountFailure);
}

/** The code in a thrown network fault, for the log; undefined if it has no code. */
export function faultCode(thrown: unknown): string | undefined {
	return codesIn(causes(thrown)).find((code) => FAULT_CODE.test(code));
}

function codesIn(chain: readonly JsonObject[]): string[] {
	return chain.flatMap((cause) => [textOf(cause['code']), textOf(cause['httpCode'])]).filter(Boolean);
}

function causes(thrown: unknown): JsonObject[] {
	const found: JsonObject[] = [];
	let current = thrown;
	while (isObject(current) && found.length < MAX_CAUSE_DEPTH && !found.includes(current)) {
		found.push(current);
		current = current['cause'] ?? current['errorResponse'] ?? current['reason'];
	}
	return found;
}
