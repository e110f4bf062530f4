import { randomUUID } from 'node:crypto';

import type { Credential, N8nClient, StoredWorkflow } from '../n8n/client';
import type { Execution } from '../n8n/execution';
import { asText, at, type Json } from '../guards';
import { readExample, withCredentials } from './examples';
import { node, syncType, type WorkflowJson } from '../n8n/workflow';

export const agentExample = 'ai-agent-with-tool.json';
const chatTrigger = 'When chat message received';
export const agent = 'AI Agent';

export const modelType = '@n8n/n8n-nodes-langchain.lmChatOpenAi';

/** The agent of the examples, on a scripted model instead of OpenAI's. */
export async function scriptedAgent(
	client: N8nClient,
	modelUrl: string,
	account: ReadonlyMap<string, Credential>,
): Promise<WorkflowJson> {
	const openAi = await client.createCredential('openAiApi', { apiKey: 'scripted', url: modelUrl });
	return withCredentials(readExample(agentExample), new Map([...account, [modelType, openAi]]));
}

/** The same agent with the model node that speaks `/chat/completions`. */
export function withChatCompletions(workflow: WorkflowJson): WorkflowJson {
	const nodes = workflow.nodes.map((node) =>
		node.type === modelType ? { ...node, typeVersion: 1.2 } : node,
	);
	return { ...workflow, nodes };
}

/** The same agent with these tools, all of them our node, in place of its own: their parameters, by the node's name. */
export function withTools(
	workflow: WorkflowJson,
	credential: Credential,
	tools: Readonly<Record<string, Json>>,
): WorkflowJson {
	const toolType = `${syncType}Tool`;
	const { id, name, type } = credential;
	const added = Object.entries(tools).map(([title, parameters]) =>
		node(title, toolType, parameters, { credentials: { [type]: { id, name } } }),
	);
	const others = workflow.nodes.filter((one) => one.type !== toolType);
	const kept = Object.entries(workflow.connections).filter(([from]) =>
		others.some((one) => one.name === from),
	);
	const ends = Object.keys(tools).map((title): [string, Json] => [
		title,
		{ ai_tool: [[{ node: agent, type: 'ai_tool', index: 0 }]] },
	]);
	return {
		...workflow,
		nodes: [...others, ...added],
		connections: Object.fromEntries<unknown>([...kept, ...ends]),
	};
}

/** An expression for a value that the model fills in, as the star button of a field makes it. */
export function fromAi(key: string, description = ''): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`;
}

/** Sends a chat message as the editor's chat does, and waits for the end of the execution. */
export async function sendChat(
	client: N8nClient,
	workflow: StoredWorkflow,
	chatInput: string,
): Promise<Execution> {
	const json = { sessionId: randomUUID(), action: 'sendMessage', chatInput };
	const data = {
		startTime: 0,
		executionTime: 0,
		executionIndex: 0,
		executionStatus: 'success',
		source: [],
		data: { main: [[{ json }]] },
	};
	const response = await client.call('POST', `/rest/workflows/${workflow.id}/run`, {
		workflowData: { settings: {}, ...workflow, active: false },
		triggerToStartFrom: { name: chatTrigger, data },
	});
	return await client.waitFor(asText(at(response, 'executionId')));
}
