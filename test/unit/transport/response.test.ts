import {
	readResponse,
	toRawResponse,
	type RawResponse,
} from '../../../nodes/ActiveCampaignSync/transport/response';
import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import type { JsonObject } from '../../../nodes/ActiveCampaignSync/shared/json';

const HOST = 'acme.api-us1.com';
const purpose = { action: 'sync the contact', permission: 'add and edit contacts' };
const LOGIN_PAGE = '<!DOCTYPE html><html><title>Log in</title><body>Log in to ActiveCampaign</body></html>';

const raw = (statusCode: number, body: unknown = '', headers: JsonObject = {}): RawResponse => ({
	statusCode,
	body,
	headers,
});

function failureOf(answer: RawResponse): AccountFailure {
	const read = readResponse(answer, HOST, purpose);
	if (read instanceof AccountFailure) return read;
	throw new Error(`It was taken as a success: ${JSON.stringify(read)}`);
}

describe('what n8n hands over', () => {
	it('is parsed whatever its content type', () => {
		const headers = { 'content-type': 'text/html; charset=UTF-8' };
		expect(toRawResponse({ statusCode: 200, headers, body: '{"success":1}' })).toEqual({
			statusCode: 200,
			headers,
			body: { success: 1 },
		});
		expect(toRawResponse({ statusCode: 200, headers, body: LOGIN_PAGE }).body).toBe(LOGIN_PAGE);
	});

	it.each([undefined, null, 'text', 7, [], {}])('is an empty answer where it is none: %j', (value) => {
		const { body } = toRawResponse(value);
		expect(body).toBeUndefined();
		expect(failureOf(toRawResponse(value)).kind).toBe('noData');
	});
});

describe('a success', () => {
	it.each([
		[200, { contact: { id: '1' } }, { contact: { id: '1' } }],
		[201, { contact: { id: '1' } }, { contact: { id: '1' } }],
		[200, {}, {}],
		[200, [], {}],
		[204, '', {}],
	])('is %d with %j', (status, body, expected) => {
		expect(readResponse(raw(status, body), HOST, purpose)).toEqual(expected);
	});

	it.each<[string, unknown, JsonObject, string]>([
		[
			'an HTML page after a blank line',
			`\n${LOGIN_PAGE}`,
			{},
			`${HOST} answered with a web page instead of data`,
		],
		['an HTML page', LOGIN_PAGE, {}, `${HOST} answered with a web page instead of data`],
		['an empty body', '', {}, `${HOST} answered with nothing`],
		['a missing body', undefined, {}, `${HOST} answered with nothing`],
		[
			'an empty body and a reason',
			'',
			{ 'x-ac-error': 'The contact could not be saved.' },
			`${HOST} answered with nothing: The contact could not be saved`,
		],
		['half of its JSON', '{"contact":{"id":', {}, `${HOST} answered with something that is no data`],
		['a number', 7, {}, `${HOST} answered with nothing`],
	])('is not 200 with %s', (_name, body, headers, what) => {
		const failure = failureOf(raw(200, body, headers));
		expect(failure.message).toBe(`It is not known whether ActiveCampaign could sync the contact: ${what}`);
		expect(failure.description).toContain('Check account name and API token');
		expect(failure.description).toContain('Settings > Developer');
		expect(failure.details).toEqual({ httpCode: '200', outcomeUnknown: true });
	});

	it('an HTML page tells of the account, an empty answer of the one contact', () => {
		expect(failureOf(raw(200, LOGIN_PAGE)).kind).toBe('wrongAccount');
		expect(failureOf(raw(200, '')).kind).toBe('noData');
	});
});

describe('an unsuccessful answer', () => {
	it.each<[number, unknown, string, string, string]>([
		[
			301,
			'',
			'wrongAccount',
			`The account name looks wrong: ${HOST} redirects to another address`,
			'the API token went nowhere else',
		],
		[300, {}, 'wrongAccount', 'redirects to another address', "'Account Name'"],
		[
			307,
			{ message: 'Moved' },
			'wrongAccount',
			`The account name looks wrong: ${HOST} redirects`,
			"'Account Name'",
		],
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
			'ActiveCampaign did not allow this API token to sync the contact',
			'Check the API token',
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
			'ActiveCampaign did not allow this API token to sync the contact',
			'add and edit contacts',
		],
		[
			403,
			{ message: 'Forbidden.' },
			'forbidden',
			'ActiveCampaign did not allow this API token to sync the contact: Forbidden',
			'Settings > Developer',
		],
		[404, '', 'wrongAccount', `there is no ActiveCampaign account at ${HOST}`, "'Account Name'"],
		[404, LOGIN_PAGE, 'wrongAccount', `there is no ActiveCampaign account at ${HOST}`, "'Account Name'"],
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
		[
			429,
			'',
			'rateLimited',
			'ActiveCampaign asked to wait, since the account is over its request limit',
			"'Requests per Second'",
		],
		[
			500,
			{ message: 'Oops' },
			'unavailable',
			'ActiveCampaign could not sync the contact right now (HTTP 500): Oops',
			'in a few minutes',
		],
		[502, LOGIN_PAGE, 'unavailable', 'right now (HTTP 502)', 'status.activecampaign.com'],
		[511, LOGIN_PAGE, 'unavailable', 'right now (HTTP 511)', 'status.activecampaign.com'],
	])('%d %j: %s', (status, body, kind, message, description) => {
		const failure = failureOf(raw(status, body));
		expect(failure.kind).toBe(kind);
		expect(failure.message).toContain(message);
		expect(failure.description).toContain(description);
		expect(failure.details.httpCode).toBe(String(status));
	});

	it('says what happened and what to do, in our words, for every status', () => {
		for (let status = 200; status < 600; status += 1) {
			for (const body of ['', LOGIN_PAGE]) {
				const read = readResponse(raw(status, body), HOST, purpose);
				if (!(read instanceof AccountFailure)) continue;
				const { message, description } = read;
				expect(`${message} ${description}`).not.toMatch(/error|problem|failure|mistake|undefined|<|  /i);
				expect(message).not.toMatch(/[.:]$/);
				expect(description).not.toMatch(/[.:]$/);
				expect(description.length).toBeGreaterThan(20);
			}
		}
	});

	it('may have been carried out where the account did not turn it away', () => {
		const maybe = [200, 400, 403, 422, 429, 500, 502].filter(
			(status) => failureOf(raw(status)).details.outcomeUnknown,
		);
		expect(maybe).toEqual([200, 500, 502]);
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
	});
});
