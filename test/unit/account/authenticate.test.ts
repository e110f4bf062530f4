import { asHttpRequestNode, asNode, asProxy, refusalOf, type Options } from './send';
import { startServer, type LocalServer } from '../../localServer';

const token = 'f00dcafe-the-token';

let account: LocalServer;
let stranger: LocalServer;

beforeEach(async () => {
	stranger = await startServer((_request, response) => response.end('{"stranger":true}'));
	account = await startServer((request, response) => {
		const redirect = /\/redirect\/(\d+)/.exec(request.url ?? '')?.[1];
		if (redirect) response.writeHead(Number(redirect), { location: `${stranger.origin}/caught` });
		if (request.url?.includes('/forbidden')) response.statusCode = 403;
		response.end(redirect ? '' : '{"ok":true}');
	});
});

afterEach(async () => {
	await account.close();
	await stranger.close();
});

describe.each([
	['a node', asNode],
	['the HTTP Request node', asHttpRequestNode],
])('requests of %s', (_who, sendAs) => {
	const send = async (options: Options, apiToken = token) =>
		await sendAs(options, { accountName: account.origin, apiToken });

	test('to the account carry the token, whatever the path', async () => {
		await send({ url: `${account.origin}/api/3/contacts?email=a%2Bb%40acme.com`, qs: { limit: 1 } });
		await send({
			url: `${account.origin.replace('http', 'HTTP')}/admin/api.php`,
			method: 'POST',
			body: { a: 1 },
		});
		await send({ url: '/contact/sync', method: 'POST', body: { a: 1 } });
		await send({ url: 'users/me' });

		expect(account.seen.map(({ target }) => target)).toEqual([
			'/api/3/contacts?email=a%2Bb%40acme.com&limit=1',
			'/admin/api.php',
			'/api/3/contact/sync',
			'/api/3/users/me',
		]);
		expect(account.seen.map(({ headers }) => headers['api-token'])).toEqual([token, token, token, token]);
	});

	test('keep their own headers, but neither another token nor another host', async () => {
		const headers = { 'X-Mine': 'kept', 'API-TOKEN': 'other', 'api-token': 'another', hOST: 'evil.example' };
		await send({ url: `${account.origin}/one`, headers });
		await send({ url: `${account.origin}/two`, headers: { Host: 'evil.example' } });

		for (const { headers: arrived } of account.seen) {
			expect(arrived['api-token']).toBe(token);
			expect(arrived.host).toBe(`127.0.0.1:${account.port}`);
		}
		expect(account.seen[0]?.headers['x-mine']).toBe('kept');
		expect(account.seen).toHaveLength(2);
	});

	test.each([
		['another port', () => ({ url: `${stranger.origin}/x` })],
		['another name of the same machine', () => ({ url: `http://localhost:${account.port}/x` })],
		['another scheme', () => ({ url: `https://127.0.0.1:${account.port}/x` })],
		[
			'a host behind user info',
			() => ({ url: `http://127.0.0.1:${account.port}@127.0.0.1:${stranger.port}/x` }),
		],
		['user info of the account', () => ({ url: `http://me:secret@127.0.0.1:${account.port}/x` })],
		['a URL without a scheme', () => ({ url: `//127.0.0.1:${stranger.port}/x` })],
		['backslashes', () => ({ url: `\\\\127.0.0.1:${stranger.port}\\x` })],
		['a slash and a backslash', () => ({ url: `/\\127.0.0.1:${stranger.port}/x` })],
		['a scheme in capitals without slashes', () => ({ url: `HTTP:127.0.0.1:${stranger.port}/x` })],
		[
			'a backslash before the host',
			() => ({ url: `http:\\\\127.0.0.1:${stranger.port}\\@127.0.0.1:${account.port}` }),
		],
		['a base URL elsewhere', () => ({ baseURL: stranger.origin, url: '/x' })],
		['a base URL here, a URL elsewhere', () => ({ baseURL: account.origin, url: `${stranger.origin}/x` })],
		['a trailing dot', () => ({ url: `http://localhost.:${account.port}/x` })],
		['a file', () => ({ url: 'file:///etc/passwd' })],
		['a scheme with a digit', () => ({ url: `h2://127.0.0.1:${account.port}/x` })],
		['no URL at all', () => ({ url: 'http://[nowhere' })],
	])('to %s are not sent, and the message says why', async (_where, options) => {
		const { message } = await refusalOf(send(options()));

		expect(message).toMatch(
			/^The request to .* was not sent, since the ActiveCampaign credential is for http/,
		);
		expect(message).toContain(`Use a URL that starts with ${account.origin}`);
		expect(message).not.toMatch(new RegExp(`${token}|secret`));
		expect([...account.seen, ...stranger.seen]).toEqual([]);
	});

	test.each(['..', '/../../', '/%2e%2e/', '/ //evil.example', '\thttp://evil.example'])(
		'to the path %j stay with the account',
		async (path) => {
			await send({ url: path });
			await send({ url: `${account.origin}/api/3${path.trim().replace(/^http/, '/http')}` }).catch(
				() => undefined,
			);

			expect(account.seen[0]?.headers['api-token']).toBe(token);
			expect(stranger.seen).toEqual([]);
		},
	);

	test.each([301, 302, 303, 307, 308])('follow no redirect (%i), even if asked to', async (status) => {
		const url = `${account.origin}/redirect/${status}`;
		const follow = {
			url,
			followRedirect: true,
			followAllRedirects: true,
			disableFollowRedirect: false,
			maxRedirects: 5,
			sendCredentialsOnCrossOriginRedirect: true,
		};
		await refusalOf(send(follow));
		await refusalOf(send({ ...follow, method: 'POST', body: { a: 1 } }));

		expect(account.seen).toHaveLength(2);
		expect(stranger.seen).toEqual([]);
	});

	test('a proxy of the caller is not used where it could read the token', async () => {
		await send({ url: `${account.origin}/one`, proxy: asProxy(stranger) });
		await send({ url: `${account.origin}/two`, proxy: asProxy(stranger) });

		expect(stranger.seen).toEqual([]);
		expect(account.seen).toHaveLength(2);
	});

	test('report an unsuccessful response without the token', async () => {
		const refusals = [
			await refusalOf(send({ url: `${account.origin}/forbidden` })),
			await refusalOf(send({ url: `${account.origin}/forbidden`, method: 'POST', body: { a: 1 } })),
		];
		for (const refusal of refusals) {
			expect(refusal.message).toMatch(/Forbidden/);
			expect(JSON.stringify(refusal)).not.toContain(token);
		}
	});

	test('a token is sent without the blanks that were pasted along', async () => {
		await send({ url: '/users/me' }, ` ${token}\n`);
		await send({ url: '/users/me' }, `\t${token}`);

		expect(account.seen.map(({ headers }) => headers['api-token'])).toEqual([token, token]);
	});

	test.each([
		['is empty', '  '],
		['contains characters that API keys do not have', `${token}\r\nX-Evil: 1`],
		['contains characters that API keys do not have', `${token} ${token}`],
		['contains characters that API keys do not have', `${token}\u20ac`],
	])('a token that %s sends nothing', async (what, apiToken) => {
		const { message } = await refusalOf(send({ url: '/users/me' }, apiToken));

		expect(message).toMatch(new RegExp(`^'API Key' of the credential ${what}\\. .* Settings > Developer$`));
		expect(message).not.toContain(token);
		expect(account.seen).toEqual([]);
	});
});
