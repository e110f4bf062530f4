import { setImmediate as nextTurn } from 'node:timers/promises';

import { forEachInSlices, forEachConcurrently } from '../../../nodes/ActiveCampaignSync/run/concurrency';

describe('forEachConcurrently', () => {
	it('starts in the order of the list, with at most the given number under way at once', async () => {
		const begun: number[] = [];
		let inFlight = 0;
		let most = 0;
		await forEachConcurrently([10, 11, 12, 13, 14, 15, 16], { concurrency: 3 }, async (item) => {
			begun.push(item);
			most = Math.max(most, (inFlight += 1));
			// The later, the quicker.
			for (let left = item; left < 20; left += 1) await nextTurn();
			inFlight -= 1;
		});
		expect(begun).toEqual([10, 11, 12, 13, 14, 15, 16]);
		expect(most).toBe(3);
	});

	it('starts no more workers than there are items', async () => {
		const done: string[] = [];
		await forEachConcurrently(['a', 'b'], { concurrency: 1_000 }, async (item) => {
			await nextTurn();
			done.push(item);
		});
		await forEachConcurrently(
			[],
			{ concurrency: 1_000 },
			async () => await Promise.reject(new Error('There is nothing to do')),
		);
		expect(done).toEqual(['a', 'b']);
	});

	it('starts nothing more once shouldContinue returns false, and finishes what it started', async () => {
		let shouldContinue = true;
		const ended: number[] = [];
		await forEachConcurrently(
			[0, 1, 2, 3, 4, 5],
			{ concurrency: 2, shouldContinue: () => shouldContinue },
			async (item) => {
				await nextTurn();
				if (item === 2) shouldContinue = false;
				await nextTurn();
				ended.push(item);
			},
		);
		expect(ended).toEqual([0, 1, 2, 3]);
	});

	it('throws what the work throws, starts nothing more, and first finishes what it started', async () => {
		const ended: number[] = [];
		const work = forEachConcurrently([0, 1, 2, 3, 4, 5], { concurrency: 2 }, async (item) => {
			await nextTurn();
			if (item === 2) throw new Error('It broke');
			await nextTurn();
			await nextTurn();
			ended.push(item);
		});
		await expect(work).rejects.toThrow('It broke');
		expect(ended).toEqual([0, 1, 3]);
	});
});

/** Does work that can ask how many turns of the event loop others have had since it began. */
async function countTurns(work: (turns: () => number) => Promise<void>): Promise<void> {
	let turns = 0;
	let next: NodeJS.Immediate;
	const count = () => {
		turns += 1;
		next = setImmediate(count);
	};
	next = setImmediate(count);
	await work(() => turns);
	clearImmediate(next);
}

describe('long work', () => {
	/** Later than all that went before. */
	let now = 1_000_000_000;
	beforeEach(() => {
		jest.spyOn(performance, 'now').mockImplementation(() => now);
	});
	afterEach(() => {
		jest.restoreAllMocks();
	});

	it('gives others a turn after 25 ms, and not before', async () => {
		const turnOf: number[] = [];
		await countTurns(async (turns) => {
			await forEachInSlices(Array.from({ length: 20 }), () => {
				turnOf.push(turns());
				now += 10;
			});
		});

		const perTurn = [...new Set(turnOf)].map((turn) => turnOf.filter((one) => one === turn).length);
		expect(perTurn.slice(0, -1)).toEqual([3, 3, 3, 3, 3, 3]);
	});

	it('of several executions at once shares the 25 ms', async () => {
		const turnOf: number[] = [];
		const work = async (turns: () => number) => {
			await forEachInSlices(Array.from({ length: 10 }), () => {
				turnOf.push(turns());
				now += 10;
			});
		};
		await countTurns(async (turns) => {
			await Promise.all([work(turns), work(turns), work(turns)]);
		});

		for (const turn of turnOf) expect(turnOf.filter((one) => one === turn).length).toBeLessThanOrEqual(5);
	});

	it('on many things at once that wait for nothing gives others a turn too', async () => {
		const turnOf: number[] = [];
		await countTurns(async (turns) => {
			await forEachConcurrently(
				Array.from({ length: 40 }, (_, index) => index),
				{ concurrency: 4 },
				async () => {
					turnOf.push(turns());
					now += 10;
					await Promise.resolve();
				},
			);
		});

		expect(turnOf).toHaveLength(40);
		for (const turn of turnOf) expect(turnOf.filter((one) => one === turn).length).toBeLessThanOrEqual(8);
	});

	it('throws what fails, and goes no further', async () => {
		const done: string[] = [];
		const work = forEachInSlices(['a', 'b', 'c'], (one) => {
			if (one === 'b') throw new Error('It broke');
			done.push(one);
		});

		await expect(work).rejects.toThrow('It broke');
		expect(done).toEqual(['a']);
	});
});
