import { groupBy, pushTo } from '../../../nodes/ActiveCampaignSync/shared/multiMap';

describe('things by key', () => {
	it('are added to those of their key', () => {
		const map = new Map([['a', [1]]]);
		for (const [key, item] of [
			['b', 2],
			['a', 3],
			['__proto__', 4],
		] as const) {
			pushTo(map, key, item);
		}

		expect([...map]).toEqual([
			['a', [1, 3]],
			['b', [2]],
			['__proto__', [4]],
		]);
	});

	it('are grouped in their order', () => {
		expect([...groupBy(['b1', 'a1', 'b2'], (thing) => thing.charAt(0))]).toEqual([
			['b', ['b1', 'b2']],
			['a', ['a1']],
		]);
		expect(groupBy([], String).size).toBe(0);
	});
});
