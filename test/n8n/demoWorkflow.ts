import { randomUUID } from 'node:crypto';

import type { Credential } from './client';
import { chain, formTrigger, syncNode, type WorkflowJson } from './workflow';

/** The custom fields of the demo's account. */
export const demoFields = [
	{ id: '1', title: 'Company', type: 'text' },
	{ id: '2', title: 'Interested In', type: 'checkbox', options: ['Webinars', 'Newsletter', 'Workshops'] },
];

/** What the visitor of the demo fills in, in the form's order. */
export const demoAnswers = [
	'ada@example.com',
	'Ada',
	'Lovelace',
	'Analytical Engines',
	['Webinars', 'Workshops'],
];

/** On form submission → Sync Contact, as a newcomer would set it up. */
export function demoWorkflow(credential: Credential): { webhookId: string; workflow: WorkflowJson } {
	const webhookId = randomUUID();
	const form = formTrigger(webhookId, 'Stay in touch', [
		{ fieldLabel: 'Email', fieldType: 'email', requiredField: true },
		{ fieldLabel: 'First Name', fieldType: 'text' },
		{ fieldLabel: 'Last Name', fieldType: 'text' },
		{ fieldLabel: 'Company', fieldType: 'text' },
		{
			fieldLabel: 'Interested In',
			fieldType: 'checkbox',
			fieldOptions: { values: (demoFields[1]?.options ?? []).map((option) => ({ option })) },
		},
	]);
	const sync = syncNode(credential, {
		email: '={{ $json.Email }}',
		firstName: "={{ $json['First Name'] }}",
		lastName: "={{ $json['Last Name'] }}",
		customFields: {
			values: demoFields.map(({ id, title }) => ({
				field: { __rl: true, mode: 'list', value: id, cachedResultName: title },
				value: `={{ $json['${title}'] }}`,
			})),
		},
	});
	return { webhookId, workflow: chain('Form to ActiveCampaign', form, sync) };
}
