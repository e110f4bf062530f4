import { quote } from '../shared/inputError';
import { foldName } from './fields/customField';

/** How many names a message suggests. */
const MAX_SUGGESTIONS = 3;

/** Names that share less than this, in characters, are not similar. */
const MIN_SHARED_CHARS = 3;

/** The names that contain the wanted one or are contained in it, whatever their case, blanks and marks: at most three. */
export function similarNames(wanted: string, names: readonly string[]): string[] {
	const folded = foldName(wanted);
	const similar = names.filter((name) => {
		const other = foldName(name);
		const [short, long] = other.length < folded.length ? [other, folded] : [folded, other];
		return short.length >= MIN_SHARED_CHARS && long.includes(short);
	});
	return [...new Set(similar)].slice(0, MAX_SUGGESTIONS);
}

/** Names that may have been meant, to follow a message without a full stop: ". Did you mean 'Company'?", or ''. */
export function didYouMean(wanted: string, names: readonly string[]): string {
	const similar = similarNames(wanted, names);
	return similar.length > 0 ? `. Did you mean ${similar.map(quote).join(' or ')}?` : '';
}
