import { request } from 'node:http';
import { startSandbox, type RunningSandbox } from '../../sandbox';
import { call, sync } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

const stored = () => sandbox.account.contacts().map(({ email }) => email);
/** Waits until what was sent has arrived and met its fault: requests are handled in the order of their arrival. */
const arrived = async (count: number) => {
	while (sandbox.journal.filter({ where: ({ fault }) => fault !== undefined }).length < count)
		await call(sandbox, 'GET', '/users/me');
	await call(sandbox, 'GET', '/users/me');
};
const settledState = (promise: Promise<unknown>) => {
	const state = { settled: false };
	promise.finally(() => (state.settled = true)).catch(() => undefined);
	return state;
};

describe('a slow response', () => {
	it.each([
		['after the write', { delayMs: 22_000, afterWrite: true }, ['ada@example.com']],
		['with the write at its end', { delayMs: 22_000 }, []],
	])('comes late, %s', async (_name, fault, storedMeanwhile) => {
		sandbox.failNext({ path: '/contact/sync' }, fault);
		const slow = sync(sandbox, { email: 'ada@example.com' });
		const state = settledState(slow);
		await arrived(1);
		expect(stored()).toEqual(storedMeanwhile);
		sandbox.skip(21_000);
		await call(sandbox, 'GET', '/users/me');
		expect(state.settled).toBe(false);
		sandbox.skip(1_000);
		expect((await slow).status).toBe(201);
		expect(stored()).toEqual(['ada@example.com']);
		expect(sandbox.journal.filter({ path: '/contact/sync' })).toMatchObject([{ status: 201, fault: 'slow' }]);
	});

	it('writes in the end even if the client has left', async () => {
		sandbox.failNext({ path: '/contact/sync' }, { delayMs: 30_000 });
		const leaving = request(`${sandbox.url}/api/3/contact/sync`, {
			method: 'POST',
			headers: { 'Api-Token': sandbox.token, 'Content-Type': 'application/json' },
		});
		const left = new Promise((resolve) => leaving.once('error', resolve));
		leaving.end('{"contact":{"email":"ada@example.com"}}');
		await arrived(1);
		leaving.destroy();
		await left;
		expect(stored()).toEqual([]);
		sandbox.skip(30_000);
		await call(sandbox, 'GET', '/users/me');
		expect(stored()).toEqual(['ada@example.com']);
	});

	it('can be any response, the work done before', async () => {
		sandbox.failNext(
			{ path: '/contact/sync', bodyIncludes: 'ada@' },
			{ name: 'unavailableRetryAfter', afterWrite: true, delayMs: 5_000 },
		);
		sandbox.failNext({ path: '/contact/sync', bodyIncludes: 'bo@' }, { status: 504, delayMs: 5_000 });
		const slow = Promise.all(['ada', 'bo'].map((name) => sync(sandbox, { email: `${name}@example.com` })));
		await arrived(2);
		expect(stored()).toEqual(['ada@example.com']);
		sandbox.skip(5_000);
		const [ada, bo] = await slow;
		expect([ada?.status, ada?.headers.get('retry-after'), bo?.status]).toEqual([503, '1', 504]);
		expect(stored()).toEqual(['ada@example.com']);
	});
});

describe('a trickling response', () => {
	const readSome = async (path: string) => {
		const response = await fetch(`${sandbox.url}/api/3${path}`, { headers: { 'Api-Token': sandbox.token } });
		if (!response.body) throw new Error('The response has no body');
		const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
		let text = '';
		const readUntil = async (isEnough: (text: string) => boolean) => {
			for (let done = false; !done && !isEnough(text);) {
				const chunk = await reader.read();
				done = chunk.done;
				text += chunk.value ?? '';
			}
			return text;
		};
		return { response, reader, readUntil };
	};

	it('sends blanks for as long as it was asked to, then the body', async () => {
		sandbox.failNext({ path: '/users/me' }, { trickleMs: 1, trickleForMs: 100_000 });
		const { response, readUntil } = await readSome('/users/me');
		expect(response.status).toBe(200);
		expect(await readUntil((text) => text.length >= 3)).toMatch(/^ +$/);
		sandbox.skip(100_000);
		const text = await readUntil(() => false);
		expect(JSON.parse(text)).toMatchObject({ user: { id: '1' } });
	});

	it('never ends when no time is given, until the client leaves', async () => {
		sandbox.failNext({ path: '/users/me' }, { status: 200, body: {}, trickleMs: 1 });
		const { reader, readUntil } = await readSome('/users/me');
		sandbox.skip(3_600_000);
		expect(await readUntil((text) => text.length >= 10)).toMatch(/^ +$/);
		await reader.cancel();
		expect((await call(sandbox, 'GET', '/users/me')).status).toBe(200);
	});
});
