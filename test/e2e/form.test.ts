import { demoAnswers, demoFields, demoWorkflow } from '../n8n/demoWorkflow';
import { useAccount } from './account';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount({ fields: demoFields });

describe('a published form whose answers go to Sync Contact', () => {
	it('makes the contact with its custom fields, updates it at the next submission, and keeps what is left blank', async () => {
		const { webhookId, workflow } = demoWorkflow(account.credential);
		const stored = await client.createWorkflow(workflow);
		await client.activate(stored);
		await client.submitForm(webhookId, demoAnswers);
		await client.waitForExecutionsOf(stored, 1);
		const contact = account.sandbox.account.contactByEmail('ada@example.com');
		expect(contact).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
		expect(contact?.fieldValues).toEqual(
			new Map([
				['1', 'Analytical Engines'],
				['2', '||Webinars||Workshops||'],
			]),
		);

		await client.submitForm(webhookId, ['ADA@example.com', 'Augusta', '', '', ['Newsletter']]);
		const executions = await client.waitForExecutionsOf(stored, 2);
		await client.deactivate(stored);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(executions.map((execution) => execution.json('ActiveCampaign Sync')[0]?.action)).toEqual([
			'created',
			'updated',
		]);
		expect(account.sandbox.account.contacts()).toHaveLength(1);
		expect(contact).toMatchObject({ firstName: 'Augusta', lastName: 'Lovelace' });
		expect(contact?.fieldValues).toEqual(
			new Map([
				['1', 'Analytical Engines'],
				['2', '||Newsletter||'],
			]),
		);
	});
});
