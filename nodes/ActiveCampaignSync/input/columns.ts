import type { FieldCatalog } from '../fields/fieldCatalog';
import { STANDARD_COLUMNS, withoutPercentSigns, type CustomField } from '../fields/field';

/** A standard column's name without regard to blanks and capitals. */
const fold = (name: string): string =>
	name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_-]+/g, '');

const STANDARD_COLUMN_OF_NAME = new Map([...STANDARD_COLUMNS].map(([column, name]) => [fold(name), column]));

/** The id of a custom field's column, `field_<ID>`: it stays when the title changes. */
export function columnId(field: CustomField): string {
	return `field_${field.id}`;
}

/** `7` for the column `field_7`; undefined for any other column. */
export function columnFieldId(column: string): string | undefined {
	return /^field_(\d+)$/.exec(column)?.[1];
}

/** What a column is called on screen. */
export function columnName(column: string, catalog: FieldCatalog): string {
	const field = catalog.byId(columnFieldId(column));
	return field ? field.name : (STANDARD_COLUMNS.get(column) ?? column);
}

/** The standard column that a key names, such as `First Name` or `first_name` for `firstName`; undefined for any other. */
export function standardColumn(key: string): string | undefined {
	return STANDARD_COLUMN_OF_NAME.get(fold(withoutPercentSigns(key)));
}
