import type { INodeProperties } from 'n8n-workflow';

import { operation as syncContact } from '../operations/syncContact/syncContact.operation';
import { operation as syncContactsInBulk } from '../operations/syncContactsInBulk/syncContactsInBulk.operation';
import { recordLocator } from './recordLocator';

const SYNC = { operation: [syncContact.value, syncContactsInBulk.value] };
const DEFINE_BELOW = { ...SYNC, fieldsMode: ['defineBelow'] };
const MAP_AUTOMATICALLY = { ...SYNC, fieldsMode: ['mapAutomatically'] };
const MAP_EACH_FIELD = { ...SYNC, fieldsMode: ['mapColumns'] };

/** The contact's fields, in one of three ways: the same for every operation that writes contacts. */
export const contactFields: INodeProperties[] = [
	{
		displayName: 'Contact Fields',
		name: 'fieldsMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Define Below',
				value: 'defineBelow',
				description: 'Enter the fields you need as text or expressions',
			},
			{
				name: 'Map Automatically',
				value: 'mapAutomatically',
				description: "Fill the contact's fields from the input fields of the same names",
			},
			{
				name: 'Choose Account Fields',
				value: 'mapColumns',
				description: "Add the account's fields one by one, with dropdowns and date pickers",
			},
		],
		default: 'defineBelow',
		displayOptions: { show: SYNC },
		description: "How to provide the contact's fields. Switching clears what you've entered below.",
		builderHint: {
			propertyHint:
				"Use 'mapAutomatically' where the input's keys are the names of the contact's fields, e.g. after a form; 'defineBelow' for single values; 'mapColumns' only with IDs of custom fields that are known",
		},
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'e.g. jane@example.com',
		default: '',
		required: true,
		displayOptions: { show: DEFINE_BELOW, hide: { matchBy: ['contactId', 'customField'] } },
		description: 'Email address of the contact. It determines whether a contact is created or updated.',
	},
	{
		displayName: 'New Email',
		name: 'email',
		type: 'string',
		placeholder: 'e.g. jane@example.com',
		default: '',
		displayOptions: { show: { ...DEFINE_BELOW, matchBy: ['contactId', 'customField'] } },
		description:
			"The contact's new email address. Leave it blank to keep the current one. A new contact needs one.",
	},
	nameOrPhone('First Name', 'firstName', 'e.g. Jane', 'First name of the contact'),
	nameOrPhone('Last Name', 'lastName', 'e.g. Doe', 'Last name of the contact'),
	nameOrPhone('Phone', 'phone', 'e.g. +49 30 1234567', 'Phone number of the contact, in any format'),
	{
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true, hideEmptyMessage: true },
		placeholder: 'Add Custom Field',
		default: {},
		displayOptions: { show: DEFINE_BELOW },
		description: "Values for the account's custom fields",
		options: [
			{
				displayName: 'Custom Field',
				name: 'values',
				values: [
					recordLocator({
						displayName: 'Field',
						name: 'field',
						searchListMethod: 'searchCustomFields',
						description: 'The custom field to set',
						namePlaceholder: 'e.g. Birthday or %BIRTHDAY%',
						nameHint: 'Title or personalization tag of the field',
					}),
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						placeholder: 'e.g. Acme Inc. or 2026-12-31',
						default: '',
						description:
							'Text, a number such as 1234.5, a date such as 2026-12-31 or 2026-12-31 14:30, or choices by label, several separated by commas or as an array',
					},
					{
						displayName: 'Only If Blank',
						name: 'onlyIfBlank',
						type: 'boolean',
						displayOptions: { show: { '/operation': [syncContact.value] } },
						default: false,
						description:
							'Whether to set the field only if the contact has no value in it yet, e.g. the source of a first visit',
					},
				],
			},
		],
	},
	{
		displayName:
			"Names don't have to match exactly: case, spaces, _ and - are ignored, and personalization tags and common labels such as 'E-mail address' are recognized. Input fields that match nothing are listed above the output, for a single item under 'unmapped'.",
		name: 'automaticMappingNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: MAP_AUTOMATICALLY },
	},
	{
		displayName: 'Account Fields',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		displayOptions: { show: MAP_EACH_FIELD },
		typeOptions: {
			// Whether the email is required depends on it.
			loadOptionsDependsOn: ['matchBy'],
			resourceMapper: {
				resourceMapperMethod: 'getContactColumns',
				mode: 'add',
				valuesLabel: 'Account Fields',
				fieldWords: { singular: 'field', plural: 'fields' },
				multiKeyMatch: false,
				supportAutoMap: false,
			},
		},
		description: "The contact's fields and the account's custom fields",
		builderHint: {
			propertyHint:
				"Keys of 'value' are 'email', 'firstName', 'lastName', 'phone', and 'field_<ID>' for a custom field, with the ID from the account",
		},
	},
];

function nameOrPhone(
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		placeholder,
		default: '',
		displayOptions: { show: DEFINE_BELOW },
		description: `${description}. An empty value changes nothing; in Sync Contact, the option 'Empty Values' can change that.`,
	};
}
