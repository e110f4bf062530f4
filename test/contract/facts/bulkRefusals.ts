import { contactAt } from '../catalog';
import { anyOf, CannotTry, shared, type FactGroup } from '../fact';
import { known, outcome, rowsOf } from '../read';
import type { Run } from '../run';

const MAX_CONTACTS = 250;
const MAX_BYTES = 399_999;

/** A batch with a good contact between two bad ones. */
const refused = shared(async (run) => {
	const good = run.newAddress();
	const bad = [`${run.newName()}@nowhere`, `${run.newName()}@nowhere`];
	const contacts = [bad[0], good, bad[1]].map((email) => ({ email }));
	const reply = await run.write('POST', '/import/bulk_import', { contacts, exclude_automations: true });
	return { good, reply };
});

/** Addresses that the vendor documents as refused; nothing of the batch is imported. */
function refusedAddresses({ name }: Run): string[] {
	const local = Array.from('"(),:;<>@[\\] ', (sign) => `${name}${sign}x@example.com`);
	return [...local, `${name}@nowhere`, `${name}@example.c`];
}

/** The reply to a batch that is refused in any case: its last contact is bad. */
async function tooMuch(run: Run, contacts: Array<Record<string, unknown>>): Promise<unknown> {
	// Where a bad contact does not keep its batch from being imported, the others would be.
	if (outcome((await refused(run)).reply) !== 400)
		throw new CannotTry('a batch with a bad contact is not refused');
	const batch = [...contacts, { email: `${run.newName()}@nowhere` }];
	const reply = await run.write('POST', '/import/bulk_import', { contacts: batch });
	const isForContact = rowsOf(reply, 'failureReasons').length > 0;
	return [outcome(reply), isForContact ? 'for its bad contact' : 'as a whole'];
}

const REFERENCE = 'API reference, Bulk import contacts';

export const bulkRefusalFacts: FactGroup = {
	title: 'Bulk import, refused',
	facts: [
		{
			name: 'One bad contact has its whole batch refused with 400',
			certainty: 'recorded',
			source: 'public recordings',
			usedFor: 'taking bad contacts out of a batch',
			code: 'rejectedBatch',
			expected: [400, 'nobody imported'],
			observe: async (run) => {
				const { good, reply } = await refused(run);
				return [outcome(reply), (await contactAt(run, good)) ? 'imported' : 'nobody imported'];
			},
		},
		{
			name: 'A refused batch names its bad contacts by their place, counted from 1',
			certainty: 'recorded',
			source: 'public recordings; whether it names all of them is not known',
			usedFor: 'taking bad contacts out of a batch',
			code: 'rejectedBatch',
			expected: anyOf([1, 3], [1]),
			observe: async (run) =>
				rowsOf((await refused(run)).reply, 'failureReasons').map(({ contact }) => known(contact, 0, 1, 2, 3)),
		},
		{
			name: 'A refused batch names all of its bad contacts',
			certainty: 'believed',
			source: 'public recordings have one',
			expected: 2,
			observe: async (run) => rowsOf((await refused(run)).reply, 'failureReasons').length,
		},
		{
			name: 'An import refuses addresses with signs or blanks, and with invalid domains',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'addresses that are refused before they are sent',
			code: 'email',
			expected: anyOf('all', 'the first, and names no other'),
			observe: async (run) => {
				const emails = refusedAddresses(run);
				const contacts = emails.map((email) => ({ email }));
				const reply = await run.write('POST', '/import/bulk_import', { contacts });
				const named = rowsOf(reply, 'failureReasons').map(({ contact }) => contact);
				if (named.length === 1 && named[0] === 1) return 'the first, and names no other';
				return named.length === emails.length ? 'all' : `${named.length} of ${emails.length}`;
			},
		},
		{
			name: `More than ${MAX_CONTACTS} contacts are refused as a whole`,
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'the size of a batch',
			code: 'importBatches',
			expected: [400, 'as a whole'],
			observe: async (run) =>
				await tooMuch(
					run,
					Array.from({ length: MAX_CONTACTS }, () => ({ email: run.newAddress() })),
				),
		},
		{
			name: `More than ${MAX_BYTES} bytes are refused as a whole`,
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'the size of a batch',
			code: 'importBatches',
			expected: [400, 'as a whole'],
			observe: async (run) => await tooMuch(run, [{ email: run.newAddress(), phone: '0'.repeat(MAX_BYTES) }]),
		},
	],
};
