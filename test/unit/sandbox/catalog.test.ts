import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call, column } from './call';

describe('custom fields', () => {
	let sandbox: RunningSandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ fields: 250 });
	});
	afterAll(() => sandbox.stop());

	it.each([
		['', 20, '1'],
		['?limit=100', 100, '1'],
		['?limit=1000', 100, '1'],
		['?limit=100&offset=200', 50, '201'],
		['?limit=100&offset=250', 0, undefined],
	])('GET /fields%s gives %d of 250', async (query, count, first) => {
		const { body } = await call(sandbox, 'GET', `/fields${query}`);
		const ids = column(body, 'fields', 'id');
		expect(ids).toHaveLength(count);
		expect(ids[0]).toBe(first);
		expect(at(body, 'meta', 'total')).toBe('250');
	});

	it("loads the page's options and relations beside the fields", async () => {
		const { body } = await call(sandbox, 'GET', '/fields?limit=7&offset=5');
		expect(column(body, 'fields', 'type')).toEqual([
			'dropdown',
			'radio',
			'checkbox',
			'listbox',
			'number',
			'currency',
			'',
		]);
		expect(new Set(column(body, 'fieldOptions', 'field'))).toEqual(new Set(['6', '7', '8', '9']));
		expect(at(body, 'fieldOptions', 0)).toMatchObject({ field: '6', value: 'af', label: 'Afrikaans' });
		expect(at(body, 'fieldRels', 6)).toMatchObject({ field: '12', relid: '0' });
	});

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
		['/lists', 'lists', '', 20],
		['/tags', 'tags', '?limit=100', 100],
		['/automations', 'automations', '?limit=500', 100],
		['/lists', 'lists', '?limit=100&offset=100', 30],
	])('GET %s is paged, %s%s: %d of 130', async (path, records, query, count) => {
		const { body } = await call(sandbox, 'GET', path + query);
		expect(column(body, records, 'id')).toHaveLength(count);
		expect(at(body, 'meta', 'total')).toBe('130');
	});

	it.each([
		['/tags?filters[search][eq]=name 1', 'tags', 'tag', ['Name 1']],
		['/tags?search=NAME 12', 'tags', 'tag', ['Name 12', ...names.slice(119, 129)]],
		['/tags?search=hidden', 'tags', 'tag', []],
		['/lists?filters[name]=Name 2', 'lists', 'name', ['Name 2']],
		['/lists?filters[name][eq]=Name 3', 'lists', 'name', ['Name 3']],
		['/lists?filters[name][contains]=name 13', 'lists', 'name', ['Name 13', 'Name 130']],
		['/automations?search=Name 130&limit=2', 'automations', 'name', ['Name 1', 'Name 2']],
	])('GET %s filters as documented', async (path, records, key, expected) => {
		expect(column((await call(sandbox, 'GET', path)).body, records, key)).toEqual(expected);
	});
});
