import { createServer } from 'node:http';
import fc from 'fast-check';
import { runContract, type ContractResult } from '../../contract/contract';
import { FACTS } from '../../contract/facts';
import type { Send } from '../../contract/client';
import { asJson, asMarkdown, asTable, publish, redactor } from '../../contract/report';
import { isRecord } from '../../guards';
import { parseJson } from '../../sandbox/wire';
import { sized } from '../../size';
import { SocketlessAccount } from './socketlessAccount';

const TOKEN = 'secret-token-0123456789';
const USER = { status: 200, headers: new Headers(), text: '{"user":{"id":"1"}}' };
const TARGET = {
	baseUrl: 'https://acme-7.api-us1.com/api/3',
	token: TOKEN,
	wait: () => Promise.resolve(),
	automationId: '1',
};

/** Those facts that the contract itself could not cope with. */
function broken({ results }: ContractResult): unknown[] {
	return results.filter(({ observed }) => String(observed).startsWith('the contract broke'));
}

/** Everything that is published of a run. */
function published({ results, name }: ContractResult): string {
	const meta = {
		against: 'an account',
		version: '1.0.0',
		redact: redactor([TOKEN, 'acme-7.api-us1.com', 'acme-7'], name),
	};
	const facts = publish(results, meta);
	return [asJson(facts, meta), asMarkdown(facts, meta), asTable(facts)].join('\n');
}

/** Answers /users/me as an account does, so that the facts are tried, and all else as given. */
async function runAgainst(respond: Send): Promise<ContractResult> {
	const send: Send = async (request) => (request.url.endsWith('/users/me') ? USER : await respond(request));
	return await runContract(TARGET, FACTS, { send, intervalMs: 0, rateLimit: true });
}

const anyText = fc.oneof(
	fc.json(),
	fc.constantFrom(
		'',
		' ',
		'<!DOCTYPE html><p>Log in',
		'null',
		'[]',
		'{}',
		'""',
		'0',
		'{"errors":{}}',
		'[[[[]]]]',
		'{"a":',
	),
	fc.string(),
);
const anyResponse = fc.record({
	status: fc.constantFrom(200, 201, 204, 301, 400, 403, 404, 422, 429, 500, 503),
	text: anyText,
});

// Hundreds of requests each, on machines that may be busy.
jest.setTimeout(30_000);

describe('an account that responds unlike the API', () => {
	it.each<[string, number, string]>([
		['a web page', 200, '<!DOCTYPE html><p>Log in'],
		['nothing', 200, ''],
		['null', 200, 'null'],
		['a list', 201, '[]'],
		['text', 200, 'pong'],
		['404', 404, '{"message":"No route found"}'],
		['403', 403, ''],
		['an id of another kind', 201, '{"contact":{"id":{"a":[]}},"tag":{"id":[]},"field":{"id":null}}'],
	])('differs from the facts, each of which ends, when it always returns %s', async (_what, status, text) => {
		const result = await runAgainst(() => Promise.resolve({ status, headers: new Headers(), text }));
		expect(broken(result)).toEqual([]);
		expect(result.results.filter(({ result: one }) => one === 'differs').length).toBeGreaterThan(10);
		expect(result.cleanup.removed).toEqual([]);
	});

	it('makes no fact throw when it returns anything', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyResponse, { minLength: 1, maxLength: 20 }), async (responses) => {
				let next = 0;
				const result = await runAgainst(() => {
					const response = responses[next++ % responses.length] ?? { status: 200, text: '' };
					return Promise.resolve({ ...response, headers: new Headers() });
				});
				expect(broken(result)).toEqual([]);
				expect(result.results).toHaveLength(FACTS.flatMap(({ facts }) => facts).length);
			}),
			{ numRuns: sized(15, 60) },
		);
	});

	it('makes no fact throw when it returns any value in place of its own', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }),
				fc.nat(7),
				async (values, every) => {
					const account = new SocketlessAccount();
					let leaves = 0;
					const changed = (value: unknown): unknown => {
						if (leaves++ % (every + 3) === 0) return values[leaves % values.length];
						if (Array.isArray(value)) return value.map(changed);
						if (!isRecord(value)) return value;
						return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner)]));
					};
					account.rewrite({}, (response) => ({ ...response, body: changed(response.body) }));
					const { target, send } = account;
					const asked: Send = async (request) =>
						request.url.endsWith('/users/me') ? USER : await send(request);
					expect(broken(await runContract(target, FACTS, { send: asked, intervalMs: 0 }))).toEqual([]);
				},
			),
			{ numRuns: sized(10, 40) },
		);
	});

	it('ends the run soon when it stops responding', async () => {
		let requests = 0;
		const result = await runAgainst(() => {
			requests++;
			return Promise.reject(new Error('connect ECONNREFUSED'));
		});
		expect(broken(result)).toEqual([]);
		expect(requests).toBeLessThan(10);
	});

	it('is read up to a limit when its responses never end', async () => {
		const part = 'a'.repeat(1_000_000);
		let parts = 0;
		const server = createServer((_request, response) => {
			const more = () => {
				while (!response.destroyed && response.write(part)) parts++;
				parts++;
			};
			response.on('drain', more);
			more();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		const baseUrl = `http://127.0.0.1:${port}/api/3`;
		const result = await runContract({ ...TARGET, baseUrl }, FACTS.slice(0, 1), { intervalMs: 0 });
		server.closeAllConnections();
		server.close();
		expect(result.results[0]).toMatchObject({
			result: 'differs',
			observed: ['200 with too much', 'missing'],
		});
		expect(parts / (1 + result.cleanup.problems.length)).toBeLessThan(60);
	});

	it('is waited for once when its imports never end', async () => {
		const account = new SocketlessAccount({ importDurationMs: 1e9 });
		let polls = 0;
		const send: Send = async (request) => {
			if (request.url.includes('/import/info?batchId=') && !request.url.includes('contract-')) polls++;
			return await account.send(request);
		};
		await runContract(account.target, FACTS, { send, intervalMs: 0, settleMs: 0 });
		expect(polls).toBe(90);
	});

	it('can be tried over HTTP too, cut connections included', async () => {
		const server = createServer((request, response) => {
			if (request.url?.endsWith('/users/me')) response.end(USER.text);
			else if (request.method === 'POST') request.socket.destroy();
			else response.writeHead(302, { Location: 'https://example.com/login' }).end('<html>');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		const target = { ...TARGET, baseUrl: `http://127.0.0.1:${port}/api/3` };
		const result = await runContract(target, FACTS, { intervalMs: 0 });
		server.close();
		expect(broken(result)).toEqual([]);
		const redirected = result.results.find(({ fact }) => fact.name === 'No request is redirected');
		expect(redirected).toMatchObject({ result: 'differs' });
	});
});

describe('the published results', () => {
	const PERSON = 'Grace Hopper';
	const SECRETS = [PERSON, 'Grace', 'Hopper', 'grace.hopper', TOKEN, 'acme-7'];

	/** Keys whose values an import is followed by. */
	const TECHNICAL = ['batchId', 'status', 'success'];

	/**
	 * Puts somebody's data in place of every text that is not a name of the contract's, the token included, except under
	 * the keys given.
	 */
	function personal(value: unknown, kept: string[], key = ''): unknown {
		if (kept.includes(key)) return value;
		if (Array.isArray(value)) return value.map((inner) => personal(inner, kept, key));
		if (isRecord(value))
			return Object.fromEntries(
				Object.entries(value).map(([name, inner]) => [name, personal(inner, kept, name)]),
			);
		if (typeof value !== 'string' || /^\d*$/.test(value) || /^contract-/i.test(value)) return value;
		return `${PERSON} <grace.hopper@acme-7.example> ${TOKEN}`;
	}

	it.each([
		['texts', (value: unknown) => personal(value, [])],
		['texts but of imports', (value: unknown) => personal(value, TECHNICAL)],
		[
			'addresses',
			(value: unknown) =>
				value === undefined
					? value
					: parseJson(JSON.stringify(value).replaceAll('example.com', 'acme-7.example')),
		],
	])(
		'have no personal data and no token, whatever the account has in place of its %s',
		async (_what, change) => {
			const account = new SocketlessAccount();
			account.rewrite({}, (response) => ({ ...response, body: change(response.body) }));
			const { target, send } = account;
			const asked: Send = async (request) => (request.url.endsWith('/users/me') ? USER : await send(request));
			const result = await runContract(target, FACTS, { send: asked, intervalMs: 0 });
			const text = published(result);
			for (const secret of SECRETS) expect(text).not.toContain(secret);
			expect(text).not.toContain(result.name);
			expect(text).not.toMatch(/[\w.]+@[\w.]+/);
		},
	);

	it('show the observation of a fact within its cell', async () => {
		const account = new SocketlessAccount();
		account.rewrite({ path: '/notes' }, () => ({ status: 200, text: '<html>' }));
		const result = await runContract(account.target, FACTS, { send: account.send, intervalMs: 0 });
		expect(published(result)).toContain(
			'| [201,201] | ["200 with an HTML page","200 with an HTML page"] | **differs** |',
		);
		const lines = published(result)
			.split('\n')
			.filter((line) => line.startsWith('| ') && !line.startsWith('|--'));
		for (const line of lines) expect(line.match(/(?<!\\)\|/g)).toHaveLength(7);
	});
});
