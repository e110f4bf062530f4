import { InputError, invalidValueError } from '../../shared/failure';
import { normalizeLook, normalizeName, quote } from '../../shared/text';
import type { CustomField, FieldOption } from '../customField';
import { NameIndex, type Way } from '../nameIndex';
import { yesOrNoIn } from '../typedText';

/** Stands between, before and after the values of a checkbox or listbox field. */
export const DIVIDER = '||';

/** How many of the allowed options a message names. */
const NAMED_OPTIONS = 20;

/** How many unknown ones it names. */
const NAMED_UNKNOWN = 3;

/** By value, then by label, then by either without regard to case and blanks, then by its look. */
const WAYS: ReadonlyArray<Way<FieldOption>> = [
	{ of: ({ value }) => value },
	{ of: ({ label }) => label },
	{ of: ({ value }) => normalizeName(value), text: normalizeName },
	{ of: ({ label }) => normalizeName(label), text: normalizeName },
	{ of: ({ value }) => normalizeLook(value), text: normalizeLook },
	{ of: ({ label }) => normalizeLook(label), text: normalizeLook },
];

/** Made once for each field: a run may have thousands of values for it. */
const indexes = new WeakMap<CustomField, NameIndex<FieldOption>>();

/** The option that a text means. @throws InputError when it means two */
export function findOption(field: CustomField, text: string): FieldOption | undefined {
	const [found, rival] = optionsNamed(field, text);
	if (!found || !rival) return found;
	throw invalidValueError(
		field.name,
		text,
		'matches two options',
		`Use the value of one of them: ${quote(found.value)} or ${quote(rival.value)}`,
	);
}

/** The label of an option, or its value where the label is missing or would be taken for another option. */
export function optionName(field: CustomField, value: string): string {
	const label = field.options.find((option) => option.value === value)?.label.trim() ?? '';
	const [meant, rival] = optionsNamed(field, label);
	return meant?.value === value && !rival ? label : value;
}

/**
 * The value of the option that a yes or no means: the only one that says so itself, or the only option there is, which a no
 * leaves unchosen (''). Undefined if there is none.
 */
export function yesOrNoOption({ options }: CustomField, text: string): string | undefined {
	const answer = yesOrNoIn(text);
	if (answer === undefined) return undefined;
	const [same, rival] = options.filter(
		({ value, label }) => yesOrNoIn(label, true) === answer || yesOrNoIn(value, true) === answer,
	);
	if (same) return rival ? undefined : same.value;
	const [only, other] = options;
	if (!only || other) return undefined;
	return answer ? only.value : '';
}

/** @param texts at least one */
export function noSuchOption(field: CustomField, texts: readonly string[]): InputError {
	const names = field.options.slice(0, NAMED_OPTIONS).map(({ label, value }) => quote(label || value));
	const unknown = texts.slice(0, NAMED_UNKNOWN).map(quote).join(', ');
	return new InputError(
		`${quote(field.name)} has no option ${unknown}${andMore(texts.length - NAMED_UNKNOWN)}`,
		`Use one of its options: ${names.join(', ')}${andMore(field.options.length - names.length)}`,
	);
}

function andMore(count: number): string {
	return count > 0 ? ` and ${count} more` : '';
}

/** The values of what is stored as `||a||b||`. */
export function storedChoices(stored: string): string[] {
	return stored.split(DIVIDER).filter((value) => value !== '');
}

/** The options that a text may mean, one for each value. */
function optionsNamed(field: CustomField, text: string): FieldOption[] {
	const index = indexes.get(field) ?? new NameIndex(field.options, WAYS);
	indexes.set(field, index);
	const found = index.find(text);
	return found.filter(({ value }, place) => found.findIndex((one) => one.value === value) === place);
}
