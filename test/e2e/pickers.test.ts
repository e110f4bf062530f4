import type { ListRequest } from '../n8n/client';
import { syncNode } from '../n8n/workflow';
import { useAccount } from './account';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount({
	fields: 250,
	lists: Array.from({ length: 130 }, (_, index) => `List ${index + 1}`),
});

const request = (method: string, path: string): ListRequest => ({
	node: syncNode(account.credential, {}),
	method,
	path,
});
const fieldPicker = () => request('searchCustomFields', 'customFields.values[0].field');

describe('the pickers', () => {
	it("offer each of the account's 250 custom fields, page by page", async () => {
		const first = await client.listPage(fieldPicker());
		expect(first.choices.length).toBeLessThan(250);
		const all = await client.listAll(fieldPicker());
		expect(all.map(({ value }) => value).sort()).toEqual([...account.sandbox.account.fields.keys()].sort());
	});

	it('find a field of the last page by its title', async () => {
		const last = [...account.sandbox.account.fields.values()].at(-1);
		const found = await client.listAll(fieldPicker(), last?.title.toUpperCase());
		expect(found.map(({ value }) => value)).toContain(last?.id);
		expect(found.length).toBeLessThan(100);
	});

	it("offer each of the account's 130 lists, page by page", async () => {
		const all = await client.listAll(request('searchLists', 'lists.values[0].list'));
		expect(new Set(all.map(({ value }) => value)).size).toBe(130);
	});

	it('offer a column for each of the 250 custom fields besides the four of every contact', async () => {
		const columns = await client.columns(request('getContactColumns', 'columns'));
		expect(columns).toHaveLength(254);
		expect(columns.slice(0, 4).map(({ displayName }) => displayName)).toEqual([
			'Email',
			'First Name',
			'Last Name',
			'Phone',
		]);
	});

	it('say what is wrong instead of showing an empty list', async () => {
		account.sandbox.configure({ deny: ['fields'] });
		await expect(client.listAll(fieldPicker())).rejects.toThrow(/permission/i);
	});
});
