import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { asText, isRecord } from '../guards';
import { startSandbox, type RunningSandbox } from '../sandbox';
import type { ContactSeed } from '../sandbox/model';
import { credentialsOf } from './harness/account';
import { automations, customFields, lists, locator } from './harness/parameters';
import { jsonOf } from './harness/results';
import { runWorkflow, type RunResult } from './harness/runWorkflow';
import { faultsMet, startOutages } from './harness/outages';

/** The requests of three executions over 180 contacts take their time on a busy machine. */
jest.setTimeout(240_000);

const PEOPLE = 180;

/** How many people meet the outages of a seed. */
const OUTAGES = [
	[PEOPLE, 1],
	[40, 2],
	[40, 3],
];

/** So slow that all outages begin while the executions run. */
const REQUESTS_PER_SECOND = PEOPLE / 115;

const emailOf = (index: number) => `person${index}@example.com`;

/** Of each twenty people, these are in the account before; the others are new. */
const KNOWN: ReadonlyArray<Omit<ContactSeed, 'email'>> = [
	{ lists: { News: 'unsubscribed' } },
	{ lists: { News: 'bounced' } },
	{ lists: { News: 'unconfirmed' } },
	{ lists: { News: 'removed' } },
	{ lists: { News: 42 } },
	{ bouncedHard: 1, company: 'Acme', notes: ['Called'] },
	{ automations: ['Welcome'] },
	{ automations: ['Welcome', 'Course', 'Goodbye'], tags: ['Cold'], company: 'Old Corp', jobTitle: 'Clerk' },
	{ lists: { News: 'active', Offers: 'active' }, tags: ['Lead', 'Cold'], automations: ['Goodbye'] },
	{ lists: { Offers: 'active' }, firstName: 'Old', fieldValues: { City: 'Oslo', Interests: '||Art||' } },
	{ automations: ['Welcome'] },
];
/** Has been through the automation before, and so may enter it once more. */
const THROUGH = 10;

/**
 * Three workflows for the same people: where they write the same thing, it is the same value. The first finds them by
 * their address, the second by a key, the third by their IDs, as far as they have one.
 */
const WORKFLOWS: readonly INodeParameters[] = [
	{
		...customFields(['name', 'City', '={{ $json.city }}'], ['name', 'Birthday', '1990-05-17']),
		...lists(['name', 'News', 'subscribe']),
		tagsToAdd: 'Lead, Form',
		...automations(['name', 'Welcome']),
		additionalFields: { company: 'Acme', jobTitle: 'CEO', note: '={{ "Filled in by " + $json.firstName }}' },
	},
	{
		matchBy: 'customField',
		matchField: locator('name', 'CRM ID'),
		matchValue: '={{ $json.key }}',
		...customFields(['name', 'Interests', '={{ ["Music", "Sport"] }}']),
		...lists(['name', 'News', 'subscribe'], ['name', 'Offers', 'unsubscribe']),
		tagsToAdd: 'Customer',
		tagsToRemove: 'Cold',
		...automations(['name', 'Welcome'], ['name', 'Course'], ['name', 'Goodbye', 'remove']),
		additionalFields: { company: 'ACME' },
	},
	{
		matchBy: 'contactId',
		contactId: '={{ $json.id }}',
		email: '',
		phone: '={{ $json.phone }}',
		tagsToAdd: 'Customer',
	},
];

async function startAccount(people: number): Promise<RunningSandbox> {
	const sandbox = await startSandbox({
		fields: [
			{ title: 'City', type: 'text' },
			{ title: 'Interests', type: 'checkbox', options: ['Art', 'Music', 'Sport'] },
			{ title: 'Birthday', type: 'date' },
			{ title: 'CRM ID' },
		],
		lists: ['News', 'Offers'],
		tags: ['Lead', 'Cold'],
		automations: ['Welcome', 'Course', 'Goodbye'],
		latencyMs: { min: 50, max: 400 },
		requestsPerSecond: REQUESTS_PER_SECOND,
	});
	const { account } = sandbox;
	account.addAutomation('Newsletter', { startsOnList: account.listBy('News').id });
	for (let index = 0; index < people; index += 1) {
		const known = KNOWN[index % 20];
		if (known) account.addContact({ ...known, email: emailOf(index) });
		if (index % 20 === THROUGH) account.completeAutomation(emailOf(index), 'Welcome');
	}
	return sandbox;
}

/** All workflows at once, the second one from the last person to the first. */
async function syncAll(sandbox: RunningSandbox, people: number): Promise<RunResult[]> {
	const items: IDataObject[] = Array.from({ length: people }, (_, index) => ({
		email: emailOf(index),
		firstName: `First ${index}`,
		city: `City ${index % 7}`,
		phone: `+49 30 ${index}`,
		key: `K-${index}`,
		id: sandbox.account.contactByEmail(emailOf(index))?.id,
	}));
	const inputs = [items, [...items].reverse(), items.filter(({ id }) => id !== undefined)];
	const runs = WORKFLOWS.map(
		async (parameters, index) =>
			await runWorkflow({
				credentials: credentialsOf(sandbox),
				items: inputs[index] ?? [],
				nodeParameters: {
					email: '={{ $json.email }}',
					firstName: '={{ $json.firstName }}',
					...parameters,
					options: { requestsPerSecond: REQUESTS_PER_SECOND },
				},
				onError: 'continueRegularOutput',
			}),
	);
	return await Promise.all(runs);
}

/** How often an execution says that it enrolled each contact, by address and automation. */
function reportedEnrollments(runs: RunResult[]): string[] {
	return runs
		.flatMap(({ items }) => jsonOf(items))
		.flatMap(({ email, automations: steps }) =>
			Object.entries(isRecord(steps) ? steps : {}).flatMap(([name, outcome]) =>
				outcome === 'enrolled' ? [`${asText(email)} ${name}`] : [],
			),
		)
		.sort();
}

/** The same from the account: the entries that were not there before. */
function newEnrollments({ account }: RunningSandbox): string[] {
	return account
		.contacts()
		.flatMap(({ email, automations: entries }) => {
			const before = KNOWN[Number(/\d+/.exec(email)) % 20]?.automations ?? [];
			const stay = before.filter((name) => name !== 'Goodbye');
			const names = entries.map(({ automationId }) => account.automations.get(automationId)?.name ?? '');
			return names.slice(stay.length).map((name) => `${email} ${name}`);
		})
		.filter((entry) => !entry.endsWith('Newsletter'))
		.sort();
}

describe('three executions at once over the same contacts', () => {
	let undisturbed: RunningSandbox;
	let undisturbedRuns: RunResult[];

	beforeAll(async () => {
		undisturbed = await startAccount(PEOPLE);
		undisturbedRuns = await syncAll(undisturbed, PEOPLE);
	});
	afterAll(async () => await undisturbed.stop());

	it('enroll a contact that is not in the automation once, and write no membership against its status', () => {
		const { account } = undisturbed;
		expect(account.mistakes).toEqual([]);
		expect(account.contacts()).toHaveLength(PEOPLE);
		const stored = account.snapshot();
		for (let index = 0; index < PEOPLE; index += 1) {
			const { lists: memberships, enrollments, company, jobTitle, notes } = stored[emailOf(index)] ?? {};
			const kind = index % 20;
			const kept = [2, 3, 0, 91, 42, undefined][kind];
			expect(memberships?.News).toBe(kind <= 5 ? kept : 1);
			expect(enrollments).toEqual({
				Welcome: kind === THROUGH ? 2 : 1,
				Course: 1,
				...(kind <= 5 ? {} : { Newsletter: 1 }),
			});
			expect({ company, jobTitle, notes }).toEqual({
				company: 'Acme',
				jobTitle: 'CEO',
				notes: [...(KNOWN[kind]?.notes ?? []), `Filled in by First ${index}`],
			});
		}
		expect(reportedEnrollments(undisturbedRuns)).toEqual(newEnrollments(undisturbed));
	});

	it.each(OUTAGES)(
		'end in the same state through an outage of every kind: %d contacts, seed %d',
		async (people, seed) => {
			const sandbox = await startAccount(people);
			try {
				const planned = startOutages(sandbox, seed, { min: 30_000, max: 45_000 });

				const runs = await syncAll(sandbox, people);

				const known = Array.from({ length: people }, (_, index) => KNOWN[index % 20]).filter(Boolean).length;
				for (const [index, { items }] of runs.entries()) {
					const count = index === 2 ? known : people;
					expect(jsonOf(items).filter(({ error }) => error !== undefined)).toEqual([]);
					expect(new Set(jsonOf(items).map(({ email }) => email)).size).toBe(count);
					expect(items).toHaveLength(count);
				}
				const expected = Object.entries(undisturbed.account.snapshot()).filter(
					([email]) => Number(/\d+/.exec(email)) < people,
				);
				expect(sandbox.account.snapshot()).toEqual(Object.fromEntries(expected));
				expect(sandbox.account.mistakes).toEqual([]);
				expect(reportedEnrollments(runs)).toEqual(newEnrollments(sandbox));
				const against = sandbox.account.membershipWrites.filter(
					({ from, to }) => to === 1 && from !== undefined && from !== 1,
				);
				expect(against).toEqual([]);
				// Few contacts are done after the first outages.
				const met = faultsMet(sandbox);
				if (people === PEOPLE) expect(met).toEqual(planned);
				else expect(met.length).toBeGreaterThan(1);
			} finally {
				await sandbox.stop();
			}
		},
	);
});
