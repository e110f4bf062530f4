import { serveExamples } from '../n8n/exampleServer';
import { runOn, syncNode } from '../n8n/workflow';
import { useAccount } from './account';
import { modelType } from './chat';
import { exampleFiles, ours, readExample, withCredentials } from './examples';
import { inviteClient, Person } from './person';
import { canvasPicture, screenshot } from './pictures';
import { sharedN8n } from './shared';

const { client, version } = sharedN8n();
const account = useAccount();
const sync = 'ActiveCampaign Sync';

jest.setTimeout(480_000);

// Written for the editor of the current line of n8n; the older one is tested without a browser.
(version.startsWith('1.') ? describe.skip : describe)("on n8n's canvas", () => {
	it('each example is whole', async () => {
		const person = await Person.at(client, { size: { width: 940, height: 960 } });
		const model = await client.createCredential('openAiApi', { apiKey: 'none' });
		const chosen = new Map([...ours(account.credential), [modelType, model]]);
		for (const file of exampleFiles) {
			const example = withCredentials(readExample(file), chosen);
			await person.editor.openWorkflow(await client.createWorkflow(example));
			await canvasPicture(person.page, file.replace('.json', ''), example.nodes.length);
		}
		await person.editor.close();
	});

	it('an example is imported from its URL, by the menu', async () => {
		const examples = await serveExamples();
		const person = await Person.at(await inviteClient(client));
		const { page } = person;
		await person.editor.visit('/workflow/new');
		await page.getByTestId('workflow-menu').click();
		await page.getByText('Import', { exact: true }).click();
		await page.getByText('From URL', { exact: true }).click();
		const dialog = page.getByRole('dialog');
		await dialog.locator('input').fill(`${examples.origin}/form-to-contact.json`);
		await screenshot(page, 'import-from-url');
		await dialog.getByRole('button', { name: 'Import' }).click();
		for (const name of ['On form submission', sync])
			await page.locator(`[data-node-name="${name}"]`).first().waitFor();
		await screenshot(page, 'imported-from-url');
		await person.editor.close();
		await examples.close();
	});

	it.each([
		['light', /contactSync\.svg/],
		['dark', /contactSync\.dark\.svg/],
	] as const)('the node has the icon of the %s theme', async (theme, icon) => {
		const person = await Person.at(client, { theme });
		const workflow = await client.createWorkflow(runOn([], syncNode(account.credential, {})));
		await person.editor.openWorkflow(workflow);
		const shown = person.page.locator(`[data-node-name="${sync}"] img`);
		expect(await shown.getAttribute('src')).toMatch(icon);
		await screenshot(person.page, `${theme}-canvas`);
		await person.editor.openNode(sync);
		await screenshot(person.page, `${theme}-node`);
		await person.editor.close();
	});
});
