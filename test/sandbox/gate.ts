import type { IncomingMessage } from 'node:http';
import type { Account } from './account';
import { forbidden, json, page, type ApiResponse } from './apiResponse';
import { inLanguage } from './language';
import type { RequestLimit } from './limit';
import { findRoute, type Call } from './router';
import type { SandboxSettings } from './settings';

const API = '/api/3';
const TOKEN_QUERY_KEYS = ['api_key', 'api_token', 'Api-Token', 'token'];
/** Bulk imports have a limit of their own. */
const UNLIMITED_PATH = '/import/bulk_import';

/** The path below `/api/3`; the whole path when the request is for something else. */
export function apiPath(path: string): string {
	return path.startsWith(`${API}/`) ? path.slice(API.length) : path;
}

/** What is decided when a request arrives: a response that refuses it, and headers for whatever response it gets. */
export interface Admission {
	refusal?: ApiResponse;
	headers: Record<string, string>;
}

/** Checks path, length, token and request limit at the given moment, in this order. */
export function admit(
	request: { message: IncomingMessage; path: string; query: URLSearchParams; atMs: number },
	{ settings, account, limit }: { settings: SandboxSettings; account: Account; limit: RequestLimit },
): Admission {
	const { message, path, query, atMs } = request;
	if (!path.startsWith(`${API}/`)) return { refusal: page(404, 'Page not found'), headers: {} };
	if (settings.maxUrlLength > 0 && (message.url ?? '').length > settings.maxUrlLength)
		return { refusal: page(414, '414 Request-URI Too Large', { Server: 'nginx' }), headers: {} };
	if (TOKEN_QUERY_KEYS.some((key) => query.has(key))) account.mistake('tokenInQuery', path);
	if (message.headers['api-token'] !== settings.token) return { refusal: wrongToken(settings), headers: {} };
	if (settings.requestsPerSecond === 0 || apiPath(path) === UNLIMITED_PATH) return { headers: {} };
	const { admitted, remaining } = limit.admit(atMs, settings.requestsPerSecond, settings.neighborPerSecond);
	const rateLimitHeaders = {
		'RateLimit-Limit': String(settings.requestsPerSecond),
		'RateLimit-Remaining': String(remaining),
	};
	if (admitted) return { headers: settings.sendRateLimitHeaders === 'always' ? rateLimitHeaders : {} };
	const retryAfter = settings.retryAfterSeconds;
	return {
		refusal: json(settings.overLimitStatus, { message: 'The request limit of this account was exceeded' }),
		headers: {
			...(retryAfter === null ? {} : { 'Retry-After': String(retryAfter) }),
			...(settings.sendRateLimitHeaders === false ? {} : rateLimitHeaders),
		},
	};
}

function wrongToken({ wrongToken: kind }: SandboxSettings): ApiResponse {
	if (kind === 'loginPage') return page(200, 'Log in to ActiveCampaign');
	if (kind === 'noBody') return { status: 403, contentType: null };
	return json(403, { message: 'You do not have permission to access this account.' });
}

/** Does a request's work. @returns the response: 404 for a path the API does not have, 403 for a right that is missing. */
export function work(method: string, path: string, contentType: string, call: Call): ApiResponse {
	const query = withoutIgnored(call);
	return inLanguage(handle(method, path, contentType, { ...call, query }), call.settings.language);
}

/** The query without the parameters that the account ignores. */
function withoutIgnored({ path, query, settings }: Call): URLSearchParams {
	const ignored = settings.ignoredParameters[path] ?? [];
	return new URLSearchParams([...query].filter(([key]) => !ignored.includes(key)));
}

function handle(method: string, path: string, contentType: string, call: Call): ApiResponse {
	const found = findRoute(method, apiPath(path));
	if (!found || call.settings.missingPaths.includes(found.route.path))
		return json(404, { message: 'No route found' });
	const { route, id } = found;
	if (route.permission && call.settings.deny.includes(route.permission)) return forbidden(route.permission);
	const takesJson = !['POST', 'PUT'].includes(method) || contentType.includes('application/json');
	if (!takesJson || call.body instanceof SyntaxError)
		return json(400, { message: 'The request body must be JSON' });
	return route.handle(call, id);
}
