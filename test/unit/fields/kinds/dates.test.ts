import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import { encodeDate, encodeDateTime } from '../../../../nodes/ActiveCampaignSync/fields/kinds/dates';
import { isDateObject, looksLikeDate } from '../../../../nodes/ActiveCampaignSync/fields/moments';
import { InputError } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import { inputErrorOf } from '../../input/inputErrorOf';
import { rulesFor } from '../customFields';

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const EVENING = '2026-03-04T23:30:00Z';

describe('a day', () => {
	it.each([
		['2026-03-04'],
		[' 2026-03-04 '],
		['2026/03/04'],
		['2026.03.04'],
		['2026-3-4'],
		['4 March 2026'],
		['04 Mar 2026'],
		['4-Mar-2026'],
		['4th March, 2026'],
		['Wed, 04 Mar 2026'],
		['March 4, 2026'],
		['Mar. 4th 2026'],
		['Wednesday, March 4, 2026'],
		['20260304'],
		[20_260_304],
		['mar\u00a04,  2026'],
		['4th of March 2026'],
		['4/Mar/2026'],
		['Mar-04-2026'],
		['2026. 3. 4.'],
		['2026年3月4日'],
		['2026년 3월 4일'],
	])('%j is the same day in every zone, and its midnight as a time', (typed: string | number) => {
		for (const zone of [BERLIN, NEW_YORK, 'Pacific/Kiritimati', 'nowhere']) {
			expect(encodeDate('Day', typed, rulesFor(zone))).toBe('2026-03-04');
		}
		expect(encodeDateTime('Day', typed, rulesFor(BERLIN))).toBe('2026-03-04T00:00:00+01:00');
		expect(encodeDateTime('Day', typed, rulesFor(NEW_YORK))).toBe('2026-03-04T00:00:00-05:00');
	});

	it.each([
		['2024-02-29', '2024-02-29'],
		['1 Jan 2026', '2026-01-01'],
		['28 FEBRUARY 2026', '2026-02-28'],
		['31 Mar 2026', '2026-03-31'],
		['30 Apr 2026', '2026-04-30'],
		['1 May 2026', '2026-05-01'],
		['1 Jun 2026', '2026-06-01'],
		['July 4, 2026', '2026-07-04'],
		['31 Aug 2026', '2026-08-31'],
		['Sept 30, 2026', '2026-09-30'],
		['1 oct 2026', '2026-10-01'],
		['1 Nov. 2026', '2026-11-01'],
		['31 december 1999', '1999-12-31'],
		['1000-01-01', '1000-01-01'],
		['9999-12-31', '9999-12-31'],
		['Mi., 4. März 2026', '2026-03-04'],
		['12 Dez. 2026', '2026-12-12'],
		['1er août 2026', '2026-08-01'],
		['31 déc. 2026', '2026-12-31'],
		['4 de mayo de 2026', '2026-05-04'],
		['4 set 2026', '2026-09-04'],
		['1º de outubro de 2026', '2026-10-01'],
		["4 d'abril de 2026", '2026-04-04'],
		['4 mei 2026', '2026-05-04'],
		['4. maaliskuuta 2026', '2026-03-04'],
		['4 KASIM 2026', '2026-11-04'],
		['4 Agustus 2026', '2026-08-04'],
		['4 listopada 2026', '2026-11-04'],
		['4. listopadu 2026', '2026-11-04'],
		['4 май 2026', '2026-05-04'],
		['4 مارس 2026', '2026-03-04'],
		['4 listopada 2026', '2026-11-04'],
		['4 марта 2026 г.', '2026-03-04'],
		['4 Σεπτεμβρίου 2026', '2026-09-04'],
	])('%j is read', (typed, day) => {
		expect(encodeDate('Day', typed, rulesFor(BERLIN))).toBe(day);
	});

	it.each([
		[{ year: '2026', month: '03', day: '04' }, '2026-03-04', '2026-03-04T00:00:00+01:00'],
		[
			{ day: 4, month: 3, year: 2026, hour: '', min: '', ampm: '' },
			'2026-03-04',
			'2026-03-04T00:00:00+01:00',
		],
		[{ year: '2026', month: '3', day: '4', hour: '14', min: '5' }, '2026-03-04', '2026-03-04T14:05:00+01:00'],
		[
			{ year: '2026', month: '03', day: '04', hour: '2', min: '30', ampm: 'PM' },
			'2026-03-04',
			'2026-03-04T14:30:00+01:00',
		],
	])('is read from the parts that a form has: %j', (parts, day, time) => {
		expect(encodeDate('Day', parts, rulesFor(BERLIN))).toBe(day);
		expect(encodeDateTime('Day', parts, rulesFor(BERLIN))).toBe(time);
	});

	it.each([
		{ year: '2026', month: '03' },
		{ year: '2026', month: 'March', day: '4' },
		{ year: '2026', month: '03', day: '04', hour: 'x' },
	])('is not read from other objects: %j', (parts) => {
		expect(() => encodeDate('Day', parts, rulesFor(BERLIN))).toThrow('is not a date');
	});

	it('keeps its time after the name of a month', () => {
		expect(encodeDateTime('Day', '4. März 2026, 14:30', rulesFor(BERLIN))).toBe('2026-03-04T14:30:00+01:00');
		expect(encodeDateTime('Day', '2026年3月4日 14:30', rulesFor(BERLIN))).toBe('2026-03-04T14:30:00+01:00');
	});

	it('whose midnight the clocks skip starts when they show a time again', () => {
		expect(encodeDateTime('Day', '2018-11-04', rulesFor('America/Sao_Paulo'))).toBe(
			'2018-11-04T01:00:00-02:00',
		);
	});
});

describe('a time without an offset', () => {
	it.each([
		['2026-03-04T10:05', '10:05:00'],
		['2026-03-04 10:05', '10:05:00'],
		['2026-03-04t10:05:06', '10:05:06'],
		['2026-03-04T10:05:06.789', '10:05:06'],
		['2026-03-04T10:05:06,789123456', '10:05:06'],
		['2026/03/04 9:05', '09:05:00'],
		['2026-03-04 12:05 AM', '00:05:00'],
		['2026-03-04 12:05 PM', '12:05:00'],
		['2026-03-04 1:05 AM', '01:05:00'],
		['2026-03-04 3:05:06 p.m.', '15:05:06'],
		['March 4, 2026, 3:05\u202fPM', '15:05:00'],
		['4 Mar 2026 23:59:59', '23:59:59'],
		['20260304T1005', '10:05:00'],
		['20260304t100506', '10:05:06'],
		['20260304100506', '10:05:06'],
		[20_260_304_100_506, '10:05:06'],
	])('%j is a time in the workflow’s zone, on the day that is written', (typed: string | number, time) => {
		expect(encodeDateTime('Time', typed, rulesFor(BERLIN))).toBe(`2026-03-04T${time}+01:00`);
		expect(encodeDateTime('Time', typed, rulesFor(NEW_YORK))).toBe(`2026-03-04T${time}-05:00`);
		expect(encodeDate('Time', typed, rulesFor(NEW_YORK))).toBe('2026-03-04');
		expect(encodeDate('Time', typed, rulesFor('Pacific/Kiritimati'))).toBe('2026-03-04');
	});

	it('is as much later as the clocks skip, and the first of two when they go back', () => {
		expect(encodeDateTime('Time', '2026-03-29T02:30:00', rulesFor(BERLIN))).toBe('2026-03-29T03:30:00+02:00');
		expect(encodeDateTime('Time', '2026-10-25T02:30:00', rulesFor(BERLIN))).toBe('2026-10-25T02:30:00+02:00');
	});
});

describe('a time with an offset', () => {
	it.each([
		['2020-05-19T02:45:00-05:00', '2020-05-19T02:45:00-05:00'],
		['2026-03-04T23:30:00Z', '2026-03-04T23:30:00+00:00'],
		['2026-03-04T23:30:00-00:59', '2026-03-04T23:30:00-00:59'],
		['2026-03-04 23:30z', '2026-03-04T23:30:00+00:00'],
		['2026-03-04T23:30:00.000+0530', '2026-03-04T23:30:00+05:30'],
		['2026-03-04T23:30:00 -03', '2026-03-04T23:30:00-03:00'],
		['2026-03-04T23:30:00-00:30', '2026-03-04T23:30:00-00:30'],
		['Wed, 04 Mar 2026 23:30:00 +0100', '2026-03-04T23:30:00+01:00'],
		['Wed, 04 Mar 2026 23:30:00 GMT', '2026-03-04T23:30:00+00:00'],
		['Wed Mar 04 2026 23:30:00 GMT+0100 (Central European Standard Time)', '2026-03-04T23:30:00+01:00'],
		['2026-03-04T23:30:00+18:00', '2026-03-04T23:30:00+18:00'],
		['20260304T233000Z', '2026-03-04T23:30:00+00:00'],
		['20260304T2330+0100', '2026-03-04T23:30:00+01:00'],
		['20260304T233000.5-05:00', '2026-03-04T23:30:00-05:00'],
		['2026/03/04 2:22:05 PM GMT+1', '2026-03-04T14:22:05+01:00'],
		['2026/03/04 2:22:05 AM GMT-9:30', '2026-03-04T02:22:05-09:30'],
	])('%j keeps it', (typed, written) => {
		expect(encodeDateTime('Time', typed, rulesFor(NEW_YORK))).toBe(written);
		expect(encodeDateTime('Time', typed, rulesFor(BERLIN))).toBe(written);
	});

	it('falls on the day of the workflow’s zone', () => {
		expect(encodeDate('Time', EVENING, rulesFor(BERLIN))).toBe('2026-03-05');
		expect(encodeDate('Time', EVENING, rulesFor(NEW_YORK))).toBe('2026-03-04');
		expect(encodeDate('Time', EVENING, rulesFor('nowhere'))).toBe('2026-03-04');
		expect(encodeDate('Time', '2026-03-04T03:00:00+09:00', rulesFor(BERLIN))).toBe('2026-03-03');
	});
});

describe('a moment', () => {
	const foreign: unknown = runInNewContext(`new Date('${EVENING}')`);
	it.each<[string, unknown]>([
		['a JavaScript date', new Date(EVENING)],
		['a JavaScript date of another realm', foreign],
		['milliseconds', Date.parse(EVENING)],
		['milliseconds with a fraction', Date.parse(EVENING) + 0.5],
		['milliseconds as text', String(Date.parse(EVENING))],
	])('as %s is written in the workflow’s zone', (_kind, value) => {
		expect(encodeDateTime('Time', value, rulesFor(BERLIN))).toBe('2026-03-05T00:30:00+01:00');
		expect(encodeDateTime('Time', value, rulesFor(NEW_YORK))).toBe('2026-03-04T18:30:00-05:00');
		expect(encodeDate('Time', value, rulesFor(BERLIN))).toBe('2026-03-05');
		expect(encodeDate('Time', value, rulesFor(NEW_YORK))).toBe('2026-03-04');
	});

	it('as a Luxon DateTime keeps its own offset, and falls on the day of the workflow’s zone', () => {
		const tokyo = DateTime.fromISO(EVENING, { zone: 'Asia/Tokyo' });
		expect(encodeDateTime('Time', tokyo, rulesFor(NEW_YORK))).toBe('2026-03-05T08:30:00+09:00');
		expect(encodeDate('Time', tokyo, rulesFor(NEW_YORK))).toBe('2026-03-04');
		expect(
			encodeDateTime('Time', { isValid: true, toMillis: () => Date.parse(EVENING) }, rulesFor(BERLIN)),
		).toBe('2026-03-05T00:30:00+01:00');
	});

	it('before 1970 is read from milliseconds far enough from zero', () => {
		expect(encodeDate('Day', Date.UTC(1950, 5, 1), rulesFor('UTC'))).toBe('1950-06-01');
		expect(encodeDate('Day', -1e11, rulesFor('UTC'))).toBe('1966-10-31');
	});
});

describe('exactly midnight UTC', () => {
	const midnights: Array<[string, unknown]> = [
		['text with Z', '1990-05-17T00:00:00.000Z'],
		['text with an offset of zero', '1990-05-17 00:00+00:00'],
		['compact text', '19900517T000000Z'],
		['an HTTP date', 'Thu, 17 May 1990 00:00:00 GMT'],
		['a JavaScript date', new Date('1990-05-17T00:00:00Z')],
		['a DateTime in UTC', DateTime.fromISO('1990-05-17T00:00:00Z', { zone: 'utc' })],
		['a DateTime in another zone', DateTime.fromISO('1990-05-17T00:00:00Z', { zone: NEW_YORK })],
		['milliseconds', Date.UTC(1990, 4, 17)],
		['milliseconds as text', String(Date.UTC(1990, 4, 17))],
	];
	it.each(midnights)('as %s is that calendar day in every zone', (_kind, value) => {
		for (const zone of [BERLIN, NEW_YORK, 'Pacific/Kiritimati', 'UTC']) {
			expect(encodeDate('Day', value, rulesFor(zone))).toBe('1990-05-17');
		}
	});

	it('before 1970 is that calendar day too', () => {
		expect(encodeDate('Day', new Date('1950-06-01T00:00:00Z'), rulesFor(NEW_YORK))).toBe('1950-06-01');
	});

	it.each<[string, unknown]>([
		['a millisecond late', '1990-05-17T00:00:00.001Z'],
		['a millisecond late, as a date', new Date(Date.UTC(1990, 4, 17) + 1)],
		['written as a time of another zone', '1990-05-16T20:00:00-04:00'],
	])('%s is a moment like any other', (_kind, value) => {
		expect(encodeDate('Day', value, rulesFor(NEW_YORK))).toBe('1990-05-16');
	});

	it('keeps its time in a field with a time', () => {
		expect(encodeDateTime('Time', '1990-05-17T00:00:00Z', rulesFor(NEW_YORK))).toBe(
			'1990-05-17T00:00:00+00:00',
		);
		expect(encodeDateTime('Time', new Date('1990-05-17T00:00:00Z'), rulesFor(NEW_YORK))).toBe(
			'1990-05-16T20:00:00-04:00',
		);
	});
});

describe('a date with the year last', () => {
	const orders = ['fail', 'dayFirst', 'monthFirst'] as const;
	const read = (typed: string) => orders.map((order) => encodeDate('Day', typed, rulesFor(BERLIN, order)));

	it.each([
		['31/12/2026', '2026-12-31'],
		['12/31/2026', '2026-12-31'],
		['05-05-2026', '2026-05-05'],
		['13 12 2026', '2026-12-13'],
		['3.4.2026', '2026-04-03'],
		['3. 4. 2026', '2026-04-03'],
		['31.12.2026 10:00', '2026-12-31'],
		['02/29/2024', '2024-02-29'],
	])('%j has one reading, whatever the order: %s', (typed, day) => {
		expect(read(typed)).toEqual([day, day, day]);
	});

	it.each([
		['03/04/2026', '2026-04-03', '2026-03-04'],
		['3-4-2026 10:00', '2026-04-03', '2026-03-04'],
		['3/14/26 22:21', '2026-03-14', '2026-03-14'],
		['3/4/26', '2026-04-03', '2026-03-04'],
		['5/6/29', '2029-06-05', '2029-05-06'],
		['5/6/30', '1930-06-05', '1930-05-06'],
		['31.12.26', '2026-12-31', '2026-12-31'],
		['1.2.99', '1999-02-01', '1999-02-01'],
		['4-Mar-26', '2026-03-04', '2026-03-04'],
		['04 mai 98, 10:00', '1998-05-04', '1998-05-04'],
	])('%j is read by the order: %s or %s', (typed, dayFirst, monthFirst) => {
		expect(() => encodeDate('Day', typed, rulesFor(BERLIN))).toThrow('is ambiguous');
		expect(encodeDate('Day', typed, rulesFor(BERLIN, 'dayFirst'))).toBe(dayFirst);
		expect(encodeDate('Day', typed, rulesFor(BERLIN, 'monthFirst'))).toBe(monthFirst);
	});

	it('keeps its time, in the workflow’s zone or with its offset', () => {
		expect(encodeDateTime('Time', '3/14/26 10:21 PM', rulesFor(BERLIN, 'dayFirst'))).toBe(
			'2026-03-14T22:21:00+01:00',
		);
		expect(encodeDateTime('Time', '31.12.2026, 9:05', rulesFor(NEW_YORK))).toBe('2026-12-31T09:05:00-05:00');
		expect(encodeDateTime('Time', '13/12/2026 09:05 GMT+1', rulesFor(NEW_YORK))).toBe(
			'2026-12-13T09:05:00+01:00',
		);
	});

	it.each(['30/02/2026', '2/30/2026', '31.04.2026', '14.14.2026'])('%j does not exist', (typed) => {
		for (const order of orders) {
			expect(() => encodeDate('Day', typed, rulesFor(BERLIN, order))).toThrow('is not a day that exists');
		}
	});
});

describe('a number of five digits', () => {
	it.each<[number | string, string, string]>([
		[46_085, '2026-03-04', '2026-03-04T00:00:00+01:00'],
		['46085', '2026-03-04', '2026-03-04T00:00:00+01:00'],
		[46_085.5, '2026-03-04', '2026-03-04T12:00:00+01:00'],
		['46085.9314814815', '2026-03-04', '2026-03-04T22:21:20+01:00'],
		['46085,25', '2026-03-04', '2026-03-04T06:00:00+01:00'],
		[10_000, '1927-05-18', '1927-05-18T00:00:00+01:00'],
		[99_999, '2173-10-13', '2173-10-13T00:00:00+02:00'],
	])('%j is a day as spreadsheets count them', (serial, day, moment) => {
		expect(encodeDate('Day', serial, rulesFor(BERLIN))).toBe(day);
		expect(encodeDateTime('Day', serial, rulesFor(BERLIN))).toBe(moment);
	});

	it.each([9_999, 100_000, -46_085, '046085', '46085.'])('is not %j', (value) => {
		expect(() => encodeDate('Day', value, rulesFor(BERLIN))).toThrow(InputError);
	});
});

describe('a date that is refused', () => {
	const shortYear = 'is ambiguous, since its year has two digits';
	it.each([
		['03/04/2026', 'is ambiguous (3 April or March 4)', 'Use 2026-04-03 or 2026-03-04, '],
		['03 04 2026', 'is ambiguous (3 April or March 4)', 'Use 2026-04-03 or 2026-03-04, '],
		['03-04-26', shortYear, "Use 2026-04-03 or 2026-03-04, or set 'Date Order'"],
		['1/2/26 10:00', shortYear, "Use 2026-02-01T10:00:00 or 2026-01-02T10:00:00, or set 'Date Order'"],
		['1/2/26 10:00 GMT+1', shortYear, "Use 2026-02-01 or 2026-01-02, or set 'Date Order'"],
		['3/14/85', shortYear, "Use 1985-03-14, or set 'Date Order' to 'Month First'"],
		['31.12.26', shortYear, "Use 2026-12-31, or set 'Date Order' to 'Day First'"],
		['45/45/2026', 'is not a day that exists', 'Use an existing day, as YYYY-MM-DD'],
		['13.13.26', 'is not a day that exists', 'Use an existing day, as YYYY-MM-DD'],
		['31/04-2026', 'is not a date', 'Use YYYY-MM-DD, '],
		// Croatian for October, but "4 listopada" is Polish for November.
		['4. listopada 2026.', 'is not a date', 'Use YYYY-MM-DD, '],
		['1/2/0026', 'is not a date', 'Use YYYY-MM-DD, '],
		['1/2/026', 'is not a date', 'Use YYYY-MM-DD, '],
	])('is %j, which %s: %s', (typed, reason, advice) => {
		for (const encode of [encodeDate, encodeDateTime]) {
			const { message, description } = inputErrorOf(() => encode('Day', typed, rulesFor(BERLIN)));
			expect(message).toBe(`'Day': '${typed}' ${reason}`);
			expect(description.startsWith(advice)).toBe(true);
		}
	});

	it.each([
		['202612311200', '2026-12-31T12:00:00', '1976-06-03T01:11:51.200Z'],
		[190_001_010_000, '1900-01-01T00:00:00', '1976-01-09T02:03:30.000Z'],
	])('is %j, which is both a compact time and a number of milliseconds', (value, local, moment) => {
		const { message, description } = inputErrorOf(() => encodeDateTime('Day', value, rulesFor(BERLIN)));
		expect(message).toBe(`'Day': '${value}' is ambiguous (${local} or ${moment})`);
		expect(description.startsWith(`Use ${local}; `)).toBe(true);
	});

	it.each([
		'20261331120000',
		'20260230120000',
		'18991231120000',
		99_999_999_999_999,
		NaN,
		Infinity,
		1e300,
		-1e15,
		Date.UTC(2201, 0, 1),
		Date.UTC(1900, 0, 1) - 1,
	])('is %j, which is neither a compact time nor milliseconds between 1900 and 2200', (value) => {
		const { message, description } = inputErrorOf(() => encodeDate('Day', value, rulesFor(BERLIN)));
		expect(message).toMatch(
			/is not a date between 1900 and 2200, neither in milliseconds nor as YYYYMMDDHHMMSS$/,
		);
		expect(description).toBe('Use YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS with a time');
	});

	it('is never a number of milliseconds from 1900 to 2200', () => {
		expect(encodeDate('Day', Date.UTC(1900, 0, 1), rulesFor('UTC'))).toBe('1900-01-01');
		expect(encodeDate('Day', Date.UTC(2201, 0, 1) - 1, rulesFor('UTC'))).toBe('2200-12-31');
		expect(encodeDate('Day', '202613311200', rulesFor('UTC'))).toBe('1976-06-03');
	});

	it.each([
		'2026-02-30',
		'2026-13-01',
		'2026-00-10',
		'2026-01-00',
		'2025-02-29',
		'2026-01-32',
		'31 April 2026',
	])('is %j, since there is no such day', (typed) => {
		expect(inputErrorOf(() => encodeDate('Day', typed, rulesFor(BERLIN)))).toMatchObject({
			message: `'Day': '${typed}' is not a day that exists`,
			description: 'Use an existing day, as YYYY-MM-DD',
		});
	});

	it.each([
		'2026-03-04T24:00',
		'2026-03-04T10:60',
		'2026-03-04T10:00:60',
		'2026-03-04 13:00 PM',
		'2026-03-04 0:30 AM',
		'2026-03-04T10:00+01:60',
		'2026-03-04T10:00+18:01',
		'2026-03-04T10:00-19:00',
	])('is %j, since there is no such time', (typed) => {
		expect(inputErrorOf(() => encodeDateTime('Time', typed, rulesFor(BERLIN)))).toMatchObject({
			message: `'Time': '${typed}' is not a time that exists`,
			description: 'Use an existing time, as YYYY-MM-DDTHH:MM:SS',
		});
	});

	it.each([
		0,
		-5,
		20_261_304,
		18_991_231,
		22_010_101,
		1_767_225_600,
		99_999_999_999,
		'1767225600',
		'2026',
		-1,
	])('is the number %j, which could be seconds, days or milliseconds', (value) => {
		const thrown = inputErrorOf(() => encodeDate('Day', value, rulesFor(BERLIN)));
		expect(thrown.message).toBe(`'Day': '${value}' could be seconds, days or milliseconds`);
		expect(thrown.description).toContain('DateTime.fromSeconds');
	});

	it.each([
		new Date(NaN),
		new Date(8.64e15),
		new Date(-8.64e15),
		DateTime.invalid('no'),
		{ isValid: true, toMillis: () => 'soon' },
		'1000-01-01T00:00:00+00:00',
		'9999-12-31T23:00:00Z',
	])('has no year of four digits (%#)', (value) => {
		const { message, description } = inputErrorOf(() => encodeDate('Day', value, rulesFor(BERLIN)));
		expect(message).toContain('is not a date with a year of four digits');
		expect(description).toBe('Use YYYY-MM-DD');
		expect(() => encodeDateTime('Day', value, rulesFor(BERLIN))).toThrow(InputError);
	});

	it('has a year of four digits from 1000-01-02 to 9999-12-30, where every zone has it', () => {
		expect(encodeDate('Day', '1000-01-02T00:00:00Z', rulesFor('UTC'))).toBe('1000-01-02');
		expect(encodeDate('Day', '9999-12-30T23:59:59Z', rulesFor('UTC'))).toBe('9999-12-30');
		expect(() => encodeDate('Day', '9999-12-31T00:00:00Z', rulesFor('UTC'))).toThrow('a year of four digits');
	});

	it.each([
		'tomorrow',
		'20260304T',
		'20260304 1005',
		'2026-03',
		'0026-03-04',
		'26-03',
		'4 Tag 2026',
		'Foo 4, 2026',
		'4 Marching 2026',
		'2026-03/04',
		'2026-03-04T',
		'2026-03-04T10',
		'2026-W10-3',
		'10:30',
		'12.5 kg',
		'x'.repeat(200),
		`2026-03-04${' '.repeat(10)}${'('.repeat(100)}`,
		true,
		null,
		undefined,
		{},
		{ isValid: true },
		{ isValid: 'yes', toMillis: () => 1 },
		{ isValid: true, toMillis: 5 },
		[],
		10n,
		Symbol('s'),
	])('is not a text, number or date (%#)', (value) => {
		const { message, description } = inputErrorOf(() => encodeDate('Day', value, rulesFor(BERLIN)));
		expect(message).toMatch(/is not a date$/);
		expect(description).toBe('Use YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS with a time');
		expect(() => encodeDateTime('Day', value, rulesFor(BERLIN))).toThrow('is not a date');
	});

	it('is longer than a date can be, even if it begins with one', () => {
		const longDay = (length: number) => `2026-03-04T10:00Z (${'x'.repeat(length - 20)})`;
		expect(encodeDate('Day', longDay(100), rulesFor('UTC'))).toBe('2026-03-04');
		expect(looksLikeDate(longDay(100))).toBe(true);
		expect(() => encodeDate('Day', longDay(101), rulesFor('UTC'))).toThrow('is not a date');
		expect(looksLikeDate(longDay(101))).toBe(false);
	});
});

it('isDateObject recognizes JavaScript and Luxon dates, and nothing else', () => {
	expect([new Date(), DateTime.now(), DateTime.invalid('no')].map(isDateObject)).toEqual([true, true, true]);
	expect([null, undefined, '2026-03-04', 1e12, {}, []].map(isDateObject)).toEqual([
		false,
		false,
		false,
		false,
		false,
		false,
	]);
});

describe('a text that looks like a date', () => {
	it.each([
		'2026-12-31',
		' 31 Dec  2026 ',
		'2026-02-30',
		'2026-12-31T25:00',
		'31/12/2026',
		'3.4.26',
		'20261231',
		'202612311200',
		'20261231120000',
		'1767225600000',
		'20261231T120000Z',
	])('is %j', (text) => expect(looksLikeDate(text)).toBe(true));

	it.each(['42', '2026', '20261331', '4915112345678901', 'May', 'Room 3.4', '1.5', '1'.repeat(200), ''])(
		'is not %j',
		(text) => expect(looksLikeDate(text)).toBe(false),
	);
});
