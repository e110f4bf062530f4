import { randomUUID } from 'node:crypto';

import type { N8nClient } from '../n8n/client';
import { demoAccount } from '../n8n/demoWorkflow';
import { chain, credentialType, formTrigger } from '../n8n/workflow';
import { MEMBERSHIP_STATUS } from '../sandbox';
import { useAccount } from './account';
import { inviteClient, Person } from './person';
import { picture, screenshot } from './pictures';
import { sharedN8n } from './shared';

const { client: host, version } = sharedN8n();
const account = useAccount(demoAccount);

jest.setTimeout(240_000);

// Written for the editor of the current line of n8n; the older one is tested without a browser.
(version.startsWith('1.') ? describe.skip : describe)("README's five clicks", () => {
	let client: N8nClient;
	let person: Person;

	beforeAll(async () => {
		client = await inviteClient(host);
		person = await Person.at(client, { size: { width: 1400, height: 1060 } });
		const { url: accountName, token: apiToken } = account.sandbox;
		await client.createCredential(credentialType, { accountName, apiToken }, 'ActiveCampaign Sync account');
	});

	afterEach(() => screenshot(person.page, `end of ${expect.getState().currentTestName}`));

	afterAll(() => person.editor.close());

	it('lead from a form to a contact with a dropdown, a date and several choices', async () => {
		const { page } = person;
		const choices = (...options: string[]) => ({ values: options.map((option) => ({ option })) });
		const form = formTrigger(randomUUID(), 'Stay in touch', [
			{ fieldLabel: 'Email', fieldType: 'email', requiredField: true },
			{ fieldLabel: 'First Name' },
			{ fieldLabel: 'Industry', fieldType: 'dropdown', fieldOptions: choices('Software', 'Retail') },
			{ fieldLabel: 'Birthday', fieldType: 'date' },
			{ fieldLabel: 'Interested In', fieldType: 'checkbox', fieldOptions: choices('Webinars', 'Workshops') },
		]);
		await person.editor.openWorkflow(await client.createWorkflow(chain('Stay in touch', form)));

		let clicks = 0;
		const click = async (target: ReturnType<typeof page.getByTestId>) => {
			await target.click();
			clicks++;
		};
		await click(page.getByTestId('canvas-handle-plus').first());
		await page.getByTestId('node-creator-search-bar').fill('activecampaign sync');
		const found = page.getByTestId('item-iterator-item');
		await click(found.filter({ hasText: 'ActiveCampaign Sync' }).first());
		await click(found.filter({ hasText: /^Create or update a contact$/ }));
		await person.seeCredential('ActiveCampaign Sync account');
		await click(person.field('fieldsMode'));
		await click(page.getByRole('option', { name: 'Map Automatically' }));
		expect(clicks).toBe(5);

		const lists = await person.addRow('lists');
		await person.openList(lists);
		await person.chooseRecord('Newsletter');
		await person.fill('tagsToAdd', 'Webinar');
		await person.executeByForm(async (page) => {
			await page.locator('#field-0').fill('ada@example.com');
			await page.locator('#field-1').fill('Ada');
			await page.locator('#field-2').selectOption('Software');
			await page.locator('#field-3').fill('1985-12-10');
			await page.getByLabel('Workshops').check();
		});
		await person.outputTable('ada@example.com');
		await person.showJson();
		await person.field('fieldsMode').scrollIntoViewIfNeeded();
		await picture(page, 'sync-contact', page.getByTestId('ndv'));
		expect(account.sandbox.account.snapshot()['ada@example.com']).toMatchObject({
			firstName: 'Ada',
			fields: { Industry: 'sw', Birthday: '1985-12-10', 'Interested In': '||Workshops||' },
			lists: { Newsletter: MEMBERSHIP_STATUS.active },
			tags: ['Webinar'],
		});
	});
});
