/**
 * Time zones by Intl only: a published node has no dependencies, and n8n-workflow exports no dates.
 *
 * A local time (`localMs`) is what a clock in the zone shows, as the milliseconds it would be if the zone were UTC.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Making a format costs far more than using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far the zone is ahead of UTC at a moment, in minutes; an unknown zone counts as UTC. */
export function offsetMinutesAt(epochMs: number, timeZone: string): number {
	const parts = new Map(
		clockOf(timeZone)
			.formatToParts(epochMs)
			.map(({ type, value }) => [type, value]),
	);
	const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
	const localMs = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	// Old zones are some seconds off the minute, which a written offset cannot express.
	return Math.round((localMs - epochMs) / MINUTE_MS);
}

/**
 * The moment at which a clock in the zone shows this local time.
 *
 * A time that comes twice, when clocks go back, is the first of the two. A time that never comes, when they go
 * forward, is as much later as the clocks skip: 02:30 becomes 03:30. Calendars do the same.
 */
export function epochMsOfLocal(localMs: number, timeZone: string): number {
	const offsetBefore = offsetMinutesAt(localMs - DAY_MS, timeZone);
	const offsetAfter = offsetMinutesAt(localMs + DAY_MS, timeZone);
	const withBefore = localMs - offsetBefore * MINUTE_MS;
	const withAfter = localMs - offsetAfter * MINUTE_MS;
	// When clocks go back, the earlier of two moments is the one with the offset from before.
	if (offsetMinutesAt(withBefore, timeZone) === offsetBefore) return withBefore;
	return offsetMinutesAt(withAfter, timeZone) === offsetAfter ? withAfter : withBefore;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
	const clock = clocks.get(timeZone) ?? makeClock(timeZone);
	clocks.set(timeZone, clock);
	return clock;
}

function makeClock(timeZone: string): Intl.DateTimeFormat {
	try {
		return new Intl.DateTimeFormat('en-US', {
			timeZone,
			calendar: 'gregory',
			numberingSystem: 'latn',
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
	} catch {
		return clockOf('UTC');
	}
}
