import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call, column, sync } from './call';

let sandbox: RunningSandbox;
const ADA = '1001';
const BO = '1002';

beforeAll(async () => {
	sandbox = await startSandbox({ fields: [{ title: 'Color' }, { title: 'CRM id' }], lists: ['News'] });
});
beforeEach(() => {
	sandbox.reset();
	sandbox.account.addContact({
		email: 'ada@example.com',
		firstName: 'Ada',
		lastName: 'King',
		fieldValues: { Color: 'red', 'CRM id': 'A-1' },
		lists: { News: 'active' },
		tags: ['VIP'],
		automations: [],
	});
	sandbox.account.addContact({ email: 'bo@example.com', fieldValues: { 'CRM id': 'a-11' } });
});
afterAll(() => sandbox.stop());

const put = (id: string, contact: unknown) => call(sandbox, 'PUT', `/contacts/${id}`, { contact });

describe('PUT /contacts/{id}', () => {
	it('changes what was sent, the address included, and keeps the rest', async () => {
		const reply = await put(ADA, {
			email: 'Ada.King@example.com',
			firstName: null,
			fieldValues: [
				{ field: '1', value: 'blue' },
				{ field: '99', value: 'x' },
			],
		});
		expect(reply.status).toBe(200);
		expect(at(reply.body, 'contact')).toMatchObject({
			id: ADA,
			email: 'Ada.King@example.com',
			firstName: '',
			lastName: 'King',
		});
		expect(at(reply.body, 'fieldValues')).toMatchObject([{ contact: ADA, field: '1', value: 'blue' }]);
		expect(sandbox.account.contactByEmail('ada@example.com')).toBeUndefined();
		const ada = sandbox.account.contactBy('ada.king@example.com');
		expect([ada.id, ada.tags.size, ada.lists.size]).toEqual([ADA, 1, 1]);
		expect(Object.fromEntries(ada.fieldValues)).toEqual({ 1: 'blue', 2: 'A-1' });
		expect((await sync(sandbox, { email: 'ada@example.com' })).status).toBe(201);
	});

	it('takes another case of the contact’s own address', async () => {
		expect((await put(ADA, { email: 'ADA@example.com' })).status).toBe(200);
		expect(sandbox.account.contactBy('ada@example.com')).toMatchObject({ id: ADA, email: 'ADA@example.com' });
	});

	it.each([
		['an address that is not one', ADA, { email: 'ada@' }, 422, 'email_invalid'],
		['an empty address', ADA, { email: '' }, 422, 'email_invalid'],
	])('refuses %s and changes nothing', async (_name, id, contact, status, code) => {
		const reply = await put(id, { firstName: 'New', ...contact });
		expect([reply.status, at(reply.body, 'errors', 0, 'code')]).toEqual([status, code]);
		expect(sandbox.account.contactBy(id)).toMatchObject({ email: 'ada@example.com', firstName: 'Ada' });
	});

	it('names a duplicate as the vendor does', async () => {
		expect(at((await put(ADA, { email: 'bo@example.com' })).body, 'errors')).toMatchObject([
			{ title: 'Email address already exists in the system', source: { pointer: '/data/attributes/email' } },
		]);
	});

	it('needs a JSON body', async () => {
		const headers = { 'Content-Type': 'text/plain' };
		const reply = await call(sandbox, 'PUT', `/contacts/${ADA}`, { contact: { firstName: 'New' } }, headers);
		expect(reply.status).toBe(400);
		expect(sandbox.account.contactBy(ADA).firstName).toBe('Ada');
	});

	it('notes fieldValues that are not an array', async () => {
		expect((await put(BO, { fieldValues: {} })).status).toBe(400);
		expect(sandbox.account.mistakes).toMatchObject([{ kind: 'fieldValuesNotArray' }]);
	});
});

describe('GET /fieldValues', () => {
	const find = async (query: string) => (await call(sandbox, 'GET', `/fieldValues?${query}`)).body;

	it.each([
		['equals', ['A-1']],
		['contains', ['A-1', 'a-11']],
	] as const)(
		'finds values of one field that the filter %s, whatever their case',
		async (valueFilter, found) => {
			sandbox.configure({ valueFilter });
			sandbox.account.addContact({ email: 'cy@example.com', fieldValues: { Color: 'a-1' } });
			const body = await find('filters[fieldid]=2&filters[val]=a-1');
			expect(column(body, 'fieldValues', 'value')).toEqual(found);
			expect(at(body, 'fieldValues', 0, 'contact')).toBe(ADA);
			expect(at(body, 'meta', 'total')).toBe(String(found.length));
		},
	);

	it('finds all values of a field, in pages', async () => {
		for (let count = 0; count < 30; count++)
			sandbox.account.addContact({ email: `p${count}@example.com`, fieldValues: { Color: 'red' } });
		const page = await find('filters[fieldid]=1&limit=100');
		expect(column(page, 'fieldValues', 'id')).toHaveLength(31);
		expect(column(await find('filters[fieldid]=1&offset=20'), 'fieldValues', 'id')).toHaveLength(11);
		expect(column(await find('filters[fieldid]=9'), 'fieldValues', 'id')).toEqual([]);
	});

	it('forgets the values of a deleted contact', async () => {
		await call(sandbox, 'DELETE', `/contacts/${ADA}`);
		expect(column(await find('filters[fieldid]=2'), 'fieldValues', 'contact')).toEqual([BO]);
	});
});
