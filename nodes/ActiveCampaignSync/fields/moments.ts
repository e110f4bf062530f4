import { invalidValueError, type InputError } from '../shared/failure';
import {
	compactLocalMs,
	localDayMs,
	matchDate,
	MONTHS,
	offsetOf,
	timeOfDayMs,
	YEAR_LAST,
	type DateParts,
} from './datePatterns';

/** A moment, with the offset it was written with; or the local time somewhere, as if it were UTC. */
export type Moment =
	{ readonly epochMs: number; readonly offsetMinutes?: number | undefined } | { readonly localMs: number };

export interface DateTimeLike {
	readonly isValid: boolean;
	readonly offset?: unknown;
	toMillis(): unknown;
}

const MINUTE_MS = 60_000;

/** Years of four digits, with a day to spare for any offset. */
const MIN_EPOCH_MS = Date.UTC(1000, 0, 2);
const MAX_EPOCH_MS = Date.UTC(9999, 11, 31);

/** Numbers count as milliseconds only in these years: beyond them they are more likely something else. */
const MIN_TIMESTAMP_MS = Date.UTC(1900, 0, 1);
const MAX_TIMESTAMP_MS = Date.UTC(2201, 0, 1) - 1;

/** From here on a number can only be milliseconds: as seconds it is after the year 5000, as days even later. */
const MIN_CERTAIN_MS = 1e11;

/** Longer than any date a program writes, short enough for any pattern. */
const MAX_DATE_LENGTH = 100;

const USE_DATE_OR_TIME = 'Use YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS with a time';

/** Makes what to throw for the value that is read. */
type Refuse = (reason: string, advice: string) => InputError;

/**
 * Reads a date or a time that can mean one moment only.
 *
 * Digits count as milliseconds since 1970 or as a compact date such as `20261231`; where they can be both, they are
 * refused: `202612311200` is a time in 2026 and one in 1976.
 *
 * @param name the field's name, for messages
 * @throws InputError for what is not a date, is impossible, or could be read in two ways
 */
export function readMoment(name: string, value: unknown): Moment {
	const refuse: Refuse = (reason, advice) => invalidValueError(name, value, reason, advice);
	if (isDate(value)) return checked(refuse, value.getTime());
	if (isDateTime(value)) {
		const offset = typeof value.offset === 'number' ? Math.round(value.offset) : undefined;
		return checked(refuse, value.isValid ? Number(value.toMillis()) : NaN, offset);
	}
	const typed = typeof value === 'string' ? normalizeBlanks(value) : value;
	if (typeof typed === 'number' || (typeof typed === 'string' && isDigits(typed))) {
		return readDigits(refuse, String(typed));
	}
	if (typeof typed === 'string' && typed.length <= MAX_DATE_LENGTH) {
		const parts = matchDate(typed);
		if (parts) return readParts(refuse, parts);
		if (YEAR_LAST.test(typed)) throw yearLastError(refuse, typed);
	}
	throw refuse('is not a date', USE_DATE_OR_TIME);
}

/** Whether a text is meant as a date or a time, if perhaps an impossible or an ambiguous one. */
export function looksLikeDate(text: string): boolean {
	const typed = normalizeBlanks(text);
	if (typed.length > MAX_DATE_LENGTH) return false;
	if (isDigits(typed)) return isTimestamp(Number(typed)) || compactLocalMs(typed) !== undefined;
	return matchDate(typed) !== undefined || YEAR_LAST.test(typed);
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
			'Use YYYY-MM-DD; for seconds, use an expression such as {{ DateTime.fromSeconds($json.date) }}',
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

function yearLastError(refuse: Refuse, typed: string): InputError {
	const { first = '', second = '', year = '', mark = '/' } = YEAR_LAST.exec(typed)?.groups ?? {};
	const isFullYear = /^[1-9]\d{3}$/.test(year);
	const dayFirst = isFullYear ? localDayMs({ year, month: second, day: first }) : undefined;
	const monthFirst = isFullYear ? localDayMs({ year, month: first, day: second }) : undefined;
	const days = [dayFirst, monthFirst].filter((day) => day !== undefined);
	const dates = [...new Set(days)].map((day) => isoLocal(day).slice(0, 'YYYY-MM-DD'.length));
	const expression = `with an expression such as {{ DateTime.fromFormat($json.date, 'dd${mark}MM${mark}yyyy') }}`;
	const advice = `Use ${dates.join(' or ') || 'YYYY-MM-DD'}, ${expression}`;
	const [, isAmbiguous] = dates;
	if (isAmbiguous === undefined) {
		return refuse('does not begin with the year, so day and month are uncertain', advice);
	}
	const meanings = `${Number(first)} ${MONTHS[Number(second) - 1]} or ${MONTHS[Number(first) - 1]} ${Number(second)}`;
	return refuse(`is ambiguous (${meanings})`, advice);
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
