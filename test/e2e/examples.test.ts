import { randomUUID } from 'node:crypto';

import type { StoredWorkflow } from '../n8n/client';
import { asArray, asText, at, type Json } from '../guards';
import { until } from '../n8n/shell';
import { syncType } from '../n8n/workflow';
import { MEMBERSHIP_STATUS } from '../sandbox';
import { useAccount } from './account';
import { agent, agentExample, scriptedAgent, sendChat } from './chat';
import { createDataTable } from './dataTable';
import { exampleFiles, ours, readExample, withCredentials, withDataTable } from './examples';
import { startScriptedModel } from './scriptedModel';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const interests = ['Webinars', 'Newsletter', 'Workshops'];
const account = useAccount({
	fields: [
		{ title: 'Company', type: 'text' },
		{ title: 'Interested In', type: 'checkbox', options: interests },
		{ title: 'CRM ID', type: 'text' },
	],
	lists: ['Newsletter', 'Waiting for Confirmation'],
	automations: ['Confirm Newsletter'],
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

/** The workflow once the rows that its first nodes bring have been replaced. */
async function withRows(workflow: StoredWorkflow, name: string, rows: Json[]): Promise<StoredWorkflow> {
	const nodes = workflow.nodes.map((node) =>
		node.name === name
			? { ...node, parameters: { ...node.parameters, jsonOutput: JSON.stringify({ rows }) } }
			: node,
	);
	const { id, versionId, connections } = workflow;
	const saved = await client.call('PATCH', `/rest/workflows/${id}`, { nodes, connections, versionId });
	return { ...workflow, nodes, versionId: asText(at(saved, 'versionId')) };
}

/** A stored workflow run by hand. */
async function run(workflow: StoredWorkflow) {
	const execution = await client.waitFor(await client.start(workflow, manualTrigger));
	expect(execution.error).toBeUndefined();
	return execution;
}

/** An example run by hand. */
async function runByHand(file: string) {
	return await run(await imported(file));
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
		expect(execution.json('Not Imported')).toEqual([expect.objectContaining({ action: 'failed' })]);
	});

	it('webhook-with-list-and-tags.json: the response says what was done', async () => {
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
				const output: unknown = await response.json();
				return response.status === 404 ? undefined : output;
			});
		};
		const ada = await call({ email: 'ada@example.com', firstName: 'Ada', tags: ['Shop', 'First Order'] });
		const grace = await call({ email: 'grace@example.com', firstName: 'Grace', phone: '+1 555 0100' });
		await client.deactivate(webhook);
		expect(ada).toMatchObject({
			action: 'created',
			lists: { Newsletter: 'subscribed' },
			tags: [{ name: 'Shop' }, { name: 'First Order' }],
		});
		expect(grace).toMatchObject({ action: 'created', phone: '+1 555 0100' });
		expect(contact('ada@example.com')?.tags.size).toBe(2);
		expect(contact('grace@example.com')?.tags.size).toBe(0);
		expect(contact('grace@example.com')?.lists.size).toBe(1);
	});

	it(`${agentExample}: the agent saves the lead`, async () => {
		const model = await startScriptedModel(({ user, toolResults }) =>
			toolResults.length > 0
				? { say: 'Ada is saved' }
				: { call: { Email: user.split(' ').at(-1), First_Name: 'Ada', Last_Name: 'Lovelace', Phone: '' } },
		);
		const workflow = await scriptedAgent(client, model.url, ours(account.credential));
		const stored = await client.createWorkflow(workflow);
		for (const email of ['ada@example.com', 'augusta@example.com']) {
			const execution = await sendChat(client, stored, `Please save Ada Lovelace, ${email}`);
			expect(execution.error).toBeUndefined();
			expect(execution.json(agent)[0]?.output).toBe('Ada is saved');
			expect(contact(email)).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
			expect(contact(email)?.tags.size).toBe(1);
		}
		await model.stop();
	});

	it('failed-items-collected.json: the others are synced, and failed items are collected with the reason', async () => {
		const execution = await runByHand('failed-items-collected.json');
		expect(emails()).toEqual(['ada@example.com', 'alan@example.com']);
		expect(execution.json('Synced').map(({ action }) => action)).toEqual(['created', 'created']);
		const [collected] = execution.json('Failed Items in One List');
		const failed = asArray(collected?.failed);
		expect(failed.map((item) => at(item, 'name'))).toEqual(['Grace', 'Nobody']);
		expect(asText(at(failed, 0, 'error'))).toMatch(/grace at example.com/);
		expect(asText(at(failed, 1, 'error'))).toMatch(/'Email'/);
	});

	it('double-opt-in.json: contacts wait for their confirmation off the newsletter, and are asked once', async () => {
		const form = await imported('double-opt-in.json');
		const webhookId = form.nodes.find((node) => node.webhookId !== undefined)?.webhookId ?? '';
		await client.activate(form);
		await client.submitForm(webhookId, ['ada@example.com', 'Ada']);
		await client.submitForm(webhookId, ['grace@example.com', 'Grace']);
		await client.waitForExecutionsOf(form, 2);
		await client.submitForm(webhookId, ['ada@example.com', '']);
		const executions = await client.waitForExecutionsOf(form, 3);
		await client.deactivate(form);
		expect(executions.at(-1)?.json(sync)[0]).toMatchObject({
			automations: { 'Confirm Newsletter': 'alreadyEnrolled' },
		});
		for (const email of ['ada@example.com', 'grace@example.com']) {
			expect(account.sandbox.account.snapshot()[email]).toMatchObject({
				lists: { 'Waiting for Confirmation': MEMBERSHIP_STATUS.active },
				tags: ['Newsletter Requested'],
			});
			expect(contact(email)?.lists.size).toBe(1);
			expect(account.sandbox.account.enrollments(email, 'Confirm Newsletter')).toBe(1);
		}
	});

	it('only-changed-rows.json: a second run sends nothing, and the next one the row that has changed', async () => {
		const { journal } = account.sandbox;
		const workflow = await imported('only-changed-rows.json');
		const first = await run(workflow);
		expect(first.json('Synced').map(({ action }) => action)).toEqual(['created', 'created']);
		expect(first.json('Failed Rows').map((row) => row['First name'])).toEqual(['Alan']);
		journal.clear();
		const second = await run(workflow);
		expect([second.json('New or Changed'), second.json('Synced')]).toEqual([[], []]);
		expect(journal.entries).toEqual([]);

		const rows = first.json('One Item per Row');
		const changed = rows.map((row) =>
			row['First name'] === 'Ada' ? { ...row, 'Last name': 'King', Changed: '2026-03-02T09:00:00Z' } : row,
		);
		const third = await run(await withRows(workflow, 'Rows', changed));
		expect(third.json('Synced')).toMatchObject([{ action: 'updated', email: 'ada@example.com' }]);
		expect(contact('ada@example.com')?.lastName).toBe('King');
		expect(journal.count('POST', '/contact/sync')).toBe(1);
	});

	it('results-back-to-rows.json: each row has its result, and is not sent again', async () => {
		const rows = [
			{ email: 'ada@example.com', firstName: 'Ada' },
			{ email: 'grace at example.com', firstName: 'Grace' },
			{ email: 'alan@example.com', firstName: 'Alan', result: '' },
			{ email: 'done@example.com', firstName: 'Done', result: 'created', contactId: '7' },
		];
		const table = await createDataTable(client, ['email', 'firstName', 'result', 'contactId'], rows);
		const example = withCredentials(readExample('results-back-to-rows.json'), ours(account.credential));
		const workflow = await client.createWorkflow(withDataTable(example, table.id));
		await run(workflow);
		const idOf = (email: string) => contact(email)?.id;
		expect(await table.rows()).toMatchObject([
			{ email: 'ada@example.com', result: 'created', contactId: idOf('ada@example.com') },
			{
				email: 'grace at example.com',
				result: expect.stringMatching(/grace at example.com/) as unknown,
				contactId: '',
			},
			{ email: 'alan@example.com', result: 'created', contactId: idOf('alan@example.com') },
			{ email: 'done@example.com', result: 'created', contactId: '7' },
		]);
		expect(emails()).toEqual(['ada@example.com', 'alan@example.com']);
		account.sandbox.journal.clear();
		await run(workflow);
		expect(account.sandbox.journal.entries).toEqual([]);
	});

	it('crm-id-as-key.json: a changed address reaches the same contact', async () => {
		const workflow = await imported('crm-id-as-key.json');
		const first = await run(workflow);
		expect(first.json(sync).map(({ action }) => action)).toEqual(['created', 'created']);
		const ada = contact('ada@example.com');
		const people = first.json('One Item per Contact');
		const changed = people.map((person) =>
			person.firstName === 'Ada' ? { ...person, email: 'ada.king@example.com' } : person,
		);
		const second = await run(await withRows(workflow, 'CRM Contacts', changed));
		expect(second.json(sync)).toMatchObject([
			{ action: 'updated', id: ada?.id, email: 'ada.king@example.com' },
			{ action: 'updated', id: contact('grace@example.com')?.id },
		]);
		expect(emails()).toEqual(['ada.king@example.com', 'grace@example.com']);
	});
});
