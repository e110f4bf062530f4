import type { INodeProperties } from 'n8n-workflow';

import { recordLocator } from './recordLocator';

const DEFINE_BELOW = { fieldsMode: ['defineBelow'] };
const MAP_COLUMNS = { fieldsMode: ['mapColumns'] };

/** What a contact is made of, given field by field or as a map of columns: the same for every operation. */
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
				description: 'Fill in the fields of the contact one by one',
			},
			{
				name: 'Map Columns',
				value: 'mapColumns',
				description: 'Map all fields of the account at once, by hand or automatically by their names',
			},
		],
		default: 'defineBelow',
		description: 'How to give the fields of the contact',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'e.g. jane@example.com',
		default: '',
		required: true,
		displayOptions: { show: DEFINE_BELOW },
		description: 'Email address of the contact. It decides whether a contact is created or updated.',
	},
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		placeholder: 'e.g. Jane',
		default: '',
		displayOptions: { show: DEFINE_BELOW },
		description:
			"First name of the contact. An empty value keeps what the contact has, unless 'Empty Values' says otherwise.",
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		placeholder: 'e.g. Doe',
		default: '',
		displayOptions: { show: DEFINE_BELOW },
		description:
			"Last name of the contact. An empty value keeps what the contact has, unless 'Empty Values' says otherwise.",
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		placeholder: 'e.g. +49 30 1234567',
		default: '',
		displayOptions: { show: DEFINE_BELOW },
		description:
			"Phone number of the contact, in any form. An empty value keeps what the contact has, unless 'Empty Values' says otherwise.",
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
							'The value, as text or from an expression. Dates as 2026-12-31, several choices separated by commas or as an array. Choices go by their label or value.',
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
				noFieldsError: 'No columns could be loaded from ActiveCampaign',
			},
		},
		description: "The contact's fields and the account's custom fields",
	},
	{
		// n8n's own note above asks for names that are the same to the letter.
		displayName:
			"Small differences do no harm: case, spaces, _ and - are ignored. Personalization tags and everyday labels such as 'E-mail address' are understood. Keys that match no column are listed under 'unmapped' in the output.",
		name: 'automaticMappingNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...MAP_COLUMNS, '/columns.mappingMode': ['autoMapInputData'] } },
	},
];
