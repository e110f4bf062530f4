import { randomUUID } from 'node:crypto';

import type { Page } from 'playwright-core';

import type { Credential, N8nClient } from '../n8n/client';
import { chain, credentialType, formTrigger, manualTrigger, node, runOn, syncNode } from '../n8n/workflow';
import { useAccount } from './account';
import { agency, LAST_FIELD } from './agency';
import { inviteClient, Person } from './person';
import { panelPicture, picture, screenshot } from './pictures';
import { sharedN8n } from './shared';

const { client: host, version } = sharedN8n();
const account = useAccount(agency);
const sync = 'ActiveCampaign Sync';

let client: N8nClient;
let person: Person;
let page: Page;
let credential: Credential;

const contact = (email: string) => account.sandbox.account.contactByEmail(email);

jest.setTimeout(240_000);

/** The stored custom values of a contact, by title. */
function values(email: string) {
	const { fields } = account.sandbox.account;
	return Object.fromEntries<string>(
		[...(contact(email)?.fieldValues ?? [])].map(([id, value]) => [fields.get(id)?.title ?? id, value]),
	);
}

/** A form, and after it our node with these parameters. */
function formWorkflow(title: string, questions: Array<Record<string, unknown>>, parameters = {}) {
	return chain(title, formTrigger(randomUUID(), title, questions), syncNode(credential, parameters));
}

const question = (fieldLabel: string, fieldType = 'text', options?: string[]) => ({
	fieldLabel,
	fieldType,
	...(options ? { fieldOptions: { values: options.map((option) => ({ option })) } } : {}),
});

// Written for the editor of the current line of n8n; the older one is tested without a browser.
(version.startsWith('1.') ? describe.skip : describe)("in n8n's editor, somebody new to it", () => {
	beforeAll(async () => {
		client = await inviteClient(host);
		person = await Person.at(client, { size: { width: 1400, height: 860 } });
		page = person.page;
	});

	// What was on screen last: after a failure, the place to look.
	afterEach(() =>
		screenshot(page, `end of ${expect.getState().currentTestName?.split(', ').slice(1).join(', ')}`),
	);

	afterAll(() => person.editor.close());

	it('adds the credential: reads what is wrong with the token and with the name, and that it works', async () => {
		await person.startCredential('activecampaign', 'ActiveCampaign Sync API');
		const dialog = page.locator('.el-dialog', { has: page.getByTestId('credential-edit-dialog') });
		await person.fill('accountName', 'https://acme.api-us1.com');
		await person.fill('apiToken', 'not-the-token-of-this-account');
		await page.setViewportSize({ width: 900, height: 760 });
		await picture(page, 'credential', dialog);
		await page.setViewportSize({ width: 1400, height: 860 });
		await person.fill('accountName', account.sandbox.url);
		await person.saveCredential(/API key looks wrong/);
		await screenshot(page, 'credential-wrong-token', dialog);
		await person.fill('accountName', 'http://127.0.0.1:9');
		await person.saveCredential(/cannot be reached/);
		await screenshot(page, 'credential-wrong-account', dialog);
		await person.fill('accountName', account.sandbox.url);
		await person.fill('apiToken', account.sandbox.token);
		await person.saveCredential('Connection tested successfully');
		await screenshot(page, 'credential-works', dialog);
		credential = await person.credential(credentialType);
	});

	it("finds the node beside n8n's own, fills it in, picks one of 250 fields, and sees the contact in a table", async () => {
		await person.editor.visit('/workflow/new');
		await person.startWith('Trigger manually');
		const found = await person.searchNodes('activecampaign');
		const names = (await found.allInnerTexts()).map((text) => text.split('\n')[0]);
		expect(names.sort()).toEqual(['ActiveCampaign', 'ActiveCampaign Sync']);
		const ownEntry = found.filter({ hasText: 'ActiveCampaign Sync' });
		expect(await ownEntry.locator('img').first().getAttribute('src')).toMatch(/contactSync\.svg/);
		await screenshot(page, 'find-the-node');
		await ownEntry.click();
		await screenshot(page, 'actions');
		await found.filter({ hasText: /^Create or update a contact$/ }).click();
		await person.seeCredential(credential.name);
		await screenshot(page, 'empty-node');

		await person.fill('email', 'jane@example.com');
		await person.fill('firstName', 'Jane');
		await person.seeSaved();
		const rows = await person.addRow('customFields');
		await person.openList(rows);
		await person.chooseRecord('Company');
		await rows.getByTestId('parameter-input-value').last().locator('input').fill('Acme Inc.');
		await person.addRow('customFields');
		await person.openList(rows);
		await page.getByTestId('rlc-item').filter({ hasText: 'Industry (dropdown)' }).waitFor();
		await screenshot(page, 'pick-a-field');
		await panelPicture(page, 'pick-a-field', ['parameters'], 560);
		await person.chooseRecord(LAST_FIELD, 'referral');
		await rows.getByTestId('parameter-input-value').last().locator('input').fill('FRIEND-42');

		const execution = await person.execute();
		expect(execution.error).toBeUndefined();
		const { head, rows: table } = await person.outputTable('jane@example.com');
		expect(head).toEqual(['action', 'id', 'email', 'firstName', 'customFields']);
		expect(table).toHaveLength(1);
		expect(table[0]?.slice(0, 4)).toEqual(['created', expect.any(String), 'jane@example.com', 'Jane']);
		await screenshot(page, 'filled-in-by-hand');
		expect(values('jane@example.com')).toEqual({ Company: 'Acme Inc.', [LAST_FIELD]: 'FRIEND-42' });
	});

	it('maps each field by hand, a dropdown and a date among them; looks at it in a dry run, then sends it', async () => {
		account.sandbox.account.addContact({
			email: 'ann@example.com',
			firstName: 'Anna',
			fieldValues: { Industry: 'retail', 'Interested In': '||Newsletter||' },
		});
		const before = account.sandbox.account.snapshot();
		const rows = [{ mail: 'ann@example.com' }, { mail: 'bob@example.com' }];
		const workflow = await client.createWorkflow(
			runOn(rows, syncNode(credential, { fieldsMode: 'mapColumns' })),
		);
		await person.open(workflow, sync);
		await person.executePrevious('ann@example.com');
		await person.fillExpression('email', '{{ $json.mail }}');
		await person.fill('firstName', 'Ann');
		for (const column of ['Birthday', 'Industry', 'Interested In']) {
			await person.addColumn(column);
		}
		await person.fill('field_3', '1990-05-17 00:00:00');
		await page.keyboard.press('Enter');
		await person.field('field_4').click();
		await panelPicture(page, 'map-columns', ['parameters'], 620);
		await page.getByRole('option', { name: 'Software' }).click();
		await person.fill('field_5', 'Webinars, Workshops');
		await person.addOption('Dry Run');
		account.sandbox.journal.clear();
		await person.execute();
		const planned = await person.outputTable('wouldCreate');
		expect(planned.rows.map(([action]) => action)).toEqual(['wouldUpdate', 'wouldCreate']);
		expect(planned.rows[0]?.join('\n')).toMatch(/Retail[\s\S]*Software/);
		expect(planned.rows[0]?.join('\n')).toMatch(/Birthday[\s\S]*1990-05-17/);
		await panelPicture(page, 'dry-run', ['output'], 560);
		expect(account.sandbox.journal.count('POST')).toBe(0);
		expect(account.sandbox.account.snapshot()).toEqual(before);

		await person.toggle('dryRun');
		await person.execute();
		await person.outputTable('created');
		for (const email of ['ann@example.com', 'bob@example.com']) {
			expect(values(email)).toEqual({
				Birthday: '1990-05-17',
				Industry: 'sw',
				'Interested In': '||Webinars||Workshops||',
			});
		}
	});

	it("maps a form's answers automatically, and reads which of them matched no field", async () => {
		const workflow = formWorkflow('Stay in touch', [
			question('E-mail address', 'email'),
			question('First name'),
			question('Industry', 'dropdown', ['Software', 'Retail']),
			question('Birthday', 'date'),
			question('How did you hear of us?'),
		]);
		await person.open(await client.createWorkflow(workflow), sync);
		await person.mapAutomatically();
		await person.executeByForm(async (form) => {
			await form.locator('#field-0').fill('ada@example.com');
			await form.locator('#field-1').fill('Ada');
			await form.locator('#field-2').selectOption('Software');
			await form.locator('#field-3').fill('1815-12-10');
			await form.locator('#field-4').fill('From a friend');
		});
		const { head, rows } = await person.outputTable('ada@example.com');
		expect(head.at(-1)).toBe('unmapped');
		expect(rows[0]?.at(-1)).toMatch(/How did you hear of us\?/);
		await person.field('fieldsMode').scrollIntoViewIfNeeded();
		await panelPicture(page, 'map-automatically', ['input', 'parameters'], 440);
		expect(contact('ada@example.com')).toMatchObject({ firstName: 'Ada' });
		expect(values('ada@example.com')).toEqual({ Birthday: '1815-12-10', Industry: 'sw' });
	});

	it('subscribes, tags and enrols what a form brings, each picked from a list', async () => {
		const workflow = formWorkflow(
			'Free webinar',
			[question('Email', 'email'), question('First Name'), question('Company')],
			{
				email: '={{ $json.Email }}',
				firstName: "={{ $json['First Name'] }}",
				customFields: {
					values: [
						{
							field: { __rl: true, mode: 'list', value: '1', cachedResultName: 'Company (text)' },
							value: '={{ $json.Company }}',
						},
					],
				},
			},
		);
		await person.open(await client.createWorkflow(workflow), sync);
		const lists = await person.addRow('lists');
		await person.openList(lists);
		await person.chooseRecord('Newsletter');
		await person.fill('tagsToAdd', 'Lead, Webinar 2026');
		const automations = await person.addRow('automations');
		await person.openList(automations);
		await person.chooseRecord('Welcome Series');
		await screenshot(page, 'list-tags-automation', page.getByTestId('ndv'));
		await person.executeByForm(async (form) => {
			await form.locator('#field-0').fill('ada@example.com');
			await form.locator('#field-1').fill('Ada');
			await form.locator('#field-2').fill('Analytical Engines');
		});
		const { head } = await person.outputTable('ada@example.com');
		expect(head.slice(0, 6)).toEqual(['action', 'id', 'email', 'lists', 'tags', 'automations']);
		await person.showJson();
		await person.field('email').scrollIntoViewIfNeeded();
		await screenshot(page, 'sync-contact-filled-in', page.getByTestId('ndv'));
		const ada = contact('ada@example.com');
		expect([ada?.lists.size, ada?.tags.size, ada?.automations.length]).toEqual([1, 2, 1]);
	});

	it('reads in the panel which item failed, why, and what to do; and why a list cannot be loaded', async () => {
		const rows = [
			{ email: 'ann@example.com', industry: 'Retail' },
			{ email: 'bob@example.com', industry: 'Softwear' },
		];
		const industry = { __rl: true, mode: 'name', value: 'Industry' };
		const workflow = runOn(
			rows,
			syncNode(credential, {
				email: '={{ $json.email }}',
				customFields: { values: [{ field: industry, value: '={{ $json.industry }}' }] },
			}),
		);
		await person.open(await client.createWorkflow(workflow), sync);
		await person.execute();
		const output = page.getByTestId('output-panel');
		await output
			.getByTestId('node-error-message')
			.getByText("'Industry' was not set: it has no option 'Softwear'")
			.waitFor();
		await output
			.getByText(/'Education', 'Healthcare', 'Retail', 'Software'/)
			.first()
			.waitFor();
		await panelPicture(page, 'failed-item', ['output'], 250);
		expect(contact('ann@example.com')).toBeDefined();

		account.sandbox.configure({ deny: ['lists'] });
		await person.openList(await person.addRow('lists'));
		await page.getByText(/did not allow this API key to read the lists/).waitFor();
		await screenshot(page, 'list-not-allowed');
	});

	it('reads why Choose Account Fields cannot load', async () => {
		account.sandbox.configure({ deny: ['fields'] });
		const workflow = runOn([{ email: 'ann@example.com' }], syncNode(credential, {}));
		await person.open(await client.createWorkflow(workflow), sync);
		await person.choose('fieldsMode', 'Choose Account Fields');
		await page.getByText(/fields could not be loaded\. ActiveCampaign did not allow this API key/).waitFor();
		await screenshot(page, 'fields-not-allowed');
	});

	it("sees in the next node what the node's output will be, before anything has run", async () => {
		const workflow = chain(
			'Preview',
			manualTrigger(),
			syncNode(credential, { email: 'ann@example.com' }),
			node('Next', 'n8n-nodes-base.set', {}, { typeVersion: 3.4 }),
		);
		await person.open(await client.createWorkflow(workflow), 'Next');
		const input = page.getByTestId('ndv-input-panel');
		for (const key of ['action', 'email', 'automations', 'customFields']) {
			await input.getByText(key, { exact: true }).first().waitFor();
		}
		await screenshot(page, 'output-preview');
	});
});
