import type { Fault } from '../sandbox';

/** What happened and what to do, as an item or an execution tells it. */
export interface Told {
	message: RegExp;
	todo: RegExp;
}

const wrongAccount = /Copy the URL of the account into 'Account Name'.+Settings > Developer/;
const checkCredential = /Check account name and API token in the credential/;
const checkToken =
	/Check the API token in the credential.+Settings > Developer.+may not add and edit contacts/;
const correctValue = /Correct the value named here and run the item again/;

/** Answers that another try would not change, whatever the contact. */
export const LASTING: Array<[string, Fault, Told & { httpCode: string }]> = [
	[
		'a redirect',
		{ redirect: 'https://elsewhere.example/api/3/contact/sync' },
		{
			message: /^The account name looks wrong: 127\.0\.0\.1:\d+ redirects/,
			todo: wrongAccount,
			httpCode: '307',
		},
	],
	[
		'200 with an HTML page',
		'htmlOk',
		{ message: /answered with a web page instead of data$/, todo: checkCredential, httpCode: '200' },
	],
	[
		'200 with an empty body and X-Ac-Error',
		'emptyOk',
		{
			message: /answered with nothing: The contact could not be saved$/,
			todo: checkCredential,
			httpCode: '200',
		},
	],
	[
		'200 with half of its JSON',
		'brokenJson',
		{ message: /answered with something that is no data$/, todo: checkCredential, httpCode: '200' },
	],
	[
		'200 without a contact',
		{ status: 200, body: { fieldValues: [] } },
		{ message: /^ActiveCampaign answered without a contact/, todo: /Look for the contact/, httpCode: '200' },
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
	[
		'401',
		{ status: 401 },
		{
			message: /^ActiveCampaign did not allow this API token to sync the contact$/,
			todo: checkToken,
			httpCode: '401',
		},
	],
	[
		'402',
		'paymentRequired',
		{
			message: /^ActiveCampaign asks for payment before it will sync the contact/,
			todo: /Settings > Billing/,
			httpCode: '402',
		},
	],
	[
		'403, twice',
		'forbidden',
		{
			message: /^ActiveCampaign did not allow this API token to sync the contact$/,
			todo: checkToken,
			httpCode: '403',
		},
	],
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

/** What passes: one try meets it, and another gets through. */
export const PASSING: Fault[] = [
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
	{ status: 500, afterWrite: true },
	{ status: 429, headers: { 'Retry-After': '0.5' } },
];
