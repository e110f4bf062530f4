import fc from 'fast-check';

import { parseFields } from '../../../nodes/ActiveCampaignSync/fields/field';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import {
	didYouMean,
	nameFields,
	normalizeLabel,
	searchableName,
} from '../../../nodes/ActiveCampaignSync/fields/fieldNames';

interface Row {
	readonly id: string;
	readonly title: string;
	readonly perstag?: string;
}
const namesOf = (rows: readonly Row[]) => nameFields(parseFields(rows, [])).map(({ name }) => name);

describe('what a field is called', () => {
	it.each<[string, Row[], string[]]>([
		['its title as it is', [{ id: '1', title: 'Size ' }], ['Size ']],
		['the tag of a field without a title', [{ id: '1', title: ' ', perstag: 'SECRET' }], ['%SECRET%']],
		['its ID where it has neither', [{ id: '7', title: '' }], ['Custom field 7']],
		[
			'title and ID where fields share the title',
			[
				{ id: '1', title: 'Twin' },
				{ id: '2', title: 'Twin' },
				{ id: '3', title: 'Single' },
			],
			['Twin (1)', 'Twin (2)', 'Single'],
		],
		[
			'title and ID where titles differ only in case, blanks and marks',
			[
				{ id: '1', title: 'Shoe size' },
				{ id: '2', title: 'shoe-size?' },
			],
			['Shoe size (1)', 'shoe-size? (2)'],
		],
		[
			'title and ID where a standard column has this name',
			[
				{ id: '1', title: 'Email' },
				{ id: '2', title: 'first name' },
			],
			['Email (1)', 'first name (2)'],
		],
		[
			'title and ID where another field with its ID is called so',
			[
				{ id: '1', title: 'Twin' },
				{ id: '2', title: 'Twin' },
				{ id: '3', title: 'Twin (2)' },
				{ id: '4', title: 'Single (2)' },
			],
			['Twin (1)', 'Twin (2)', 'Twin (2) (3)', 'Single (2)'],
		],
	])('is %s', (_name, rows, names) => {
		expect(namesOf(rows)).toEqual(names);
	});

	it('leads back to the field, whatever the fields of the account are called', () => {
		const title = fc.constantFrom('A', 'a', ' A', 'A (1)', 'A (2)', '', '%B%', 'B', '7', 'Phone');
		const rows = fc
			.array(fc.record({ title, perstag: fc.constantFrom('', 'B', 'C') }), { minLength: 1, maxLength: 4 })
			.map((fields) => fields.map((field, index) => ({ id: String(index + 1), ...field })));
		fc.assert(
			fc.property(rows, (fields) => {
				const catalog = new FieldCatalog(parseFields(fields, []));
				for (const field of catalog.fields) expect(catalog.named(field.name)).toEqual([field]);
			}),
		);
	});
});

describe('a normalized label', () => {
	it('has no case, spaces or punctuation, but keeps symbols with a meaning', () => {
		expect(normalizeLabel(' E-Mail_Address (work): * ')).toBe('emailaddresswork');
		expect(normalizeLabel('Ｐｈｏｎｅ ?')).toBe('phone');
		expect(normalizeLabel('Rate (%)')).not.toBe(normalizeLabel('Rate ($)'));
		expect(normalizeLabel('C++')).not.toBe(normalizeLabel('C#'));
		expect(normalizeLabel('कि')).not.toBe(normalizeLabel('की'));
	});
});

describe('suggested names', () => {
	it.each<[string, string[], string]>([
		['My shoe-size', ['Company', 'Shoe size'], "Did you mean 'Shoe size'?"],
		['comp', ['Company', 'company', 'City'], "Did you mean 'Company' or 'company'?"],
		['bil', ['Mobile', 'Mobile', 'Mobility'], "Did you mean 'Mobile' or 'Mobility'?"],
		['Size', ['Size 1', 'Size 2', 'Size 3', 'Size 4'], "Did you mean 'Size 1' or 'Size 2' or 'Size 3'?"],
		['co', ['Company'], ''],
		['Company', ['Co', ''], ''],
		['--', ['Company'], ''],
	])('for %j among %j are %j', (wanted, names, question) => {
		expect(didYouMean(wanted, names.map(searchableName))).toBe(question);
	});
});
