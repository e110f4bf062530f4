import { invalidValueError } from '../../shared/failure';
import { jsonArrayIn } from '../../shared/json';
import type { CustomField } from '../customField';
import { choice } from './choice';
import { PLAIN, type FieldKind } from './kind';
import { DIVIDER, findOption, noSuchOption, optionName, storedChoices } from './options';
import { toText } from './text';

/** What people put between several values in one text. */
const SEPARATOR = /[;,\r\n]/;

/** Several options: `||a||b||` is stored, their labels are shown. Any texts where the account lists no options. */
export const choices: FieldKind = {
	...choice,
	types: new Map([
		['checkbox', 'multiple choice'],
		['listbox', 'multiple choice'],
		['multiselect', 'multiple choice'],
	]),
	encode: (field, values, timeZone) => {
		const texts = values.map((one) => toText(field.name, one, timeZone));
		return encodeChoices(field, new Set(texts.flatMap((one) => chosenValues(field, one))));
	},
	show: (field, stored) => storedChoices(stored).map((value) => optionName(field, value)),
	isSame: (one, other) => sorted(one) === sorted(other),
	spellings: undefined,
	// n8n has no column for several choices.
	column: PLAIN.column,
};

function sorted(stored: string): string {
	return JSON.stringify(storedChoices(stored).sort());
}

/** Each value once, in the order of the account's options. Where the account lists none, in the order given. */
function encodeChoices({ name, options }: CustomField, chosen: ReadonlySet<string>): string {
	const ordered = new Set(options.map(({ value }) => value).filter((value) => chosen.has(value)));
	const values = [...(options.length === 0 ? chosen : ordered)].filter((value) => value !== '');
	for (const value of values) {
		if (value.includes(DIVIDER) || value.startsWith('|') || value.endsWith('|')) {
			throw invalidValueError(
				name,
				value,
				"cannot be stored, since ActiveCampaign separates options by '||'",
				"Rename the option in ActiveCampaign: without '||', and without '|' at its start or end",
			);
		}
	}
	return values.length === 0 ? '' : DIVIDER + values.join(DIVIDER) + DIVIDER;
}

/** The values of an option, of several divided by `||`, `;`, `,` or line ends, or of a JSON array of such. */
function chosenValues(field: CustomField, given: string): string[] {
	const whole = findOption(field, given);
	if (whole) return [whole.value];
	const listed = jsonArrayIn(given)?.filter((one) => one !== null);
	if (listed?.every(isName)) return listed.flatMap((one) => chosenValues(field, String(one)));
	return field.options.length > 0 ? valuesWithin(field, given) : plainPieces(given);
}

function isName(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

function plainPieces(given: string): string[] {
	const pieces = given.split(given.includes(DIVIDER) ? DIVIDER : SEPARATOR);
	return pieces.map((piece) => piece.trim());
}

/**
 * Options may contain separators themselves: at each place the longest one counts. If the text after it
 * isn't an option, a shorter one is not tried: options that overlap like this are not worth the search.
 */
function valuesWithin(field: CustomField, given: string): string[] {
	const pattern = piecePattern(field);
	return given
		.normalize('NFC')
		.split(DIVIDER)
		.flatMap((part) => part.match(pattern) ?? [])
		.map((piece) => piece.trim())
		.filter((piece) => piece !== '')
		.map((piece) => {
			const option = findOption(field, piece);
			if (!option) throw noSuchOption(field, piece);
			return option.value;
		});
}

/** An option that contains separators, or else what stands between two separators. */
function piecePattern({ options }: CustomField): RegExp {
	const names = options
		.flatMap(({ value, label }) => [value, label])
		.filter((name) => SEPARATOR.test(name))
		.map((name) =>
			name
				.trim()
				.normalize('NFC')
				.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
		)
		.sort((one, other) => other.length - one.length);
	if (names.length === 0) return /[^;,\r\n]+/g;
	const blanks = String.raw`[^\S\r\n]*`;
	return new RegExp(`${blanks}(?:${names.join('|')})(?=${blanks}(?:[;,\r\n]|$))|[^;,\r\n]+`, 'giu');
}
