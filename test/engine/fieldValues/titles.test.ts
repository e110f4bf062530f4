import { listSearch, resourceMapping } from '../harness/editor';
import { customFields, mapAutomatically, mapByHand } from '../harness/parameters';
import { jsonOf } from '../harness/results';
import { useAccount } from '../harness/account';

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
const people = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

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

	it('that do not exist are reported as unknown', async () => {
		const { items } = await account.sync(
			[...people, { email: 'cid@example.com', field: 'valueOf' }],
			customFields(['name', "={{ $json.field ?? 'isPrototypeOf' }}", 'x']),
			{ onError: 'continueRegularOutput' },
		);
		expect(jsonOf(items).map(({ error }) => error)).toEqual([
			expect.stringMatching(/^The account has no custom field 'isPrototypeOf'/),
			expect.stringMatching(/^The account has no custom field 'isPrototypeOf'/),
			expect.stringMatching(/^The account has no custom field 'valueOf'/),
		]);
	});

	it('that two fields share are rejected by title with their IDs and tags, and accepted by tag', async () => {
		const references = ['Twin', 'twin ', 'FIRST_TWIN', '%SECOND_TWIN%'];
		const items = references.map((field, index) => ({ email: `p${index}@example.com`, field }));
		const run = await account.sync(items, customFields(['name', '={{ $json.field }}', 'value']), {
			onError: 'continueRegularOutput',
		});
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

	it('that two fields share are in the output with their IDs', async () => {
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
		expect((await search('twin')).map(({ name }) => name)).toEqual(['Twin (40) (text)', 'Twin (41) (text)']);
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
