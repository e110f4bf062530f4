import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call, column } from './call';

describe('custom fields', () => {
	let sandbox: RunningSandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ fields: 250 });
	});
	afterAll(() => sandbox.stop());

	it('finds a field by its personalization tag and reads one by id', async () => {
		const { body } = await call(sandbox, 'GET', '/fields?filters[perstag]=FIELD_7');
		expect(column(body, 'fields', 'id')).toEqual(['7']);
		expect(at((await call(sandbox, 'GET', '/fields/8')).body, 'field', 'title')).toBe('Field 8');
		expect((await call(sandbox, 'GET', '/fields/251')).status).toBe(404);
	});

	it('takes any title, the same one twice, and a field without a type', async () => {
		const other = await startSandbox({
			fields: [
				{ title: '__proto__' },
				{ title: '__proto__', type: null },
				{ title: '' },
				{ title: '🙂', lists: ['401'] },
			],
		});
		const { body } = await call(other, 'GET', '/fields');
		expect(column(body, 'fields', 'title')).toEqual(['__proto__', '__proto__', '', '🙂']);
		expect(column(body, 'fields', 'type')).toEqual(['text', null, 'text', 'text']);
		expect(column(body, 'fieldRels', 'relid')).toEqual(['0', '0', '0', '401']);
		await other.stop();
	});
});

describe('lists, tags and automations', () => {
	let sandbox: RunningSandbox;
	const names = Array.from({ length: 130 }, (_, index) => `Name ${index + 1}`);
	beforeAll(async () => {
		sandbox = await startSandbox({ lists: names, tags: names, automations: names });
		sandbox.account.addTag('hidden', '');
	});
	afterAll(() => sandbox.stop());

	it.each([
		['/tags?search=hidden', 'tags', 'tag', []],
		['/lists?filters[name]=Name 2', 'lists', 'name', ['Name 2']],
		['/lists?filters[name][eq]=Name 3', 'lists', 'name', ['Name 3']],
		['/lists?filters[name][contains]=name 13', 'lists', 'name', ['Name 13', 'Name 130']],
		['/automations?search=Name 130&limit=2', 'automations', 'name', ['Name 1', 'Name 2']],
	])('are filtered as documented: GET %s', async (path, records, key, expected) => {
		expect(column((await call(sandbox, 'GET', path)).body, records, key)).toEqual(expected);
	});
});
