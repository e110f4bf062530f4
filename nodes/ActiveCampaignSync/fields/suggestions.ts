import { quote } from '../shared/text';
import { normalizeLabel } from './customField';

/** How many names a message suggests. */
const MAX_SUGGESTIONS = 3;

/** Names that share less than this, in characters, are not similar. */
const MIN_SHARED_CHARS = 3;

/** A name after what `normalizeLabel` makes of it, which takes too long to do again for each of thousands of items. */
export type FoldedName = readonly [string, string];

export function foldedName(name: string): FoldedName {
	return [normalizeLabel(name), name];
}

/** The names that contain the wanted one or are contained in it, whatever their case, blanks and marks: at most three. */
export function similarNames(wanted: string, names: Iterable<FoldedName>): string[] {
	const folded = normalizeLabel(wanted);
	const similar = new Set<string>();
	for (const [other, name] of names) {
		const [short, long] = other.length < folded.length ? [other, folded] : [folded, other];
		if (short.length >= MIN_SHARED_CHARS && long.includes(short)) similar.add(name);
		if (similar.size === MAX_SUGGESTIONS) break;
	}
	return [...similar];
}

/** The names that may have been meant, as a question: "Did you mean 'Company'?", or ''. */
export function didYouMean(wanted: string, names: Iterable<FoldedName>): string {
	const similar = similarNames(wanted, names);
	return similar.length > 0 ? `Did you mean ${similar.map(quote).join(' or ')}?` : '';
}
