import { anyOf, CannotTry, type FactGroup } from '../fact';
import { at, kindOf, outcome } from '../read';

export const credentialFacts: FactGroup = {
	title: 'Credential and account',
	facts: [
		{
			name: 'GET /users/me gives the user of a right token',
			certainty: 'documented',
			source: 'API reference, Retrieve logged-in user; public recordings',
			usedFor: 'the test of the credential',
			code: 'credentialTest',
			isGate: true,
			expected: [200, 'digits in a string'],
			observe: async (run) => {
				const reply = await run.get('/users/me');
				return [outcome(reply), kindOf(at(reply.body, 'user', 'id'))];
			},
		},
		{
			name: 'A wrong token gets 403 or a login page',
			certainty: 'recorded',
			source: 'public recordings; reports from production',
			usedFor: 'messages that name the token',
			code: 'response',
			expected: anyOf(403, '403 with nothing', '200 with an HTML page'),
			observe: async ({ client, name }) => outcome(await client.tryToken(name)),
		},
		{
			name: 'A path that the API does not have gives 404',
			certainty: 'documented',
			source: 'API reference, Errors',
			usedFor: 'distinguishing a wrong account from a missing record by the text of the 404',
			code: 'response',
			expected: anyOf(404, '404 with an HTML page', '404 with nothing'),
			observe: async (run) => outcome(await run.get(`/${run.name}`)),
		},
		{
			name: 'The name of an account that does not exist is not answered with JSON and 200',
			certainty: 'recorded',
			source: 'reports: 404, a redirect, an HTML page, or a name that does not resolve',
			usedFor: 'messages that name the account',
			code: 'response',
			expected: 'no account',
			observe: async ({ client, name }) => {
				const { hostname } = new URL(client.options.baseUrl);
				if (!hostname.includes('.api-us1.com')) throw new CannotTry('the account is not at api-us1.com');
				const url = `https://${name}.api-us1.com/api/3/users/me`;
				// Without the token: it is for the account only.
				const reply = await client.exchange({ method: 'GET', url, headers: {} });
				return outcome(reply) === 200 ? 200 : 'no account';
			},
		},
	],
};
