import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Credential } from '../n8n/client';
import { asArray, asObject, isRecord } from '../guards';
import { syncType, type NodeJson, type WorkflowJson } from '../n8n/workflow';

const folder = resolve(__dirname, '..', '..', 'examples');

/** The file names of all examples. */
export const exampleFiles = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** Where an example is, for a user to import. */
export function examplePath(file: string): string {
	return resolve(folder, file);
}

/** Where the pictures of examples and README are. */
export const picturesFolder = resolve(folder, 'images');

/** An example as its file has it. */
export function readExample(file: string): WorkflowJson {
	const workflow: unknown = JSON.parse(readFileSync(examplePath(file), 'utf8'));
	if (!isWorkflow(workflow)) throw new Error(`${file} contains no workflow`);
	return workflow;
}

/** The same workflow once a user has chosen credentials: in each node of this type, its own. */
export function withCredentials(
	workflow: WorkflowJson,
	chosen: ReadonlyMap<string, Credential>,
): WorkflowJson {
	const nodes = workflow.nodes.map((node): NodeJson => {
		const credential = chosen.get(node.type);
		if (!credential) return node;
		const { id, name, type } = credential;
		return { ...node, credentials: { [type]: { id, name } } };
	});
	return { ...workflow, nodes };
}

/** Our credential for our node, also where it is an agent's tool, and for requests of another kind to the account. */
export function ours(credential: Credential): Map<string, Credential> {
	return new Map([
		[syncType, credential],
		[`${syncType}Tool`, credential],
		['n8n-nodes-base.httpRequest', credential],
	]);
}

/** Whether this is a workflow with nodes, as a file or n8n gives it. */
export function isWorkflow(value: unknown): value is WorkflowJson {
	return (
		isRecord(value) &&
		typeof value.name === 'string' &&
		isRecord(value.connections) &&
		asArray(value.nodes).length > 0 &&
		asArray(value.nodes).every((node) => typeof asObject(node).name === 'string')
	);
}
