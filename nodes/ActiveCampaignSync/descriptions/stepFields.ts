import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { operation as syncContact } from '../operations/syncContact/syncContact.operation';
import { operation as syncContactsInBulk } from '../operations/syncContactsInBulk/syncContactsInBulk.operation';
import { recordLocator } from './recordLocator';

const SYNC_CONTACT = { operation: [syncContact.value] };
/** The same within a collection: a path from the node. */
const IN_COLLECTION = { '/operation': [syncContact.value] };
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

/** What else a contact has in ActiveCampaign, in one place, so that the panel stays short. */
const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	displayOptions: { show: SYNCS },
	options: [
		{
			displayName: 'Company',
			name: 'company',
			type: 'string',
			placeholder: 'e.g. Acme Inc.',
			default: '',
			description:
				'Name of the company to link the contact to, which ActiveCampaign calls an account. It is created if it does not exist yet. A contact has one company: with another name, it is moved.',
		},
		{
			displayName: 'Job Title',
			name: 'jobTitle',
			type: 'string',
			placeholder: 'e.g. Head of Marketing',
			default: '',
			displayOptions: { show: IN_COLLECTION },
			description:
				'Job title of the contact at its company. Left blank, the current one is kept. A contact without a company cannot have one.',
		},
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 3 },
			placeholder: 'e.g. Asked for a quote',
			default: '',
			displayOptions: { show: IN_COLLECTION },
			description: 'Note to add to the contact, e.g. the message of a form. Left blank, no note is added.',
		},
	],
};

/** What a contact gets besides its fields: company, note, lists, tags and automations. */
export const stepFields: INodeProperties[] = [
	additionalFields,
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
