import fc from 'fast-check';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';

import { isRecord } from '../../guards';
import { sized } from '../../size';
import { useAccount } from '../harness/account';
import { anyRows, type FieldRow } from './anyRow';
import { FIELD_SEEDS, FIELDS, OPTIONS } from './everyType';

/** Each run of the property is a run of the node, with so many items. */
const RUNS = { numRuns: sized(3, 5), interruptAfterTimeLimit: 40_000 };
const items = fc.array(anyRows, { minLength: 120, maxLength: 120 });
const MAX_TEST_MS = 60_000;

/** Fields by expressions in place of the picker, since they are IDs and titles. */
const rows: INodeParameters = {
	customFields: {
		values: [0, 1, 2].map((index) => ({
			field: `={{ $json.rows[${index}]?.field }}`,
			value: `={{ $json.rows[${index}]?.value }}`,
		})),
	},
};

/** All that the node has to say of a value that it cannot send. */
const OWN_MESSAGE = /^('My [a-z ]+'(: | has no option )|The custom field 'My [a-z ]+' is given twice)/;

const CHOICES = new Set(FIELDS.filter(({ column }) => column === 'choices').map(({ id }) => id));
const VALUES = OPTIONS.map(({ value }) => value);

describe('any value in custom fields', () => {
	const account = useAccount({ fields: FIELD_SEEDS, importDurationMs: 0 });

	const sync = async (given: FieldRow[][], parameters: INodeParameters, onError?: OnError) => {
		account.sandbox.reset();
		const json = given.map((one, index): IDataObject => ({
			email: emailOf(index),
			rows: one.map((row) => ({ ...row })),
		}));
		return await account.sync(json, { ...rows, ...parameters }, { onError });
	};

	it(
		'is sent by Sync Contact as an array of field and value, or fails its item with a reason',
		async () => {
			const check = async (given: FieldRow[][]) => {
				const run = await sync(given, {}, 'continueRegularOutput');
				const bodies = account.sandbox.journal.bodies('POST', '/contact/sync');
				const sent = byEmail(bodies.map((body) => (isRecord(body) ? body['contact'] : undefined)));
				expect(run.items).toHaveLength(given.length);
				for (const [index, { json, pairedItem }] of run.items.entries()) {
					const contact = sent.get(emailOf(index));
					expect(pairedItem).toEqual({ item: index });
					if (contact) expectSound(contact['fieldValues'], 'field', given[index] ?? []);
					else
						expect(json).toMatchObject({
							action: 'failed',
							error: expect.stringMatching(OWN_MESSAGE) as string,
						});
				}
				expect(account.state.mistakes).toEqual([]);
			};
			await fc.assert(fc.asyncProperty(items, check), RUNS);
		},
		MAX_TEST_MS,
	);

	it(
		'is sent by Sync Contacts in Bulk as an array of id and value, or fails its item with a reason',
		async () => {
			const check = async (given: FieldRow[][]) => {
				const run = await sync(given, { operation: 'syncContactsInBulk', options: { waitForResult: false } });
				const bodies = account.sandbox.journal.bodies('POST', '/import/bulk_import');
				const sent = byEmail(bodies.flatMap((body) => (isRecord(body) ? body['contacts'] : [])));
				expect(run.items).toHaveLength(given.length);
				for (const [index, { json }] of run.items.entries()) {
					const contact = sent.get(emailOf(index));
					if (contact) expectSound(contact['fields'], 'id', given[index] ?? []);
					else
						expect([json['outcome'], json['reason']]).toEqual([
							'refused',
							expect.stringMatching(OWN_MESSAGE),
						]);
				}
			};
			await fc.assert(fc.asyncProperty(items, check), RUNS);
		},
		MAX_TEST_MS,
	);

	it(
		"stops the workflow only with the node's own message, for the first item that fails",
		async () => {
			const check = async (given: FieldRow[][]) => {
				const { error } = await sync(given, {});
				if (!error) return;
				expect(error).toHaveProperty('name', 'NodeOperationError');
				expect(error.message).toMatch(OWN_MESSAGE);
				const sent = account.state.contacts().map(({ email }) => email);
				const first = given.findIndex((_one, index) => !sent.includes(emailOf(index)));
				expect(error.description).toContain(`Item ${first + 1} (${emailOf(first)})`);
			};
			const fewItems = fc.array(anyRows, { minLength: 2, maxLength: 4 });
			await fc.assert(fc.asyncProperty(fewItems, check), { ...RUNS, numRuns: sized(15, 50) });
		},
		MAX_TEST_MS,
	);
});

function emailOf(index: number): string {
	return `person-${index}@example.com`;
}

function byEmail(contacts: unknown[]): Map<unknown, Record<string, unknown>> {
	return new Map(contacts.filter(isRecord).map((contact) => [contact['email'], contact]));
}

/** Values as the API takes them: `[{field: '12', value: '…'}]`, each field once and none without a value; or none. */
function expectSound(fieldValues: unknown, idKey: 'field' | 'id', given: readonly FieldRow[]): void {
	const values = new Map<string, string>();
	if (fieldValues !== undefined) {
		if (!Array.isArray(fieldValues) || fieldValues.length === 0) throw new Error('Absent rather than empty');
		for (const entry of fieldValues.filter(isRecord)) {
			const { [idKey]: id, value, ...others } = entry;
			expect(others).toEqual({});
			expect(typeof id).toBe(idKey === 'id' ? 'number' : 'string');
			expect(String(id)).toMatch(/^\d+$/);
			if (typeof value !== 'string') throw new Error(`Not a text: ${JSON.stringify(value)}`);
			expect(value).not.toBe('');
			values.set(String(id), value);
		}
		expect(values.size).toBe(fieldValues.length);
	}
	for (const [id, value] of values) {
		if (CHOICES.has(id)) expect(VALUES).toEqual(expect.arrayContaining(choicesIn(value)));
	}
	for (const { field, means } of given) {
		if (means) expect(choicesIn(values.get(field) ?? '').sort()).toEqual([...means].sort());
	}
}

/** The choices in `||a||b||`. */
function choicesIn(value: string): string[] {
	expect(value).toMatch(/^\|\|.+\|\|$/);
	const choices = value.slice(2, -2).split('||');
	expect(new Set(choices).size).toBe(choices.length);
	return choices;
}
