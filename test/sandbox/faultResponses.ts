import { page, type ApiResponse } from './apiResponse';

/** Responses that were recorded in place of the expected one, or that a client must expect, by name. */
export const FAULT_RESPONSES = {
	emptyOk: { status: 200, headers: { 'X-Ac-Error': 'The contact could not be saved' }, contentType: null },
	htmlOk: page(200, 'Log in to ActiveCampaign'),
	brokenJson: { status: 200, text: '{"contact":{"id":', contentType: 'application/json' },
	serverError: { status: 500, body: { message: 'Internal Server Error' } },
	unavailable: { status: 503, body: { message: 'Service Unavailable' } },
	unavailableRetryAfter: {
		status: 503,
		body: { message: 'Service Unavailable' },
		headers: { 'Retry-After': '1' },
	},
	html502: page(502, '502: Bad gateway', { Server: 'cloudflare' }),
	html504: page(504, '504: Gateway time-out', { Server: 'cloudflare' }),
	html511: page(511, '511: Network authentication required', { Server: 'cloudflare' }),
	cloudflareJson: {
		status: 502,
		body: {
			title: 'Error 502: Bad gateway',
			status: 502,
			detail: 'The origin web server returned an invalid response.',
			error_name: 'origin_bad_gateway',
			cloudflare_error: true,
			retryable: true,
			retry_after: 2,
		},
		headers: { Server: 'cloudflare' },
	},
	rateLimited: { status: 429, body: { message: 'Too Many Requests' }, headers: { 'Retry-After': '1' } },
	rateLimitedSilently: { status: 429, contentType: null },
	requestTimeout: { status: 408, body: { message: 'Request Timeout' } },
	tooEarly: { status: 425, body: { message: 'Too Early' } },
	forbidden: { status: 403, contentType: null },
	paymentRequired: { status: 402, body: { message: 'Payment required' } },
	errorsPointer: {
		status: 422,
		body: {
			errors: [
				{
					title: 'The value is not valid.',
					detail: 'Nothing was saved.',
					code: 'value_invalid',
					source: { pointer: '/data/attributes/phone' },
				},
			],
		},
	},
	errorsStatus: {
		status: 400,
		body: { errors: [{ status: 400, title: 'Bad Request', detail: 'The request was not understood.' }] },
	},
	errorsParameter: {
		status: 400,
		body: { errors: [{ title: 'Unknown parameter', source: { parameter: 'limit' } }] },
	},
	message: { status: 400, body: { message: 'The request was not understood.' } },
	errorMessageCode: {
		status: 400,
		body: { error: 'bad_request', message: 'The request was not understood.', code: 40 },
	},
	errorsString: { status: 400, body: { errors: 'The request was not understood.' } },
	emptyBody: { status: 400, contentType: null },
	htmlPage: page(400, 'Bad Request'),
} satisfies Record<string, ApiResponse>;

const DEEP = 5_000;
const LONG_BYTES = 100 * 1_024;

/** Responses with status 200 that a client can make nothing of, by name; the first two are still JSON and text. */
export const UNREADABLE_RESPONSES = {
	deepJson: {
		status: 200,
		text: `${'{"contact":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
		contentType: 'application/json',
	},
	notJson: { status: 200, text: 'OK', contentType: 'application/json' },
	noBody: { status: 200, contentType: null },
	brokenGzip: {
		status: 200,
		text: 'This was never compressed.',
		headers: { 'Content-Encoding': 'gzip' },
		contentType: 'application/json',
	},
	longHeaders: { status: 200, body: {}, headers: { 'X-Long': 'x'.repeat(LONG_BYTES) } },
} satisfies Record<string, ApiResponse>;
