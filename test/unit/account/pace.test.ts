import {
	afterResponse,
	afterRateLimited,
	generalLimit,
	IMPORT_LIMIT,
	nextStartAt,
	INITIAL_PACE,
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
		expect(starts[5]).toBeGreaterThanOrEqual(11_030);
		expect(starts[10]).toBe((starts[5] ?? 0) + 1_030);
	});

	it('lets the sixth of a first burst wait longer: the first ones of a quiet process arrive late', () => {
		const { starts, pace } = startMany(6, 10_000);
		expect(starts[5]).toBe(11_150);
		// No further one, until it has been quiet again.
		const goesOn = startMany(6, 14_000, pace).starts;
		expect(goesOn[5]).toBe(15_030);
		const afterQuiet = startMany(6, 30_000, startMany(1, 14_000, pace).pace).starts;
		expect(afterQuiet[5]).toBe(31_150);
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
		expect(nextStartAt(pace, generalLimit(2), 10_100)).toBe(11_150);
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
	it('keeps even distances, as long as the share asks for', () => {
		const { pace } = startMany(1, 10_000);
		expect(nextStartAt({ ...pace, share: 0.5 }, limit, 10_130)).toBe(10_120 + 1_030 / 5 / 0.5);
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
		let pace = busy();
		for (const now of [15_000, 15_001, 15_002, 15_003]) pace = afterRateLimited(pace, 14_900, 1_000, now);
		expect(pace.share).toBe(0.75);
		const next = afterRateLimited(pace, 16_500, 1_000, 16_600);
		expect(next.share).toBe(0.75 ** 2);
	});

	it('never lowers the pace below a twentieth, however many there are', () => {
		let pace = busy();
		for (let now = 20_000; now < 200_000; now += 5_000) pace = afterRateLimited(pace, now - 1, 1_000, now);
		expect(pace.share).toBe(0.05);
		const { starts } = startMany(3, 300_000, pace);
		expect((starts[2] ?? 0) - (starts[1] ?? 0)).toBeCloseTo(4_120, -1);
	});

	it('is followed by a pace that rises with each response, up to the whole limit', () => {
		let pace = afterRateLimited(busy(), 14_900, 1_000, 15_000);
		pace = afterResponse(pace);
		expect(pace.share).toBeCloseTo(0.76);
		for (let times = 0; times < 30; times += 1) pace = afterResponse(pace);
		expect(pace.share).toBe(1);
	});

	it('with a wait of half a minute is followed by a pace that rises a thirtieth as fast', () => {
		const recovered = (retryAfterMs: number) =>
			afterResponse(afterRateLimited(busy(), 14_900, retryAfterMs, 15_000)).share - 0.75;
		expect(recovered(1_000) / recovered(30_000)).toBeCloseTo(30);
		expect(recovered(100)).toBe(recovered(1_000));
	});
});
