import { runOn, syncNode } from '../n8n/workflow';
import { useAccount } from './account';
import { modelType } from './chat';
import { exampleFiles, ours, readExample, withCredentials } from './examples';
import { Person } from './person';
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
