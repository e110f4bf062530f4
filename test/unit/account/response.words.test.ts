import { responseDetails } from '../../../nodes/ActiveCampaignSync/account/responseDetails';

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
	});
});
