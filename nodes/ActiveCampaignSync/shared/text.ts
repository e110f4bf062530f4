import { groupBy } from './multiMap';

/** How much of a value is shown in a message, in characters. */
const SHOWN_CHARS = 80;

/** Between lines of a message: n8n's editor shows HTML, other readers text. */
export const LINE_BREAK = '<br>\n';

/** Control characters, line and paragraph separators, direction overrides and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

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

/** What two names have in common that differ only in case, in outer blanks, or in how their accents are encoded. */
export function normalizeName(name: string): string {
	return name.trim().normalize('NFC').toLowerCase();
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

/** Items counted from 1, in short, e.g. "1-2, 5" for the indexes 4, 0 and 1; '' for none. */
export function itemRanges(itemIndexes: readonly number[]): string {
	const ranges: Array<[number, number]> = [];
	for (const itemIndex of [...itemIndexes].sort((one, other) => one - other)) {
		const last = ranges.at(-1);
		if (last && last[1] === itemIndex) last[1] = itemIndex + 1;
		else ranges.push([itemIndex + 1, itemIndex + 1]);
	}
	return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

/** Items counted from 1, with the word for them: "item 2" or "items 1-3, 5"; '' for none. */
export function namedItems(itemIndexes: readonly number[]): string {
	const ranges = itemRanges(itemIndexes);
	return ranges && `${itemIndexes.length === 1 ? 'item' : 'items'} ${ranges}`;
}

function escapeCharacter(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
