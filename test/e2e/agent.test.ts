import { asText, at } from '../guards';
import { useAccount } from './account';
import { agent, scriptedAgent, sendChat, withChatCompletions } from './chat';
import { ours } from './examples';
import { startScriptedModel, type ScriptedModel } from '../n8n/scriptedModel';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount();

/** Notes each address of the message in turn, then repeats what the tool said. */
let model: ScriptedModel;

beforeAll(async () => {
	model = await startScriptedModel(({ user, toolResults }) => {
		const address = user.match(/\S+@\S+/g)?.[toolResults.length];
		if (address === undefined) return { say: toolResults.join('\n') || 'Nobody to note' };
		return { call: { Email: address, First_Name: 'Ada', Last_Name: '', Phone: '' } };
	});
});

afterAll(() => model.stop());

async function chat(message: string) {
	const workflow = withChatCompletions(await scriptedAgent(client, model.url, ours(account.credential)));
	return await sendChat(client, await client.createWorkflow(workflow), message);
}

describe('an AI agent with Sync Contact as its tool', () => {
	it('notes two leads, with what its maker has set besides what the model fills in', async () => {
		const execution = await chat('Please note ada@example.com and grace@example.com as leads.');
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		for (const email of ['ada@example.com', 'grace@example.com']) {
			const contact = account.sandbox.account.contactByEmail(email);
			expect(contact).toMatchObject({ firstName: 'Ada' });
			expect(contact?.tags.size).toBe(1);
		}
		const said = asText(execution.json(agent)[0]?.output);
		expect(said.match(/"action":\s*"created"/g)).toHaveLength(2);
		expect(model.paths.at(-1)).toBe('/v1/chat/completions');
	});

	it('shows the model what the tool is for and what to give it', async () => {
		await chat('Hello');
		expect(model.tools).toHaveLength(1);
		const [described] = model.tools;
		expect(described?.description).toMatch(/as a lead in ActiveCampaign/);
		const fields = Object.keys(at(described, 'parameters', 'properties') ?? {});
		expect(fields.sort()).toEqual(['Email', 'First_Name', 'Last_Name', 'Phone']);
	});

	it('shows the model why an address cannot be noted, and notes the other', async () => {
		const execution = await chat('Please note ada@example and grace@example.com');
		expect(account.sandbox.account.contactByEmail('grace@example.com')).toBeDefined();
		expect(account.sandbox.account.contacts()).toHaveLength(1);
		expect(asText(execution.json(agent)[0]?.output)).toMatch(/is not a valid email address: 'ada@example'/);
	});
});
