import { FIELD_TYPES, ownField, ownFields, SAMPLES, type FieldType } from '../catalog';
import { CannotTry, shared, type Fact, type FactGroup } from '../fact';
import type { Reply } from '../client';
import { at, kindOf, outcome, rowsOf, text, type Row } from '../read';
import type { Run } from '../run';

/** A datetime comes back in the time zone of the account. */
const OWN_ZONE = 'the same moment';

/** A contact with a value in a field of each type. */
export const filled = shared(async (run) => {
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
export async function valuesOf(run: Run, contactId: string): Promise<Map<string, Row>> {
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

export const fieldValueFacts: FactGroup = {
	title: 'Values of custom fields',
	facts: FIELD_TYPES.flatMap(factsAbout),
};
