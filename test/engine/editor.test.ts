import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv } from 'ajv';
import type { IDataObject, INodeListSearchItems, ResourceMapperField } from 'n8n-workflow';

import { isRecord } from '../guards';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../sandbox';
import { useAccount } from './harness/account';
import { runBulk } from './harness/bulk';
import { listSearch, resourceMapping } from './harness/editor';
import { automations, customFields, lists, mapAutomatically, mapByHand } from './harness/parameters';
import { jsonOf, textLike } from './harness/results';
import { runWorkflow } from './harness/runWorkflow';
import { testCredential } from './harness/testCredential';

describe("the node in n8n's own engine", () => {
	const items = [{ mail: 'ann@example.com' }, { mail: 'no address' }, { mail: 'bob@example.com' }];
	const nodeParameters = { email: '={{ $json.mail }}' };
	let sandbox: RunningSandbox;
	const credentials = () => ({ accountName: sandbox.url, apiToken: sandbox.token });

	beforeEach(async () => {
		sandbox = await startSandbox({ fields: 2 });
	});

	afterEach(async () => {
		await sandbox.stop();
	});

	it('links each output to its item, and sends a failed item to the error output', async () => {
		const run = await runWorkflow({
			nodeParameters,
			items,
			credentials: credentials(),
			onError: 'continueErrorOutput',
		});
		expect(run.items.map(({ json, pairedItem }) => [json.email, pairedItem])).toEqual([
			['ann@example.com', { item: 0 }],
			['bob@example.com', { item: 2 }],
		]);
		expect(run.errorItems).toHaveLength(1);
		expect(run.errorItems[0]).toMatchObject({ json: { mail: 'no address' }, pairedItem: { item: 1 } });
		expect(run.status).toBe('success');
		expect(run.hints).toHaveLength(1);
	});

	it('fails the execution with the index of the item that failed', async () => {
		const run = await runWorkflow({ nodeParameters, items, credentials: credentials() });
		expect(run.status).toBe('error');
		expect(run.error?.description).toMatch(/^Item 2 /);
		expect(run.items).toEqual([]);
	});

	it("fills the editor's pickers and column map", async () => {
		const { results } = await listSearch('searchCustomFields', { credentials: credentials() });
		expect(results.map(({ value }) => value)).toEqual(['1', '2']);
		const { fields } = await resourceMapping('getContactColumns', { credentials: credentials() });
		expect(fields).toHaveLength(4 + 2);
	});

	it('tests the credential', async () => {
		await expect(testCredential(credentials())).resolves.toMatchObject({ status: 'OK' });
		await expect(testCredential({ ...credentials(), apiToken: 'another' })).resolves.toMatchObject({
			status: 'Error',
		});
	});
});

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
	] as const)('show all pages of %s, and search all of them', async (method, kind) => {
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

	it('describe custom fields of each type', async () => {
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

	it('show the reason in place of columns that could not be loaded, unless that would remove columns', async () => {
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
				/^The fields could not be loaded\. ActiveCampaign did not allow this API key to read the custom fields.*Settings > Developer/,
			),
		});
		await expect(load([email])).rejects.toThrow(/did not allow this API key to read the custom fields/);
	});

	const withoutIntroduction = (notice: string) => notice.replace('The fields could not be loaded. ', '');
	const PICKERS: Array<[string, () => Promise<unknown>]> = [
		['searchCustomFields', () => firstPage('searchCustomFields')],
		['searchLists', () => firstPage('searchLists')],
		['searchLists with a filter', () => firstPage('searchLists', 'x')],
		['searchAutomations', () => firstPage('searchAutomations')],
		['searchTags', () => firstPage('searchTags')],
		[
			'getContactColumns',
			async () => {
				const loaded = await resourceMapping('getContactColumns', { credentials: credentials() });
				if (loaded.emptyFieldsNotice) throw new Error(withoutIntroduction(loaded.emptyFieldsNotice));
				return loaded;
			},
		],
	];

	it.each(PICKERS)('report a missing permission instead of an empty list: %s', async (_method, load) => {
		const deny = ['fields', 'lists', 'automations', 'tags'] as const;
		await start({ fields: 3, lists: ['x'], automations: ['x'], tags: ['x'], deny: [...deny] });

		await expect(load()).rejects.toThrow(
			/^ActiveCampaign did not allow this API key to read the (custom fields|lists|automations|tags).*may not see (custom fields|lists|automations|tags)/,
		);
	});

	it('advise to check the API key unless it has just worked', async () => {
		await start({ lists: ['x'], automations: ['x'] });
		const refusal = async () => await firstPage('searchAutomations').catch(String);
		sandbox.configure({ deny: ['automations'] });
		expect(await refusal()).toMatch(/Check the API key/);

		await firstPage('searchLists');

		expect(await refusal()).toMatch(
			/worked a few minutes ago\. Unless it was replaced since, its user may not see automations/,
		);
		expect(await refusal()).not.toMatch(/Check the API key/);
	});

	it.each(PICKERS)('report a login page instead of an empty list: %s', async (_method, load) => {
		await start({ wrongToken: 'loginPage' });
		sandbox.configure({ token: 'another one by now' });

		await expect(load()).rejects.toThrow(/web page instead of data.*API key/);
	});

	it.each(PICKERS)('show an empty list when the account has no records: %s', async (_method, load) => {
		await start({});

		const loaded = await load();

		expect(loaded).toEqual(
			expect.not.objectContaining({ results: [expect.anything()], fields: Array(5).fill(expect.anything()) }),
		);
		sandbox.startSpell({ fault: { status: 200, body: { message: 'Busy' } } });
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

describe('the output preview', () => {
	const PREVIEWS = join(
		__dirname,
		'..',
		'..',
		'nodes',
		'ActiveCampaignSync',
		'__schema__',
		'v1.0.0',
		'contact',
	);

	const account = useAccount({
		fields: [
			{ title: 'Industry', type: 'dropdown', options: [{ value: 'sw', label: 'Software' }] },
			{ title: 'Interests', type: 'checkbox', options: ['a', 'b'] },
		],
		lists: ['News', 'Left'],
		automations: ['Welcome'],
	});

	const ann = { email: 'ann@example.com' };
	const bob = { email: 'bob@example.com' };
	const invalid = { email: 'no address' };
	const continues = { onError: 'continueRegularOutput' as const };

	/** For each operation the outputs of runs that together have every key of its preview. */
	const OUTPUTS_OF: Readonly<Record<string, () => Promise<IDataObject[]>>> = {
		async syncContact() {
			for (const { email } of [ann, bob]) {
				account.state.addContact({ email, phone: '1', lists: { Left: 'unsubscribed' } });
			}
			const all = await account.sync(
				[ann, bob, invalid],
				{
					firstName: 'A',
					lastName: 'B',
					...customFields(['name', 'Industry', 'sw'], ['name', 'Interests', ['a']], ['name', 'Nothing', 'x']),
					...lists(
						['name', 'News', 'subscribe'],
						['name', 'Left', 'subscribe'],
						['name', 'None', 'subscribe'],
					),
					...automations(['name', 'Welcome'], ['name', 'Nowhere']),
					tagsToAdd: 'Lead',
					options: { unusableValues: 'skip' },
				},
				continues,
			);
			account.sandbox.configure({ deny: ['tags'] });
			const denied = await account.sync([ann, bob], { tagsToAdd: 'Other' }, continues);
			account.sandbox.configure({ deny: [] });
			const mapped = await account.sync([{ ...ann, color: 'red' }], mapAutomatically);
			const more = await account.sync([ann, bob], { additionalFields: { company: 'Acme', note: 'Hi' } });
			const skipped = await account.sync([ann, bob], { options: { syncMode: 'createOnly' } });
			return [all, denied, mapped, more, skipped].flatMap(({ items }) => jsonOf(items));
		},
		async getContact() {
			for (const { email } of [ann, bob]) {
				account.state.addContact({
					email,
					lists: { News: 'active' },
					automations: ['Welcome'],
					tags: ['Lead'],
					company: 'Acme',
					fieldValues: { Industry: 'sw' },
				});
			}
			const found = await account.sync([ann, bob, invalid], { operation: 'getContact' }, continues);
			return jsonOf(found.items);
		},
		async getManyContacts() {
			for (const { email } of [ann, bob]) {
				account.state.addContact({
					email,
					lists: { News: 'active' },
					automations: ['Welcome'],
					tags: ['Lead'],
					company: 'Acme',
					fieldValues: { Industry: 'sw' },
				});
			}
			const parameters = { operation: 'getManyContacts', limit: '={{ $json.limit }}' };
			return jsonOf((await account.sync([{ limit: 2 }, { limit: -1 }], parameters, continues)).items);
		},
		async deleteContact() {
			for (const { email } of [ann, bob]) account.state.addContact({ email });
			const deleted = await account.sync([ann, bob, invalid], { operation: 'deleteContact' }, continues);
			return jsonOf(deleted.items);
		},
		async syncContactsInBulk() {
			account.state.refuseInImport(({ email }) => email === bob.email, 'Blocked');
			const parameters = customFields(['name', 'Nothing', 'x']);
			const options = { unusableValues: 'skip' };
			const all = await runBulk(account.sandbox, [ann, bob, invalid], { parameters, options, ...continues });
			const mapped = await runBulk(account.sandbox, [{ ...ann, color: 'red' }], {
				parameters: mapAutomatically,
			});
			const pending = await runBulk(account.sandbox, [ann], { options: { waitForResult: false } });
			return [all, mapped, pending].flatMap(({ items }) => jsonOf(items));
		},
	};

	it('exists for every operation', () => {
		const previewed = readdirSync(PREVIEWS).map((name) => name.replace('.json', ''));
		expect(Object.keys(OUTPUTS_OF).sort()).toEqual(previewed.sort());
	});

	it.each(Object.keys(OUTPUTS_OF))(
		'has all keys of the real outputs of %s, and no others',
		async (operation) => {
			const schema: unknown = JSON.parse(readFileSync(join(PREVIEWS, `${operation}.json`), 'utf8'));
			const outputs = (await OUTPUTS_OF[operation]?.()) ?? [];

			const validate = new Ajv({ strict: false, allErrors: true }).compile(closed(schema));
			for (const output of outputs) {
				validate(output);
				expect({ output, errors: validate.errors }).toEqual({ output, errors: null });
			}
			expect(previewedKeys(schema)).toEqual([...new Set(outputs.flatMap((output) => keysOf(output)))].sort());
		},
	);

	/** The schema with no keys allowed besides those that it names. */
	function closed(schema: unknown): IDataObject {
		const { properties, items, ...rest } = isRecord(schema) ? schema : {};
		return {
			additionalProperties: false,
			...rest,
			...(isRecord(properties)
				? {
						properties: Object.fromEntries(
							Object.entries(properties).map(([key, inner]) => [key, closed(inner)]),
						),
					}
				: {}),
			...(items === undefined ? {} : { items: closed(items) }),
		};
	}

	/** Paths of all keys that a schema names, sorted, e.g. `lists.name`. */
	function previewedKeys(schema: unknown, path = ''): string[] {
		if (!isRecord(schema)) return [];
		if (schema['items'] !== undefined) return previewedKeys(schema['items'], path);
		if (!isRecord(schema['properties'])) return [];
		return Object.entries(schema['properties'])
			.flatMap(([key, inner]) => [`${path}${key}`, ...previewedKeys(inner, `${path}${key}.`)])
			.sort();
	}

	/** What has names that the account gives for keys. */
	const BY_NAME: ReadonlySet<string> = new Set(['customFields.', 'lists.', 'tags.', 'automations.']);

	/** Paths of all keys of an output. */
	function keysOf(value: unknown, path = ''): string[] {
		if (Array.isArray(value)) return value.flatMap((one) => keysOf(one, path));
		if (!isRecord(value) || BY_NAME.has(path)) return [];
		return Object.entries(value).flatMap(([key, inner]) => [
			`${path}${key}`,
			...keysOf(inner, `${path}${key}.`),
		]);
	}
});
