import fc from 'fast-check';

import { toCustomFields } from '../../../nodes/ActiveCampaignSync/fields/customField';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { fieldKey, fieldOfKey } from '../../../nodes/ActiveCampaignSync/fields/fieldKeys';

const catalogOf = (...rows: Array<{ id: string; title: string; perstag?: string }>) =>
	new FieldCatalog(toCustomFields(rows, []));

describe('fieldKey', () => {
	it.each([
		['the title', [{ id: '1', title: 'Company' }], ['Company']],
		['the tag of a field without a title', [{ id: '1', title: ' ', perstag: 'SECRET' }], ['%SECRET%']],
		[
			'title and ID where fields share the title',
			[
				{ id: '1', title: 'Twin' },
				{ id: '2', title: 'Twin' },
			],
			['Twin (1)', 'Twin (2)'],
		],
		[
			'the title alone where titles differ in case',
			[
				{ id: '1', title: 'Twin' },
				{ id: '2', title: 'twin' },
			],
			['Twin', 'twin'],
		],
	])('is %s', (_name, rows, keys) => {
		const catalog = catalogOf(...rows);

		expect(catalog.fields.map((field) => fieldKey(field, catalog))).toEqual(keys);
	});

	it('leads back to the field, whatever the fields of the account are called', () => {
		const title = fc.constantFrom('A', 'a', ' A', 'A (1)', 'A (2)', '', '%B%', 'B', '7', 'Phone');
		const rows = fc
			.array(fc.record({ title, perstag: fc.constantFrom('', 'B', 'C') }), { minLength: 1, maxLength: 4 })
			.map((fields) => fields.map((field, index) => ({ id: String(index + 1), ...field })));
		fc.assert(
			fc.property(rows, (fields) => {
				const catalog = catalogOf(...fields);
				for (const field of catalog.fields) {
					const found = fieldOfKey(fieldKey(field, catalog), catalog);
					// A field may be called just as another one with its ID: the title of that one goes first.
					const key = fieldKey(field, catalog).trim().toLowerCase();
					const isTaken = fields.some(
						({ id, title: other }) => id !== field.id && other.trim().toLowerCase() === key,
					);
					if (!isTaken) expect(found).toBe(field);
				}
			}),
		);
	});
});

describe('fieldOfKey', () => {
	const catalog = catalogOf(
		{ id: '1', title: 'Twin' },
		{ id: '2', title: 'Twin' },
		{ id: '3', title: 'Birthday' },
		{ id: '12', title: 'Twin' },
	);

	it('takes title and ID where fields share the title', () => {
		expect(['Twin (1)', 'Twin (12)'].map((key) => fieldOfKey(key, catalog)?.id)).toEqual(['1', '12']);
	});

	it.each(['Twin', 'Twin (3)', 'Twin (1)x', 'Other (1)', '3', 'field_3', ''])(
		'finds no field for %j',
		(key) => {
			expect(fieldOfKey(key, catalog)).toBeUndefined();
		},
	);

	it('takes a title whatever its case, as people write it', () => {
		expect(fieldOfKey('birthday', catalog)?.id).toBe('3');
	});
});
