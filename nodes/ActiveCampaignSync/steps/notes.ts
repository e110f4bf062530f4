import { textOf, type JsonObject } from '../shared/json';

/** How far the clocks of n8n and of the account may be apart (milliseconds). */
const MAX_CLOCK_DIFFERENCE_MS = 10 * 60_000;

/**
 * Whether a contact has a note of this text that was added lately. A note whose date cannot be read counts as well: a
 * note too few is better than one that is there twice.
 * @param notes the contact's rows of `notes`
 * @param since by the clock of this machine, in milliseconds since 1970
 */
export function hasNoteSince(notes: readonly JsonObject[], text: string, since: number): boolean {
	return notes.some((row) => {
		const addedAt = Date.parse(textOf(row['cdate']));
		const isEarlier = addedAt < since - MAX_CLOCK_DIFFERENCE_MS;
		return !isEarlier && noteKey(textOf(row['note'])) === noteKey(text);
	});
}

/** The letters and digits of a text: an account may write down the others in its own way, e.g. as `&amp;` or `<br>`. */
function noteKey(text: string): string {
	return text.replace(/<[^<>]*>|&#?\w+;|[^\p{L}\p{N}]/gu, '') || text.replace(/\s/g, '');
}
