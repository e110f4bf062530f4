import fc from 'fast-check';
import { parseFields } from '../../../nodes/ActiveCampaignSync/fields/field';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { anyValue, text } from '../input/anyValues';

describe('a catalog of any fields', () => {
	const row = fc.record(
		{
			id: fc.oneof(fc.nat(20), fc.nat(20).map(String), fc.anything()),
			title: fc.oneof(text, fc.anything()),
			type: fc.anything(),
			perstag: fc.oneof(text, fc.anything()),
		},
		{ requiredKeys: [] },
	);

	it('has unique numeric IDs, finds each field by its ID, and throws only input errors', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(row, fc.anything())),
				fc.array(fc.anything()),
				anyValue,
				(rows, options, reference) => {
					const catalog = new FieldCatalog(parseFields(rows, options));
					const { fields } = catalog;
					expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
					for (const field of fields) {
						expect(field.id).toMatch(/^\d+$/);
						expect(catalog.byId(field.id)).toBe(field);
					}
					for (const asked of [reference, ...fields.map(({ title }) => title)]) {
						try {
							expect([undefined, ...fields]).toContain(catalog.find(asked));
							expect(catalog.unknownFieldError(asked).description).not.toBe('');
						} catch (thrown) {
							expect(thrown).toBeInstanceOf(InputError);
						}
					}
				},
			),
		);
	});
});
