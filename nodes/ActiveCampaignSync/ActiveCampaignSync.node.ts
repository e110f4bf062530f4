import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { testCredential } from './methods/credentialTest';
import { contactFields } from './descriptions/contactFields';
import { options } from './descriptions/options';
import { stepFields } from './descriptions/stepFields';
import { runOperation } from './operations/shared/items';
import * as syncContact from './operations/syncContact/syncContact.operation';
import * as syncContactsInBulk from './operations/syncContactsInBulk/syncContactsInBulk.operation';
import { getContactColumns } from './methods/resourceMapping';
import { searchAutomations, searchCustomFields, searchLists } from './methods/listSearch';

export class ActiveCampaignSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ActiveCampaign Sync',
		name: 'activeCampaignSync',
		icon: { light: 'file:../../icons/contactSync.svg', dark: 'file:../../icons/contactSync.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "syncContactsInBulk" ? "Sync Contacts in Bulk" : "Sync Contact" }}',
		description:
			'Create and update contacts in ActiveCampaign, with custom fields, lists, tags and automations',
		defaults: { name: 'ActiveCampaign Sync' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'activeCampaignSyncApi', required: true, testedBy: 'testCredential' }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [syncContact.operation, syncContactsInBulk.operation],
				default: 'syncContact',
			},
			...contactFields,
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
		const isBulk = this.getNodeParameter('operation', 0, 'syncContact') === 'syncContactsInBulk';
		return [await runOperation(this, isBulk ? syncContactsInBulk.execute : syncContact.execute)];
	}
}
