import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { withLock } from '../../../nodes/ActiveCampaignSync/shared/lock';

/** Work that begins, waits and ends, and notes both. */
function workers() {
	const noted: string[] = [];
	const previousEnds: Array<number | undefined> = [];
	const work =
		(name: string, ms: number, failure?: Error) =>
		async (previousEnd: number | undefined): Promise<string> => {
			noted.push(`${name} begins`);
			previousEnds.push(previousEnd);
			await new Promise((resolve) => setTimeout(resolve, ms));
			noted.push(`${name} ends`);
			if (failure) throw failure;
			return name;
		};
	return { noted, previousEnds, work };
}

let keys = 0;
const newKey = () => `key ${(keys += 1)}`;
const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

describe('work under a lock', () => {
	it('follows other work of the same key, in order, and not that of another key', async () => {
		const [key, otherKey] = [newKey(), newKey()];
		const { noted, work } = workers();
		const all = Promise.all([
			withLock(key, undefined, work('one', 100)),
			withLock(key, undefined, work('two', 100)),
			withLock(key, undefined, work('three', 100)),
			withLock(otherKey, undefined, work('other', 50)),
		]);
		await pass(300);
		expect(await all).toEqual(['one', 'two', 'three', 'other']);
		expect(noted).toEqual([
			'one begins',
			'other begins',
			'other ends',
			...['one ends', 'two begins', 'two ends', 'three begins', 'three ends'],
		]);
	});

	it('learns when the work before it ended, for a minute', async () => {
		const key = newKey();
		const { previousEnds, work } = workers();
		const begun = performance.now();
		const all = [withLock(key, undefined, work('one', 100)), withLock(key, undefined, work('two', 100))];
		await pass(200 + 59_999);
		all.push(withLock(key, undefined, work('three', 0)));
		await pass(60_000);
		all.push(withLock(key, undefined, work('four', 0)));
		await pass(0);
		await Promise.all(all);
		expect(previousEnds).toEqual([undefined, begun + 100, begun + 200, undefined]);
	});

	it('goes on after work that failed, whose failure only its own caller meets', async () => {
		const key = newKey();
		const { noted, previousEnds, work } = workers();
		const broken = new Error('It broke');
		const begun = performance.now();
		const one = expect(withLock(key, undefined, work('one', 100, broken))).rejects.toBe(broken);
		const two = withLock(key, undefined, work('two', 100));
		await pass(200);
		await one;
		expect(await two).toBe('two');
		expect(noted).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
		expect(previousEnds).toEqual([undefined, begun + 100]);
	});

	it('is not begun when the execution is stopped while it waits, and what waits behind it goes on', async () => {
		const key = newKey();
		const { noted, work } = workers();
		const controller = new AbortController();
		const one = withLock(key, undefined, work('one', 100));
		const two = withLock(key, controller.signal, work('two', 100)).catch((thrown: unknown) => thrown);
		const three = withLock(key, undefined, work('three', 100));
		await pass(50);
		controller.abort();
		const stop = await two;
		expect(stop).toBeInstanceOf(AccountFailure);
		expect(stop).toMatchObject({ kind: 'stopped', details: { outcomeUnknown: false } });
		await pass(150);
		expect([await one, await three]).toEqual(['one', 'three']);
		expect(noted).toEqual(['one begins', 'one ends', 'three begins', 'three ends']);
	});

	it('is not waited for by an execution that is stopped already', async () => {
		const key = newKey();
		const { work } = workers();
		const one = withLock(key, undefined, work('one', 100));
		const two = withLock(key, AbortSignal.abort(), work('two', 100)).catch((thrown: unknown) => thrown);
		await pass(1);
		expect(await Promise.race([two, Promise.resolve('waits')])).toMatchObject({ kind: 'stopped' });
		await pass(100);
		await one;
	});

	it('leaves no listener behind at the signal', async () => {
		const key = newKey();
		const { work } = workers();
		const { signal } = new AbortController();
		const [added, removed] = [
			jest.spyOn(signal, 'addEventListener'),
			jest.spyOn(signal, 'removeEventListener'),
		];
		const all = Promise.all([withLock(key, signal, work('one', 10)), withLock(key, signal, work('two', 10))]);
		await pass(20);
		await all;
		expect(added).toHaveBeenCalledTimes(1);
		expect(removed.mock.calls).toEqual(added.mock.calls);
	});
});
