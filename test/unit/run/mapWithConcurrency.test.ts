import { setImmediate } from 'node:timers/promises';

import { mapWithConcurrency } from '../../../nodes/ActiveCampaignSync/run/concurrency';

describe('mapWithConcurrency', () => {
	it('starts in the order of the list, with at most the given number under way at once', async () => {
		const begun: number[] = [];
		let inFlight = 0;
		let most = 0;
		await mapWithConcurrency([10, 11, 12, 13, 14, 15, 16], { concurrency: 3 }, async (item, order) => {
			expect(item).toBe(order + 10);
			begun.push(item);
			most = Math.max(most, (inFlight += 1));
			// The later, the quicker.
			for (let turn = item; turn < 20; turn += 1) await setImmediate();
			inFlight -= 1;
		});
		expect(begun).toEqual([10, 11, 12, 13, 14, 15, 16]);
		expect(most).toBe(3);
	});

	it('starts no more workers than there are items', async () => {
		const done: string[] = [];
		await mapWithConcurrency(['a', 'b'], { concurrency: 1_000 }, async (item) => {
			await setImmediate();
			done.push(item);
		});
		await mapWithConcurrency(
			[],
			{ concurrency: 1_000 },
			async () => await Promise.reject(new Error('There is nothing to do')),
		);
		expect(done).toEqual(['a', 'b']);
	});

	it('starts nothing more once shouldContinue returns false, and finishes what it started', async () => {
		let shouldContinue = true;
		const ended: number[] = [];
		await mapWithConcurrency(
			[0, 1, 2, 3, 4, 5],
			{ concurrency: 2, shouldContinue: () => shouldContinue },
			async (item) => {
				await setImmediate();
				if (item === 2) shouldContinue = false;
				await setImmediate();
				ended.push(item);
			},
		);
		expect(ended).toEqual([0, 1, 2, 3]);
	});

	it('throws what the work throws, starts nothing more, and first finishes what it started', async () => {
		const ended: number[] = [];
		const work = mapWithConcurrency([0, 1, 2, 3, 4, 5], { concurrency: 2 }, async (item) => {
			await setImmediate();
			if (item === 2) throw new Error('It broke');
			await setImmediate();
			await setImmediate();
			ended.push(item);
		});
		await expect(work).rejects.toThrow('It broke');
		expect(ended).toEqual([0, 1, 3]);
	});
});
