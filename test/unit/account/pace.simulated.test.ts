import { sized } from '../../size';
import { longestWait, perSecond, refusedPart, simulate, type SimulatedRequest } from './paceSimulation';

const SECOND = 1_000;
const MINUTE = 60_000;

describe('against an account with a strict window', () => {
	const seeds = [1, 2, 3];

	it.each([50, 250, 1_000])(
		'one program with %d ms latency is never rate limited and uses the whole limit',
		(latencyMs) => {
			for (const seed of seeds) {
				const requests = simulate({ ttlMs: 5 * MINUTE, latencyMs, jitterMs: 20, seed });
				expect(refusedPart(requests)).toBe(0);
				expect(perSecond(requests, 2 * MINUTE, 5 * MINUTE)).toBeGreaterThan(4.7);
				// As the short runs that people look at are measured.
				expect(perSecond(requests, SECOND, 21_100)).toBeGreaterThan(4.7);
			}
		},
	);

	it('one program is not rate limited when its first requests arrive 135 ms late', () => {
		for (const seed of seeds) {
			expect(refusedPart(simulate({ ttlMs: MINUTE, jitterMs: 20, coldMs: 135, seed }))).toBe(0);
		}
	});

	it.each([
		[1, 2.8, 0.05],
		[2, 2, 0.07],
		[3, 1.3, 0.1],
		[4, 0.6, 0.2],
	])(
		'one program beside a neighbor with %d requests per second sends at least %d, with few rate limited',
		(neighbor, least, most) => {
			for (const seed of seeds) {
				for (const retryAfterMs of [1_000, null]) {
					const requests = simulate({
						ttlMs: 10 * MINUTE,
						neighbor,
						retryAfterMs,
						latencyMs: 250,
						jitterMs: 20,
						seed,
					});
					expect(perSecond(requests, MINUTE, 10 * MINUTE)).toBeGreaterThan(least);
					expect(refusedPart(requests)).toBeLessThan(most);
				}
			}
		},
	);

	it('beside a neighbor at 3 per second, with refusals of 30 seconds, still gets half of what is left', () => {
		for (const seed of seeds) {
			const requests = simulate({
				ttlMs: 20 * MINUTE,
				neighbor: 3,
				retryAfterMs: 30_000,
				jitterMs: 20,
				seed,
			});
			expect(perSecond(requests, 10 * MINUTE, 20 * MINUTE)).toBeGreaterThan(0.9);
			expect(refusedPart(requests)).toBeLessThan(0.03);
		}
	});

	it('takes the whole limit again within half a minute once the neighbor is gone', () => {
		for (const seed of seeds) {
			const neighbor = (now: number) => (now < 2 * MINUTE ? 3 : 0);
			const requests = simulate({ ttlMs: 4 * MINUTE, neighbor, latencyMs: 250, jitterMs: 20, seed });
			expect(perSecond(requests, 2 * MINUTE + 40 * SECOND, 4 * MINUTE)).toBeGreaterThan(4.6);
		}
	});

	it('one program finds the limit of an account that allows less than the option says', () => {
		const requests = simulate({ ttlMs: 10 * MINUTE, limit: 2, latencyMs: 250, jitterMs: 20 });
		expect(perSecond(requests, MINUTE, 10 * MINUTE)).toBeGreaterThan(1.3);
		expect(refusedPart(requests)).toBeLessThan(0.1);
	});

	describe('two programs that do not know of each other', () => {
		const of = (requests: SimulatedRequest[], client: number) =>
			requests.filter((request) => request.client === client);

		it.each([[1_000], [null]])(
			'share it fairly, with less than a tenth refused (Retry-After %s ms)',
			(retryAfterMs) => {
				// What happens without a Retry-After is a matter of jitter: it must not starve one of them in any case.
				for (let seed = 1; seed <= sized(4, 12); seed += 1) {
					const requests = simulate({
						ttlMs: 15 * MINUTE,
						clients: 2,
						retryAfterMs,
						latencyMs: 250,
						jitterMs: 20,
						seed,
					});
					expect(refusedPart(requests)).toBeLessThan(0.1);
					expect(perSecond(requests, 5 * MINUTE, 15 * MINUTE)).toBeGreaterThan(3.4);
					for (const client of [0, 1]) {
						expect(perSecond(of(requests, client), 5 * MINUTE, 15 * MINUTE)).toBeGreaterThan(1.2);
						// An item is given up after five minutes of refusals.
						expect(longestWait(of(requests, client))).toBeLessThan(MINUTE);
					}
				}
			},
		);

		it('both get through at refusals of 30 seconds', () => {
			for (const seed of seeds) {
				const requests = simulate({
					ttlMs: 20 * MINUTE,
					clients: 2,
					retryAfterMs: 30_000,
					latencyMs: 250,
					jitterMs: 20,
					seed,
				});
				for (const client of [0, 1]) {
					expect(perSecond(of(requests, client), 10 * MINUTE, 20 * MINUTE)).toBeGreaterThan(0.5);
				}
			}
		});
	});
});
