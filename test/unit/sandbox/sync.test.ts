import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call, column, sync } from './call';

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

	it('responds with 201 with only what was sent when it creates', async () => {
		const { status, body } = await sync(sandbox, { email: 'ada@example.com', firstName: 'Ada' });
		expect(status).toBe(201);
		expect(at(body, 'contact')).toMatchObject({ email: 'ada@example.com', firstName: 'Ada' });
		expect(at(body, 'contact')).not.toHaveProperty('lastName');
		expect(at(body, 'contact', 'cdate')).toBe(at(body, 'contact', 'udate'));
	});

	it('responds with 200 with the full row when it updates, numbers and ids as strings', async () => {
		const created = await sync(sandbox, { email: 'ada@example.com' });
		const { status, body } = await sync(sandbox, { email: 'ada@example.com', lastName: 'King' });
		expect(status).toBe(200);
		expect(at(body, 'contact')).toMatchObject({ firstName: '', lastName: 'King', orgid: '0', deleted: '0' });
		expect(at(body, 'contact', 'id')).toBe(at(created.body, 'contact', 'id'));
		expect(at(body, 'contact', 'id')).toEqual(expect.stringMatching(/^\d+$/));
	});

	it('dates an update later than the creation, by the time of the account', async () => {
		await sync(sandbox, { email: 'ada@example.com' });
		await sync(sandbox, { email: 'bo@example.com' });
		sandbox.skip(60_000);
		await sync(sandbox, { email: 'ada@example.com' });
		const [ada, bo] = ['ada', 'bo'].map((name) => sandbox.account.contactBy(`${name}@example.com`));
		expect(Date.parse(ada?.udate ?? '') - Date.parse(ada?.cdate ?? '')).toBeGreaterThanOrEqual(60_000);
		expect(bo?.udate).toBe(bo?.cdate);
	});

	it('responds with 201 to an update too where the settings say so', async () => {
		sandbox.configure({ alwaysCreated: true });
		await sync(sandbox, { email: 'ada@example.com' });
		expect((await sync(sandbox, { email: 'ada@example.com' })).status).toBe(201);
		expect(sandbox.account.contacts()).toHaveLength(1);
	});

	it('matches an address whatever its case, and keeps two addresses apart', async () => {
		await sync(sandbox, { email: 'ada@example.com', phone: '1' });
		await sync(sandbox, { email: 'ADA@Example.com', phone: '2' });
		await sync(sandbox, { email: 'ada+2@example.com', phone: '3' });
		expect(sandbox.account.contacts().map(({ email, phone }) => [email, phone])).toEqual([
			['ada@example.com', '2'],
			['ada+2@example.com', '3'],
		]);
	});

	it.each([
		['a key that is not sent', {}, ['Ada', 'King', '1']],
		['null', { firstName: null, lastName: null, phone: null }, ['', '', '']],
		['""', { firstName: '', lastName: '', phone: '' }, ['', '', '']],
		['a number', { phone: 49 }, ['Ada', 'King', '49']],
	])('keeps or overwrites names and phone for %s', async (_name, sent, expected) => {
		sandbox.account.addContact({ email: 'ada@example.com', firstName: 'Ada', lastName: 'King', phone: '1' });
		await sync(sandbox, { email: 'ada@example.com', ...sent });
		const contact = sandbox.account.contactBy('ada@example.com');
		expect([contact.firstName, contact.lastName, contact.phone]).toEqual(expected);
	});

	it('ignores unknown field ids, tags and titles, and echoes just what this call set', async () => {
		await sync(sandbox, { email: 'ada@example.com', fieldValues: [{ field: TEXT, value: 'before' }] });
		const { status, body } = await sync(sandbox, {
			email: 'ada@example.com',
			fieldValues: [
				{ field: '999', value: 'x' },
				{ field: 'TEXT', value: 'x' },
				{ field: 'Text', value: 'x' },
				{ field: DATE, value: '2026-01-31' },
			],
		});
		expect(status).toBe(200);
		expect(column(body, 'fieldValues', 'field')).toEqual([DATE]);
		expect(Object.fromEntries(sandbox.account.contactBy('ada@example.com').fieldValues)).toEqual({
			[TEXT]: 'before',
			[DATE]: '2026-01-31',
		});
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

	it.each([
		['no email', {}, 400, { message: 'Contact email must be provided for sync' }],
		['an empty email', { email: '' }, 400, { message: 'Contact email must be provided for sync' }],
		['an email without a domain', { email: 'ada@' }, 422, { errors: [{ code: 'email_invalid' }] }],
		['blanks round the email', { email: ' ada@example.com ' }, 422, { errors: [{ code: 'email_invalid' }] }],
		['fieldValues that are not an array', { email: 'ada@example.com', fieldValues: {} }, 400, { code: 400 }],
	])('refuses %s', async (_name, contact, status, body) => {
		const reply = await sync(sandbox, contact);
		expect(reply.status).toBe(status);
		expect(reply.body).toMatchObject(body);
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
		['email=ADA@example.com', ['ada@example.com']],
		['email=ada%2B2@example.com', ['ada+2@example.com']],
		['email=ada+2@example.com', []],
		['email=nobody@example.com', []],
		['search=ada', ['ada@example.com', 'ada+2@example.com']],
		['limit=2&offset=1', ['ada+2@example.com', 'bo@example.com']],
		['ids[]=1003&ids[]=1001&ids[]=9', ['ada@example.com', 'bo@example.com']],
		['ids[]=9', []],
		['id_greater=1001', ['ada+2@example.com', 'bo@example.com']],
	])('GET /contacts?%s finds %j', async (query, emails) => {
		const { body } = await call(sandbox, 'GET', `/contacts?${query}`);
		expect(column(body, 'contacts', 'email')).toEqual(emails);
	});

	it('ignore filters by id where the settings say so', async () => {
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

	it('are read one by one with what hangs on them, 404 for one that is not there', async () => {
		const { id } = sandbox.account.contactBy('bo@example.com');
		const { body } = await call(sandbox, 'GET', `/contacts/${id}`);
		expect(at(body, 'contact', 'email')).toBe('bo@example.com');
		expect(column(body, 'fieldValues', 'value')).toEqual(['of bo@example.com', 'r']);
		const missing = await call(sandbox, 'GET', '/contacts/9');
		expect([missing.status, missing.body]).toEqual([
			404,
			{ message: 'No Result found for Subscriber with id 9' },
		]);
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
