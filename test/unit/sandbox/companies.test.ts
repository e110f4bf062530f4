import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call, column } from './call';

let sandbox: RunningSandbox;
const [ADA, BO] = ['1001', '1002'];
const [ACME, BYTE] = ['901', '902'];

beforeAll(async () => {
	sandbox = await startSandbox({ importDurationMs: 0 });
});
beforeEach(() => {
	sandbox.reset();
	for (const name of ['Acme', 'Byte & Co']) sandbox.account.addCompany(name);
	for (const name of ['ada', 'bo']) sandbox.account.addContact({ email: `${name}@example.com` });
});
afterAll(() => sandbox.stop());

const link = (accountContact: Record<string, unknown>) =>
	call(sandbox, 'POST', '/accountContacts', { accountContact });
const companies = (names = ['ada', 'bo']) =>
	names.map((name) => sandbox.account.snapshot()[`${name}@example.com`]?.company);

describe('accounts', () => {
	it.each([
		['search=acme', ['Acme']],
		['search=c', ['Acme', 'Byte & Co']],
		['search=byte%20%26', ['Byte & Co']],
		['search=nothing', []],
		['limit=1&offset=1', ['Byte & Co']],
	])('are found by a part of their name: %s', async (query, names) => {
		const { body } = await call(sandbox, 'GET', `/accounts?${query}`);
		expect(column(body, 'accounts', 'name')).toEqual(names);
	});

	it('are created with 201, and refused when the name is there, whatever its case', async () => {
		const create = (account: Record<string, unknown>) => call(sandbox, 'POST', '/accounts', { account });
		const created = await create({ name: 'New', accountUrl: 'https://new.example' });
		expect([created.status, at(created.body, 'account', 'id')]).toEqual([201, '903']);
		const again = await create({ name: 'NEW' });
		expect([again.status, at(again.body, 'errors', 0, 'code')]).toEqual([422, 'duplicate']);
		const nameless = await create({ name: ' ' });
		expect([nameless.status, at(nameless.body, 'errors', 0, 'code')]).toEqual([422, 'field_missing']);
		expect(sandbox.account.companies.size).toBe(3);
	});

	it('are read one by one', async () => {
		expect(at((await call(sandbox, 'GET', `/accounts/${BYTE}`)).body, 'account', 'name')).toBe('Byte & Co');
		expect((await call(sandbox, 'GET', '/accounts/9')).status).toBe(404);
	});
});

describe('the account of a contact', () => {
	it('is linked with 201, once: a second link is refused', async () => {
		const first = await link({ account: ACME, contact: ADA, jobTitle: 'CEO' });
		expect([first.status, at(first.body, 'accountContact')]).toMatchObject([
			201,
			{ account: 901, contact: 1001, jobTitle: 'CEO', id: '40001' },
		]);
		const second = await link({ account: BYTE, contact: ADA });
		expect([second.status, at(second.body, 'errors', 0, 'code')]).toEqual([422, 'field_invalid']);
		expect((await link({ account: BYTE, contact: BO })).status).toBe(201);
		expect(companies()).toEqual(['Acme', 'Byte & Co']);
	});

	it.each([
		[{ contact: ADA }, 422],
		[{ account: ACME }, 422],
		[{ account: ACME, contact: '9' }, 404],
		[{ account: '9', contact: ADA }, 404],
	])('is not linked by %j', async (sent, status) => {
		expect((await link(sent)).status).toBe(status);
		expect(companies()).toEqual(['', '']);
	});

	it('gets another title or account by PUT, and is gone after DELETE', async () => {
		await link({ account: ACME, contact: BO });
		await link({ account: ACME, contact: ADA, jobTitle: 'CEO' });
		const path = '/accountContacts/40002';
		const put = (accountContact: Record<string, unknown>) => call(sandbox, 'PUT', path, { accountContact });
		expect(at((await put({ jobTitle: 'CTO' })).body, 'accountContact')).toMatchObject({
			account: ACME,
			contact: ADA,
			jobTitle: 'CTO',
		});
		await put({ account: BYTE });
		const { body } = await call(sandbox, 'GET', `/contacts/${ADA}/accountContacts`);
		expect(at(body, 'accountContacts')).toMatchObject([{ id: '40002', account: BYTE, jobTitle: 'CTO' }]);
		expect((await put({ account: '9' })).status).toBe(404);
		const statuses = [];
		for (const method of ['GET', 'DELETE', 'DELETE', 'GET', 'PUT'])
			statuses.push((await call(sandbox, method, path, method === 'PUT' ? {} : undefined)).status);
		expect(statuses).toEqual([200, 200, 404, 404, 404]);
		expect(companies()).toEqual(['', 'Acme']);
	});

	it('is listed by contact or by account', async () => {
		await link({ account: ACME, contact: ADA });
		await link({ account: BYTE, contact: BO });
		const list = async (query: string) =>
			column((await call(sandbox, 'GET', `/accountContacts?${query}`)).body, 'accountContacts', 'contact');
		expect(await list('')).toEqual([ADA, BO]);
		expect(await list(`filters[contact]=${BO}`)).toEqual([BO]);
		expect(await list(`filters[account]=${ACME}`)).toEqual([ADA]);
	});

	it('comes with an import, made if missing, in place of the one before', async () => {
		await link({ account: ACME, contact: ADA });
		const contacts = [
			{ email: 'ada@example.com', customer_acct_name: 'New' },
			{ email: 'bo@example.com', customer_acct_name: 'ACME' },
			{ email: 'cy@example.com', customer_acct_name: 'Newer' },
			{ email: 'di@example.com' },
		];
		await call(sandbox, 'POST', '/import/bulk_import', { contacts });
		expect(companies(['ada', 'bo', 'cy', 'di'])).toEqual(['New', 'Acme', 'Newer', '']);
		expect(sandbox.account.companies.size).toBe(4);
		expect(sandbox.account.mistakes).toEqual([]);
	});
});

describe('notes', () => {
	const write = (note: Record<string, unknown>) => call(sandbox, 'POST', '/notes', { note });

	it('are added with each request', async () => {
		const texts = ['Hello', 'Hello', 'Again'];
		for (const note of texts)
			expect((await write({ note, reltype: 'Subscriber', relid: 1001 })).status).toBe(201);
		await write({ note: 'Other', reltype: 'Subscriber', relid: BO });
		const { body } = await call(sandbox, 'GET', `/contacts/${ADA}/notes`);
		expect(column(body, 'notes', 'note')).toEqual(texts);
		expect(column(body, 'notes', 'relid')).toEqual([ADA, ADA, ADA]);
	});

	it.each([
		[{ reltype: 'Subscriber', relid: ADA }, 400],
		[{ note: 'Hello', relid: ADA }, 400],
		[{ note: 'Hello', reltype: 'Subscriber' }, 400],
		[{ note: 'Hello', reltype: 'Subscriber', relid: '9' }, 404],
	])('are not made from %j', async (note, status) => {
		expect((await write(note)).status).toBe(status);
		expect(sandbox.account.contactBy(ADA).notes).toEqual([]);
	});
});
