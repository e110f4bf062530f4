import { caselessKey } from '../../shared/caselessKey';
import { isBlankValue } from '../fields/fieldValue';
import { InputError, quoteValue } from '../../shared/inputError';

/**
 * Tag names from what a user typed or an expression gave: comma-separated text, or an array.
 * Each name once, without regard to case, as first written; blanks around names do not count.
 * @throws InputError for what is no name of a tag
 */
export function readTagNames(value: unknown, title: string): string[] {
	const names = new Map<string, string>();
	for (const part of Array.isArray(value) ? value : [value]) {
		if (isBlankValue(part)) continue;
		if (typeof part !== 'string' && typeof part !== 'number') {
			throw new InputError(
				`'${title}' cannot take ${quoteValue(part)}`,
				'Give tag names as text separated by commas, or as an array of texts',
				title,
			);
		}
		// A tag's name holds no comma, so an array may hold comma-separated texts too.
		for (const name of String(part)
			.split(',')
			.map((one) => one.trim())) {
			if (name !== '' && !names.has(tagKey(name))) names.set(tagKey(name), name);
		}
	}
	return [...names.values()];
}

/** What tells tags apart: their names match without regard to case. */
export function tagKey(name: string): string {
	return caselessKey(name);
}
