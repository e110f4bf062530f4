import type { INodeProperties } from 'n8n-workflow';

const SYNC_CONTACT = { '/operation': ['syncContact'] };
const BULK = { '/operation': ['syncContactsInBulk'] };

/** What can be set besides the contact itself; every one has a default that suits most. */
export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description:
				'Whether to show what would be sent, field by field, and to change nothing in ActiveCampaign',
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
					description: 'An empty answer changes nothing: the contact keeps what it has',
				},
				{
					name: 'Clear',
					value: 'clear',
					description:
						"An empty answer empties the contact's field. Names, phone and columns left blank in this node do not count.",
				},
				{
					name: 'Fill Only',
					value: 'fillOnly',
					description: 'Only fields in which the contact has nothing yet are written',
				},
			],
			default: 'keep',
			description: 'What an empty answer does to what the contact has',
		},
		{
			displayName: 'Exclude Automations',
			name: 'excludeAutomations',
			type: 'boolean',
			displayOptions: { show: BULK },
			default: false,
			description:
				'Whether the import starts no automations. Otherwise those run that are triggered by what it changes.',
		},
		{
			displayName: 'Longest Wait (Minutes)',
			name: 'longestWait',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: BULK },
			default: 30,
			description:
				"How many minutes to wait for the import's result. What is not done by then is reported as pending.",
		},
		{
			displayName: 'Merge Duplicates',
			name: 'mergeDuplicates',
			type: 'boolean',
			displayOptions: { show: SYNC_CONTACT },
			default: true,
			description:
				'Whether items with the same email are sent as one, later values winning. Otherwise each is sent, one after the other.',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0.1, numberPrecision: 1 },
			default: 5,
			description:
				"How many requests may start in a second. ActiveCampaign's limit is 5 for all programs on the account together.",
		},
		{
			displayName: 'Resubscribe',
			name: 'resubscribe',
			type: 'boolean',
			displayOptions: { show: SYNC_CONTACT },
			default: false,
			description:
				'Whether people who unsubscribed from a list, or never confirmed, are subscribed to it all the same. Only with their new consent: they will get mail again.',
		},
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			displayOptions: { show: SYNC_CONTACT },
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		{
			displayName: 'Unknown Fields',
			name: 'unknownFields',
			type: 'options',
			options: [
				{ name: 'Stop', value: 'stop', description: 'The item stops with a message that names the field' },
				{ name: 'Skip', value: 'skip', description: 'The field is left out and listed under warnings' },
			],
			default: 'stop',
			description: 'What to do with custom fields that the account does not have',
		},
		{
			displayName: 'Wait for Result',
			name: 'waitForResult',
			type: 'boolean',
			displayOptions: { show: BULK },
			default: true,
			description: 'Whether to wait until the import is done and tell what became of each contact',
		},
	],
};
