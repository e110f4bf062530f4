import { isDateObject, isoLocal, readMoment } from '../moments';
import { epochMsOfLocal, offsetMinutesAt } from '../timeZone';
import { encodeTyped, PLAIN, type FieldKind, type ValueRules } from './kind';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A day. */
export const date: FieldKind = {
	...PLAIN,
	types: new Map([['date', 'date']]),
	encode: encodeTyped(encodeDate),
	column: () => ({ type: 'dateTime' }),
};

/** A moment. */
export const dateTime: FieldKind = {
	...PLAIN,
	types: new Map([['datetime', 'date and time']]),
	encode: encodeTyped(encodeDateTime),
	isSame: (one, other) => Date.parse(one) === Date.parse(other),
	spellings: undefined,
	column: () => ({ type: 'dateTime' }),
	// It is stored in the account's time zone, so that no contact is found by it as it was sent.
	canMatch: false,
};

/**
 * `YYYY-MM-DD`. A moment is the day on which it falls in the time zone; a time without an offset is a time in that zone.
 *
 * A moment at exactly midnight UTC is that calendar day in every zone: databases and spreadsheets hand over birthdays
 * so, and west of Greenwich each would be the day before. A text counts as such only if it says UTC itself.
 *
 * @param name the field's name, for messages
 * @throws InputError for what is not a date, is impossible, or could be read in two ways
 */
export function encodeDate(name: string, value: unknown, { timeZone, dateOrder }: ValueRules): string {
	const moment = readMoment(name, value, dateOrder);
	if ('localMs' in moment) return isoDay(moment.localMs);
	const { epochMs, offsetMinutes = 0 } = moment;
	const isUtcMidnight = epochMs % DAY_MS === 0 && (offsetMinutes === 0 || isDateObject(value));
	return isoDay(isUtcMidnight ? epochMs : epochMs + offsetMinutesAt(epochMs, timeZone) * MINUTE_MS);
}

/**
 * `YYYY-MM-DDTHH:MM:SS±HH:MM`. An offset in the input is kept; a time without one is read or written in the time zone, a
 * day alone being its midnight.
 *
 * @param name the field's name, for messages
 * @throws InputError for what is not a date, is impossible, or could be read in two ways
 */
export function encodeDateTime(name: string, value: unknown, { timeZone, dateOrder }: ValueRules): string {
	const moment = readMoment(name, value, dateOrder);
	const epochMs = 'localMs' in moment ? epochMsOfLocal(moment.localMs, timeZone) : moment.epochMs;
	const written = 'localMs' in moment ? undefined : moment.offsetMinutes;
	const offset = written ?? offsetMinutesAt(epochMs, timeZone);
	const minutes = Math.abs(offset);
	const sign = offset < 0 ? '-' : '+';
	return `${isoLocal(epochMs + offset * MINUTE_MS)}${sign}${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`;
}

function isoDay(localMs: number): string {
	return isoLocal(localMs).slice(0, 'YYYY-MM-DD'.length);
}

function pad2(digits: number): string {
	return String(digits).padStart(2, '0');
}
