import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { isObject, textOf } from '../shared/json';
import type { RawResponse, Received } from './received';
import type { AccountRequest, NodeContext } from './request';

/** The credential type of this package. */
export const CREDENTIAL_NAME = 'activeCampaignSyncApi';

/** The vendor's slowest responses take about a second; an import of 250 contacts may take longer (milliseconds). */
const TIMEOUT_MS = 20_000;
const IMPORT_TIMEOUT_MS = 60_000;

/**
 * More is not read: n8n's helper sets no limit of its own, and a few kilobytes can unpack to gigabytes. The largest pages of
 * real accounts, 100 custom fields with 200 choices each, take about 5 MB.
 */
const MAX_BODY_BYTES = 10_000_000;

/** Far deeper than anything the API returns, and far from what would overflow the stack (levels). */
const MAX_JSON_DEPTH = 100;

/** The body in place of one that is not read to its end, or not taken: text, and therefore no data. */
export const TOO_LARGE = '[too large]';
const TOO_DEEP = '[nested too deep]';

/** What stands where a token stood. */
const INSTEAD_OF_TOKEN = '[API key]';
/** A shorter text cannot be a token (real ones have 72 digits), and may be part of any word. */
const MIN_TOKEN_LENGTH = 8;

/**
 * Sends one request through n8n's HTTP helper, once; the credential attaches the token.
 * @param baseUrl e.g. `https://acme.api-us1.com/api/3`
 * @param credentials whose token is in nothing that is returned, should the account echo it
 * @returns the response, or what the helper throws if none comes or the execution is stopped
 */
export async function sendRequest(
	context: NodeContext,
	baseUrl: string,
	credentials: ICredentialDataDecryptedObject,
	{ method, path, query = [], body, isImport, timeoutMs }: AccountRequest,
): Promise<Received> {
	const timeout = timeoutMs ?? (isImport ? IMPORT_TIMEOUT_MS : TIMEOUT_MS);
	// Built here, since "+" in an address must arrive as %2B.
	const search = query.map((pair) => pair.map(encoded).join('=')).join('&');
	const options: IHttpRequestOptions = {
		method,
		url: `${baseUrl}${path}${search === '' ? '' : `?${search}`}`,
		headers: { Accept: 'application/json' },
		...(body ? { body: { ...body } } : {}),
		// The helper would throw what it makes of a response, without headers and body.
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// Read here, up to a limit: the helper would take a body of any size.
		encoding: 'stream',
		// n8n re-sends custom headers, so the token too, to the target of a redirect.
		disableFollowRedirect: true,
		// Of silence; a response that trickles in is cut off by the deadline.
		timeout,
	};
	const { helpers } = context;
	// Handed over, since n8n would read it from its database for each request: in a busy n8n that took up to 100 ms, while
	// the request counted as sent already.
	const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL_NAME, data: credentials };
	return await receive(timeout, textOf(credentials['apiToken']), async (deadline) => {
		const sent = helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_NAME, options, {
			credentialsDecrypted,
		});
		return await withBody(await sent, deadline);
	});
}

/** Half an emoji, as a cut text may end in, cannot be encoded. */
function encoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/**
 * Waits for a response, but no longer than for `timeoutMs` milliseconds. The work goes on, and is to end itself by its
 * signal: n8n takes no signal for its requests but its own, of the stopped execution.
 */
export async function receive(
	timeoutMs: number,
	token: string,
	send: (deadline: AbortSignal) => Promise<unknown>,
): Promise<Received> {
	const deadline = AbortSignal.timeout(timeoutMs);
	try {
		const response = await new Promise((resolve, reject) => {
			deadline.addEventListener('abort', () => reject(new Error('Timed out')), { once: true });
			send(deadline).then(resolve, reject);
		});
		const { statusCode, headers, body } = toRawResponse(response);
		const clean = withoutToken(headers, token);
		return {
			response: { statusCode, headers: isObject(clean) ? clean : {}, body: withoutToken(body, token) },
		};
	} catch (thrown) {
		return { thrown };
	}
}

/**
 * Takes over what n8n's HTTP helper gave when asked for the full response; anything else counts as an empty response.
 * JSON is recognized whatever its content type: the bulk import returns JSON as text/html.
 */
export function toRawResponse(value: unknown): RawResponse {
	const response = isObject(value) ? value : {};
	const headers = isObject(response['headers']) ? response['headers'] : {};
	return { statusCode: Number(response['statusCode'] ?? 200), headers, body: parsed(response['body']) };
}

/** The response with its body read, where that is still a stream. @throws what the stream throws, e.g. for broken gzip */
export async function withBody(response: unknown, deadline: AbortSignal): Promise<unknown> {
	if (!isObject(response) || !isStream(response['body'])) return response;
	return { ...response, body: await readText(response['body'], deadline) };
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
		if (bytes > MAX_BODY_BYTES) return TOO_LARGE;
		if (deadline.aborted) return '';
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}

function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return isDeeperThan(MAX_JSON_DEPTH, body) ? TOO_DEEP : body;
	try {
		const value: unknown = JSON.parse(body);
		return isDeeperThan(MAX_JSON_DEPTH, value) ? TOO_DEEP : value;
	} catch {
		return body;
	}
}

function isDeeperThan(levels: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((entry) => isDeeperThan(levels - 1, entry));
}

/**
 * A value of JSON without the token: a server that echoes the request must not bring it into messages or output.
 * What does not contain it is returned as it is.
 * @param token as it is sent, so without blanks around it
 */
export function withoutToken(value: unknown, token: string): unknown {
	return token.length < MIN_TOKEN_LENGTH ? value : replaced(value, token);
}

function replaced(value: unknown, token: string): unknown {
	if (typeof value === 'string')
		return value.includes(token) ? value.replaceAll(token, INSTEAD_OF_TOKEN) : value;
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) {
		const entries: unknown[] = value.map((entry) => replaced(entry, token));
		return entries.some((entry, index) => entry !== value[index]) ? entries : value;
	}
	const before = Object.entries(value);
	const after = before.map(([key, entry]): [string, unknown] => [
		key.includes(token) ? key.replaceAll(token, INSTEAD_OF_TOKEN) : key,
		replaced(entry, token),
	]);
	const isChanged = after.some(
		([key, entry], index) => key !== before[index]?.[0] || entry !== before[index][1],
	);
	return isChanged ? Object.fromEntries(after) : value;
}
