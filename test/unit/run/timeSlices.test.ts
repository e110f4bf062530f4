import { mapWithConcurrency, forEachInSlices } from '../../../nodes/ActiveCampaignSync/run/concurrency';

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
	let now = 0;
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
			await mapWithConcurrency(
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
