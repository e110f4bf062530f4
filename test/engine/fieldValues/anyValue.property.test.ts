import fc from 'fast-check';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';

import { isRecord } from '../../guards';
import type { ContactSeed, FieldSeed } from '../../sandbox';
import { isoInZone } from '../../sandbox/dates';
import { sized } from '../../size';
import { useAccount } from '../harness/account';
import { ACCOUNTS, setModes } from '../harness/modes';
import { mapAutomatically } from '../harness/parameters';
import { jsonOf } from '../harness/results';
import { anyRows, type FieldRow } from './anyRow';
import { FIELD_SEEDS, FIELDS, OPTIONS, type TypedField } from './everyType';

describe('any value in custom fields', () => {
	/** Each run of the property is a run of the node, with so many items. */
	const RUNS = { numRuns: sized(3, 5), interruptAfterTimeLimit: 40_000 };
	const COUNT = sized(60, 120);
	const items = fc.array(anyRows, { minLength: COUNT, maxLength: COUNT });
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

	const account = useAccount({ fields: FIELD_SEEDS, importDurationMs: 0 });

	const sync = async (given: FieldRow[][], parameters: INodeParameters, onError?: OnError) => {
		account.sandbox.reset();
		const json = given.map((one, index): IDataObject => ({
			email: emailOf(index),
			rows: one.map((row) => ({ ...row })),
		}));
		const { options, ...others } = parameters;
		const failing = { unusableValues: 'fail', ...(isRecord(options) ? options : {}) };
		return await account.sync(json, { ...rows, ...others, options: failing }, { onError });
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
						expect([json['action'], json['reason']]).toEqual(['failed', expect.stringMatching(OWN_MESSAGE)]);
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
			await fc.assert(fc.asyncProperty(fewItems, check), { ...RUNS, numRuns: sized(8, 50) });
		},
		MAX_TEST_MS,
	);

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
			if (!Array.isArray(fieldValues) || fieldValues.length === 0)
				throw new Error('Absent rather than empty');
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
});

describe("Get Contact's output, fed back to Sync Contact by Map Automatically", () => {
	/** Each run gets and syncs so many contacts, three times; to shrink a case takes many runs. */
	const RUNS = { numRuns: sized(2, 3), endOnFailure: true };
	const CONTACTS = 6;

	/** Titles that are easily taken for something else: a standard column, a key of the output, another field. */
	const ODD_TITLES = [
		'Phone',
		'Email',
		'company',
		'Tags',
		'id',
		'found',
		'customFields',
		'__proto__',
		'Twin',
		'Twin',
	];
	const ODD_FIELDS = [...ODD_TITLES, 'Twin (72)', ' outer blanks ', 'My  text'].map(
		(title, index): TypedField => ({ id: String(71 + index), title, type: 'text', column: 'text' }),
	);
	const ODD_SEEDS: FieldSeed[] = [
		...ODD_FIELDS.map(({ id, title, type }) => ({ id, title, type })),
		{ id: '91', title: '', perstag: 'UNTITLED', type: 'text' },
		{
			id: '92',
			title: 'Labels that mislead',
			type: 'listbox',
			options: [
				{ value: 'a', label: 'b' },
				{ value: 'b', label: 'a' },
				{ value: 'c', label: 'Same' },
				{ value: 'd', label: 'Same' },
				{ value: 'e', label: '' },
				{ value: 'f', label: 'One, two; three' },
			],
		},
	];

	const text = fc.oneof(
		fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.trim() !== ''),
		fc.constantFrom(
			'1.234',
			'03/04/2026',
			'["a","b"]',
			'||a||',
			' blanks ',
			'null',
			'0',
			'a\nb',
			'{{ $json.x }}',
		),
	);
	const optionValues = (values: string[]) =>
		fc.subarray(values, { minLength: 1 }).map((chosen) => `||${chosen.join('||')}||`);
	const VALUES: Readonly<Record<TypedField['column'], fc.Arbitrary<string>>> = {
		text,
		date: fc
			.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
			.map((date) => date.toISOString().slice(0, 10)),
		dateTime: fc
			.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
			.map((date) => isoInZone(Math.floor(date.getTime() / 1_000) * 1_000, 'America/Chicago')),
		number: fc.oneof(
			fc.integer().map(String),
			fc.integer({ min: -9_999_999, max: 9_999_999 }).map((thousandths) => String(thousandths / 1_000)),
			fc.bigInt({ min: 10n ** 20n, max: 10n ** 25n }).map(String),
			fc.constantFrom('1.234', '-12.345', '0.1', '123.456', '1000'),
		),
		choice: fc.constantFrom(...OPTIONS.map(({ value }) => value)),
		choices: optionValues(OPTIONS.map(({ value }) => value)),
	};
	const sometimes = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 });
	const fieldValues = fc
		.tuple(
			...[...FIELDS, ...ODD_FIELDS].map(({ id, column }) =>
				sometimes(VALUES[column]).map((value) => [id, value] as const),
			),
			sometimes(text).map((value) => ['91', value] as const),
			sometimes(optionValues(['a', 'b', 'c', 'd', 'e', 'f'])).map((value) => ['92', value] as const),
		)
		.map((pairs) =>
			Object.fromEntries(pairs.flatMap(([id, value]) => (value === undefined ? [] : [[id, value] as const]))),
		);
	const name = fc.constantFrom('', 'Ann', 'Søren Ó', "O'Neil", '007');
	const contact: fc.Arbitrary<Omit<ContactSeed, 'email'>> = fc.record({
		firstName: name,
		lastName: name,
		phone: fc.constantFrom('', '+49 30 1', '030/1'),
		fieldValues,
		lists: fc.dictionary(fc.constantFrom('News', 'Alerts'), fc.constantFrom(0, 1, 2, 3, 91, 42)),
		tags: fc.subarray(['Lead', 'VIP']),
		automations: fc.subarray(['Welcome']),
		company: fc.constantFrom('Acme', 'Apex'),
		jobTitle: fc.constantFrom('', 'CEO'),
	});

	const account = useAccount({
		fields: [...FIELD_SEEDS, ...ODD_SEEDS],
		lists: ['News', { name: 'Alerts', channel: 'sms' }],
		tags: ['Lead', 'VIP'],
		automations: ['Welcome'],
	});
	const everything = () => ({
		...account.state.snapshot(),
		ids: account.state.contacts().map(({ id }) => id),
		values: account.state.contacts().map((one) => [...one.fieldValues].sort()),
	});
	/** What Sync Contact writes of a contact. */
	const written = () =>
		account.state.contacts().map(({ email, firstName, lastName, phone, fieldValues: values }) => ({
			...{ email, firstName, lastName, phone },
			values: [...values].sort(),
		}));

	it.each(ACCOUNTS)(
		'changes nothing in the account, leaves no key unmapped, and makes the same contacts in an empty account: %s',
		async (_kind, modes) => {
			const check = async (contacts: Array<Omit<ContactSeed, 'email'>>) => {
				account.sandbox.reset();
				setModes(account.sandbox, modes);
				const seeds = contacts.map((one, index) => ({ ...one, email: `c${index}@example.com` }));
				for (const seed of seeds) account.state.addContact(seed);
				const before = everything();
				const copy = written();
				const emails = seeds.map(({ email }) => ({ email }));
				const got = jsonOf((await account.sync(emails, { operation: 'getContact' })).items);

				for (const emptyValues of ['keep', 'clear']) {
					const run = await account.sync(got, { ...mapAutomatically, options: { emptyValues } });

					expect(run.error).toBeUndefined();
					for (const json of jsonOf(run.items)) {
						expect(json).toMatchObject({ action: 'updated' });
					}
					expect(JSON.stringify(run.hints)).not.toContain('Input fields not used');
					expect(everything()).toEqual(before);
				}

				for (const one of account.state.contacts()) account.state.deleteContact(one);
				const created = await account.sync(got, mapAutomatically);

				expect(created.error).toBeUndefined();
				expect(written().sort((one, other) => one.email.localeCompare(other.email))).toEqual(copy);
			};
			await fc.assert(
				fc.asyncProperty(fc.array(contact, { minLength: CONTACTS, maxLength: CONTACTS }), check),
				RUNS,
			);
		},
	);
});
