import type { IHttpRequestOptions } from 'n8n-workflow';

import { readRawResponse, type RawResponse } from './rawResponse';
import type { AccountRequest, NodeContext } from './request';

/** The credential type of this package. */
export const CREDENTIAL_NAME = 'activeCampaignSyncApi';

/** The vendor's slowest responses take about a second; an import of 250 contacts may take longer (milliseconds). */
const TIMEOUT_MS = 20_000;
const IMPORT_TIMEOUT_MS = 60_000;

/**
 * Sends one request through n8n's HTTP helper, once; the credential attaches the token.
 * @param baseUrl e.g. `https://acme.api-us1.com/api/3`
 * @throws what the helper throws when there is no response, or when the execution is stopped meanwhile
 */
export async function sendRequest(
	context: NodeContext,
	baseUrl: string,
	{ method, path, query = [], body, isImport, timeoutMs }: AccountRequest,
): Promise<RawResponse> {
	const timeout = timeoutMs ?? (isImport ? IMPORT_TIMEOUT_MS : TIMEOUT_MS);
	// Built here, since "+" in an address must arrive as %2B.
	const search = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
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
	return await withDeadline(timeout, async (deadline) => {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL_NAME,
			options,
		);
		return await readRawResponse(response, deadline);
	});
}

/**
 * Waits for work, but no longer than for `ms` milliseconds. The work goes on, and is to end itself by its signal: n8n takes
 * no signal for its requests but its own, of the stopped execution.
 * @throws what the work throws, and an error that says "Timed out" at the deadline
 */
export async function withDeadline<Value>(
	ms: number,
	work: (deadline: AbortSignal) => Promise<Value>,
): Promise<Value> {
	const deadline = AbortSignal.timeout(ms);
	return await new Promise((resolve, reject) => {
		deadline.addEventListener('abort', () => reject(new Error('Timed out')), { once: true });
		work(deadline).then(resolve, reject);
	});
}
