import type { INodeProperties } from 'n8n-workflow';

import { defaultOperation, operationOptions } from '../operations';

/**
 * All operations are about contacts. n8n names a node, and describes it to an AI agent, by the action of its operation
 * only if there is a resource.
 */
export const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'hidden',
	options: [{ name: 'Contact', value: 'contact' }],
	default: 'contact',
};

/** What to do with the contacts: one of the node's operations. */
export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['contact'] } },
	options: operationOptions,
	default: defaultOperation,
};

/** An expression for the chosen operation and whether it is a dry run, which the editor shows under the node. */
export const operationName = `={{ (${JSON.stringify(
	Object.fromEntries(operationOptions.map(({ value, name }) => [value, name])),
)})[$parameter["operation"]] + ($parameter["options"]["dryRun"] === true ? " (dry run)" : "") }}`;
