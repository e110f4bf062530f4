import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { print } from '../n8n/shell';
import { chain, formTrigger, items, split, type NodeJson } from '../n8n/workflow';
import type { JournalEntry } from '../sandbox/journal';
import { NAMES } from './report';
import { rivalNode, type Bench } from './rivals';

/** What became of many forms that were submitted at once, each of which is an execution. */
export interface FormsRun {
	title: string;
	forms: number;
	contactsEach: number;
	/** Requests that the account received, the refused ones included. */
	requests: number;
	stored: number;
	/** Executions that n8n shows as failed. */
	failed: number;
	/** Responses with 429. */
	refusals: number;
	/** From the first request that arrived at the account to the last one that it admitted. */
	seconds: number;
	/** Requests admitted a second from when all forms had been submitted, since until then n8n itself has too much to do. */
	admittedPerSecond: number;
	/** The longest that a request which was refused took to be admitted, beyond the second that the account asks for. */
	longestRetrySeconds: number;
}

/** What is submitted: so many forms, each with so many contacts. */
export interface Submission {
	forms: number;
	contactsEach: number;
	retryAfterSeconds: number;
}

const AT_ONCE: Submission = { forms: 60, contactsEach: 1, retryAfterSeconds: 1 };
const ACCOUNT = { latencyMs: 150, requestsPerSecond: 5 };
const BETWEEN_MS = 33;
const TIMEOUT_MS = 600_000;

/** Many forms at once, in rounds: the first one meets an n8n that has just started. */
export async function formsAtOnce(bench: Bench): Promise<FormsRun[]> {
	const runs: FormsRun[] = [];
	for (let round = 0; round < bench.rounds; round += 1) {
		for (const rival of bench.rivals) {
			const run = await submitForms(bench, NAMES[rival], rivalNode(rival, bench.credentials), AT_ONCE);
			print(`${AT_ONCE.forms} forms: ${JSON.stringify(run)}`);
			runs.push(run);
		}
	}
	return runs;
}

/** Submits a published form again and again, thirty times a second, and waits for all of its executions. */
export async function submitForms(
	{ n8n, sandbox }: Pick<Bench, 'n8n' | 'sandbox'>,
	title: string,
	tested: NodeJson,
	{ forms, contactsEach, retryAfterSeconds }: Submission,
): Promise<FormsRun> {
	await sandbox.configure({ faults: {}, neighborPerSecond: 0, sideLoading: {} });
	await sandbox.reset();
	await sandbox.configure({ ...ACCOUNT, retryAfterSeconds });
	const webhookId = randomUUID();
	const form = formTrigger(webhookId, 'Stay in touch', [{ fieldLabel: 'Email', fieldType: 'email' }]);
	const first = `{{ $('${form.name}').first().json.Email }}`;
	const email = contactsEach === 1 ? '={{ $json.Email }}' : `={{ $json.index }}.${first}`;
	const contacts = Array.from({ length: contactsEach }, (_, index) => ({ index }));
	const rows = contactsEach === 1 ? [] : [items(...contacts), split()];
	const node = { ...tested, parameters: { ...tested.parameters, email } };
	const workflow = await n8n.client.createWorkflow(chain(title, form, ...rows, node));
	await n8n.client.activate(workflow);
	await Promise.all(
		Array.from({ length: forms }, async (_, index) => {
			await setTimeout(index * BETWEEN_MS);
			await n8n.client.submitForm(webhookId, [`person${index}@example.com`]);
		}),
	);
	const arrivedSoFar = (await sandbox.journal()).length;
	const executions = await n8n.client.waitForExecutionsOf(workflow, forms, TIMEOUT_MS);
	await n8n.client.deactivate(workflow);
	const journal = await sandbox.journal();
	const admitted = journal.filter(({ status }) => status !== 429);
	const later = journal.slice(arrivedSoFar).filter(({ status }) => status !== 429);
	return {
		title,
		forms,
		contactsEach,
		requests: journal.length,
		stored: (await sandbox.counts()).contacts,
		failed: executions.filter(({ status }) => status !== 'success').length,
		refusals: journal.length - admitted.length,
		seconds: secondsBetween([...journal.slice(0, 1), ...admitted]),
		admittedPerSecond: (later.length - 1) / secondsBetween(later),
		longestRetrySeconds: longestRetryMs(journal) / 1_000 - retryAfterSeconds,
	};
}

function secondsBetween(entries: readonly JournalEntry[]): number {
	return ((entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0)) / 1_000;
}

/** From a refusal of a form until it was admitted. */
function longestRetryMs(journal: JournalEntry[]): number {
	const refusedAt = new Map<string, number>();
	let longest = 0;
	for (const { at, status, body } of journal) {
		const form = JSON.stringify(body);
		const since = refusedAt.get(form);
		if (status === 429) refusedAt.set(form, since ?? at);
		else if (since !== undefined) longest = Math.max(longest, at - since);
	}
	return longest;
}
