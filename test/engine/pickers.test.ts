import type { INodeListSearchItems, ResourceMapperField } from 'n8n-workflow';

import { startSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox';

import { listSearch, resourceMapping } from './harness/editor';
import { mapByHand } from './harness/parameters';
import { textLike } from './harness/results';

describe("the editor's pickers", () => {
	let sandbox: RunningSandbox;
	const start = async (options: SandboxOptions) => {
		sandbox = await startSandbox(options);
	};
	const credentials = () => ({ accountName: sandbox.url, apiToken: sandbox.token });
	const firstPage = async (method: string, filter?: string) =>
		await listSearch(method, { credentials: credentials(), filter });
	/** Page after page as the editor asks for them. */
	const allPages = async (method: string) => {
		const pages: INodeListSearchItems[][] = [];
		let paginationToken: string | undefined;
		do {
			const page = await listSearch(method, { credentials: credentials(), paginationToken });
			pages.push(page.results);
			const next: unknown = page.paginationToken;
			paginationToken = typeof next === 'string' ? next : undefined;
		} while (paginationToken !== undefined);
		return pages;
	};

	afterEach(async () => {
		await sandbox.stop();
	});

	it('show all of 250 custom fields, a hundred at a time', async () => {
		await start({ fields: 250 });

		const pages = await allPages('searchCustomFields');

		expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(pages.flat().map(({ value }) => value)).toEqual(
			Array.from({ length: 250 }, (_, index) => String(index + 1)),
		);
		expect(pages[0]?.[0]).toEqual({ name: 'Field 1 (text)', value: '1' });
	});

	it.each([
		[
			'a part of the title',
			'FIELD 24',
			['24', '240', '241', '242', '243', '244', '245', '246', '247', '248', '249'],
		],
		['the personalization tag', '%field_250%', ['250']],
		['what nothing is called', 'color', []],
	])('find custom fields by %s', async (_what, filter, ids) => {
		await start({ fields: 250 });

		const { results, paginationToken } = await firstPage('searchCustomFields', filter);

		expect(results.map(({ value }) => value)).toEqual(ids);
		expect(paginationToken).toBeUndefined();
	});

	it.each([
		['searchLists', 'lists'],
		['searchAutomations', 'automations'],
	] as const)('%s pages past a hundred, and searches all', async (method, kind) => {
		await start({ [kind]: Array.from({ length: 230 }, (_, index) => `Name ${index + 1}`) });

		const pages = await allPages(method);
		const { results, paginationToken } = await firstPage(method, ' name 23 ');
		const { results: several } = await firstPage(method, 'NAME 22');

		expect(pages.map(({ length }) => length)).toEqual([100, 100, 30]);
		expect(pages.flat().map(({ name }) => name)).toEqual(
			Array.from({ length: 230 }, (_, index) => `Name ${index + 1}`),
		);
		expect(results.map(({ name }) => name)).toEqual(['Name 23', 'Name 230']);
		expect(several).toHaveLength(11);
		expect(paginationToken).toBeUndefined();
	});

	it('show titles of every kind, in the list and as columns', async () => {
		const titles = [
			'__proto__',
			'constructor',
			'toString',
			'x'.repeat(500),
			'🎉 Emoji',
			'',
			'Twin',
			'Twin',
			'Email',
		];
		await start({
			fields: titles.map((title, index) => ({ title, perstag: index === 5 ? '' : `TAG_${index}` })),
		});

		const { results } = await firstPage('searchCustomFields');
		const { fields } = await resourceMapping('getContactColumns', { credentials: credentials() });

		const names = titles.map((title) => `${title} (text)`);
		names[5] = 'Custom field 6 (text)';
		names[6] = 'Twin (7) (text)';
		names[7] = 'Twin (8) (text)';
		names[8] = 'Email (9) (text)';
		expect(results.map(({ name }) => name)).toEqual(names);
		expect(fields.map(({ id }) => id)).toEqual([
			...['email', 'firstName', 'lastName', 'phone'],
			...titles.map((_title, index) => `field_${index + 1}`),
		]);
		expect(fields.slice(4).map(({ displayName }) => displayName)).toEqual([
			...titles.slice(0, 5),
			'Custom field 6',
			'Twin (7)',
			'Twin (8)',
			'Email (9)',
		]);
	});

	it('offer columns by type, dropdowns with their options', async () => {
		const options = [
			{ value: 'af', label: 'Afrikaans' },
			{ value: 'x', label: ' ' },
		];
		const types = [
			'text',
			'date',
			'datetime',
			'number',
			'currency',
			'dropdown',
			'radio',
			'listbox',
			'checkbox',
			'',
		];
		await start({
			fields: types.map((type) => ({
				title: `A ${type}`,
				type,
				options: /d.*o|box/.test(type) ? options : [],
			})),
		});

		const { fields } = await resourceMapping('getContactColumns', { credentials: credentials() });

		const shown = [
			{ name: 'Afrikaans', value: 'af' },
			{ name: 'x', value: 'x' },
		];
		expect(fields.map(({ displayName, type, options: choices }) => [displayName, type, choices])).toEqual([
			['Email', 'string', undefined],
			['First Name', 'string', undefined],
			['Last Name', 'string', undefined],
			['Phone', 'string', undefined],
			['A text', 'string', undefined],
			['A date', 'dateTime', undefined],
			['A datetime', 'dateTime', undefined],
			['A number', 'number', undefined],
			['A currency', 'number', undefined],
			['A dropdown', 'options', shown],
			['A radio', 'options', shown],
			['A listbox', 'string', undefined],
			['A checkbox', 'string', undefined],
			['A ', 'string', undefined],
		]);
		expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual(['email']);
	});

	it('show the standard columns at once, and custom fields when they are added', async () => {
		await start({ fields: 2 });

		const { fields } = await resourceMapping('getContactColumns', { credentials: credentials() });

		expect(fields.filter(({ removed }) => removed === false).map(({ displayName }) => displayName)).toEqual([
			'Email',
			'First Name',
			'Last Name',
			'Phone',
		]);
		expect(fields.filter(({ removed }) => removed === true).map(({ id }) => id)).toEqual([
			'field_1',
			'field_2',
		]);
	});

	it('say what a custom field of each type is', async () => {
		const types = {
			text: 'text',
			textarea: 'text',
			date: 'date',
			datetime: 'date and time',
			number: 'number',
			currency: 'currency',
			dropdown: 'dropdown',
			radio: 'radio',
			listbox: 'multiple choice',
			checkbox: 'multiple choice',
			hidden: 'hidden',
			'': 'text',
		};
		await start({ fields: Object.keys(types).map((type) => ({ title: `A (${type})`, type })) });

		const { results } = await firstPage('searchCustomFields');

		expect(results.map(({ name }) => name)).toEqual(
			Object.entries(types).map(([type, word]) => `A (${type}) (${word})`),
		);
	});

	it('show why columns could not be loaded in their place, unless that would remove columns', async () => {
		await start({ fields: 2, deny: ['fields'] });
		const load = async (schema: ResourceMapperField[]) =>
			await resourceMapping('getContactColumns', {
				credentials: credentials(),
				nodeParameters: mapByHand({ email: 'ann@example.com' }, schema),
			});
		const email = { id: 'email', displayName: 'Email', required: true, defaultMatch: true, display: true };

		await expect(load([])).resolves.toEqual({
			fields: [],
			emptyFieldsNotice: textLike(
				/^The fields could not be loaded\. ActiveCampaign did not allow this API token to read the custom fields.*Settings &gt; Developer/,
			),
		});
		await expect(load([email])).rejects.toThrow(/did not allow this API token to read the custom fields/);
	});

	const withoutIntroduction = (notice: string) => notice.replace('The fields could not be loaded. ', '');
	const PICKERS: Array<[string, () => Promise<unknown>]> = [
		['searchCustomFields', () => firstPage('searchCustomFields')],
		['searchLists', () => firstPage('searchLists')],
		['searchLists with a filter', () => firstPage('searchLists', 'x')],
		['searchAutomations', () => firstPage('searchAutomations')],
		[
			'getContactColumns',
			async () => {
				const loaded = await resourceMapping('getContactColumns', { credentials: credentials() });
				if (loaded.emptyFieldsNotice) throw new Error(withoutIntroduction(loaded.emptyFieldsNotice));
				return loaded;
			},
		],
	];

	it.each(PICKERS)('%s reports a missing permission instead of an empty list', async (_method, load) => {
		await start({ fields: 3, lists: ['x'], automations: ['x'], deny: ['fields', 'lists', 'automations'] });

		await expect(load()).rejects.toThrow(
			/^ActiveCampaign did not allow this API token to read the (custom fields|lists|automations).*may not see (custom fields|lists|automations)/,
		);
	});

	it('advise nobody to check an API token that has just worked, but one that has not', async () => {
		await start({ lists: ['x'], automations: ['x'] });
		const refusal = async () => await firstPage('searchAutomations').catch(String);
		sandbox.configure({ deny: ['automations'] });
		expect(await refusal()).toMatch(/Check the API token/);

		await firstPage('searchLists');

		expect(await refusal()).toMatch(
			/worked a few minutes ago\. Unless it was replaced since, its user may not see automations/,
		);
		expect(await refusal()).not.toMatch(/Check the API token/);
	});

	it.each(PICKERS)('%s reports a login page instead of an empty list', async (_method, load) => {
		await start({ wrongToken: 'loginPage' });
		sandbox.configure({ token: 'another one by now' });

		await expect(load()).rejects.toThrow(/web page instead of data.*API token/);
	});

	it.each(PICKERS)('%s shows an empty list when the account has none', async (_method, load) => {
		await start({});

		const loaded = await load();

		expect(loaded).toEqual(
			expect.not.objectContaining({ results: [expect.anything()], fields: Array(5).fill(expect.anything()) }),
		);
		sandbox.failNext({ times: 9 }, { status: 200, body: { message: 'Busy' } });
		await expect(load()).rejects.toThrow(/ActiveCampaign could not read the/);
	});

	it('report an invalid account name', async () => {
		await start({ lists: ['x'] });
		const search = async (accountName: string) =>
			await listSearch('searchLists', { credentials: { accountName, apiToken: sandbox.token } });

		await expect(search('my account')).rejects.toThrow(/account name/i);
		await expect(search('')).rejects.toThrow(/account name/i);
		await expect(search(`${sandbox.url}/somewhere`)).rejects.toThrow(/account name/i);
	});
});
