import { randomUUID } from 'node:crypto';

import type { Json } from '../guards';

/** The name of this package's node, as workflows hold it. */
export const syncType = 'n8n-nodes-activecampaign-sync.activeCampaignSync';
export const credentialType = 'activeCampaignSyncApi';

export interface NodeJson {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Json;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
}

export interface WorkflowJson {
	name: string;
	nodes: NodeJson[];
	connections: Json;
	settings?: Json;
}

/** A node; give `typeVersion` where 1 is not meant. */
export function node(name: string, type: string, parameters: Json, more: Partial<NodeJson> = {}): NodeJson {
	return { id: randomUUID(), name, type, typeVersion: 1, position: [0, 0], parameters, ...more };
}

/** A workflow of nodes in one row, each connected to the next. */
export function chain(name: string, ...nodes: NodeJson[]): WorkflowJson {
	const placed = nodes.map((one, index): NodeJson => ({ ...one, position: [index * 220, 0] }));
	const connections: Json = {};
	placed.slice(1).forEach((next, index) => {
		connections[placed[index]?.name ?? ''] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	});
	return { name, nodes: placed, connections };
}

/** The trigger that a run by hand starts from. */
export function manualTrigger(): NodeJson {
	return node('Start', 'n8n-nodes-base.manualTrigger', {});
}

/** Puts out these items, without running any code. */
export function items(...rows: Json[]): NodeJson {
	const parameters = { mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} };
	return node('Rows', 'n8n-nodes-base.set', parameters, { typeVersion: 3.4 });
}

/** Makes one item of each entry under `rows`. */
export function split(): NodeJson {
	return node('Items', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'rows', options: {} });
}

/** A workflow that runs one node by hand on these items. */
export function runOn(rows: Json[], tested: NodeJson): WorkflowJson {
	return chain(tested.name, manualTrigger(), items(...rows), split(), tested);
}

/** A form, published at `/form/{webhookId}`, with these fields. */
export function formTrigger(webhookId: string, title: string, fields: Json[]): NodeJson {
	const parameters = { formTitle: title, formFields: { values: fields }, options: {} };
	return node('On form submission', 'n8n-nodes-base.formTrigger', parameters, {
		typeVersion: 2.2,
		webhookId,
	});
}

/** This package's node. */
export function syncNode(
	credential: { id: string; name: string },
	parameters: Json,
	more: Partial<NodeJson> = {},
) {
	const { id, name } = credential;
	return node('ActiveCampaign Sync', syncType, parameters, {
		credentials: { [credentialType]: { id, name } },
		...more,
	});
}
