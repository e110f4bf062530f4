import type { INodeProperties } from 'n8n-workflow';

import { defaultOperation, operationOptions } from '../operations';

/** The only resource. n8n names tools, new nodes and types after an operation only where a resource shows it. */
export const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
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
