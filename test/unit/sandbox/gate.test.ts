import { startSandbox, type RunningSandbox } from '../../sandbox';
import { call, sync } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ fields: 2, lists: ['News'], tags: ['VIP'], automations: ['Welcome'] });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

describe('the token', () => {
	it.each([
		['body', 403, 'application/json'],
		['noBody', 403, null],
		['loginPage', 200, 'text/html; charset=UTF-8'],
	] as const)(
		'gets the configured response when it is wrong: %s',
		async (wrongToken, status, contentType) => {
			sandbox.configure({ wrongToken });
			for (const token of ['', 'Sandbox-Token', 'other']) {
				const reply = await call(sandbox, 'GET', '/users/me', undefined, { 'Api-Token': token });
				expect([reply.status, reply.headers.get('content-type')]).toEqual([status, contentType]);
				expect(reply.text === '').toBe(wrongToken === 'noBody');
			}
			expect((await call(sandbox, 'GET', '/users/me')).body).toMatchObject({ user: { id: '1' } });
		},
	);

	it('is read from the header only, and noted as a mistake in a query', async () => {
		const query = `/users/me?api_token=${sandbox.token}`;
		const other = await startSandbox({ token: 'other' });
		expect((await fetch(`${sandbox.url}/api/3${query}`)).status).toBe(403);
		expect((await call(other, 'GET', '/users/me')).status).toBe(200);
		expect((await call({ url: other.url, token: sandbox.token }, 'GET', '/users/me')).status).toBe(403);
		expect(sandbox.account.mistakes).toEqual([{ kind: 'tokenInQuery', detail: '/api/3/users/me' }]);
		await other.stop();
	});
});

describe('paths and bodies', () => {
	it.each(['/users/me', '//api/3/users/me', '/api/3users/me', '/admin', '/'])(
		'has no API at %s',
		async (path) => {
			const response = await fetch(sandbox.url + path, { headers: { 'Api-Token': sandbox.token } });
			expect([response.status, response.headers.get('content-type')]).toEqual([
				404,
				'text/html; charset=UTF-8',
			]);
		},
	);

	it.each([
		['GET', '/api/3/users/me'],
		['GET', '/users/me/'],
		['PUT', '/contact/sync'],
		['GET', '/contacts//fieldValues'],
	])('get 404 as JSON where no route exists: %s %s', async (method, path) => {
		const { status, body } = await call(sandbox, method, path);
		expect([status, body]).toEqual([404, { message: 'No route found' }]);
	});

	it.each([
		['another content type', { 'Content-Type': 'text/plain' }, '{"contact":{"email":"ada@example.com"}}'],
		['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'email=ada%40example.com'],
		['broken JSON', {}, '{"contact":'],
	])('refuses %s', async (_name, headers, text) => {
		const { status, body } = await call(sandbox, 'POST', '/contact/sync', text, headers);
		expect([status, body]).toEqual([400, { message: 'The request body must be JSON' }]);
		expect(sandbox.account.contacts()).toEqual([]);
	});
});

describe('missing rights', () => {
	it.each([
		['contacts', '/contacts', 'application/json'],
		['fields', '/fields', 'application/json'],
		['lists', '/lists', 'text/plain; charset=UTF-8'],
		['tags', '/tags', 'application/json'],
		['automations', '/automations', 'application/json'],
		['imports', '/import/info?batchId=1', 'application/json'],
		['accounts', '/accounts', 'application/json'],
		['notes', '/contacts/1001/notes', 'application/json'],
	] as const)('get 403 for %s at %s, and leave the sync alone', async (permission, path, contentType) => {
		sandbox.account.addContact({ email: 'bo@example.com' });
		expect((await call(sandbox, 'GET', path)).status).toBe(200);
		sandbox.configure({ deny: [permission] });
		const { status, headers, body } = await call(sandbox, 'GET', path);
		expect([status, headers.get('content-type')]).toEqual([403, contentType]);
		expect(body).toMatchObject({ errors: [{ status: 403, title: 'Forbidden' }] });
		expect((await sync(sandbox, { email: 'ada@example.com' })).status).toBe(201);
	});
});

describe('the request limit', () => {
	it.each([
		['without Retry-After', { retryAfterSeconds: null }, 429, null, '1'],
		['without RateLimit headers', { sendRateLimitHeaders: false }, 429, '1', null],
		['as 503', { overLimitStatus: 503 }, 503, '1', '1'],
	] as const)('is configured to refuse %s', async (_name, settings, status, retryAfter, limit) => {
		sandbox.configure({ requestsPerSecond: 1, ...settings });
		const [, { headers, ...second }] = [
			await call(sandbox, 'GET', '/users/me'),
			await call(sandbox, 'GET', '/users/me'),
		];
		expect([second.status, headers.get('retry-after'), headers.get('ratelimit-limit')]).toEqual([
			status,
			retryAfter,
			limit,
		]);
	});

	it('is configured to send the remaining requests with every response', async () => {
		sandbox.configure({ requestsPerSecond: 3, sendRateLimitHeaders: 'always' });
		const remaining: Array<string | null> = [];
		for (let count = 0; count < 4; count++) {
			remaining.push((await call(sandbox, 'GET', '/users/me')).headers.get('ratelimit-remaining'));
		}
		expect(remaining).toEqual(['2', '1', '0', '0']);
	});

	it('does not count imports and refused tokens', async () => {
		sandbox.configure({ requestsPerSecond: 1 });
		const contacts = [{ email: 'ada@example.com' }, { email: 'bo@example.com' }];
		for (let count = 0; count < 2; count++) {
			expect((await call(sandbox, 'POST', '/import/bulk_import', { contacts })).status).toBe(200);
			expect((await call({ ...sandbox, token: 'x' }, 'GET', '/users/me')).status).toBe(403);
		}
		expect((await call(sandbox, 'GET', '/users/me')).status).toBe(200);
		expect((await call(sandbox, 'GET', '/users/me')).status).toBe(429);
	});

	it('writes nothing for what it refuses', async () => {
		sandbox.configure({ requestsPerSecond: 1 });
		await sync(sandbox, { email: 'ada@example.com' });
		expect((await sync(sandbox, { email: 'bo@example.com' })).status).toBe(429);
		expect(sandbox.account.contacts()).toHaveLength(1);
	});
});
