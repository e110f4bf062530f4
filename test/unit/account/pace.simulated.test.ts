import { sized } from '../../size';
import {
	jobPerSecond,
	measureWorkers,
	perSecond,
	refusedPart,
	simulate,
	type SimulationOptions,
	type WorkersMeasurement,
} from './paceSimulation';

const SECOND = 1_000;
const MINUTE = 60_000;
const seeds = sized([1], [1, 2, 3]);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(['sliding', 'fixed'] as const)(
	'alone at an account with a %s window, one program',
	(window) => {
		it.each([50, 250, 1_000])(
			'with %d ms latency is never rate limited and uses the whole limit',
			(latencyMs) => {
				for (const seed of seeds) {
					const requests = simulate({ ttlMs: 5 * MINUTE, window, latencyMs, seed });
					expect(refusedPart(requests)).toBe(0);
					expect(perSecond(requests, SECOND, 5 * MINUTE)).toBeGreaterThan(4.8);
					expect(perSecond(requests, SECOND, 21_100)).toBeGreaterThan(4.7);
				}
			},
		);

		it.each([
			['40 contacts at 50 ms', 4.8, 50, { items: 40, requestsEach: 1 }],
			['100 contacts at 250 ms', 4.8, 250, { items: 100, requestsEach: 1 }],
			['60 forms at once', 4.8, 150, { items: 60, requestsEach: 1 }],
			['60 forms of four requests', 4.7, 150, { items: 60, requestsEach: 4 }],
			['100 contacts of five requests', 4.7, 250, { items: 100, requestsEach: 5 }],
		])('gets %s through at %d per second without a refusal', (_name, least, latencyMs, job) => {
			for (let seed = 1; seed <= sized(4, 20); seed += 1) {
				const requests = simulate({ ttlMs: 3 * MINUTE, window, latencyMs, job, seed });
				expect(requests).toHaveLength(job.items * job.requestsEach);
				expect(refusedPart(requests)).toBe(0);
				expect(jobPerSecond(requests)).toBeGreaterThan(least);
			}
		});
	},
);

describe('against an account with a strict window', () => {
	it('one program is not rate limited when its first requests arrive 135 ms late', () => {
		for (const seed of seeds) expect(refusedPart(simulate({ ttlMs: MINUTE, coldMs: 135, seed }))).toBe(0);
	});

	it.each([
		[1_000, 4.6],
		[10_000, 4.3],
	])(
		'one program whose requests arrive up to 50 ms late soon leaves more room, at refusals of %d ms, and sends %d',
		(retryAfterMs, least) => {
			for (const seed of seeds) {
				const requests = simulate({ ttlMs: 10 * MINUTE, jitterMs: 50, retryAfterMs, seed });
				expect(refusedPart(requests)).toBeLessThan(0.002);
				expect(perSecond(requests, SECOND, 10 * MINUTE)).toBeGreaterThan(least);
			}
		},
	);

	it.each([
		[1, 3.1, 0.01],
		[2, 2.3, 0.02],
		[3, 1.5, 0.04],
		[4, 0.8, 0.1],
	])(
		'one program beside a neighbor with %d requests per second sends at least %d, with few rate limited',
		(neighbor, least, most) => {
			for (const seed of seeds) {
				for (const retryAfterMs of [1_000, null]) {
					const requests = simulate({ ttlMs: 10 * MINUTE, neighbor, retryAfterMs, seed });
					expect(perSecond(requests, MINUTE, 10 * MINUTE)).toBeGreaterThan(least);
					expect(refusedPart(requests)).toBeLessThan(most);
				}
			}
		},
	);

	it('beside a neighbor at 3 per second, with refusals of 30 seconds, still gets half of what is left', () => {
		for (const seed of seeds) {
			const requests = simulate({ ttlMs: 20 * MINUTE, neighbor: 3, retryAfterMs: 30_000, seed });
			expect(perSecond(requests, 10 * MINUTE, 20 * MINUTE)).toBeGreaterThan(1);
			expect(refusedPart(requests)).toBeLessThan(0.03);
		}
	});

	it('takes the whole limit again within a minute once the neighbor is gone', () => {
		for (const seed of seeds) {
			const neighbor = (now: number) => (now < 2 * MINUTE ? 3 : 0);
			const requests = simulate({ ttlMs: 4 * MINUTE, neighbor, seed });
			expect(perSecond(requests, 2 * MINUTE + 40 * SECOND, 3 * MINUTE)).toBeGreaterThan(3.5);
			expect(perSecond(requests, 3 * MINUTE, 4 * MINUTE)).toBeGreaterThan(4.6);
		}
	});

	it('one program finds the limit of an account that allows less than the option says', () => {
		const requests = simulate({ ttlMs: 10 * MINUTE, limit: 2 });
		expect(perSecond(requests, MINUTE, 10 * MINUTE)).toBeGreaterThan(1.3);
		expect(refusedPart(requests)).toBeLessThan(0.1);
	});
});

describe.each(['sliding', 'fixed'] as const)('n8n workers at an account with a %s window', (window) => {
	const measure = (options: Partial<SimulationOptions>): WorkersMeasurement[] =>
		Array.from({ length: sized(1, 12) }, (_, seed) =>
			measureWorkers({ ttlMs: 20 * MINUTE, window, ...options, seed: seed + 1 }),
		);

	it.each([
		{ clients: 2, retryAfterMs: 1_000, least: 4.3, most: 0.03, fairness: 0.5, waitMs: 30 * SECOND },
		{ clients: 3, retryAfterMs: 1_000, least: 4.3, most: 0.05, fairness: 0.5, waitMs: 30 * SECOND },
		{ clients: 4, retryAfterMs: 1_000, least: 4.3, most: 0.08, fairness: 0.5, waitMs: 30 * SECOND },
		{ clients: 5, retryAfterMs: 1_000, least: 4.3, most: 0.11, fairness: 0.5, waitMs: 30 * SECOND },
		{ clients: 2, retryAfterMs: null, least: 4.3, most: 0.03, fairness: 0.5, waitMs: 30 * SECOND },
		{ clients: 3, retryAfterMs: null, least: 4.3, most: 0.05, fairness: 0.5, waitMs: 30 * SECOND },
		{ clients: 2, retryAfterMs: 10_000, least: 3.8, most: 0.02, fairness: 0.4, waitMs: 90 * SECOND },
		{ clients: 3, retryAfterMs: 10_000, least: 3.8, most: 0.03, fairness: 0.3, waitMs: 90 * SECOND },
		{ clients: 5, retryAfterMs: 10_000, least: 3.8, most: 0.06, fairness: 0.3, waitMs: 90 * SECOND },
		{ clients: 2, retryAfterMs: 30_000, least: 3.6, most: 0.01, fairness: 0.2, waitMs: 280 * SECOND },
		{ clients: 3, retryAfterMs: 30_000, least: 3.6, most: 0.02, fairness: 0.1, waitMs: 280 * SECOND },
		{ clients: 5, retryAfterMs: 30_000, least: 3.5, most: 0.03, fairness: 0.1, waitMs: 280 * SECOND },
	])(
		'get $least per second through, $clients of them with Retry-After $retryAfterMs ms, and none starves',
		({ clients, retryAfterMs, least, most, fairness, waitMs }) => {
			const runs = measure({ clients, retryAfterMs });
			expect(mean(runs.map((run) => run.perSecond))).toBeGreaterThan(least);
			expect(mean(runs.map((run) => run.refusedPart))).toBeLessThan(most);
			expect(Math.min(...runs.map((run) => run.fairness))).toBeGreaterThan(fairness);
			// An item is given up after five minutes of refusals.
			expect(Math.max(...runs.map((run) => run.longestWaitMs))).toBeLessThan(waitMs);
		},
	);

	it.each([true, false])(
		'let in one that comes later, at refusals of half a minute, sent at once: %s',
		(refusesAtOnce) => {
			for (const run of measure({ clients: 2, retryAfterMs: 30_000, staggerMs: MINUTE, refusesAtOnce })) {
				expect(run.longestWaitMs).toBeLessThan(280 * SECOND);
				expect(run.perSecond).toBeGreaterThan(3.4);
			}
		},
	);
});
