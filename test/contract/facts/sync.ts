import { anyOf, shared, type FactGroup } from '../fact';
import { at, complaint, kindOf, known, madeId, outcome, rowsOf, text } from '../read';
import type { Run } from '../run';

const NO_ADDRESS = 'Contact email must be provided for sync';
const NAMES = { firstName: 'Ada', lastName: 'Contract', phone: '+1 555 0100' };

/** A contact that is created, then updated with one name. */
const twice = shared(async (run) => {
	const email = run.newAddress();
	const created = await run.sync({ email, ...NAMES });
	const updated = await run.sync({ email, lastName: 'Changed' });
	return { created, updated };
});

/** The names that a contact has after it was written with the value in place of each of them. */
async function namesAfter(run: Run, value: unknown): Promise<unknown> {
	const email = run.newAddress();
	const id = madeId(await run.sync({ email, ...NAMES }), 'contact');
	await run.sync({ email, firstName: value, lastName: value, phone: value });
	const contact = await run.get(`/contacts/${id}`);
	return namesIn(contact.body);
}

function namesIn(body: unknown): unknown[] {
	return Object.keys(NAMES).map((key) =>
		known(at(body, 'contact', key), ...Object.values(NAMES), 'Changed', '', null),
	);
}

/** How often an account has an address. */
async function countOf(run: Run, query: string): Promise<unknown> {
	const reply = await run.get(`/contacts?${query}`);
	return reply.kind === 'JSON' ? rowsOf(reply, 'contacts').length : outcome(reply);
}

const REFERENCE = "API reference, Sync a contact's data";
const RECORDINGS = 'public recordings of 2020, 2021 and 2026';

export const syncFacts: FactGroup = {
	title: 'Sync of one contact',
	facts: [
		{
			name: 'A sync that creates a contact returns 201',
			certainty: 'recorded',
			source: `${REFERENCE}; ${RECORDINGS}`,
			usedFor: "the output's action: created or updated; a created contact is not read before its steps",
			code: 'syncOutput',
			expected: 201,
			observe: async (run) => outcome((await twice(run)).created),
		},
		{
			name: 'A sync that updates a contact returns 200',
			certainty: 'recorded',
			source: `${RECORDINGS}; the reference has 201 only`,
			usedFor: "the output's action: created or updated",
			code: 'syncOutput',
			expected: 200,
			observe: async (run) => outcome((await twice(run)).updated),
		},
		{
			name: 'A created contact has cdate equal to udate',
			certainty: 'recorded',
			source: RECORDINGS,
			usedFor: 'distinguishing created from updated where the status does not',
			code: 'syncOutput',
			expected: true,
			observe: async (run) => {
				const { body } = (await twice(run)).created;
				return (
					at(body, 'contact', 'cdate') === at(body, 'contact', 'udate') &&
					at(body, 'contact', 'cdate') !== undefined
				);
			},
		},
		{
			name: 'The id of a synced contact is digits in a string, the same for created and updated',
			certainty: 'recorded',
			source: RECORDINGS,
			usedFor: 'success of a sync: without an id it failed; the steps are made with it',
			code: 'syncOutput',
			expected: ['digits in a string', 'same'],
			observe: async (run) => {
				const { created, updated } = await twice(run);
				const id = at(created.body, 'contact', 'id');
				return [kindOf(id), at(updated.body, 'contact', 'id') === id ? 'same' : 'another'];
			},
		},
		{
			name: 'The body of a created contact is sparse: without bounces',
			certainty: 'recorded',
			source: RECORDINGS,
			expected: 'missing',
			observe: async (run) => kindOf(at((await twice(run)).created.body, 'contact', 'bounced_hard')),
		},
		{
			name: 'The body of an updated contact is a full row with numbers in strings',
			certainty: 'recorded',
			source: RECORDINGS,
			expected: 'digits in a string',
			observe: async (run) => kindOf(at((await twice(run)).updated.body, 'contact', 'bounced_hard')),
		},
		{
			name: 'A name that a sync leaves out keeps its value',
			certainty: 'recorded',
			source: 'public integrations',
			usedFor: 'fields that are not filled in are left out of the request',
			code: 'plan',
			expected: ['Ada', 'Changed', '+1 555 0100'],
			observe: async (run) => {
				const { body } = (await twice(run)).updated;
				return namesIn(body);
			},
		},
		{
			name: 'Null in a name empties it',
			certainty: 'recorded',
			source: 'reports of public integrations',
			expected: anyOf(['', '', ''], [null, null, null]),
			observe: async (run) => await namesAfter(run, null),
		},
		{
			name: 'An empty text in a name empties it',
			certainty: 'believed',
			source: 'null does so',
			usedFor: 'clearing first name, last name and phone',
			code: 'plan',
			expected: ['', '', ''],
			observe: async (run) => await namesAfter(run, ''),
		},
		{
			name: 'A repeated sync leaves one contact',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'a sync is repeated whenever its outcome is unknown',
			code: 'sync',
			expected: 1,
			observe: async (run) => {
				const email = run.newAddress();
				for (let count = 0; count < 2; count++) await run.sync({ email, ...NAMES });
				return await countOf(run, `email=${encodeURIComponent(email)}`);
			},
		},
		{
			name: 'An address is found whatever its case',
			certainty: 'recorded',
			source: 'public integrations',
			usedFor: 'items whose addresses differ in case only are one person',
			code: 'email',
			expected: { status: 200, id: 'same', found: 1 },
			observe: async (run) => {
				const email = run.newAddress();
				const id = madeId(await run.sync({ email }), 'contact');
				const again = await run.sync({ email: email.toUpperCase() });
				return {
					status: outcome(again),
					id: text(at(again.body, 'contact', 'id')) === id ? 'same' : 'another',
					found: await countOf(run, `email=${encodeURIComponent(email.toUpperCase())}`),
				};
			},
		},
		{
			name: 'Blanks around an address are refused',
			certainty: 'believed',
			source: 'nobody has shown it; the node trims addresses',
			expected: 422,
			observe: async (run) => outcome(await run.sync({ email: ` ${run.newAddress()} ` })),
		},
		{
			name: 'An address with a plus is a contact of its own, found with the plus encoded only',
			certainty: 'recorded',
			source: 'public integrations',
			usedFor: 'contacts are looked up by their encoded address',
			code: 'sync',
			expected: { status: 201, encoded: 1, plain: 0 },
			observe: async (run) => {
				const email = run.newAddress().replace('@', '+plus@');
				const status = outcome(await run.sync({ email }));
				const encoded = await countOf(run, `email=${encodeURIComponent(email)}`);
				return { status, encoded, plain: await countOf(run, `email=${email}`) };
			},
		},
		{
			name: 'A sync without an address is refused with 400',
			certainty: 'recorded',
			source: 'public recordings',
			expected: [400, NO_ADDRESS],
			observe: async (run) => {
				const reply = await run.sync({ firstName: 'Ada' });
				return [outcome(reply), complaint(reply, NO_ADDRESS)];
			},
		},
		{
			name: 'A sync with an invalid address is refused with 422 and the code email_invalid',
			certainty: 'recorded',
			source: 'public recordings',
			expected: [422, 'email_invalid'],
			observe: async (run) => {
				const reply = await run.sync({ email: `${run.newName()}@nowhere` });
				return [outcome(reply), complaint(reply)];
			},
		},
		{
			name: 'fieldValues that are an object are refused',
			certainty: 'believed',
			source: 'a known integration sends them by mistake; the node sends an array',
			expected: 400,
			observe: async (run) => outcome(await run.sync({ email: run.newAddress(), fieldValues: {} })),
		},
		{
			name: 'Tags inside a sync are ignored',
			certainty: 'believed',
			source: 'a revision of the reference is said to take them; the node does not send them',
			expected: 0,
			observe: async (run) => {
				const id = await run.newContact({ tags: [run.newName()] });
				return rowsOf(await run.get(`/contacts/${id}/contactTags`), 'contactTags').length;
			},
		},
	],
};
