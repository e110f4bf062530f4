import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { asText } from '../guards';
import { sized } from '../size';
import { useAccount } from './harness/account';
import { runBulk, sentContacts } from './harness/bulk';
import { customFields, lists, locator, mapAutomatically } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';

const FIELDS = [
	{ id: '1', title: 'Birthday', type: 'date' },
	{ id: '2', title: 'Topics', type: 'checkbox', options: ['Art', 'Music', 'Sports'] },
	{ id: '3', title: 'Age', type: 'number' },
	{ id: '4', title: 'Industry', type: 'dropdown', options: ['Software', 'Retail'] },
	{ id: '5', title: 'Company' },
];
const CONTINUE = { onError: 'continueRegularOutput' } as const;

describe('a value that cannot be used', () => {
	const account = useAccount({ fields: FIELDS, lists: ['News'], importDurationMs: 0 });

	const ann = {
		email: 'ann@example.com',
		'First Name': 'Ann',
		Birthday: '04/15',
		Topics: 'Art, Music, Other: dance',
		Age: 40,
	};
	const bob = { email: 'bob@example.com', 'First Name': 'Bob', Birthday: '1990-05-17', Age: 41 };
	const steps = { ...mapAutomatically, tagsToAdd: 'Lead', ...lists(['name', 'News', 'subscribe']) };
	const sync = async (unusableValues: string | undefined, more: IDataObject = {}) =>
		await account.sync(
			[ann, bob],
			{
				...steps,
				options: { ...(unusableValues ? { unusableValues } : {}), ...(more as { dryRun?: boolean }) },
			},
			CONTINUE,
		);
	const writes = () => account.requests().filter((request) => !request.startsWith('GET'));
	const tagCount = (email: string) => account.contact(email).tags.size;

	it.each([undefined, 'saveRest'])('fails its item after everything else is saved (%s)', async (mode) => {
		const { items } = await sync(mode);

		const { id, firstName } = account.contact('ann@example.com');
		const [failed, done] = jsonOf(items);
		expect(firstName).toBe('Ann');
		expect(account.contact(id).fieldValues).toEqual(
			new Map([
				['2', '||Art||Music||'],
				['3', '40'],
			]),
		);
		expect(failed).toMatchObject({
			action: 'failed',
			id,
			email: 'ann@example.com',
			lists: { News: 'subscribed' },
			customFields: { Topics: ['Art', 'Music'], Age: 40 },
		});
		expect(failed?.['error']).toContain(
			`The contact ann@example.com was saved (ID ${id}), but 'Birthday' was not set: '04/15' is not a date, 'Topics' was not set completely: it has no option 'Other: dance'. 'Birthday': Use YYYY-MM-DD`,
		);
		expect(failed?.['error']).toContain("'Topics': Use one of its options: 'Art', 'Music', 'Sports'");
		expect(done).toMatchObject({ action: 'created', customFields: { Birthday: '1990-05-17' } });
		expect([ann, bob].map(({ email }) => tagCount(email))).toEqual([1, 1]);
	});

	it('is a warning when Unusable Values is Skip', async () => {
		const { items, hints, status } = await sync('skip');

		expect(status).toBe('success');
		expect(jsonOf(items)).toMatchObject([
			{
				action: 'created',
				warnings: [
					"'Birthday': '04/15' is not a date: skipped",
					"'Topics' has no option 'Other: dance': skipped",
				],
			},
			{ action: 'created' },
		]);
		expect(hints[0]?.message).toContain(
			"Not all values could be used: 'Birthday', 'Topics'. See the option 'Unusable Values'.",
		);
		expect(account.stored('ann@example.com', 'Topics')).toBe('||Art||Music||');
		expect([ann, bob].map(({ email }) => tagCount(email))).toEqual([1, 1]);
	});

	it('keeps everything from being sent when Unusable Values is Fail', async () => {
		const { items } = await sync('fail');

		expect(jsonOf(items)).toMatchObject([
			{ action: 'failed', error: textLike(/^'Birthday': '04\/15' is not a date\. Use YYYY-MM-DD/) },
			{ action: 'created' },
		]);
		expect(account.state.contacts().map(({ email }) => email)).toEqual(['bob@example.com']);
	});

	it.each([
		[
			'saveRest',
			{
				action: 'failed',
				error: textLike(/^In the real run, 'Birthday' would not be set: '04\/15' is not a date/),
			},
		],
		['skip', { action: 'wouldCreate', warnings: [textWith('skipped'), textWith('skipped')] }],
		['fail', { action: 'failed', error: textLike(/^'Birthday': '04\/15' is not a date/) }],
	])('is shown by a dry run as the real run ends: %s', async (mode, expected) => {
		const { items } = await sync(mode, { dryRun: true });

		expect(jsonOf(items)).toMatchObject([expected, { action: 'wouldCreate' }]);
		expect(writes()).toEqual([]);
	});

	it.each([
		['saveRest', 2],
		['skip', 2],
		['fail', 1],
	])('is left off its row in bulk, or fails it: %s', async (unusableValues, count) => {
		const run = await runBulk(account.sandbox, [ann, bob], {
			parameters: mapAutomatically,
			options: { unusableValues },
			...CONTINUE,
		});

		const [first, second] = jsonOf(run.items);
		expect(sentContacts(account.sandbox).flat()).toHaveLength(count);
		expect(second).toMatchObject({ action: 'imported' });
		if (unusableValues === 'fail') {
			expect(first).toMatchObject({ action: 'failed', error: textWith("'04/15' is not a date") });
			return;
		}
		expect(account.contact('ann@example.com').fieldValues.size).toBe(2);
		expect(first).toMatchObject({
			action: 'imported',
			warnings: [
				textWith("'Birthday': '04/15' is not a date: skipped"),
				textWith("no option 'Other: dance'"),
			],
		});
		expect(run.hints[0]?.message).toContain("Not all values could be used: 'Birthday', 'Topics'.");
	});

	it('is the same for a field that the account does not have', async () => {
		const given = customFields(['name', '={{ $json.title }}', 'x'], ['name', 'Company', 'Acme']);
		const items = [
			{ email: 'ann@example.com', title: 'Color' },
			{ email: 'bob@example.com', title: 'Company' },
		];
		const run = async (unusableValues: string) =>
			jsonOf(
				(await account.sync(items.slice(0, 1), { ...given, options: { unusableValues } }, CONTINUE)).items,
			);

		const [failed] = await run('fail');
		expect(failed?.['error']).toMatch(/^The account has no custom field 'Color'/);
		expect(account.state.contacts()).toEqual([]);

		const [saved] = await run('saveRest');
		expect(saved?.['error']).toContain("but 'Color' was not set: the account has no custom field 'Color'");
		expect(account.stored('ann@example.com', 'Company')).toBe('Acme');
		expect(await run('skip')).toMatchObject([
			{ action: 'updated', warnings: ["The account has no custom field 'Color': skipped"] },
		]);
	});

	it('is never the email or the match key', async () => {
		const items = [
			{ email: 'nobody', key: 'A' },
			{ email: 'bob@example.com', key: '1.5 kg' },
		];
		const keyed = {
			matchBy: 'customField',
			matchField: locator('name', 'Age'),
			matchValue: '={{ $json.key }}',
		};
		const byKey = await account.sync(
			items.slice(1),
			{ ...keyed, options: { unusableValues: 'skip' } },
			CONTINUE,
		);
		const byEmail = await account.sync(items.slice(0, 1), { options: { unusableValues: 'skip' } }, CONTINUE);

		expect(jsonOf(byKey.items)).toMatchObject([{ error: textLike(/^'Age': '1\.5 kg' is not a number/) }]);
		expect(jsonOf(byEmail.items)).toMatchObject([{ error: textLike(/^'Email' is not a valid email/) }]);
		expect(account.state.contacts()).toEqual([]);
	});

	it('does not count where a later item of the contact has another value, and keeps no other item from being sent', async () => {
		const items = [
			{ email: 'ann@example.com', Birthday: 'soon', Company: 'Acme' },
			{ email: 'ann@example.com', Birthday: '1990-05-17' },
		];
		const merged = await account.sync(items, mapAutomatically, CONTINUE);
		expect(jsonOf(merged.items)).toMatchObject([{ action: 'created' }, { action: 'created' }]);
		expect(account.stored('ann@example.com', 'Birthday')).toBe('1990-05-17');

		const failing = { ...mapAutomatically, options: { unusableValues: 'fail' } };
		const apart = await account.sync(items.toReversed(), failing, CONTINUE);
		expect(jsonOf(apart.items)).toMatchObject([{ action: 'updated' }, { error: textWith('is not a date') }]);
	});

	it('is named as a later one where an earlier item of the contact has set the field', async () => {
		const items = ['1990-05-17', 'soon'].map((Birthday) => ({ email: 'ann@example.com', Birthday }));

		const run = await account.sync(items, mapAutomatically, CONTINUE);

		expect(jsonOf(run.items)).toMatchObject([
			{
				error: textWith("but 'Birthday' was not set to a later value: 'soon' is not a date"),
				customFields: { Birthday: '1990-05-17' },
			},
			{ action: 'failed' },
		]);
	});

	it('does not count for a field that keeps what it has, with Fill Blanks Only', async () => {
		account.state.addContact({ email: 'ann@example.com', fieldValues: { Birthday: '1990-05-17' } });
		const { items } = await account.sync(
			[
				{ email: 'ann@example.com', Birthday: 'soon' },
				{ email: 'bob@example.com', Birthday: 'soon' },
			],
			{ ...mapAutomatically, options: { emptyValues: 'fillOnly' } },
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated' },
			{ error: textWith("'Birthday' was not set") },
		]);
	});
});

describe('a value that the contact has just as it is given', () => {
	const account = useAccount({ fields: FIELDS });
	const emails = ['ann@example.com', 'bob@example.com'];

	beforeEach(() => {
		for (const email of emails) {
			account.state.addContact({
				email,
				phone: '4.479E+11',
				fieldValues: { Industry: 'Mining', Topics: '||Art||Chess||', Age: 'about 40', Birthday: '05/1990' },
			});
		}
	});

	it.each(['saveRest', 'skip', 'fail'])(
		'is no unusable one, so that a contact goes back: %s',
		async (unusableValues) => {
			const before = account.state.contacts().map(({ fieldValues }) => new Map(fieldValues));
			const got = await account.sync(
				emails.map((email) => ({ email })),
				{ operation: 'getContact' },
			);

			for (const dryRun of [true, false]) {
				const { items, status } = await account.sync(jsonOf(got.items), {
					...mapAutomatically,
					options: { unusableValues, dryRun },
				});

				expect(status).toBe('success');
				const action = dryRun ? 'unchanged' : 'updated';
				expect(jsonOf(items)).toMatchObject([{ action }, { action }]);
				for (const json of jsonOf(items)) expect(json).not.toHaveProperty('warnings');
			}
			expect(account.state.contacts().map(({ fieldValues }) => fieldValues)).toEqual(before);
		},
	);

	it('is one for another contact, and beside a value that differs', async () => {
		const { items } = await account.sync(
			[
				{ email: 'new@example.com', Industry: 'Mining' },
				{ email: 'bob@example.com', Topics: ['Music', 'Chess'] },
			],
			mapAutomatically,
			CONTINUE,
		);

		expect(jsonOf(items)).toMatchObject([
			{ error: textWith("'Industry' was not set: it has no option 'Mining'") },
			{ error: textWith("'Topics' was not set completely: it has no option 'Chess'") },
		]);
	});

	it('costs a read only of contacts with such a value', async () => {
		await account.sync(
			[
				{ email: 'ann@example.com', Industry: 'Mining' },
				{ email: 'bob@example.com', Industry: 'Retail' },
			],
			mapAutomatically,
		);

		expect(account.sandbox.journal.count('GET', '/contacts')).toBe(1);
	});
});

describe('one bad value anywhere in a contact', () => {
	const GOOD: Readonly<Record<string, readonly unknown[]>> = {
		'First Name': ['Ann', "'t Hooft", 'N/A'],
		Phone: ['+49 30 1', 'p:030/1234'],
		Birthday: ['1990-05-17', '31.12.1990'],
		Topics: ['Art', ['Art', 'Music']],
		Age: [40, "'41"],
		Industry: ['retail', 'Software'],
		Company: ['Acme', 'null'],
	};
	const BAD: Readonly<Record<string, readonly unknown[]>> = {
		'First Name': ['Hi [object Object]', { a: 1 }],
		Phone: ['4.479E+11', { country: 'DE' }],
		Birthday: ['03/04/2026', 'soon', '2026-02-30'],
		Topics: ['Dance', ['Dance', 'Chess']],
		Age: ['1,234', 'forty'],
		Industry: ['Mining', ['Retail', 'Software']],
		Company: ['[object Promise]', 'Invalid DateTime'],
	};
	const keys = Object.keys(GOOD);
	const row = fc
		.record({
			good: fc.tuple(...keys.map((key) => fc.constantFrom(...(GOOD[key] ?? [])))),
			filled: fc.subarray(keys, { minLength: 2 }),
			order: fc.shuffledSubarray(keys, { minLength: keys.length }),
		})
		.chain(({ good, filled, order }) =>
			fc.constantFrom(...filled).chain((badKey) =>
				fc.constantFrom(...(BAD[badKey] ?? [])).map((bad) => ({
					badKey,
					bad,
					good: new Map(
						order.filter((key) => filled.includes(key)).map((key) => [key, good[keys.indexOf(key)]]),
					),
				})),
			),
		);

	const account = useAccount({ fields: FIELDS });
	const stored = (email: string) => {
		const { firstName, lastName, phone, fieldValues } = account.contact(email);
		return { firstName, lastName, phone, values: Object.fromEntries(fieldValues) };
	};

	it('is reported, and everything else is stored as it is without it', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(row, { minLength: 20, maxLength: 20 }), async (rows) => {
				account.sandbox.reset();
				const items = rows.flatMap(({ badKey, bad, good }, index) => {
					const others = [...good].filter(([key]) => key !== badKey);
					const sound = { email: `sound${index}@example.com`, ...Object.fromEntries(others) };
					const broken = { email: `broken${index}@example.com`, ...Object.fromEntries(good), [badKey]: bad };
					return [sound, broken] as IDataObject[];
				});
				const { items: output } = await account.sync(items, mapAutomatically, CONTINUE);

				rows.forEach(({ badKey }, index) => {
					const [sound, broken] = jsonOf(output).slice(2 * index);
					expect(sound).not.toHaveProperty('error');
					expect(broken?.['error']).toContain(`but '${badKey}' was not set: `);
					expect(broken?.['error']).toContain(`retries only what is missing ('${badKey}')`);
					expect(stored(`broken${index}@example.com`)).toEqual(stored(`sound${index}@example.com`));
				});
			}),
			{ numRuns: sized(2, 5), endOnFailure: true },
		);
	}, 60_000);
});

describe('the advice in a message about a value', () => {
	const account = useAccount({ fields: FIELDS });

	it.each([
		['Age', 'amount', '1,234'],
		['Age', 'amount', '1.234'],
		['Age', 'amount', '€ 12,500'],
		['Age', 'amount', '-7.500 USD'],
		['Birthday', 'date', 1_767_225_600],
		['Birthday', 'date', '1767225600'],
		['Birthday', 'date', '202612311200'],
		['Birthday', 'date', 202_612_311_200],
	])('contains an expression that works: for %s, %s is %j', async (field, key, value) => {
		const items = [0, 1].map((index) => ({ email: `p${index}@example.com`, [key]: value }));
		const given = async (expression: string) =>
			await account.sync(items, customFields(['name', field, `=${expression}`]), CONTINUE);

		const [failed] = jsonOf((await given(`{{ $json.${key} }}`)).items);
		const expressions = [...asText(failed?.['error']).matchAll(/\{\{.*?\}\}/g)].map(([found]) => found);

		expect(expressions).not.toEqual([]);
		for (const expression of expressions) {
			const { items: output } = await given(expression);
			expect(jsonOf(output)).toMatchObject([{ action: 'updated' }, { action: 'updated' }]);
			for (const json of jsonOf(output)) expect(json).not.toHaveProperty('error');
		}
	});

	it.each(['03/04/2026', '3/14/26 22:21', '31.12.62', '5-6-1990 10:00 PM', '12/11/10'])(
		'names values and choices of Date Order that work: for %s',
		async (value) => {
			const items = [0, 1].map((index) => ({ email: `p${index}@example.com`, value }));
			const row = customFields(['name', 'Birthday', '={{ $json.value }}']);

			const [failed] = jsonOf((await account.sync(items, row, CONTINUE)).items);
			const error = asText(failed?.['error']);
			const days = [...error.matchAll(/\d{4}-\d\d-\d\d/g)].map(([day]) => day);
			const orders = ['Day First', 'Month First'].filter((name) => error.includes(`'${name}'`));
			expect(error).toContain("set 'Date Order'");

			const readDays = await Promise.all(
				(orders.length > 0 ? orders : ['Day First', 'Month First']).map(async (name) => {
					const dateOrder = name === 'Day First' ? 'dayFirst' : 'monthFirst';
					const { items: output } = await account.sync(items, { ...row, options: { dateOrder } });
					return jsonOf(output)[0]?.['customFields'];
				}),
			);
			expect(readDays).toEqual(days.map((Birthday) => ({ Birthday })));
		},
	);
});
