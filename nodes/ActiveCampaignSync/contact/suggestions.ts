import { foldName } from './fields/customField';

/** How many names a message suggests. */
const MAX_SUGGESTIONS = 3;

/** Names that share less than this, in characters, are not similar. */
const MIN_SHARED_CHARS = 3;

/**
 * The names that contain the wanted one or are contained in it, whatever their case, blanks and marks: at most three.
 * @param names each after what `foldName` makes of it, which takes too long to do again for each of thousands of items
 */
export function similarNames(wanted: string, names: Iterable<readonly [string, string]>): string[] {
	const folded = foldName(wanted);
	const similar = new Set<string>();
	for (const [other, name] of names) {
		const [short, long] = other.length < folded.length ? [other, folded] : [folded, other];
		if (short.length >= MIN_SHARED_CHARS && long.includes(short)) similar.add(name);
		if (similar.size === MAX_SUGGESTIONS) break;
	}
	return [...similar];
}
