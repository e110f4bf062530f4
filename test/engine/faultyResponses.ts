import type { Fault } from '../sandbox';

/** What happened and what to do, as an item or an execution says it. */
export interface ExpectedMessage {
	message: RegExp;
	todo: RegExp;
}

const correctValue = /Correct the value named here and run the item again/;
const later = /Run the item again in a few minutes/;
const TRIED = String.raw`\(tried \d+ times in \d+ seconds?\)$`;
const unexpected = (what: string) =>
	new RegExp(
		String.raw`^It is unclear whether ActiveCampaign could sync the contact: 127\.0\.0\.1:\d+ returned ${what} ${TRIED}`,
	);
const refused = (status: number) =>
	new RegExp(
		String.raw`^ActiveCampaign refused to sync the contact \(HTTP ${status}\), although this API key has worked before ${TRIED}`,
	);

/** Responses that stay, whatever the contact, from an account that responds to other requests as usual. */
export const PERMANENT: Array<[string, Fault, ExpectedMessage & { httpCode: string }]> = [
	[
		'a redirect',
		{ redirect: 'https://elsewhere.example/api/3/contact/sync' },
		{ message: new RegExp(`redirected to another address ${TRIED}`), todo: later, httpCode: '307' },
	],
	[
		'200 with an HTML page',
		'htmlOk',
		{ message: unexpected('a web page instead of data'), todo: later, httpCode: '200' },
	],
	[
		'200 with an empty body and X-Ac-Error',
		'emptyOk',
		{
			message: unexpected('an empty response: The contact could not be saved'),
			todo: later,
			httpCode: '200',
		},
	],
	[
		'200 with half of its JSON',
		'brokenJson',
		{ message: unexpected('an unexpected response'), todo: later, httpCode: '200' },
	],
	[
		'200 without a contact',
		{ status: 200, body: { fieldValues: [] } },
		{ message: unexpected('an unexpected response'), todo: later, httpCode: '200' },
	],
	[
		'400 with a message',
		'message',
		{
			message:
				/^ActiveCampaign did not accept the request to sync the contact: The request was not understood$/,
			todo: correctValue,
			httpCode: '400',
		},
	],
	[
		'400 with error, message and code',
		'errorMessageCode',
		{ message: /: The request was not understood; bad_request$/, todo: correctValue, httpCode: '400' },
	],
	[
		'400 with errors as a text',
		'errorsString',
		{ message: /: The request was not understood$/, todo: correctValue, httpCode: '400' },
	],
	[
		'400 with errors that have a status',
		'errorsStatus',
		{ message: /: Bad Request: The request was not understood$/, todo: correctValue, httpCode: '400' },
	],
	[
		'400 with errors that name a parameter',
		'errorsParameter',
		{ message: /: Unknown parameter \('limit'\)$/, todo: correctValue, httpCode: '400' },
	],
	[
		'400 with an empty body',
		'emptyBody',
		{ message: /to sync the contact \(HTTP 400\)$/, todo: /Check the values of this item/, httpCode: '400' },
	],
	[
		'400 with an HTML page',
		'htmlPage',
		{ message: /to sync the contact \(HTTP 400\)$/, todo: /Check the values of this item/, httpCode: '400' },
	],
	['401', { status: 401 }, { message: refused(401), todo: later, httpCode: '401' }],
	[
		'402',
		'paymentRequired',
		{
			message: /^ActiveCampaign asks for payment before it will sync the contact/,
			todo: /Settings > Billing/,
			httpCode: '402',
		},
	],
	['403', 'forbidden', { message: refused(403), todo: later, httpCode: '403' }],
	[
		'404 without words',
		{ status: 404 },
		{ message: /^ActiveCampaign could not sync the contact \(HTTP 404\)$/, todo: /deleted/, httpCode: '404' },
	],
	[
		'404 with words',
		{ status: 404, body: { message: 'No Result found for Subscriber with id 7' } },
		{
			message: /could not sync the contact: No Result found for Subscriber with id 7$/,
			todo: /deleted/,
			httpCode: '404',
		},
	],
	[
		'422 with errors that point at a field',
		'errorsPointer',
		{
			message: /: The value is not valid: Nothing was saved \('phone'\)$/,
			todo: correctValue,
			httpCode: '422',
		},
	],
	[
		'429 that asks to wait for an hour',
		{ status: 429, headers: { 'Retry-After': '3600' } },
		{
			message: /rate limit was reached \(tried once, and asked to wait 3600 seconds\)$/,
			todo: /Run the item again later/,
			httpCode: '429',
		},
	],
];

/** What passes: one try meets it, and another succeeds. */
export const TRANSIENT: Fault[] = [
	'serverError',
	'unavailable',
	'unavailableRetryAfter',
	'html502',
	'html504',
	'html511',
	'cloudflareJson',
	'rateLimited',
	'rateLimitedSilently',
	'forbidden',
	'resetBeforeWrite',
	'resetAfterWrite',
	'cutInBody',
	'hang',
	'hangAfterWrite',
	'htmlOk',
	'noBody',
	'brokenJson',
	'deepJson',
	'brokenGzip',
	'longHeaders',
	'notHttp',
	'requestTimeout',
	'tooEarly',
	{ status: 500, afterWrite: true },
	{ status: 429, headers: { 'Retry-After': '0.5' } },
];
