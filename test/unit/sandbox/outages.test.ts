import { inspect } from 'node:util';
import { startSandbox, type RunningSandbox } from '../../sandbox';
import { connectSandbox } from '../../sandbox/remote';
import { call, sync } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

const status = async (path = '/users/me', method = 'GET') => (await call(sandbox, method, path)).status;
const statuses = async (count: number) => {
	const seen = [];
	for (let made = 0; made < count; made++) seen.push(await status());
	return seen;
};

describe('an outage', () => {
	it.each([
		['forbidden', 403],
		['html502', 502],
		['rateLimited', 429],
	] as const)('with %s meets all matching requests until its time is up', async (fault, expected) => {
		sandbox.startSpell({ match: { method: 'GET', path: /^\/users/ }, fault, forMs: 2_500 });
		expect(await statuses(3)).toEqual([expected, expected, expected]);
		expect(await status('/fields')).toBe(200);
		expect((await sync(sandbox, { email: 'ada@example.com' })).status).toBe(201);
		sandbox.skip(2_500);
		expect(await statuses(2)).toEqual([200, 200]);
	});

	it('begins and ends by the number of requests', async () => {
		sandbox.startSpell({ match: { path: '/users/me', skip: 1 }, fault: 'serverError', forRequests: 2 });
		expect(await status('/fields')).toBe(200);
		expect(await statuses(4)).toEqual([200, 500, 500, 200]);
	});

	it('begins after a delay', async () => {
		sandbox.startSpell({ fault: 'forbidden', afterMs: 60_000, forMs: 2_500 });
		expect(await status()).toBe(200);
		sandbox.skip(60_000);
		expect(await status()).toBe(403);
		sandbox.skip(2_500);
		expect(await status()).toBe(200);
	});

	it('without a network cuts each connection, and nothing is written', async () => {
		sandbox.startSpell({ match: { path: '/contact/sync' }, fault: 'resetBeforeWrite', forMs: 60_000 });
		for (const name of ['ada', 'bo'])
			await expect(sync(sandbox, { email: `${name}@example.com` })).rejects.toThrow();
		expect(await status()).toBe(200);
		sandbox.skip(60_000);
		expect((await sync(sandbox, { email: 'cy@example.com' })).status).toBe(201);
		expect(sandbox.account.contacts().map(({ email }) => email)).toEqual(['cy@example.com']);
	});

	it('lasts until it is ended, alone or with all others', async () => {
		const end = sandbox.startSpell({ match: { path: '/users/me' }, fault: 'forbidden' });
		sandbox.startSpell({ fault: 'serverError' });
		expect([await status(), await status('/fields')]).toEqual([403, 500]);
		end();
		expect([await status(), await status('/fields')]).toEqual([500, 500]);
		sandbox.clearFaults();
		expect([await status(), await status('/fields')]).toEqual([200, 200]);
	});
});

describe('an account that is offline', () => {
	const refused = async () => {
		const connect = () => call(sandbox, 'GET', '/users/me').catch((reason: unknown) => reason);
		// The client may first try a connection that was cut.
		await connect();
		return inspect(await connect()).includes('ECONNREFUSED');
	};

	it('refuses connections until it is online again', async () => {
		expect(await status()).toBe(200);
		await sandbox.takeOffline();
		expect([await refused(), await refused()]).toEqual([true, true]);
		await sandbox.goOnline();
		expect(await statuses(2)).toEqual([200, 200]);
		expect(sandbox.journal.count()).toBe(3);
	});

	it('comes back by itself', async () => {
		await sandbox.takeOffline(60_000);
		expect(await refused()).toBe(true);
		sandbox.skip(60_000);
		await sandbox.goOnline();
		expect(await status()).toBe(200);
	});
});

it('a sandbox has outages, offline times, and its clock driven from another process', async () => {
	const remote = connectSandbox(sandbox);
	await remote.startSpell({ match: { path: /^\/users/ }, fault: 'forbidden', forMs: 60_000 });
	await remote.startSpell({
		match: { path: '/fields' },
		fault: { delayMs: 1, afterWrite: true },
		forRequests: 1,
	});
	expect([await status(), await status('/fields')]).toEqual([403, 200]);
	await remote.skip(60_000);
	expect(await status()).toBe(200);
	await remote.startSpell({ fault: 'serverError' });
	expect(await status()).toBe(500);
	await remote.clearFaults();
	expect(await status()).toBe(200);
	await remote.takeOffline(1);
	await expect(
		(async () => {
			for (;;) await remote.counts();
		})(),
	).rejects.toThrow();
	for (let online = false; !online;) online = await remote.counts().then(Boolean, () => false);
	expect(await status()).toBe(200);
});
