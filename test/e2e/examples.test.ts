import { randomUUID } from 'node:crypto';

import type { Credential, StoredWorkflow } from '../n8n/client';
import { asArray, asText, at, type Json } from '../guards';
import { until } from '../n8n/shell';
import { syncType, type WorkflowJson } from '../n8n/workflow';
import { MEMBERSHIP_STATUS } from '../sandbox';
import { useAccount } from './account';
import { agent, agentExample, modelType, sendChat } from './chat';
import { createDataTable, exampleTables, type DataTable } from '../n8n/dataTable';
import { demoAccount, demoContacts, demoModel } from '../n8n/demoWorkflow';
import { serveExamples } from '../n8n/exampleServer';
import { startScriptedModel } from '../n8n/scriptedModel';
import type { LocalServer } from '../localServer';
import { exampleFiles, isWorkflow, ours, readExample, withCredentials } from './examples';
import { sharedN8n } from './shared';

const { client, version } = sharedN8n();
/** An account as the demo has it. */
const account = useAccount(demoAccount);
let examples: LocalServer;

beforeAll(async () => {
	examples = await serveExamples();
});
beforeEach(() => {
	for (const contact of demoContacts) account.sandbox.account.addContact(contact);
});
afterAll(() => examples.close());

const manualTrigger = 'When clicking ‘Execute workflow’';
const sync = 'ActiveCampaign Sync';

/** An example as the editor takes it from a URL, with a webhook of its own; and with our credential chosen. */
async function download(file: string, chosen = ours(account.credential)): Promise<WorkflowJson> {
	const project = asText(at(await client.call('GET', '/rest/projects/personal'), 'id'));
	const query = new URLSearchParams({ url: `${examples.origin}/${file}`, projectId: project });
	const example = await client.call('GET', `/rest/workflows/from-url?${query.toString()}`);
	if (!isWorkflow(example)) throw new Error(`n8n took no workflow from ${file}`);
	const workflow = withCredentials(example, chosen);
	const nodes = workflow.nodes.map((node) => ({
		...node,
		...(node.webhookId === undefined ? {} : { webhookId: randomUUID() }),
	}));
	return { ...workflow, nodes };
}

/** An example in n8n, imported from its URL. */
async function imported(file: string, chosen?: Map<string, Credential>): Promise<StoredWorkflow> {
	return await client.createWorkflow(await download(file, chosen));
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

/** An example once its table is picked, as its note says for n8n 1.x: there, a name finds no table. */
async function importedWithTable(file: string, { id }: DataTable): Promise<StoredWorkflow> {
	const workflow = await download(file);
	const table = { __rl: true, mode: 'list', value: id };
	const nodes = workflow.nodes.map((node) =>
		version.startsWith('1.') && node.parameters.dataTableId !== undefined
			? { ...node, parameters: { ...node.parameters, dataTableId: table } }
			: node,
	);
	return await client.createWorkflow({ ...workflow, nodes });
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
const seeded = demoContacts.map(({ email }) => email);
/** Who is in the account beside those who were there before. */
const emails = () =>
	account.sandbox.account
		.contacts()
		.map(({ email }) => email)
		.filter((email) => !seeded.includes(email))
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
		expect(account.sandbox.account.snapshot()['ada.lovelace@example.com']?.company).toBe(
			'Analytical Engines',
		);
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
		const grace = await call({ email: 'grace@example.com', firstName: 'Grace', phone: '+1 555 0199' });
		const alan = await call({ email: 'alan@example.com' });
		await client.deactivate(webhook);
		expect(ada).toMatchObject({
			action: 'created',
			lists: { Newsletter: 'subscribed' },
			tags: { Shop: 'created', 'First Order': 'created' },
		});
		expect(grace).toMatchObject({
			action: 'updated',
			phone: '+1 555 0199',
			lists: { Newsletter: 'alreadySubscribed' },
		});
		expect(contact('ada@example.com')?.tags.size).toBe(2);
		expect(contact('grace@example.com')?.tags.size).toBe(1);
		expect(alan).toMatchObject({ lists: { Newsletter: 'keptUnsubscribed' } });
	});

	it(`${agentExample}: the agent saves the lead`, async () => {
		const model = await startScriptedModel(demoModel);
		const openAi = await client.createCredential('openAiApi', { apiKey: 'none', url: model.url });
		const stored = await imported(agentExample, new Map([...ours(account.credential), [modelType, openAi]]));
		for (const email of ['ada@example.com', 'augusta@example.com']) {
			const execution = await sendChat(client, stored, `Please save Ada Lovelace, ${email}`);
			expect(execution.error).toBeUndefined();
			expect(execution.json(agent)[0]?.output).toBe('Saved.');
			expect(contact(email)).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
			expect(contact(email)?.tags.size).toBe(1);
		}
		await model.stop();
	});

	it('failed-items-collected.json: the others are synced, and failed items are collected with the reason', async () => {
		const execution = await runByHand('failed-items-collected.json');
		expect(emails()).toEqual(['ada@example.com']);
		expect(execution.json('Synced').map(({ action }) => action)).toEqual(['created', 'updated']);
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
		await client.submitForm(webhookId, ['edsger@example.com', 'Edsger']);
		await client.waitForExecutionsOf(form, 2);
		await client.submitForm(webhookId, ['ada@example.com', '']);
		const executions = await client.waitForExecutionsOf(form, 3);
		expect(executions.at(-1)?.json(sync)[0]).toMatchObject({
			automations: { 'Confirm Newsletter': 'alreadyEnrolled' },
		});
		for (const email of ['ada@example.com', 'edsger@example.com']) {
			expect(account.sandbox.account.snapshot()[email]).toMatchObject({
				lists: { 'Waiting for Confirmation': MEMBERSHIP_STATUS.active },
				tags: ['Newsletter Requested'],
			});
			expect(contact(email)?.lists.size).toBe(1);
			expect(account.sandbox.account.enrollments(email, 'Confirm Newsletter')).toBe(1);
		}

		// She has confirmed, which took her off the first list, and signs up again later.
		account.sandbox.account.setMembership('ada@example.com', 'Waiting for Confirmation', 'unsubscribed');
		for (const entry of contact('ada@example.com')?.automations ?? []) entry.completed = true;
		await client.submitForm(webhookId, ['ada@example.com', 'Ada']);
		const again = await client.waitForExecutionsOf(form, 4);
		await client.deactivate(form);
		expect(again.at(-1)?.json(sync)[0]).toMatchObject({
			lists: { 'Waiting for Confirmation': 'resubscribed' },
			automations: { 'Confirm Newsletter': 'enrolled' },
		});
	});

	it('only-changed-rows.json: a second run sends nothing, and the next one the row that has changed', async () => {
		const { journal } = account.sandbox;
		const workflow = await imported('only-changed-rows.json');
		const first = await run(workflow);
		expect(first.json('Synced').map(({ action }) => action)).toEqual(['created', 'updated']);
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
		const table = await createDataTable(client, exampleTables.rows, rows);
		const workflow = await importedWithTable('results-back-to-rows.json', table);
		await run(workflow);
		const idOf = (email: string) => contact(email)?.id;
		expect(await table.rows()).toMatchObject([
			{ email: 'ada@example.com', result: 'created', contactId: idOf('ada@example.com') },
			{
				email: 'grace at example.com',
				result: expect.stringMatching(/grace at example.com/) as unknown,
				contactId: '',
			},
			{ email: 'alan@example.com', result: 'updated', contactId: idOf('alan@example.com') },
			{ email: 'done@example.com', result: 'created', contactId: '7' },
		]);
		expect(emails()).toEqual(['ada@example.com']);
		account.sandbox.journal.clear();
		await run(workflow);
		expect(account.sandbox.journal.entries).toEqual([]);
	});

	it('changed-contacts-to-a-sheet.json: the contacts that have changed are written to their rows, once', async () => {
		const { account: state, journal } = account.sandbox;
		const weekMs = 7 * 24 * 3_600_000;
		state.addContact({ email: 'long.ago@example.com' }).udate = new Date(Date.now() - weekMs).toISOString();
		for (const name of ['ada', 'bea']) state.addContact({ email: `${name}@example.com`, tags: ['Lead'] });
		const rowOf = async (email: string) => (await table.rows()).filter((row) => row.email === email);
		const table = await createDataTable(client, exampleTables.contacts, []);
		const workflow = await importedWithTable('changed-contacts-to-a-sheet.json', table);
		await run(workflow);
		const { id } = contact('ada@example.com') ?? {};
		expect(await rowOf('ada@example.com')).toMatchObject([{ contactId: id, firstName: '', tags: 'Lead' }]);
		expect(await rowOf('bea@example.com')).toMatchObject([{ tags: 'Lead' }]);
		expect(await rowOf('long.ago@example.com')).toEqual([]);

		state.addContact({ email: 'ada@example.com', firstName: 'Ada', tags: ['VIP'] });
		const second = await run(workflow);
		expect(second.json('Not Written Yet')).toMatchObject([{ email: 'ada@example.com' }]);
		expect(await rowOf('ada@example.com')).toMatchObject([{ firstName: 'Ada', tags: 'Lead, VIP' }]);
		expect(await rowOf('bea@example.com')).toMatchObject([{ firstName: '' }]);
		expect(journal.entries.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('crm-id-as-key.json: a changed address reaches the same contact', async () => {
		const workflow = await imported('crm-id-as-key.json');
		const first = await run(workflow);
		expect(first.json(sync).map(({ action }) => action)).toEqual(['created', 'updated']);
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
		expect(emails()).toEqual(['ada.king@example.com']);
	});

	it('proof-of-consent.json: the first proof stays, and who has unsubscribed stays off the list', async () => {
		const form = await imported('proof-of-consent.json');
		const webhookId = form.nodes.find((node) => node.webhookId !== undefined)?.webhookId ?? '';
		await client.activate(form);
		const proofOf = (email: string) => {
			const { fields, lists } = account.sandbox.account.snapshot()[email] ?? {};
			return [fields?.['Consent at'], fields?.['Consent source'], lists?.Newsletter];
		};
		const consent = ['Yes, email me the newsletter'];
		await client.submitForm(webhookId, ['ada@example.com', 'Ada', consent]);
		await client.submitForm(webhookId, ['alan@example.com', '', consent]);
		await client.waitForExecutionsOf(form, 2);
		const first = proofOf('ada@example.com');
		const words = 'Newsletter form: Yes, email me the newsletter';
		const moment: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
		expect(first).toEqual([moment, words, MEMBERSHIP_STATUS.active]);
		expect(proofOf('alan@example.com')).toEqual([moment, words, MEMBERSHIP_STATUS.unsubscribed]);
		await client.submitForm(webhookId, ['ada@example.com', 'Ada', consent]);
		const executions = await client.waitForExecutionsOf(form, 3);
		await client.deactivate(form);
		expect(executions.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(proofOf('ada@example.com')).toEqual(first);
	});

	it('deal-after-sync.json: the contact has its company, a note, and a deal', async () => {
		const workflow = await download('deal-after-sync.json');
		// What the note says to replace.
		const nodes = workflow.nodes.map((node) => ({
			...node,
			parameters: {
				...node.parameters,
				...(node.name === 'Create a Deal' ? { url: `${account.sandbox.url}/api/3/deals` } : {}),
			},
		}));
		const form = await client.createWorkflow({ ...workflow, nodes });
		const webhookId = form.nodes.find((node) => node.webhookId !== undefined)?.webhookId ?? '';
		await client.activate(form);
		await client.submitForm(webhookId, [
			'ada@example.com',
			'Ada',
			'Lovelace',
			'Analytical Engines',
			'An engine',
		]);
		await client.submitForm(webhookId, ['grace@example.com', '', '', '', '']);
		const executions = await client.waitForExecutionsOf(form, 2);
		await client.deactivate(form);
		expect(executions.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(account.sandbox.account.snapshot()['ada@example.com']).toMatchObject({
			company: 'Analytical Engines',
			notes: ['An engine'],
		});
		for (const email of ['ada@example.com', 'grace@example.com']) {
			expect(contact(email)?.deals).toMatchObject([
				{ title: `Quote for ${email}`, value: 45_000, currency: 'usd' },
			]);
		}
	});

	it("lead-from-meta-ad.json: the answers under the trigger's headings are in the contacts", async () => {
		const execution = await runByHand('lead-from-meta-ad.json');
		expect(execution.json(sync).map(({ action }) => action)).toEqual(['created', 'updated']);
		expect(account.sandbox.account.snapshot()['ada@example.com']).toMatchObject({
			firstName: 'Ada',
			lastName: 'Lovelace',
			phone: '+44 20 7946 0100',
			fields: { 'Interested In': '||Workshops||' },
			tags: ['Meta Lead', 'Webinar sign-up'],
			company: 'Analytical Engines',
			jobTitle: 'Founder',
		});
	});
});
