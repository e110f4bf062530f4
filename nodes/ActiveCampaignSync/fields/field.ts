import { idOf, isObject, textOf, type JsonObject } from '../shared/json';
import { groupBy } from '../shared/multiMap';

/** The fields that every contact has besides its email address, by their names in the API. */
export const STANDARD_FIELDS = ['firstName', 'lastName', 'phone'] as const;
export type StandardField = (typeof STANDARD_FIELDS)[number];

/** A column that every contact has. */
type StandardColumn = 'email' | StandardField;

/** The names on screen. */
export const STANDARD_TITLES: Readonly<Record<StandardColumn, string>> = {
	email: 'Email',
	firstName: 'First Name',
	lastName: 'Last Name',
	phone: 'Phone',
};

/** Standard column → its name on screen, the email first. A map, since it is asked for keys that users typed. */
export const STANDARD_COLUMNS: ReadonlyMap<string, string> = new Map(Object.entries(STANDARD_TITLES));

/** One choice of a dropdown, radio, checkbox or listbox field: `value` is sent, `label` is what people see. */
export interface FieldOption {
	readonly value: string;
	readonly label: string;
}

/** A custom field as the account describes it. */
export interface FieldDefinition {
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

/** A custom field of the account. */
export interface CustomField extends FieldDefinition {
	/** What it is called on screen, in messages and in outputs; see `nameFields`. */
	readonly name: string;
}

/**
 * The custom fields of all pages of `GET /fields`.
 *
 * @param rows of `fields`: `{id, title, type, perstag}`, ids as strings or numbers, any of the others missing
 * @param optionRows of `fieldOptions`: `{field, value, label, orderid}`, `field` being the field's id
 * @returns one for each id, in the order of the rows; rows without a numeric id are left out
 */
export function parseFields(rows: readonly unknown[], optionRows: readonly unknown[]): FieldDefinition[] {
	const optionsById = groupBy(optionRows.filter(isObject), (row) => idOf(row['field']));
	const fields = new Map<string, FieldDefinition>();
	for (const row of rows.filter(isObject)) {
		const id = idOf(row['id']);
		// A row added in the account while its pages are read moves others to the next page, so that they come twice.
		if (id === '' || fields.has(id)) continue;
		fields.set(id, {
			id,
			title: verbatim(row['title']),
			type: textOf(row['type']).toLowerCase(),
			personalizationTag: withoutPercentSigns(textOf(row['perstag'])).toUpperCase(),
			options: parseOptions(optionsById.get(id) ?? []),
		});
	}
	return [...fields.values()];
}

/** A field of which only the ID is known. */
export function untypedField(id: string): CustomField {
	return {
		id,
		title: '',
		name: `Custom field ${id}`,
		type: undefined,
		personalizationTag: '',
		options: [],
	};
}

/** `TAG` for `%TAG%`. */
export function withoutPercentSigns(tag: string): string {
	return tag.trim().replace(/^%|%$/g, '').trim();
}

/** Text with its blanks, which may be part of a title or of an option's value. */
export function verbatim(value: unknown): string {
	return typeof value === 'string' ? value : textOf(value);
}

function parseOptions(rows: readonly JsonObject[]): FieldOption[] {
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
