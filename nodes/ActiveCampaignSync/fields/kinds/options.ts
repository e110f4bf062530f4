import { InputError, invalidValueError } from '../../shared/failure';
import { normalizeName, quote } from '../../shared/text';
import type { CustomField, FieldOption } from '../customField';
import { NameIndex, type Way } from '../nameIndex';

/** Stands between, before and after the values of a checkbox or listbox field. */
export const DIVIDER = '||';

/** How many of the allowed options a message names. */
const NAMED_OPTIONS = 20;

/** By value, then by label, then by either without regard to case and outer blanks. */
const WAYS: ReadonlyArray<Way<FieldOption>> = [
	{ of: ({ value }) => value },
	{ of: ({ label }) => label },
	{ of: ({ value }) => normalizeName(value), text: normalizeName },
	{ of: ({ label }) => normalizeName(label), text: normalizeName },
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

export function noSuchOption(field: CustomField, text: string): InputError {
	const names = field.options.slice(0, NAMED_OPTIONS).map(({ label, value }) => quote(label || value));
	const more = field.options.length - names.length;
	return new InputError(
		`${quote(field.name)} has no option ${quote(text)}`,
		`Use one of its options: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
	);
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
