import { groupBy } from './multiMap';

/** How much of a value is shown in a message, in characters. */
const SHOWN_CHARS = 80;

/** Between lines of a message: n8n's editor shows HTML, other readers text. */
export const LINE_BREAK = '<br>\n';

/** A text as n8n's editor has to get it to show it as it is: a tag called `<New>` would be HTML, and not be seen. */
export function escapeHtml(text: string): string {
	return text.replace(/&(?=#?\w+;)/g, '&amp;').replace(/</g, '&lt;');
}

/** Characters that are not seen, whatever stands around them: soft hyphens, zero-width blanks, direction marks. */
const INVISIBLE = String.raw`\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff`;

/** Control characters, line and paragraph separators, lone surrogates, and what is not seen. */
const UNPRINTABLE = new RegExp(String.raw`[\p{Cc}\p{Zl}\p{Zp}\p{Cs}${INVISIBLE}]`, 'gu');

/** Joiners are part of `👩‍👧` and of words in some scripts, but not of Latin text. */
const HIDDEN = new RegExp(
	String.raw`[${INVISIBLE}]|[\u200c\u200d]{2,}|(?<=^|[\s!-~\p{Script=Latin}])[\u200c\u200d]|[\u200c\u200d](?=$|[\s!-~\p{Script=Latin}])`,
	'gu',
);

/** Characters that look like others: dashes, quotation marks, apostrophes. */
const LOOK_ALIKES: ReadonlyArray<readonly [RegExp, string]> = [
	[/[\u2010-\u2015\u2212\ufe58\ufe63]/g, '-'],
	[/[\u2018-\u201b\u2032\u00b4`\u02bc]/g, "'"],
	[/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"'],
];

/**
 * A text fit to stand in a message: in 'single quotes', at most 80 characters of it, and nothing in it that could
 * break the line or the reading direction.
 */
export function quote(text: string): string {
	// A slice first: the text may be many megabytes long.
	const characters = Array.from(text.slice(0, 2 * SHOWN_CHARS + 2));
	const shown = characters.slice(0, SHOWN_CHARS).join('');
	const cut = characters.length > SHOWN_CHARS ? '…' : '';
	return `'${shown.replace(UNPRINTABLE, escapeCharacter)}${cut}'`;
}

/** Any value as `quote` shows a text. Never throws. */
export function quoteValue(value: unknown): string {
	if (typeof value === 'function') return 'a function';
	if (typeof value !== 'object' || value === null) return quote(String(value));
	try {
		return quote(JSON.stringify(value));
	} catch {
		return 'an object';
	}
}

/** A text without characters that are not seen, and without outer blanks. */
export function visibleText(text: string): string {
	return text.replace(HIDDEN, '').trim();
}

/** The same, with one ordinary blank for each run of blanks of any kind. */
export function tidyText(text: string): string {
	return visibleText(text).replace(/\s+/g, ' ');
}

/** What two names have in common that differ only in case, in blanks, in what is not seen, or in how accents are encoded. */
export function normalizeName(name: string): string {
	return tidyText(name).normalize('NFC').toLowerCase();
}

/** The same for names that only look alike: `11-50` with either dash, letters of full width. */
export function normalizeLook(name: string): string {
	return LOOK_ALIKES.reduce(
		(text, [pattern, plain]) => text.replace(pattern, plain),
		tidyText(name).normalize('NFKC').toLowerCase(),
	);
}

/** A text without the full-width characters of Japanese and Chinese keyboards: `090-1` for `０９０－１`. */
export function halfWidth(text: string): string {
	return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** The zeros of Arabic, Persian, Devanagari, Bengali and Thai digits, whose nine others follow. */
const ZEROS = ['\u0660', '\u06f0', '\u0966', '\u09e6', '\u0e50'].map((zero) => zero.charCodeAt(0));

/**
 * The same with the digits of these scripts as `0` to `9`: `050` for `٠٥٠`. Not for dates: in these digits, their year may be
 * one of another calendar.
 */
export function plainCharacters(text: string): string {
	return halfWidth(text).replace(/[^\P{Nd}\d]/gu, (digit) => {
		const code = digit.charCodeAt(0);
		const zero = ZEROS.find((first) => first <= code && code <= first + 9);
		return zero === undefined ? digit : String(code - zero);
	});
}

/** Letters that Unicode doesn't split into a plain letter and an accent. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(
	Object.entries({ ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', ı: 'i', đ: 'd', ð: 'd' }),
);

/** A text in lower case without accents: `marz` for `März`. */
export function plainLetters(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[łøæœßıđð]/g, (letter) => PLAIN_LETTERS.get(letter) ?? letter);
}

/**
 * Values by name, two of one name with their IDs behind it: `{ News: 'active' }`. From entries, so that a name such as
 * `__proto__` is a key like any other.
 */
export function namedValues<Value>(
	things: ReadonlyArray<{ readonly name: string; readonly id?: string; readonly value: Value }>,
): Record<string, Value> {
	const ids = groupBy(things, ({ name }) => name);
	const isAlone = (name: string) => new Set(ids.get(name)?.map(({ id }) => id)).size === 1;
	return Object.fromEntries(
		things.map(({ name, id, value }) => [id && !isAlone(name) ? `${name} (${id})` : name, value]),
	);
}

/** How many ranges of items a text names. */
const MAX_RANGES = 20;

/** Items counted from 1, in short, e.g. "1-2, 5" for the indexes 4, 0 and 1; '' for none. */
export function itemRanges(itemIndexes: readonly number[]): string {
	const ranges: Array<[number, number]> = [];
	for (const itemIndex of [...itemIndexes].sort((one, other) => one - other)) {
		const last = ranges.at(-1);
		if (last && last[1] === itemIndex) last[1] = itemIndex + 1;
		else ranges.push([itemIndex + 1, itemIndex + 1]);
	}
	const shown = ranges
		.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`))
		.slice(0, MAX_RANGES);
	const more = ranges.slice(MAX_RANGES).reduce((count, [from, to]) => count + to - from + 1, 0);
	return `${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** Items counted from 1, with the word for them: "item 2" or "items 1-3, 5"; '' for none. */
export function namedItems(itemIndexes: readonly number[]): string {
	const ranges = itemRanges(itemIndexes);
	return ranges && `${itemIndexes.length === 1 ? 'item' : 'items'} ${ranges}`;
}

function escapeCharacter(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

export function capitalized(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export function uncapitalized(text: string): string {
	return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
