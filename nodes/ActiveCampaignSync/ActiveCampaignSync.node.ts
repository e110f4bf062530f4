import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { testCredential } from './methods/credentialTest';
import { contactFields } from './descriptions/contactFields';
import { filterFields } from './descriptions/filterFields';
import { matchFields } from './descriptions/matchFields';
import { options } from './descriptions/options';
import { stepFields } from './descriptions/stepFields';
import { defaultOperation, operationFields, operationOptions, runOperation } from './operations';
import { getContactColumns } from './methods/resourceMapping';
import {
	searchAutomations,
	searchCustomFields,
	searchLists,
	searchMatchFields,
	searchTags,
} from './methods/listSearch';

/** The only resource. n8n names tools, new nodes and types after an operation only where a resource shows it. */
const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [{ name: 'Contact', value: 'contact' }],
	default: 'contact',
};

/** What to do with the contacts: one of the node's operations. */
const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['contact'] } },
	options: operationOptions,
	default: defaultOperation,
};

/** An expression for the chosen operation and whether it is a dry run, which the editor shows under the node. */
const operationName = `={{ (${JSON.stringify(
	Object.fromEntries(operationOptions.map(({ value, name }) => [value, name])),
)})[$parameter["operation"]] + ($parameter["options"]["dryRun"] === true ? " (dry run)" : "") }}`;

export class ActiveCampaignSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ActiveCampaign Sync',
		name: 'activeCampaignSync',
		icon: { light: 'file:../../icons/contactSync.svg', dark: 'file:../../icons/contactSync.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: operationName,
		description:
			'Create, update, get, and delete contacts in ActiveCampaign, with custom fields, lists, tags, and automations, without losing, duplicating, or resubscribing anyone, and within the rate limit',
		defaults: { name: 'ActiveCampaign Sync' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Use it rather than the built-in ActiveCampaign node to create or update contacts, one by one or thousands in bulk, or to read those with a tag, on a list, or changed since a time: names in place of IDs, every type of custom field, lists, tags, automations and company in one step, without resubscribing anyone, within the rate limit. Use the built-in node for deals, e-commerce and connections',
		},
		credentials: [{ name: 'activeCampaignSyncApi', required: true, testedBy: 'testCredential' }],
		properties: [
			resource,
			operation,
			...operationFields,
			...matchFields,
			...filterFields,
			...contactFields,
			...stepFields,
			options,
		],
	};

	methods = {
		credentialTest: { testCredential },
		listSearch: { searchCustomFields, searchMatchFields, searchLists, searchTags, searchAutomations },
		resourceMapping: { getContactColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this)];
	}
}
