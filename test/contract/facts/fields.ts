import { FIELD_TYPES, ownField, ownFields, SAMPLES, type FieldType } from '../catalog';
import { CannotTry, shared, type Fact, type FactGroup } from '../fact';
import type { Reply } from '../client';
import { at, code, kindOf, known, madeId, outcome, rowsOf, text, type Row } from '../read';
import type { Run } from '../run';

/** A datetime comes back in the time zone of the account. */
const OWN_ZONE = 'the same moment';
/** Higher than any id that an account has. */
const UNKNOWN_FIELD = '2000000001';
const PAGE = 100;
/** More than any account is known to have. */
const MAX_FIELDS = 1_000;
const KNOWN_TYPES: ReadonlySet<unknown> = new Set<unknown>([...FIELD_TYPES, '']);

/** A contact with a value in a field of each type. */
const filled = shared(async (run) => {
	const email = run.newAddress();
	const reply = await fill(run, email);
	const id = text(at(reply.body, 'contact', 'id'));
	if (id === '') throw new CannotTry(`a sync with values gave ${outcome(reply)}`);
	return { id, email, reply, rows: await valuesOf(run, id) };
});

async function fill(run: Run, email: string): Promise<Reply> {
	return await syncAll(run, email, ({ type }) => SAMPLES[type]);
}

async function syncAll(
	run: Run,
	email: string,
	valueOf: (field: { type: FieldType }) => unknown,
): Promise<Reply> {
	const fields = await ownFields(run);
	return await run.sync({
		email,
		fieldValues: fields.map((field) => ({ field: field.id, value: valueOf(field) })),
	});
}

/** The rows of a contact's custom values by the id of their field. */
async function valuesOf(run: Run, contactId: string): Promise<Map<string, Row>> {
	const reply = await run.get(`/contacts/${contactId}/fieldValues`);
	return new Map(rowsOf(reply, 'fieldValues').map((row) => [text(row.field), row]));
}

/** What is left of all values after each was overwritten, by the id of the field. */
const overwrittenWith = (value: '' | null) =>
	shared(async (run) => {
		const { id, email } = await filled(run);
		await fill(run, email);
		await syncAll(run, email, () => value);
		return await valuesOf(run, id);
	});
const overwrittenWithEmpty = overwrittenWith('');
const overwrittenWithNull = overwrittenWith(null);

/** What is left of all values after each was deleted, and the status of each deletion, by the id of the field. */
const deleted = shared(async (run) => {
	const { id, email } = await filled(run);
	await fill(run, email);
	const statuses = new Map<string, unknown>();
	for (const [field, row] of await valuesOf(run, id))
		statuses.set(field, outcome(await run.write('DELETE', `/fieldValues/${text(row.id)}`)));
	return { statuses, rows: await valuesOf(run, id) };
});

function whatIsLeft(row: Row | undefined): string {
	if (row === undefined) return 'no row';
	return row.value === '' || row.value === null ? 'an empty row' : 'the old value';
}

/** A value as it was read, in words where it is the one that was sent. */
function asSent(type: FieldType, read: unknown): unknown {
	const isSameMoment = type === 'datetime' && Date.parse(text(read)) === Date.parse(SAMPLES.datetime);
	if (isSameMoment && /T.*([+-]\d\d:\d\d|Z)$/.test(text(read))) return OWN_ZONE;
	if (read === SAMPLES[type]) return 'as sent';
	// Only what numbers, dates and choices consist of is published.
	return /^[\d.,:TZ+|ab -]{1,40}$/.test(text(read)) ? read : kindOf(read);
}

function factsAbout(type: FieldType): Fact[] {
	const isMoment = type === 'date' || type === 'datetime';
	return [
		{
			name: `A value of a ${type} field is read as it was sent`,
			certainty: 'documented',
			source: 'API reference, Custom field values; public recordings',
			usedFor: `values of ${type} fields`,
			code: 'fieldValue',
			expected: type === 'datetime' ? OWN_ZONE : 'as sent',
			observe: async (run) => {
				const field = await ownField(run, type);
				return asSent(type, (await filled(run)).rows.get(field.id)?.value);
			},
		},
		{
			name: `An empty text leaves the value of a ${type} field`,
			certainty: isMoment ? 'recorded' : 'believed',
			source: isMoment ? 'reports of public integrations' : 'nobody has shown it; the node deletes values',
			expected: 'the old value',
			observe: async (run) => {
				const field = await ownField(run, type);
				return whatIsLeft((await overwrittenWithEmpty(run)).get(field.id));
			},
		},
		{
			name: `Null leaves the value of a ${type} field`,
			certainty: 'believed',
			source: 'nobody has shown it; the node deletes values',
			expected: 'the old value',
			observe: async (run) => {
				const field = await ownField(run, type);
				return whatIsLeft((await overwrittenWithNull(run)).get(field.id));
			},
		},
		{
			name: `DELETE of its value empties a ${type} field`,
			certainty: 'documented',
			source: 'API reference, Delete a custom field value',
			usedFor: 'clearing a custom field',
			code: 'sync',
			expected: [200, 'no row'],
			observe: async (run) => {
				const field = await ownField(run, type);
				const { statuses, rows } = await deleted(run);
				return [statuses.get(field.id) ?? 'no value', whatIsLeft(rows.get(field.id))];
			},
		},
	];
}

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
			code: 'catalogs',
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
			code: 'catalogs',
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
			code: 'operations',
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
		...FIELD_TYPES.flatMap(factsAbout),
	],
};
