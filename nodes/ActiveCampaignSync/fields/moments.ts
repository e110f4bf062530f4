import { invalidValueError, type InputError } from '../shared/failure';
import { isObject, textOf, type JsonObject } from '../shared/json';
import {
	compactLocalMs,
	localDayMs,
	matchDate,
	matchYearLast,
	MONTHS,
	offsetOf,
	timeOfDayMs,
	type DateParts,
} from './datePatterns';

/** A moment, with the offset it was written with; or the local time somewhere, as if it were UTC. */
type Moment =
	{ readonly epochMs: number; readonly offsetMinutes?: number | undefined } | { readonly localMs: number };

interface DateTimeLike {
	readonly isValid: boolean;
	readonly offset?: unknown;
	toMillis(): unknown;
}

/** How dates are read in which day and month can be confused. */
export const DATE_ORDERS = ['fail', 'dayFirst', 'monthFirst'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Years of four digits, with a day to spare for any offset. */
const MIN_EPOCH_MS = Date.UTC(1000, 0, 2);
const MAX_EPOCH_MS = Date.UTC(9999, 11, 31);

/** Numbers count as milliseconds only in these years: beyond them they are more likely something else. */
const MIN_TIMESTAMP_MS = Date.UTC(1900, 0, 1);
const MAX_TIMESTAMP_MS = Date.UTC(2201, 0, 1) - 1;

/** From here on a number can only be milliseconds: as seconds it is after the year 5000, as days even later. */
const MIN_CERTAIN_MS = 1e11;

/** Spreadsheets count days from here; other numbers of five digits are hardly meant as dates (1927 to 2173). */
const SERIAL_DAY_0_MS = Date.UTC(1899, 11, 30);
const SERIAL_NUMBER = /^[1-9]\d{4}(?:[.,]\d{1,15})?$/;

/** Years of two digits up to this one are in this century; the same in Excel and Google Sheets. */
const LAST_SHORT_YEAR = 29;

/** Longer than any date a program writes, short enough for any pattern. */
const MAX_DATE_LENGTH = 100;

const USE_DATE_OR_TIME = 'Use YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS with a time';

/** Makes what to throw for the value that is read. */
type Refuse = (reason: string, advice: string) => InputError;

/**
 * Reads a date or a time that can mean one moment only.
 *
 * Digits count as milliseconds since 1970 or as a compact date such as `20261231`; where they can be both, they are
 * refused: `202612311200` is a time in 2026 and one in 1976. Numbers of five digits are days as spreadsheets count them.
 *
 * @param name the field's name, for messages
 * @throws InputError for what is not a date, is impossible, or could be read in two ways
 */
export function readMoment(name: string, value: unknown, dateOrder: DateOrder): Moment {
	const refuse: Refuse = (reason, advice) => invalidValueError(name, value, reason, advice);
	if (isDate(value)) return checked(refuse, value.getTime());
	if (isDateTime(value)) {
		const offset = typeof value.offset === 'number' ? Math.round(value.offset) : undefined;
		return checked(refuse, value.isValid ? Number(value.toMillis()) : NaN, offset);
	}
	const written = isObject(value) ? textOfParts(value) : value;
	const typed = typeof written === 'string' ? normalizeBlanks(written) : written;
	const serialMs = serialLocalMs(typed);
	if (serialMs !== undefined) return { localMs: serialMs };
	if (typeof typed === 'number' || (typeof typed === 'string' && isDigits(typed))) {
		return readDigits(refuse, String(typed));
	}
	if (typeof typed === 'string' && typed.length <= MAX_DATE_LENGTH) {
		const parts = matchDate(typed);
		if (parts) return readParts(refuse, parts);
		const yearLast = matchYearLast(typed);
		if (yearLast) return readYearLast(refuse, yearLast, dateOrder);
	}
	throw refuse('is not a date', USE_DATE_OR_TIME);
}

/** Whether a text is meant as a date or a time, if perhaps an impossible or an ambiguous one. */
export function looksLikeDate(text: string): boolean {
	const typed = normalizeBlanks(text);
	if (typed.length > MAX_DATE_LENGTH) return false;
	if (isDigits(typed)) return isTimestamp(Number(typed)) || compactLocalMs(typed) !== undefined;
	return matchDate(typed) !== undefined || matchYearLast(typed) !== undefined;
}

/** Whether this is a JavaScript date or a Luxon DateTime, from whichever copy of Luxon. */
export function isDateObject(value: unknown): value is Date | DateTimeLike {
	return isDate(value) || isDateTime(value);
}

function readDigits(refuse: Refuse, digits: string): Moment {
	const number = Number(digits);
	const localMs = compactLocalMs(digits);
	if (isTimestamp(number)) {
		if (localMs === undefined) return { epochMs: number };
		const local = isoLocal(localMs);
		throw refuse(
			`is ambiguous (${local} or ${new Date(number).toISOString()})`,
			`Use ${local}; for milliseconds, use an expression such as {{ DateTime.fromMillis(Number($json.date)) }}`,
		);
	}
	if (localMs !== undefined) return { localMs };
	if (Math.abs(number) < MIN_CERTAIN_MS) {
		throw refuse(
			'could be seconds, days or milliseconds',
			'Use YYYY-MM-DD; for seconds, use an expression such as {{ DateTime.fromSeconds(Number($json.date)) }}',
		);
	}
	throw refuse(
		'is not a date between 1900 and 2200, neither in milliseconds nor as YYYYMMDDHHMMSS',
		USE_DATE_OR_TIME,
	);
}

function readParts(refuse: Refuse, parts: DateParts): Moment {
	const dayMs = localDayMs(parts);
	if (dayMs === undefined) throw refuse('is not a day that exists', 'Use an existing day, as YYYY-MM-DD');
	if (parts.hour === undefined) return { localMs: dayMs };
	const timeMs = timeOfDayMs(parts);
	const ahead = offsetOf(parts);
	if (timeMs === undefined || Number.isNaN(ahead)) {
		throw refuse('is not a time that exists', 'Use an existing time, as YYYY-MM-DDTHH:MM:SS');
	}
	const localMs = dayMs + timeMs;
	return ahead === undefined ? { localMs } : checked(refuse, localMs - ahead * MINUTE_MS, ahead);
}

function checked(refuse: Refuse, epochMs: number, offsetMinutes?: number): Moment {
	if (epochMs >= MIN_EPOCH_MS && epochMs < MAX_EPOCH_MS) return { epochMs, offsetMinutes };
	throw refuse('is not a date with a year of four digits', 'Use YYYY-MM-DD');
}

/**
 * The day of a date in which the year comes last. With dots, the day comes first everywhere; otherwise `dateOrder` decides
 * between two days that exist. It also says that years of two digits may be completed.
 */
function readYearLast(refuse: Refuse, parts: DateParts, dateOrder: DateOrder): Moment {
	const { one = '', other: two = '', mark = '', year = '' } = parts;
	const isShort = year.length === 2;
	const century = Number(year) > LAST_SHORT_YEAR ? '19' : '20';
	const fullYear = isShort ? century + year : year;
	const dayFirst = { ...parts, year: fullYear, day: one, month: two };
	const monthFirst = { ...parts, year: fullYear, day: two, month: one };
	const orders = mark.startsWith('.') ? [dayFirst] : [dayFirst, monthFirst];
	const possible = orders.filter((order) => localDayMs(order) !== undefined);
	const [only = dayFirst, other] = possible;
	if (dateOrder !== 'fail') {
		return readParts(refuse, other && dateOrder === 'monthFirst' ? other : only);
	}
	const isCertain = !isShort && (!other || localDayMs(only) === localDayMs(other));
	if (isCertain || possible.length === 0) return readParts(refuse, only);
	const timeMs = parts.hour === undefined || offsetOf(parts) !== undefined ? undefined : timeOfDayMs(parts);
	const length = (timeMs === undefined ? 'YYYY-MM-DD' : 'YYYY-MM-DDTHH:MM:SS').length;
	const days = possible.map((order) => isoLocal((localDayMs(order) ?? 0) + (timeMs ?? 0)).slice(0, length));
	const option = other ? '' : ` to '${only === dayFirst ? 'Day First' : 'Month First'}'`;
	const advice = `Use ${[...new Set(days)].join(' or ')}, or set 'Date Order'${option}`;
	if (isShort) throw refuse('is ambiguous, since its year has two digits', advice);
	const name = (month: string) => MONTHS[Number(month) - 1] ?? '';
	const meanings = `${Number(one)} ${name(two)} or ${name(one)} ${Number(two)}`;
	throw refuse(`is ambiguous (${meanings})`, advice);
}

/** The local time of a spreadsheet's number of a day, with a fraction for the time; undefined for anything else. */
function serialLocalMs(value: unknown): number | undefined {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
	if (text.length > MAX_DATE_LENGTH || !SERIAL_NUMBER.test(text)) return undefined;
	// Fractions of a day are not exact: whole seconds are.
	const seconds = Math.round(Number(text.replace(',', '.')) * (DAY_MS / 1_000));
	return SERIAL_DAY_0_MS + seconds * 1_000;
}

/** `{year, month, day}`, with or without `{hour, min, ampm}`, as some forms give a date; undefined for other objects. */
function textOfParts(parts: JsonObject): string | undefined {
	const [year = '', month = '', day = '', hour = '', minute = '', half = ''] = [
		...['year', 'month', 'day', 'hour', 'min', 'ampm'],
	].map((key) => textOf(parts[key]));
	if (![year, month, day].every((part) => /^\d{1,4}$/.test(part))) return undefined;
	return [`${year}-${month}-${day}`, hour && `${hour}:${minute.padStart(2, '0')}`, half].join(' ');
}

function isDigits(typed: string): boolean {
	return /^-?\d{1,20}$/.test(typed);
}

function isTimestamp(number: number): boolean {
	return Math.abs(number) >= MIN_CERTAIN_MS && number >= MIN_TIMESTAMP_MS && number <= MAX_TIMESTAMP_MS;
}

function normalizeBlanks(text: string): string {
	return text.trim().replace(/\s+/g, ' ');
}

/** `2026-12-31T12:00:00` */
export function isoLocal(localMs: number): string {
	return new Date(localMs).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
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
