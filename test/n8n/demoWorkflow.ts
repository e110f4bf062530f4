import { randomUUID } from 'node:crypto';

import type { ContactSeed, FieldSeed } from '../sandbox';
import type { Credential } from './client';
import type { Conversation, Turn } from './scriptedModel';
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
	fields: [
		...demoFields,
		{ id: '5', title: 'CRM ID', type: 'text' },
		{ id: '6', title: 'Consent at', type: 'datetime' },
		{ id: '7', title: 'Consent source', type: 'text' },
	] satisfies FieldSeed[],
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

/** What is in the data table of the demo's n8n, for the example that writes results back. */
export const demoRows = [
	{ email: 'grace@example.com', firstName: 'Grace', result: '', contactId: '' },
	{ email: 'edsger@example.com', firstName: 'Edsger', result: '', contactId: '' },
	{ email: 'nobody at example.com', firstName: 'Nobody', result: '', contactId: '' },
];

/** What the demo's chat model does: has the tool save the address in a message, with the name before it. */
export function demoModel({ user, toolResults }: Conversation): Turn {
	if (toolResults.length > 0) return { say: 'Saved.' };
	const [email] = /\S+@\S+\w/.exec(user) ?? [];
	if (email === undefined) return { say: 'I need an email address.' };
	const [, First_Name = '', Last_Name = ''] = /(\p{Lu}\p{L}+) (\p{Lu}\p{L}+),? \S+@/u.exec(user) ?? [];
	return { call: { Email: email, First_Name, Last_Name, Phone: '' } };
}

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
