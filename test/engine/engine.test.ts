import { startSandbox, type RunningSandbox } from '../sandbox';

import { listSearch, resourceMapping } from './harness/editor';
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
