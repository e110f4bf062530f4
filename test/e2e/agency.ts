import type { FieldSeed } from '../sandbox';

/** The custom fields that the tests in the editor fill in, and what a user may meet beside them. */
const KNOWN_FIELDS: FieldSeed[] = [
	{ title: 'Company', type: 'text' },
	{ title: 'Job Title', type: 'text' },
	{ title: 'Birthday', type: 'date' },
	{
		title: 'Industry',
		type: 'dropdown',
		options: [
			{ value: 'edu', label: 'Education' },
			{ value: 'health', label: 'Healthcare' },
			{ value: 'retail', label: 'Retail' },
			{ value: 'sw', label: 'Software' },
		],
	},
	{ title: 'Interested In', type: 'checkbox', options: ['Webinars', 'Newsletter', 'Workshops'] },
	{ title: 'Next Appointment', type: 'datetime' },
	{ title: 'Annual Budget', type: 'currency' },
	{ title: 'Notes', type: 'textarea' },
	{
		title:
			'What is the one thing in your marketing that takes most of your time, and what have you tried so far to change it?',
		type: 'textarea',
	},
];

const FIELDS = 250;

/** What the last of all fields is called: a picker that stops after 100 never shows it. */
export const LAST_FIELD = 'Referral Code';

/** An account as an agency keeps one: 250 custom fields, most of them of some survey or order long ago. */
export const agency = {
	fields: [
		...KNOWN_FIELDS,
		...Array.from({ length: FIELDS - KNOWN_FIELDS.length - 1 }, (_, index): FieldSeed => {
			const topic = ['Survey', 'Order', 'Event'][index % 3] ?? '';
			return { title: `${topic} ${Math.floor(index / 3) + 1}`, type: 'text' };
		}),
		{ title: LAST_FIELD, type: 'text' },
	],
	lists: ['Newsletter', 'Customers', 'Partners'],
	tags: ['Lead'],
	automations: ['Welcome Series', 'Birthday Greetings'],
};
