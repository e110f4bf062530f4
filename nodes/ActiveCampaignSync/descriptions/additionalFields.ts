import type { INodeProperties } from 'n8n-workflow';

import { operation as syncContact } from '../operations/syncContact/syncContact.operation';
import { operation as syncContactsInBulk } from '../operations/syncContactsInBulk/syncContactsInBulk.operation';

const SYNC_CONTACT = { '/operation': [syncContact.value] };

/** What else a contact has in ActiveCampaign, in one place, so that the panel stays short. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	displayOptions: { show: { operation: [syncContact.value, syncContactsInBulk.value] } },
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
			displayOptions: { show: SYNC_CONTACT },
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
			displayOptions: { show: SYNC_CONTACT },
			description: 'Note to add to the contact, e.g. the message of a form. Left blank, no note is added.',
		},
	],
};
