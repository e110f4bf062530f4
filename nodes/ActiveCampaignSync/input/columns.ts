import { normalizeLabel } from '../fields/fieldNames';
import type { FieldCatalog } from '../fields/fieldCatalog';
import { STANDARD_COLUMNS, withoutPercentSigns, type CustomField } from '../fields/field';

const STANDARD_COLUMN_OF_NAME = new Map(
	[...STANDARD_COLUMNS].map(([column, name]) => [normalizeLabel(name), column]),
);

/** The id of a custom field's column, `field_<ID>`: it stays when the title changes. */
export function columnId(field: CustomField): string {
	return `field_${field.id}`;
}

/** `7` for the column `field_7`; undefined for any other column. */
export function columnFieldId(column: string): string | undefined {
	return /^field_(\d+)$/.exec(column)?.[1];
}

/** The custom field behind a column id; undefined for a standard column, and for a field that the account lost. */
export function columnField(column: string, catalog: FieldCatalog): CustomField | undefined {
	return catalog.byId(columnFieldId(column));
}

/** What a column is called on screen. */
export function columnName(column: string, catalog: FieldCatalog): string {
	const field = columnField(column, catalog);
	return field ? field.name : (STANDARD_COLUMNS.get(column) ?? column);
}

/**
 * The column that a key of a map filled by hand names: a column id, a standard column's name, or a custom field's ID,
 * title or personalization tag. Undefined for an unknown column.
 *
 * @throws InputError when several fields have this title
 */
export function resolveColumn(key: string, catalog: FieldCatalog): string | undefined {
	const field = columnField(key, catalog);
	if (field) return columnId(field);
	const standard = STANDARD_COLUMN_OF_NAME.get(normalizeLabel(withoutPercentSigns(key)));
	if (standard !== undefined) return standard;
	const found = catalog.find(key);
	return found && columnId(found);
}
