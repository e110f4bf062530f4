import { startSandbox, type RunningSandbox } from '../../sandbox';
import { call, column, sync } from './call';

const FIELDS = [
	{ title: 'Text', type: 'text' },
	{ title: 'Date', type: 'date' },
	{ title: 'Moment', type: 'datetime' },
	{ title: 'Color', type: 'dropdown', options: [{ value: 'r', label: 'Red' }] },
];
const [TEXT, DATE, MOMENT, COLOR] = ['1', '2', '3', '4'];

describe('POST /contact/sync', () => {
	let sandbox: RunningSandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ fields: FIELDS });
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.stop());

	it('dates an update later than the creation, by the time of the account', async () => {
		await sync(sandbox, { email: 'ada@example.com' });
		await sync(sandbox, { email: 'bo@example.com' });
		sandbox.skip(60_000);
		await sync(sandbox, { email: 'ada@example.com' });
		const [ada, bo] = ['ada', 'bo'].map((name) => sandbox.account.contactBy(`${name}@example.com`));
		expect(Date.parse(ada?.udate ?? '') - Date.parse(ada?.cdate ?? '')).toBeGreaterThanOrEqual(60_000);
		expect(bo?.udate).toBe(bo?.cdate);
	});

	it("responds with 201 even to an update with the setting 'alwaysCreated'", async () => {
		sandbox.configure({ alwaysCreated: true });
		await sync(sandbox, { email: 'ada@example.com' });
		expect((await sync(sandbox, { email: 'ada@example.com' })).status).toBe(201);
		expect(sandbox.account.contacts()).toHaveLength(1);
	});

	it('stores a number as text', async () => {
		sandbox.account.addContact({ email: 'ada@example.com', firstName: 'Ada', phone: '1' });
		await sync(sandbox, { email: 'ada@example.com', phone: 49 });
		expect(sandbox.account.contactBy('ada@example.com')).toMatchObject({ firstName: 'Ada', phone: '49' });
	});

	it.each([
		['text as it is', TEXT, 'a  b', 'a  b'],
		['a wrongly piped dropdown as it is', COLOR, '||r||', '||r||'],
		[
			'a moment in the time zone of the account',
			MOMENT,
			'2020-05-19T09:45:00+02:00',
			'2020-05-19T02:45:00-05:00',
		],
		[
			'a moment in UTC in the time zone of the account',
			MOMENT,
			'2020-01-19T09:45:00Z',
			'2020-01-19T03:45:00-06:00',
		],
		['a moment without an offset as it is', MOMENT, '2020-05-19 09:45', '2020-05-19 09:45'],
		['a raw array as PHP does', TEXT, ['a', 'b'], 'Array'],
	])('stores %s', async (_name, field, value, stored) => {
		sandbox.account.addContact({ email: 'other@example.com' });
		await sync(sandbox, { email: 'ada@example.com', fieldValues: [{ field, value }] });
		expect(sandbox.account.contactBy('ada@example.com').fieldValues.get(field)).toBe(stored);
		expect(sandbox.account.contactBy('other@example.com').fieldValues.size).toBe(0);
	});

	it.each([
		['ignore', { [TEXT]: 'x', [DATE]: '2026-01-31', [MOMENT]: '2020' }, []],
		['store', { [TEXT]: '', [DATE]: '2026-01-31', [MOMENT]: '2020' }, [TEXT]],
	] as const)(
		'with emptyFieldValue %s stores or ignores "" as set',
		async (emptyFieldValue, expected, echoed) => {
			sandbox.configure({ emptyFieldValue });
			sandbox.account.addContact({
				email: 'ada@example.com',
				fieldValues: { Text: 'x', DATE: '2026-01-31', [MOMENT]: '2020' },
			});
			const fieldValues = [TEXT, DATE, MOMENT].map((field) => ({ field, value: '' }));
			const { body } = await sync(sandbox, { email: 'ada@example.com', fieldValues });
			expect(Object.fromEntries(sandbox.account.contactBy('ada@example.com').fieldValues)).toEqual(expected);
			expect(column(body, 'fieldValues', 'field')).toEqual(echoed);
		},
	);

	it('refuses an empty email', async () => {
		const { status, body } = await sync(sandbox, { email: '' });
		expect([status, body]).toMatchObject([400, { message: 'Contact email must be provided for sync' }]);
		expect(sandbox.account.contacts()).toEqual([]);
	});

	it.each([
		['fieldValuesNotArray', { fieldValues: {} }],
		['valueNotString', { fieldValues: [{ field: TEXT, value: 5 }] }],
		['deprecatedKey', { orgid: 1 }],
		['unprovenKey', { lists: ['1'] }],
	])('notes as a mistake: %s', async (kind, sent) => {
		await sync(sandbox, {
			email: 'ada@example.com',
			firstName: 'Ada',
			fieldValues: [{ field: TEXT, value: 'x' }],
		});
		expect(sandbox.account.mistakes).toEqual([]);
		await sync(sandbox, { email: 'bo@example.com', ...sent });
		expect(sandbox.account.mistakes.map((mistake) => mistake.kind)).toEqual([kind]);
	});
});

describe('contacts', () => {
	let sandbox: RunningSandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ fields: FIELDS });
		for (const email of ['ada@example.com', 'ada+2@example.com', 'bo@example.com']) {
			sandbox.account.addContact({ email, fieldValues: { Text: `of ${email}`, Color: 'r' } });
		}
	});
	afterAll(() => sandbox.stop());

	it.each([
		['search=ada', ['ada@example.com', 'ada+2@example.com']],
		['ids[]=9', []],
		['id_greater=1001', ['ada+2@example.com', 'bo@example.com']],
	])('GET /contacts?%s finds %j', async (query, emails) => {
		const { body } = await call(sandbox, 'GET', `/contacts?${query}`);
		expect(column(body, 'contacts', 'email')).toEqual(emails);
	});

	it("ignore filters by ID with the setting 'unknownIdFilters'", async () => {
		const all = ['ada@example.com', 'ada+2@example.com', 'bo@example.com'];
		sandbox.configure({ unknownIdFilters: ['ids'] });
		const byIds = await call(sandbox, 'GET', '/contacts?ids[]=1003&ids[]=1001');
		expect(column(byIds.body, 'contacts', 'email')).toEqual(all);
		const above = await call(sandbox, 'GET', '/contacts?id_greater=1002');
		expect(column(above.body, 'contacts', 'email')).toEqual(all.slice(2));
		sandbox.configure({ unknownIdFilters: ['id_greater'] });
		const ignored = await call(sandbox, 'GET', '/contacts?id_greater=1002');
		expect(column(ignored.body, 'contacts', 'email')).toEqual(all);
		sandbox.configure({ unknownIdFilters: [] });
	});

	it('lose one custom value by its row id, once', async () => {
		const [ada, bo] = ['ada@example.com', 'bo@example.com'].map((email) => sandbox.account.contactBy(email));
		const rows = await call(sandbox, 'GET', `/contacts/${bo?.id ?? ''}/fieldValues`);
		const [text] = column(rows.body, 'fieldValues', 'id');
		const path = `/fieldValues/${String(text)}`;
		expect((await call(sandbox, 'DELETE', path)).status).toBe(200);
		expect((await call(sandbox, 'DELETE', path)).status).toBe(404);
		expect([...(bo?.fieldValues.keys() ?? [])]).toEqual([COLOR]);
		expect([...(ada?.fieldValues.keys() ?? [])]).toEqual([TEXT, COLOR]);
	});
});
