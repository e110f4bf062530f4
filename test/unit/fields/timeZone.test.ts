import fc from 'fast-check';
import { DateTime } from 'luxon';
import { epochMsOfLocal, offsetMinutesAt } from '../../../nodes/ActiveCampaignSync/fields/timeZone';

const ZONES = [
	'UTC',
	'Europe/Berlin',
	'Europe/London',
	'America/New_York',
	'America/St_Johns',
	'America/Sao_Paulo',
	'Asia/Kolkata',
	'Asia/Kathmandu',
	'Asia/Tokyo',
	'Australia/Lord_Howe',
	'Pacific/Apia',
	'Pacific/Kiritimati',
	'Africa/Casablanca',
];

const local = (text: string) => Date.parse(`${text}Z`);
const at = (text: string, zone: string) =>
	new Date(epochMsOfLocal(local(text), zone)).toISOString().slice(0, 16);

describe('the offset of a time zone', () => {
	it('follows its clocks through the year', () => {
		expect(offsetMinutesAt(local('2026-01-15T12:00'), 'Europe/Berlin')).toBe(60);
		expect(offsetMinutesAt(local('2026-07-15T12:00'), 'Europe/Berlin')).toBe(120);
		expect(offsetMinutesAt(local('2026-01-15T00:00'), 'America/New_York')).toBe(-300);
		expect(offsetMinutesAt(local('2026-01-15T12:00'), 'Asia/Kathmandu')).toBe(345);
	});

	it.each(['Mars/Olympus', '', 'DEFAULT', '__proto__'])('is that of UTC for the zone %j', (zone) => {
		expect(offsetMinutesAt(local('2026-07-15T12:00'), zone)).toBe(0);
		expect(at('2026-07-15T12:00', zone)).toBe('2026-07-15T12:00');
	});

	it('is what Luxon says, at any moment', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ZONES),
				fc.integer({ min: local('1971-01-01T00:00'), max: local('2100-01-01T00:00') }),
				(zone, epochMs) => {
					expect(offsetMinutesAt(epochMs, zone)).toBeCloseTo(
						DateTime.fromMillis(epochMs, { zone }).offset,
						0,
					);
				},
			),
		);
	});
});

describe('the moment of a local time', () => {
	it('is the one the clocks show', () => {
		expect(at('2026-01-15T12:00', 'Europe/Berlin')).toBe('2026-01-15T11:00');
		expect(at('2026-07-15T12:00', 'America/New_York')).toBe('2026-07-15T16:00');
	});

	it('is the first of two when clocks go back', () => {
		expect(at('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30');
		expect(at('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30');
	});

	it('is as much later as the clocks skip when they go forward', () => {
		expect(at('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30');
		expect(at('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30');
		// Samoa went over the date line and had no 30 December 2011.
		expect(at('2011-12-30T12:00', 'Pacific/Apia')).toBe('2011-12-30T22:00');
	});

	it('is right on the hours around a change', () => {
		expect(at('2026-03-29T01:59', 'Europe/Berlin')).toBe('2026-03-29T00:59');
		expect(at('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00');
		expect(at('2026-10-25T01:59', 'Europe/Berlin')).toBe('2026-10-24T23:59');
		expect(at('2026-10-25T03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00');
	});

	it('shows the same time again, wherever the clocks show that time at all', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ZONES),
				fc.integer({ min: local('1990-01-01T00:00'), max: local('2060-01-01T00:00') }),
				(zone, localMs) => {
					const epochMs = epochMsOfLocal(localMs, zone);
					const shown = epochMs + offsetMinutesAt(epochMs, zone) * 60_000;
					const day = 24 * 3_600_000;
					const skipped = offsetMinutesAt(localMs + day, zone) - offsetMinutesAt(localMs - day, zone);
					expect([localMs, localMs + skipped * 60_000]).toContain(shown);
				},
			),
		);
	});
});
