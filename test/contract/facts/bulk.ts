import { contactAt, ownField, ownList, SAMPLES } from '../catalog';
import { CannotTry, shared, type FactGroup } from '../fact';
import { at, code, kindOf, known, madeId, outcome, rowsOf, text } from '../read';

const KNOWN_STATES: readonly unknown[] = [false, 'waiting', 'claimed', 'active', 'completed'];

/** An import of a new contact with everything, and of one that is there, unsubscribed and with a name. */
const taken = shared(async (run) => {
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
	const followed = await run.follow({
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
	return { ...followed, list, field, tag, company, oldId, oldEmail, email };
});

/** The same import, and what it made. */
const imported = shared(async (run) => {
	const { email, ...others } = await taken(run);
	if (!others.hasEnded) throw new CannotTry('the import did not end');
	const contact = await contactAt(run, email);
	const id = text(contact?.id);
	if (id === '') throw new CannotTry('an imported contact was not found');
	return { ...others, contact, id };
});

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
				const { reply } = await taken(run);
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
				const { states } = await taken(run);
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
			name: 'An import of two contacts has ended within a minute',
			certainty: 'recorded',
			source: 'public recordings: about six seconds',
			expected: 'within a minute',
			observe: async (run) => {
				const { hasEnded, tookMs } = await taken(run);
				return hasEnded && tookMs <= 60_000 ? 'within a minute' : 'later';
			},
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
