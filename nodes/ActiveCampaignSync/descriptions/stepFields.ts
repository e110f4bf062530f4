import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { operation as syncContact } from '../operations/syncContact/syncContact.operation';
import { operation as syncContactsInBulk } from '../operations/syncContactsInBulk/syncContactsInBulk.operation';
import { recordLocator } from './recordLocator';

const SYNC_CONTACT = { operation: [syncContact.value] };
const SYNCS = { operation: [syncContact.value, syncContactsInBulk.value] };

/** What to do with the contact on one list. */
const MEMBERSHIP_ACTIONS: INodePropertyOptions[] = [
	{ name: 'Subscribe', value: 'subscribe', description: 'Subscribe the contact to the list' },
	{ name: 'Unsubscribe', value: 'unsubscribe', description: 'Unsubscribe the contact from the list' },
];

/** What to do with the contact and one automation. */
const AUTOMATION_ACTIONS: INodePropertyOptions[] = [
	{
		name: 'Enroll',
		value: 'enroll',
		description: 'Enroll the contact in the automation, unless it is already in it',
	},
	{
		name: 'Enroll Once',
		value: 'enrollOnce',
		description: 'Enroll the contact unless it has ever been in the automation',
	},
	{
		name: 'Remove',
		value: 'remove',
		description: 'Remove the contact from the automation, if it is in it',
	},
];

/** Lists, tags and automations of a contact. */
export const stepFields: INodeProperties[] = [
	{
		displayName: 'Lists',
		name: 'lists',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, hideEmptyMessage: true },
		placeholder: 'Add List',
		default: {},
		displayOptions: { show: SYNCS },
		description:
			'Lists to subscribe the contact to or unsubscribe it from. People who have unsubscribed are not resubscribed.',
		builderHint: {
			propertyHint:
				"Give a list by mode 'name' unless its ID is known. People who unsubscribed stay unsubscribed unless options.resubscribe is true",
		},
		options: [
			{
				displayName: 'List',
				name: 'values',
				values: [
					recordLocator({
						displayName: 'List',
						name: 'list',
						searchListMethod: 'searchLists',
						description: 'The list to subscribe to or unsubscribe from',
						namePlaceholder: 'e.g. Newsletter',
					}),
					{
						displayName: 'Action',
						name: 'action',
						type: 'options',
						options: MEMBERSHIP_ACTIONS,
						default: 'subscribe',
						description: 'What to do with the contact on this list',
					},
				],
			},
		],
	},
	{
		displayName: 'Tags to Add',
		name: 'tagsToAdd',
		type: 'string',
		placeholder: 'e.g. Lead, Webinar 2026',
		default: '',
		displayOptions: { show: SYNCS },
		description: 'Tag names, separated by commas or as an array. Tags that do not exist yet are created.',
	},
	{
		displayName: 'Tags to Remove',
		name: 'tagsToRemove',
		type: 'string',
		placeholder: 'e.g. Prospect',
		default: '',
		displayOptions: { show: SYNC_CONTACT },
		description: 'Tag names, separated by commas or as an array',
	},
	{
		displayName: 'Automations',
		name: 'automations',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, hideEmptyMessage: true },
		placeholder: 'Add Automation',
		default: {},
		displayOptions: { show: SYNC_CONTACT },
		description: 'Automations to enroll the contact in, unless it is already in them, or to remove it from',
		builderHint: {
			propertyHint:
				"Give an automation by mode 'name' unless its ID is known. A contact that is in it is not enrolled again",
		},
		options: [
			{
				displayName: 'Automation',
				name: 'values',
				values: [
					recordLocator({
						displayName: 'Automation',
						name: 'automation',
						searchListMethod: 'searchAutomations',
						description: 'The automation to enroll in or to remove from',
						namePlaceholder: 'e.g. Welcome Series',
					}),
					{
						displayName: 'Action',
						name: 'action',
						type: 'options',
						options: AUTOMATION_ACTIONS,
						default: 'enroll',
						description: 'What to do with the contact in this automation',
					},
				],
			},
		],
	},
];
