import { ownList } from '../catalog';
import { CannotTry, shared, type FactGroup } from '../fact';
import { at, code, kindOf, madeId, outcome, rowsOf, text } from '../read';
import type { Run } from '../run';

/** What a write to a membership gave, and the status that was read after it. */
type Step = [number | string, unknown];

async function membershipRow(run: Run, contact: string, list: string) {
	const reply = await run.get(`/contacts/${contact}/contactLists`);
	if (!Array.isArray(at(reply.body, 'contactLists')))
		throw new CannotTry(`the memberships could not be read: ${outcome(reply)}`);
	return rowsOf(reply, 'contactLists').find((row) => text(row.list) === list);
}

async function statusOf(run: Run, contact: string, list: string): Promise<unknown> {
	const row = await membershipRow(run, contact, list);
	return row ? code(row.status) : 'no membership';
}

/** A membership through its life. */
const life = shared(async (run) => {
	const list = await ownList(run);
	const email = run.newAddress();
	const contact = madeId(await run.sync({ email }), 'contact');
	const set = async (id: string, status: number, more = {}): Promise<Step> => {
		const contactList = { list, contact: id, status, ...more };
		const reply = await run.write('POST', '/contactLists', { contactList });
		return [outcome(reply), await statusOf(run, id, list)];
	};
	const none = await statusOf(run, contact, list);
	const subscribed = await set(contact, 1);
	const row = await membershipRow(run, contact, list);
	const again = await set(contact, 1);
	const unsubscribed = await set(contact, 2);
	await run.sync({ email, lists: [list] });
	const syncedWithLists = await statusOf(run, contact, list);
	const withoutSource = await set(contact, 1);
	await set(contact, 2);
	const withSource = await set(contact, 1, { sourceid: 4 });
	await set(contact, 2);
	const deletion = outcome(await run.write('DELETE', `/contacts/${contact}`));
	const created = await run.sync({ email });
	const returned = madeId(created, 'contact');
	const afterReturn = await statusOf(run, returned, list);
	const subscribedAfterReturn = await set(returned, 1);
	return {
		...{ none, subscribed, row, again, unsubscribed, syncedWithLists, withoutSource, withSource },
		...{
			deletion,
			returnedAsNew: [outcome(created), returned !== contact],
			afterReturn,
			subscribedAfterReturn,
		},
	};
});

const REFERENCE = 'API reference, Update list status for a contact';

export const listFacts: FactGroup = {
	title: 'List memberships',
	facts: [
		{
			name: 'A contact that was never on a list has no membership of it',
			certainty: 'recorded',
			source: 'public recordings',
			usedFor: 'the decision to subscribe',
			code: 'membership',
			expected: 'no membership',
			observe: async (run) => (await life(run)).none,
		},
		{
			name: 'Status 1 subscribes a contact with 201; its membership then has status 1',
			certainty: 'documented',
			source: `${REFERENCE}; public recordings`,
			usedFor: 'subscribing',
			code: 'membership',
			expected: [201, '1'],
			observe: async (run) => (await life(run)).subscribed,
		},
		{
			name: 'Status 1 for a subscribed contact gives 200 and changes nothing',
			certainty: 'recorded',
			source: 'public recordings',
			usedFor: 'subscribing is repeated whenever its outcome is unknown',
			code: 'steps',
			expected: [200, '1'],
			observe: async (run) => (await life(run)).again,
		},
		{
			name: 'Status 2 unsubscribes a contact; its membership then has status 2',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'unsubscribing, and keeping people unsubscribed',
			code: 'membership',
			expected: [200, '2'],
			observe: async (run) => (await life(run)).unsubscribed,
		},
		{
			name: 'Lists inside a sync leave an unsubscribed contact unsubscribed',
			certainty: 'believed',
			source: 'a revision of the reference is said to take them; the node does not send them',
			expected: '2',
			observe: async (run) => (await life(run)).syncedWithLists,
		},
		{
			name: 'Status 1 re-subscribes an unsubscribed contact, without sourceid too',
			certainty: 'recorded',
			source: `${REFERENCE}; reports of public integrations`,
			usedFor: 'memberships are read before they are written, so that nobody is re-subscribed',
			code: 'membership',
			expected: [200, '1'],
			observe: async (run) => (await life(run)).withoutSource,
		},
		{
			name: 'Status 1 with sourceid 4 re-subscribes an unsubscribed contact',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: "the option 'Resubscribe'",
			code: 'membership',
			expected: [200, '1'],
			observe: async (run) => (await life(run)).withSource,
		},
		{
			name: 'A deleted contact comes back as a new one with another id',
			certainty: 'recorded',
			source: 'API reference, Delete an existing contact; public recordings',
			expected: [200, 201, true],
			observe: async (run) => {
				const { deletion, returnedAsNew } = await life(run);
				return [deletion, ...returnedAsNew];
			},
		},
		{
			name: 'A deleted contact that comes back shows its old unsubscribe',
			certainty: 'believed',
			source: 'unsubscribes are kept for the address; whether they show is not known',
			expected: '2',
			observe: async (run) => (await life(run)).afterReturn,
		},
		{
			name: 'A deleted contact that comes back can be subscribed again',
			certainty: 'believed',
			source: 'the vendor may still hold back mail',
			expected: [200, '1'],
			observe: async (run) => (await life(run)).subscribedAfterReturn,
		},
		{
			name: 'The status of a membership is digits in a string',
			certainty: 'recorded',
			source: 'public recordings',
			usedFor: 'the decision to subscribe',
			code: 'membership',
			expected: 'digits in a string',
			observe: async (run) => kindOf((await life(run)).row?.status),
		},
		{
			name: 'A membership is unconfirmed with status 0, bounced with 3, removed with 91',
			certainty: 'recorded',
			source: "the vendor's staff in its forum, client libraries, n8n's own node",
			usedFor: 'people who never confirmed or bounced are not subscribed',
			code: 'membership',
			expected: ['0', '3', '91'],
			observe: () =>
				Promise.reject(new CannotTry('never tried: it takes a form, mail that bounces and the older API')),
		},
		{
			name: 'A membership and a list name their channel',
			certainty: 'recorded',
			source: 'a public recording of 2026',
			expected: ['email', 'email'],
			observe: async (run) => {
				const { row } = await life(run);
				const list = await run.get(`/lists/${await ownList(run)}`);
				return [code(row?.channel), code(at(list.body, 'list', 'channel'))];
			},
		},
	],
};
