import { InputError, quote } from '../../shared/inputError';

/** One choice of a dropdown, radio, checkbox or listbox field: `value` is sent, `label` is what people see. */
export interface FieldOption {
	readonly value: string;
	readonly label: string;
}

/** A custom field of the account. */
export interface CustomField {
	/** Digits. */
	readonly id: string;
	/** As the account holds it: any text, also empty, and not unique. */
	readonly title: string;
	/** Lower-case, such as `text` or `listbox`; empty when the account gives none. */
	readonly type: string;
	/** Upper-case, without the `%` around it; empty when the account gives none. */
	readonly personalizationTag: string;
	/** In the account's order. */
	readonly options: readonly FieldOption[];
}

/** How many fields with a similar title a message suggests. */
const SUGGESTIONS = 3;

/** Titles that share less than this, in characters, are not similar. */
const SUGGESTION_CHARS = 3;

/**
 * The custom fields of all pages of `GET /fields`.
 *
 * @param fields rows of `fields`: `{id, title, type, perstag}`, ids as strings or numbers, any of the others missing
 * @param fieldOptions rows of `fieldOptions`: `{field, value, label, orderid}`, `field` being the field's id
 * @returns one for each id, in the order of the rows; rows without a numeric id are left out
 */
export function toCustomFields(fields: unknown[], fieldOptions: unknown[]): CustomField[] {
	const options = optionsByField(fieldOptions);
	const customFields = new Map<string, CustomField>();
	for (const row of fields) {
		if (!isRow(row)) continue;
		const id = text(row.id).trim();
		// A row added in the account while its pages are read moves others to the next page, so that they come twice.
		if (!/^\d+$/.test(id) || customFields.has(id)) continue;
		customFields.set(id, {
			id,
			title: text(row.title),
			type: text(row.type).trim().toLowerCase(),
			personalizationTag: withoutPercentSigns(text(row.perstag)).toUpperCase(),
			options: options.get(id) ?? [],
		});
	}
	return [...customFields.values()];
}

/** What to call a field in a message or on screen: its title, or else its tag, or else its id. */
export function fieldName(field: CustomField): string {
	if (field.title.trim() !== '') return field.title;
	return field.personalizationTag === '' ? `Custom field ${field.id}` : `%${field.personalizationTag}%`;
}

/**
 * A name without what differs from form to form: case, blanks, `_`, `-`, and the marks around a question. Signs that
 * carry a meaning stay: `Rate (%)` is not `Rate ($)`.
 */
export function foldName(name: string): string {
	return name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_\-–—:*?!.,;'’"“”()[\]]+/g, '');
}

/** The custom fields of one account, found by whatever a user calls them. */
export class FieldCatalog {
	/** In the account's order. */
	readonly fields: readonly CustomField[];

	private readonly ids = new Map<string, CustomField>();
	private readonly titles = new Map<string, CustomField[]>();
	private readonly looseTitles = new Map<string, CustomField[]>();
	private readonly foldedTitles = new Map<string, CustomField[]>();
	private readonly foldedTags = new Map<string, CustomField[]>();
	private readonly tags = new Map<string, CustomField[]>();

	constructor(fields: readonly CustomField[]) {
		this.fields = fields;
		for (const field of fields) {
			this.ids.set(field.id, field);
			add(this.titles, field.title, field);
			add(this.looseTitles, loose(field.title), field);
			add(this.tags, field.personalizationTag, field);
			add(this.foldedTitles, foldName(field.title), field);
			add(this.foldedTags, foldName(field.personalizationTag), field);
		}
	}

	/** @param id digits, also as a number */
	byId(id: string | number): CustomField | undefined {
		return this.ids.get(String(id));
	}

	/**
	 * All fields that a reference may mean: none when it is unknown, several when it is a title that fields share.
	 *
	 * Looked up as an id, as a title to the letter, as a personalization tag (`TAG` or `%TAG%`), as a title without
	 * regard to case and outer blanks, and as a tag without regard to case; the first that finds any field decides.
	 */
	candidates(reference: unknown): readonly CustomField[] {
		const typed = text(reference);
		const trimmed = typed.trim();
		if (trimmed === '') return [];
		const withId = this.ids.get(trimmed);
		if (withId) return [withId];
		const tag = withoutPercentSigns(trimmed);
		return (
			this.titles.get(typed) ??
			(tag === '' ? undefined : this.tags.get(tag)) ??
			this.looseTitles.get(loose(trimmed)) ??
			(tag === '' ? undefined : this.tags.get(tag.toUpperCase())) ??
			[]
		);
	}

	/** All fields with this title, or else with this tag, as far as `foldName` can tell. */
	similar(name: string): readonly CustomField[] {
		const folded = foldName(name);
		if (folded === '') return [];
		return this.foldedTitles.get(folded) ?? this.foldedTags.get(folded) ?? [];
	}

	/**
	 * The field that an id, a title or a personalization tag means, or undefined when the account has none such.
	 *
	 * @throws InputError when several fields have this title
	 */
	find(reference: unknown): CustomField | undefined {
		const candidates = this.candidates(reference);
		if (candidates.length > 1) throw sharedTitleError(text(reference), candidates);
		return candidates[0];
	}

	/**
	 * The field that an id, a title or a personalization tag means.
	 *
	 * @throws InputError when several fields have this title, or none is found
	 */
	resolve(reference: unknown): CustomField {
		const field = this.find(reference);
		if (!field) throw this.unknownField(reference);
		return field;
	}

	/** What to throw, or to note in the output, about a reference for which `find` gave nothing. */
	unknownField(reference: unknown): InputError {
		const typed = text(reference);
		if (typed.trim() === '') {
			return new InputError('No custom field is chosen', "Choose one in 'Field', or remove the row");
		}
		const near = this.nearTitles(typed);
		const suggestion = near.length > 0 ? `Did you mean ${near.map(quote).join(' or ')}? ` : '';
		return new InputError(
			`The account has no custom field ${quote(typed)}`,
			`${suggestion}Give the field's id, title or personalization tag, or set 'Unknown Fields' to 'Skip'`,
			typed,
		);
	}

	private nearTitles(typed: string): string[] {
		const wanted = foldName(typed);
		const near = this.fields.filter(({ title }) => {
			const folded = foldName(title);
			const [short, long] = folded.length < wanted.length ? [folded, wanted] : [wanted, folded];
			return short.length >= SUGGESTION_CHARS && long.includes(short);
		});
		return near.slice(0, SUGGESTIONS).map(({ title }) => title);
	}
}

/** Says that fields share a title, and what each of them can be called instead. */
export function sharedTitleError(title: string, fields: readonly CustomField[]): InputError {
	return new InputError(
		`${fields.length} custom fields are called ${quote(title)}`,
		`Give the id or the personalization tag instead of the title: ${unambiguousReferences(fields).join(', ')}`,
		title,
	);
}

/** What fields that share a title can be called instead, e.g. `id 40 (%TWIN%)`. */
export function unambiguousReferences(fields: readonly CustomField[]): string[] {
	return fields.map(({ id, personalizationTag }) =>
		personalizationTag === '' ? `id ${id}` : `id ${id} (%${personalizationTag}%)`,
	);
}

function optionsByField(rows: unknown[]): Map<string, FieldOption[]> {
	const found = new Map<string, Array<FieldOption & { order: number }>>();
	for (const row of rows) {
		if (!isRow(row)) continue;
		const value = text(row.value ?? row.label);
		const label = text(row.label ?? row.value);
		if (value === '' && label === '') continue;
		const order = Number.parseInt(text(row.orderid), 10);
		add(found, text(row.field).trim(), { value, label, order });
	}
	const options = new Map<string, FieldOption[]>();
	for (const [field, unsorted] of found) {
		// An order that only some options have says nothing about the others.
		const ordered = unsorted.some(({ order }) => Number.isNaN(order))
			? unsorted
			: unsorted.sort((a, b) => a.order - b.order);
		options.set(
			field,
			ordered.map(({ value, label }) => ({ value, label })),
		);
	}
	return options;
}

function add<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
	const items = map.get(key);
	if (items) items.push(item);
	else map.set(key, [item]);
}

function isRow(row: unknown): row is Record<string, unknown> {
	return typeof row === 'object' && row !== null;
}

/** Ids and orders come as strings or numbers. */
function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function loose(title: string): string {
	return title.trim().toLowerCase();
}

/** `TAG` for `%TAG%`. */
export function withoutPercentSigns(tag: string): string {
	return tag.trim().replace(/^%|%$/g, '').trim();
}
