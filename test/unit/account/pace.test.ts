import {
	afterResponse,
	afterRateLimited,
	afterStart,
	generalLimit,
	IMPORT_LIMIT,
	nextStartAt,
	INITIAL_PACE,
	type Pace,
} from '../../../nodes/ActiveCampaignSync/account/pace';
import { mostWithin, startMany } from './paceSimulation';

const SECOND = 1_000;
const MINUTE = 60_000;
const limit = generalLimit(5);

describe('starting within the limit', () => {
	it('starts five at once, and the next five when their second is over', () => {
		const { starts } = startMany(12, 10_000);
		expect(starts.slice(0, 5)).toEqual([10_000, 10_000, 10_000, 10_000, 10_000]);
		expect(new Set(starts.slice(5, 10)).size).toBe(1);
		expect(starts[5]).toBeGreaterThanOrEqual(11_060);
		expect(starts[10]).toBe((starts[5] ?? 0) + 1_060);
	});

	it('lets the sixth of a first burst wait longer: the first ones of a quiet process arrive late', () => {
		const { starts, pace } = startMany(6, 10_000);
		expect(starts[5]).toBe(11_180);
		// No further one, until it has been quiet again.
		const goesOn = startMany(6, 14_000, pace).starts;
		expect(goesOn[5]).toBe(15_060);
		const afterQuiet = startMany(6, 30_000, startMany(1, 14_000, pace).pace).starts;
		expect(afterQuiet[5]).toBe(31_180);
	});

	it.each([
		[0.5, 1],
		[1, 1],
		[2.5, 3],
		[4.9, 5],
		[5, 5],
		[20, 20],
	])('starts %d per second on average, and never more than %d in any second', (perSecondAllowed, most) => {
		const by = generalLimit(perSecondAllowed);
		const { starts } = startMany(400, 10_000, INITIAL_PACE, by);
		expect(mostWithin(starts, SECOND)).toBe(most);
		const seconds = ((starts.at(-1) ?? 0) - 10_000) / SECOND;
		expect(starts.length / seconds).toBeLessThanOrEqual(perSecondAllowed * 1.02);
		expect(starts.length / seconds).toBeGreaterThan(perSecondAllowed * 0.94);
	});

	it('spreads the requests of a long run, so that others find gaps', () => {
		const { starts } = startMany(300, 10_000);
		const late = starts.filter((at) => at > 40_000);
		expect(mostWithin(late, 150)).toBe(1);
		expect(mostWithin(late, SECOND)).toBe(5);
	});

	it('counts what executions with another limit have started', () => {
		const { pace } = startMany(4, 10_000, INITIAL_PACE, generalLimit(5));
		expect(nextStartAt(pace, generalLimit(5), 10_100)).toBe(10_100);
		expect(nextStartAt(pace, generalLimit(2), 10_100)).toBe(11_180);
	});

	it('allows a hundred imports a minute', () => {
		const { starts } = startMany(250, 10_000, INITIAL_PACE, IMPORT_LIMIT);
		expect(mostWithin(starts, MINUTE)).toBe(100);
	});

	it('remembers a bounded number of starts', () => {
		const { pace } = startMany(10_000, 10_000);
		expect(pace.starts.length).toBeLessThanOrEqual(2_000);
		expect(pace.starts.length).toBeGreaterThanOrEqual(1_000);
	});
});

describe('sharing the limit', () => {
	it.each([1, 2, 3, 4])('starts at most %d in any second with as many fifths, spread over it', (fifths) => {
		const { starts } = startMany(100, 10_000, { ...INITIAL_PACE, fifths });
		expect(mostWithin(starts, SECOND)).toBe(fifths);
		expect(mostWithin(starts, 800 / fifths)).toBe(1);
		expect(starts.length / (((starts.at(-1) ?? 0) - 10_000) / SECOND)).toBeGreaterThan(0.83 * fifths);
	});

	it('leaves others more room, the more of it is in use', () => {
		const periodOf = (fifths: number) => {
			const { starts } = startMany(60, 10_000, { ...INITIAL_PACE, fifths });
			return (starts[50] ?? 0) - (starts[50 - fifths] ?? 0);
		};
		expect([1, 2, 3, 4].map(periodOf).map(Math.round)).toEqual([1_030, 1_085, 1_140, 1_195]);
	});
});

describe('a refusal', () => {
	const busy = () => startMany(20, 10_000).pace;

	it.each([
		['the time it names', 1_000, 1_000],
		['half a minute', 30_000, 30_000],
		['a fraction', 1_500, 1_500],
		['five minutes at most', 3_600_000, 300_000],
		['a second, even if it asks for none', 0, 1_000],
	])('holds everything for %s', (_name, retryAfterMs, holdMs) => {
		const pace = afterRateLimited(busy(), 14_900, retryAfterMs, 15_000);
		expect(nextStartAt(pace, limit, 15_000)).toBe(15_000 + holdMs);
	});

	it('that names no time holds everything for a second, each time', () => {
		let pace = busy();
		for (let now = 15_000, times = 0; times < 7; times += 1) {
			pace = afterRateLimited(pace, now - 1, undefined, now);
			expect(pace.blockedUntil - now).toBe(1_000);
			now = pace.blockedUntil + 10;
		}
	});

	it('never shortens a hold', () => {
		const long = afterRateLimited(busy(), 14_900, 30_000, 15_000);
		const short = afterRateLimited(long, 14_950, 1_000, 15_100);
		expect(short.blockedUntil).toBe(45_000);
	});

	it('narrows the pace once, however many requests were under way', () => {
		let pace = { ...busy(), fifths: 4 };
		for (const now of [15_000, 15_001, 15_002, 15_003]) pace = afterRateLimited(pace, 14_900, 1_000, now);
		expect(pace.fifths).toBe(3);
		expect(afterRateLimited(pace, 16_500, 1_000, 16_600).fifths).toBe(2);
	});

	it('takes a fifth of the limit away, half of one at first, and never the last one', () => {
		let pace = busy();
		const seen: number[] = [];
		for (let now = 20_000; now < 60_000; now += 5_000) {
			pace = afterRateLimited(pace, now - 1, 1_000, now);
			seen.push(pace.fifths);
		}
		expect(seen).toEqual([4.5, 4, 3, 2, 1, 1, 1, 1]);
	});

	it('leaves more room for good once it met the whole limit in use twice, since requests may arrive late', () => {
		const distance = (pace: Pace) => {
			const { starts } = startMany(300, 50_000, { ...pace, fifths: 5, inARow: 0 });
			return ((starts[299] ?? 0) - (starts[199] ?? 0)) / 100;
		};
		const refused = (pace: Pace, now: number) => afterRateLimited(pace, now - 100, 1_000, now);
		const once = refused(busy(), 15_000);
		expect(distance(once)).toBeCloseTo(206, 0);
		expect(distance(refused({ ...once, fifths: 5 }, 40_000))).toBeCloseTo(210, 0);
		expect(distance(refused({ ...once, fifths: 4 }, 40_000))).toBeCloseTo(206, 0);
	});

	/** What is in use after each second, with a response in each. */
	function recovery(pace: Pace, seconds: number): number[] {
		return Array.from({ length: seconds }, (_, second) => {
			pace = afterResponse(pace, pace.refusedAt + (second + 1) * SECOND);
			return pace.fifths;
		});
	}

	it('is forgotten after a while, step by step', () => {
		const once = recovery(afterRateLimited(busy(), 14_900, 1_000, 15_000), 30);
		expect(once.indexOf(5) + 1).toBe(15);
		const narrow = recovery({ ...afterRateLimited(busy(), 14_900, 1_000, 15_000), fifths: 2 }, 60);
		expect([3, 4, 4.5, 5].map((fifths) => narrow.indexOf(fifths) + 1)).toEqual([15, 26, 37, 48]);
	});

	it('is forgotten later, the longer it held everything up', () => {
		const forgottenAfter = (retryAfterMs: number) =>
			recovery(afterRateLimited(busy(), 14_900, retryAfterMs, 15_000), 300).indexOf(5) + 1;
		expect([100, 1_000, 10_000, 30_000].map(forgottenAfter)).toEqual([11, 15, 60, 160]);
	});

	it('is forgotten later, the more there were, and the more is in use even so', () => {
		const tries = (refusals: number, fifths: number) => {
			const pace = afterRateLimited({ ...busy(), refusals, fifths }, 14_900, 1_000, 15_000);
			return recovery(pace, 100).findIndex((now) => now > pace.fifths) + 1;
		};
		expect([0, 1, 2, 3, 9].map((refusals) => tries(refusals, 4))).toEqual([15, 29, 43, 43, 43]);
		expect([2, 3, 4].map((fifths) => tries(9, fifths))).toEqual([15, 29, 43]);
	});

	it('counts no more once the whole limit has been in use in peace for a while', () => {
		const after = (seconds: number) => {
			let pace = afterRateLimited(busy(), 14_900, 1_000, 15_000);
			for (let second = 1; second <= seconds; second += 1)
				pace = afterResponse(pace, 15_000 + second * SECOND);
			return { fifths: pace.fifths, refusals: pace.refusals };
		};
		expect(after(25)).toEqual({ fifths: 5, refusals: 1 });
		expect(after(26)).toEqual({ fifths: 5, refusals: 0 });
	});

	describe('that follows others without a response in between', () => {
		/** After three refusals in a row, the hold just over. */
		function refusedThrice(): Pace {
			let pace = busy();
			for (let now = 20_000, times = 0; times < 3; times += 1, now += 1_100) {
				pace = afterRateLimited(pace, now - 10, 1_000, now);
			}
			return pace;
		}

		it('is followed by as many tries in quick succession', () => {
			const pace = refusedThrice();
			const { starts } = startMany(4, pace.blockedUntil, pace);
			expect(starts.slice(0, 3).map((at) => at - pace.blockedUntil)).toEqual([0, 25, 50]);
			expect((starts[3] ?? 0) - pace.blockedUntil).toBeGreaterThan(300);
			const answered = startMany(2, pace.blockedUntil, afterResponse(pace, pace.blockedUntil - 500)).starts;
			expect((answered[1] ?? 0) - (answered[0] ?? 0)).toBeGreaterThan(300);
		});

		it('is followed by all of them, even if the first is refused at once, and then by one hold', () => {
			const pace = refusedThrice();
			const from = pace.blockedUntil;
			const knocked = afterRateLimited(afterStart(pace, from), from, 10_000, from + 5);
			const { starts, pace: after } = startMany(3, from + 6, knocked);
			expect(starts.map((at) => at - from)).toEqual([25, 50, 10_005]);
			const again = afterRateLimited(after, from + 50, 10_000, from + 55);
			expect(again).toMatchObject({ fifths: knocked.fifths, refusals: knocked.refusals });
			expect(again.blockedUntil).toBe(from + 10_055);
		});

		it('is followed by five at most', () => {
			let pace = busy();
			for (let now = 20_000; now < 60_000; now += 2_000) pace = afterRateLimited(pace, now - 10, 1_000, now);
			const { starts } = startMany(6, pace.blockedUntil, pace);
			expect((starts[4] ?? 0) - pace.blockedUntil).toBe(100);
			expect((starts[5] ?? 0) - pace.blockedUntil).toBeGreaterThan(1_000);
		});
	});

	it('is no quiet time: what starts after the hold does not arrive late', () => {
		const pace = afterRateLimited(busy(), 14_900, 30_000, 15_000);
		expect(afterStart(pace, 45_000).starts.at(-1)).toBe(45_000);
	});
});
