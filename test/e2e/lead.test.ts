import { randomUUID } from 'node:crypto';

import { chain, formTrigger, syncNode } from '../n8n/workflow';
import { useAccount } from './account';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount({ lists: ['Newsletter'], tags: ['Lead'], automations: ['Welcome Series'] });

const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** A published form whose answers become contacts on a list, with a known and a new tag, in an automation. */
async function publishForm() {
	const webhookId = randomUUID();
	const form = formTrigger(webhookId, 'Webinar', [
		{ fieldLabel: 'Email', fieldType: 'email', requiredField: true },
		{ fieldLabel: 'First Name', fieldType: 'text' },
	]);
	const sync = syncNode(account.credential, {
		email: '={{ $json.Email }}',
		firstName: "={{ $json['First Name'] }}",
		lists: { values: [{ list: byName('Newsletter'), action: 'subscribe' }] },
		tagsToAdd: 'lead, Webinar 2026',
		automations: { values: [{ automation: byName('Welcome Series') }] },
	});
	const workflow = await client.createWorkflow(chain('Webinar form', form, sync));
	await client.activate(workflow);
	return {
		submit: (...answers: string[]) => client.submitForm(webhookId, answers),
		outputs: async (count: number) => {
			const executions = await client.waitForExecutionsOf(workflow, count);
			return executions.map((execution) => execution.json(sync.name));
		},
		close: () => client.deactivate(workflow),
	};
}

/** The memberships and the rest of a stored contact, by name. */
function stored(email: string) {
	const { account: there } = account.sandbox;
	const contact = there.contactByEmail(email);
	return {
		lists: [...(contact?.lists ?? [])].map(([id, { status }]) => [there.lists.get(id)?.name, status]),
		tags: [...(contact?.tags.keys() ?? [])].map((id) => there.tags.get(id)?.name),
		automations: contact?.automations.map(({ automationId }) => there.automations.get(automationId)?.name),
	};
}

describe('a lead from a form, in one step', () => {
	it('is subscribed, tagged and enrolled', async () => {
		const form = await publishForm();
		await form.submit('ada@example.com', 'Ada');
		await form.submit('grace@example.com', 'Grace');
		const outputs = await form.outputs(2);
		await form.close();
		for (const [index, email] of ['ada@example.com', 'grace@example.com'].entries()) {
			expect(outputs[index]).toEqual([
				expect.objectContaining({
					action: 'created',
					email,
					lists: { Newsletter: 'subscribed' },
					tags: {
						lead: 'added',
						// Whichever of the two comes first creates it.
						'Webinar 2026': expect.stringMatching(/^(added|created)$/) as unknown,
					},
					automations: { 'Welcome Series': 'enrolled' },
				}),
			]);
			expect(stored(email)).toEqual({
				lists: [['Newsletter', 1]],
				tags: ['Lead', 'Webinar 2026'],
				automations: ['Welcome Series'],
			});
		}
		const names = [...account.sandbox.account.tags.values()].map(({ name }) => name);
		expect(names).toEqual(['Lead', 'Webinar 2026']);
	});

	it('stays unsubscribed at the second submission after unsubscribing, and the output says so', async () => {
		const form = await publishForm();
		await form.submit('ada@example.com', 'Ada');
		await form.submit('grace@example.com', 'Grace');
		await form.outputs(2);
		const { account: there } = account.sandbox;
		const ada = there.contactByEmail('ada@example.com');
		const [membership] = ada?.lists.values() ?? [];
		if (membership) membership.status = 2;

		await form.submit('Ada@Example.com', 'Augusta');
		await form.submit('grace@example.com', 'Grace');
		const [, , again, unchanged] = await form.outputs(4);
		await form.close();
		expect(again).toEqual([
			expect.objectContaining({
				action: 'updated',
				firstName: 'Augusta',
				lists: { Newsletter: 'keptUnsubscribed' },
				automations: { 'Welcome Series': 'alreadyEnrolled' },
			}),
		]);
		expect(unchanged).toEqual([expect.objectContaining({ lists: { Newsletter: 'alreadySubscribed' } })]);
		expect(ada?.firstName).toBe('Augusta');
		expect(stored('ada@example.com')).toEqual({
			lists: [['Newsletter', 2]],
			tags: ['Lead', 'Webinar 2026'],
			automations: ['Welcome Series'],
		});
		expect(stored('grace@example.com').lists).toEqual([['Newsletter', 1]]);
		expect(there.contacts()).toHaveLength(2);
	});
});
