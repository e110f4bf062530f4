import { FIELD_TYPES, ownField, ownFields, SAMPLES, type FieldType } from '../catalog';
import { anyOf, CannotTry, shared, type FactGroup } from '../fact';
import type { Reply } from '../client';
import { at, code, kindOf, known, madeId, outcome, rowsOf, text } from '../read';
import type { Run } from '../run';
import { filled, valuesOf } from './fieldValues';

/** Higher than any id that an account has. */
const UNKNOWN_FIELD = '2000000001';
const PAGE = 100;
/** More than any account is known to have. */
const MAX_FIELDS = 1_000;
const KNOWN_TYPES: ReadonlySet<unknown> = new Set<unknown>([...FIELD_TYPES, 'multiselect', '']);

/** The own field of a type with its options and lists. */
async function definition(run: Run, type: FieldType) {
	const { id, title } = await ownField(run, type);
	const reply = await run.get(`/fields/${id}`);
	const ofField = (key: string) => rowsOf(reply, key).filter((row) => text(row.field) === id);
	return {
		title,
		field: at(reply.body, 'field'),
		options: ofField('fieldOptions'),
		relations: ofField('fieldRels'),
	};
}

/** All fields of the account, by pages of the largest size. */
const pagesOfFields = shared(async (run): Promise<Reply[]> => {
	await ownFields(run);
	const pages: Reply[] = [];
	for (let offset = 0; offset < MAX_FIELDS; offset += PAGE) {
		const page = await run.get(`/fields?limit=${PAGE}&offset=${offset}`);
		pages.push(page);
		if (rowsOf(page, 'fields').length < PAGE) break;
	}
	return pages;
});

export const fieldFacts: FactGroup = {
	title: 'Custom fields',
	facts: [
		{
			name: 'Each option of a field has a value and a label of its own',
			certainty: 'recorded',
			source: 'public recordings',
			usedFor: 'labels are shown, values are sent',
			code: 'fieldCatalog',
			expected: [
				['a', 'Choice A'],
				['b', 'Choice B'],
			],
			observe: async (run) =>
				(await definition(run, 'dropdown')).options.map(({ value, label }) => [
					known(value, 'a', 'b'),
					known(label, 'Choice A', 'Choice B'),
				]),
		},
		{
			name: "A field's personalization tag is made from its title, in upper case",
			certainty: 'documented',
			source: 'API reference, Create a custom field',
			usedFor: 'fields are found by their personalization tags',
			code: 'customField',
			expected: 'CONTRACT_…',
			observe: async (run) => {
				const tag = text(at((await definition(run, 'text')).field, 'perstag'));
				return /^CONTRACT_?[A-Z0-9_]+$/.test(tag) ? 'CONTRACT_…' : kindOf(tag);
			},
		},
		{
			name: 'A field that is related to list 0 has a relation with relid "0"',
			certainty: 'documented',
			source: 'API reference, Create a custom field relationship to list(s)',
			expected: ['0'],
			observe: async (run) => (await definition(run, 'text')).relations.map(({ relid }) => known(relid, '0')),
		},
		{
			name: 'A sync echoes just the field values that it has set',
			certainty: 'recorded',
			source: 'API reference, example response; public recordings',
			usedFor: 'a value that does not come back is reported as ignored',
			code: 'sync',
			expected: { sent: 1, echoed: 1, same: true },
			observe: async (run) => {
				const { email } = await filled(run);
				const { id: field } = await ownField(run, 'text');
				const reply = await run.sync({ email, fieldValues: [{ field, value: SAMPLES.text }] });
				const echoed = rowsOf(reply, 'fieldValues').map((row) => row.field);
				return { sent: 1, echoed: echoed.length, same: echoed[0] === field };
			},
		},
		{
			name: 'A sync ignores the id of a field that there is not, and does not echo it',
			certainty: 'recorded',
			source: 'reports of public integrations',
			usedFor: 'a value that does not come back is reported as ignored',
			code: 'sync',
			expected: [201, 0],
			observe: async (run) => {
				const fieldValues = [{ field: UNKNOWN_FIELD, value: 'Contract' }];
				const reply = await run.sync({ email: run.newAddress(), fieldValues });
				return [outcome(reply), rowsOf(reply, 'fieldValues').length];
			},
		},
		{
			name: "A sync ignores a field's personalization tag or title in place of its id",
			certainty: 'recorded',
			source: 'reports of public integrations',
			usedFor: 'fields are looked up, and sent by their ids',
			code: 'customField',
			expected: [201, 0, 'no value'],
			observe: async (run) => {
				const { title, field } = await definition(run, 'text');
				const names = [text(at(field, 'perstag')), title];
				const fieldValues = names.map((name) => ({ field: name, value: 'Contract' }));
				const reply = await run.sync({ email: run.newAddress(), fieldValues });
				const values = await valuesOf(run, madeId(reply, 'contact'));
				return [
					...[outcome(reply), rowsOf(reply, 'fieldValues').length],
					values.size === 0 ? 'no value' : `${values.size} values`,
				];
			},
		},
		{
			name: 'GET /fields has the options and relations of its fields beside them',
			certainty: 'recorded',
			source: 'API reference, List all custom fields; public recordings',
			usedFor: 'the options of all fields are read with the fields',
			code: 'fields',
			expected: { options: 2, relations: 1 },
			observe: async (run) => {
				const { id } = await ownField(run, 'dropdown');
				const page = (await pagesOfFields(run)).find((reply) =>
					rowsOf(reply, 'fields').some((row) => text(row.id) === id),
				);
				if (!page) throw new CannotTry('the field was not listed');
				const count = (key: string) => rowsOf(page, key).filter((row) => text(row.field) === id).length;
				return { options: count('fieldOptions'), relations: count('fieldRels') };
			},
		},
		{
			name: 'The fields of an account have the types that the node knows, or none',
			certainty: 'documented',
			source: 'API reference, Create a custom field; some fields have no type',
			expected: [],
			observe: async (run) => {
				const types = (await pagesOfFields(run)).flatMap((reply) => rowsOf(reply, 'fields'));
				const unknown = types.map(({ type }) => type ?? '').filter((type) => !KNOWN_TYPES.has(type));
				return [...new Set(unknown.map(code))].sort();
			},
		},
		{
			name: 'A field of the type multiselect cannot be made, or has values like a listbox',
			certainty: 'believed',
			source: 'public integrations name the type; the vendor does not document it',
			usedFor: 'values of multiselect fields',
			code: 'fieldValue',
			expected: anyOf('cannot be made', 'like a listbox'),
			observe: async (run) => {
				const title = run.newName();
				const made = await run.write('POST', '/fields', {
					field: { type: 'multiselect', title, visible: 1 },
				});
				const field = text(at(made.body, 'field', 'id'));
				if (field === '' || text(at(made.body, 'field', 'type')) !== 'multiselect') return 'cannot be made';
				const fieldOptions = ['a', 'b'].map((value) => ({ field, value, label: value }));
				await run.write('POST', '/fieldOption/bulk', { fieldOptions });
				await run.write('POST', '/fieldRels', { fieldRel: { field, relid: 0 } });
				const contact = await run.newContact({ fieldValues: [{ field, value: '||a||b||' }] });
				const value = (await valuesOf(run, contact)).get(field)?.value;
				return value === '||a||b||' ? 'like a listbox' : kindOf(value);
			},
		},
		{
			name: 'GET /fieldValues finds contacts by field and whole value',
			certainty: 'believed',
			source: 'API reference, List all custom field values; whether it compares the whole value is not said',
			expected: { exact: 1, part: 0 },
			observe: async (run) => {
				const { id: field } = await ownField(run, 'text');
				const value = run.newName();
				await run.newContact({ fieldValues: [{ field, value }] });
				const found = async (val: string) =>
					rowsOf(
						await run.get(`/fieldValues?filters[fieldid]=${field}&filters[val]=${encodeURIComponent(val)}`),
						'fieldValues',
					).length;
				return { exact: await found(value), part: await found(value.slice(0, -1)) };
			},
		},
		{
			name: 'GET /fieldValues names the contact of each value',
			certainty: 'documented',
			source: 'API reference, List all custom field values',
			usedFor: 'matching contacts by a custom field',
			code: 'find',
			expected: true,
			observe: async (run) => {
				const { id: field } = await ownField(run, 'text');
				const value = run.newName();
				const contact = await run.newContact({ fieldValues: [{ field, value }] });
				const reply = await run.get(`/fieldValues?filters[fieldid]=${field}&filters[val]=${value}`);
				return rowsOf(reply, 'fieldValues').some(
					(row) => text(row.contact) === contact && row.value === value,
				);
			},
		},
	],
};
