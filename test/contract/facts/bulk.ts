import { ownField, ownList, SAMPLES } from '../catalog';
import { anyOf, CannotTry, shared, type FactGroup } from '../fact';
import { at, code, kindOf, known, madeId, outcome, rowsOf, text } from '../read';
import type { Run } from '../run';

const KNOWN_STATES: readonly unknown[] = [false, 'waiting', 'claimed', 'active', 'completed'];
const MAX_CONTACTS = 250;
const MAX_BYTES = 399_999;

/** An import of a new contact with everything, and of one that is there, unsubscribed and with a name. */
const imported = shared(async (run) => {
	const list = await ownList(run);
	const field = await ownField(run, 'checkbox');
	const [email, oldEmail] = [run.newAddress(), run.newAddress()];
	const [tag, company] = [run.newName(), run.newName()];
	const oldId = madeId(
		await run.sync({ email: oldEmail, firstName: 'Ada', lastName: 'Contract' }),
		'contact',
	);
	for (const status of [1, 2])
		await run.write('POST', '/contactLists', { contactList: { list, contact: oldId, status } });
	const { reply, info, states } = await run.import({
		contacts: [
			{
				...{
					email,
					first_name: 'Bo',
					lastName: 'Dropped',
					phone: '+1 555 0100',
					customer_acct_name: company,
				},
				tags: [tag],
				fields: [{ id: Number(field.id), value: SAMPLES.checkbox }],
				subscribe: [{ listid: list }],
			},
			{ email: oldEmail, first_name: 'Changed', subscribe: [{ listid: list }] },
		],
		exclude_automations: true,
	});
	const contact = await contactAt(run, email);
	const id = text(contact?.id);
	if (id === '') throw new CannotTry('an imported contact was not found');
	return { list, field, tag, company, oldId, oldEmail, reply, info, states, contact, id };
});

/** A batch with a good contact between two bad ones. */
const refused = shared(async (run) => {
	const good = run.newAddress();
	const bad = [`${run.newName()}@nowhere`, `${run.newName()}@nowhere`];
	const contacts = [bad[0], good, bad[1]].map((email) => ({ email }));
	const reply = await run.write('POST', '/import/bulk_import', { contacts, exclude_automations: true });
	if (text(at(reply.body, 'batchId')) !== '') run.mayStillArrive = true;
	return { good, reply };
});

async function contactAt(run: Run, email: string) {
	return rowsOf(await run.get(`/contacts?email=${encodeURIComponent(email)}`), 'contacts')[0];
}

/** Addresses that the vendor documents as refused; nothing of the batch is imported. */
function refusedAddresses({ name }: Run): string[] {
	const local = [...'"(),:;<>@[\\] '].map((sign) => `${name}${sign}x@example.com`);
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

export const bulkFacts: FactGroup = {
	title: 'Bulk import',
	facts: [
		{
			name: 'An import is taken with 200, success, a batch id and the number of contacts',
			certainty: 'recorded',
			source: `${REFERENCE}; public recordings`,
			usedFor: 'following an import to its end',
			code: 'importInfo',
			expected: { status: 200, success: 'yes', batchId: 'a string', queued: '2' },
			observe: async (run) => {
				const { reply } = await imported(run);
				const success = text(at(reply.body, 'success') ?? at(reply.body, 'Success'));
				return {
					status: outcome(reply),
					success: /^(1|success)$/i.test(success) ? 'yes' : kindOf(success),
					batchId: kindOf(at(reply.body, 'batchId')),
					queued: known(text(at(reply.body, 'queued_contacts')), '2'),
				};
			},
		},
		{
			name: 'The status of an import goes through false, waiting, claimed and active to completed',
			certainty: 'recorded',
			source: `${REFERENCE}; public recordings`,
			usedFor: 'knowing when an import has ended',
			code: 'importInfo',
			expected: ['completed', []],
			observe: async (run) => {
				const { states } = await imported(run);
				return [states.at(-1), states.filter((state) => !KNOWN_STATES.includes(state))];
			},
		},
		{
			name: 'A completed import names the ids of its contacts, and no failures',
			certainty: 'recorded',
			source: `${REFERENCE}; public recordings`,
			usedFor: 'the outcome of each contact',
			code: 'importInfo',
			expected: ['both', 0],
			observe: async (run) => {
				const { info, id, oldId } = await imported(run);
				const success = at(info.body, 'success');
				const ids = Array.isArray(success) ? success.map(text).sort() : [];
				const failure = at(info.body, 'failure');
				const areBoth = String(ids) === String([id, oldId].sort());
				return [areBoth ? 'both' : ids.length, Array.isArray(failure) ? failure.length : kindOf(failure)];
			},
		},
		{
			name: 'An import of one contact has ended within a minute',
			certainty: 'recorded',
			source: 'public recordings: about six seconds',
			expected: 'completed',
			observe: async (run) => code(at((await imported(run)).info.body, 'status')),
		},
		{
			name: 'An unknown batch has the status false',
			certainty: 'believed',
			source: 'a batch has it in its first second',
			expected: [200, false],
			observe: async (run) => {
				const reply = await run.get(`/import/info?batchId=${run.name}`);
				return [outcome(reply), code(at(reply.body, 'status'))];
			},
		},
		{
			name: 'An import takes names in snake_case and drops those in camelCase',
			certainty: 'recorded',
			source: 'reports of public integrations',
			usedFor: 'the contacts of an import',
			code: 'import',
			expected: ['Bo', '', '+1 555 0100'],
			observe: async (run) => {
				const { contact } = await imported(run);
				return [
					known(contact?.firstName, 'Bo'),
					known(contact?.lastName, '', 'Dropped'),
					known(contact?.phone, '+1 555 0100'),
				];
			},
		},
		{
			name: 'An import makes tags by name',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'tags in bulk',
			code: 'import',
			expected: ['the tag'],
			observe: async (run) => {
				const { id, tag } = await imported(run);
				const found = rowsOf(await run.get(`/tags?search=${tag}&limit=100`), 'tags').find(
					(row) => row.tag === tag,
				);
				const links = rowsOf(await run.get(`/contacts/${id}/contactTags`), 'contactTags');
				return links.map((row) => (found && text(row.tag) === text(found.id) ? 'the tag' : 'another'));
			},
		},
		{
			name: 'An import takes values of custom fields, several choices between pipes too',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'custom fields in bulk',
			code: 'import',
			expected: SAMPLES.checkbox,
			observe: async (run) => {
				const { id, field } = await imported(run);
				const rows = rowsOf(await run.get(`/contacts/${id}/fieldValues`), 'fieldValues');
				return known(rows.find((row) => text(row.field) === field.id)?.value, SAMPLES.checkbox);
			},
		},
		{
			name: 'An import subscribes a new contact',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'lists in bulk',
			code: 'import',
			expected: ['1'],
			observe: async (run) => {
				const { id } = await imported(run);
				return rowsOf(await run.get(`/contacts/${id}/contactLists`), 'contactLists').map((row) =>
					code(row.status),
				);
			},
		},
		{
			name: 'An import does not re-subscribe a contact that has unsubscribed',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'nobody is re-subscribed in bulk',
			code: 'import',
			expected: '2',
			observe: async (run) => {
				const { list, oldId } = await imported(run);
				const rows = rowsOf(await run.get(`/contacts/${oldId}/contactLists`), 'contactLists');
				return code(rows.find((row) => text(row.list) === list)?.status);
			},
		},
		{
			name: 'An import updates a contact that is there and keeps what it leaves out',
			certainty: 'recorded',
			source: `${REFERENCE}; public integrations`,
			usedFor: 'fields that are not filled in are left out of the import',
			code: 'import',
			expected: ['Changed', 'Contract', 'same'],
			observe: async (run) => {
				const { oldEmail, oldId } = await imported(run);
				const contact = await contactAt(run, oldEmail);
				const isSame = text(contact?.id) === oldId;
				return [
					known(contact?.firstName, 'Ada', 'Changed'),
					known(contact?.lastName, 'Contract', ''),
					isSame ? 'same' : 'another',
				];
			},
		},
		{
			name: 'customer_acct_name links an imported contact to a company of that name',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'companies in bulk',
			code: 'import',
			expected: 'linked',
			observe: async (run) => {
				const { id, company } = await imported(run);
				const links = rowsOf(await run.get(`/contacts/${id}/accountContacts`), 'accountContacts');
				const found = rowsOf(await run.get(`/accounts?search=${company}&limit=100`), 'accounts');
				const own = found.find((row) => row.name === company);
				if (!own) return 'no such company';
				return links.some((row) => text(row.account) === text(own.id)) ? 'linked' : 'not linked';
			},
		},
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
			name: 'An import refuses addresses with signs or blanks, and with domains that are none',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'addresses that are refused before they are sent',
			code: 'email',
			expected: anyOf('all', 'the first, and names no other'),
			observe: async (run) => {
				const emails = refusedAddresses(run);
				const contacts = emails.map((email) => ({ email }));
				const reply = await run.write('POST', '/import/bulk_import', { contacts });
				if (text(at(reply.body, 'batchId')) !== '') run.mayStillArrive = true;
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
		{
			name: 'The same address twice in a batch is one contact with the later values',
			certainty: 'believed',
			source: 'nobody has shown it; the node never sends an address twice',
			expected: [200, 'Later'],
			observe: async (run) => {
				const email = run.newAddress();
				const contacts = ['Earlier', 'Later'].map((name) => ({ email, first_name: name }));
				const { reply } = await run.import({ contacts, exclude_automations: true });
				return [outcome(reply), known((await contactAt(run, email))?.firstName, 'Earlier', 'Later')];
			},
		},
	],
};
