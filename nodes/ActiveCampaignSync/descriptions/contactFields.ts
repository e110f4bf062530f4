import type { INodeProperties } from 'n8n-workflow';

import { operation as syncContact } from '../operations/syncContact/syncContact.operation';
import { operation as syncContactsInBulk } from '../operations/syncContactsInBulk/syncContactsInBulk.operation';
import { recordLocator } from './recordLocator';

const SYNCS = { operation: [syncContact.value, syncContactsInBulk.value] };
const DEFINE_BELOW = { ...SYNCS, fieldsMode: ['defineBelow'] };
const MAP_COLUMNS = { ...SYNCS, fieldsMode: ['mapColumns'] };

/** The contact's fields, one by one or as a map of columns: the same for every operation. */
export const contactFields: INodeProperties[] = [
	{
		displayName: 'Contact Fields',
		name: 'fieldsMode',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: SYNCS },
		options: [
			{
				name: 'Define Below',
				value: 'defineBelow',
				description: "Fill in the contact's fields one by one",
			},
			{
				name: 'Map Columns',
				value: 'mapColumns',
				description: "Map all of the account's fields at once, manually or automatically by name",
			},
		],
		default: 'defineBelow',
		description: "How to provide the contact's fields",
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'e.g. jane@example.com',
		default: '',
		required: true,
		displayOptions: { show: DEFINE_BELOW },
		description: 'Email address of the contact. It determines whether a contact is created or updated.',
	},
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		placeholder: 'e.g. Jane',
		default: '',
		displayOptions: { show: DEFINE_BELOW },
		description:
			"First name of the contact. An empty value changes nothing, unless the option 'Empty Values' is set to 'Clear'.",
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		placeholder: 'e.g. Doe',
		default: '',
		displayOptions: { show: DEFINE_BELOW },
		description:
			"Last name of the contact. An empty value changes nothing, unless the option 'Empty Values' is set to 'Clear'.",
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		placeholder: 'e.g. +49 30 1234567',
		default: '',
		displayOptions: { show: DEFINE_BELOW },
		description:
			"Phone number of the contact, in any format. An empty value changes nothing, unless the option 'Empty Values' is set to 'Clear'.",
	},
	{
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
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
							'The value of the field. Write dates as 2026-12-31, and several choices separated by commas or as an array. Choices can be given by their label or value.',
					},
				],
			},
		],
	},
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		displayOptions: { show: MAP_COLUMNS },
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getContactColumns',
				mode: 'add',
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: true,
				noFieldsError: 'The columns could not be loaded from ActiveCampaign',
			},
		},
		description: "The contact's fields and the account's custom fields",
	},
	{
		// n8n's own note above this one says that names have to be identical.
		displayName:
			"Names don't have to match exactly: case, spaces, _ and - are ignored, and personalization tags and common labels such as 'E-mail address' are recognized. Input fields that match nothing are listed under 'unmapped' in the output.",
		name: 'automaticMappingNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...MAP_COLUMNS, '/columns.mappingMode': ['autoMapInputData'] } },
	},
];
