import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Credential, StoredWorkflow } from '../n8n/client';
import { Execution } from '../n8n/execution';
import { asText, at } from '../guards';
import { wantedVersion } from '../n8n/install';
import { packProject } from '../n8n/pack';
import { startQueue, type N8nQueue } from '../n8n/queue';
import { print, until } from '../n8n/shell';
import { chain, credentialType, formTrigger, syncNode } from '../n8n/workflow';
import { startSandbox, type RunningSandbox } from '../sandbox';

/** How many executions a worker takes on at once; the rest waits in the queue. */
const concurrency = 10;
/** n8n notes that a worker is gone within seconds instead of a minute (milliseconds). */
const quickNotice = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
	N8N_CONCURRENCY_PRODUCTION_LIMIT: String(concurrency),
};

let n8n: N8nQueue;
let sandbox: RunningSandbox;
let credential: Credential;
/** What has to be failedParts at the end, in the order it was done. */
const cleanups: Array<() => Promise<void>> = [];

beforeAll(async () => {
	sandbox = await startSandbox({ latencyMs: 150, requestsPerSecond: 5 });
	cleanups.push(() => sandbox.stop());
	const tarball = await packProject();
	cleanups.push(() => rm(dirname(tarball), { recursive: true, force: true }));
	n8n = await startQueue({ version: wantedVersion(), tarball, workers: 2, env: quickNotice });
	cleanups.push(() => n8n.stop());
	await n8n.client.setUpOwner();
	const account = { accountName: sandbox.url, apiToken: sandbox.token };
	credential = await n8n.client.createCredential(credentialType, account);
}, 240_000);

beforeEach(() => sandbox.reset());

afterAll(async () => {
	while (cleanups.length > 0) await cleanups.pop()?.();
}, 60_000);

/** Publishes a form that syncs its one answer, the address. */
async function publishForm(): Promise<{ workflow: StoredWorkflow; webhookId: string }> {
	const webhookId = randomUUID();
	const form = formTrigger(webhookId, 'Stay in touch', [{ fieldLabel: 'Email', fieldType: 'email' }]);
	const sync = syncNode(credential, { email: '={{ $json.Email }}' });
	const workflow = await n8n.client.createWorkflow(chain('Form', form, sync));
	await n8n.client.activate(workflow);
	return { workflow, webhookId };
}

/** Submits the form once per address, at even distances. */
async function submitAll(webhookId: string, emails: string[], withinMs: number): Promise<void> {
	await Promise.all(
		emails.map(async (email, index) => {
			await setTimeout((index * withinMs) / emails.length);
			await n8n.client.submitForm(webhookId, [email]);
		}),
	);
}

const addresses = (name: string, count: number) =>
	Array.from({ length: count }, (_, index) => `${name}${index}@example.com`).sort();
/** Whose of these addresses are in the account, once for each contact. */
const stored = (emails: string[]) =>
	sandbox.account
		.contacts()
		.map(({ email }) => email)
		.filter((email) => emails.includes(email))
		.sort();
/** The addresses of the syncs that were answered with a contact, one for each answer. */
const synced = () =>
	sandbox.journal
		.filter({
			method: 'POST',
			path: '/contact/sync',
			where: ({ status }) => status === 200 || status === 201,
		})
		.map(({ body }) => asText(at(body, 'contact', 'email')))
		.sort();

/** Waits for so many executions, all of them ended. */
async function allEnded(workflow: StoredWorkflow, count: number, timeoutMs: number) {
	return await until(`the end of ${count} executions`, timeoutMs, async () => {
		const executions = await n8n.client.executionsOf(workflow);
		const ended = executions.filter(({ status }) => Execution.isEnd(status));
		return executions.length === count && ended.length === count ? executions : undefined;
	});
}

describe('two workers that share one account', () => {
	it('store 300 form submissions of 20 seconds, each once, and are rarely over the limit', async () => {
		const { workflow, webhookId } = await publishForm();
		const emails = addresses('early', 300);
		await submitAll(webhookId, emails, 20_000);
		const executions = await allEnded(workflow, 300, 150_000);
		await n8n.client.deactivate(workflow);
		const requests = sandbox.journal.count();
		const refused = sandbox.journal.count(undefined, undefined, 429);
		print(`${refused} of ${requests} requests were over the limit`);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
		expect(stored(emails)).toEqual(emails);
		expect(synced()).toEqual(emails);
		expect(refused).toBeLessThan(requests / 10);
	}, 240_000);

	it('leave nobody doubled and lose only what a killed worker had begun', async () => {
		const emails = addresses('late', 60);
		const { workflow, webhookId } = await publishForm();
		await submitAll(webhookId, emails, 2_000);
		await until('10 contacts', 60_000, () => (stored(emails).length >= 10 ? true : undefined), 20);
		await n8n.killWorker(0);
		const executions = await allEnded(workflow, 60, 120_000);
		await n8n.client.deactivate(workflow);
		const begun = executions.filter(({ status }) => status !== 'success');
		print(
			`${begun.length} executions ended with the worker, ${stored(emails).length} of 60 contacts are stored`,
		);
		// n8n 2.x ends the executions of a worker that is gone, the older line starts them again.
		expect(begun.length).toBeLessThanOrEqual(concurrency);
		expect(stored(emails).length).toBeGreaterThanOrEqual(60 - begun.length);
		expect(new Set(stored(emails)).size).toBe(stored(emails).length);
		for (const { id, status } of executions) {
			if (status !== 'success') continue;
			const email = asText((await n8n.client.execution(id)).json('ActiveCampaign Sync')[0]?.email);
			expect(stored(emails).filter((one) => one === email)).toHaveLength(1);
		}
	}, 240_000);
});
