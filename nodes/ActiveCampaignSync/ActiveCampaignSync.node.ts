import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { testCredential } from './methods/credentialTest';
import { additionalFields } from './descriptions/additionalFields';
import { contactFields } from './descriptions/contactFields';
import { findFields } from './descriptions/findFields';
import { matchFields } from './descriptions/matchFields';
import { options } from './descriptions/options';
import { stepFields } from './descriptions/stepFields';
import { defaultOperation, executeOf, operationFields } from './operations';
import { operation, operationName } from './descriptions/operation';
import { runOperation } from './run/runOperation';
import { getContactColumns } from './methods/resourceMapping';
import { searchAutomations, searchCustomFields, searchLists } from './methods/listSearch';

export class ActiveCampaignSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ActiveCampaign Sync',
		name: 'activeCampaignSync',
		icon: { light: 'file:../../icons/contactSync.svg', dark: 'file:../../icons/contactSync.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: operationName,
		description:
			'Create, update, get and delete contacts in ActiveCampaign, with custom fields, lists, tags and automations',
		defaults: { name: 'ActiveCampaign Sync' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'activeCampaignSyncApi', required: true, testedBy: 'testCredential' }],
		properties: [
			operation,
			...operationFields,
			...matchFields,
			...findFields,
			...contactFields,
			additionalFields,
			...stepFields,
			options,
		],
	};

	methods = {
		credentialTest: { testCredential },
		listSearch: { searchCustomFields, searchLists, searchAutomations },
		resourceMapping: { getContactColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const execute = executeOf(this.getNodeParameter('operation', 0, defaultOperation));
		return [await runOperation(this, execute)];
	}
}
