import { isObject, objectsIn, textOf } from '../shared/json';
import type { RawResponse } from './send';

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
