import { fieldName, type CustomField } from './customField';
import type { FieldCatalog } from './fieldCatalog';

/**
 * What a custom field's value stands under in the output: its title, with the ID where that alone would not lead back to
 * the field, e.g. `Company (7)`.
 */
export function fieldKey(field: CustomField, catalog: FieldCatalog): string {
	const name = fieldName(field);
	// A field that the catalog does not have is called by its ID anyway.
	return fieldOfKey(name, catalog) === field || !catalog.byId(field.id) ? name : `${name} (${field.id})`;
}

/** The field behind a key of the output; undefined for a key that no field of the account has. */
export function fieldOfKey(key: string, catalog: FieldCatalog): CustomField | undefined {
	const [field, ...others] = catalog.named(key);
	if (field && others.length === 0) return field;
	const [, name, id] = /^(.*) \((\d+)\)$/s.exec(key) ?? [];
	const withId = catalog.byId(id);
	return withId && fieldName(withId) === name ? withId : undefined;
}
