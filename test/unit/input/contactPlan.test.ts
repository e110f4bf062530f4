import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import {
	existingContact,
	fillsBlanks,
	mergePlans,
	planContact,
	syncBody,
	unusableWarning,
	type ContactInput,
	type ContactPlan,
	type EmptyValues,
	type PlanRules,
} from '../../../nodes/ActiveCampaignSync/input/contactPlan';
import { onlyBlanks } from '../../../nodes/ActiveCampaignSync/input/contactWrite';

import { customField } from '../fields/customFields';
import { inputErrorOf } from './inputErrorOf';

const catalog = new FieldCatalog([
	customField('text', [], { id: '1', title: 'Company', personalizationTag: 'COMPANY' }),
	customField('date', [], { id: '2', title: 'Birthday', personalizationTag: 'BIRTHDAY' }),
	customField('checkbox', ['a', 'b'], { id: '3', title: 'Topics', personalizationTag: 'TOPICS' }),
]);
const rules: PlanRules = {
	emptyValues: 'keep',
	unusableValues: 'saveRest',
	dateOrder: 'fail',
	timeZone: 'Europe/Berlin',
};

function plan(input: Partial<ContactInput>, given: Partial<PlanRules> = {}): ContactPlan {
	const blank = { email: 'ann@example.com', standardFields: [], customFields: [], mapped: [], unmapped: [] };
	return planContact({ ...blank, ...input }, catalog, { ...rules, ...given });
}

describe('the email of a plan', () => {
	it('may be blank only where the contact is found by something else', () => {
		expect(plan({ email: ' ' }, { isEmailOptional: true }).email).toBe('');
		expect(plan({ email: 'Bo@Example.com' }, { isEmailOptional: true }).email).toBe('Bo@Example.com');
		expect(inputErrorOf(() => plan({ email: '' })).message).toContain("'Email'");
	});

	it('is, merged, the last one as it was written first; where only blanks are filled, the first', () => {
		const merged = (emails: readonly [string, ...string[]], more: Partial<PlanRules> = {}) => {
			const [first, ...others] = emails;
			const one = (email: string) => plan({ email }, { isEmailOptional: true, ...more });
			return mergePlans([one(first), ...others.map(one)]).email;
		};

		expect(merged(['a@b.co', 'C@d.co', '', 'c@d.co'])).toBe('C@d.co');
		expect(merged(['a@b.co', 'C@d.co', ''])).toBe('C@d.co');
		expect(merged(['a@b.co', 'c@d.co'], { emptyValues: 'fillOnly' })).toBe('a@b.co');
		expect(merged(['', 'c@d.co'], { emptyValues: 'fillOnly' })).toBe('c@d.co');
		expect(merged(['', ''])).toBe('');
	});

	it('is not in the request if it is blank, and neither are values if there are none', () => {
		const body = syncBody(plan({ email: '' }, { isEmailOptional: true }));

		expect(body).toEqual({ contact: {} });
	});
});

describe('fillsBlanks', () => {
	it('is so for the option, or a single field, and not otherwise', () => {
		const row = { reference: '1', value: 'x' };

		expect(fillsBlanks(plan({ customFields: [row] }))).toBe(false);
		expect(fillsBlanks(plan({ customFields: [{ ...row, onlyIfBlank: true }] }))).toBe(true);
		expect(fillsBlanks(plan({}, { emptyValues: 'fillOnly' }))).toBe(true);
	});
});

describe('the custom fields that the account does not have', () => {
	it('are named as the user called them', () => {
		const customFields = [
			{ reference: 'Color', value: 'x' },
			{ reference: '99', label: 'Shoe size', value: 'y' },
		];

		expect(plan({ customFields }).unusable.map(({ field, id }) => [field, id])).toEqual([
			['Color', undefined],
			['Shoe size', undefined],
		]);
	});
});

describe('planContact', () => {
	it('keeps what is filled in, and leaves blanks out', () => {
		const { fields, onlyIfBlank } = plan({
			standardFields: [
				{ field: 'firstName', value: 'Ann', isSet: true },
				{ field: 'lastName', value: ' ', isSet: true },
				{ field: 'phone', value: null, isSet: false },
			],
			customFields: [
				{ reference: 'Company', value: 'Acme' },
				{ reference: 2, value: '' },
				{ reference: '%topics%', value: ['b', 'a'] },
			],
		});

		expect([...fields]).toEqual([
			['firstName', 'Ann'],
			['1', 'Acme'],
			['3', '||a||b||'],
		]);
		expect(onlyIfBlank.size).toBe(0);
	});

	it('trims names and phone, and keeps the blanks of custom fields', () => {
		const { fields } = plan({
			standardFields: [
				{ field: 'firstName', value: ' Ann ', isSet: true },
				{ field: 'lastName', value: '\u00a0van  Dyk\n', isSet: true },
				{ field: 'phone', value: [' 1 '], isSet: true },
			],
			customFields: [{ reference: '1', value: ' Acme ' }],
		});

		expect([...fields]).toEqual([
			['firstName', 'Ann'],
			['lastName', 'van  Dyk'],
			['phone', '1'],
			['1', ' Acme '],
		]);
	});

	it('with Clear clears values that came out empty, but no name left blank in the node', () => {
		const cleared = plan(
			{
				standardFields: [
					{ field: 'firstName', value: '', isSet: false },
					{ field: 'lastName', value: '', isSet: true },
				],
				customFields: [
					{ reference: '1', value: null },
					{ reference: '2', value: '2026-03-04' },
					{ reference: '3', value: [] },
				],
			},
			{ emptyValues: 'clear' },
		);

		expect([...cleared.fields]).toEqual([
			['lastName', ''],
			['1', ''],
			['2', '2026-03-04'],
			['3', ''],
		]);
		expect(syncBody(cleared)).toEqual({
			contact: {
				email: 'ann@example.com',
				lastName: null,
				fieldValues: [{ field: '2', value: '2026-03-04' }],
			},
		});
	});

	it.each<[EmptyValues, boolean]>([
		['keep', false],
		['clear', false],
		['fillOnly', true],
	])('is marked with what empty values do: %s', (emptyValues, fillOnly) => {
		expect(plan({}, { emptyValues }).fillOnly).toBe(fillOnly);
	});

	it.each([undefined, null, '', '  ', []])('ignores a row without a field: %j', (reference) => {
		const customFields = [
			{ reference, value: 'x' },
			{ reference: '1', value: 'Acme' },
		];

		expect([...plan({ customFields }).fields]).toEqual([['1', 'Acme']]);
	});

	it('fails at an unknown field if the option says so, or goes on without it', () => {
		const customFields = [
			{ reference: 'Color', value: 'x' },
			{ reference: '99', label: 'Shoe "size"', value: '' },
		];

		const stop = inputErrorOf(() => plan({ customFields }, { unusableValues: 'fail' }));
		const { unusable } = plan({ customFields });
		const [, deleted] = unusable.map(({ failure }) => failure);

		expect(stop.message).toBe("The account has no custom field 'Color'");
		expect(deleted?.message).toBe(`The account no longer has the custom field 'Shoe "size"' (ID 99)`);
		expect(deleted?.description).toBe("Pick another field, or set 'Unusable Values' to 'Skip'");
		expect(unusable.map(unusableWarning)).toEqual([
			`${stop.message}: skipped`,
			`${deleted?.message}: skipped`,
		]);
	});

	it('rejects a field given twice only if the values differ', () => {
		const twice = (one: unknown, other: unknown, given: Partial<PlanRules> = {}) =>
			plan(
				{
					customFields: [
						{ reference: '1', value: one },
						{ reference: 'company', value: other },
					],
				},
				given,
			);

		expect([...twice('1', 1).fields]).toEqual([['1', '1']]);
		expect([...twice('', 'x').fields]).toEqual([['1', 'x']]);
		const { message, description } = inputErrorOf(() => twice('x', 'y'));
		expect(message).toBe("The custom field 'Company' is given twice, with different values");
		expect(description).toBe('Keep one of the two rows');
		expect(() => twice('', 'x', { emptyValues: 'clear' })).toThrow('is given twice');
	});

	it('checks the email before all else', () => {
		const wrong = { email: 'nobody', customFields: [{ reference: 'Color', value: 'x' }] };

		expect(inputErrorOf(() => plan(wrong)).message).toMatch(/^'Email' /);
	});
});

describe('mergePlans', () => {
	it('lets later values win, and keeps earlier ones for fields that the later plan lacks', () => {
		const first = plan({
			standardFields: [
				{ field: 'firstName', value: 'Ann', isSet: true },
				{ field: 'phone', value: '1', isSet: true },
			],
			customFields: [
				{ reference: '1', value: 'Acme' },
				{ reference: '3', value: 'a' },
			],
		});
		const second = plan({
			email: 'ANN@example.com',
			standardFields: [{ field: 'phone', value: '2', isSet: true }],
			customFields: [{ reference: '3', value: 'b' }],
		});

		expect(syncBody(mergePlans([first, second]))).toEqual({
			contact: {
				email: 'ann@example.com',
				firstName: 'Ann',
				phone: '2',
				fieldValues: [
					{ field: '1', value: 'Acme' },
					{ field: '3', value: '||b||' },
				],
			},
		});
		expect(mergePlans([first])).toEqual(first);
	});

	it('names each field that the account does not have once', () => {
		const unknown = (value: string) =>
			plan({ customFields: [{ reference: 'Color', value, label: 'Color' }] }, { unusableValues: 'skip' });

		const { unusable } = mergePlans([unknown('red'), unknown('blue'), unknown('green')]);

		expect(unusable).toMatchObject([{ field: 'Color', given: 'green' }]);
	});

	const phoneAndCompany = (phone: string, company: string, emptyValues: EmptyValues) =>
		plan(
			{
				standardFields: [{ field: 'phone', value: phone, isSet: true }],
				customFields: [{ reference: '1', value: company }],
			},
			{ emptyValues },
		);

	it('with Clear, a later empty value clears the field, and a later value sets it', () => {
		const merged = mergePlans([
			phoneAndCompany('1', '', 'clear'),
			phoneAndCompany('', '', 'clear'),
			phoneAndCompany('', 'Acme', 'clear'),
		]);

		expect([...merged.fields]).toEqual([
			['phone', ''],
			['1', 'Acme'],
		]);
		expect(merged.onlyIfBlank.size).toBe(0);
	});

	it('keeps the first value where only blanks are filled', () => {
		const merged = mergePlans([
			phoneAndCompany('', 'Acme', 'fillOnly'),
			phoneAndCompany('2', 'Apex', 'fillOnly'),
			phoneAndCompany('3', '', 'fillOnly'),
		]);

		expect(merged.fields).toEqual(
			new Map([
				['phone', '2'],
				['1', 'Acme'],
			]),
		);
	});

	const topics = (value: string, more: Partial<PlanRules> = {}, onlyIfBlank = false) =>
		plan({ customFields: [{ reference: '3', value, onlyIfBlank }] }, more);
	/** What is set, '' where it is cleared, and which values are named as unusable. */
	const merged = (...[first, ...others]: [ContactPlan, ...ContactPlan[]]) => {
		const { fields, unusable } = mergePlans([first, ...others]);
		return [fields.get('3'), unusable.map(({ given }) => given)];
	};

	it('names an unusable value where no later one says what the field is to contain', () => {
		expect(merged(topics('a'), topics('x'))).toEqual(['||a||', ['x']]);
		expect(merged(topics('x'), topics('a'))).toEqual(['||a||', []]);
		expect(merged(topics('a,x'), topics('b'))).toEqual(['||b||', []]);
		expect(merged(topics('x'), topics('', { emptyValues: 'clear' }))).toEqual(['', []]);
	});

	it.each([
		['Fill Blanks Only', (value: string) => topics(value, { emptyValues: 'fillOnly' })],
		['Only If Blank', (value: string) => topics(value, {}, true)],
	])('with %s, names it where no earlier value fills the field', (_name, forBlank) => {
		expect(merged(forBlank('a'), forBlank('x'))).toEqual(['||a||', []]);
		expect(merged(forBlank('x'), forBlank('a'))).toEqual(['||a||', []]);
		expect(merged(forBlank('a,x'), forBlank('b'))).toEqual(['||a||', ['a,x']]);
		expect(merged(forBlank('x'), forBlank('y'))).toEqual([undefined, ['y']]);
		const cleared = topics('', { emptyValues: 'clear' });
		expect(merged(forBlank('a'), cleared, forBlank('x'))).toEqual(['', ['x']]);
	});
});

describe('onlyBlanks', () => {
	it.each([
		['text', '||', false],
		['text', ' ', true],
		['', '||', false],
		['date', '||', false],
		['dropdown', '||', true],
		['radio', '||||', true],
		['checkbox', '|| ||', true],
		['listbox', '', true],
		['listbox', '||a||', false],
	])('for a %s field with the value %j, takes it as blank: %s', (type, stored, isBlank) => {
		const of = new FieldCatalog([customField(type, [], { id: '9' })]);
		const wanted: ContactPlan = {
			...plan({}, { emptyValues: 'fillOnly' }),
			fields: new Map([['9', 'a']]),
		};

		const left = onlyBlanks(wanted, of, { email: 'ann@example.com', fields: new Map([['9', stored]]) });

		expect(left.fields.has('9')).toBe(isBlank);
	});

	it('keeps only those fields of the plan that the contact has not filled', () => {
		const all = {
			...plan({
				standardFields: [
					{ field: 'firstName', value: 'Ann', isSet: true },
					{ field: 'phone', value: '1', isSet: true },
				],
				customFields: [
					{ reference: '1', value: 'Acme' },
					{ reference: '2', value: '2026-12-31' },
					{ reference: '3', value: 'a' },
				],
			}),
			fillOnly: true,
		};

		const left = onlyBlanks(all, catalog, {
			email: 'ann@example.com',
			fields: new Map([
				['firstName', 'Anna'],
				['phone', ' '],
				['1', '0'],
				['3', '||||'],
			]),
		});

		expect([...left.fields.keys()]).toEqual(['phone', '2', '3']);
	});
});

describe('existingContact', () => {
	it('has the standard fields of the row, and custom values by the ID of their field', () => {
		const row = { id: '7', email: 'ann@example.com', firstName: 'Ann', lastName: null, phone: 4930 };
		const values = [
			{ id: '1', field: '2', value: 'x' },
			{ id: '2', field: 3, value: null },
		];

		expect(existingContact(row, values)).toEqual({
			email: 'ann@example.com',
			fields: new Map([
				['firstName', 'Ann'],
				['lastName', ''],
				['phone', '4930'],
				['2', 'x'],
				['3', ''],
			]),
		});
	});

	it('has nothing for what the row lacks', () => {
		const { email, fields } = existingContact({}, []);

		expect(email).toBe('');
		expect([...fields.values()]).toEqual(['', '', '']);
	});
});
