import { at } from '../guards';
import { demoAccount, demoAnswers, demoContacts, demoWorkflow, unsubscribed } from '../n8n/demoWorkflow';
import { MEMBERSHIP_STATUS } from '../sandbox';
import { useAccount } from './account';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount(demoAccount);

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
				['3', 'sw'],
				['4', '1815-12-10'],
			]),
		);

		await client.submitForm(webhookId, ['ADA@example.com', 'Augusta', '', '', ['Newsletter'], '', '']);
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
				['3', 'sw'],
				['4', '1815-12-10'],
			]),
		);
	});

	it('updates a contact who has unsubscribed, and leaves them off the list', async () => {
		const { account: there } = account.sandbox;
		for (const contact of demoContacts) there.addContact(contact);
		const { webhookId, workflow } = demoWorkflow(account.credential);
		const stored = await client.createWorkflow(workflow);
		await client.activate(stored);
		await client.submitForm(webhookId, [unsubscribed.email, '', '', 'Bletchley', [], 'Education', '']);
		await client.submitForm(webhookId, ['grace@example.com', '', '', '', [], 'Retail', '']);
		const executions = await client.waitForExecutionsOf(stored, 2);
		await client.deactivate(stored);
		const outcomes = executions.map((execution) => at(execution.json('ActiveCampaign Sync'), 0, 'lists'));
		expect(outcomes).toEqual([{ Newsletter: 'keptUnsubscribed' }, { Newsletter: 'alreadySubscribed' }]);
		expect(there.snapshot()[unsubscribed.email]).toMatchObject({
			fields: { Company: 'Bletchley', Industry: 'edu' },
			lists: { Newsletter: MEMBERSHIP_STATUS.unsubscribed },
		});
		expect(there.contacts()).toHaveLength(demoContacts.length);
	});
});
