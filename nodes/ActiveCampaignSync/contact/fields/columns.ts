import { quote } from '../../shared/inputError';
import { columnOfAlias } from './columnAliases';
import { fieldName, foldName, withoutPercentSigns, type CustomField } from './customField';
import { unambiguousReferences, type FieldCatalog } from './fieldCatalog';
import { STANDARD_COLUMNS } from './standardFields';

/** A key of the input that fills no column, and why. */
export interface UnmappedKey {
	readonly key: string;
	readonly reason: string;
}

export interface ColumnMatches {
	/** Column id → the key of the input that fills it. */
	readonly matched: Map<string, string>;
	/** In the order of the input. */
	readonly unmapped: UnmappedKey[];
}

/** The one column that a key means, or else why it fills none; neither for what n8n itself adds. */
interface Meaning {
	readonly column?: string;
	/** Whether the key is what the column itself is called. */
	readonly named: boolean;
	readonly reason?: string;
}

interface Claim {
	readonly key: string;
	readonly named: boolean;
}

/** What n8n's form trigger adds to the answers. */
const FORM_TRIGGER_KEYS = new Set(['submittedAt', 'formMode', 'formQueryParameters']);

const STANDARD_COLUMN_OF_NAME = new Map(
	[...STANDARD_COLUMNS].map(([column, name]) => [foldName(name), column]),
);

/** The id of a custom field's column, `field_<id>`: it survives a new title. */
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

/**
 * The column that a key of a map filled by hand means: a column id, a standard column's name, or a custom field's id,
 * title or personalization tag. Undefined when there is none such: `FieldCatalog.unknownField` says so.
 *
 * @throws InputError when several fields have this title
 */
export function resolveColumn(key: string, catalog: FieldCatalog): string | undefined {
	const certain = certainColumn(key, catalog);
	if (certain !== undefined) return certain;
	const field = catalog.find(key);
	return field && columnId(field);
}

/**
 * Which key of the input fills which column.
 *
 * A key means a column that is called so, by id, title or personalization tag, without regard to case, blanks, `_`,
 * `-` and marks; or else the standard column for which it is an everyday label, such as "Telephone". The names Email,
 * First Name, Last Name and Phone always mean the standard columns. A key that is a column's own name goes before
 * everyday labels: with "Phone" and "Mobile" in one form, "Phone" fills the phone. Nothing else is decided between keys:
 * two that could fill one column leave it empty, and are reported, as is a key that could fill two columns or none.
 * What n8n's form trigger adds is not reported.
 */
export function matchColumns(keys: readonly string[], catalog: FieldCatalog): ColumnMatches {
	const claims = new Map<string, Claim[]>();
	const reasons = new Map<string, string>();
	for (const key of keys) {
		const { column, named, reason } = meaningOf(key, catalog);
		if (column !== undefined) claims.set(column, [...(claims.get(column) ?? []), { key, named }]);
		if (reason !== undefined) reasons.set(key, reason);
	}
	const matched = new Map<string, string>();
	for (const [column, rivals] of claims) {
		const named = rivals.filter((claim) => claim.named);
		const [winner, ...equals] = named.length > 0 ? named : rivals;
		const decided = winner !== undefined && equals.length === 0;
		if (decided) matched.set(column, winner.key);
		const name = quote(columnName(column, catalog));
		const reason = decided
			? `${name} is filled from ${quote(winner.key)}`
			: `Several keys mean ${name}: ${rivals.map(({ key }) => quote(key)).join(', ')}`;
		for (const { key } of rivals) {
			if (matched.get(column) !== key) reasons.set(key, reason);
		}
	}
	const unmapped = keys.flatMap((key) => {
		const reason = reasons.get(key);
		return reason === undefined ? [] : [{ key, reason }];
	});
	return { matched, unmapped };
}

function meaningOf(key: string, catalog: FieldCatalog): Meaning {
	const certain = certainColumn(key, catalog);
	if (certain !== undefined) return { column: certain, named: true };
	const exact = catalog.candidates(key);
	const fields = exact.length > 0 ? exact : catalog.similar(key);
	const [field, ...others] = fields;
	if (field && others.length === 0) return { column: columnId(field), named: true };
	if (field) {
		return {
			named: true,
			reason: `Several custom fields have this name: ${unambiguousReferences(fields).join(', ')}`,
		};
	}
	const everyday = columnOfAlias(key);
	if (everyday !== undefined) return { column: everyday, named: false };
	return { named: false, reason: FORM_TRIGGER_KEYS.has(key) ? undefined : 'No column has this name' };
}

function certainColumn(key: string, catalog: FieldCatalog): string | undefined {
	if (columnField(key, catalog)) return key;
	return STANDARD_COLUMN_OF_NAME.get(foldName(withoutPercentSigns(key)));
}

function columnName(column: string, catalog: FieldCatalog): string {
	const field = columnField(column, catalog);
	return field ? fieldName(field) : (STANDARD_COLUMNS.get(column) ?? column);
}
