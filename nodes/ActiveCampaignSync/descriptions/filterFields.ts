import type { INodeProperties } from 'n8n-workflow';

import { operation as getManyContacts } from '../operations/getManyContacts/getManyContacts.operation';
import { recordLocator } from './recordLocator';

const GET_MANY = { operation: [getManyContacts.value] };

/** Which contacts to get, and how many. */
export const filterFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		displayOptions: { show: GET_MANY },
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { ...GET_MANY, returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: GET_MANY },
		description: 'Contacts to return. If there are several filters, a contact has to match all of them.',
		builderHint: {
			propertyHint:
				"Give a tag, list or custom field by mode 'name' unless its ID is known. 'customField' needs 'customFieldValue'; 'listStatus' needs 'list'",
		},
		options: [
			{
				displayName: 'Changed After',
				name: 'changedAfter',
				type: 'dateTime',
				default: '',
				description:
					"Contacts that were changed or created since this time. A time without a time zone is in the workflow's time zone.",
			},
			{
				displayName: 'Created After',
				name: 'createdAfter',
				type: 'dateTime',
				default: '',
				description:
					"Contacts that were created since this time. A time without a time zone is in the workflow's time zone.",
			},
			recordLocator({
				displayName: 'Custom Field',
				name: 'customField',
				searchListMethod: 'searchCustomFields',
				description: "The custom field that contains the 'Custom Field Value'",
				namePlaceholder: 'e.g. Industry or %INDUSTRY%',
				nameHint: 'Title or personalization tag of the field',
			}),
			{
				displayName: 'Custom Field Value',
				name: 'customFieldValue',
				type: 'string',
				placeholder: 'e.g. Retail',
				default: '',
				description:
					'Contacts with this value in the custom field, compared exactly. In a field of several choices, contacts that chose it.',
			},
			{
				displayName: 'Email Contains',
				name: 'emailContains',
				type: 'string',
				placeholder: 'e.g. @example.com',
				default: '',
				description: 'Contacts whose email address contains this text',
			},
			recordLocator({
				displayName: 'List',
				name: 'list',
				searchListMethod: 'searchLists',
				description: "Contacts on this list, subscribed unless 'List Status' says otherwise",
				namePlaceholder: 'e.g. Newsletter',
			}),
			{
				displayName: 'List Status',
				name: 'listStatus',
				type: 'options',
				options: [
					{ name: 'Active', value: 'active' },
					{ name: 'Any', value: 'any' },
					{ name: 'Bounced', value: 'bounced' },
					{ name: 'Unconfirmed', value: 'unconfirmed' },
					{ name: 'Unsubscribed', value: 'unsubscribed' },
				],
				default: 'active',
				description: "The contacts' status on this list",
			},
			{
				displayName: 'Segment ID',
				name: 'segmentId',
				type: 'string',
				placeholder: 'e.g. 12',
				default: '',
				description:
					"Contacts in this segment. The ID is the number in the address of the segment's page in ActiveCampaign.",
			},
			recordLocator({
				displayName: 'Tag',
				name: 'tag',
				searchListMethod: 'searchTags',
				description: 'Contacts that have this tag',
				namePlaceholder: 'e.g. Lead',
			}),
		],
	},
];
