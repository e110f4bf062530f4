import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { Memo } from '../../../nodes/ActiveCampaignSync/shared/memo';

/** Loads one value after the other, and counts. */
function loader<Value>(...outcomes: Array<Value | Error>) {
	const load = jest.fn(async (): Promise<Value> => {
		const outcome = outcomes[load.mock.calls.length - 1] ?? new Error('There is nothing left');
		await Promise.resolve();
		if (outcome instanceof Error) throw outcome;
		return outcome;
	});
	return load;
}

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

describe('what is remembered for a while', () => {
	it('is there until its time is over', () => {
		const memo = new Memo<string>(1_000);
		memo.set('one', 'a');
		jest.advanceTimersByTime(600);
		memo.set('two', 'b');
		jest.advanceTimersByTime(399);
		expect([memo.peek('one'), memo.peek('two')]).toEqual(['a', 'b']);
		jest.advanceTimersByTime(1);
		expect([memo.peek('one'), memo.peek('two')]).toEqual([undefined, 'b']);
	});

	it('counts from when it was last set, not when it was read', () => {
		const memo = new Memo<string>(1_000);
		memo.set('one', 'a');
		memo.set('two', 'b');
		jest.advanceTimersByTime(900);
		memo.set('one', 'c');
		expect(memo.peek('two')).toBe('b');
		jest.advanceTimersByTime(900);
		expect([memo.peek('one'), memo.peek('two')]).toEqual(['c', undefined]);
	});

	it('can be forgotten', () => {
		const memo = new Memo<number>(1_000);
		memo.set('one', 1);
		memo.set('two', 2);
		memo.delete('one');
		memo.delete('three');
		expect([memo.peek('one'), memo.peek('two')]).toEqual([undefined, 2]);
	});

	it('loses the oldest when there is too much of it', () => {
		const memo = new Memo<number>(1_000, 3);
		for (const [index, key] of ['one', 'two', 'three'].entries()) memo.set(key, index);
		memo.set('one', 9);
		memo.set('four', 4);
		expect(['one', 'two', 'three', 'four'].map((key) => memo.peek(key))).toEqual([9, undefined, 2, 4]);
	});

	it('stays for good unless a time is given, up to a thousand values', () => {
		const memo = new Memo<number>();
		for (let key = 0; key < 1_000; key += 1) memo.set(String(key), key);
		jest.advanceTimersByTime(1_000_000_000);
		expect([memo.peek('0'), memo.peek('999')]).toEqual([0, 999]);
		memo.set('1000', 1_000);
		expect([memo.peek('0'), memo.peek('1')]).toEqual([undefined, 1]);
	});
});

describe('what is loaded', () => {
	it('is loaded once for all who ask for its key, and by itself for another key', async () => {
		const memo = new Memo<string>();
		const [load, other] = [loader('a', 'again'), loader('b')];
		const asked = [memo.get('one', load), memo.get('one', load), memo.get('two', other)];
		expect(await Promise.all(asked)).toEqual(['a', 'a', 'b']);
		expect(await memo.get('one', load)).toBe('a');
		expect([load, other].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
	});

	it('is pending at once, and known when it has arrived', async () => {
		const memo = new Memo<string>();
		const loading = memo.get('one', loader('a'));
		expect(memo.pending('two')).toBeUndefined();
		expect(memo.peek('one')).toBeUndefined();
		expect(await memo.pending('one')).toBe('a');
		await loading;
		expect(memo.peek('one')).toBe('a');
		expect(await memo.pending('one')).toBe('a');
	});

	it('is known when it was set', async () => {
		const memo = new Memo<string>();
		const load = loader<string>();
		memo.set('one', 'a');
		expect(await memo.pending('one')).toBe('a');
		expect(await memo.get('one', load)).toBe('a');
		expect(load).not.toHaveBeenCalled();
	});

	it('is loaded again when its time is over, which begins with the request', async () => {
		const memo = new Memo<string>(1_000);
		const load = loader('a', 'b');
		expect(await memo.get('one', load)).toBe('a');
		jest.advanceTimersByTime(999);
		expect(await memo.get('one', load)).toBe('a');
		jest.advanceTimersByTime(1);
		expect(memo.pending('one')).toBeUndefined();
		expect(await memo.get('one', load)).toBe('b');
		jest.advanceTimersByTime(999);
		expect(memo.peek('one')).toBe('b');
	});

	it('may be something that is missing', async () => {
		const memo = new Memo<string | undefined>();
		const load = jest.fn(async () => await Promise.resolve(undefined));
		await memo.get('one', load);
		await memo.get('one', load);
		expect(load).toHaveBeenCalledTimes(1);
		expect(memo.pending('one')).toBeDefined();
	});
});

describe('a failure to load', () => {
	const failure = (kind: 'forbidden' | 'unavailable' | 'noData', isFinal?: boolean) =>
		new AccountFailure(kind, 'It was not read', 'Do this', { isFinal });

	it.each([
		['a failure that may pass', failure('unavailable')],
		['a list without data', failure('noData')],
		['a bug', new TypeError('A bug')],
	])('is met by all who wait, and forgotten then: %s', async (_what, thrown) => {
		const memo = new Memo<string>();
		const load = loader<string>(thrown, 'a');
		const [one, other] = [memo.get('one', load), memo.get('one', load)];
		await expect(one).rejects.toBe(thrown);
		await expect(other).rejects.toBe(thrown);
		expect(memo.pending('one')).toBeUndefined();
		expect(await memo.get('one', load)).toBe('a');
		expect(load).toHaveBeenCalledTimes(2);
	});

	it.each([
		['a permission is missing', failure('forbidden')],
		['a list has no end', failure('noData', true)],
	])('stays when %s', async (_why, thrown) => {
		const memo = new Memo<string>();
		const load = loader<string>(thrown, 'a');
		await expect(memo.get('one', load)).rejects.toBe(thrown);
		await expect(memo.get('one', load)).rejects.toBe(thrown);
		expect(load).toHaveBeenCalledTimes(1);
		expect(memo.peek('one')).toBeUndefined();
	});

	it('removes nothing that was set meanwhile', async () => {
		const memo = new Memo<string>();
		const loading = memo.get('one', loader<string>(failure('unavailable')));
		memo.set('one', 'b');
		await expect(loading).rejects.toThrow('It was not read');
		expect(memo.peek('one')).toBe('b');
	});
});
