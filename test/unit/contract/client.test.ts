import { Client, type Send } from '../../contract/client';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const RESPONSE = { status: 200, headers: new Headers(), text: '{}' };
const RESPONSE_MS = 120;

/** A client whose waits and responses pass on a clock of its own, and the times at which it sent its requests. */
function clientWith(respond: (count: number) => typeof RESPONSE) {
	const sentAt: number[] = [];
	const start = performance.now();
	const send: Send = () => {
		sentAt.push(Math.round(performance.now() - start));
		jest.advanceTimersByTime(RESPONSE_MS);
		return Promise.resolve(respond(sentAt.length));
	};
	const wait = (ms: number) => {
		jest.advanceTimersByTime(Math.ceil(ms));
		return Promise.resolve();
	};
	return {
		sentAt,
		client: new Client({ baseUrl: 'https://a.example', token: 't', send, wait, intervalMs: 500 }),
	};
}

describe('the client of the contract', () => {
	it('sends two requests a second', async () => {
		const { client, sentAt } = clientWith(() => RESPONSE);
		for (let count = 0; count < 4; count++) await client.call('GET', '/lists');
		expect(sentAt).toEqual([0, 500, 1_000, 1_500]);
	});

	it.each([
		['as long as asked', new Headers({ 'Retry-After': '30' }), 30_120],
		['a minute at most', new Headers({ 'Retry-After': '86400' }), 60_120],
		['a second where it is not asked', new Headers(), 1_120],
		['a second where it is asked for nonsense', new Headers({ 'Retry-After': '<b>' }), 1_120],
	])('waits after a 429, %s, and tries again', async (_title, headers, next) => {
		const { client, sentAt } = clientWith((count) =>
			count === 1 ? { ...RESPONSE, status: 429, headers } : RESPONSE,
		);
		expect((await client.call('GET', '/lists')).status).toBe(200);
		expect(sentAt).toEqual([0, next]);
	});

	it('returns a 429 in the end if it persists', async () => {
		const { client, sentAt } = clientWith(() => ({ ...RESPONSE, status: 429 }));
		expect((await client.call('GET', '/lists')).status).toBe(429);
		expect(sentAt).toHaveLength(6);
	});

	it('gives up on an account that returns only 429', async () => {
		const { client, sentAt } = clientWith(() => ({ ...RESPONSE, status: 429 }));
		for (let count = 0; count < 2; count++) await client.call('GET', '/lists');
		await expect(client.call('GET', '/lists')).rejects.toThrow('the account answers only 429');
		expect(sentAt).toHaveLength(12);
	});

	it('gives up on an account that loses every other response', async () => {
		const { client, sentAt } = clientWith((count) => {
			if (count % 2 === 0) throw new Error('timed out');
			return RESPONSE;
		});
		const all = async () => {
			for (let count = 0; count < 100; count++) await client.call('GET', '/lists');
		};
		await expect(all()).rejects.toThrow('the account does not respond');
		expect(sentAt).toHaveLength(20);
	});

	it('sends the token in a header only, to the account only', async () => {
		const sent: Array<Parameters<Send>[0]> = [];
		const send: Send = (request) => Promise.resolve((sent.push(request), RESPONSE));
		const client = new Client({ baseUrl: 'https://a.example/api/3', token: 'secret', send, intervalMs: 0 });
		await client.call('POST', '/tags', { tag: { tag: 'a' } });
		const headers: unknown = expect.objectContaining({ 'Api-Token': 'secret' });
		const body = '{"tag":{"tag":"a"}}';
		expect(sent).toEqual([{ method: 'POST', url: 'https://a.example/api/3/tags', body, headers }]);
	});
});
