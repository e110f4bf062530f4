import { randomUUID } from 'node:crypto';

import type { StoredWorkflow } from '../n8n/client';
import { asArray, asText, at } from '../guards';
import { until } from '../n8n/shell';
import { syncType } from '../n8n/workflow';
import { useAccount } from './account';
import { agent, agentExample, scriptedAgent, sendChat } from './chat';
import { exampleFiles, ours, readExample, withCredentials } from './examples';
import { startScriptedModel } from './scriptedModel';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const interests = ['Webinars', 'Newsletter', 'Workshops'];
const account = useAccount({
	fields: [
		{ title: 'Company', type: 'text' },
		{ title: 'Interested In', type: 'checkbox', options: interests },
	],
	lists: ['Newsletter'],
});

const manualTrigger = 'When clicking ‘Execute workflow’';
const sync = 'ActiveCampaign Sync';

/** An example in n8n, as the editor imports it, with a URL of its own; and with our credential chosen. */
async function imported(file: string): Promise<StoredWorkflow> {
	const workflow = withCredentials(readExample(file), ours(account.credential));
	const nodes = workflow.nodes.map((node) => ({
		...node,
		...(node.webhookId === undefined ? {} : { webhookId: randomUUID() }),
	}));
	return await client.createWorkflow({ ...workflow, nodes });
}

/** An example run by hand. */
async function runByHand(file: string) {
	const execution = await client.waitFor(await client.start(await imported(file), manualTrigger));
	expect(execution.error).toBeUndefined();
	return execution;
}

const contact = (email: string) => account.sandbox.account.contactByEmail(email);
const emails = () =>
	account.sandbox.account
		.contacts()
		.map(({ email }) => email)
		.sort();

describe('every example', () => {
	it.each(exampleFiles)('%s holds our node, a note, and no credential', (file) => {
		const { nodes } = readExample(file);
		expect(nodes.some(({ type }) => type.startsWith(syncType))).toBe(true);
		expect(nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote')).toBe(true);
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
	});
});

describe('the examples, imported and run', () => {
	it('form-to-contact.json: the answers are in the contact, by the names of the questions', async () => {
		const form = await imported('form-to-contact.json');
		const webhookId = form.nodes.find((node) => node.webhookId !== undefined)?.webhookId ?? '';
		await client.activate(form);
		const answers = ['ada@example.com', 'Ada', 'Lovelace', 'Analytical Engines', ['Webinars', 'Workshops']];
		await client.submitForm(webhookId, answers);
		await client.submitForm(webhookId, ['grace@example.com', 'Grace', '', '', []]);
		const executions = await client.waitForExecutionsOf(form, 2);
		await client.deactivate(form);
		expect(executions.flatMap((execution) => execution.json(sync)[0]?.unmapped ?? [])).toEqual([]);
		expect(contact('ada@example.com')).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
		expect([...(contact('ada@example.com')?.fieldValues.values() ?? [])]).toEqual([
			'Analytical Engines',
			'||Webinars||Workshops||',
		]);
		expect(contact('grace@example.com')).toMatchObject({ firstName: 'Grace' });
	});

	it('rows-in-bulk.json: the rows are imported, and the one that was refused is passed on', async () => {
		const execution = await runByHand('rows-in-bulk.json');
		const rows = execution.json('One Item per Row');
		const good = rows.map((row) => asText(row['E-mail'])).filter((email) => email.includes('@'));
		expect(good.length).toBeGreaterThan(10);
		expect(emails()).toEqual(good.sort());
		expect(contact('ada.lovelace@example.com')).toMatchObject({ firstName: 'Ada' });
		expect(contact('ada.lovelace@example.com')?.tags.size).toBe(1);
		expect(account.sandbox.journal.count('POST', '/import/bulk_import', 200)).toBe(1);
		expect(execution.json('Not Imported')).toEqual([expect.objectContaining({ outcome: 'refused' })]);
	});

	it('webhook-with-list-and-tags.json: the caller is told what was done', async () => {
		const webhook = await imported('webhook-with-list-and-tags.json');
		const path = asText(webhook.nodes.find(({ name }) => name === 'Webhook')?.parameters.path);
		await client.activate(webhook);
		const call = async (body: unknown) => {
			const request = { method: 'POST', headers: { 'content-type': 'application/json' } };
			return await until('the webhook', 30_000, async () => {
				const response = await fetch(`${client.url}/webhook/${path}`, {
					...request,
					body: JSON.stringify(body),
				});
				const answer: unknown = await response.json();
				return response.status === 404 ? undefined : answer;
			});
		};
		const ada = await call({ email: 'ada@example.com', firstName: 'Ada', tags: ['Shop', 'First Order'] });
		const grace = await call({ email: 'grace@example.com', firstName: 'Grace', phone: '+1 555 0100' });
		await client.deactivate(webhook);
		expect(ada).toMatchObject({
			action: 'created',
			lists: [{ name: 'Newsletter', outcome: 'subscribed' }],
			tags: [{ name: 'Shop' }, { name: 'First Order' }],
		});
		expect(grace).toMatchObject({ action: 'created', phone: '+1 555 0100' });
		expect(contact('ada@example.com')?.tags.size).toBe(2);
		expect(contact('grace@example.com')?.tags.size).toBe(0);
		expect(contact('grace@example.com')?.lists.size).toBe(1);
	});

	it(`${agentExample}: the agent notes the lead`, async () => {
		const model = await startScriptedModel(({ user, toolResults }) =>
			toolResults.length > 0
				? { say: 'Ada is noted' }
				: { call: { Email: user.split(' ').at(-1), First_Name: 'Ada', Last_Name: 'Lovelace', Phone: '' } },
		);
		const workflow = await scriptedAgent(client, model.url, ours(account.credential));
		const stored = await client.createWorkflow(workflow);
		for (const email of ['ada@example.com', 'augusta@example.com']) {
			const execution = await sendChat(client, stored, `Please note Ada Lovelace, ${email}`);
			expect(execution.error).toBeUndefined();
			expect(execution.json(agent)[0]?.output).toBe('Ada is noted');
			expect(contact(email)).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
			expect(contact(email)?.tags.size).toBe(1);
		}
		await model.stop();
	});

	it('stopped-items-collected.json: the others are done, and what stopped is collected with the reason', async () => {
		const execution = await runByHand('stopped-items-collected.json');
		expect(emails()).toEqual(['ada@example.com', 'alan@example.com']);
		expect(execution.json('Synced').map(({ action }) => action)).toEqual(['created', 'created']);
		const [collected] = execution.json('Stopped Items in One List');
		const stopped = asArray(collected?.stopped);
		expect(stopped.map((item) => at(item, 'name'))).toEqual(['Grace', 'Nobody']);
		expect(asText(at(stopped, 0, 'error'))).toMatch(/grace at example.com/);
		expect(asText(at(stopped, 1, 'error'))).toMatch(/'Email'/);
	});
});
