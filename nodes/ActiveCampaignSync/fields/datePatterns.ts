import { plainLetters } from '../shared/text';

/** The groups of a pattern that matched: `year`, `month`, `day`, `hour`, … */
export type DateParts = Readonly<Record<string, string | undefined>>;

/** The widest offset in ISO 8601's own use is 14 hours; Intl accepts less than a day. */
const MAX_OFFSET_MINUTES = 18 * 60;

export const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

/** Languages whose names of months are understood, the most frequent first. */
const MONTH_LANGUAGES = [
	...['en', 'en-GB', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi'],
	...['pl', 'cs', 'sk', 'hu', 'ro', 'ca', 'tr', 'ru', 'uk', 'el', 'id', 'bg', 'sl', 'et', 'lv', 'ar-EG'],
];

const OFFSET = String.raw`(?: ?(?:(?:GMT|UTC)?(?<sign>[+-])(?<offsetHours>\d{1,2})(?::?(?<offsetMinutes>\d{2}))?|(?<utc>Z|GMT|UTC)))?`;
const FRACTION = String.raw`(?:[.,](?<fraction>\d{1,9}))?`;
const TIME =
	String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})${FRACTION})?(?: ?(?<half>[ap])\.?m\.?)?` +
	String.raw`${OFFSET}(?: ?\([^()]*\))?`;
const WEEKDAY = String.raw`(?:\p{L}{2,15}\.?,? )?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|er|[.º])?`;
/** Any word: `monthNumber` decides whether it is a month. */
const MONTH = String.raw`(?<month>\p{L}{3,15})\.?`;
const YEAR = String.raw`(?<year>[1-9]\d{3})`;
const COMPACT_DAY = String.raw`(?<month>\d{2})(?<day>\d{2})`;
const COMPACT_TIME = String.raw`(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?`;

/** What can be read in one way only: the year first, or the month as a word. */
const PATTERNS = [
	new RegExp(String.raw`^${YEAR}([-/.] ?)(?<month>\d{1,2})\2(?<day>\d{1,2})\.?(?:[T ]${TIME})?$`, 'i'),
	new RegExp(String.raw`^${YEAR}[年년] ?(?<month>\d{1,2})[月월] ?(?<day>\d{1,2})[日일]?(?: ${TIME})?$`, 'i'),
	new RegExp(String.raw`^${YEAR}${COMPACT_DAY}T${COMPACT_TIME}${FRACTION}${OFFSET}$`, 'i'),
	new RegExp(
		String.raw`^${WEEKDAY}${DAY}[ /-]?(?:of |de |d['’])?${MONTH},?[ /-](?:de |del )?${YEAR}(?: ?[гр]\.)?(?:,? ${TIME})?$`,
		'iu',
	),
	new RegExp(String.raw`^${WEEKDAY}${MONTH}[ /-]${DAY},?[ /-]${YEAR}(?:,? ${TIME})?$`, 'iu'),
];

/** `20261231`, `202612311200` or `20261231120000`, in the years in which numbers count as times. */
const COMPACT = new RegExp(String.raw`^(?<year>19\d\d|2[01]\d\d|2200)${COMPACT_DAY}(?:${COMPACT_TIME})?$`);

/** `31/12/2026`, `12/31/26 10:00 PM`. */
const YEAR_LAST = new RegExp(
	String.raw`^(?<one>\d{1,2})(?<mark>[-/.] ?| )(?<other>\d{1,2})\k<mark>(?<year>[1-9]\d{3}|\d{2})(?:,?[T ]${TIME})?$`,
	'i',
);

/** `4-Mar-26`, as spreadsheets show it. */
const WORD_SHORT_YEAR = new RegExp(
	String.raw`^${WEEKDAY}${DAY}[ /-]?${MONTH},?[ /-]['’]?(?<year>\d{2})(?:,? ${TIME})?$`,
	'iu',
);

/** In Croatian, where the day has a dot, this is October; in Polish, November. */
const CROATIAN_OCTOBER = /^\d{1,2}\. ?listopada/i;

/** The parts of a text that can be read as a date in one way only, possible or not. */
export function matchDate(typed: string): DateParts | undefined {
	if (CROATIAN_OCTOBER.test(typed)) return undefined;
	for (const pattern of PATTERNS) {
		const parts = pattern.exec(typed)?.groups;
		if (parts && !Number.isNaN(monthNumber(parts['month'] ?? ''))) return parts;
	}
	return undefined;
}

/**
 * The parts of a text that begins with day and month, in either order: `one`, `other` and the `mark` between them, which is
 * a dot where the day comes first.
 */
export function matchYearLast(typed: string): DateParts | undefined {
	const parts = WORD_SHORT_YEAR.exec(typed)?.groups;
	if (!parts) return YEAR_LAST.exec(typed)?.groups;
	const month = monthNumber(parts['month'] ?? '');
	return Number.isNaN(month) ? undefined : { ...parts, one: parts['day'], other: String(month), mark: '.' };
}

/** The local time of `20261231120000`, or undefined for what is not such a time. */
export function compactLocalMs(digits: string): number | undefined {
	const parts = COMPACT.exec(digits)?.groups;
	const dayMs = parts && localDayMs(parts);
	const timeMs = parts && timeOfDayMs(parts);
	return dayMs === undefined || timeMs === undefined ? undefined : dayMs + timeMs;
}

/** Midnight of a day as if it were UTC; undefined for a day that the month does not have. */
export function localDayMs(parts: DateParts): number | undefined {
	const month = monthNumber(parts.month ?? '');
	const dayMs = Date.UTC(Number(parts.year), month - 1, Number(parts.day));
	return new Date(dayMs).getUTCMonth() === month - 1 ? dayMs : undefined;
}

/** Undefined for a time that no clock shows. */
export function timeOfDayMs(parts: DateParts): number | undefined {
	const [hours = 0, minute = 0, second = 0] = [parts.hour, parts.minute, parts.second].map((part) =>
		Number(part ?? 0),
	);
	const hour = parts.half === undefined ? hours : hourOf12(hours, parts.half);
	if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
	return (
		((hour * 60 + minute) * 60 + second) * 1_000 + Math.floor(Number(`0.${parts.fraction ?? 0}`) * 1_000)
	);
}

/** How far ahead of UTC a time is written, in minutes: undefined if it does not say, NaN for an impossible offset. */
export function offsetOf(parts: DateParts): number | undefined {
	if (parts.utc !== undefined) return 0;
	if (parts.sign === undefined) return undefined;
	const minutes = Number(parts.offsetMinutes ?? 0);
	const ahead = (parts.sign === '-' ? -1 : 1) * (Number(parts.offsetHours) * 60 + minutes);
	return minutes <= 59 && Math.abs(ahead) <= MAX_OFFSET_MINUTES ? ahead : NaN;
}

/** NaN for a word that is not a month. */
function monthNumber(month: string): number {
	if (/^\d/.test(month)) return Number(month);
	const word = plainLetters(month);
	while (!monthsByWord.has(word)) {
		const language = languagesLeft.shift();
		if (language === undefined) return NaN;
		addMonths(language);
	}
	return monthsByWord.get(word) ?? NaN;
}

/** The months of those languages that were needed so far. No word means two of them. */
const monthsByWord = new Map<string, number>();
const languagesLeft = [...MONTH_LANGUAGES];

/** In full and abbreviated, alone and beside a day, where some languages have another form. */
function addMonths(language: string): void {
	for (const style of ['long', 'short'] as const) {
		for (const day of [undefined, 'numeric'] as const) {
			const format = new Intl.DateTimeFormat(language, { month: style, day, timeZone: 'UTC' });
			MONTHS.forEach((_, index) => {
				const parts = format.formatToParts(Date.UTC(2026, index, 1));
				const word = parts.find(({ type }) => type === 'month')?.value ?? '';
				monthsByWord.set(plainLetters(word).replace('.', ''), index + 1);
			});
		}
	}
}

/** NaN for an hour that no twelve-hour clock shows. */
function hourOf12(hour: number, half: string): number {
	if (hour < 1 || hour > 12) return NaN;
	return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
