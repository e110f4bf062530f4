import { setImmediate } from 'node:timers/promises';

import { mapWithConcurrency } from '../../../../nodes/ActiveCampaignSync/operations/shared/mapWithConcurrency';

const always = () => true;

describe('mapWithConcurrency work', () => {
	it('begins in the order of the list, with so many under way at once', async () => {
		const begun: number[] = [];
		let underWay = 0;
		let most = 0;
		await mapWithConcurrency([10, 11, 12, 13, 14, 15, 16], 3, always, async (item, order) => {
			expect(item).toBe(order + 10);
			begun.push(item);
			most = Math.max(most, (underWay += 1));
			// The later, the quicker.
			for (let turn = item; turn < 20; turn += 1) await setImmediate();
			underWay -= 1;
		});
		expect(begun).toEqual([10, 11, 12, 13, 14, 15, 16]);
		expect(most).toBe(3);
	});

	it('takes no more room than there are items', async () => {
		const done: string[] = [];
		await mapWithConcurrency(['a', 'b'], 1_000, always, async (item) => {
			await setImmediate();
			done.push(item);
		});
		await mapWithConcurrency(
			[],
			1_000,
			always,
			async () => await Promise.reject(new Error('There is nothing to do')),
		);
		expect(done).toEqual(['a', 'b']);
	});

	it('begins nothing more once it is not to go on, and ends what it began', async () => {
		let goesOn = true;
		const ended: number[] = [];
		await mapWithConcurrency(
			[0, 1, 2, 3, 4, 5],
			2,
			() => goesOn,
			async (item) => {
				await setImmediate();
				if (item === 2) goesOn = false;
				await setImmediate();
				ended.push(item);
			},
		);
		expect(ended).toEqual([0, 1, 2, 3]);
	});

	it('throws what broke, begins nothing more, and ends what it began before that', async () => {
		const ended: number[] = [];
		const work = mapWithConcurrency([0, 1, 2, 3, 4, 5], 2, always, async (item) => {
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
