import type { INodeProperties } from 'n8n-workflow';

import { operation as getContact } from '../operations/getContact/getContact.operation';
import { operation as getManyContacts } from '../operations/getManyContacts/getManyContacts.operation';
import { operation as syncContact } from '../operations/syncContact/syncContact.operation';
import { operation as syncContactsInBulk } from '../operations/syncContactsInBulk/syncContactsInBulk.operation';

const SYNC_CONTACT = { '/operation': [syncContact.value] };
const BULK = { '/operation': [syncContactsInBulk.value] };
const SYNCS = { '/operation': [syncContact.value, syncContactsInBulk.value] };
const GET_CONTACT = { '/operation': [getContact.value] };
const GET_MANY = { '/operation': [getManyContacts.value] };
const SIMPLIFIES = { '/operation': [syncContact.value, getContact.value, getManyContacts.value] };

/** What can be set besides the contact itself; each has a default that suits most workflows. */
export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Date Order',
			name: 'dateOrder',
			type: 'options',
			displayOptions: { show: SYNCS },
			options: [
				{
					name: 'Fail',
					value: 'fail',
					description: 'A date such as 03/04/2026 cannot be used, since it could be March 4 or April 3',
				},
				{ name: 'Day First', value: 'dayFirst', description: '03/04/2026 is April 3' },
				{ name: 'Month First', value: 'monthFirst', description: '03/04/2026 is March 4' },
			],
			default: 'fail',
			description:
				'How to read dates with two meanings or a two-digit year. Other dates, such as 13/04/2026, are read either way.',
		},
		{
			displayName: 'Details to Include',
			name: 'details',
			type: 'multiOptions',
			displayOptions: { show: GET_MANY },
			options: [
				{ name: 'Automations', value: 'automations' },
				{ name: 'Company', value: 'company' },
				{ name: 'Custom Fields', value: 'customFields' },
				{ name: 'Lists', value: 'lists' },
				{ name: 'Tags', value: 'tags' },
			],
			default: ['automations', 'company', 'customFields', 'lists', 'tags'],
			description:
				'What to return of each contact besides its ID, email address, name, and phone number. Fewer details can take fewer requests.',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			// Shown for every operation: an option that is hidden is dropped when the operation is switched, and the next run
			// would be live. On as soon as it is added. A node without the option sends.
			default: true,
			description:
				'Whether to only show what would change for each contact, without changing anything in ActiveCampaign. A node without this option does change contacts.',
		},
		{
			displayName: 'Empty Values',
			name: 'emptyValues',
			type: 'options',
			displayOptions: { show: SYNC_CONTACT },
			options: [
				{
					name: 'Keep',
					value: 'keep',
					description: 'An empty value changes nothing',
				},
				{
					name: 'Clear',
					value: 'clear',
					description:
						"An empty value clears the contact's field. Fields left blank in this node are ignored.",
				},
				{
					name: 'Fill Blanks Only',
					value: 'fillOnly',
					description: 'Only fill in fields that are still empty in ActiveCampaign',
				},
			],
			default: 'keep',
			description: "What an empty value does to the contact's field",
		},
		{
			displayName: 'Exclude Automations',
			name: 'excludeAutomations',
			type: 'boolean',
			displayOptions: { show: BULK },
			default: false,
			description: 'Whether to keep the import from triggering automations',
		},
		{
			displayName: 'If Not Found',
			name: 'ifNotFound',
			type: 'options',
			displayOptions: { show: GET_CONTACT },
			options: [
				{
					name: 'Fail',
					value: 'fail',
					description: 'The item fails with a message that names the contact',
				},
				{
					name: 'Return Not Found',
					value: 'returnNotFound',
					description: "The item has the action 'notFound', e.g. for an If node",
				},
			],
			default: 'fail',
			description: 'What to do when the account has no such contact',
		},
		{
			displayName: 'Maximum Wait (Minutes)',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: BULK },
			default: 30,
			description:
				"How many minutes to wait for the import's result. Contacts not finished by then are reported as pending.",
		},
		{
			displayName: 'Merge Duplicates',
			name: 'mergeDuplicates',
			type: 'boolean',
			displayOptions: { show: SYNC_CONTACT },
			default: true,
			description:
				'Whether to merge items for the same contact into one (later values win). Otherwise they are sent one after another.',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0.1, numberPrecision: 1 },
			default: 5,
			description:
				'How many requests may start per second. ActiveCampaign allows 5 for everything that uses the account.',
		},
		{
			displayName: 'Resubscribe',
			name: 'resubscribe',
			type: 'boolean',
			displayOptions: { show: SYNC_CONTACT },
			default: false,
			description:
				'Whether to subscribe people even if they unsubscribed. Use only with their renewed consent: they will receive email again.',
		},
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			displayOptions: { show: SIMPLIFIES },
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		{
			displayName: 'Sync Mode',
			name: 'syncMode',
			type: 'options',
			displayOptions: { show: SYNC_CONTACT },
			options: [
				{
					name: 'Create or Update',
					value: 'createOrUpdate',
					description: 'Update the contact if it exists, and create it if not',
				},
				{
					name: 'Update Only',
					value: 'updateOnly',
					description: 'Skip contacts that do not exist yet',
				},
				{
					name: 'Create Only',
					value: 'createOnly',
					description: 'Skip contacts that already exist',
				},
			],
			default: 'createOrUpdate',
			description:
				"Which contacts to write. Skipped contacts are output with the action 'skipped' and the reason, and get no list, tag, or automation.",
		},
		{
			displayName: 'Unusable Values',
			name: 'unusableValues',
			type: 'options',
			displayOptions: { show: SYNCS },
			options: [
				{
					name: 'Save the Rest',
					value: 'saveRest',
					description: 'Save everything else, then fail the item with a message that names the value',
				},
				{
					name: 'Skip',
					value: 'skip',
					description: "Save everything else, and list the value under 'warnings'",
				},
				{ name: 'Fail', value: 'fail', description: 'Save nothing, and fail the item' },
			],
			default: 'saveRest',
			description:
				'What to do with values that a field cannot take, and with custom fields that do not exist in the account. In bulk, a contact is imported without them, with a warning, unless you choose Fail.',
		},
		{
			displayName: 'Wait for Result',
			name: 'waitForResult',
			type: 'boolean',
			displayOptions: { show: BULK },
			default: true,
			description: 'Whether to wait until the import is finished and report the outcome of each contact',
		},
	],
};
