import { randomUUID } from 'node:crypto';

import type { Locator, Page } from 'playwright-core';

import { N8nClient, owner, type Credential, type StoredWorkflow } from '../n8n/client';
import type { Execution } from '../n8n/execution';
import { openEditor, type Editor, type EditorOptions } from '../n8n/browser';
import { asArray, asText, at } from '../guards';
import { until } from '../n8n/shell';

/** Somebody new to this n8n, for whom it is empty: what is there belongs to others. */
export async function inviteClient(host: N8nClient): Promise<N8nClient> {
	const email = `${randomUUID()}@example.com`;
	const [invited] = asArray(await host.call('POST', '/rest/invitations', [{ email, role: 'global:member' }]));
	const link = new URL(asText(at(invited, 'user', 'inviteAcceptUrl')));
	const client = new N8nClient(host.url);
	const { password } = owner;
	const token = link.searchParams.get('token');
	const accepted = { token, firstName: 'New', lastName: 'Comer', password };
	await client.call('POST', '/rest/invitations/accept', accepted);
	return client;
}

/** For a machine that does other things besides. */
const PATIENCE_MS = 45_000;

/** How long a single try of something may take. */
const TRY = { timeout: 5_000 };

/** n8n saves a moment after a change; after this long it is asked to. */
const SAVES_WITHIN_MS = 10_000;

/** Tries again what the editor misses while it draws itself anew, until it shows. */
async function insist(what: string, attempt: () => Promise<boolean>): Promise<void> {
	let thrown: unknown;
	const isDone = async () =>
		(await attempt().catch((error: unknown) => {
			thrown = error;
			return false;
		}))
			? true
			: undefined;
	await until(what, PATIENCE_MS, isDone).catch((error: unknown) => {
		throw new Error(String(error), { cause: thrown });
	});
}

/** What a person does in n8n's editor, in the words on screen; all of it by mouse and keyboard in a real browser. */
export class Person {
	private constructor(
		readonly client: N8nClient,
		readonly editor: Editor,
	) {}

	static async at(client: N8nClient, options?: EditorOptions): Promise<Person> {
		const person = new Person(client, await openEditor(client, options));
		person.page.setDefaultTimeout(PATIENCE_MS);
		return person;
	}

	get page(): Page {
		return this.editor.page;
	}

	/** Starts a new credential of this type, from n8n's page of credentials. */
	async startCredential(search: string, type: string): Promise<void> {
		await this.editor.visit('/home/credentials');
		await this.page.getByText('Create credential').first().click();
		await this.page.getByTestId('new-credential-type-select').locator('input').fill(search);
		await this.page.getByRole('option', { name: type, exact: true }).click();
		await this.page.getByTestId('new-credential-type-button').click();
		await this.page.getByTestId('credential-edit-dialog').waitFor();
	}

	/** Saves the credential in the dialog, which tests it, and waits for these words. */
	async saveCredential(expected: string | RegExp): Promise<void> {
		await this.page.getByTestId('credential-save-button').click();
		const details = this.page.getByText('More details');
		const message = this.page.getByTestId('node-credentials-config-container').getByText(expected);
		await details.or(message).first().waitFor();
		if (await details.isVisible()) await details.click();
		await message.waitFor();
	}

	async credential(type: string): Promise<Credential> {
		const rows = asArray(await this.client.call('GET', '/rest/credentials'));
		const mine = rows.find((row) => at(row, 'type') === type);
		return { id: asText(at(mine, 'id')), name: asText(at(mine, 'name')), type };
	}

	/** Waits until the node whose panel is open has this credential chosen. */
	async seeCredential(name: string): Promise<void> {
		const chosen = this.page.getByTestId('node-credentials-select').locator('input');
		await until(`the credential ${name}`, PATIENCE_MS, async () =>
			(await chosen.inputValue()) === name ? true : undefined,
		);
	}

	/** Waits until n8n has saved the new workflow by itself, a moment after a change: no list is loaded before. */
	async seeSaved(): Promise<void> {
		await until('the workflow to be saved', PATIENCE_MS, async () => {
			const saved = asArray(await this.client.call('GET', '/rest/workflows'));
			return saved.length > 0 ? true : undefined;
		});
	}

	/** Opens the list of nodes, searches it, and returns what is found. A workflow that is still loading closes it again. */
	async searchNodes(search: string): Promise<Locator> {
		const first = this.page.getByTestId('canvas-plus-button');
		const next = this.page.getByTestId('node-creator-plus-button');
		const bar = this.page.getByTestId('node-creator-search-bar');
		const found = this.page.getByTestId('item-iterator-item');
		await insist(`'${search}' in the list of nodes`, async () => {
			if (!(await bar.isVisible())) await ((await first.isVisible()) ? first : next).click(TRY);
			await bar.fill(search, TRY);
			await found
				.filter({ hasText: new RegExp(search, 'i') })
				.first()
				.waitFor(TRY);
			return true;
		});
		return found;
	}

	/** Puts the first node that is found into an empty workflow. */
	async startWith(search: string): Promise<void> {
		const node = this.page.getByTestId('canvas-node');
		await insist(`'${search}' in the workflow`, async () => {
			if (await node.isVisible()) return true;
			await (await this.searchNodes(search)).first().click(TRY);
			await node.waitFor(TRY);
			return true;
		});
	}

	/** A parameter on screen, by its name in the workflow. */
	field(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	async fill(name: string, value: string): Promise<void> {
		const input = this.field(name).locator('input');
		await insist(`'${value}' in ${name}`, async () => {
			await input.fill(value, TRY);
			return (await input.inputValue(TRY)) === value;
		});
	}

	/** Types an expression: the equals sign turns the field into one. */
	async fillExpression(name: string, expression: string): Promise<void> {
		const content = this.field(name).locator('.cm-content');
		await insist(`${expression} in ${name}`, async () => {
			if (!(await content.isVisible())) await this.field(name).locator('input').fill('=', TRY);
			await content.click(TRY);
			await content.and(this.page.locator(':focus')).waitFor(TRY);
			await this.page.keyboard.press('ControlOrMeta+a');
			// At once, so that the editor closes no brackets by itself.
			await this.page.keyboard.insertText(expression);
			return (await content.innerText(TRY)).trim() === expression;
		});
		await this.seeStored(expression);
	}

	/** Waits until the workflow on screen is saved with this text: the editor takes an expression over after a moment. */
	async seeStored(text: string): Promise<void> {
		const id = /workflow\/(\w+)/.exec(this.page.url())?.[1] ?? '';
		const startedAt = Date.now();
		await until(`the workflow to be saved with ${text}`, PATIENCE_MS, async () => {
			if (Date.now() - startedAt > SAVES_WITHIN_MS) await this.page.keyboard.press('ControlOrMeta+s');
			const stored = JSON.stringify(await this.client.call('GET', `/rest/workflows/${id}`));
			return stored.includes(text) ? true : undefined;
		});
	}

	async choose(name: string, option: string): Promise<void> {
		// The description of an option follows its name.
		const offered = this.page.getByRole('option', { name: new RegExp(`^${option}( |$)`) });
		await insist(`${option} chosen in ${name}`, async () => {
			if (!(await offered.isVisible())) await this.field(name).click(TRY);
			await offered.click(TRY);
			return (await this.field(name).locator('input').inputValue(TRY)) === option;
		});
	}

	/** Adds a row to a repeatable parameter and returns all its rows. */
	async addRow(name: string): Promise<Locator> {
		const rows = this.page.getByTestId(`fixed-collection-${name}`);
		await rows.getByTestId('fixed-collection-add').click();
		await rows.getByTestId('rlc-input').last().waitFor();
		return rows;
	}

	/** Opens "From List" in the last of these rows. */
	async openList(rows: Locator): Promise<void> {
		await rows.getByTestId('rlc-input').last().click();
	}

	/** Chooses a record in the list that is open, searching for it if need be. */
	async chooseRecord(name: string, search?: string): Promise<void> {
		if (search !== undefined) await this.page.getByTestId('rlc-search').fill(search);
		await this.page.getByTestId('rlc-item').filter({ hasText: name }).first().click();
	}

	async addColumn(name: string): Promise<void> {
		await this.page.getByTestId('add-fields-select').getByRole('button').click();
		await this.page.getByRole('menuitem', { name, exact: true }).click();
	}

	async mapAutomatically(): Promise<void> {
		await this.choose('fieldsMode', 'Map Automatically');
	}

	/** Adds an option, or another entry of the collection that comes before the options. */
	async addOption(name: string, collection: 'additionalFields' | 'options' = 'options'): Promise<void> {
		const adds = this.page.getByTestId('collection-parameter-add');
		await (collection === 'options' ? adds.last() : adds.first()).click();
		await this.page.getByRole('option', { name, exact: true }).click();
	}

	async toggle(name: string): Promise<void> {
		const control = this.field(name).getByRole('switch');
		const wasOn = await control.isChecked();
		await insist(`${name} switched`, async () => {
			if ((await control.isChecked(TRY)) === wasOn) await control.locator('..').click(TRY);
			return (await control.isChecked(TRY)) !== wasOn;
		});
	}

	/** Opens a node of a workflow that is there. */
	async open(workflow: StoredWorkflow, node: string): Promise<void> {
		await this.editor.openWorkflow(workflow);
		await this.editor.openNode(node);
	}

	/** Runs the node whose panel is open, and waits for the end. */
	async execute(): Promise<Execution> {
		const started = this.page.waitForResponse((response) => response.url().endsWith('/run'));
		const button = this.page.getByTestId('node-execute-button');
		await button.click();
		const response: unknown = await (await started).json();
		const execution = await this.client.waitFor(asText(at(response, 'data', 'executionId')));
		// Its text is away for as long as the editor thinks that the node runs.
		await button.getByText('Execute step').waitFor();
		return execution;
	}

	/** Runs the nodes before the one whose panel is open, and waits for this text in the input. */
	async executePrevious(expected: string): Promise<void> {
		const input = this.page.getByTestId('ndv-input-panel');
		const button = input.getByRole('button', { name: 'Execute previous nodes' });
		// Where n8n knows what a node puts out, it shows that, with a link in place of the button.
		await button.or(input.getByText('Execute the node')).click();
		await input.getByText(expected).first().waitFor();
	}

	/** Drags an entry of the input panel onto something. */
	async drag(entry: string, onto: Locator): Promise<void> {
		const input = this.page.getByTestId('ndv-input-panel');
		const pill = input.locator(`[data-target="mappable"][data-name="${entry}"]`).first();
		await pill.scrollIntoViewIfNeeded();
		await pill.hover();
		await this.page.mouse.down();
		const { x, y, width, height } = (await onto.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
		// Several moves: n8n takes the first ones for a click.
		await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 20 });
		await this.page.mouse.up();
	}

	/** Runs the node whose panel is open, with the form that its workflow starts with: `fillIn` gets its page. */
	async executeByForm(fillIn: (form: Page) => Promise<void>): Promise<void> {
		const opened = this.page.waitForEvent('popup');
		await this.page.getByTestId('node-execute-button').click();
		const form = await opened;
		await fillIn(form);
		await form.getByRole('button', { name: 'Submit' }).click();
		await form
			.getByText(/submitted|recorded/i)
			.first()
			.waitFor();
		await form.close();
	}

	/** Turns the output panel to JSON, which shows more of an item than the first columns of a table. */
	async showJson(): Promise<void> {
		await this.page.getByTestId('output-panel').getByTestId('radio-button-json').click();
	}

	/** The table in the output panel once it holds this text: its head and its rows, as texts. */
	async outputTable(expected: string): Promise<{ head: string[]; rows: string[][] }> {
		const output = this.page.getByTestId('output-panel');
		// n8n remembers JSON from the node before.
		await output.getByTestId('radio-button-table').click();
		const table = output.locator('table');
		await table.getByText(expected).first().waitFor();
		const texts = async (cells: Locator) => (await cells.allInnerTexts()).map((text) => text.trim());
		// The last column is empty, and there to fill the panel.
		const head = (await texts(table.locator('thead th'))).filter((name) => name !== '');
		const rows = await Promise.all(
			(await table.locator('tbody tr').all()).map((row) => texts(row.locator('td'))),
		);
		return { head, rows: rows.map((cells) => cells.slice(0, head.length)) };
	}
}
