import type { INodeProperties } from 'n8n-workflow';

import { operation as deleteContact } from '../operations/deleteContact/deleteContact.operation';
import { operation as getContact } from '../operations/getContact/getContact.operation';

const FINDS = { operation: [getContact.value, deleteContact.value] };

/** Which contact to get or to delete. */
export const findFields: INodeProperties[] = [
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: FINDS },
		options: [
			{
				name: 'Email',
				value: 'email',
				description: 'The contact with this email address, whatever its case',
			},
			{
				name: 'Contact ID',
				value: 'contactId',
				description: "The contact with this ID, as shown in this node's output",
			},
		],
		default: 'email',
		description: 'How to find the contact',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'e.g. jane@example.com',
		default: '',
		required: true,
		displayOptions: { show: { ...FINDS, matchBy: ['email'] } },
		description: "The contact's full email address. Partial addresses are not matched.",
	},
	{
		displayName: 'Contact ID',
		name: 'contactId',
		type: 'string',
		placeholder: 'e.g. 12',
		default: '',
		required: true,
		displayOptions: { show: { ...FINDS, matchBy: ['contactId'] } },
		description:
			"ID of the contact in ActiveCampaign, a number: from the output of this node, or from the address of the contact's page",
	},
];
