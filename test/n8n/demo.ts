/*
 * `npm run demo`: a stand-in ActiveCampaign account, a real n8n with this package in it, and a published form whose
 * answers become contacts. Stays until Ctrl-C; with `-- --once` it ends by itself, with exit status 0 only if the
 * submitted contact is in the account.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox } from '../sandbox';
import { CONTACTS_PATH, readableFieldValue } from '../sandbox/page';
import { owner } from './client';
import { createDataTable, exampleTables } from './dataTable';
import {
	demoAccount,
	demoAnswers,
	demoContacts,
	demoFields,
	demoModel,
	demoRows,
	demoWorkflow,
	unsubscribed,
} from './demoWorkflow';
import { serveExamples } from './exampleServer';
import { currentVersion, isInstalled } from './install';
import { startN8n } from './instance';
import { packProject } from './pack';
import { startScriptedModel } from './scriptedModel';
import { stopAllServices } from './service';
import { print, timed, until } from './shell';
import { credentialType } from './workflow';

/** What has to be undone at the end, in the order it was done. */
const cleanups: Array<() => Promise<void>> = [];

async function demo(): Promise<void> {
	print(
		isInstalled(currentVersion)
			? `n8n ${currentVersion} is installed: the demo takes less than a minute to start.`
			: 'This first time takes about 7 minutes and 3 GB, since it installs n8n; after that, less than a minute.',
	);
	const sandbox = await startSandbox({ ...demoAccount, latencyMs: 200, requestsPerSecond: 5 });
	cleanups.push(() => sandbox.stop());
	for (const contact of demoContacts) sandbox.account.addContact(contact);

	const folder = await mkdtemp(join(tmpdir(), 'n8n-demo-'));
	cleanups.push(() => rm(folder, { recursive: true, force: true }));
	const tarball = await packProject();
	cleanups.push(stopAllServices);
	const { client, url } = await startN8n({ tarball, userFolder: join(folder, 'user') });

	await timed(print, 'Creating the owner of this n8n', () => client.setUpOwner());
	const account = { accountName: sandbox.url, apiToken: sandbox.token };
	const credential = await timed(print, 'Creating and testing the credential', async () => {
		const { status, message } = await client.testCredential(credentialType, account);
		if (status !== 'OK') throw new Error(`The credential test says: ${message}`);
		return await client.createCredential(credentialType, account, 'Stand-in account');
	});
	const examples = await timed(print, 'Preparing what the examples need', async () => {
		await createDataTable(client, exampleTables.rows, demoRows);
		await createDataTable(client, exampleTables.contacts, []);
		const model = await startScriptedModel(demoModel);
		cleanups.push(() => model.stop());
		await client.createCredential('openAiApi', { apiKey: 'none', url: model.url }, 'Stand-in model');
		const server = await serveExamples();
		cleanups.push(() => server.close());
		return server;
	});
	const { webhookId, workflow } = demoWorkflow(credential);
	const stored = await timed(
		print,
		'Creating and publishing the workflow: On form submission → Sync Contact',
		async () => {
			const created = await client.createWorkflow(workflow);
			await client.activate(created);
			return created;
		},
	);
	const [email] = [demoAnswers[0]].flat();
	await timed(print, `Filling in the form for ${email}`, () => client.submitForm(webhookId, demoAnswers));
	const contact = await timed(print, 'Waiting for the contact in the stand-in account', async () => {
		const [execution] = await client.waitForExecutionsOf(stored, 1);
		if (execution?.status !== 'success') {
			throw new Error(`The workflow did not run through: ${JSON.stringify(execution?.error?.message)}`);
		}
		return await until('the contact', 10_000, () => sandbox.account.contactByEmail(email ?? ''));
	});
	const { fields } = sandbox.account;
	const values = demoFields.map(({ id, title }) => {
		const value = contact.fieldValues.get(id);
		return `${title}: ${value === undefined ? 'missing' : readableFieldValue(fields.get(id), value)}`;
	});
	const wanted = demoFields.every(({ id }) => contact.fieldValues.has(id));
	print(
		`Contact ${contact.id} was created: ${contact.firstName} ${contact.lastName} <${contact.email}>, ${values.join(', ')}`,
	);
	if (!wanted) throw new Error('The contact lacks a custom field');

	if (process.argv.includes('--once')) {
		await cleanUp();
		return;
	}

	print('');
	print(`Form:        ${client.formUrl(webhookId)}`);
	print(`Contacts:    ${sandbox.url}${CONTACTS_PATH}`);
	print(`Editor:      ${url}/workflow/${stored.id}`);
	print(`             log in with ${owner.email} and ${owner.password}`);
	print('Credential:  "Stand-in account"; to try one of your own:');
	print(`             API URL      ${sandbox.url}`);
	print(`             API Key      ${sandbox.token}`);
	print(`Examples:    ${examples.origin}, with an address of each for … > Import > From URL`);
	print('             Choose the credentials "Stand-in account" and, for the chat, "Stand-in model".');
	print(`             In "Create a Deal", the URL is ${sandbox.url}/api/3/deals`);
	print('');
	print('Try next:');
	print(`  Fill in the form as ${unsubscribed.email}, who has unsubscribed, and see in the editor's`);
	print('  Executions that the contact is updated, and not put back on the newsletter.');
	print('  In the node, add the option Dry Run, and run it again: it shows what would change.');
	print('');
	print('Press Ctrl-C to stop and remove all of it.');
}

async function cleanUp(): Promise<void> {
	while (cleanups.length > 0) await cleanups.pop()?.();
}

let isEnding = false;

/** By the usual convention. A terminal whose window is closed sends the last one; without it n8n would stay. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function endOn(signal: keyof typeof EXIT_CODES): Promise<void> {
	// Ctrl-C comes more than once: from the terminal, and passed on by the programs around this one.
	if (isEnding) return;
	isEnding = true;
	print('Stopping …');
	await cleanUp();
	process.exit(EXIT_CODES[signal]);
}

// Nobody reads any more once the window is closed.
process.stdout.on('error', () => undefined);
for (const signal of ENDINGS) process.on(signal, () => void endOn(signal));

demo().catch(async (error: unknown) => {
	if (isEnding) return;
	print(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
	await cleanUp();
});
