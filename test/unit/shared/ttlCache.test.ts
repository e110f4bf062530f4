import { TtlCache } from '../../../nodes/ActiveCampaignSync/shared/ttlCache';

describe('what is remembered for a while', () => {
	beforeEach(() => {
		jest.useFakeTimers();
	});

	afterEach(() => {
		jest.useRealTimers();
	});

	it('is there until its time is over', () => {
		const memory = new TtlCache<string>(1_000);
		memory.set('one', 'a');
		jest.advanceTimersByTime(600);
		memory.set('two', 'b');
		jest.advanceTimersByTime(399);
		expect([memory.get('one'), memory.get('two')]).toEqual(['a', 'b']);
		jest.advanceTimersByTime(1);
		expect([memory.get('one'), memory.get('two')]).toEqual([undefined, 'b']);
	});

	it('counts from when it was last set, not when it was read', () => {
		const memory = new TtlCache<string>(1_000);
		memory.set('one', 'a');
		memory.set('two', 'b');
		jest.advanceTimersByTime(900);
		memory.set('one', 'c');
		expect(memory.get('two')).toBe('b');
		jest.advanceTimersByTime(900);
		expect([memory.get('one'), memory.get('two')]).toEqual(['c', undefined]);
	});

	it('can be forgotten', () => {
		const memory = new TtlCache<number>(1_000);
		memory.set('one', 1);
		memory.set('two', 2);
		memory.delete('one');
		memory.delete('three');
		expect([memory.get('one'), memory.get('two')]).toEqual([undefined, 2]);
	});

	it('lets the oldest go when there is too much of it', () => {
		const memory = new TtlCache<number>(1_000, 3);
		for (const [index, key] of ['one', 'two', 'three'].entries()) memory.set(key, index);
		memory.set('one', 9);
		memory.set('four', 4);
		expect(['one', 'two', 'three', 'four'].map((key) => memory.get(key))).toEqual([9, undefined, 2, 4]);
	});
});
