import { quote } from '../shared/text';
import { idOf } from '../shared/json';
import { pushTo } from '../shared/multiMap';
import { columnOfAlias } from './columnAliases';
import { withoutPercentSigns, type CustomField } from '../fields/customField';
import { unambiguousReferences, type FieldCatalog } from '../fields/fieldCatalog';
import { didYouMean, normalizeLabel, searchableName, type SearchableName } from '../fields/fieldNames';
import { STANDARD_COLUMNS } from '../fields/standardFields';

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

/** The one column that a key matches, or else why it matches no column; neither for a key that n8n itself adds. */
interface KeyMatch {
	readonly column?: string;
	/** Whether the key is a common label of the column, not its name. */
	readonly isAlias?: boolean;
	readonly reason?: string;
}

/** A key that matches a column, perhaps with others. */
interface Candidate {
	readonly key: string;
	readonly isAlias: boolean;
}

/** Why a key fills nothing; followed by names that may have been meant. */
const NO_FIELD = 'No field has this name';

/** What n8n's form trigger adds to the form's fields. */
const FORM_TRIGGER_KEYS = new Set(['submittedAt', 'formMode', 'formQueryParameters']);

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

/**
 * The column that a key of a map filled by hand names: a column id, a standard column's name, or a custom field's ID,
 * title or personalization tag. Undefined when there is no such column.
 *
 * @throws InputError when several fields have this title
 */
export function resolveColumn(key: string, catalog: FieldCatalog): string | undefined {
	const field = columnField(key, catalog);
	if (field) return columnId(field);
	const standard = standardColumn(key);
	if (standard !== undefined) return standard;
	const found = catalog.find(key);
	return found && columnId(found);
}

/**
 * Which key of the input fills which column.
 *
 * A key matches the column with this title or personalization tag, without regard to case, blanks, `_`, `-` and marks; or
 * else the standard column for which it is a common label, such as "Telephone". It never matches an ID: a sheet without
 * headings has keys 1, 2, 3, which would overwrite the account's first fields. The names Email, First Name, Last Name
 * and Phone always match the standard columns. A key that is a column's own name goes before common labels: with "Phone"
 * and "Mobile" in one form, "Phone" fills the phone. Nothing else is decided between keys: two that could fill one
 * column leave it empty, and are reported, as is a key that could fill two columns or none. What n8n's form trigger adds
 * is not reported.
 */
export function matchColumns(keys: readonly string[], catalog: FieldCatalog): ColumnMatches {
	const candidates = new Map<string, Candidate[]>();
	const reasons = new Map<string, string>();
	for (const key of keys) {
		const { column, isAlias = false, reason } = matchOf(key, catalog);
		if (column !== undefined) pushTo(candidates, column, { key, isAlias });
		if (reason !== undefined) reasons.set(key, reason);
	}
	const matched = new Map<string, string>();
	for (const [column, rivals] of candidates) {
		const named = rivals.filter(({ isAlias }) => !isAlias);
		const [winner, ...equals] = named.length > 0 ? named : rivals;
		const decided = winner !== undefined && equals.length === 0;
		if (decided) matched.set(column, winner.key);
		const name = quote(columnName(column, catalog));
		const reason = decided
			? `${name} is filled from ${quote(winner.key)}`
			: `Several keys match ${name}: ${rivals.map(({ key }) => quote(key)).join(', ')}`;
		for (const { key } of rivals) {
			if (matched.get(column) !== key) reasons.set(key, reason);
		}
	}
	const unmapped = keys.flatMap((key) => {
		const reason = reasons.get(key);
		if (reason === undefined) return [];
		if (reason !== NO_FIELD) return [{ key, reason }];
		const question = didYouMean(key, unfilledNames(matched, catalog));
		return [{ key, reason: question ? `${reason}. ${question}` : reason }];
	});
	return { matched, unmapped };
}

function matchOf(key: string, catalog: FieldCatalog): KeyMatch {
	const standard = standardColumn(key);
	if (standard !== undefined) return { column: standard };
	const exact = catalog.named(key);
	const fields = exact.length > 0 ? exact : catalog.similar(key);
	const [field, ...others] = fields;
	if (field && others.length === 0) return { column: columnId(field) };
	if (field) {
		return { reason: `Several custom fields have this name: ${unambiguousReferences(fields).join(', ')}` };
	}
	const alias = columnOfAlias(key);
	if (alias !== undefined) return { column: alias, isAlias: true };
	if (FORM_TRIGGER_KEYS.has(key)) return {};
	const isId = idOf(key) !== '' || columnFieldId(key) !== undefined;
	return { reason: isId ? 'Automatic mapping does not use IDs: name the key after the field' : NO_FIELD };
}

function standardColumn(key: string): string | undefined {
	return STANDARD_COLUMN_OF_NAME.get(normalizeLabel(withoutPercentSigns(key)));
}

function columnNames(catalog: FieldCatalog): ReadonlyArray<readonly [string, SearchableName]> {
	const known = knownColumnNames.get(catalog);
	if (known) return known;
	const columns = [
		...STANDARD_COLUMNS,
		...catalog.fields.map((field) => [columnId(field), field.name] as const),
	];
	const names = columns.map(([column, name]) => [column, searchableName(name)] as const);
	knownColumnNames.set(catalog, names);
	return names;
}

const knownColumnNames = new WeakMap<FieldCatalog, ReadonlyArray<readonly [string, SearchableName]>>();

/** The names of the columns that nothing fills. */
function unfilledNames(matched: ReadonlyMap<string, string>, catalog: FieldCatalog): SearchableName[] {
	return columnNames(catalog).flatMap(([column, name]) => (matched.has(column) ? [] : [name]));
}

function columnName(column: string, catalog: FieldCatalog): string {
	return columnField(column, catalog)?.name ?? STANDARD_COLUMNS.get(column) ?? column;
}
