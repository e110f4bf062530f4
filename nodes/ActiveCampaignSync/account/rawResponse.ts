import { isObject, type JsonObject } from '../shared/json';

/** An HTTP response as n8n's helper hands it over; `body` is parsed JSON, or text that is not JSON. */
export interface RawResponse {
	readonly statusCode: number;
	readonly headers: JsonObject;
	readonly body: unknown;
}

/**
 * More is not read: n8n's helper sets no limit of its own, and a few kilobytes can unpack to gigabytes. The largest pages of
 * real accounts, 100 custom fields with 200 choices each, take about 5 MB.
 */
export const MAX_BODY_BYTES = 10_000_000;

/** Far deeper than anything the API returns, and far from what would overflow the stack (levels). */
const MAX_JSON_DEPTH = 100;

/**
 * Takes over what n8n's HTTP helper gave when asked for the full response; anything else counts as an empty response.
 * JSON is recognized whatever its content type: the bulk import returns JSON as text/html.
 */
export function toRawResponse(value: unknown): RawResponse {
	const response = isObject(value) ? value : {};
	const headers = isObject(response['headers']) ? response['headers'] : {};
	return { statusCode: Number(response['statusCode'] ?? 200), headers, body: parsed(response['body']) };
}

/**
 * As `toRawResponse`, with the body read where it is still a stream. A body that is too large counts as empty.
 * @param deadline no more is read once it is aborted
 * @throws what the stream throws, e.g. when the connection is cut or the gzip is broken
 */
export async function readRawResponse(value: unknown, deadline: AbortSignal): Promise<RawResponse> {
	if (!isObject(value) || !isStream(value['body'])) return toRawResponse(value);
	return toRawResponse({ ...value, body: await readText(value['body'], deadline) });
}

function isStream(body: unknown): body is AsyncIterable<unknown> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

async function readText(stream: AsyncIterable<unknown>, deadline: AbortSignal): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	// To leave the loop early destroys the stream, which closes the connection.
	for await (const chunk of stream) {
		if (!(chunk instanceof Uint8Array)) continue;
		bytes += chunk.byteLength;
		if (bytes > MAX_BODY_BYTES || deadline.aborted) return '';
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}

function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return isDeeperThan(MAX_JSON_DEPTH, body) ? NOT_DATA : body;
	try {
		const value: unknown = JSON.parse(body);
		return isDeeperThan(MAX_JSON_DEPTH, value) ? NOT_DATA : value;
	} catch {
		return body;
	}
}

/** The body in place of JSON that is nested too deep: text, and therefore an unexpected response. */
const NOT_DATA = '[nested too deep]';

function isDeeperThan(levels: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((entry) => isDeeperThan(levels - 1, entry));
}
