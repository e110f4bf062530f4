import type { IHttpRequestOptions } from 'n8n-workflow';

import { toRawResponse, type RawResponse } from './response';
import { onRequestSent } from './requestSent';
import type { AccountRequest, NodeContext } from './request';

/** The credential type of this package. */
export const CREDENTIAL_NAME = 'activeCampaignSyncApi';

/** The vendor's slowest answers take about a second; an import of 250 contacts may take longer (milliseconds). */
const TIMEOUT_MS = 20_000;
const IMPORT_TIMEOUT_MS = 60_000;

/**
 * Sends one request through n8n's HTTP helper, once; the credential attaches the token.
 * @param baseUrl e.g. `https://acme.api-us1.com/api/3`
 * @param onSent called when the request leaves, after n8n has read the credential
 * @throws whatever the helper throws when there is no answer, or when the execution is stopped meanwhile
 */
export async function sendRequest(
	context: NodeContext,
	baseUrl: string,
	{ method, path, query = [], body, isImport, timeoutMs }: AccountRequest,
	onSent: () => void,
): Promise<RawResponse> {
	// Built here, since "+" in an address must arrive as %2B.
	const search = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
	const options: IHttpRequestOptions = {
		method,
		url: `${baseUrl}${path}${search === '' ? '' : `?${search}`}`,
		headers: { Accept: 'application/json' },
		...(body ? { body: { ...body } } : {}),
		// The helper would throw what it makes of an answer, without headers and body.
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// n8n re-sends custom headers, so the token too, to wherever a redirect points.
		disableFollowRedirect: true,
		timeout: timeoutMs ?? (isImport ? IMPORT_TIMEOUT_MS : TIMEOUT_MS),
	};
	onRequestSent(options, onSent);
	return toRawResponse(
		await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_NAME, options),
	);
}
