import type { Page } from 'playwright-core';

import { asText } from '../guards';
import type { Credential, N8nClient } from '../n8n/client';
import { chain, credentialType, items, manualTrigger, node, runOn, split, syncNode } from '../n8n/workflow';
import { MEMBERSHIP_STATUS } from '../sandbox';
import { useAccount } from './account';
import { agency, LAST_FIELD } from './agency';
import { inviteClient, Person } from './person';
import { panelPicture, screenshot } from './pictures';
import { sharedN8n } from './shared';

const { client: host, version } = sharedN8n();
const account = useAccount(agency);
const sync = 'ActiveCampaign Sync';

jest.setTimeout(240_000);

// Written for the editor of the current line of n8n; the older one is tested without a browser.
(version.startsWith('1.') ? describe.skip : describe)("in n8n's editor", () => {
	let client: N8nClient;
	let person: Person;
	let page: Page;
	let credential: Credential;

	beforeAll(async () => {
		client = await inviteClient(host);
		person = await Person.at(client, { size: { width: 1400, height: 860 } });
		page = person.page;
		const { url: accountName, token: apiToken } = account.sandbox;
		credential = await client.createCredential(
			credentialType,
			{ accountName, apiToken },
			'ActiveCampaign Sync account',
		);
	});

	afterEach(() => screenshot(page, `end of ${expect.getState().currentTestName}`));

	afterAll(() => person.editor.close());

	/** Opens our node with these parameters behind these items. */
	async function open(rows: Array<Record<string, string>>, parameters: Record<string, unknown>) {
		await person.open(await client.createWorkflow(runOn(rows, syncNode(credential, parameters))), sync);
	}

	/** The same, with what is before it run. */
	async function openOn(rows: Array<Record<string, string>>, parameters: Record<string, unknown>) {
		await open(rows, parameters);
		await person.executePrevious(Object.values(rows[0] ?? {})[0] ?? '');
	}

	const contacts = () => account.sandbox.account.contacts();

	it('Match By shows what each way needs, and a contact found by a key gets its new address', async () => {
		const { id } = account.sandbox.account.addContact({
			email: 'ann@old.example.com',
			fieldValues: { [LAST_FIELD]: 'C-1' },
		});
		const rows = [
			{ crmId: 'C-1', email: 'ann@example.com' },
			{ crmId: 'C-2', email: 'bob@example.com' },
		];
		await openOn(rows, { email: '={{ $json.email }}' });
		const isShown = async (name: string) => await person.field(name).isVisible();

		await person.choose('matchBy', 'Contact ID');
		await person.field('contactId').waitFor();
		expect([await isShown('matchField'), await isShown('matchValue'), await isShown('email')]).toEqual([
			false,
			false,
			true,
		]);
		await screenshot(page, 'match-by-contact-id', page.getByTestId('ndv'));

		await person.choose('matchBy', 'Custom Field');
		await person.field('matchValue').waitFor();
		expect([await isShown('contactId'), await isShown('email')]).toEqual([false, true]);
		await person.seeSaved();
		await page.getByTestId('rlc-input').first().click();
		await person.chooseRecord(LAST_FIELD, 'referral');
		await person.fillExpression('matchValue', '{{ $json.crmId }}');
		await person.execute();
		const { rows: table } = await person.outputTable('ann@example.com');
		expect(table.map(([action]) => action)).toEqual(['updated', 'created']);
		await person.field('matchBy').scrollIntoViewIfNeeded();
		await panelPicture(page, 'match-by', ['parameters', 'output'], 480);
		expect(contacts().map(({ email }) => email)).toEqual(['ann@example.com', 'bob@example.com']);
		expect(account.sandbox.account.contactByEmail('ann@example.com')?.id).toBe(id);

		await person.choose('matchBy', 'Email');
		await person.field('matchValue').waitFor({ state: 'hidden' });
		expect([await isShown('contactId'), await isShown('email')]).toEqual([false, true]);
		await person.execute();
		const { rows: again } = await person.outputTable('bob@example.com');
		expect(again.map(([action]) => action)).toEqual(['updated', 'updated']);
		expect(contacts()).toHaveLength(2);
	});

	it('Company is among the Additional Fields, and the output says that it was created and linked', async () => {
		const rows = [
			{ email: 'ann@example.com', company: 'Acme Inc.' },
			{ email: 'bob@example.com', company: 'acme inc.' },
		];
		await openOn(rows, { email: '={{ $json.email }}' });
		await person.addOption('Company', 'additionalFields');
		await person.addOption('Job Title', 'additionalFields');
		await person.fill('jobTitle', 'Head of Marketing');
		// Last, since the expression's result lies over what is below it.
		await person.fillExpression('company', '{{ $json.company }}');
		await person.execute();
		const { head, rows: table } = await person.outputTable('createdAndLinked');
		expect(head).toContain('company');
		expect(table).toHaveLength(2);
		await person.field('company').scrollIntoViewIfNeeded();
		await person.field('jobTitle').scrollIntoViewIfNeeded();
		await panelPicture(page, 'company', ['parameters', 'output'], 420);
		const { companies } = account.sandbox.account;
		expect([...companies.values()].map(({ name }) => name.toLowerCase())).toEqual(['acme inc.']);
		expect(contacts().map(({ company }) => asText(company?.companyId))).toEqual([
			...companies.keys(),
			...companies.keys(),
		]);
	});

	it('Get Contact shows what the account knows of each contact', async () => {
		for (const email of ['ann@example.com', 'bob@example.com']) {
			account.sandbox.account.addContact({
				email,
				firstName: email === 'ann@example.com' ? 'Ann' : 'Bob',
				fieldValues: { Industry: 'sw', Birthday: '1990-05-17' },
				lists: { Newsletter: email === 'ann@example.com' ? 'active' : 'unsubscribed' },
				tags: ['Lead'],
				automations: ['Welcome Series'],
				company: 'Acme Inc.',
			});
		}
		await openOn([{ email: 'ann@example.com' }, { email: 'bob@example.com' }], {});
		await person.choose('operation', 'Get Contact');
		await person.fillExpression('email', '{{ $json.email }}');
		await person.execute();
		const { head, rows } = await person.outputTable('ann@example.com');
		expect(head.slice(0, 3)).toEqual(['action', 'id', 'email']);
		expect(rows).toHaveLength(2);
		expect(rows[0]?.join('\n')).toMatch(/Newsletter[\s\S]*active/);
		expect(rows[1]?.join('\n')).toMatch(/Newsletter[\s\S]*unsubscribed/);
		await panelPicture(page, 'get-contact', ['output'], 420);
	});

	it('a list that Get Contact returns is dragged into an If node, which tells members from others', async () => {
		for (const [name, status] of [
			['ann', 'active'],
			['bob', 'unsubscribed'],
		] as const) {
			account.sandbox.account.addContact({ email: `${name}@example.com`, lists: { Newsletter: status } });
		}
		const workflow = chain(
			'Members only',
			manualTrigger(),
			items({ email: 'ann@example.com' }, { email: 'bob@example.com' }),
			split(),
			syncNode(credential, { operation: 'getContact', email: '={{ $json.email }}' }),
			node('If', 'n8n-nodes-base.if', {}, { typeVersion: 2.2 }),
		);
		await person.open(await client.createWorkflow(workflow), 'If');
		await person.executePrevious('Newsletter');
		const left = page.getByTestId('filter-condition-left');
		await person.drag('Newsletter', left);
		await left.getByText('$json.lists.Newsletter').waitFor();
		const right = page.getByTestId('filter-condition-right').locator('input');
		await right.fill('active');
		await right.press('Tab');
		await person.seeStored('"rightValue":"active"');
		await screenshot(page, 'drag-into-if', page.getByTestId('ndv'));
		const execution = await person.execute();
		const emails = [0, 1].map((output) => execution.items('If', output).map(({ json }) => json.email));
		expect(emails).toEqual([['ann@example.com'], ['bob@example.com']]);
	});

	it('a person who has unsubscribed is kept off the list, and the hint says so', async () => {
		account.sandbox.account.addContact({ email: 'alan@example.com', lists: { Newsletter: 'unsubscribed' } });
		const newsletter = { __rl: true, mode: 'name', value: 'Newsletter' };
		await open([{ email: 'ann@example.com' }, { email: 'alan@example.com' }], {
			email: '={{ $json.email }}',
			lists: { values: [{ list: newsletter, action: 'subscribe' }] },
		});
		await person.execute();
		const { rows: table } = await person.outputTable('keptUnsubscribed');
		expect(table.map(([action]) => action)).toEqual(['created', 'updated']);
		await panelPicture(page, 'kept-off-the-list', ['output'], 340);
		const { lists } = account.sandbox.account.snapshot()['alan@example.com'] ?? {};
		expect(lists).toEqual({ Newsletter: MEMBERSHIP_STATUS.unsubscribed });
	});

	it('Sync Contacts in Bulk shows the outcome of each row', async () => {
		const rows = ['ann', 'bob', 'cleo', 'dan'].map((name) => ({
			email: `${name}@example.com`,
			firstName: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
		}));
		await open([...rows, { email: 'eve at example.com', firstName: 'Eve' }], {
			operation: 'syncContactsInBulk',
			fieldsMode: 'mapAutomatically',
			tagsToAdd: 'Imported',
		});
		await person.execute();
		const { rows: table } = await person.outputTable('failed');
		expect(table).toHaveLength(5);
		await panelPicture(page, 'bulk-result', ['output'], 420);
		expect(contacts()).toHaveLength(4);
	});
});
