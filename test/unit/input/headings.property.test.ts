import fc from 'fast-check';

import { catalogOf, expectedOf, HEADING_ROWS, type HeadingRow } from '../../corpus/headings';
import { mapItem, mapKeys } from '../../../nodes/ActiveCampaignSync/input/automaticMapping';
import { columnId, columnName } from '../../../nodes/ActiveCampaignSync/input/columns';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { STANDARD_COLUMNS } from '../../../nodes/ActiveCampaignSync/fields/field';
import { textField } from '../fields/customFields';

/** What people and tools put around a heading, or do to it. */
const DECORATIONS: ReadonlyArray<(heading: string) => string> = [
	(heading) => heading,
	(heading) => heading.toUpperCase(),
	(heading) => heading.toLowerCase(),
	(heading) => heading.replaceAll(' ', '_'),
	(heading) => heading.replaceAll(' ', '  '),
	(heading) => ` ${heading} `,
	(heading) => `3. ${heading}`,
	(heading) => `Q12: ${heading}`,
	(heading) => `${heading} *`,
	(heading) => `* ${heading}`,
	(heading) => `${heading} (required)`,
	(heading) => `${heading} (Optional)`,
	(heading) => `${heading}?`,
	(heading) => `${heading}:`,
	(heading) => `📧 ${heading}`,
];

/** Columns that no row of the corpus has and that are nobody's. */
const OTHERS = [
	'T-shirt size',
	'Email status',
	'Shipping Phone',
	'Parent email',
	'How did you hear?',
	'Score',
];

/** Rows of which no two columns fill one field, so that no order among them matters. */
const row = fc.constantFrom(...HEADING_ROWS);

interface Variant {
	readonly row: HeadingRow;
	/** Heading in the item → heading in the corpus. */
	readonly originals: ReadonlyMap<string, string>;
	readonly item: Readonly<Record<string, string>>;
}

const variant: fc.Arbitrary<Variant> = row.chain((original) =>
	fc
		.tuple(
			fc.array(fc.constantFrom(...DECORATIONS), {
				minLength: original.columns.length,
				maxLength: original.columns.length,
			}),
			fc.shuffledSubarray(
				original.columns.map((_, index) => index),
				{ minLength: original.columns.length },
			),
			fc.subarray(OTHERS),
		)
		.map(([decorations, order, others]) => {
			const columns = order.flatMap((index) => {
				const [heading = '', value = ''] = original.columns[index] ?? [];
				return [[decorations[index]?.(heading) ?? heading, heading, value] as const];
			});
			const added = others.map((heading) => [heading, heading, 'x@example.com 12345'] as const);
			const all = [...columns, ...added];
			return {
				row: original,
				originals: new Map(all.map(([decorated, heading]) => [decorated, heading])),
				item: Object.fromEntries(all.map(([decorated, , value]) => [decorated, value])),
			};
		}),
);

const folded = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

describe('The headings of a row', () => {
	it('fill the same fields in any order, case and spelling, whatever is put around them and beside them', () => {
		fc.assert(
			fc.property(variant, ({ row: original, originals, item }) => {
				const catalog = catalogOf(original);
				const { keys, values } = mapItem(item, catalog);
				const filled = [...keys].filter(([column]) => values.get(column) !== '');
				expect(
					Object.fromEntries(
						filled.map(([column, key]) => [columnName(column, catalog), originals.get(key)]),
					),
				).toEqual(expectedOf(original));
			}),
			{ numRuns: 300 },
		);
	});

	it('fill only the column that they name, where they name one', () => {
		const headings = [...new Set(HEADING_ROWS.flatMap(({ columns }) => columns.map(([heading]) => heading)))];
		const heading = fc.constantFrom(...headings);
		fc.assert(
			fc.property(
				fc.uniqueArray(heading, { minLength: 1, maxLength: 12 }),
				fc.uniqueArray(heading, { maxLength: 8 }),
				(given, titles) => {
					const catalog = new FieldCatalog(titles.map((title, index) => textField(String(index + 1), title)));
					const { keys } = mapKeys(
						new Map(given.map((key) => [key, 'Ann Lee a@example.com 12345'])),
						catalog,
					);
					for (const [column, key] of keys) {
						const [named] = catalog.named(key);
						const standard = [...STANDARD_COLUMNS].find(([, name]) => folded(name) === folded(key));
						const own = standard?.[0] ?? (named && columnId(named));
						if (own !== undefined) expect(column).toBe(own);
					}
				},
			),
			{ numRuns: 300 },
		);
	});
});
