import { FieldCatalog } from '../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import headings from './headings.json';

/**
 * An item as an export or a form tool gives it. The headings are real; the values are made up.
 * A row is added by adding data to `headings.json`.
 */
export interface HeadingRow {
	readonly tool: string;
	/** ISO 639-1. */
	readonly language: string;
	/** Where the headings are described. */
	readonly source: string;
	/** Titles of the account's custom fields. */
	readonly fields: readonly string[];
	/** Heading, value, and the field that it becomes: '' for none, `name` for first and last name. */
	readonly columns: readonly HeadingColumn[];
}

export type HeadingColumn = readonly [heading: string, value: string, field: string];

export const HEADING_ROWS: readonly HeadingRow[] = headings.map(({ columns, ...row }) => ({
	...row,
	columns: columns.map(([heading = '', value = '', field = '']): HeadingColumn => [heading, value, field]),
}));

/** The row as an item of n8n. */
export function itemOf({ columns }: HeadingRow): Record<string, string> {
	return Object.fromEntries(columns.map(([heading, value]) => [heading, value]));
}

/** The account that a row is tried with: all of its fields are texts. */
export function catalogOf({ fields }: HeadingRow): FieldCatalog {
	return new FieldCatalog(
		fields.map((title, index) => ({
			id: String(index + 1),
			title,
			type: 'text',
			personalizationTag: '',
			options: [],
		})),
	);
}

/** Field by its name on screen → the heading that it is filled from. */
export function expectedOf({ columns }: HeadingRow): Record<string, string> {
	const pairs = columns.flatMap(([heading, , field]) => {
		if (field === '') return [];
		const fields = field === 'name' ? ['First Name', 'Last Name'] : [field];
		return fields.map((one) => [one, heading] as const);
	});
	return Object.fromEntries(pairs);
}
