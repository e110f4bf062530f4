import { randomUUID } from 'node:crypto';

import type { ContactSeed, FieldSeed } from '../sandbox';
import type { Credential } from './client';
import { chain, formTrigger, syncNode, type WorkflowJson } from './workflow';

const industries = [
	{ value: 'sw', label: 'Software' },
	{ value: 'retail', label: 'Retail' },
	{ value: 'edu', label: 'Education' },
];
const interests = ['Webinars', 'Newsletter', 'Workshops'];

/** The custom fields that the demo's form asks for. */
export const demoFields = [
	{ id: '1', title: 'Company', type: 'text' },
	{ id: '2', title: 'Interested In', type: 'checkbox', options: interests },
	{ id: '3', title: 'Industry', type: 'dropdown', options: industries },
	{ id: '4', title: 'Birthday', type: 'date' },
] satisfies FieldSeed[];

/** What is in the demo's account besides contacts: what the demo needs, and what the workflows in `examples/` do. */
export const demoAccount = {
	fields: [...demoFields, { id: '5', title: 'CRM ID', type: 'text' }] satisfies FieldSeed[],
	lists: ['Newsletter', 'Product News', 'Waiting for Confirmation'],
	tags: ['Customer', 'Webinar', 'Newsletter Requested', 'Newsletter Confirmed', 'Chat Lead', 'Imported'],
	automations: ['Welcome Series', 'Confirm Newsletter'],
};

/** A person who has left the newsletter: the form does not put them back on it. */
export const unsubscribed: ContactSeed = {
	email: 'alan@example.com',
	firstName: 'Alan',
	lastName: 'Turing',
	lists: { Newsletter: 'unsubscribed' },
};

/** Who is in the demo's account before the form is filled in. */
export const demoContacts: ContactSeed[] = [
	{
		email: 'grace@example.com',
		firstName: 'Grace',
		lastName: 'Hopper',
		phone: '+1 555 0100',
		fieldValues: { Company: 'Compilers Inc.', Industry: 'sw', Birthday: '1906-12-09', 'CRM ID': 'C-1002' },
		lists: { Newsletter: 'active', 'Product News': 'active' },
		tags: ['Customer'],
	},
	{
		email: 'katherine@example.com',
		firstName: 'Katherine',
		lastName: 'Johnson',
		fieldValues: { 'Interested In': '||Webinars||' },
		lists: { 'Product News': 'active' },
		automations: ['Welcome Series'],
	},
	unsubscribed,
];

/** What the visitor of the demo fills in, in the form's order. */
export const demoAnswers = [
	'ada@example.com',
	'Ada',
	'Lovelace',
	'Analytical Engines',
	['Webinars', 'Workshops'],
	'Software',
	'1815-12-10',
];

/** On form submission → Sync Contact, as a newcomer would set it up. */
export function demoWorkflow(credential: Credential): { webhookId: string; workflow: WorkflowJson } {
	const webhookId = randomUUID();
	const choices = (options: string[]) => ({ values: options.map((option) => ({ option })) });
	const form = formTrigger(webhookId, 'Stay in touch', [
		{ fieldLabel: 'Email', fieldType: 'email', requiredField: true },
		{ fieldLabel: 'First Name', fieldType: 'text' },
		{ fieldLabel: 'Last Name', fieldType: 'text' },
		{ fieldLabel: 'Company', fieldType: 'text' },
		{ fieldLabel: 'Interested In', fieldType: 'checkbox', fieldOptions: choices(interests) },
		{
			fieldLabel: 'Industry',
			fieldType: 'dropdown',
			fieldOptions: choices(industries.map(({ label }) => label)),
		},
		{ fieldLabel: 'Birthday', fieldType: 'date' },
	]);
	const named = (value: string) => ({ __rl: true, mode: 'name', value });
	const sync = syncNode(credential, {
		fieldsMode: 'mapAutomatically',
		lists: { values: [{ list: named('Newsletter'), action: 'subscribe' }] },
		tagsToAdd: 'Webinar',
		automations: { values: [{ automation: named('Welcome Series') }] },
	});
	return { webhookId, workflow: chain('Form to ActiveCampaign', form, sync) };
}
