import { NodeHelpers, type INodeParameters, type INodeTypeDescription } from 'n8n-workflow';

import { asArray, asText, at, type Json } from '../guards';
import { syncType } from '../n8n/workflow';
import { useAccount } from './account';
import { agent, fromAi, scriptedAgent, sendChat, withChatCompletions, withTools } from './chat';
import { ours } from './examples';
import type { ContactSeed } from '../sandbox';
import { startScriptedModel, type Conversation, type ScriptedModel, type Turn } from '../n8n/scriptedModel';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount({
	fields: [{ title: 'CRM ID', type: 'text' }],
	lists: ['Newsletter'],
});

let model: ScriptedModel;
/** What the model does in the test that runs. */
let script: (seen: Conversation) => Turn;

beforeAll(async () => {
	model = await startScriptedModel((seen) => script(seen));
});

afterAll(() => model.stop());

const add = (seed: ContactSeed) => account.sandbox.account.addContact(seed);

const email = fromAi('Email', 'Email address of the contact');

/** Chats with an agent that has these tools. */
async function chat(tools: Record<string, Json>, message: string) {
	const workflow = await scriptedAgent(client, model.url, ours(account.credential));
	const equipped = withTools(withChatCompletions(workflow), account.credential, tools);
	return await sendChat(client, await client.createWorkflow(equipped), message);
}

/** Calls one tool after the other, and ends with what they returned. */
const inTurn =
	(calls: Array<(toolResults: string[]) => Turn>) =>
	({ toolResults }: Conversation): Turn =>
		calls[toolResults.length]?.(toolResults) ?? { say: toolResults.join('\n') };

/** The names that n8n gives tools with these parameters when somebody adds them, and what the model may call them. */
async function namedByN8n<Operation extends string>(
	tools: Record<Operation, INodeParameters>,
): Promise<{ byName: Record<string, Json>; nameOf: (operation: Operation) => string }> {
	const descriptions = asArray(await client.call('GET', '/types/nodes.json'));
	const description = descriptions.find((one) => at(one, 'name') === `${syncType}Tool`);
	const names = new Map(
		Object.entries<INodeParameters>(tools).map(([operation, parameters]) => [
			operation,
			NodeHelpers.makeNodeName(
				{ ...parameters, operation, resource: 'contact' },
				description as INodeTypeDescription,
			),
		]),
	);
	return {
		byName: Object.fromEntries(
			Object.entries<INodeParameters>(tools).map(([operation, parameters]) => [
				names.get(operation) ?? '',
				{ ...parameters, operation, resource: 'contact' },
			]),
		),
		nameOf: (operation) => (names.get(operation) ?? '').replace(/\W/g, '_'),
	};
}

describe('an AI agent with several of the operations as its tools', () => {
	it('looks a contact up, changes its address by ID, and adds a note', async () => {
		const { id } = add({ email: 'ann@old.example.com', lists: { Newsletter: 'active' } });
		add({ email: 'bob@example.com' });
		script = inTurn([
			() => ({ tool: 'Look_Up', call: { Email: 'ann@old.example.com' } }),
			([found = '']) => ({
				tool: 'Change',
				call: {
					Contact_ID: /"id":\s*"(\d+)"/.exec(found)?.[1] ?? '',
					Email: 'ann@example.com',
					Note: 'Has moved to another company',
				},
			}),
		]);
		const execution = await chat(
			{
				'Look Up': { operation: 'getContact', email },
				Change: {
					matchBy: 'contactId',
					contactId: fromAi('Contact_ID', 'ID of the contact'),
					email: fromAi('Email', 'New email address'),
					additionalFields: { note: fromAi('Note', 'What to remember') },
				},
			},
			'ann@old.example.com is now ann@example.com. Please note that she has moved.',
		);
		expect(execution.error).toBeUndefined();
		const said = asText(execution.json(agent)[0]?.output);
		expect(said).toMatch(/"Newsletter":\s*"active"/);
		expect(said).toMatch(/"action":\s*"updated"/);
		const contacts = account.sandbox.account.contacts();
		expect(contacts.map((contact) => contact.email).sort()).toEqual(['ann@example.com', 'bob@example.com']);
		const ann = account.sandbox.account.contactByEmail('ann@example.com');
		expect(ann?.id).toBe(id);
		expect(ann?.notes.map(({ text }) => text)).toEqual(['Has moved to another company']);
		expect(ann?.lists.size).toBe(1);
	});

	it('tells three operations apart by the names and descriptions that n8n makes of them', async () => {
		add({ email: 'ann@example.com', lists: { Newsletter: 'active' } });
		add({ email: 'bob@example.com' });
		const { byName, nameOf } = await namedByN8n({
			syncContact: { email, firstName: fromAi('First_Name') },
			getContact: { email },
			deleteContact: { email },
		});
		script = inTurn([
			() => ({ tool: nameOf('getContact'), call: { Email: 'ann@example.com' } }),
			() => ({ tool: nameOf('syncContact'), call: { Email: 'ann@example.com', First_Name: 'Ann' } }),
			() => ({ tool: nameOf('deleteContact'), call: { Email: 'bob@example.com' } }),
		]);

		const execution = await chat(byName, 'Ann is called Ann, and Bob wants to be deleted');

		expect(execution.error).toBeUndefined();
		expect(model.tools.map(({ name, description }) => [name, description]).sort()).toEqual([
			[
				'Create_or_update_a_contact_in_ActiveCampaign_Sync',
				'Create or update a contact in ActiveCampaign Sync',
			],
			['Delete_a_contact_in_ActiveCampaign_Sync', 'Delete a contact in ActiveCampaign Sync'],
			['Get_a_contact_in_ActiveCampaign_Sync', 'Get a contact in ActiveCampaign Sync'],
		]);
		const said = asText(execution.json(agent)[0]?.output);
		expect([...said.matchAll(/"action":\s*"(\w+)"/g)].map(([, action]) => action)).toEqual([
			'found',
			'updated',
			'deleted',
		]);
		const left = account.sandbox.account.contacts();
		expect(left.map((contact) => [contact.email, contact.firstName])).toEqual([['ann@example.com', 'Ann']]);
	});

	it('can use every operation and way to find a contact or give its fields', async () => {
		for (const name of ['ann', 'bob']) add({ email: `${name}@example.com` });
		const { id } = add({ email: 'cy@example.com' });
		script = inTurn([
			() => ({ tool: 'Save', call: { Email: 'dan@example.com' } }),
			() => ({ tool: 'Save_by_Key', call: { Key: 'C-1', Email: 'ann@example.com', First_Name: 'Ann' } }),
			() => ({ tool: 'Import', call: { Email: 'eve@example.com' } }),
			() => ({ tool: 'Look_Up_by_ID', call: { ID: id } }),
			() => ({ tool: 'Find', call: { Tag: '', Part: 'bob@' } }),
			() => ({ tool: 'Delete', call: { Email: 'bob@example.com' } }),
			() => ({ tool: 'Delete_by_ID', call: { ID: id } }),
		]);
		const column = { displayName: '', required: false, defaultMatch: false, display: true, type: 'string' };
		const execution = await chat(
			{
				Save: { email, options: { syncMode: 'createOnly' } },
				'Save by Key': {
					matchBy: 'customField',
					matchField: { __rl: true, mode: 'name', value: 'CRM ID' },
					matchValue: fromAi('Key'),
					fieldsMode: 'mapColumns',
					columns: {
						mappingMode: 'defineBelow',
						value: { email, firstName: fromAi('First_Name') },
						schema: ['email', 'firstName'].map((name) => ({ ...column, id: name })),
					},
				},
				Import: { operation: 'syncContactsInBulk', email },
				'Look Up by ID': { operation: 'getContact', matchBy: 'contactId', contactId: fromAi('ID') },
				Find: {
					operation: 'getManyContacts',
					filters: {
						tag: { __rl: true, mode: 'name', value: fromAi('Tag') },
						emailContains: fromAi('Part'),
					},
				},
				Delete: { operation: 'deleteContact', email },
				'Delete by ID': { operation: 'deleteContact', matchBy: 'contactId', contactId: fromAi('ID') },
			},
			'Please do all of it',
		);
		expect(execution.error).toBeUndefined();
		expect(model.tools).toHaveLength(7);
		const said = asText(execution.json(agent)[0]?.output);
		const read = (key: string) =>
			[...said.matchAll(new RegExp(`"${key}":\\s*"(\\w+)"`, 'g'))].map(([, value]) => value);
		expect(read('action')).toEqual([
			...['created', 'updated', 'imported', 'found', 'found', 'deleted', 'deleted'],
		]);
		const left = account.sandbox.account.contacts().map((contact) => contact.email);
		expect(left.sort()).toEqual(['ann@example.com', 'dan@example.com', 'eve@example.com']);
		expect(account.sandbox.account.contactByEmail('ann@example.com')).toMatchObject({ firstName: 'Ann' });
	});
});
