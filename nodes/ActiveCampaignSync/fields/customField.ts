import { idOf, isObject, textOf, type JsonObject } from '../shared/json';

/** One choice of a dropdown, radio, checkbox or listbox field: `value` is sent, `label` is what people see. */
export interface FieldOption {
	readonly value: string;
	readonly label: string;
}

/** A custom field of the account. */
export interface CustomField {
	/** Digits. */
	readonly id: string;
	/** As in the account: any text, perhaps empty, not unique. */
	readonly title: string;
	/** Lower-case, such as `text` or `listbox`; empty when the account gives no type, undefined when it was not asked. */
	readonly type: string | undefined;
	/** Upper-case, without the `%` around it; empty when the field has no tag. */
	readonly personalizationTag: string;
	/** In the account's order. */
	readonly options: readonly FieldOption[];
}

/**
 * The custom fields of all pages of `GET /fields`.
 *
 * @param fields rows of `fields`: `{id, title, type, perstag}`, ids as strings or numbers, any of the others missing
 * @param fieldOptions rows of `fieldOptions`: `{field, value, label, orderid}`, `field` being the field's id
 * @returns one for each id, in the order of the rows; rows without a numeric id are left out
 */
export function toCustomFields(fields: readonly unknown[], fieldOptions: readonly unknown[]): CustomField[] {
	const options = optionsByField(fieldOptions);
	const customFields = new Map<string, CustomField>();
	for (const row of fields.filter(isObject)) {
		const id = idOf(row['id']);
		// A row added in the account while its pages are read moves others to the next page, so that they come twice.
		if (id === '' || customFields.has(id)) continue;
		customFields.set(id, {
			id,
			title: verbatim(row['title']),
			type: textOf(row['type']).toLowerCase(),
			personalizationTag: withoutPercentSigns(textOf(row['perstag'])).toUpperCase(),
			options: options.get(id) ?? [],
		});
	}
	return [...customFields.values()];
}

/** A field of which only the ID is known, since the account's fields could not be read. */
export function untypedField(id: string): CustomField {
	return { id, title: '', type: undefined, personalizationTag: '', options: [] };
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
export function normalizeLabel(name: string): string {
	return name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_\-–—:*?!.,;'’"“”()[\]]+/g, '');
}

/** `TAG` for `%TAG%`. */
export function withoutPercentSigns(tag: string): string {
	return tag.trim().replace(/^%|%$/g, '').trim();
}

function optionsByField(rows: readonly unknown[]): Map<string, FieldOption[]> {
	const rowsByField = new Map<string, JsonObject[]>();
	for (const row of rows.filter(isObject)) {
		const id = idOf(row['field']);
		if (id !== '') pushTo(rowsByField, id, row);
	}
	return new Map([...rowsByField].map(([id, ofField]) => [id, toOptions(ofField)]));
}

function toOptions(rows: readonly JsonObject[]): FieldOption[] {
	const unsorted = rows
		.map((row) => ({
			value: verbatim(row['value'] ?? row['label']),
			label: verbatim(row['label'] ?? row['value']),
			order: Number.parseInt(textOf(row['orderid']), 10),
		}))
		.filter(({ value, label }) => value !== '' || label !== '');
	// An order that only some options have says nothing about the others.
	const sorted = unsorted.some(({ order }) => Number.isNaN(order))
		? unsorted
		: unsorted.sort((a, b) => a.order - b.order);
	return sorted.map(({ value, label }) => ({ value, label }));
}

/** Adds an item to the list of its key. */
export function pushTo<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
	const items = map.get(key);
	if (items) items.push(item);
	else map.set(key, [item]);
}

/** Text with its blanks, which may be part of a title or of an option's value. */
export function verbatim(value: unknown): string {
	return typeof value === 'string' ? value : textOf(value);
}
