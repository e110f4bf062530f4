import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox({
		fields: [{ title: 'Color' }, { title: 'Size' }],
		lists: ['News', 'Offers'],
		tags: ['VIP', 'Lead'],
	});
});
beforeEach(() => {
	sandbox.reset();
	for (const name of ['Acme', 'Byte']) sandbox.account.addCompany(name);
	for (const [name, company] of [
		['ada', 'Acme'],
		['bo', 'Byte'],
	] as const) {
		sandbox.account.addContact({
			email: `${name}@example.com`,
			fieldValues: { Color: 'red', Size: 'L' },
			lists: { News: 1, Offers: 1 },
			tags: ['VIP', 'Lead'],
			company,
		});
	}
});
afterAll(() => sandbox.stop());

const LIST = {
	name: 'New',
	stringid: 'new',
	sender_url: 'https://example.com',
	sender_reminder: 'You signed up.',
};

describe('POST /lists', () => {
	it('creates a list for email by default, or for SMS', async () => {
		const created = await call(sandbox, 'POST', '/lists', { list: LIST });
		const sms = await call(sandbox, 'POST', '/lists', { list: { ...LIST, name: 'Text', channel: 'sms' } });
		expect([created.status, sms.status]).toEqual([201, 201]);
		const { body } = await call(sandbox, 'GET', `/lists/${String(at(sms.body, 'list', 'id'))}`);
		expect(at(body, 'list')).toMatchObject({ name: 'Text', channel: 'sms' });
		expect(at(created.body, 'list', 'channel')).toBe('email');
	});

	it.each(Object.keys(LIST))('needs %s', async (key) => {
		expect((await call(sandbox, 'POST', '/lists', { list: { ...LIST, [key]: '' } })).status).toBe(422);
		expect(sandbox.account.lists.size).toBe(2);
	});
});

describe('POST /fields', () => {
	it.each([
		['/fields', { field: { type: 'text' } }, 422],
		['/fieldOption/bulk', { fieldOptions: { field: '1', value: 'a' } }, 422],
		['/fieldRels', { fieldRel: { field: '9', relid: '0' } }, 404],
	])('%s refuses %j', async (path, body, status) => {
		expect((await call(sandbox, 'POST', path, body)).status).toBe(status);
		expect(sandbox.account.fields.size).toBe(2);
	});
});

describe('DELETE', () => {
	const state = () =>
		['ada', 'bo'].map((name) => {
			const { fields, lists, tags, company } = sandbox.account.snapshot()[`${name}@example.com`] ?? {};
			return { fields: Object.keys(fields ?? {}), lists: Object.keys(lists ?? {}), tags, company };
		});

	it.each([
		['/lists/401', 403, { lists: ['Offers'] }, { lists: ['Offers'] }],
		['/fields/1', 404, { fields: ['Size'] }, { fields: ['Size'] }],
		['/tags/601', 404, { tags: ['Lead'] }, { tags: ['Lead'] }],
		['/accounts/901', 404, { company: '' }, { company: 'Byte' }],
	])(
		'of %s removes the record from all contacts, and gets %d on a repeat',
		async (path, repeated, ada, bo) => {
			const before = state();
			expect((await call(sandbox, 'DELETE', path)).status).toBe(200);
			expect(state()).toEqual([
				{ ...before[0], ...ada },
				{ ...before[1], ...bo },
			]);
			expect((await call(sandbox, 'DELETE', path)).status).toBe(repeated);
			expect((await call(sandbox, 'GET', path)).status).toBe(path.startsWith('/tags') ? 404 : repeated);
		},
	);
});
