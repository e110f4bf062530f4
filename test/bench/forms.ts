import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import type { N8n } from '../n8n/instance';
import { chain, formTrigger, type NodeJson } from '../n8n/workflow';
import type { SpawnedSandbox } from '../sandbox/remote';

/** What became of many forms that were submitted at once, each of which is an execution. */
export interface FormsRun {
	title: string;
	forms: number;
	stored: number;
	/** Executions that n8n shows as failed. */
	failed: number;
	/** Responses with 429. */
	refusals: number;
	/** From the first request that arrived at the account to the last one that it admitted. */
	seconds: number;
	/** Requests that were refused for longer than a second before they were admitted. */
	late: number;
}

const ACCOUNT = { latencyMs: 150, requestsPerSecond: 5 };
const BETWEEN_MS = 33;
const TIMEOUT_MS = 300_000;
const SLOW_RETRY_MS = 1_000;

/** Submits a published form again and again within two seconds, and waits for all of its executions. */
export async function submitForms(
	n8n: N8n,
	sandbox: SpawnedSandbox,
	title: string,
	tested: NodeJson,
	forms = 60,
): Promise<FormsRun> {
	await sandbox.configure({ faults: {}, neighbourPerSecond: 0 });
	await sandbox.reset();
	await sandbox.configure(ACCOUNT);
	const webhookId = randomUUID();
	const form = formTrigger(webhookId, 'Stay in touch', [{ fieldLabel: 'Email', fieldType: 'email' }]);
	const node = { ...tested, parameters: { ...tested.parameters, email: '={{ $json.Email }}' } };
	const workflow = await n8n.client.createWorkflow(chain(title, form, node));
	await n8n.client.activate(workflow);
	await Promise.all(
		Array.from({ length: forms }, async (_, index) => {
			await setTimeout(index * BETWEEN_MS);
			await n8n.client.submitForm(webhookId, [`person${index}@example.com`]);
		}),
	);
	const executions = await n8n.client.waitForExecutionsOf(workflow, forms, TIMEOUT_MS);
	await n8n.client.deactivate(workflow);
	const journal = await sandbox.journal();
	const refusedSince = new Map<string, number>();
	let late = 0;
	for (const { at, status, body } of journal) {
		const who = JSON.stringify(body);
		if (status === 429) refusedSince.set(who, refusedSince.get(who) ?? at);
		else if (at - (refusedSince.get(who) ?? at) > SLOW_RETRY_MS) late += 1;
	}
	const times = journal.filter(({ status }) => status !== 429).map(({ at }) => at);
	return {
		title,
		forms,
		stored: (await sandbox.counts()).contacts,
		failed: executions.filter(({ status }) => status !== 'success').length,
		refusals: journal.filter(({ status }) => status === 429).length,
		seconds: ((times.at(-1) ?? 0) - (journal[0]?.at ?? 0)) / 1_000,
		late,
	};
}
