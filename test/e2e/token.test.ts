import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

import { asObject, asText, at } from '../guards';
import { credentialType, node, runOn, syncNode } from '../n8n/workflow';
import { useAccount } from './account';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount();

/** Somebody else's server, and the headers of each request it got. */
let foreign: Server;
let foreignUrl: string;
const reached: IncomingHttpHeaders[] = [];

beforeAll(async () => {
	foreign = createServer((request, response) => {
		reached.push(request.headers);
		response.setHeader('content-type', 'application/json').end('{"contact":{"id":"1"}}');
	});
	await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
	foreignUrl = `http://127.0.0.1:${asText(asObject(foreign.address()).port)}`;
});

beforeEach(() => reached.splice(0));

afterAll(() => foreign.close());

/** n8n's HTTP Request node with this package's credential, on two items. */
async function request(method: string, urls: [string, string]) {
	const { id, name } = account.credential;
	const parameters = {
		method,
		url: '={{ $json.url }}',
		authentication: 'predefinedCredentialType',
		nodeCredentialType: credentialType,
		options: {},
	};
	const http = node('HTTP', 'n8n-nodes-base.httpRequest', parameters, {
		typeVersion: 4.2,
		credentials: { [credentialType]: { id, name } },
		onError: 'continueRegularOutput',
	});
	const execution = await client.run(
		runOn(
			urls.map((url) => ({ url })),
			http,
		),
	);
	return execution.json('HTTP');
}

describe('the token', () => {
	it("goes from the HTTP Request node to the account's own host", async () => {
		const { url, token, journal } = account.sandbox;
		const [first, second] = await request('GET', [`${url}/api/3/users/me`, `${url}/api/3/users/me`]);
		expect(first).toHaveProperty('user.id');
		expect(second).toHaveProperty('user.id');
		expect(journal.filter({ path: '/users/me' }).map(({ headers }) => headers['api-token'])).toEqual([
			token,
			token,
		]);
	});

	it('goes to no other host, and the message says so', async () => {
		const other = new URL(account.sandbox.url);
		other.hostname = 'localhost';
		const responses = await request('GET', [`${foreignUrl}/api/3/users/me`, `${other.href}api/3/users/me`]);
		expect(responses.map(({ error }) => at(error, 'message'))).toEqual([
			expect.stringMatching(/credential is for/),
			expect.stringMatching(/credential is for/),
		]);
		expect(reached).toEqual([]);
		expect(account.sandbox.journal.count()).toBe(0);
	});

	it.each([302, 307] as const)('follows no redirect (%s) of the HTTP Request node', async (status) => {
		const { url } = account.sandbox;
		account.sandbox.failNext({ path: '/users/me', times: 2 }, { redirect: `${foreignUrl}/`, status });
		await request('POST', [`${url}/api/3/users/me`, `${url}/api/3/users/me`]);
		expect(account.sandbox.journal.count('POST', '/users/me', status)).toBe(2);
		expect(reached).toEqual([]);
	});

	it.each([302, 307] as const)(
		'follows no redirect (%s) of Sync Contact, which names the account',
		async (status) => {
			account.sandbox.failNext({ path: '/contact/sync', times: 100 }, { redirect: `${foreignUrl}/`, status });
			const sync = syncNode(
				account.credential,
				{ email: '={{ $json.mail }}' },
				{ onError: 'continueRegularOutput' },
			);
			const execution = await client.run(runOn([{ mail: 'a@example.com' }, { mail: 'b@example.com' }], sync));
			const [first, second] = execution.json(sync.name);
			expect(first?.error).toMatch(/API URL looks wrong/);
			expect(second?.error).toMatch(/API URL looks wrong/);
			expect(reached).toEqual([]);
		},
	);
});
