import { createServer, type IncomingMessage } from 'node:http';

import { asArray, asObject, asText, at, type Json } from '../guards';

/** What a model does next: calls a tool, the first it was given unless named, or ends with words. */
export type Turn = { call: Json; tool?: string } | { say: string };

/** What the model has seen so far. */
export interface Conversation {
	/** What the user wrote last. */
	user: string;
	/** What the tools returned for the calls since then. */
	toolResults: string[];
}

export interface ScriptedModel {
	/** For the `url` of n8n's OpenAI credential. */
	readonly url: string;
	/** The tools as the latest request described them: `{name, description, parameters}`. */
	readonly tools: Json[];
	/** The paths of the requests so far. */
	readonly paths: string[];
	stop(): Promise<void>;
}

/**
 * A chat model on loopback that speaks OpenAI's HTTP API, both of its ways: `/chat/completions` and `/responses`.
 * It does what the script says and understands nothing.
 */
export async function startScriptedModel(script: (seen: Conversation) => Turn): Promise<ScriptedModel> {
	let tools: Json[] = [];
	const paths: string[] = [];
	const server = createServer((request, response) => {
		void readJson(request).then((body) => {
			const path = request.url ?? '';
			paths.push(path);
			tools = asArray(body.tools).map((tool) => asObject(at(tool, 'function') ?? tool));
			const name = asText(tools[0]?.name);
			const reply = path.endsWith('/responses')
				? responsesBody(script(responsesConversation(body)), name)
				: completionsBody(script(completionsConversation(body)), name);
			response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${asText(asObject(server.address()).port)}/v1`,
		get tools() {
			return tools;
		},
		paths,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function readJson(request: IncomingMessage): Promise<Json> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	const body: unknown = JSON.parse(text);
	return asObject(body);
}

/** A message's text, whether it is one or comes in parts. */
function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	return asArray(content)
		.map((part) => asText(at(part, 'text')))
		.join('');
}

/** What was seen, of messages that say which of them the user's are and which the tool's. */
function conversation(
	messages: unknown[],
	isUser: (message: Json) => boolean,
	toolResult: (message: Json) => unknown,
): Conversation {
	const seen: Conversation = { user: '', toolResults: [] };
	for (const message of messages.map(asObject)) {
		const result = toolResult(message);
		if (isUser(message)) Object.assign(seen, { user: textOf(message.content), toolResults: [] });
		else if (result !== undefined) seen.toolResults.push(textOf(result));
	}
	return seen;
}

function completionsConversation({ messages }: Json): Conversation {
	return conversation(
		asArray(messages),
		({ role }) => role === 'user',
		({ role, content }) => (role === 'tool' ? content : undefined),
	);
}

function responsesConversation({ input }: Json): Conversation {
	return conversation(
		asArray(input),
		({ role }) => role === 'user',
		({ type, output }) => (type === 'function_call_output' ? output : undefined),
	);
}

let replies = 0;

function completionsBody(turn: Turn, tool: string): Json {
	const id = `call_${++replies}`;
	const message =
		'say' in turn
			? { content: turn.say }
			: {
					content: null,
					tool_calls: [
						{
							id,
							type: 'function',
							function: { name: turn.tool ?? tool, arguments: JSON.stringify(turn.call) },
						},
					],
				};
	return {
		id: `chatcmpl-${replies}`,
		object: 'chat.completion',
		created: 1_700_000_000,
		model: 'scripted',
		choices: [
			{
				index: 0,
				finish_reason: 'say' in turn ? 'stop' : 'tool_calls',
				message: { role: 'assistant', ...message },
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function responsesBody(turn: Turn, tool: string): Json {
	const id = `${++replies}`;
	const output =
		'say' in turn
			? {
					type: 'message',
					id: `msg_${id}`,
					status: 'completed',
					role: 'assistant',
					content: [{ type: 'output_text', text: turn.say, annotations: [] }],
				}
			: {
					type: 'function_call',
					id: `fc_${id}`,
					call_id: `call_${id}`,
					name: turn.tool ?? tool,
					arguments: JSON.stringify(turn.call),
					status: 'completed',
				};
	return {
		id: `resp_${id}`,
		object: 'response',
		created_at: 1_700_000_000,
		status: 'completed',
		model: 'scripted',
		output: [output],
		parallel_tool_calls: true,
		tool_choice: 'auto',
		tools: [],
		error: null,
		incomplete_details: null,
		instructions: null,
		metadata: {},
		usage: {
			input_tokens: 1,
			input_tokens_details: { cached_tokens: 0 },
			output_tokens: 1,
			output_tokens_details: { reasoning_tokens: 0 },
			total_tokens: 2,
		},
	};
}
