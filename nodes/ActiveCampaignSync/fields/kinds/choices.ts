import { InputError, inputErrorOf, invalidValueError } from '../../shared/failure';
import { jsonArrayIn } from '../../shared/json';
import { oncePer } from '../../shared/memo';
import { normalizeLook, normalizeName, quote } from '../../shared/text';
import type { CustomField, FieldOption } from '../field';
import { onlyValue, PLAIN, type FieldKind } from './kind';
import { toText } from './text';
import { NameIndex, type Way } from '../fieldNames';
import { isNothing, withoutMarks, yesOrNoIn } from '../typedText';

/** Stands between, before and after the values of a checkbox or listbox field. */
const DIVIDER = '||';

/** One option of several: its value is stored, its label shown. Any text where the account lists no options. */
export const choice: FieldKind = {
	...PLAIN,
	types: new Map([
		['dropdown', 'dropdown'],
		['radio', 'radio'],
	]),
	encode: (field, values, rules) =>
		encodeChoice(field, toText(field.name, onlyValue(field.name, values), rules)),
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
function meantValue(field: CustomField, given: string): string | undefined {
	const marked = findOption(field, withoutMarks(given))?.value;
	return marked ?? yesOrNoOption(field, given) ?? (isNothing(given) ? '' : undefined);
}

/** Other tools store a single choice in the way of several: `||a||`. */
function withoutDividers(stored: string): string {
	if (!stored.startsWith(DIVIDER) || !stored.endsWith(DIVIDER)) return stored;
	const [first, ...more] = storedChoices(stored);
	return first === undefined || more.length > 0 ? stored : first;
}

/** What people put between several values in one text. */
const SEPARATOR = /\r\n|[;,\r\n]/;
/** Keeps the separators among the pieces, at odd places. */
const KEPT_SEPARATOR = new RegExp(`(${SEPARATOR.source})`);

/** Several options: `||a||b||` is stored, their labels are shown. Any texts where the account lists no options. */
export const choices: FieldKind = {
	...choice,
	types: new Map([
		['checkbox', 'multiple choice'],
		['listbox', 'multiple choice'],
		['multiselect', 'multiple choice'],
	]),
	encode: (field, values, rules) => {
		const chosen = new Choices(field);
		for (const value of values) chosen.add(toText(field.name, value, rules));
		return chosen.encode();
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

/** The options that several texts name, and what none of them has. */
class Choices {
	private readonly values = new Set<string>();
	private readonly unknown = new Set<string>();
	/** What was looked for, and whether it is an option: a long text may repeat a few pieces very often. */
	private readonly known = new Map<string, boolean>();
	private failure: InputError | undefined;

	constructor(private readonly field: CustomField) {}

	/** Takes an option, several divided by `||`, `;`, `,` or line ends, or a JSON array of such. */
	add(given: string): void {
		const { field } = this;
		if (this.addOption(given)) return;
		const listed = jsonArrayIn(given)?.filter((one) => one !== null);
		if (listed?.every(isName)) for (const one of listed) this.add(String(one));
		else if (field.options.length === 0) this.addPieces(given);
		else for (const part of given.split(DIVIDER)) this.addPart(part);
	}

	/**
	 * Each option once, in the account's order. Where the account lists none, in the order given.
	 * @throws InputError for texts that name no option, and for options that cannot be stored; the others are `usable`
	 */
	encode(): string {
		const { field, values, unknown } = this;
		const ordered = new Set(field.options.map(({ value }) => value).filter((value) => values.has(value)));
		const all = [...(field.options.length === 0 ? values : ordered)].filter((value) => value !== '');
		const unstorable = all.find(isUnstorable);
		const usable = encodeAll(all.filter((value) => !isUnstorable(value)));
		const failure = unknown.size > 0 ? noSuchOption(field, [...unknown]) : this.failure;
		if (failure) throw failure.with({ details: { usable } });
		if (unstorable === undefined) return usable;
		throw invalidValueError(
			field.name,
			unstorable,
			"cannot be stored, since ActiveCampaign separates options by '||'",
			"Rename the option in ActiveCampaign: without '||', and without '|' at its start or end",
		).with({ details: { usable } });
	}

	private addPieces(given: string): void {
		for (const piece of given.split(given.includes(DIVIDER) ? DIVIDER : SEPARATOR)) {
			this.values.add(piece.trim());
		}
	}

	/**
	 * Options may contain separators themselves: at each place the longest one counts. If the text after it isn't an option, a
	 * shorter one is not tried: options that overlap like this are not worth the search.
	 */
	private addPart(part: string): void {
		const { field } = this;
		const pieces = part.split(KEPT_SEPARATOR);
		const lengths = longOptions(field);
		for (let at = 0; at < pieces.length; at += 2) {
			const piece = pieces[at] ?? '';
			const isBlank = piece.trim() === '';
			const counts = lengths.size === 0 ? undefined : lengths.get(isBlank ? '' : normalizeLook(piece));
			const long = counts?.find((count) => this.addOption(pieces.slice(at, at + count).join('')));
			if (long !== undefined) at += long - 1;
			else if (!isBlank && !this.addOption(piece)) this.addOther(piece.trim());
		}
	}

	private addOption(text: string): boolean {
		const isKnown = this.known.get(text);
		if (isKnown !== undefined) return isKnown;
		const isOption = this.tryOption(text);
		this.known.set(text, isOption);
		return isOption;
	}

	private tryOption(text: string): boolean {
		try {
			const option = findOption(this.field, text);
			if (option) this.values.add(option.value);
			return option !== undefined;
		} catch (thrown) {
			this.failure ??= inputErrorOf(thrown);
			return true;
		}
	}

	private addOther(piece: string): void {
		if (this.unknown.has(piece)) return;
		const value = meantValue(this.field, piece);
		if (value === undefined) this.unknown.add(piece);
		else this.values.add(value);
	}
}

/** Options that contain separators: their first piece → of how many pieces, separators included, they consist, longest first. */
const longOptions = oncePer((field: CustomField): ReadonlyMap<string, readonly number[]> => {
	const counts = new Map<string, Set<number>>();
	for (const name of field.options.flatMap(({ value, label }) => [value, label])) {
		const pieces = name.split(KEPT_SEPARATOR);
		const first = normalizeLook(pieces[0] ?? '');
		if (pieces.length > 1) counts.set(first, (counts.get(first) ?? new Set()).add(pieces.length));
	}
	return new Map([...counts].map(([first, of]) => [first, [...of].sort((one, other) => other - one)]));
});

function encodeAll(values: readonly string[]): string {
	return values.length === 0 ? '' : DIVIDER + values.join(DIVIDER) + DIVIDER;
}

function isUnstorable(value: string): boolean {
	return value.includes(DIVIDER) || value.startsWith('|') || value.endsWith('|');
}

function isName(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

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

const indexOf = oncePer(({ options }: CustomField) => new NameIndex(options, WAYS));

/** The option that a text means. @throws InputError when it means two */
function findOption(field: CustomField, text: string): FieldOption | undefined {
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
function optionName(field: CustomField, value: string): string {
	const label = field.options.find((option) => option.value === value)?.label.trim() ?? '';
	const [meant, rival] = optionsNamed(field, label);
	return meant?.value === value && !rival ? label : value;
}

/**
 * The value of the option that a yes or no means: the only one that says so itself, or the only option there is, which a no
 * leaves unchosen (''). Undefined if there is none.
 */
function yesOrNoOption({ options }: CustomField, text: string): string | undefined {
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
function noSuchOption(field: CustomField, texts: readonly string[]): InputError {
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
	const found = indexOf(field).find(text);
	return found.filter(({ value }, place) => found.findIndex((one) => one.value === value) === place);
}
