import './environment';

import { WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type ExecutionBaseError,
	type ExecutionStatus,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRunData,
	type NodeExecutionHint,
	type OnError,
} from 'n8n-workflow';

import { additionalData } from './additionalData';
import { EngineCredentialsHelper, ourCredentialType, type CredentialInput } from './credentialsHelper';
import { EngineNodeTypes, ourNodeType, startNodeType } from './nodeTypes';

/** The part of an exported workflow that the engine runs. */
export interface WorkflowJson {
	nodes: INode[];
	connections: IConnections;
}

export interface RunOptions {
	/** A whole workflow with our node in it; its triggers are stubs whose output are the given items. */
	workflow?: WorkflowJson;
	/** Or just our node's parameters: the workflow is then trigger → our node. */
	nodeParameters?: INodeParameters;
	/** The items' JSON. */
	items: IDataObject[];
	credentials: CredentialInput;
	/** The switch of old workflows, which n8n still honors. */
	continueOnFail?: boolean;
	/** The node's setting "On Error". */
	onError?: OnError;
	/** Aborting it is the user pressing "Stop". */
	signal?: AbortSignal;
	/** The workflow's own time zone, e.g. `Europe/Berlin`; by default New York, n8n's own default. */
	timezone?: string;
}

export interface RunResult {
	/** What our node put out: each with its `json` and `pairedItem`. */
	items: INodeExecutionData[];
	/** What went to the error output, with `onError: 'continueErrorOutput'`. */
	errorItems: INodeExecutionData[];
	/** What stopped the execution. n8n keeps a copy: message, description, httpCode, context, but not the class. */
	error?: ExecutionBaseError;
	/** How n8n lists the execution: `success`, `error`, `canceled`. */
	status: ExecutionStatus;
	/** The notes shown in the output panel. */
	hints: NodeExecutionHint[];
	/** Everything n8n recorded, by node name. */
	runData: IRunData;
}

/**
 * Runs a workflow with our node through n8n's own engine: expressions, item linking, credentials, continue on fail and
 * cancellation are n8n's. The node's account is whatever the credentials point at, e.g. the sandbox.
 *
 * @throws WorkflowHasIssuesError when a required parameter is empty, as n8n does before it starts
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
	const { nodes, connections } = options.workflow ?? singleNodeWorkflow(options.nodeParameters ?? {});
	const ours = find(nodes, (node) => node.type === ourNodeType);
	const start = find(nodes, (node) => !isTarget(connections, node.name));
	const workflow = new Workflow({
		id: 'engine-test',
		nodes: nodes.map((node) => (node === ours ? configured(node, options) : node)),
		connections,
		active: false,
		nodeTypes: new EngineNodeTypes(),
		settings: { executionOrder: 'v1', ...(options.timezone && { timezone: options.timezone }) },
	});
	const pinData = { [start.name]: options.items.map((json) => ({ json })) };
	const startNode = find(Object.values(workflow.nodes), (node) => node.name === start.name);
	const helper = new EngineCredentialsHelper(options.credentials);
	const execution = startable(() =>
		new WorkflowExecute(additionalData(helper), 'manual').run({ workflow, startNode, pinData }),
	);
	const stop = () => execution.cancel();
	options.signal?.addEventListener('abort', stop);
	try {
		const { data, status } = await execution;
		const { resultData } = data;
		const task = resultData.runData[ours.name]?.[0];
		const [items, errorItems] = task?.data?.main ?? [];
		return {
			items: items ?? [],
			errorItems: errorItems ?? [],
			error: task?.error ?? resultData.error,
			status,
			hints: task?.hints ?? [],
			runData: resultData.runData,
		};
	} finally {
		options.signal?.removeEventListener('abort', stop);
	}
}

/** n8n gives the regular expressions of parameters little real time before it starts, too little on a busy machine. */
function startable<Execution>(start: () => Execution, attempts = 5): Execution {
	try {
		return start();
	} catch (thrown) {
		const isTooBusy = thrown instanceof Error && thrown.message === 'Regular expression execution timed out';
		if (!isTooBusy || attempts <= 1) throw thrown;
		return startable(start, attempts - 1);
	}
}

function singleNodeWorkflow(parameters: INodeParameters): WorkflowJson {
	const place = { typeVersion: 1, position: [0, 0] satisfies [number, number] };
	return {
		nodes: [
			{ ...place, id: 'start', name: 'Start', type: startNodeType, parameters: {} },
			{ ...place, id: 'ours', name: 'ActiveCampaign Sync', type: ourNodeType, parameters },
		],
		connections: { Start: { main: [[{ node: 'ActiveCampaign Sync', type: 'main', index: 0 }]] } },
	};
}

function configured(node: INode, { continueOnFail, onError }: RunOptions): INode {
	return {
		...node,
		...(continueOnFail !== undefined && { continueOnFail }),
		...(onError && { onError }),
		credentials: { [ourCredentialType]: { id: '1', name: 'ActiveCampaign Sync account' } },
	};
}

function isTarget(connections: IConnections, name: string): boolean {
	return Object.values(connections).some((outputs) =>
		Object.values(outputs).some((output) => output.flat().some((connection) => connection?.node === name)),
	);
}

function find(nodes: INode[], matches: (node: INode) => boolean): INode {
	const node = nodes.find(matches);
	if (!node) throw new Error('The workflow needs a trigger and our node');
	return node;
}
