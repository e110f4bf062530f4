import { catalogOf, expectedOf, HEADING_ROWS, itemOf, type HeadingRow } from '../../corpus/headings';
import { mapItem } from '../../../nodes/ActiveCampaignSync/input/automaticMapping';
import { columnName } from '../../../nodes/ActiveCampaignSync/input/columns';

/** Field by its name on screen → the heading that it is filled from. */
function filledBy(row: HeadingRow): Record<string, string> {
	const catalog = catalogOf(row);
	const { keys, values } = mapItem(itemOf(row), catalog);
	const filled = [...keys].filter(([column]) => values.get(column) !== '');
	return Object.fromEntries(filled.map(([column, key]) => [columnName(column, catalog), key]));
}

describe('Automatic mapping of real exports and form tools', () => {
	it.each(HEADING_ROWS.map((row) => [row.tool, row] as const))(
		'fills from %s every field that it has, and nothing else',
		(_tool, row) => {
			expect(filledBy(row)).toEqual(expectedOf(row));
		},
	);

	it('is tried with at least 60 tools in ten languages, each row with its source', () => {
		expect(new Set(HEADING_ROWS.map(({ tool }) => tool)).size).toBeGreaterThanOrEqual(60);
		expect(new Set(HEADING_ROWS.map(({ language }) => language)).size).toBeGreaterThanOrEqual(10);
		expect(HEADING_ROWS.filter(({ source }) => source === '')).toEqual([]);
	});
});
