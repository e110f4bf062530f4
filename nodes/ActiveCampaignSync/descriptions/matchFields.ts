import type { INodeProperties } from 'n8n-workflow';

import { operation as syncContact } from '../operations/syncContact/syncContact.operation';
import { recordLocator } from './recordLocator';
import { operation as deleteContact } from '../operations/deleteContact/deleteContact.operation';
import { operation as getContact } from '../operations/getContact/getContact.operation';

const SYNC_CONTACT = { operation: [syncContact.value] };
const FINDS = { operation: [getContact.value, deleteContact.value] };
const BY_CUSTOM_FIELD = { ...SYNC_CONTACT, matchBy: ['customField'] };

/** Which contact an item is about: to sync, then to get or to delete. */
export const matchFields: INodeProperties[] = [
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: SYNC_CONTACT },
		options: [
			{
				name: 'Email',
				value: 'email',
				description:
					'The contact with this email address. If the address changes, a second contact is created.',
			},
			{
				name: 'Contact ID',
				value: 'contactId',
				description: 'The contact with this ActiveCampaign ID. Its email address can be changed.',
			},
			{
				name: 'Custom Field',
				value: 'customField',
				description:
					'The contact that has your own key, such as a CRM ID, in a custom field. Its email address can be changed.',
			},
		],
		default: 'email',
		description: 'How to find the contact that may exist already',
	},
	{
		displayName: 'Contact ID',
		name: 'contactId',
		type: 'string',
		placeholder: 'e.g. 1234',
		default: '',
		required: true,
		displayOptions: { show: { ...SYNC_CONTACT, matchBy: ['contactId'] } },
		description:
			"ID of the contact in ActiveCampaign, as in the contact's URL. The item fails if no contact has it.",
	},
	{
		...recordLocator({
			displayName: 'Match Field',
			name: 'matchField',
			searchListMethod: 'searchMatchFields',
			description:
				'The custom field that contains your key. Each contact should have a different value in this field.',
			namePlaceholder: 'e.g. CRM ID or %CRM_ID%',
			nameHint: 'Title or personalization tag of the field',
		}),
		required: true,
		displayOptions: { show: BY_CUSTOM_FIELD },
	},
	{
		displayName: 'Match Value',
		name: 'matchValue',
		type: 'string',
		placeholder: 'e.g. 4711',
		default: '',
		required: true,
		displayOptions: { show: BY_CUSTOM_FIELD },
		description:
			'Your key for the contact, compared exactly. If no contact has it, the contact with this email gets it, or a new one is created.',
	},
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
