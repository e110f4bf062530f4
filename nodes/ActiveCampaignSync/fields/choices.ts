import { InputError, invalidValueError } from '../shared/failure';
import { normalizeName, quote } from '../shared/text';
import { jsonArrayIn } from '../shared/json';
import { fieldName, type CustomField, type FieldOption } from './customField';

/** Stands between, before and after the values of a checkbox or listbox field. */
const DIVIDER = '||';

/** What people put between several values in one text. In brackets, so that splitting keeps them. */
const SEPARATOR = /([;,\r\n])/;

/** In a text that is split by it, pieces and separators take turns. */
const PIECE_AND_SEPARATOR = 2;

/** How many of the allowed options a message names. */
const NAMED_OPTIONS = 20;

/**
 * The value of one option, for a dropdown or radio field; any text where the account lists no options.
 *
 * @throws InputError when no option matches
 */
export function encodeChoice(field: CustomField, text: string): string {
	if (field.options.length === 0) return text;
	// Other tools store a single choice in the way of several: `||a||`.
	const option = findOption(field, text) ?? findOption(field, onlyPart(text));
	if (!option) throw noSuchOption(field, text);
	return option.value;
}

/**
 * `||a||b||`, for a checkbox or listbox field: each value once, in the order of the account's options. Where the
 * account lists none, whatever is given in the order given. Empty when nothing is chosen.
 *
 * @param given each being an option, or several divided by `||`, `;`, `,` or line ends, or a JSON array of such
 * @throws InputError when something matches no option, or an option's value would read as two
 */
export function encodeChoices(field: CustomField, given: readonly string[]): string {
	const chosen = new Set(given.flatMap((text) => chosenValues(field, text)));
	const ordered = new Set(field.options.map(({ value }) => value).filter((value) => chosen.has(value)));
	const values = [...(field.options.length === 0 ? chosen : ordered)].filter((value) => value !== '');
	for (const value of values) {
		if (value.includes(DIVIDER) || value.startsWith('|') || value.endsWith('|')) {
			throw invalidValueError(
				fieldName(field),
				value,
				"cannot be stored, since ActiveCampaign separates options by '||'",
				"Rename the option in ActiveCampaign: without '||', and without '|' at its start or end",
			);
		}
	}
	return values.length === 0 ? '' : DIVIDER + values.join(DIVIDER) + DIVIDER;
}

/** The values of what is stored as `||a||b||`. */
export function decodeChoices(stored: string): string[] {
	return stored.split(DIVIDER).filter((value) => value !== '');
}

/** What is stored for a single choice, also where it was stored as `||a||`. */
export function decodeChoice(stored: string): string {
	return onlyPart(stored);
}

function onlyPart(text: string): string {
	if (!text.startsWith(DIVIDER) || !text.endsWith(DIVIDER)) return text;
	const [first, ...more] = decodeChoices(text);
	return first === undefined || more.length > 0 ? text : first;
}

function chosenValues(field: CustomField, text: string): string[] {
	const whole = findOption(field, text);
	if (whole) return [whole.value];
	const listed = jsonArrayIn(text)?.filter((one) => one !== null);
	if (listed?.every(isName)) return listed.flatMap((one) => chosenValues(field, String(one)));
	const parts = text.split(DIVIDER);
	if (field.options.length > 0) return parts.flatMap((part) => valuesWithin(field, part));
	const pieces = parts.length > 1 ? parts : text.split(/[;,\r\n]/);
	return pieces.map((piece) => piece.trim());
}

function isName(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

/** A run of pieces, with the separators between them; without an option it is a blank between two separators. */
interface Run {
	readonly start: number;
	readonly length: number;
	readonly option: FieldOption | undefined;
}

/**
 * Options may contain a comma: at each place the longest run of pieces counts that is an option and leaves only options
 * after it. A place that leads nowhere is not tried twice, so that a long text takes no more time than needed.
 */
function valuesWithin(field: CustomField, text: string): string[] {
	const pieces = text.split(SEPARATOR);
	const longestRun = Math.max(
		...field.options.flatMap(({ value, label }) => [runLength(value), runLength(label)]),
	);
	const runs: Run[] = [];
	const deadEnds = new Set<number>();
	let farthest = 0;
	let start = 0;
	while (start < pieces.length) {
		farthest = Math.max(farthest, start);
		let run = deadEnds.has(start) ? undefined : longestRunAt(field, pieces, start, longestRun);
		if (!run) deadEnds.add(start);
		while (!run) {
			const last = runs.pop();
			if (!last) throw noSuchOption(field, (pieces[farthest] ?? '').trim());
			run = longestRunAt(field, pieces, last.start, last.length - PIECE_AND_SEPARATOR);
			if (!run) deadEnds.add(last.start);
		}
		runs.push(run);
		start = run.start + run.length + 1;
	}
	return runs.flatMap(({ option }) => option?.value ?? []);
}

/** The longest run from here that is an option, or a blank. */
function longestRunAt(field: CustomField, pieces: string[], start: number, longest: number): Run | undefined {
	const left = pieces.length - start;
	for (let length = Math.min(longest, left); length > 0; length -= PIECE_AND_SEPARATOR) {
		const text = pieces.slice(start, start + length).join('');
		const option = findOption(field, text);
		const isBlank = length === 1 && text.trim() === '';
		if (option || isBlank) return { start, length, option };
	}
	return undefined;
}

function runLength(text: string): number {
	return text.trim().split(SEPARATOR).length;
}

/** By value, then by label, then by either without regard to case and outer blanks. */
function findOption(field: CustomField, text: string): FieldOption | undefined {
	const wanted = normalizeName(text);
	if (wanted === '') return undefined;
	const ways: Array<(option: FieldOption) => boolean> = [
		({ value }) => value === text,
		({ label }) => label === text,
		({ value }) => normalizeName(value) === wanted,
		({ label }) => normalizeName(label) === wanted,
	];
	for (const way of ways) {
		const [found, ...others] = field.options.filter(way);
		const rival = others.find(({ value }) => value !== found?.value);
		if (found && rival) throw twoOptions(field, text, found, rival);
		if (found) return found;
	}
	return undefined;
}

function twoOptions(field: CustomField, text: string, one: FieldOption, other: FieldOption): InputError {
	return invalidValueError(
		fieldName(field),
		text,
		'matches two options',
		`Use the value of one of them: ${quote(one.value)} or ${quote(other.value)}`,
	);
}

function noSuchOption(field: CustomField, text: string): InputError {
	const names = field.options.slice(0, NAMED_OPTIONS).map(({ label, value }) => quote(label || value));
	const more = field.options.length - names.length;
	return new InputError(
		`${quote(fieldName(field))} has no option ${quote(text)}`,
		`Use one of its options: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
	);
}
