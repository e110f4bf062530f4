import { startSandbox, type RunningSandbox } from '../../sandbox';
import { Journal, type JournalEntry } from '../../sandbox/journal';
import { call, sync } from './call';

function entry(at: number, path = '/contact/sync', concurrent = 1): JournalEntry {
	return { at, method: 'POST', path, query: {}, headers: {}, body: { at }, status: 200, concurrent };
}

function journalOf(...entries: JournalEntry[]): Journal {
	const journal = new Journal();
	for (const one of entries) journal.add(one);
	return journal;
}

describe('Journal', () => {
	it('counts by method, path and status', () => {
		const journal = journalOf(entry(0), entry(1, '/tags'), {
			...entry(2, '/tags/5'),
			method: 'GET',
			status: 429,
		});
		expect([
			journal.count(),
			journal.count('POST'),
			journal.count('POST', '/tags'),
			journal.count(undefined, /^\/tags/),
			journal.count(undefined, undefined, 429),
		]).toEqual([3, 2, 1, 2, 1]);
		expect(journal.bodies('POST', '/tags')).toEqual([{ at: 1 }]);
	});

	it.each([
		['none', [], 0],
		['far apart', [0, 1000, 2000], 1],
		['just within a second', [0, 999.9, 1999], 2],
		['across the border of a second', [900, 950, 1050, 1899, 1900], 4],
	])('finds the largest number of requests within any second: %s', (_name, times, expected) => {
		expect(journalOf(...times.map((time) => entry(time))).maxPerSecond()).toBe(expected);
	});

	it('does not count imports per second unless asked to', () => {
		const journal = journalOf(entry(0), entry(1, '/import/bulk_import'), entry(2, '/import/bulk_import'));
		expect([journal.maxPerSecond(), journal.maxPerSecond({})]).toEqual([1, 3]);
	});

	it('finds the largest number of requests at once', () => {
		expect(
			journalOf(entry(0, '/a', 2), entry(1, '/b', 7), entry(2, '/a', 3)).maxConcurrent({ path: '/a' }),
		).toBe(3);
	});
});

describe("the sandbox's journal", () => {
	let sandbox: RunningSandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ latencyMs: { min: 20, max: 40 } });
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.stop());

	it('records every request with query, headers and body, also refused ones', async () => {
		await call(sandbox, 'GET', '/contacts?email=a%2Bb@example.com&limit=5');
		await sync(sandbox, { email: 'ada@example.com' });
		await call({ url: sandbox.url, token: 'wrong' }, 'GET', '/users/me');
		await fetch(`${sandbox.url}/elsewhere?x=1`);
		expect(sandbox.journal.entries).toMatchObject([
			{ method: 'GET', path: '/contacts', query: { email: 'a+b@example.com', limit: '5' }, status: 200 },
			{
				method: 'POST',
				path: '/contact/sync',
				headers: { 'api-token': sandbox.token },
				body: { contact: { email: 'ada@example.com' } },
				status: 201,
			},
			{ path: '/users/me', headers: { 'api-token': 'wrong' }, status: 403 },
			{ path: '/elsewhere', query: { x: '1' }, status: 404 },
		]);
		const times = [...sandbox.journal].map(({ at }) => at);
		expect(times).toEqual([...times].sort((one, other) => one - other));
	});

	it('records how many requests were under way', async () => {
		await Promise.all(['a', 'b', 'c'].map((name) => sync(sandbox, { email: `${name}@example.com` })));
		await sync(sandbox, { email: 'd@example.com' });
		expect(sandbox.journal.maxConcurrent()).toBe(3);
		expect(sandbox.journal.entries.at(-1)?.concurrent).toBe(1);
	});

	it('is empty after clear', async () => {
		await sync(sandbox, { email: 'ada@example.com' });
		sandbox.journal.clear();
		await sync(sandbox, { email: 'bo@example.com' });
		expect(sandbox.journal.count()).toBe(1);
	});
});
