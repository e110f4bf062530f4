import { CONNECTION_FAULTS, FAULT_RESPONSES, startSandbox, type RunningSandbox } from '../../sandbox';
import { Faults } from '../../sandbox/faultRules';
import { seededRandom } from '../../sandbox/random';
import { call, sync } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

const stored = () => sandbox.account.contacts().map(({ email }) => email);

describe('a scripted fault', () => {
	it('applies to the next matching requests only, after those it skips', async () => {
		sandbox.failNext({ method: 'POST', path: '/contact/sync', skip: 1, times: 2 }, 'serverError');
		const statuses = [];
		for (const name of ['a', 'b', 'c', 'd']) {
			statuses.push((await sync(sandbox, { email: `${name}@example.com` })).status);
			expect((await call(sandbox, 'GET', '/users/me')).status).toBe(200);
		}
		expect(statuses).toEqual([201, 500, 500, 201]);
		expect(stored()).toEqual(['a@example.com', 'd@example.com']);
	});

	it('finds its request by an expression or by the body, in any order', async () => {
		sandbox.failNext({ bodyIncludes: 'bo@' }, 'paymentRequired');
		sandbox.failNext({ path: /^\/contacts\/\d+\/contactTags$/ }, 'html504');
		const { id } = sandbox.account.addContact({ email: 'x@example.com' });
		const replies = await Promise.all(
			['ada', 'bo', 'cy'].map((name) => sync(sandbox, { email: `${name}@example.com` })),
		);
		expect(replies.map(({ status }) => status)).toEqual([201, 402, 201]);
		const paths = [`/contacts/${id}`, `/contacts/${id}/contactTags`, `/contacts/${id}/contactTags`];
		const statuses = [];
		for (const path of paths) statuses.push((await call(sandbox, 'GET', path)).status);
		expect(statuses).toEqual([200, 504, 200]);
	});

	it('applies in the order it was scripted', async () => {
		sandbox.failNext({}, 'unavailable');
		sandbox.failNext({}, 'rateLimited');
		const statuses = [];
		for (let count = 0; count < 3; count++) statuses.push((await call(sandbox, 'GET', '/users/me')).status);
		expect(statuses).toEqual([503, 429, 200]);
	});

	it.each(Object.entries(FAULT_RESPONSES))(
		'%s is sent as it stands, nothing written',
		async (name, response) => {
			sandbox.failNext({ path: '/contact/sync' }, name as keyof typeof FAULT_RESPONSES);
			const reply = await sync(sandbox, { email: 'ada@example.com' });
			expect(reply.status).toBe(response.status);
			expect(reply.text).toBe(
				'body' in response ? JSON.stringify(response.body) : 'text' in response ? response.text : '',
			);
			for (const [header, value] of Object.entries('headers' in response ? (response.headers ?? {}) : {})) {
				expect(reply.headers.get(header)).toBe(value);
			}
			expect(stored()).toEqual([]);
			expect((await sync(sandbox, { email: 'bo@example.com' })).status).toBe(201);
			expect(sandbox.journal.entries.map(({ fault }) => fault)).toEqual([name, undefined]);
		},
	);

	it.each([
		['a response of one’s own', { status: 418, body: { message: 'teapot' } }, 418, []],
		['a response after the write', { status: 502, text: '', afterWrite: true }, 502, ['ada@example.com']],
		['a redirect', { redirect: 'http://other.example/' }, 307, []],
	])('can be %s', async (_name, fault, status, written) => {
		sandbox.failNext({}, fault);
		const reply = await sync(sandbox, { email: 'ada@example.com' });
		expect(reply.status).toBe(status);
		expect(reply.headers.get('location')).toBe('redirect' in fault ? fault.redirect : null);
		expect(stored()).toEqual(written);
	});

	it.each([
		['resetBeforeWrite', []],
		['resetAfterWrite', ['ada@example.com']],
		['cutInBody', ['ada@example.com']],
	] as const)('%s cuts the connection, written: %j', async (fault, written) => {
		sandbox.failNext({}, fault);
		await expect(sync(sandbox, { email: 'ada@example.com' })).rejects.toThrow();
		expect(stored()).toEqual(written);
		expect(sandbox.journal.entries).toMatchObject([{ status: 0, fault }]);
		expect((await sync(sandbox, { email: 'bo@example.com' })).status).toBe(201);
	});

	it.each([
		['hang', []],
		['hangAfterWrite', ['ada@example.com']],
	] as const)('%s stays silent until the client leaves, written: %j', async (fault, written) => {
		sandbox.failNext({ path: '/contact/sync' }, fault);
		const leaving = new AbortController();
		const hanging = fetch(`${sandbox.url}/api/3/contact/sync`, {
			method: 'POST',
			headers: { 'Api-Token': sandbox.token, 'Content-Type': 'application/json' },
			body: '{"contact":{"email":"ada@example.com"}}',
			signal: leaving.signal,
		});
		let settled = false;
		hanging.finally(() => (settled = true)).catch(() => undefined);
		for (let count = 0; count < 3; count++)
			expect((await call(sandbox, 'GET', '/users/me')).status).toBe(200);
		expect(settled).toBe(false);
		expect(stored()).toEqual(written);
		leaving.abort();
		await expect(hanging).rejects.toThrow();
	});

	it('is covered by these tests for every fault of the connection', () => {
		expect([...CONNECTION_FAULTS].sort()).toEqual([
			'cutInBody',
			'hang',
			'hangAfterWrite',
			'resetAfterWrite',
			'resetBeforeWrite',
		]);
	});
});

describe('random faults', () => {
	const request = { method: 'POST', path: '/contact/sync', text: '', atMs: 0 };
	const picks = (seed: number, rates: Parameters<Faults['pick']>[1], count = 10_000) => {
		const faults = new Faults();
		const random = seededRandom(seed);
		return Array.from({ length: count }, () => faults.pick(request, rates, random));
	};

	it('occur at their rates', () => {
		const drawn = picks(7, {
			serverErrorRate: 0.05,
			resetBeforeWriteRate: 0.01,
			resetAfterWriteRate: 0.01,
			hangRate: 0.01,
		});
		const share = (fault: unknown) => drawn.filter((one) => one === fault).length / drawn.length;
		expect(share('resetBeforeWrite')).toBeCloseTo(0.01, 2);
		expect(share('resetAfterWrite')).toBeCloseTo(0.01, 2);
		expect(share('hang')).toBeCloseTo(0.01, 2);
		expect(drawn.filter((one) => typeof one === 'object').length / drawn.length).toBeCloseTo(0.05, 2);
		expect(share(undefined)).toBeCloseTo(0.92, 2);
	});

	it.each([
		['htmlPageRate', 'html502'],
		['cloudflareJsonRate', 'cloudflareJson'],
		['forbiddenRate', 'forbidden'],
		['htmlOkRate', 'htmlOk'],
		['emptyOkRate', 'emptyOk'],
	])('with %s of 1 are all %s', (rate, fault) => {
		expect(new Set(picks(1, { [rate]: 1 }, 20))).toEqual(new Set([fault]));
		expect(new Set(picks(1, { [rate]: 0 }, 20))).toEqual(new Set([undefined]));
	});

	it('are the same for the same seed, and different for another', () => {
		const rates = { serverErrorRate: 0.5 };
		expect(picks(3, rates, 50)).toEqual(picks(3, rates, 50));
		expect(picks(3, rates, 50)).not.toEqual(picks(4, rates, 50));
	});

	it('end at a reset, which also restarts the seed', async () => {
		sandbox.configure({ faults: { serverErrorRate: 0.5 } });
		const run = async () => {
			const statuses = [];
			for (let count = 0; count < 20; count++)
				statuses.push((await call(sandbox, 'GET', '/users/me')).status);
			return statuses;
		};
		const first = await run();
		expect(new Set(first).size).toBeGreaterThan(1);
		sandbox.reset();
		expect(new Set(await run())).toEqual(new Set([200]));
		sandbox.reset();
		sandbox.configure({ faults: { serverErrorRate: 0.5 } });
		expect(await run()).toEqual(first);
	});
});
