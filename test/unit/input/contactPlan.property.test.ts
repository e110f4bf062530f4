import fc from 'fast-check';

import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { STANDARD_FIELDS } from '../../../nodes/ActiveCampaignSync/fields/field';
import { planContact, syncBody } from '../../../nodes/ActiveCampaignSync/input/contactPlan';
import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';

import { sized } from '../../size';
import { anyValue } from './anyValues';
import { customField } from '../fields/customFields';

const TYPES = ['text', 'date', 'datetime', 'dropdown', 'checkbox', 'number', ''];
const catalog = new FieldCatalog(
	TYPES.map((type, index) =>
		customField(type, ['a', 'b'], {
			id: String(index + 1),
			title: index === 0 ? '__proto__' : `Field ${type}`,
			personalizationTag: `TAG_${index}`,
		}),
	),
);

const reference = fc.oneof(
	fc.integer({ min: 0, max: 9 }),
	fc.constantFrom('__proto__', 'tag_1', ''),
	anyValue,
);
const value = fc.oneof(fc.constantFrom('a', '2026-01-01', '7', ''), anyValue);
const input = fc.record({
	email: fc.oneof({ arbitrary: fc.constant('ann@example.com'), weight: 9 }, value),
	standardFields: fc.uniqueArray(
		fc.record({ field: fc.constantFrom(...STANDARD_FIELDS), value, isSet: fc.boolean() }),
		{ selector: ({ field }) => field },
	),
	customFields: fc.array(fc.record({ reference, value }), { maxLength: 4 }),
	mapped: fc.constant([]),
	unmapped: fc.constant([]),
});
const rules = fc.record({
	emptyValues: fc.constantFrom('keep' as const, 'clear' as const, 'fillOnly' as const),
	unusableValues: fc.constantFrom('saveRest' as const, 'skip' as const, 'fail' as const),
	dateOrder: fc.constantFrom('fail' as const, 'dayFirst' as const, 'monthFirst' as const),
	timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
});

const digits: unknown = expect.stringMatching(/^\d+$/);
const someText: unknown = expect.stringMatching(/./s);
const wellFormed = { field: digits, value: someText };

describe('the plan for any input', () => {
	it('is well-formed with each field once, or an input error is thrown', () => {
		let plans = 0;
		fc.assert(
			fc.property(input, rules, (given, givenRules) => {
				let plan;
				try {
					plan = planContact(given, catalog, givenRules);
				} catch (thrown) {
					expect(thrown).toBeInstanceOf(InputError);
					return;
				}
				plans += 1;
				if (givenRules.emptyValues !== 'clear') expect([...plan.fields.values()]).not.toContain('');
				expect([...plan.onlyIfBlank].filter((field) => !plan.fields.get(field))).toEqual([]);
				const { contact } = syncBody(plan);
				const { email, fieldValues = [], ...names } = contact;
				expect(email).toMatch(/^\S+@\S+\.\S+$/);
				for (const [name, sent] of Object.entries(names)) {
					expect(STANDARD_FIELDS).toContain(name);
					expect(sent === null || (typeof sent === 'string' && sent !== '')).toBe(true);
					if (givenRules.emptyValues !== 'clear') expect(sent).not.toBeNull();
				}
				const rows: unknown[] = Array.isArray(fieldValues) ? fieldValues : ['no array'];
				if ('fieldValues' in contact) expect(rows).not.toEqual([]);
				for (const row of rows) {
					expect(row).toEqual(wellFormed);
				}
				expect(new Set(rows.map((row) => JSON.stringify(row).split(',')[0])).size).toBe(rows.length);
			}),
			{ numRuns: sized(250, 3_000) },
		);
		expect(plans).toBeGreaterThan(sized(50, 300));
	});
});
