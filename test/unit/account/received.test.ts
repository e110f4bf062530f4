import { askedWaitMs, responseDetails } from '../../../nodes/ActiveCampaignSync/account/received';
import type { JsonObject } from '../../../nodes/ActiveCampaignSync/shared/json';

describe("the API's own words", () => {
	it.each<[string, unknown, string]>([
		[
			'errors with a pointer',
			{
				errors: [
					{
						title: 'The contact email is not valid.',
						detail: 'Nothing was saved.',
						code: 'email_invalid',
						source: { pointer: '/data/attributes/email' },
					},
				],
			},
			"The contact email is not valid: Nothing was saved ('email')",
		],
		[
			'errors with a status',
			{ errors: [{ status: 400, title: 'Bad Request', detail: 'No' }] },
			'Bad Request: No',
		],
		[
			'errors with a parameter',
			{ errors: [{ title: 'Unknown parameter', source: { parameter: 'limit' } }] },
			"Unknown parameter ('limit')",
		],
		['a code alone', { errors: [{ code: 'email_invalid' }] }, 'email_invalid'],
		['several', { errors: [{ title: 'One' }, { detail: 'Two' }, { title: 'One' }] }, 'One; Two'],
		['texts', { errors: ['One.', 'Two.'] }, 'One; Two'],
		['messages in a list', { errors: [{ message: 'Version 1.2 is old.' }] }, 'Version 1.2 is old'],
		['a text', { errors: 'The request was not understood.' }, 'The request was not understood'],
		[
			'a message',
			{ message: 'Contact email must be provided for sync' },
			'Contact email must be provided for sync',
		],
		[
			'error, message and code',
			{ error: 'bad_request', message: 'Not understood.', code: 40 },
			'Not understood; bad_request',
		],
		['the same twice', { error: 'No', message: 'No' }, 'No'],
		[
			'reasons of an import',
			{
				success: 0,
				failureReasons: [
					{ contact: 1, failureReason: 'Bad email.' },
					{ contact: 3, failureReason: 'No email' },
				],
			},
			'Bad email; No email',
		],
		[
			'a text as reasons',
			{ message: 'Rate limit exceeded.', failureReasons: 'Wait a minute.' },
			'Rate limit exceeded; Wait a minute',
		],
		[
			'Cloudflare',
			{
				title: 'Error 502: Bad gateway',
				status: 502,
				detail: 'The origin is down.',
				retryable: true,
				retry_after: 2,
			},
			'The origin is down',
		],
		['a title that is the detail', { errors: [{ title: 'No', detail: 'No' }] }, 'No'],
		['only numbers', { error: 40, message: 7, errors: [12] }, ''],
		['nothing', {}, ''],
		[
			'things of other shapes',
			{ errors: { email: ['no'] }, message: null, error: [], failureReasons: 3 },
			'',
		],
		['an empty body', '', ''],
		['an HTML page', '<!DOCTYPE html><html><title>Log in</title></html>', ''],
		['no body', undefined, ''],
		['an array', [{ title: 'No' }], ''],
	])('%s', (_name, body, expected) => {
		expect(responseDetails(body)).toBe(expected);
	});

	it('are shortened to one line', () => {
		const details = responseDetails({ message: `One\n\ttwo ${'three '.repeat(200)}` });
		expect(details).toMatch(/^One two three/);
		expect(details.length).toBeLessThanOrEqual(401);
		expect(details.endsWith('…')).toBe(true);
		expect(responseDetails({ message: 'x'.repeat(400) })).toBe('x'.repeat(400));
	});
});

describe('the wait that a response asks for', () => {
	const now = Date.parse('2026-07-01T12:00:00Z');

	it.each<[string, JsonObject, unknown, number | undefined]>([
		['seconds', { 'retry-after': '30' }, '', 30_000],
		['a number', { 'retry-after': 30 }, '', 30_000],
		['a fraction', { 'retry-after': '1.25' }, '', 1_250],
		['more than seconds', { 'retry-after': '5 apples' }, '', undefined],
		['none at all', { 'retry-after': '0' }, '', 0],
		['a date', { 'retry-after': 'Wed, 01 Jul 2026 12:00:05 GMT' }, '', 5_000],
		['a date that is past', { 'retry-after': 'Wed, 01 Jul 2026 11:59:00 GMT' }, '', 0],
		['nonsense', { 'retry-after': 'soon' }, '', undefined],
		['less than none', { 'retry-after': '-5' }, '', 0],
		['several dates', { 'retry-after': ['Wed, 01 Jul 2026 12:00:05 GMT'] }, '', undefined],
		['an empty header', { 'retry-after': '' }, '', undefined],
		["Cloudflare's JSON", {}, { retryable: true, retry_after: 2 }, 2_000],
		['the header rather than the body', { 'retry-after': '1' }, { retry_after: 2 }, 1_000],
		['no wait in other headers', { 'ratelimit-remaining': '0' }, '', undefined],
		['no wait', {}, { message: 'No' }, undefined],
	])('%s', (_name, headers, body, expected) => {
		expect(askedWaitMs({ statusCode: 429, body, headers }, now)).toBe(expected);
	});
});
