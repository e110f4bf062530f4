import { ImportLimit, RequestLimit, SlidingWindow } from '../../sandbox/limit';

const SECOND = 1_000;
const MINUTE = 60_000;

/** Which of the times are admitted. */
function admitted(times: number[], admit: (nowMs: number) => boolean): number[] {
	return times.filter(admit);
}

describe('SlidingWindow', () => {
	it.each([
		['five at once, then none', [0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4]],
		[
			'one more as each leaves the window',
			[0, 100, 200, 300, 400, 999, 1000, 1050, 1100],
			[0, 100, 200, 300, 400, 1000, 1100],
		],
		[
			'not ten across the border of a second',
			[990, 991, 992, 993, 994, 1001, 1002, 1990],
			[990, 991, 992, 993, 994, 1990],
		],
		['refused ones do not count', [0, 0, 0, 0, 0, 500, 500, 500, 1000], [0, 0, 0, 0, 0, 1000]],
	])('admits %s', (_name, times, expected) => {
		const window = new SlidingWindow(SECOND);
		expect(admitted(times, (nowMs) => window.admit(nowMs, 5))).toEqual(expected);
	});

	it('admits everything at a limit of 0', () => {
		const window = new SlidingWindow(SECOND);
		expect(admitted([0, 0, 0], (nowMs) => window.admit(nowMs, 0))).toHaveLength(3);
	});
});

describe('RequestLimit', () => {
	const everyMs = (step: number, untilMs: number) =>
		Array.from({ length: untilMs / step }, (_, index) => index * step);

	it.each([
		[0, 50],
		[2, 30],
		[3, 20],
		[5, 0],
	])(
		'admits, beside a neighbor at %d per second, about %d in ten seconds at any number of requests',
		(neighbor, share) => {
			for (const step of [200, 50, 7]) {
				const limit = new RequestLimit();
				const own = admitted(everyMs(step, 10 * SECOND), (nowMs) => limit.admit(nowMs, 5, neighbor).admitted);
				expect(Math.abs(own.length - share)).toBeLessThanOrEqual(5);
				expect(Math.abs(limit.neighbor.admitted - 10 * neighbor)).toBeLessThanOrEqual(5);
			}
		},
	);

	it('never admits more than the limit to client and neighbor together', () => {
		const limit = new RequestLimit();
		const own = admitted(everyMs(13, 5 * SECOND), (nowMs) => limit.admit(nowMs, 5, 3).admitted);
		expect(own.length + limit.neighbor.admitted).toBeLessThanOrEqual(25);
	});

	it.each([0.2, 0.5, 1, 3])('stays strict in any second beside a neighbor at %d per second', (neighbor) => {
		const limit = new RequestLimit();
		const own = admitted(everyMs(13, 10 * SECOND), (nowMs) => limit.admit(nowMs, 5, neighbor).admitted);
		const inSecondUpTo = (end: number) => own.filter((time) => time > end - SECOND && time <= end).length;
		expect(Math.max(...own.map(inSecondUpTo))).toBeLessThanOrEqual(5);
	});

	it('makes the neighbor wait when the window is full', () => {
		const limit = new RequestLimit();
		for (const nowMs of [0, 0, 0, 0]) limit.admit(nowMs, 5, 0);
		limit.admit(500, 5, 10);
		expect(limit.neighbor).toEqual({ admitted: 1, waited: 0 });
		expect(limit.admit(999, 5, 10).admitted).toBe(false);
		limit.admit(1000, 5, 10);
		expect(limit.neighbor).toEqual({ admitted: 5, waited: 4 });
	});

	it('does not let the neighbor catch up on hours without a request', () => {
		const limit = new RequestLimit();
		limit.admit(0, 5, 3);
		limit.admit(100 * MINUTE, 5, 3);
		expect(limit.neighbor.admitted).toBeLessThan(10);
	});

	it('returns how many requests remain', () => {
		const limit = new RequestLimit();
		const remaining = [0, 1, 2, 1001].map((nowMs) => limit.admit(nowMs, 3, 0).remaining);
		expect(remaining).toEqual([2, 1, 0, 1]);
	});
});

describe('ImportLimit', () => {
	const many = (count: number) => Array.from({ length: count }, (_, index) => index);

	it.each([
		[250, 100],
		[2, 100],
		[1, 20],
	])('admits, for requests with %d contacts, %d of them a minute', (contacts, expected) => {
		const limit = new ImportLimit();
		expect(admitted(many(150), (nowMs) => limit.admit(nowMs, 100, contacts))).toHaveLength(expected);
		expect(limit.admit(MINUTE, 100, contacts)).toBe(true);
	});

	it('counts single contacts among all requests', () => {
		const limit = new ImportLimit();
		admitted(many(20), (nowMs) => limit.admit(nowMs, 100, 1));
		expect(admitted(many(150), (nowMs) => limit.admit(nowMs + 20, 100, 250))).toHaveLength(80);
	});
});
