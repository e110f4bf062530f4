import { isRecord } from '../../guards';
import { anyOf, shared, type FactGroup } from '../fact';
import { at, complaint, kindOf, known, madeId, outcome, rowsOf, text } from '../read';
import type { Run } from '../run';

/** What `GET /contacts/{id}` side-loads in recordings. */
const UNASKED = [
	...['contactAutomations', 'contactLists', 'fieldValues'],
	...['accountContacts', 'deals', 'geoIps', 'contactTags'],
];

/** A contact that gets another address. */
const moved = shared(async (run) => {
	const [before, after] = [run.newAddress(), run.newAddress()];
	const id = madeId(await run.sync({ email: before, firstName: 'Ada' }), 'contact');
	const reply = await run.write('PUT', `/contacts/${id}`, { contact: { email: after } });
	const [atOld, atNew] = [await idsAt(run, before), await idsAt(run, after)];
	return { id, reply, atOld, atNew, contact: await run.get(`/contacts/${id}`) };
});

/** A contact that is deleted, then asked for, changed and deleted again. */
const gone = shared(async (run) => {
	const id = await run.newContact();
	const remove = async () => await run.write('DELETE', `/contacts/${id}`);
	const first = await remove();
	const read = await run.get(`/contacts/${id}`);
	const changed = await run.write('PUT', `/contacts/${id}`, { contact: { firstName: 'Ada' } });
	return { id, first, read, changed, second: await remove() };
});

async function idsAt(run: Run, email: string): Promise<string[]> {
	const reply = await run.get(`/contacts?email=${encodeURIComponent(email)}`);
	return rowsOf(reply, 'contacts').map((row) => text(row.id));
}

export const contactFacts: FactGroup = {
	title: 'One contact by id',
	facts: [
		{
			name: 'GET /contacts by an address that nobody has gives an empty list, or others where it ignores the address',
			certainty: 'recorded',
			source: 'public recordings; reports of accounts and proxies that ignore the address',
			usedFor:
				'distinguishing an address without a contact from a response without data; the addresses are compared',
			code: 'contactReads',
			expected: anyOf([200, 'nobody'], [200, 'others']),
			observe: async (run) => {
				const reply = await run.get(`/contacts?email=${encodeURIComponent(run.newAddress())}`);
				if (!Array.isArray(at(reply.body, 'contacts'))) return [outcome(reply), 'no list'];
				return [outcome(reply), rowsOf(reply, 'contacts').length === 0 ? 'nobody' : 'others'];
			},
		},
		{
			name: 'GET /contacts/{id} has these collections beside the contact, unasked',
			certainty: 'recorded',
			source: 'public recordings of 2020, 2021 and 2026',
			expected: UNASKED.filter((name) => name !== 'contactTags'),
			observe: async (run) => {
				const { contact } = await moved(run);
				return UNASKED.filter((name) => Array.isArray(at(contact.body, name)));
			},
		},
		{
			name: 'PUT gives a contact another address and keeps its id and names',
			certainty: 'documented',
			source: 'API reference, Update a contact',
			usedFor: 'matching by contact ID or custom field',
			code: 'update',
			expected: { status: 200, atOld: 0, atNew: 'the contact', firstName: 'Ada' },
			observe: async (run) => {
				const { id, reply, atOld, atNew, contact } = await moved(run);
				return {
					...{ status: outcome(reply), atOld: atOld.length },
					atNew: atNew.length === 1 && atNew[0] === id ? 'the contact' : `${atNew.length} others`,
					firstName: known(at(contact.body, 'contact', 'firstName'), 'Ada'),
				};
			},
		},
		{
			name: 'PUT with the address of another contact is refused with 422 and the code duplicate',
			certainty: 'documented',
			source: 'API reference, Update a contact',
			usedFor: 'the message that another contact has the address',
			code: 'update',
			expected: [422, 'duplicate'],
			observe: async (run) => {
				const taken = run.newAddress();
				await run.newContact({ email: taken });
				const id = await run.newContact();
				const reply = await run.write('PUT', `/contacts/${id}`, { contact: { email: taken } });
				return [outcome(reply), complaint(reply)];
			},
		},
		{
			name: 'PUT for a contact that is gone gives 404',
			certainty: 'documented',
			source: 'API reference, Update a contact',
			usedFor: 'the message that the contact is gone',
			code: 'update',
			expected: 404,
			observe: async (run) => outcome((await gone(run)).changed),
		},
		{
			name: 'DELETE of a contact gives 200 and an empty object',
			certainty: 'recorded',
			source: 'API reference, Delete an existing contact; public recordings',
			usedFor: 'deleting a contact',
			code: 'response',
			expected: [200, 0],
			observe: async (run) => {
				const { first } = await gone(run);
				return [outcome(first), isRecord(first.body) ? Object.keys(first.body).length : kindOf(first.body)];
			},
		},
		{
			name: "GET and DELETE of a contact that is gone give 404 and name it, in the account's language",
			certainty: 'recorded',
			source: 'public recordings, one of them Portuguese',
			usedFor: "the outcome 'notFound'",
			code: 'response',
			expected: anyOf([404, 'in English', 404], [404, 'in another language', 404]),
			observe: async (run) => {
				const { id, read, second } = await gone(run);
				const message = text(at(read.body, 'message'));
				const isEnglish = message === `No Result found for Subscriber with id ${id}`;
				const language = isEnglish ? 'in English' : 'in another language';
				return [outcome(read), message.includes(id) ? language : complaint(read), outcome(second)];
			},
		},
	],
};
