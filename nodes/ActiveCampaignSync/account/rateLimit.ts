import type { RawResponse } from './rawResponse';
import { isObject, textOf } from '../shared/json';

/** Whether a response says that the account is over its request limit. */
export function isRateLimited(response: RawResponse): boolean {
	return response.statusCode === 429 || (response.statusCode === 503 && 'retry-after' in response.headers);
}

/** Over the import limit the response is 400 "Rate limit exceeded." with `failureReasons` as a text, not a list. */
export function isImportRefusal({ statusCode, body }: RawResponse): boolean {
	return (
		statusCode === 400 &&
		isObject(body) &&
		/rate limit/i.test(`${textOf(body['message'])} ${textOf(body['failureReasons'])}`)
	);
}

/**
 * The wait a response asks for in milliseconds, from `Retry-After` (seconds or a date) or Cloudflare's `retry_after` in
 * a JSON body; undefined if it names no wait.
 * @param nowEpochMs the wall clock, to read a date against
 */
export function retryAfterMs(response: RawResponse, nowEpochMs: number): number | undefined {
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
