import { InputError } from '../shared/failure';
import { normalizeName, quoteValue } from '../shared/text';
import { jsonArrayIn } from '../shared/json';
import { isBlankValue } from '../fields/fieldValue';

/**
 * Tag names from what a user typed or an expression gave: text with commas between them, an array, or an array written
 * as JSON. Each name once, without regard to case, as first written and without outer blanks.
 * @throws InputError for what cannot be the name of a tag
 */
export function readTagNames(value: unknown, title: string): string[] {
	const names = new Map<string, string>();
	for (const name of namesIn(value, title)) {
		if (name !== '' && !names.has(tagKey(name))) names.set(tagKey(name), name);
	}
	return [...names.values()];
}

/** What to compare names of tags by: they match without regard to case. */
export function tagKey(name: string): string {
	return normalizeName(name);
}

function namesIn(value: unknown, title: string): string[] {
	const listed = typeof value === 'string' ? jsonArrayIn(value) : undefined;
	const parts: readonly unknown[] = listed ?? (Array.isArray(value) ? value : [value]);
	return parts.flatMap((part) => {
		if (isBlankValue(part)) return [];
		if (typeof part === 'number') return [String(part)];
		// The name of a tag contains no comma, so an array may contain texts with commas between names.
		if (typeof part === 'string') return part.split(',').map((name) => name.trim());
		throw new InputError(
			`'${title}' cannot contain ${quoteValue(part)}`,
			'Use tag names as text with commas between them, or as an array of texts',
		);
	});
}
