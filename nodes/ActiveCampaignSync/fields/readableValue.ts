import { encodeChoice } from './choices';
import type { CustomField } from './customField';
import { decodeFieldValue, fieldKind } from './fieldValue';
import { plainDigits } from './numbers';

/** A custom value in the output: an array for checkbox and listbox fields, a number for number and currency fields. */
export type ReadableValue = string | number | string[];

/**
 * A stored value as people read it, and as this node takes it back: choices by their labels, numbers as numbers, since
 * the text `1.234` could be read in two ways.
 */
export function readableValue(field: CustomField, stored: unknown): ReadableValue {
	const value = decodeFieldValue(field, stored);
	if (Array.isArray(value)) return value.map((one) => optionName(field, one));
	switch (fieldKind(field)) {
		case 'choice':
			return optionName(field, value);
		case 'number':
			return exactNumber(value) ?? value;
		default:
			return value;
	}
}

/** The label of an option, or its value where the label is missing or would be taken for another option. */
function optionName(field: CustomField, value: string): string {
	const label = field.options.find((option) => option.value === value)?.label;
	return label !== undefined && leadsTo(field, label, value) ? label : value;
}

function leadsTo(field: CustomField, label: string, value: string): boolean {
	try {
		return encodeChoice(field, label) === value;
	} catch {
		// The label is blank, or two options share it.
		return false;
	}
}

/** Undefined for text that is not a number, or has more digits than a number can hold. */
function exactNumber(text: string): number | undefined {
	const number = Number(text);
	if (!Number.isFinite(number)) return undefined;
	const digits = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
	return plainDigits(number) === digits ? number : undefined;
}
