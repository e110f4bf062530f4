import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startSandbox, type RunningSandbox } from '../../sandbox';
import { escapeHtml } from '../../sandbox/page';
import { connectSandbox, spawnSandbox, type RemoteSandbox } from '../../sandbox/remote';
import { call, sync } from './call';

const MAIN = join(__dirname, '../../sandbox/main.ts');
const HOSTILE = `<script>alert("1 & '2'")</script>`;

describe('the controls', () => {
	let sandbox: RunningSandbox;
	let remote: RemoteSandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ fields: [{ title: 'Color' }, { title: HOSTILE }], requestsPerSecond: 1 });
		remote = connectSandbox(sandbox);
	});
	beforeEach(() => remote.reset());
	afterAll(() => sandbox.stop());

	it('add records and show the state', async () => {
		const planted = await remote.seed({
			lists: ['News', 'Club'],
			automations: ['Welcome', { name: 'On news', startsOnList: 'News' }],
			contacts: [
				{
					email: 'ada@example.com',
					fieldValues: { Color: 'red' },
					lists: { News: 'unsubscribed' },
					tags: ['VIP'],
				},
				{ email: 'bo@example.com', lists: { Club: 1 }, automations: ['Welcome'] },
			],
			imports: [{ outcome: 'failed' }],
		});
		expect(planted).toMatchObject({
			lists: ['401', '402'],
			automations: ['801', '802'],
			contacts: ['1001', '1002'],
		});
		const state = await remote.state();
		expect(state.contacts).toMatchObject([
			{
				email: 'ada@example.com',
				fieldValues: [{ field: '1', title: 'Color', value: 'red' }],
				lists: [{ name: 'News', status: 2, statusName: 'unsubscribed' }],
				tags: ['VIP'],
			},
			{ email: 'bo@example.com', lists: [{ name: 'Club', status: 1 }], automations: ['Welcome'] },
		]);
		expect(state.tags).toMatchObject([{ name: 'VIP', tagType: 'contact' }]);
		expect(await remote.contactByEmail('BO@example.com')).toEqual(state.contacts[1]);
		expect(await remote.contactByEmail('missing@example.com')).toBeUndefined();
	});

	it('are neither limited nor in the journal', async () => {
		await sync(sandbox, { email: 'ada@example.com' });
		await sync(sandbox, { email: 'bo@example.com' });
		for (let count = 0; count < 3; count++) await remote.state();
		expect((await remote.journal()).map(({ path, status }) => [path, status])).toEqual([
			['/contact/sync', 201],
			['/contact/sync', 429],
		]);
		expect(await remote.counts()).toMatchObject({ contacts: 1, requests: 2, statuses: { 201: 1, 429: 1 } });
		await remote.clearJournal();
		expect(await remote.journal()).toEqual([]);
	});

	it('script faults, by expression too, and change settings', async () => {
		await remote.configure({ requestsPerSecond: 0 });
		await remote.failNext({ path: /^\/users/, times: Infinity }, 'html502');
		await remote.failNext({ path: '/fields', skip: 1 }, { status: 418 });
		const statuses = [];
		for (const path of ['/users/me', '/users/me', '/fields', '/fields', '/fields']) {
			statuses.push((await call(sandbox, 'GET', path)).status);
		}
		expect(statuses).toEqual([502, 502, 200, 418, 200]);
		expect((await remote.counts()).faults).toEqual({ html502: 2, 'status 418': 1 });
	});

	it.each([
		['PATCH', 'settings', { latency: 5 }, 400],
		['PATCH', 'settings', { latencyMs: 'slow' }, 400],
		['PATCH', 'settings', { latencyMs: { from: 1 } }, 400],
		['POST', 'failNext', { match: { url: '/' }, fault: 'hang' }, 400],
		['POST', 'failNext', { match: {}, fault: 'nothing' }, 400],
		['POST', 'seed', { contact: [] }, 400],
		['POST', 'seed', { contacts: [{ email: 'a@example.com', lists: { Nowhere: 1 } }] }, 400],
		['GET', 'nothing', undefined, 404],
	])('refuse %s %s %j with %d', async (method, control, body, status) => {
		const response = await fetch(`${sandbox.url}/_sandbox/${control}`, {
			method,
			body: JSON.stringify(body),
		});
		expect(response.status).toBe(status);
	});

	it('show the contacts as a page, with any names', async () => {
		await remote.seed({
			lists: ['News'],
			contacts: [
				{ email: 'ada@example.com', firstName: HOSTILE, lists: { News: 'unconfirmed' }, tags: [HOSTILE] },
				{ email: 'bo@example.com', fieldValues: { Color: 'red', 2: HOSTILE } },
			],
		});
		const response = await fetch(remote.contactsUrl);
		const html = await response.text();
		expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
		expect(html.indexOf('bo@example.com')).toBeLessThan(html.indexOf('ada@example.com'));
		for (const text of ['2 contacts', 'Color:</span> red', 'News:</span> <b class="off">unconfirmed'])
			expect(html).toContain(text);
		expect(html.split(escapeHtml(HOSTILE))).toHaveLength(7);
		// The page's own.
		expect(html.split('<script')).toHaveLength(2);
	});
});

describe('the program', () => {
	it('runs in a process of its own, with flags for the settings', async () => {
		const sandbox = await spawnSandbox({
			fields: 2,
			token: '123',
			latencyMs: { min: 0, max: 1 },
			lists: ['News'],
		});
		expect(sandbox.token).toBe('123');
		expect((await sync(sandbox, { email: 'ada@example.com' })).status).toBe(201);
		expect(await sandbox.state()).toMatchObject({ contacts: [{ id: '1001' }], lists: [{ name: 'News' }] });
		await sandbox.stop();
		await expect(fetch(sandbox.url)).rejects.toThrow();
	});

	it('tells people where to look, and what goes into the credential', async () => {
		const child = spawn(process.execPath, ['--import', 'tsx', MAIN, '--token', '123'], { stdio: 'pipe' });
		child.stderr.once('data', () => child.kill('SIGTERM'));
		const [line, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
		const { url } = JSON.parse(line) as { url: string };
		expect(said).toContain(`Contacts:   ${url}/_sandbox/contacts`);
		expect(said).toContain(`API URL ${url}, API Key 123`);
	});

	it.each([
		['an unknown flag', ['--latency', '5']],
		['a value of another kind', ['--latencyMs', 'slow']],
		['a value out of place', ['--lists', '"News"']],
	])('refuses %s', async (_name, flags) => {
		const child = fork(MAIN, flags, { execArgv: ['--import', 'tsx'], stdio: 'ignore' });
		expect(await once(child, 'exit')).toEqual([1, null]);
	});
});

describe('with TLS', () => {
	it('serves clients that trust its certificate, and is driven without it', async () => {
		const sandbox = await startSandbox({ tls: { roundTripMs: 2 } });
		const get = (ca?: string) =>
			new Promise<number | undefined>((resolve, reject) => {
				request(`${sandbox.url}/api/3/users/me`, {
					ca,
					agent: false,
					headers: { 'Api-Token': sandbox.token },
				})
					.on('response', (response) => resolve(response.resume().statusCode))
					.on('error', reject)
					.end();
			});
		expect(await get(sandbox.certificate)).toBe(200);
		await expect(get()).rejects.toThrow('self-signed');
		expect((await connectSandbox(sandbox).counts()).requests).toBe(1);
		sandbox.failNext({}, 'resetBeforeWrite');
		await expect(get(sandbox.certificate)).rejects.toThrow();
		await sandbox.stop();
	});
});
