import type { FailureDetails } from './failure';

/** How much of a value is shown in a message, in characters. */
const SHOWN_CHARS = 80;

/** Control characters, line and paragraph separators, direction overrides and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Something the user typed or mapped cannot be used.
 *
 * `message` says what happened, with the field and the value in 'single quotes'; `description` says what to do next.
 */
export class InputError extends Error {
	readonly kind = 'invalidInput';

	constructor(
		message: string,
		readonly description: string,
		readonly details: FailureDetails = {},
	) {
		super(message);
		this.name = 'InputError';
	}
}

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

/** A value that a field cannot take: `'Birthday': '2026-02-30' is not a day that exists`, with what to do about it. */
export function invalidValueError(name: string, value: unknown, reason: string, advice: string): InputError {
	return new InputError(`${quote(name)}: ${quoteValue(value)} ${reason}`, advice);
}

function escapeCharacter(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
