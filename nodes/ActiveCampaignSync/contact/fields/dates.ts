import { invalidValueError } from '../../shared/inputError';
import { epochMsOfWall, offsetMinutesAt } from './timeZone';

/** A moment, with the offset it was written with; or the time on a wall clock somewhere, as if it were UTC. */
type Moment =
	{ readonly epochMs: number; readonly offsetMinutes?: number | undefined } | { readonly wallMs: number };

const MINUTE_MS = 60_000;

/** Years of four digits, with a day to spare for any offset. */
const MIN_EPOCH_MS = Date.UTC(1000, 0, 2);
const MAX_EPOCH_MS = Date.UTC(9999, 11, 31);

/** From here on a number can only be milliseconds: as seconds it is after the year 5000, as days even later. */
const MIN_CERTAIN_MS = 1e11;

/** The widest offset in ISO 8601's own use is 14 hours; Intl accepts less than a day. */
const MAX_OFFSET_MINUTES = 18 * 60;

/** Longer than any date a program writes, short enough for any pattern. */
const MAX_DATE_LENGTH = 100;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME =
	String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?(?: ?(?<half>[ap])\.?m\.?)?` +
	String.raw`(?: ?(?:(?:GMT|UTC)?(?<sign>[+-])(?<offsetHours>\d{2}):?(?<offsetMinutes>\d{2})?|(?<utc>Z|GMT|UTC)))?` +
	String.raw`(?: ?\([^()]*\))?`;
const WEEKDAY = String.raw`(?:[a-z]{3,9},? )?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const MONTH =
	'(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|' +
	String.raw`sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const YEAR = String.raw`(?<year>[1-9]\d{3})`;

/** What can be read in one way only: the year first, or the month as a word. */
const PATTERNS = [
	new RegExp(String.raw`^${YEAR}([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})(?:[T ]${TIME})?$`, 'i'),
	new RegExp(String.raw`^${WEEKDAY}${DAY}[ -]${MONTH},?[ -]${YEAR}(?:,? ${TIME})?$`, 'i'),
	new RegExp(String.raw`^${WEEKDAY}${MONTH} ${DAY},? ${YEAR}(?:,? ${TIME})?$`, 'i'),
];

/** Whether this is a JavaScript date or a Luxon DateTime, from whichever copy of Luxon. */
export function isDateObject(value: unknown): value is Date | DateTimeLike {
	return isDate(value) || isDateTime(value);
}

/**
 * `YYYY-MM-DD`. A moment is the day it falls on in the time zone; a time without an offset is a time in that zone.
 *
 * @param name the field's name, for messages
 * @throws InputError for what is no date, is impossible, or could be read in two ways
 */
export function encodeDate(name: string, value: unknown, timeZone: string): string {
	const moment = readMoment(name, value);
	if ('wallMs' in moment) return isoDay(moment.wallMs);
	return isoDay(moment.epochMs + offsetMinutesAt(moment.epochMs, timeZone) * MINUTE_MS);
}

/**
 * `YYYY-MM-DDTHH:MM:SS±HH:MM`. An offset in the input is kept; what has none is read or written in the time zone, a
 * day alone being its midnight.
 *
 * @param name the field's name, for messages
 * @throws InputError for what is no date, is impossible, or could be read in two ways
 */
export function encodeDateTime(name: string, value: unknown, timeZone: string): string {
	const moment = readMoment(name, value);
	const epochMs = 'wallMs' in moment ? epochMsOfWall(moment.wallMs, timeZone) : moment.epochMs;
	const written = 'wallMs' in moment ? undefined : moment.offsetMinutes;
	const offset = written ?? offsetMinutesAt(epochMs, timeZone);
	const wall = new Date(epochMs + offset * MINUTE_MS).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
	const minutes = Math.abs(offset);
	return `${wall}${offset < 0 ? '-' : '+'}${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`;
}

interface DateTimeLike {
	readonly isValid: boolean;
	readonly offset?: unknown;
	toMillis(): unknown;
}

function readMoment(name: string, value: unknown): Moment {
	if (isDate(value)) return checked(name, value, value.getTime());
	if (isDateTime(value)) {
		const offset = typeof value.offset === 'number' ? Math.round(value.offset) : undefined;
		return checked(name, value, value.isValid ? Number(value.toMillis()) : NaN, offset);
	}
	const typed = typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : value;
	if (typeof typed === 'number' || (typeof typed === 'string' && /^-?\d{1,20}$/.test(typed))) {
		return readNumber(name, value, Number(typed));
	}
	if (typeof typed === 'string' && typed.length <= MAX_DATE_LENGTH) {
		for (const pattern of PATTERNS) {
			const groups = pattern.exec(typed)?.groups;
			if (groups) return readParts(name, value, groups);
		}
		if (/^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}\b/.test(typed)) {
			throw invalidValueError(
				name,
				value,
				'day and month are certain only when the year comes first',
				"Send it as YYYY-MM-DD, with an expression such as {{ DateTime.fromFormat($json.date, 'dd/MM/yyyy') }}",
			);
		}
	}
	throw invalidValueError(
		name,
		value,
		'it is not a date',
		'Send it as YYYY-MM-DD, or as YYYY-MM-DDTHH:MM:SS with a time',
	);
}

function readNumber(name: string, value: unknown, epochMs: number): Moment {
	if (Math.abs(epochMs) < MIN_CERTAIN_MS) {
		throw invalidValueError(
			name,
			value,
			'a number this small could be seconds, days or milliseconds',
			'Send it as YYYY-MM-DD; for seconds, use an expression such as {{ DateTime.fromSeconds($json.date) }}',
		);
	}
	return checked(name, value, epochMs);
}

function readParts(name: string, value: unknown, parts: Record<string, string | undefined>): Moment {
	const part = (key: string) => Number(parts[key] ?? 0);
	const year = part('year');
	const month = monthNumber(parts.month ?? '');
	const wallMs = Date.UTC(year, month - 1, part('day'));
	// A day that the month does not have is one of another month.
	if (new Date(wallMs).getUTCMonth() !== month - 1) {
		throw invalidValueError(name, value, 'there is no such day', 'Send a day that exists, as YYYY-MM-DD');
	}
	if (parts.hour === undefined) return { wallMs };
	const hour = parts.half === undefined ? part('hour') : hourOf12(part('hour'), parts.half);
	const ahead = (parts.sign === '-' ? -1 : 1) * (part('offsetHours') * 60 + part('offsetMinutes'));
	if (
		!(hour <= 23 && part('minute') <= 59 && part('second') <= 59) ||
		!(part('offsetMinutes') <= 59 && Math.abs(ahead) <= MAX_OFFSET_MINUTES)
	) {
		throw invalidValueError(
			name,
			value,
			'there is no such time',
			'Send a time that exists, as YYYY-MM-DDTHH:MM:SS',
		);
	}
	const timeMs = wallMs + ((hour * 60 + part('minute')) * 60 + part('second')) * 1000;
	if (parts.sign === undefined && parts.utc === undefined) return { wallMs: timeMs };
	return checked(name, value, timeMs - ahead * MINUTE_MS, ahead);
}

function checked(name: string, value: unknown, epochMs: number, offsetMinutes?: number): Moment {
	if (epochMs >= MIN_EPOCH_MS && epochMs < MAX_EPOCH_MS) return { epochMs, offsetMinutes };
	throw invalidValueError(
		name,
		value,
		'it is not a date with a year of four digits',
		'Send it as YYYY-MM-DD',
	);
}

function monthNumber(month: string): number {
	return /^\d/.test(month) ? Number(month) : 1 + MONTHS.indexOf(month.slice(0, 3).toLowerCase());
}

/** NaN for an hour that no twelve-hour clock shows. */
function hourOf12(hour: number, half: string): number {
	if (hour < 1 || hour > 12) return NaN;
	return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function isDate(value: unknown): value is Date {
	// Not instanceof: expressions and tests make their dates in another realm.
	return Object.prototype.toString.call(value) === '[object Date]';
}

function isDateTime(value: unknown): value is DateTimeLike {
	return (
		typeof value === 'object' &&
		value !== null &&
		'isValid' in value &&
		typeof value.isValid === 'boolean' &&
		'toMillis' in value &&
		typeof value.toMillis === 'function'
	);
}

function isoDay(wallMs: number): string {
	return new Date(wallMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

function pad2(digits: number): string {
	return String(digits).padStart(2, '0');
}
