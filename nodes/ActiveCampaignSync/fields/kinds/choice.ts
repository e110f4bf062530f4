import type { CustomField } from '../customField';
import { isNothing, withoutMarks } from '../typedText';
import { onlyValue, PLAIN, type FieldKind } from './kind';
import { DIVIDER, findOption, noSuchOption, optionName, storedChoices, yesOrNoOption } from './options';
import { toText } from './text';

/** One option of several: its value is stored, its label shown. Any text where the account lists no options. */
export const choice: FieldKind = {
	...PLAIN,
	types: new Map([
		['dropdown', 'dropdown'],
		['radio', 'radio'],
	]),
	encode: (field, values, { timeZone }) => {
		return encodeChoice(field, toText(field.name, onlyValue(field.name, values), timeZone));
	},
	show: (field, stored) => optionName(field, withoutDividers(stored)),
	isSame: (one, other) => withoutDividers(one) === withoutDividers(other),
	spellings: (stored) => [stored, `${DIVIDER}${stored}${DIVIDER}`],
	// Nothing chosen may be stored as `||`.
	isBlank: (stored) => /^[\s|]*$/.test(stored),
	column: ({ options }) =>
		options.length === 0
			? { type: 'string' }
			: {
					type: 'options',
					options: options.map(({ value, label }) => ({ name: label.trim() || value, value })),
				},
};

function encodeChoice(field: CustomField, given: string): string {
	if (field.options.length === 0) return given;
	const option = findOption(field, given) ?? findOption(field, withoutDividers(given));
	const value = option?.value ?? meantValue(field, given);
	if (value === undefined) throw noSuchOption(field, [given]);
	return value;
}

/** The value that a text means which is not the name of an option, '' for none; undefined if it means nothing known. */
export function meantValue(field: CustomField, given: string): string | undefined {
	const marked = findOption(field, withoutMarks(given))?.value;
	return marked ?? yesOrNoOption(field, given) ?? (isNothing(given) ? '' : undefined);
}

/** Other tools store a single choice in the way of several: `||a||`. */
function withoutDividers(stored: string): string {
	if (!stored.startsWith(DIVIDER) || !stored.endsWith(DIVIDER)) return stored;
	const [first, ...more] = storedChoices(stored);
	return first === undefined || more.length > 0 ? stored : first;
}
