import { randomUUID } from 'node:crypto';

import type { N8nClient } from '../n8n/client';
import { demoAccount, demoContacts } from '../n8n/demoWorkflow';
import { chain, credentialType, formTrigger } from '../n8n/workflow';
import { MEMBERSHIP_STATUS } from '../sandbox';
import { CONTACTS_PATH } from '../sandbox/page';
import { useAccount } from './account';
import { Animation } from './animation';
import { inviteClient, Person } from './person';
import { screenshot } from './pictures';
import { sharedN8n } from './shared';

const { client: host, version } = sharedN8n();
const account = useAccount(demoAccount);

jest.setTimeout(240_000);

/** So small that the animation can still be read. */
const WINDOW = { width: 1100, height: 690 };

// Written for the editor of the current line of n8n; the older one is tested without a browser.
(version.startsWith('1.') ? describe.skip : describe)("README's five clicks", () => {
	let client: N8nClient;
	let person: Person;

	beforeAll(async () => {
		client = await inviteClient(host);
		person = await Person.at(client, { size: WINDOW });
		const { url: accountName, token: apiToken } = account.sandbox;
		await client.createCredential(credentialType, { accountName, apiToken }, 'ActiveCampaign Sync account');
	});

	afterEach(() => screenshot(person.page, `end of ${expect.getState().currentTestName}`));

	afterAll(() => person.editor.close());

	it('lead from a form to a contact with a dropdown, a date and several choices', async () => {
		const { page } = person;
		const animation = new Animation('first-contact');
		for (const contact of demoContacts) account.sandbox.account.addContact(contact);
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
		await person.executeByForm(async (form) => {
			// n8n opens it in a small window of its own.
			await form.setViewportSize(WINDOW);
			const show = async (seconds: number) =>
				await animation.add(form, seconds, '1. Somebody fills in a form');
			await show(0.8);
			await form.locator('#field-0').fill('ada@example.com');
			await show(0.5);
			await form.locator('#field-1').fill('Ada');
			await show(0.4);
			await form.locator('#field-2').selectOption('Software');
			await form.locator('#field-3').fill('1985-12-10');
			await show(0.5);
			await form.getByLabel('Workshops').check();
			await form.getByRole('button', { name: 'Submit' }).scrollIntoViewIfNeeded();
			await show(1);
		});
		await person.outputTable('ada@example.com');
		await person.field('fieldsMode').scrollIntoViewIfNeeded();
		await animation.add(page, 3, '2. The node maps the answers, subscribes, and tags');
		const contacts = await page.context().newPage();
		await contacts.goto(`${account.sandbox.controlUrl}${CONTACTS_PATH}`);
		await contacts.getByText('ada@example.com').waitFor();
		await animation.add(contacts, 3.8, '3. The contact in ActiveCampaign (here, a simulated account)');
		await contacts.close();
		animation.write();
		expect(animation.seconds).toBeCloseTo(10);
		expect(account.sandbox.account.snapshot()['ada@example.com']).toMatchObject({
			firstName: 'Ada',
			fields: { Industry: 'sw', Birthday: '1985-12-10', 'Interested In': '||Workshops||' },
			lists: { Newsletter: MEMBERSHIP_STATUS.active },
			tags: ['Webinar'],
		});
	});
});
