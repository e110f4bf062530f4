import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Credential, StoredWorkflow } from '../n8n/client';
import { Execution } from '../n8n/execution';
import { asText, at, type Json } from '../guards';
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

/** How many forms come twice at the same moment. */
const PAIRS = 30;
type Place = 'first' | 'second';

let n8n: N8nQueue;
let sandbox: RunningSandbox;
let credential: Credential;
/** What ends at the end, in the reverse order. */
const cleanups: Array<() => Promise<void>> = [];

beforeAll(async () => {
	sandbox = await startSandbox({ latencyMs: 150, requestsPerSecond: 5 });
	cleanups.push(() => sandbox.stop());
	const tarball = await packProject();
	cleanups.push(() => rm(dirname(tarball), { recursive: true, force: true }));
	n8n = await startQueue({ version: wantedVersion(), tarball, workers: 3, env: quickNotice });
	cleanups.push(() => n8n.stop());
	await n8n.client.setUpOwner();
	const account = { accountName: sandbox.url, apiToken: sandbox.token };
	credential = await n8n.client.createCredential(credentialType, account);
}, 600_000);

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
/** For which of these addresses a sync was answered with a contact, once for each answer. */
const synced = (emails: string[]) =>
	sandbox.journal
		.filter({
			method: 'POST',
			path: '/contact/sync',
			where: ({ status }) => status === 200 || status === 201,
		})
		.map(({ body }) => asText(at(body, 'contact', 'email')))
		.filter((email) => emails.includes(email))
		.sort();

/** Waits for so many executions, all of them ended. */
async function allEnded(workflow: StoredWorkflow, count: number, timeoutMs: number) {
	return await until(`the end of ${count} executions`, timeoutMs, async () => {
		const executions = await n8n.client.executionsOf(workflow);
		const ended = executions.filter(({ status }) => Execution.isEnd(status));
		return executions.length === count && ended.length === count ? executions : undefined;
	});
}

const byName = (value: string): Json => ({ __rl: true, mode: 'name', value });

/** Submits a form twice within 50 ms for each pair, and waits for what n8n makes of it. */
async function submitPairs(parameters: Json, answersOf: (pair: number, place: Place) => string[]) {
	const webhookId = randomUUID();
	const labels = ['Email', 'Key', 'Company', 'Tag', 'Note'];
	const form = formTrigger(
		webhookId,
		'Twice',
		labels.map((fieldLabel) => ({ fieldLabel })),
	);
	const sync = syncNode(credential, parameters, { onError: 'continueRegularOutput' });
	const workflow = await n8n.client.createWorkflow(chain('Pairs', form, sync));
	await n8n.client.activate(workflow);
	// The form begins to listen a second later: for both at once.
	await n8n.client.submitForm(webhookId, ['first@example.com', 'K-first', 'First', 'First', 'First']);
	for (let pair = 0; pair < PAIRS; pair++) {
		const places = ['first', 'second'] as const;
		await Promise.all(
			places.map(async (place) => await n8n.client.submitForm(webhookId, answersOf(pair, place))),
		);
	}
	const executions = await n8n.client.waitForExecutionsOf(workflow, 2 * PAIRS + 1, 150_000);
	await n8n.client.deactivate(workflow);
	return executions.map((execution) => execution.json('ActiveCampaign Sync')[0]);
}

describe('three workers that share one account', () => {
	beforeEach(() => {
		sandbox.account.addField({ title: 'CRM ID' });
		sandbox.account.addAutomation('Welcome');
		// What happens at once is what counts here, and not the pace: slow responses make it more.
		sandbox.configure({ requestsPerSecond: 0, latencyMs: 600 });
	});
	const unpaced = { requestsPerSecond: 100 };
	const welcome = { values: [{ automation: byName('Welcome'), action: 'enroll' }] };

	it('enroll the same new contact once, and make one company and one tag, and each note once', async () => {
		const outputs = await submitPairs(
			{
				email: '={{ $json.Email }}',
				additionalFields: { company: '={{ $json.Company }}', note: '={{ $json.Note }}' },
				tagsToAdd: '={{ $json.Tag }}',
				automations: welcome,
				options: unpaced,
			},
			(pair, place) => [`c${pair}@example.com`, '', `Company ${pair}`, `Tag ${pair}`, `The ${place} note`],
		);

		expect(outputs.filter((output) => output?.error !== undefined)).toEqual([]);
		const { account } = sandbox;
		expect(account.contacts()).toHaveLength(PAIRS + 1);
		expect(new Set([...account.companies.values()].map(({ name }) => name)).size).toBe(
			account.companies.size,
		);
		expect(account.companies.size).toBe(PAIRS + 1);
		const stored = account.snapshot();
		for (let pair = 0; pair < PAIRS; pair++) {
			const { company, tags, notes, enrollments } = stored[`c${pair}@example.com`] ?? {};
			expect({ company, tags, notes: notes?.sort(), enrollments }).toEqual({
				company: `Company ${pair}`,
				tags: [`Tag ${pair}`],
				notes: ['The first note', 'The second note'],
				enrollments: { Welcome: 1 },
			});
		}
		const corrected = sandbox.journal.count('DELETE', /^\/contactAutomations\//);
		print(`${corrected} of ${PAIRS} contacts were enrolled twice at first`);
	}, 240_000);

	it('work on one of two contacts that a new key leads to', async () => {
		const outputs = await submitPairs(
			{
				matchBy: 'customField',
				matchField: byName('CRM ID'),
				matchValue: '={{ $json.Key }}',
				email: '={{ $json.Email }}',
				automations: welcome,
				options: unpaced,
			},
			(pair, place) => [`${place}${pair}@example.com`, `K-${pair}`, '', '', ''],
		);

		const stored = sandbox.account.snapshot();
		let doubled = 0;
		for (let pair = 0; pair < PAIRS; pair++) {
			const emails = ['first', 'second'].map((place) => `${place}${pair}@example.com`);
			const enrolled = emails.filter((email) => stored[email]?.enrollments.Welcome !== undefined);
			expect(enrolled).toHaveLength(1);
			const both = emails.every((email) => stored[email] !== undefined);
			const failed = outputs.filter((output) => asText(output?.error).includes(`'K-${pair}'`));
			expect(failed).toHaveLength(both ? 1 : 0);
			if (both) doubled++;
		}
		print(`${doubled} of ${PAIRS} keys led to two contacts, one of which failed`);
	}, 240_000);
});

describe('three workers that share the limit of one account', () => {
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
		expect(synced(emails)).toEqual(emails);
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

	it('complete what was submitted before the n8n that takes forms is restarted, nothing twice', async () => {
		const emails = addresses('restart', 30);
		const { workflow, webhookId } = await publishForm();
		await submitAll(webhookId, emails, 2_000);
		await n8n.restartMain();
		const executions = await allEnded(workflow, 30, 120_000);
		await n8n.client.deactivate(workflow);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
		expect(stored(emails)).toEqual(emails);
		expect(synced(emails)).toEqual(emails);
	}, 240_000);
});
