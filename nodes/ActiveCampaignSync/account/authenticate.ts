import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { AccountFailure, CORRECT_CREDENTIAL } from '../shared/failure';
import { accountBaseUrl, isWithinAccount, parsedUrl } from './accountUrl';

/** A request that is not sent: the token must not go where it points, or the credential has no usable token. */
function refuseRequest(message: string): AccountFailure {
	return new AccountFailure('wrongAccount', message, CORRECT_CREDENTIAL);
}

/**
 * n8n re-sends custom headers to the target of a redirect. Its `httpRequest` reads `disableFollowRedirect`; the older
 * helper, which the HTTP Request node still uses, reads `followRedirect` and `followAllRedirects`.
 */
const FOLLOW_NO_REDIRECT = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
};

/** Set by us alone: `Host` decides which of the sites behind one address gets the request. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['api-token', 'host']);

/** What either helper may be asked for: the older one has names of its own. */
type RequestOptions = Partial<IHttpRequestOptions> & {
	uri?: unknown;
	rejectUnauthorized?: unknown;
	agentOptions?: unknown;
};

/**
 * The request with the account's token attached; the options given are left as they are.
 *
 * Its `url` comes back absolute, as the very text that was checked, without `uri` and `baseURL` beside it: n8n, axios
 * and the URL parser each join these in their own way. A `url` like `/contact/sync` is taken below the account's API.
 * @throws AccountFailure when the account name cannot be read, when the request goes anywhere but to the account, or the token cannot be one
 */
export function withApiToken(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: RequestOptions,
): IHttpRequestOptions {
	const accountUrl = accountBaseUrl(credentials['accountName']);
	const { uri, baseURL = accountUrl } = requestOptions;
	const url = absoluteUrl(requestOptions.url ?? uri, baseURL);
	if (!isWithinAccount(url, accountUrl)) throw leavesAccount(url, accountUrl);
	const headers = {
		...foreignHeaders(requestOptions.headers),
		'Api-Token': readToken(credentials['apiToken']),
	};
	const request = { ...requestOptions, ...FOLLOW_NO_REDIRECT, url, headers };
	delete request.uri;
	delete request.baseURL;
	// An unchecked certificate, or an authority that the caller brings along, would let a proxy read the token.
	delete request.skipSslCertificateValidation;
	delete request.rejectUnauthorized;
	delete request.agentOptions;
	// Through a proxy https stays closed, while plain http (loopback) would show it the token.
	if (url.startsWith('http:')) delete request.proxy;
	return request;
}

/** The one absolute URL that a request means, as the URL parser writes it; '' where it cannot be read. */
function absoluteUrl(requested: unknown, baseUrl: string): string {
	if (typeof requested !== 'string') return '';
	const isAbsolute = /^(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(requested);
	const url = isAbsolute ? requested : `${baseUrl.replace(/\/$/, '')}/${requested.replace(/^\//, '')}`;
	return parsedUrl(url)?.href ?? '';
}

function leavesAccount(url: string, accountUrl: string): AccountFailure {
	const target = parsedUrl(url)?.host.slice(0, 100) || 'an address that cannot be read';
	const account = new URL(accountUrl).origin;
	return refuseRequest(
		`The request to ${target} was not sent, since the ActiveCampaign credential is for ${account} only. Use a URL that starts with ${account}, or choose other authentication for this request`,
	);
}

function foreignHeaders(headers: IDataObject | undefined): IDataObject {
	return Object.fromEntries(
		Object.entries(headers ?? {}).filter(([name]) => !OWN_HEADERS.has(name.trim().toLowerCase())),
	);
}

/** Without blanks around it, as they come along when it is pasted. */
function readToken(apiToken: unknown): string {
	const token = typeof apiToken === 'string' ? apiToken.trim() : '';
	if (/^[!-~]+$/.test(token)) return token;
	const what = token === '' ? 'is empty' : 'contains characters that API keys do not have';
	throw refuseRequest(
		`'API Key' of the credential ${what}. Copy the API key that ActiveCampaign shows under Settings > Developer`,
	);
}
