import type { GenericValue, IDataObject } from 'n8n-workflow';

import { accountBaseUrl } from '../../nodes/ActiveCampaignSync/account/accountUrl';
import { expectedOf, HEADING_ROWS, itemOf, type HeadingRow } from '../corpus/headings';
import { sampled } from '../size';
import { asArray } from '../guards';
import { useAccount, credentialsOf, UNPACED, withAccount } from './harness/account';
import { customFields, lists, locator, mapAutomatically } from './harness/parameters';
import { jsonOf, outcomesBeing, textWith } from './harness/results';
import { runWorkflow } from './harness/runWorkflow';

const CONTINUE = { onError: 'continueRegularOutput' } as const;

describe('Names and phone as people and programs write them', () => {
	const account = useAccount();

	const REFUSED = Symbol('refused');
	const KEPT = 'before';

	/** Each in an item of its own, for a contact that has something in every field. */
	async function stored(field: 'phone' | 'firstName', values: readonly GenericValue[], clears = false) {
		const emails = values.map((_value, index) => `p${index}@example.com`);
		for (const email of emails) account.state.addContact({ email, phone: KEPT, firstName: KEPT });
		const options = { emptyValues: clears ? 'clear' : 'keep' };
		const run = await account.sync(
			emails.map((email, index): IDataObject => ({ email, value: values[index] })),
			{ [field]: '={{ $json.value }}', options },
			CONTINUE,
		);
		return jsonOf(run.items).map(({ error, warnings }, index) => {
			const value = account.contact(emails[index] ?? '')[field];
			if (error !== undefined) {
				expect(value).toBe(KEPT);
				expect(error).toContain(`'${field === 'phone' ? 'Phone' : 'First Name'}' was not set: `);
				return REFUSED;
			}
			return warnings === undefined ? value : [value, ...asArray(warnings)];
		});
	}

	it.each<[string, ReadonlyArray<[GenericValue, string]>]>([
		[
			"a spreadsheet's mark",
			[
				["'+31600000002", '+31600000002'],
				["'0049 30 1234", '0049 30 1234'],
				['’5550100', '5550100'],
				['="0301234"', '0301234'],
				['"+1 555 0100"', '+1 555 0100'],
			],
		],
		[
			"a program's mark",
			[
				['p:+4915112345678', '+4915112345678'],
				['tel:+1-555-0100', '+1-555-0100'],
				['TEL: 030 1234', '030 1234'],
				['whatsapp:+15550100', '+15550100'],
				['callto://+15550100', '+15550100'],
				["'p:+4915112345678", '+4915112345678'],
			],
		],
		[
			'characters that are not seen',
			[
				['\u202a+1 555 0100\u202c', '+1 555 0100'],
				['\ufeff030\u200b1234', '0301234'],
			],
		],
		[
			'digits of other scripts and characters of full width',
			[
				['０９０－１２３４－５６７８', '090-1234-5678'],
				['٠٥٠ ١٢٣ ٤٥٦٧', '050 123 4567'],
				[{ full: '۰۹۱۲۳۴۵۶۷۸۹' }, '09123456789'],
			],
		],
		[
			"an object of a form's trigger",
			[
				[{ full: '(555) 010-0119' }, '(555) 010-0119'],
				[{ area: '555', phone: '010-0119' }, '555 010-0119'],
				[{ area_code: '11', number: '22220142' }, '11 22220142'],
				[{ ddi: '+55', ddd: '11', number: '900000142' }, '+55 11 900000142'],
				[{ dialCode: '49', number: '30 1234567' }, '49 30 1234567'],
				[{ phone: '+15550100', countryShortName: 'US' }, '+15550100'],
				[{ countryCode: '+49', number: '301234' }, '+49 301234'],
				[
					{ national: '(555) 010-0119', international: '+1 555-010-0119', countryCode: '1' },
					'+1 555-010-0119',
				],
				[{ countryCode: '1', e164: '+15550100119' }, '+15550100119'],
				[{ label: 'work', value: '5550100119' }, '5550100119'],
				[{ countryCode: '1', phone: '+15550100119' }, '+15550100119'],
				[{ country: 'US', countryCode: '+1', phone: '5550100119' }, '+1 5550100119'],
				[[{ value: '+15550100', label: 'work', primary: true }], '+15550100'],
				[{ FreeFormNumber: '(555) 010-0119' }, '(555) 010-0119'],
			],
		],
	])('a phone number is stored without %s', async (_what, pairs) => {
		expect(
			await stored(
				'phone',
				pairs.map(([given]) => given),
			),
		).toEqual(pairs.map(([, number]) => number));
	});

	it('a phone number of which digits are lost, an unknown object, or what an expression has broken is refused', async () => {
		const values = [
			...['4.479E+11', '4,4791e11', "'6E+09", 4.479e21],
			...[{}, { country: 'DE' }, { number: { full: '1' } }, { id: 15_550_100 }],
			...['tel [object Object]', 'Invalid Date', '+49 [object Promise]'],
		];
		expect(await stored('phone', values)).toEqual(values.map(() => REFUSED));
		const run = await account.sync(
			[{}],
			{ email: 'a@example.com', phone: '={{ ({ country: "DE" }) }}' },
			CONTINUE,
		);
		expect(jsonOf(run.items)).toMatchObject([
			{ error: textWith('Use a single value that is text, not the object that contains it') },
		]);
	});

	it('words for nothing are no phone number, and clear it with Clear', async () => {
		const words = ['N/A', 'null', '-', 'none', '(not provided)', 'keine Angabe', "'--"];
		expect(await stored('phone', words)).toEqual(words.map(() => KEPT));
		account.sandbox.reset();
		expect(await stored('phone', words, true)).toEqual(words.map(() => ''));
	});

	it('an object of blank texts, as of a question without an answer, is no value, and clears it with Clear', async () => {
		const blanks = [{ full: '' }, { area: '', phone: ' ' }, { first: null, last: '' }];
		for (const field of ['phone', 'firstName'] as const) {
			expect(await stored(field, blanks)).toEqual(blanks.map(() => KEPT));
			account.sandbox.reset();
			expect(await stored(field, blanks, true)).toEqual(blanks.map(() => ''));
			account.sandbox.reset();
		}
	});

	it('an error in a cell changes nothing, even with Clear, and is a warning', async () => {
		const errors = ['#REF!', '#N/A', ' #DIV/0! ', '#¡VALOR!', 'Err:502'];
		const warned = errors.map((error) => [
			KEPT,
			`'Phone': '${error.trim()}' is what a spreadsheet shows for a formula that fails: skipped`,
		]);
		expect(await stored('phone', errors, true)).toEqual(warned);
		account.sandbox.reset();
		expect(await stored('firstName', errors)).toEqual(
			errors.map(() => [KEPT, textWith('a formula that fails')]),
		);
	});

	it('names are text, whatever the word, but no objects and nothing that an expression has broken', async () => {
		const names = ['Null', 'N/A', '-', 'None', "'t Hooft", '007', 'مهسا\u200cسادات'];
		expect(await stored('firstName', names)).toEqual(names);
		account.sandbox.reset();
		const broken = [{ first: 'Ann' }, [{ a: 1 }], '[object Object] Lee', 'Invalid DateTime'];
		expect(await stored('firstName', broken)).toEqual(broken.map(() => REFUSED));
	});
});

describe('a key, as Match Value', () => {
	const account = useAccount({ fields: [{ id: '7', title: 'CRM ID' }] });
	const keyed = {
		matchBy: 'customField',
		matchField: locator('id', '7'),
		matchValue: '={{ $json.key }}',
	};

	it.each([
		['6940095564', ["'6940095564", 6_940_095_564, '"6940095564"', ' 6940095564\u200b', '="6940095564"']],
		['A-17', ['’A-17', '“A-17”', '\ufeffA-17', '\u00a0A-17 ']],
	])('is one key in several spellings: %s', async (key, spellings) => {
		account.state.addContact({ email: 'ann@example.com', fieldValues: { '7': key } });
		const items = spellings.map((given) => ({ key: given }));

		const { items: output, error } = await account.sync(items, {
			...keyed,
			email: '',
			firstName: 'Ann',
			...customFields(['id', '7', '={{ $json.key }}']),
		});

		expect(error).toBeUndefined();
		for (const json of jsonOf(output)) expect(json).toMatchObject({ action: 'updated' });
		expect(account.state.contacts()).toHaveLength(1);
		expect(account.stored('ann@example.com', 'CRM ID')).toBe(key);
	});

	it.each([
		['N/A', "'Match Value' is empty: 'N/A'"],
		['null', "'Match Value' is empty: 'null'"],
		['#N/A', "'Match Value' is empty: '#N/A'"],
		['6.94E+09', "'Match Value' is a number of which digits are lost: '6.94E+09'"],
		[69_400_955_641_234_567_890, "'Match Value' is a number of which digits are lost"],
		['[object Object]', "'CRM ID': '[object Object]' contains"],
	])('is not %j, which several people may have', async (key, message) => {
		account.state.addContact({ email: 'ann@example.com', fieldValues: { '7': String(key) } });
		const items = [
			{ key, email: 'bob@example.com' },
			{ key, email: 'cid@example.com' },
		];
		const { items: output } = await account.sync(items, keyed, CONTINUE);

		expect(jsonOf(output)).toMatchObject([{ error: textWith(message) }, { error: textWith(message) }]);
		expect(account.state.contacts()).toHaveLength(1);
	});
});

describe('Date Order', () => {
	const account = useAccount({ fields: [{ title: 'Day', type: 'date' }], timeZone: 'UTC' });
	const values = ['03/04/2026', '3/14/26 22:21', '31.12.2026', '13-12-2026', '12/25/1999', '5/6/64'];

	it.each([
		['dayFirst', ['2026-04-03', '2026-03-14', '2026-12-31', '2026-12-13', '1999-12-25', '1964-06-05']],
		['monthFirst', ['2026-03-04', '2026-03-14', '2026-12-31', '2026-12-13', '1999-12-25', '1964-05-06']],
		['fail', [undefined, undefined, '2026-12-31', '2026-12-13', '1999-12-25', undefined]],
	])('decides about dates with two meanings only: %s', async (dateOrder, days) => {
		const items = values.map((day, index) => ({ email: `p${index}@example.com`, day }));
		for (const operation of ['syncContact', 'syncContactsInBulk']) {
			account.sandbox.reset();
			await account.sync(
				items,
				{ operation, ...customFields(['name', 'Day', '={{ $json.day }}']), options: { dateOrder } },
				CONTINUE,
			);
			expect(items.map(({ email }) => account.stored(email, 'Day'))).toEqual(days);
		}
	});

	it('may come from an expression, for each item', async () => {
		const items = ['dayFirst', 'monthFirst'].map((order) => ({ email: `${order}@example.com`, order }));
		await account.sync(items, {
			...customFields(['name', 'Day', '03/04/2026']),
			options: { dateOrder: '={{ $json.order }}' },
		});

		expect(items.map(({ email }) => account.stored(email, 'Day'))).toEqual(['2026-04-03', '2026-03-04']);
	});
});

describe('yes and no', () => {
	const account = useAccount({
		fields: [
			{ title: 'Member', type: 'dropdown', options: [{ value: 'm1', label: 'Yes' }, 'No', 'Maybe'] },
			{ title: 'Mitglied', type: 'radio', options: ['Ja', 'Nein'] },
			{ title: 'Consent', type: 'checkbox', options: ['I agree to receive email'] },
			{ title: 'Colors', type: 'checkbox', options: ['Red', 'Green'] },
		],
	});
	const titles = ['Member', 'Mitglied', 'Consent', 'Colors'];

	it.each<[GenericValue, Array<string | undefined>]>([
		[true, ['m1', 'Ja', '||I agree to receive email||', undefined]],
		['TRUE', ['m1', 'Ja', '||I agree to receive email||', undefined]],
		['Checked', ['m1', 'Ja', '||I agree to receive email||', undefined]],
		[1, ['m1', 'Ja', '||I agree to receive email||', undefined]],
		['oui', ['m1', 'Ja', '||I agree to receive email||', undefined]],
		[[true], ['m1', 'Ja', '||I agree to receive email||', undefined]],
		[false, ['No', 'Nein', undefined, undefined]],
		['off', ['No', 'Nein', undefined, undefined]],
		['0', ['No', 'Nein', undefined, undefined]],
	])('%j is the option that says so', async (value, expected) => {
		const items = [
			{ email: 'ann@example.com', value },
			{ email: 'bob@example.com', value },
		];
		const rows = titles.map((title): ['name', string, string] => ['name', title, '={{ $json.value }}']);
		const { items: output } = await account.sync(items, customFields(...rows), CONTINUE);

		for (const { email } of items)
			expect(titles.map((title) => account.stored(email, title))).toEqual(expected);
		for (const json of jsonOf(output)) {
			expect(json['error']).toContain("but 'Colors' was not set: ");
			expect(json['error']).not.toContain("'Consent'");
		}
	});
});

describe('what looks alike', () => {
	const account = useAccount({
		fields: [
			{ title: 'Size', type: 'dropdown', options: ['1–10', '11–50', 'More than 50'] },
			{ title: 'Plan', type: 'checkbox', options: ['Children’s', 'A\u00a0B', 'Pro'] },
			{ title: 'Shoe size' },
		],
		lists: ['News – Weekly', 'Offers'],
	});

	it.each([
		['11-50', '11–50'],
		['11\u201150', '11–50'],
		['１１–５０', '11–50'],
		['more\u00a0than  50', 'More than 50'],
		['More\u200b than 50', 'More than 50'],
	])('is one option: %j', async (given, option) => {
		const items = [0, 1].map((index) => ({ email: `p${index}@example.com`, given }));
		await account.sync(items, customFields(['name', 'Size', '={{ $json.given }}']));

		for (const { email } of items) expect(account.stored(email, 'Size')).toBe(option);
	});

	it('is one option among several, one field, one list', async () => {
		const items = ["children's, A B", 'Children‘s;a\u2009b'].map((plan, index) => ({
			email: `p${index}@example.com`,
			plan,
			size: ['Shoe\u00a0size', 'shoe\u200b  size'][index],
			list: ['News - Weekly', 'news — weekly'][index],
		}));
		const { items: output, error } = await account.sync(items, {
			...customFields(['name', 'Plan', '={{ $json.plan }}'], ['name', '={{ $json.size }}', '42']),
			...lists(['name', '={{ $json.list }}', 'subscribe']),
		});

		expect(error).toBeUndefined();
		for (const { email } of items) {
			expect(account.stored(email, 'Plan')).toBe('||Children’s||A\u00a0B||');
			expect(account.stored(email, 'Shoe size')).toBe('42');
		}
		for (const json of jsonOf(output)) expect(json).toMatchObject({ lists: outcomesBeing('subscribed') });
	});

	it('is never one option where both exist', async () => {
		account.state.addField({ title: 'Range', type: 'dropdown', options: ['1-2', '1–2'] });
		const items = ['1-2', '1–2'].map((given, index) => ({ email: `p${index}@example.com`, given }));
		await account.sync(items, customFields(['name', 'Range', '={{ $json.given }}']));

		expect(items.map(({ email }) => account.stored(email, 'Range'))).toEqual(['1-2', '1–2']);
	});

	it('is one address, and shown in messages where it is refused', async () => {
		account.state.addContact({ email: 'ann@example.com' });
		const emails = ['ann@example.com\u200b', '\u202aANN@example.com\u202c', 'mailto:ann@ex\u00adample.com'];
		const { items } = await account.sync(
			emails.map((email) => ({ email })),
			{ firstName: 'Ann' },
		);
		const odd = await account.sync([{ email: 'an\u200bn@@x' }, { email: 'b\u200b b@x.co' }], {}, CONTINUE);

		for (const json of jsonOf(items)) expect(json).toMatchObject({ action: 'updated' });
		expect(account.state.contacts()).toHaveLength(1);
		expect(jsonOf(odd.items)).toMatchObject([
			{ error: textWith(String.raw`'an\u200bn@@x'`) },
			{ error: textWith(String.raw`'b\u200b b@x.co'`) },
		]);
	});

	it('is one account name', () => {
		expect(accountBaseUrl('\u200bac\u00adme.api-us1.com\ufeff ')).toBe('https://acme.api-us1.com/api/3');
	});
});

describe('automatic mapping of values from spreadsheets', () => {
	const account = useAccount({ fields: [{ title: 'Birthday', type: 'date' }] });

	it('saves the person, whatever one cell contains', async () => {
		const rows = [
			{ Email: 'ann@example.com', 'First Name': 'Null', Phone: 'N/A', Birthday: 46_085 },
			{ Email: 'bob@example.com', 'First Name': '#N/A', Phone: "'+31600000002", Birthday: '31.12.2026' },
		];
		const { items, error } = await account.sync(rows, { ...mapAutomatically });

		expect(error).toBeUndefined();
		expect(account.contact('ann@example.com')).toMatchObject({ firstName: 'Null', phone: '' });
		expect(account.contact('bob@example.com')).toMatchObject({ firstName: '', phone: '+31600000002' });
		expect(rows.map(({ Email }) => account.stored(Email, 'Birthday'))).toEqual(['2026-03-04', '2026-12-31']);
		expect(jsonOf(items)[1]?.['warnings']).toEqual([textWith("'First Name': '#N/A'")]);
	});
});

describe('Map Automatically', () => {
	const STANDARD = {
		Email: 'email',
		'First Name': 'firstName',
		'Last Name': 'lastName',
		Phone: 'phone',
	} as const;

	/** The heading of the address in a row. */
	const emailHeading = (row: HeadingRow) => expectedOf(row)['Email'] ?? '';

	// What each row is read as, the unit tests see for all of them.
	it.each(sampled(HEADING_ROWS).map((row) => [row.tool, row] as const))(
		'stores two rows of %s, every value in its field and no value elsewhere, or nothing where no address is certain',
		async (_tool, row) => {
			const first = itemOf(row);
			const second = { ...first, [emailHeading(row)]: 'second@example.com' };
			const expected = expectedOf(row);

			await withAccount({ fields: row.fields.map((title) => ({ title, type: 'text' })) }, async (sandbox) => {
				const { items, error } = await runWorkflow({
					credentials: credentialsOf(sandbox),
					items: [first, second],
					nodeParameters: { ...mapAutomatically, options: UNPACED },
				});

				if (emailHeading(row) === '') {
					expect(error?.message).toBe("None of the input fields matches 'Email'");
					expect(sandbox.account.contacts()).toHaveLength(0);
					return;
				}
				expect(error).toBeUndefined();
				expect(items).toHaveLength(2);
				for (const item of [first, second]) {
					const contact = sandbox.account.contactBy(item[emailHeading(row)] ?? '');
					for (const [field, key] of Object.entries(STANDARD)) {
						const heading = expected[field];
						// A name in one piece is split.
						const given = heading === undefined ? '' : (item[heading] ?? '');
						expect({ field, holds: given.includes(contact[key]) }).toEqual({ field, holds: true });
						expect([field, contact[key] === '']).toEqual([field, given.trim() === '']);
					}
					for (const title of row.fields) {
						const heading = expected[title];
						const stored = contact.fieldValues.get(sandbox.account.fieldBy(title).id) ?? '';
						expect([title, stored]).toEqual([
							title,
							heading === undefined ? '' : (item[heading] ?? '').trim(),
						]);
					}
				}
			});
		},
	);
});
