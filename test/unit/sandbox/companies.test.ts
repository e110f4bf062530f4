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
		['ACME', 'duplicate'],
		[' ', 'field_missing'],
	])('are not created with the name %j: %s', async (name, code) => {
		const { status, body } = await call(sandbox, 'POST', '/accounts', { account: { name } });
		expect([status, at(body, 'errors', 0, 'code')]).toEqual([422, code]);
		expect(sandbox.account.companies.size).toBe(2);
	});

	it('are read one by one', async () => {
		expect(at((await call(sandbox, 'GET', `/accounts/${BYTE}`)).body, 'account', 'name')).toBe('Byte & Co');
		expect((await call(sandbox, 'GET', '/accounts/9')).status).toBe(404);
	});
});

describe('the account of a contact', () => {
	it.each([
		[{ contact: ADA }, 422],
		[{ account: ACME }, 422],
		[{ account: ACME, contact: '9' }, 404],
		[{ account: '9', contact: ADA }, 404],
	])('is not linked by %j', async (sent, status) => {
		expect((await link(sent)).status).toBe(status);
		expect(companies()).toEqual(['', '']);
	});

	it('gets 404 for a company that does not exist, and after its deletion', async () => {
		await link({ account: ACME, contact: BO });
		await link({ account: ACME, contact: ADA, jobTitle: 'CEO' });
		const path = '/accountContacts/40002';
		const unknown = await call(sandbox, 'PUT', path, { accountContact: { account: '9' } });
		expect(unknown.status).toBe(404);
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

	it('is created and replaced by an import', async () => {
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
