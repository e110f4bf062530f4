import { InputError } from '../shared/failure';
import { quoteValue } from '../shared/text';
import { textOf } from '../shared/json';

/** @throws InputError for a value that is not one of the choices, which only an expression can give */
export function choice<Choice extends string>(
	given: unknown,
	title: string,
	choices: readonly Choice[],
	byDefault: Choice,
): Choice {
	if (given === undefined || given === null || given === '') return byDefault;
	const known = choices.find((one) => one === given);
	if (known !== undefined) return known;
	throw new InputError(`'${title}' cannot be ${quoteValue(given)}`, `Use one of: ${choices.join(', ')}`);
}

/**
 * An expression may give "true" as text, which is read as such: whether to send anything must not be guessed.
 * @throws InputError for anything but yes or no
 */
export function yesOrNo(given: unknown, title: string, byDefault: boolean): boolean {
	const word = typeof given === 'string' ? given.trim().toLowerCase() : given;
	if (typeof word === 'boolean') return word;
	return choice(word, title, ['true', 'false'], byDefault ? 'true' : 'false') === 'true';
}

/** @throws InputError for anything but a number above 0, up to `max` */
export function positiveNumber(given: unknown, title: string, byDefault: number, max: number): number {
	const text = textOf(given);
	const value = text === '' ? byDefault : Number(text);
	if (value > 0 && value <= max) return value;
	throw new InputError(`'${title}' cannot be ${quoteValue(given)}`, `Use a number above 0, up to ${max}`);
}
