import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { at } from '../guards';
import { until } from '../n8n/shell';
import { chain, formTrigger, runOn, syncNode } from '../n8n/workflow';
import { useAccount } from './account';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount({ latencyMs: 150, requestsPerSecond: 5 });

const addresses = (count: number) =>
	Array.from({ length: count }, (_, index) => `person${index}@example.com`);
const sync = (email: string) => syncNode(account.credential, { email });
const rows = (count: number) => addresses(count).map((mail) => ({ mail }));

/** Who is in the account, in the order of the alphabet: requests overlap. */
const stored = () =>
	account.sandbox.account
		.contacts()
		.map(({ email }) => email)
		.sort();

describe("the account's limit", () => {
	it('holds for 60 form submissions within two seconds, which are 60 executions', async () => {
		const webhookId = randomUUID();
		const form = formTrigger(webhookId, 'Stay in touch', [{ fieldLabel: 'Email', fieldType: 'email' }]);
		const workflow = await client.createWorkflow(chain('60 forms', form, sync('={{ $json.Email }}')));
		await client.activate(workflow);
		await Promise.all(
			addresses(60).map(async (email, index) => {
				await setTimeout(index * 33);
				await client.submitForm(webhookId, [email]);
			}),
		);
		const executions = await client.waitForExecutionsOf(workflow, 60);
		await client.deactivate(workflow);
		expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['success']));
		expect(stored()).toEqual(addresses(60).sort());
		// None as a rule. Starting 60 executions delays some requests on a busy machine: those are refused and sent again.
		expect(account.sandbox.journal.count('POST', '/contact/sync', 429)).toBeLessThanOrEqual(6);
		expect(account.sandbox.journal.count('POST', '/contact/sync', 201)).toBe(60);
	});

	it('is summed up in a hint above the output of a run with more than one item', async () => {
		const execution = await client.run(runOn(rows(12), sync('={{ $json.mail }}')));
		expect(at(execution.nodeRun('ActiveCampaign Sync'), 'hints')).toEqual([
			expect.objectContaining({ message: '12 items: 12 created.', location: 'outputPane' }),
		]);
	});
});

describe('stopping a run of 500 items', () => {
	/** How much later a request may still arrive. */
	const graceMs = 2_000;

	it('ends the requests promptly, and the execution as canceled', async () => {
		const { journal } = account.sandbox;
		const id = await client.start(await client.createWorkflow(runOn(rows(500), sync('={{ $json.mail }}'))));
		await until('20 contacts', 60_000, () => (stored().length >= 20 ? true : undefined));
		await client.stop(id);
		const stoppedAt = performance.now();
		const execution = await client.waitFor(id);
		await setTimeout(2 * graceMs);
		// n8n 2.40 keeps the data of earlier nodes at most, and nothing of the node that was stopped, whatever it put out.
		expect(execution.status).toBe('canceled');
		expect(journal.filter({ where: (entry) => entry.at > stoppedAt + graceMs })).toEqual([]);
		expect(stored().length).toBeLessThan(500);
		// Whatever was sent was answered and stored: nothing was cut off in the middle.
		expect(journal.count('POST', '/contact/sync', 201)).toBe(stored().length);
	});
});
