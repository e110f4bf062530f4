import type { GenericValue, IDataObject, INodeParameters } from 'n8n-workflow';

import { asArray, at, isRecord } from '../../guards';
import { type FieldSeed, type RunningSandbox, startSandbox } from '../../sandbox';
import { sized } from '../../size';
import { useAccount } from '../harness/account';
import { listSearch, resourceMapping } from '../harness/editor';
import { customFields, locator, mapAutomatically, mapByHand } from '../harness/parameters';
import { jsonOf, textWith } from '../harness/results';
import { type RunResult, runWorkflow } from '../harness/runWorkflow';
import { ALLOWED, FIELD_SEEDS, FIELDS, type TypedField } from './everyType';
import { type Expected, kept, refused, type Row } from './expected';
import { EXPRESSION_RESULTS } from './expressionResults';
import { JSON_VALUES } from './jsonValues';
import { samplesOf, storedSamples } from './samples';

const people = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
/** What is about which values are refused, and nothing else. */
const failing = { options: { unusableValues: 'fail' } };

describe('Sync Contact with a value of every kind in a field of every type', () => {
	/** What every contact holds in the field before the run. */
	const BEFORE = 'from before';

	interface Case {
		readonly row: Row;
		readonly field: TypedField;
		readonly email: string;
	}

	const ROWS = [...JSON_VALUES, ...EXPRESSION_RESULTS];
	const CASES: readonly Case[] = ROWS.flatMap((row, index) =>
		FIELDS.filter((_, column) => sized((index + column) % 3 === 0, true)).map((field) => ({
			...{ row, field, email: `row-${index}-field-${field.id}@example.com` },
		})),
	);

	const nodeParameters = {
		email: '={{ $json.email }}',
		...customFields([
			'id',
			'={{ $json.field }}',
			'={{ $json.expression ? $evaluateExpression($json.expression) : $json.value }}',
		]),
		options: { requestsPerSecond: 1_000, unusableValues: 'fail' },
	};

	let sandbox: RunningSandbox;
	let run: RunResult;

	beforeAll(async () => {
		sandbox = await startSandbox({ fields: FIELD_SEEDS, timeZone: 'America/Chicago' });
		for (const { email, field } of CASES) {
			sandbox.account.addContact({ email, fieldValues: { [field.id]: BEFORE } });
		}
		run = await runWorkflow({
			nodeParameters,
			items: CASES.map(({ row, field, email }): IDataObject => ({ email, field: field.id, ...row.input })),
			credentials: { accountName: sandbox.url, apiToken: sandbox.token },
			onError: 'continueRegularOutput',
			timezone: 'Europe/Berlin',
		});
	}, 180_000);

	afterAll(async () => {
		await sandbox.stop();
	});

	/** What became of one case, in the words of the table. */
	const outcomeOf = ({ row, field, email }: Case): Expected => {
		const index = CASES.findIndex((one) => one.email === email);
		const { json, pairedItem } = run.items[index] ?? {};
		const stored = sandbox.account.contactBy(email).fieldValues.get(field.id);
		expect(pairedItem).toEqual({ item: index });
		if (!json?.error) {
			expect(json).toMatchObject({ action: 'updated', email });
			return stored === BEFORE ? kept : (stored ?? 'gone');
		}
		expect(json.error).toMatch(
			new RegExp(`^'${field.title}'(: .*\\. .*Use | has no option .*${ALLOWED}$)`, 's'),
		);
		expect([row.name, stored]).toEqual([row.name, BEFORE]);
		return refused;
	};

	it.each(ROWS.map((row) => [row.name, row] as const))('%s', (_name, row) => {
		const cases = CASES.filter((one) => one.row === row);
		const outcomes = cases.map((one) => [one.field.title, outcomeOf(one)]);
		expect(Object.fromEntries(outcomes)).toEqual(
			Object.fromEntries(cases.map(({ field }) => [field.title, row.expected[field.column]])),
		);
	});

	it('gives every item its own outcome with one read of the fields', () => {
		expect(run.items).toHaveLength(CASES.length);
		expect(run.status).toBe('success');
		expect(sandbox.journal.count('GET', '/fields')).toBe(1);
		expect(sandbox.account.mistakes).toEqual([]);
	});
});

describe('ways to give a value', () => {
	/** An item for each kind of sample, with a value for every field by its title; and one that a field refuses. */
	const SAMPLES = ([0, 1] as const).map((kind): IDataObject => ({
		email: `sample-${kind}@example.com`,
		...Object.fromEntries(samplesOf(kind).map(([{ title }, { given }]) => [title, given])),
	}));
	const REFUSED = { email: 'refused@example.com', 'My radio': 'Pink', 'My date': '2026-03-04' };
	const NO_OPTION = `'My radio' has no option 'Pink'. Use one of its options: ${ALLOWED}`;

	const titles = FIELDS.map(({ title }) => title);
	const valueOf = (title: string) => `={{ $json['${title}'] }}`;

	describe('a value of every type', () => {
		const account = useAccount({ fields: FIELD_SEEDS, timeZone: 'America/Chicago', importDurationMs: 0 });

		const byHand = async () => {
			const { fields } = await resourceMapping('getContactColumns', { credentials: account.credentials });
			const values = FIELDS.map(({ id, title }): [string, string] => [`field_${id}`, valueOf(title)]);
			return mapByHand({ email: '={{ $json.email }}', ...Object.fromEntries<string>(values) }, fields);
		};
		const ways: Array<[string, () => INodeParameters | Promise<INodeParameters>]> = [
			['fields by id', () => customFields(...FIELDS.map(({ id, title }) => row('id', id, title)))],
			['fields by title', () => customFields(...titles.map((title) => row('name', title, title)))],
			['a column map filled by hand', byHand],
			['an automatic column map', () => mapAutomatically],
		];

		const sync = async (parameters: INodeParameters) =>
			await account.sync([...SAMPLES, REFUSED], withOptions(parameters), {
				onError: 'continueRegularOutput',
				timezone: 'Europe/Berlin',
			});
		const withOptions = ({ options, ...others }: INodeParameters): INodeParameters => ({
			...others,
			options: { unusableValues: 'fail', ...(isRecord(options) ? options : {}) },
		});

		const expectSamplesStored = () => {
			expect(account.state.contacts().map(({ email }) => email)).toEqual([
				'sample-0@example.com',
				'sample-1@example.com',
			]);
			expect(account.contact('sample-0@example.com').fieldValues).toEqual(storedSamples(0));
			expect(account.contact('sample-1@example.com').fieldValues).toEqual(storedSamples(1));
		};

		describe.each(ways)('through %s', (_way, parametersOf) => {
			it('is stored by Sync Contact, and an unknown option fails its item', async () => {
				const { items } = await sync(await parametersOf());
				expect(jsonOf(items).map(({ action, error }) => error ?? action)).toEqual([
					'created',
					'created',
					NO_OPTION,
				]);
				expect(items[2]?.pairedItem).toEqual({ item: 2 });
				expectSamplesStored();
			});

			it('is stored by Sync Contacts in Bulk, and an unknown option leaves only its contact out', async () => {
				const { items } = await sync({
					...(await parametersOf()),
					operation: 'syncContactsInBulk',
					options: { waitForResult: false },
				});
				expect(jsonOf(items).map(({ action, reason }) => (action === 'pending' ? action : reason))).toEqual([
					'pending',
					'pending',
					NO_OPTION,
				]);
				expect(items[2]?.pairedItem).toEqual({ item: 2 });
				expectSamplesStored();
			});

			it('is shown by a dry run with the titles, and nothing is sent', async () => {
				const { items } = await sync({ ...(await parametersOf()), options: { dryRun: true } });
				for (const { json } of items.slice(0, 2)) {
					expect(json).toHaveProperty('action', 'wouldCreate');
					expect(asArray(json.changes).map((change) => at(change, 'field'))).toEqual(titles);
				}
				expect(asArray(jsonOf(items)[0]?.['changes'])).toContainEqual({
					field: 'My listbox',
					from: [],
					to: ['Red', 'Green'],
				});
				expect(account.requests().filter((request) => !request.startsWith('GET'))).toEqual([]);
			});
		});
	});

	describe('a value that does not fit its field', () => {
		const account = useAccount({ fields: FIELD_SEEDS });

		it.each(FIELDS.filter(({ column }) => column !== 'text'))(
			'is reported with the field $title, the item and what is allowed',
			async ({ id, title }) => {
				const items: IDataObject[] = [
					{ email: 'blank@example.com', [title]: '' },
					{ email: 'odd@example.com', [title]: 'tomorrow' },
				];
				const { error, status } = await account.sync(items, {
					...customFields(row('id', id, title)),
					options: { unusableValues: 'fail' },
				});
				expect(status).toBe('error');
				expect(error).toMatchObject({ name: 'NodeOperationError' });
				expect(error?.description).toMatch(/^Item 2 /);
				expect(error?.message).toMatch(new RegExp(`^'${title}'(:| has no option) 'tomorrow'`));
				expect(error?.description).toMatch(/YYYY-MM-DD|'1234\.5'|'Red', 'Green', 'A, or B'/);
				expect(account.state.contacts().map(({ email }) => email)).toEqual(['blank@example.com']);
			},
		);
	});

	function row(mode: 'id' | 'name', field: string, title: string): ['id' | 'name', string, string] {
		return [mode, field, valueOf(title)];
	}
});

describe('several values in the text of a JSON array', () => {
	/** Arrays as text, which is how AI agents and spreadsheet cells give several values. */
	const items = [
		{ email: 'ann@example.com', several: '["Lead","VIP"]' },
		{ email: 'bob@example.com', several: ' [ "VIP", 2026, null ]' },
	];

	const account = useAccount({
		tags: ['Lead'],
		fields: [{ title: 'Topics', type: 'checkbox', options: ['Lead', 'VIP', '2026'] }],
	});
	const tagsOf = (email: string) =>
		[...account.contact(email).tags.keys()].map((id) => account.state.tags.get(id)?.name);

	it('are read as tags and as choices of a field, one for each', async () => {
		const { status } = await account.sync(items, {
			tagsToAdd: '={{ $json.several }}',
			...customFields(['name', 'Topics', '={{ $json.several }}']),
		});

		expect(status).toBe('success');
		expect(tagsOf('ann@example.com')).toEqual(['Lead', 'VIP']);
		expect(tagsOf('bob@example.com')).toEqual(['VIP', '2026']);
		expect([...account.state.tags.values()].map(({ name }) => name).sort()).toEqual(['2026', 'Lead', 'VIP']);
		expect(account.stored('ann@example.com', 'Topics')).toBe('||Lead||VIP||');
		expect(account.stored('bob@example.com', 'Topics')).toBe('||VIP||2026||');
	});

	it('fail their item instead of becoming tags when they are not texts', async () => {
		const { items: output } = await account.sync(
			[{ email: 'ann@example.com', several: '[{"name":"Lead"}]' }, ...items.slice(1)],
			{ tagsToAdd: '={{ $json.several }}' },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(output)[0]?.['error']).toContain(`'Tags to Add'`);
		expect(account.state.contacts().map(({ email }) => email)).toEqual(['bob@example.com']);
		expect([...account.state.tags.values()].map(({ name }) => name).sort()).toEqual(['2026', 'Lead', 'VIP']);
	});
});

describe('timestamps', () => {
	const FIELDS: FieldSeed[] = [
		{ title: 'Birthday', type: 'date' },
		{ title: 'Appointment', type: 'datetime' },
	];
	const parameters = customFields(
		['name', 'Birthday', '={{ $json.date }}'],
		['name', 'Appointment', '={{ $json.date }}'],
	);

	const account = useAccount({ fields: FIELDS, timeZone: 'UTC' });
	const storedDates = (count: number) =>
		Array.from({ length: count }, (_, index) => [
			account.stored(`p${index}@example.com`, 'Birthday'),
			account.stored(`p${index}@example.com`, 'Appointment'),
		]);
	const sync = async (dates: unknown[], timezone: string) =>
		await account.sync(
			dates.map((date, index) => ({ email: `p${index}@example.com`, date: date as string })),
			{ ...parameters, options: { unusableValues: 'fail' } },
			{ timezone, onError: 'continueRegularOutput' },
		);

	it('are read without separators where only one meaning is possible', async () => {
		await sync(
			['20261231', 20261231, '20261231120000', '20261231T120000Z', '20261231T1200'],
			'Europe/Berlin',
		);

		expect(storedDates(5)).toEqual([
			['2026-12-31', '2026-12-30T23:00:00+00:00'],
			['2026-12-31', '2026-12-30T23:00:00+00:00'],
			['2026-12-31', '2026-12-31T11:00:00+00:00'],
			['2026-12-31', '2026-12-31T12:00:00+00:00'],
			['2026-12-31', '2026-12-31T11:00:00+00:00'],
		]);
	});

	it('fail their item where they could also be milliseconds, or no time at all', async () => {
		const { items } = await sync(['202612311200', 202612311200, '20261331120000', 99_999_999_999_999], 'UTC');

		expect(jsonOf(items).map(({ error }) => error)).toEqual([
			textWith('is ambiguous (2026-12-31T12:00:00 or 1976-06-03T01:11:51.200Z)'),
			textWith('is ambiguous (2026-12-31T12:00:00 or 1976-06-03T01:11:51.200Z)'),
			textWith("'Birthday': '20261331120000' is not a date"),
			textWith("'Birthday': '99999999999999' is not a date"),
		]);
		expect(account.state.contacts()).toEqual([]);
	});

	it.each(['America/Los_Angeles', 'Europe/Berlin', 'Pacific/Kiritimati'])(
		'are stored in a Date field as the UTC day at exactly midnight UTC, with the workflow in %s',
		async (timezone) => {
			await sync(
				[
					'1990-05-17T00:00:00.000Z',
					'1990-05-17T00:00:00+00:00',
					new Date('1990-05-17T00:00:00.000Z'),
					Date.UTC(1990, 4, 17),
				],
				timezone,
			);

			const day = ['1990-05-17', '1990-05-17T00:00:00+00:00'];
			expect(storedDates(4)).toEqual([day, day, day, day]);
		},
	);
});

describe('a field whose type is unknown, since the account does not show its fields', () => {
	const FIELDS: FieldSeed[] = [
		{ id: '1', title: 'Hobbies', type: 'listbox', options: ['Art', 'Music'] },
		{ id: '2', title: 'Budget', type: 'number' },
		{ id: '3', title: 'Birthday', type: 'date' },
		{ id: '4', title: 'Company', type: 'text' },
	];

	const account = useAccount({ fields: FIELDS, deny: ['fields'] });
	const sync = async (values: Array<[id: string, value: GenericValue]>, operation = 'syncContact') => {
		const items = values.map(([id, value], index) => ({ email: `p${index}@example.com`, id, value }));
		return await account.sync(
			items,
			{
				operation,
				...customFields(['id', '={{ $json.id }}', '={{ $json.value }}']),
				options: { unusableValues: 'fail' },
			},
			{ onError: 'continueRegularOutput' },
		);
	};

	it.each(['syncContact', 'syncContactsInBulk'])(
		'fails what each type stores differently, in %s',
		async (operation) => {
			const values: Array<[string, GenericValue]> = [
				['1', 'Art, Music'],
				['1', ['Art', 'Music']],
				['1', '["Art","Music"]'],
				['2', '1.234,50'],
				['2', '1.234'],
				['2', '$5'],
				['3', '2026-12-31'],
				['3', '31/12/2026'],
				['3', new Date('2026-12-31T12:00:00Z')],
				['4', { a: 1 }],
			];

			const { items } = await sync(values, operation);

			expect(jsonOf(items).map(({ error, reason }) => error ?? reason)).toEqual(
				values.map(([id]) => textWith(`'Custom field ${id}': `)),
			);
			for (const json of jsonOf(items)) {
				expect(json).toMatchObject({
					error: textWith("the field's type is unknown, since the account's custom fields could not be read"),
				});
			}
			expect(account.state.contacts()).toEqual([]);
		},
	);

	it('takes plain text, whole numbers and single values in an array', async () => {
		const values: Array<[string, GenericValue]> = [
			['4', 'Acme GmbH'],
			['2', 42],
			['2', '1234.5'],
			['4', ['Acme']],
			['04', true],
		];

		const { items } = await sync(values);

		expect(jsonOf(items).map(({ error }) => error)).toEqual(values.map(() => undefined));
		expect(values.map((_, index) => [...account.contact(`p${index}@example.com`).fieldValues])).toEqual([
			[['4', 'Acme GmbH']],
			[['2', '42']],
			[['2', '1234.5']],
			[['4', 'Acme']],
			[['4', 'true']],
		]);
		for (const { warnings } of jsonOf(items)) {
			expect(warnings).toEqual([textWith('were sent as plain text, since their types are unknown')]);
		}
	});
});

describe('references to fields', () => {
	const FIELDS = [
		{ id: '1', title: 'Company' },
		{ id: '2', title: 'City' },
		{ id: '7', title: 'Industry' },
		// Titles that look like IDs of other fields.
		{ id: '20', title: '2' },
		{ id: '21', title: 'field_7' },
	];

	describe('a reference to a custom field', () => {
		const account = useAccount({ fields: FIELDS });
		const stored = () => people.map(({ email }) => Object.fromEntries(account.contact(email).fieldValues));

		it('by name means a title or a personalization tag, never an ID', async () => {
			const { status } = await account.sync(
				people,
				customFields(['name', '2', 'a'], ['name', 'field_7', 'b']),
			);
			const unknown = await account.sync(people, { ...customFields(['name', '1', 'c']), ...failing });

			expect(status).toBe('success');
			expect(stored()).toEqual(people.map(() => ({ 20: 'a', 21: 'b' })));
			expect(unknown.error?.message).toBe("The account has no custom field '1'");
		});

		it('by ID means an ID, with or without zeros before it, and never a title', async () => {
			const { status } = await account.sync(people, customFields(['id', '007', 'a'], ['id', '2', 'b']));
			account.state.fields.delete('2');
			const unknown = await account.sync(people, { ...customFields(['id', '2', 'c']), ...failing });

			expect(status).toBe('success');
			expect(stored()).toEqual(people.map(() => ({ 7: 'a', 2: 'b' })));
			expect(unknown.error?.message).toBe("The account has no custom field '2'");
		});

		it('by an expression in place of the picker means an ID if it is digits', async () => {
			const fields = ['={{ 2 }}', '={{ "007" }}', '={{ "company" }}'];

			await account.sync(people, {
				customFields: { values: fields.map((field) => ({ field, value: 'a' })) },
			});

			expect(stored()).toEqual(people.map(() => ({ 1: 'a', 2: 'a', 7: 'a' })));
		});

		it('by the column of a map filled by hand means its ID', async () => {
			await account.sync(people, mapByHand({ email: '={{ $json.email }}', field_7: 'a', field_2: 'b' }));

			expect(stored()).toEqual(people.map(() => ({ 7: 'a', 2: 'b' })));
		});

		it('by the key of an automatic map means a title, never an ID', async () => {
			const items = people.map(({ email }) => ({
				email,
				'1': 'x',
				'2': 'title',
				field_1: 'y',
				field_7: 'title',
			}));

			const run = await account.sync(items, mapAutomatically);

			expect(stored()).toEqual(people.map(() => ({ 20: 'title', 21: 'title' })));
			expect(run.hints[0]?.message).toContain(
				"Input fields not used: '1', 'field_1' (automatic mapping does not use IDs: name the key after the field).",
			);
		});
	});

	describe('a reference by name without the permission to see the fields', () => {
		const account = useAccount({ fields: FIELDS, deny: ['fields'] });

		it('is not taken for an ID', async () => {
			const { error } = await account.sync(people, {
				customFields: { values: [{ field: locator('name', '2'), value: 'a' }] },
			});

			expect(error?.message).toContain('did not allow this API key to read the custom fields');
			expect(account.state.contacts()).toEqual([]);
		});
	});
});

describe('titles of fields', () => {
	/** Titles that code trips over: names that every object has, and texts that are hard to show. */
	const LONG = 'x'.repeat(500);
	const TITLES = [
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		LONG,
		'🎉 Party? 👩‍👩‍👧',
		"it's {{ $json }}",
	];
	const UNTITLED = '30';
	const TWINS = ['40', '41'];

	const fields = [
		...TITLES.map((title, index) => ({ id: String(index + 1), title, perstag: `TAG_${index + 1}` })),
		{ id: UNTITLED, title: '', perstag: 'UNTITLED' },
		{ id: TWINS[0], title: 'Twin', perstag: 'FIRST_TWIN' },
		{ id: TWINS[1], title: 'Twin', perstag: 'SECOND_TWIN' },
	];

	describe('custom fields with odd titles', () => {
		const account = useAccount({ fields });
		/** The custom values of both people, by field id. */
		const stored = () => people.map(({ email }) => Object.fromEntries(account.contact(email).fieldValues));
		const valueOfTitle = TITLES.map((title): [string, string] => [title, `value of ${title.slice(0, 9)}`]);
		/** Ids are counted from 1. */
		const values = Object.fromEntries(valueOfTitle.map(([, value], index) => [String(index + 1), value]));

		afterEach(() => {
			expect(Object.keys(Object.prototype)).toEqual([]);
			expect(Object.getPrototypeOf({})).toBe(Object.prototype);
			expect(Object.prototype.toString.call([])).toBe('[object Array]');
		});

		it('are set by title, and are in the output under it', async () => {
			const rows = valueOfTitle.map(([, value], index): ['name', string, string] => [
				'name',
				`={{ $json.titles[${index}] }}`,
				value,
			]);
			const items = people.map((person) => ({ ...person, titles: TITLES }));
			const run = await account.sync(items, customFields(...rows));
			expect(stored()).toEqual([values, values]);
			for (const { json } of run.items) {
				expect(Object.entries(json.customFields ?? {})).toEqual(valueOfTitle);
			}
		});

		it('are set by tag and by ID, and the untitled one is in the output under its tag', async () => {
			const { items } = await account.sync(
				people,
				customFields(['name', '%TAG_1%', 'a'], ['name', 'untitled', 'b'], ['id', '4', 'c']),
			);
			expect(stored()).toEqual([
				{ 1: 'a', [UNTITLED]: 'b', 4: 'c' },
				{ 1: 'a', [UNTITLED]: 'b', 4: 'c' },
			]);
			for (const { json } of items) {
				expect(Object.entries(json.customFields ?? {})).toEqual([
					['__proto__', 'a'],
					['%UNTITLED%', 'b'],
					['hasOwnProperty', 'c'],
				]);
			}
		});

		it('are reported as unknown when they do not exist', async () => {
			const { items } = await account.sync(
				[...people, { email: 'cid@example.com', field: 'valueOf' }],
				{ ...customFields(['name', "={{ $json.field ?? 'isPrototypeOf' }}", 'x']), ...failing },
				{ onError: 'continueRegularOutput' },
			);
			expect(jsonOf(items).map(({ error }) => error)).toEqual([
				expect.stringMatching(/^The account has no custom field 'isPrototypeOf'/),
				expect.stringMatching(/^The account has no custom field 'isPrototypeOf'/),
				expect.stringMatching(/^The account has no custom field 'valueOf'/),
			]);
		});

		it('are rejected by title when two fields share it, with their IDs and tags, and accepted by tag', async () => {
			const references = ['Twin', 'twin ', 'FIRST_TWIN', '%SECOND_TWIN%'];
			const items = references.map((field, index) => ({ email: `p${index}@example.com`, field }));
			const run = await account.sync(
				items,
				{ ...customFields(['name', '={{ $json.field }}', 'value']), ...failing },
				{ onError: 'continueRegularOutput' },
			);
			const shared =
				/custom fields are called '.*'. Use the ID .*: ID 40 \(%FIRST_TWIN%\), ID 41 \(%SECOND_TWIN%\)$/;
			expect(jsonOf(run.items).map(({ action, error }) => error ?? action)).toEqual([
				expect.stringMatching(shared),
				expect.stringMatching(shared),
				'created',
				'created',
			]);
			expect(account.contact('p2@example.com').fieldValues).toEqual(new Map([['40', 'value']]));
			expect(account.contact('p3@example.com').fieldValues).toEqual(new Map([['41', 'value']]));
		});

		it('are in the output with their IDs when two fields share a title', async () => {
			const { items } = await account.sync(people, customFields(['id', '40', 'a'], ['id', '41', 'b']));
			for (const { json } of items) expect(json.customFields).toEqual({ 'Twin (40)': 'a', 'Twin (41)': 'b' });
		});

		it('are filled from keys of the same name by an automatic column map', async () => {
			const entries = [...valueOfTitle, ['Twin', 'which?'], ['', 'no key']] as const;
			const items = people.map(({ email }) => Object.fromEntries<string>([...entries, ['email', email]]));
			const run = await account.sync(items, mapAutomatically);
			expect(stored()).toEqual([values, values]);
			expect(run.hints[0]?.message).toContain(
				"Input fields not used: 'Twin' (several custom fields have this name: ID 40 (%FIRST_TWIN%), ID 41 (%SECOND_TWIN%)); '' (no field has this name).",
			);
		});

		it('have columns of their own in the editor, which a map by hand fills', async () => {
			const { fields: columns } = await resourceMapping('getContactColumns', {
				credentials: account.credentials,
			});
			const custom = columns.filter(({ id }) => id.startsWith('field_'));
			expect(custom.map(({ displayName }) => displayName)).toEqual([
				...TITLES,
				'%UNTITLED%',
				'Twin (40)',
				'Twin (41)',
			]);
			const filled = custom.map(({ id }): [string, string] => [id, `value of ${id}`]);
			await account.sync(
				people,
				mapByHand({ email: '={{ $json.email }}', ...Object.fromEntries(filled) }, columns),
			);
			const expected = Object.fromEntries(filled.map(([id, value]) => [id.replace('field_', ''), value]));
			expect(stored()).toEqual([expected, expected]);
		});

		it('are searched and picked in the editor', async () => {
			const search = async (filter?: string) =>
				(await listSearch('searchCustomFields', { credentials: account.credentials, filter })).results;
			expect((await search()).map(({ value }) => value)).toEqual(fields.map(({ id }) => id));
			expect(await search('PROTO')).toEqual([{ name: '__proto__ (text)', value: '1' }]);
			expect((await search('twin')).map(({ name }) => name)).toEqual([
				'Twin (40) (text)',
				'Twin (41) (text)',
			]);
			expect(await search('untitled')).toEqual([{ name: '%UNTITLED% (text)', value: UNTITLED }]);
		});
	});

	describe('a custom field', () => {
		const options = [{ value: 'sw', label: 'Software' }];
		const account = useAccount({
			fields: [
				{ id: '7', title: 'Company' },
				{ id: '8', title: 'Company' },
				{ id: '9', title: 'Phone' },
				{ id: '10', title: 'Score', type: 'number' },
				{ id: '11', title: 'Industry', type: 'dropdown', options },
			],
		});
		const shown = { 'Company (7)': 'Acme', 'Phone (9)': '+49 30 1', Score: 1.5, Industry: 'Software' };
		const given = customFields(
			['id', '7', 'Acme'],
			['id', '9', '+49 30 1'],
			['id', '10', '1.50'],
			['id', '11', 'sw'],
		);

		it('is called and shown alike by Dry Run, Sync Contact and Get Contact, which take it by this name', async () => {
			const planned = await account.sync(people, { ...given, options: { dryRun: true } });
			const synced = await account.sync(people, given);
			const got = await account.sync(people, { operation: 'getContact' });
			const again = await account.sync(
				people.map(({ email }) => ({ email, ...shown, 'Company (8)': 'Apex' })),
				mapAutomatically,
			);

			for (const { changes } of jsonOf(planned.items)) {
				expect(changes).toEqual(Object.entries(shown).map(([field, to]) => ({ field, from: '', to })));
			}
			for (const { items } of [synced, got]) {
				for (const { json } of items) expect(json.customFields).toEqual(shown);
			}
			for (const { json } of again.items) {
				expect(json.customFields).toEqual({ ...shown, 'Company (8)': 'Apex' });
			}
		});

		it('is called so in messages too', async () => {
			const { error } = await account.sync(people, customFields(['id', '8', 'x'], ['id', '8', 'y']));

			expect(error?.message).toBe("The custom field 'Company (8)' is given twice, with different values");
		});
	});
});
