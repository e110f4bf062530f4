import type { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import type { AccountRequest, RequestDetails } from '../../../nodes/ActiveCampaignSync/account/request';
import { readTry } from '../../../nodes/ActiveCampaignSync/account/errorRules';
import type { FailedTry } from '../../../nodes/ActiveCampaignSync/account/retry';
import { TOO_LARGE } from '../../../nodes/ActiveCampaignSync/account/send';
import type { RawResponse } from '../../../nodes/ActiveCampaignSync/account/received';
import { TRUST, type Trust } from '../../../nodes/ActiveCampaignSync/account/tokenHistory';
import type { JsonObject } from '../../../nodes/ActiveCampaignSync/shared/json';
import { sized } from '../../size';

const HOST = 'acme.api-us1.com';
const purpose = { action: 'sync the contact', permission: 'add and edit contacts' };
const LOGIN_PAGE = '<!DOCTYPE html><html><title>Log in</title><body>Log in to ActiveCampaign</body></html>';

const raw = (statusCode: number, body: unknown = '', headers: JsonObject = {}): RawResponse => ({
	statusCode,
	body,
	headers,
});

const request: AccountRequest = { method: 'POST', path: '/contact/sync', purpose, repeatable: 'always' };
type Changes = Partial<RequestDetails> & { readonly method?: 'GET' };
const read = (response: RawResponse, trust: Trust = TRUST.none, changes: Changes = {}) =>
	readTry({ response }, { request: { ...request, ...changes }, host: HOST, trust }, 0);

function tryOf(response: RawResponse, trust?: Trust, changes?: Changes): FailedTry {
	const result = read(response, trust, changes);
	if (result.failure) return result;
	throw new Error(`It was taken as a success: ${JSON.stringify(result)}`);
}

function failureOf(response: RawResponse): AccountFailure {
	return tryOf(response).failure;
}

describe('a success', () => {
	it.each([
		[200, { contact: { id: '1' } }, { contact: { id: '1' } }],
		[201, { contact: { id: '1' } }, { contact: { id: '1' } }],
		[200, {}, {}],
		[200, [], {}],
		[204, '', {}],
	])('is %d with %j', (status, body, expected) => {
		expect(read(raw(status, body))).toEqual({ value: { statusCode: status, body: expected } });
	});

	it.each<[string, unknown, JsonObject, string]>([
		['an HTML page after a blank line', `\n${LOGIN_PAGE}`, {}, `${HOST} returned a web page instead of data`],
		['an HTML page', LOGIN_PAGE, {}, `${HOST} returned a web page instead of data`],
		['an empty body', '', {}, `${HOST} returned an empty response`],
		['a missing body', undefined, {}, `${HOST} returned an empty response`],
		[
			'an empty body and a reason',
			'',
			{ 'x-ac-error': 'The contact could not be saved.' },
			`${HOST} returned an empty response: The contact could not be saved`,
		],
		['half of its JSON', '{"contact":{"id":', {}, `${HOST} returned an unexpected response`],
		['a number', 7, {}, `${HOST} returned an empty response`],
		['text', 'null', {}, `${HOST} returned an unexpected response`],
	])('is not 200 with %s', (_name, body, headers, what) => {
		const failure = failureOf(raw(200, body, headers));
		expect(failure.message).toBe(`It is unclear whether ActiveCampaign could sync the contact: ${what}`);
		expect(failure.description).toContain('Check the API URL and API key');
		expect(failure.description).toContain('Settings > Developer');
		expect(failure.details).toEqual({ httpCode: '200', outcomeUnknown: true });
	});

	it('an HTML page is about the account, an empty response about the one contact', () => {
		expect(failureOf(raw(200, LOGIN_PAGE)).kind).toBe('wrongAccount');
		expect(failureOf(raw(200, '')).kind).toBe('noData');
	});
});

describe('an unsuccessful response', () => {
	it.each<[number, unknown, string, string, string]>([
		[
			301,
			'',
			'wrongAccount',
			`The API URL looks wrong: ${HOST} redirects to another address`,
			'the API key went nowhere else',
		],
		[300, {}, 'wrongAccount', 'redirects to another address', "'API URL'"],
		[307, { message: 'Moved' }, 'wrongAccount', `The API URL looks wrong: ${HOST} redirects`, "'API URL'"],
		[
			400,
			{ message: 'Contact email must be provided for sync' },
			'rejected',
			'ActiveCampaign did not accept the request to sync the contact: Contact email must be provided for sync',
			'Correct the value named here',
		],
		[
			400,
			'',
			'rejected',
			'ActiveCampaign did not accept the request to sync the contact (HTTP 400)',
			'Check the values of this item',
		],
		[
			401,
			'',
			'forbidden',
			'ActiveCampaign did not allow this API key to sync the contact',
			'Check the API key',
		],
		[
			402,
			{ message: 'Payment required' },
			'accountBlocked',
			'ActiveCampaign asks for payment before it will sync the contact: Payment required',
			'Settings > Billing',
		],
		[
			403,
			'',
			'forbidden',
			'ActiveCampaign did not allow this API key to sync the contact',
			'add and edit contacts',
		],
		[
			403,
			{ message: 'Forbidden.' },
			'forbidden',
			'ActiveCampaign did not allow this API key to sync the contact: Forbidden',
			'Settings > Developer',
		],
		[404, '', 'wrongAccount', `there is no ActiveCampaign account at ${HOST}`, "'API URL'"],
		[404, LOGIN_PAGE, 'wrongAccount', `there is no ActiveCampaign account at ${HOST}`, "'API URL'"],
		[
			404,
			{ message: 'No Result found for Subscriber with id 7' },
			'notFound',
			'ActiveCampaign could not sync the contact: No Result found for Subscriber with id 7',
			'Pick it again',
		],
		[
			422,
			{ errors: [{ title: 'Not valid' }] },
			'rejected',
			'to sync the contact: Not valid',
			'Correct the value',
		],
		[429, '', 'rateLimited', "ActiveCampaign's rate limit was reached", "'Requests per Second'"],
		[
			500,
			{ message: 'Oops' },
			'unavailable',
			'ActiveCampaign could not sync the contact right now (HTTP 500): Oops',
			'in a few minutes',
		],
		[502, LOGIN_PAGE, 'unavailable', 'right now (HTTP 502)', 'status.activecampaign.com'],
		[500, TOO_LARGE, 'unavailable', 'right now (HTTP 500)', 'status.activecampaign.com'],
		[300, TOO_LARGE, 'wrongAccount', 'redirects to another address', "'API URL'"],
		[300, LOGIN_PAGE, 'wrongAccount', 'redirects to another address', "'API URL'"],
		[300, { errors: [{ title: 'No' }] }, 'wrongAccount', 'redirects to another address', "'API URL'"],
		[403, { errors: [{ title: 'No' }] }, 'forbidden', 'did not allow this API key', 'Check the API key'],
		[400, undefined, 'rejected', 'to sync the contact (HTTP 400)', 'Check the values of this item'],
		[511, LOGIN_PAGE, 'unavailable', 'right now (HTTP 511)', 'status.activecampaign.com'],
	])('%d %j: %s', (status, body, kind, message, description) => {
		const failure = failureOf(raw(status, body));
		expect(failure.kind).toBe(kind);
		expect(failure.message).toContain(message);
		expect(failure.description).toContain(description);
		expect(failure.details.httpCode).toBe(String(status));
	});

	it('says what happened and what to do, in our words, for every status', () => {
		for (let status = 200; status < 600; status += sized(3, 1)) {
			for (const body of ['', LOGIN_PAGE]) {
				for (const trust of Object.values(TRUST)) {
					const { failure } = read(raw(status, body), trust);
					if (!failure) continue;
					const { message, description } = failure;
					expect(`${message} ${description}`).not.toMatch(/error|problem|failure|mistake|undefined|<|  /i);
					expect(message).not.toMatch(/[.:]$/);
					expect(description).not.toMatch(/[.:]$/);
					expect(description.length).toBeGreaterThan(20);
				}
			}
		}
	});

	it('may have been carried out where the account did not turn it away', () => {
		const statuses = [200, 400, 403, 408, 422, 425, 429, 500, 502, 503];
		const maybe = statuses.filter((status) => failureOf(raw(status)).details.outcomeUnknown);
		expect(maybe).toEqual([200, 408, 500, 502, 503]);
		const asksToWait = tryOf(raw(503, '', { 'retry-after': '1' }));
		expect([asksToWait.reason, asksToWait.failure.details.outcomeUnknown]).toEqual(['rateLimited', true]);
		const reads = statuses.filter(
			(status) => tryOf(raw(status), TRUST.none, { method: 'GET' }).failure.details.outcomeUnknown,
		);
		expect(reads).toEqual([]);
	});

	it('names the contacts of a refused import, counted from 0', () => {
		const body = {
			failureReasons: [
				{ contact: 1, failureReason: 'Bad email.' },
				{ contact: '3', failureReason: 'No email' },
				{ contact: 'x', failureReason: 'Odd' },
				{ failureReason: 'Whose' },
			],
		};
		expect([...(failureOf(raw(400, body)).details.contactReasons ?? [])]).toEqual([
			[0, 'Bad email'],
			[2, 'No email'],
		]);
		expect(failureOf(raw(400, { failureReasons: 'All' })).details.contactReasons).toBeUndefined();
		expect(failureOf(raw(500, body)).details.contactReasons).toBeUndefined();
	});
});

describe('a refusal that the caller recognizes', () => {
	it.each([400, 403, 404, 500])('is one of the values, whatever its status: %d', (status) => {
		const { failure, reason } = tryOf(raw(status, { message: 'No' }), TRUST.token, { isRefusal: () => true });
		expect([failure.kind, reason]).toEqual(['rejected', undefined]);
		expect(failure.message).toBe('ActiveCampaign did not accept the request to sync the contact: No');
	});

	it('has the status of a refusal, and the words that the caller knows', () => {
		expect(tryOf(raw(302, ''), TRUST.none, { isRefusal: () => true }).failure.kind).toBe('wrongAccount');
		expect(tryOf(raw(403, ''), TRUST.none, { isRefusal: () => false }).failure.kind).toBe('forbidden');
	});
});

describe('a 403 to an enrollment', () => {
	const enrollment = {
		purpose: { action: 'enroll the contact', permission: 'x', ifRefused: 'Check the automation' },
	};

	it.each<[string, unknown, string, string]>([
		['a message', { message: 'Não foi possível.' }, 'rejected', 'Check the automation'],
		[
			'errors',
			{ message: 'No', errors: [{ title: 'No' }] },
			'forbidden',
			'The API key works, but its user may not x',
		],
		['an empty message', { message: '' }, 'forbidden', 'The API key works, but its user may not x'],
		['no words', '', 'forbidden', 'The API key works, but its user may not x'],
	])('with %s', (_name, body, kind, advice) => {
		const { failure } = tryOf(raw(403, body), TRUST.token, enrollment);
		expect([failure.kind, failure.description]).toEqual([kind, expect.stringContaining(advice)]);
	});

	it('is in the words of the account, and says what to check', () => {
		const { failure } = tryOf(raw(403, { message: 'Could not create SubscriberSeries' }));
		expect(failure.message).toBe(
			'ActiveCampaign did not sync the contact: Could not create SubscriberSeries',
		);
		expect(failure.description).toBe('Check the values of this item');
	});
});

describe('another try', () => {
	const PAGE = '<html></html>';

	it.each<[string, RawResponse, Array<string | undefined>]>([
		['a web page', raw(200, PAGE), ['maybeTransient', 'transient', 'transient']],
		['an empty 200', raw(200), ['maybeTransient', 'transient', 'transient']],
		['half of the JSON', raw(201, '{"contact":'), ['maybeTransient', 'transient', 'transient']],
		[
			'a reason of the account',
			raw(200, '', { 'x-ac-error': 'No' }),
			['maybeTransient', 'transient', 'transient'],
		],
		['a redirect', raw(302), [undefined, 'transient', 'transient']],
		['403', raw(403), ['maybeTransient', 'maybeTransient', 'transient']],
		['401', raw(401), ['maybeTransient', 'maybeTransient', 'transient']],
		['404 without words', raw(404), [undefined, undefined, undefined]],
		['402', raw(402), [undefined, undefined, undefined]],
		['422', raw(422), [undefined, undefined, undefined]],
		['408', raw(408), ['transient', 'transient', 'transient']],
		['425', raw(425), ['transient', 'transient', 'transient']],
		['429', raw(429), ['rateLimited', 'rateLimited', 'rateLimited']],
		['502', raw(502), ['transient', 'transient', 'transient']],
		[
			'403 about an automation',
			raw(403, { message: 'Could not create SubscriberSeries' }),
			[undefined, undefined, undefined],
		],
	])('depends on what the run has seen of the account: %s', (_name, response, expected) => {
		const reasons = [TRUST.none, TRUST.token, TRUST.endpoint].map((trust) => tryOf(response, trust).reason);
		expect(reasons).toEqual(expected);
	});

	it('depends not on what worked in other runs, but for what to say about the token', () => {
		for (const response of [raw(200, PAGE), raw(302), raw(401), raw(403), raw(404), raw(502)]) {
			const [never, host, recent] = [TRUST.none, TRUST.host, TRUST.recentToken].map((trust) =>
				tryOf(response, trust),
			);
			expect([host?.reason, recent?.reason]).toEqual([never?.reason, never?.reason]);
			expect(host?.failure).toEqual(never?.failure);
			expect(recent?.failure.message).toBe(never?.failure.message);
		}
		expect(tryOf(raw(403), TRUST.recentToken).failure.description).toMatch(
			/^The API key worked a few minutes ago\. Unless it was replaced since, its user may not add/,
		);
	});

	it('is not made for a permission that was found to be missing', () => {
		const context = { request, host: HOST, lacksPermission: true };
		for (const trust of [TRUST.none, TRUST.token]) {
			const { failure, reason } = readTry({ response: raw(403) }, { ...context, trust }, 0);
			expect([failure?.kind, reason]).toEqual(['forbidden', undefined]);
		}
		const { reason } = readTry({ response: raw(403) }, { ...context, trust: TRUST.endpoint }, 0);
		expect(reason).toBe('transient');
	});

	it('is made after the wait that the account asks for, but only where one is made', () => {
		const headers = { 'retry-after': '7' };
		const asked = [429, 502, 403, 402, 422].map((status) => tryOf(raw(status, '', headers)).failure.details);
		expect(asked.map(({ retryAfterMs }) => retryAfterMs)).toEqual([
			7_000,
			7_000,
			7_000,
			undefined,
			undefined,
		]);
	});

	it('is not made for a response that is too large, which is called that', () => {
		for (const trust of Object.values(TRUST)) {
			const { failure, reason } = tryOf(raw(200, TOO_LARGE), trust);
			expect([failure.kind, reason]).toEqual(['noData', undefined]);
			expect(failure.details).toEqual({ httpCode: '200', outcomeUnknown: true });
			expect(failure.message).toBe(
				`It is unclear whether ActiveCampaign could sync the contact: ${HOST} returned more than 10 MB, which is too large to read`,
			);
		}
	});

	it('is made for a 2xx without the data that was asked for', () => {
		const hasData = (body: JsonObject) => Array.isArray(body['fields']);
		expect(read(raw(200, { fields: [] }), TRUST.token, { hasData }).value?.body).toEqual({ fields: [] });
		const { failure, reason } = tryOf(raw(200, { message: 'Hello' }), TRUST.token, {
			hasData,
			method: 'GET',
		});
		expect([reason, failure.kind, failure.details.outcomeUnknown]).toEqual(['transient', 'noData', false]);
		expect(failure.message).toBe(
			`ActiveCampaign could not sync the contact: ${HOST} returned an unexpected response`,
		);
	});

	it('is made for a 2xx with errors, which another try would not change', () => {
		const refused = raw(200, { errors: [{ title: 'The list is archived' }] });
		const { failure, reason } = tryOf(refused);
		expect([reason, failure.kind, failure.details.outcomeUnknown]).toEqual([
			undefined,
			'rejected',
			undefined,
		]);
		expect(failure.message).toBe(
			'ActiveCampaign did not accept the request to sync the contact: The list is archived',
		);
		expect(read(raw(200, { errors: [] }), TRUST.token).value?.body).toEqual({ errors: [] });
		const hasData = (body: JsonObject) => 'contact' in body;
		const both = { contact: {}, errors: [{ title: 'No' }] };
		expect(read(raw(200, both), TRUST.token, { hasData }).value?.body).toEqual(both);
	});
});

describe('an account that has responded in this run', () => {
	it.each<[RawResponse, string]>([
		[raw(302), `ActiveCampaign could not sync the contact: ${HOST} redirected to another address`],
		[raw(404, LOGIN_PAGE), 'ActiveCampaign could not sync the contact (HTTP 404)'],
		[
			raw(200, LOGIN_PAGE),
			`It is unclear whether ActiveCampaign could sync the contact: ${HOST} returned a web page instead of data`,
		],
		[
			raw(200, ' \n'),
			`It is unclear whether ActiveCampaign could sync the contact: ${HOST} returned an empty response`,
		],
	])('says what it did: %j', (response, message) => {
		expect(tryOf(response, TRUST.token).failure.message).toBe(message);
	});

	it('is not said to be the wrong one, nor its token', () => {
		for (const status of [200, 302, 401, 403, 404]) {
			for (const trust of [TRUST.token, TRUST.endpoint]) {
				const { message, description } = tryOf(raw(status, LOGIN_PAGE), trust).failure;
				expect(`${message} ${description}`).not.toMatch(
					/account name|Check the API key|Settings > Developer/i,
				);
			}
		}
	});

	it('names the permission that is missing, or says that the refusal may pass', () => {
		const missing = tryOf(raw(403, { message: 'Forbidden.' }), TRUST.token).failure;
		expect([missing.kind, missing.message]).toEqual([
			'forbidden',
			'ActiveCampaign did not allow this API key to sync the contact: Forbidden',
		]);
		expect(missing.description).toMatch(
			/^The API key works, but its user may not add and edit contacts: ask/,
		);
		const passing = tryOf(raw(403), TRUST.endpoint).failure;
		expect([passing.kind, passing.message]).toEqual([
			'unavailable',
			'ActiveCampaign refused to sync the contact (HTTP 403), although this API key has worked before',
		]);
	});
});

describe('being over the limit', () => {
	it.each<[number, JsonObject, boolean]>([
		[429, {}, true],
		[429, { 'retry-after': '1' }, true],
		[503, { 'retry-after': '1' }, true],
		[503, {}, false],
		[502, { 'retry-after': '1' }, false],
		[400, {}, false],
	])('%d %j: %s', (status, headers, expected) => {
		expect(tryOf(raw(status, '', headers)).reason === 'rateLimited').toBe(expected);
	});
});

describe('being over the import limit', () => {
	it.each<[number, unknown, boolean]>([
		[400, { message: 'Rate limit exceeded.', failureReasons: 'Too many' }, true],
		[400, { message: 'No', failureReasons: 'The rate limit was exceeded' }, true],
		[400, { message: 'No', failureReasons: [{ contact: 1, failureReason: 'Bad email' }] }, false],
		[400, 'Rate limit exceeded.', false],
		[422, { message: 'Rate limit exceeded.' }, false],
	])('%d %j: %s', (status, body, expected) => {
		const { reason } = tryOf(raw(status, body), TRUST.none, { isImport: true });
		expect(reason === 'rateLimited').toBe(expected);
		expect(tryOf(raw(status, body)).reason).toBeUndefined();
	});
});
