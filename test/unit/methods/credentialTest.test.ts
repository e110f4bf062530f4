import type { RequestListener } from 'node:http';

import '../../engine/harness/environment';
import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { testCredential } from '../../../nodes/ActiveCampaignSync/methods/credentialTest';
import { additionalData } from '../../engine/harness/additionalData';
import { EngineCredentialsHelper } from '../../engine/harness/credentialsHelper';
import { freePort, startServer, type LocalServer } from '../../localServer';

/** As ActiveCampaign makes them: 72 hexadecimal digits. */
const token = 'f00dcafe'.repeat(9);
const loginPage = '<!doctype html><form><input name="user"><input type="password" name="pass"></form>';

let servers: LocalServer[] = [];

afterEach(async () => {
	await Promise.all(servers.map(({ close }) => close()));
	servers = [];
});

async function serve(respond: RequestListener): Promise<LocalServer> {
	const server = await startServer(respond);
	servers.push(server);
	return server;
}

/** Tests the credential with what n8n gives to such a function, its real HTTP helper included. */
async function press(data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const helper = new EngineCredentialsHelper({ accountName: '', apiToken: '' });
	const context = new CredentialTestContext(additionalData(helper));
	return await testCredential.call(context, {
		id: '1',
		name: 'My account',
		type: 'activeCampaignSyncApi',
		data,
	});
}

async function testAgainst(respond: RequestListener): Promise<INodeCredentialTestResult & { host: string }> {
	const { origin, port } = await serve(respond);
	return { ...(await press({ accountName: origin, apiToken: token })), host: `127.0.0.1:${port}` };
}

function says(status: number, body = '', headers: Record<string, string> = {}): RequestListener {
	return (_request, response) => response.writeHead(status, headers).end(body);
}

const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html' };

describe('an account that knows the token', () => {
	test.each([
		['as JSON', says(200, '{"user":{"id":"1","email":"me@acme.com"}}', json)],
		['as a number', says(200, '{"user":{"id":1}}', json)],
		['as JSON called HTML', says(200, '{"user":{"id":"1"}}', html)],
	])('is recognized by its user ID, %s', async (_how, respond) => {
		expect(await testAgainst(respond)).toMatchObject({ status: 'OK', message: 'Connection successful' });
	});

	test('is asked once for its user, with the token', async () => {
		const servers = [
			await serve(says(200, '{"user":{"id":"1"}}')),
			await serve(says(200, '{"user":{"id":"2"}}')),
		];
		for (const { origin } of servers)
			await press({ accountName: `${origin}/api/3/`, apiToken: ` ${token} ` });

		for (const { seen } of servers) {
			expect(seen).toMatchObject([
				{ method: 'GET', target: '/api/3/users/me', headers: { 'api-token': token } },
			]);
		}
	});
});

describe('the credential test names what is wrong', () => {
	test.each([
		['403 without a body', says(403)],
		['403 with JSON', says(403, '{"message":"forbidden"}', json)],
		['403 with a page', says(403, '<html>no</html>', html)],
		['401', says(401, '{"message":"Unauthorized"}', json)],
		['200 with a login page', says(200, loginPage, html)],
		['200 with a page to sign in', says(200, '<html><a href="/x">Log in</a></html>', html)],
	])('the token: %s', async (_what, respond) => {
		const { status, message, host } = await testAgainst(respond);

		expect(status).toBe('Error');
		expect(message).toMatch(
			new RegExp(`^The API key looks wrong: ${host} .*'API Key'.*Settings > Developer$`),
		);
		expect(message).not.toContain(token);
	});

	test.each([
		['404 without a body', says(404)],
		['404 with JSON', says(404, '{"message":"No Result found"}', json)],
		['404 with a page', says(404, loginPage, html)],
		['405', says(405)],
		['a web page', says(200, '<html>Welcome to our shop</html>', html)],
		['an empty response', says(200)],
		['an empty response with a hint', says(200, '', { 'X-Ac-Error': '1' })],
		['other JSON', says(200, '{"ok":true}', json)],
		['a user without an id', says(200, '{"user":{"id":""}}', json)],
		['a user that is a list', says(200, '{"user":[{"id":"1"}]}', json)],
		['a list', says(200, '[{"user":{"id":"1"}}]', json)],
		['no content', says(204)],
	])('the account: %s', async (_what, respond) => {
		const { status, message, host } = await testAgainst(respond);

		expect(status).toBe('Error');
		expect(message).toMatch(
			new RegExp(`^The API URL looks wrong: .*${host}.*'API URL'.*Settings > Developer$`),
		);
		expect(message).not.toContain(token);
	});

	test.each([
		['<html>shop</html>', /returned a web page, which ActiveCampaign does not/],
		['plain text', /returned a web page/],
		['{"user":null}', /returned a response without a user/],
		['  ', /returned a response without a user/],
		['', /returned a response without a user/],
	])('the account: the message says what came instead of a user (%j)', async (body, expected) => {
		expect((await testAgainst(says(200, body))).message).toMatch(expected);
	});

	test.each([
		'<input type=password>',
		"<input type = 'password'>",
		'<title>Login</title>',
		'<p>LOG-IN</p>',
		'<a>Sign in</a>',
		'<a>signin</a>',
	])('the token: a login page is known by %s', async (page) => {
		expect((await testAgainst(says(200, page, html))).message).toMatch(/asks to log in/);
	});

	test.each(['<p>Our blog in pictures</p>', '<p>design inside</p>', '<p>prologue</p>'])(
		'the account: %s is not a login page',
		async (page) => {
			expect((await testAgainst(says(200, page, html))).message).toMatch(/web page/);
		},
	);

	test.each([
		[300, /redirects/],
		[400, /no ActiveCampaign account at/],
		[499, /no ActiveCampaign account at/],
	])('the account: HTTP %i', async (code, expected) => {
		expect((await testAgainst(says(code))).message).toMatch(expected);
	});

	test.each([301, 302, 303, 307, 308])(
		'the account: a redirect (%i), which is not followed',
		async (code) => {
			const elsewhere = await serve(says(200, '{"user":{"id":"1"}}', json));
			const { status, message } = await testAgainst(says(code, '', { location: elsewhere.origin }));

			expect(status).toBe('Error');
			expect(message).toMatch(/^The API URL looks wrong: .* redirects to another address\./);
			expect(elsewhere.seen).toEqual([]);
		},
	);

	test.each([
		['500', says(500, '{"message":"oops"}', json)],
		['502 as a page', says(502, loginPage, html)],
		['503', says(503)],
		['an unknown status of a proxy', says(530, 'x', html)],
	])('not reachable: %s', async (_what, respond) => {
		const { status, message } = await testAgainst(respond);

		expect(status).toBe('Error');
		expect(message).toMatch(/cannot be reached right now \(HTTP 5\d\d\)\. Test again in a few minutes/);
	});

	test('not reachable: nobody listens', async () => {
		const results = [
			await press({ accountName: `127.0.0.1:${await freePort()}`, apiToken: token }),
			await press({ accountName: `http://localhost:${await freePort()}`, apiToken: token }),
		];
		for (const { status, message } of results) {
			expect(status).toBe('Error');
			expect(message).toMatch(/^(127\.0\.0\.1|localhost):\d+ cannot be reached/);
		}
	});

	test('not reachable: the connection is cut', async () => {
		const { status, message } = await testAgainst((request) => request.socket.destroy());

		expect(status).toBe('Error');
		expect(message).toMatch(
			/^The connection to 127\.0\.0\.1:\d+ was closed before a response arrived\. Test again in/,
		);
	});

	test('the account is unpaid, or busy', async () => {
		expect((await testAgainst(says(402))).message).toMatch(/asks for payment first/);
		expect((await testAgainst(says(429))).message).toMatch(/over its rate limit\. Test again/);
	});
});

describe('faults of the network', () => {
	const thrower = (thrown: unknown): ICredentialTestFunctions => {
		const helper = new EngineCredentialsHelper({ accountName: '', apiToken: '' });
		const context = new CredentialTestContext(additionalData(helper));
		const request = () => {
			throw thrown;
		};
		return { logger: context.logger, helpers: { ...context.helpers, request } };
	};

	// Made up, since whether and when a name resolves or a connection times out is up to the machine.
	test.each([
		['ENOTFOUND', /^The API URL looks wrong: the host acme\.api-us1\.com does not exist/],
		['EAI_AGAIN', /^acme\.api-us1\.com cannot be reached/],
		['ECONNABORTED', /^acme\.api-us1\.com did not respond in time/],
		['CERT_HAS_EXPIRED', /^The certificate of acme\.api-us1\.com cannot be trusted.* proxy in between$/],
	])('%s', async (code, expected) => {
		const thrown = Object.assign(new Error(`request with ${token}`), {
			code,
			headers: { 'Api-Token': token },
		});
		const data = { accountName: 'acme', apiToken: token };
		const result = await testCredential.call(thrower(thrown), { id: '1', name: '', type: '', data });

		expect(result.status).toBe('Error');
		expect(result.message).toMatch(expected);
		expect(result.message).not.toContain(token);
	});

	test.each([undefined, null, 'text', 42])('whatever is thrown (%j) becomes a message', async (thrown) => {
		const data = { accountName: 'acme', apiToken: token };
		const result = await testCredential.call(thrower(thrown), { id: '1', name: '', type: '', data });

		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/^acme\.api-us1\.com cannot be reached/);
	});
});

describe('a credential that is mistyped is reported without a request', () => {
	test.each([
		['ac me', token, /^The API URL 'ac me' contains a space\. Paste the API URL .* e\.g\. acme$/],
		['', token, /^The API URL is empty\. Paste the API URL/],
		[token, token, /^What was entered looks like the API key, which belongs in 'API Key'/],
		['acme', ' ', /^'API Key' of the credential is empty\. Copy the API key .* Settings > Developer$/],
		['acme', `${token}\n1`, /^'API Key' of the credential contains characters that API keys do not have/],
	])('account %j', async (accountName, apiToken, expected) => {
		const { status, message } = await press({ accountName, apiToken });

		expect(status).toBe('Error');
		expect(message).toMatch(expected);
		expect(message).not.toContain(token);
	});

	test('an empty account name and token', async () => {
		expect(await press({})).toMatchObject({ status: 'Error' });
		const helper = new EngineCredentialsHelper({ accountName: '', apiToken: '' });
		const context = new CredentialTestContext(additionalData(helper));
		const result = await testCredential.call(context, { id: '1', name: '', type: '' });
		expect(result.message).toMatch(/^The API URL is not text/);
	});
});
