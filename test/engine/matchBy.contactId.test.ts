import { MEMBERSHIP_STATUS } from '../sandbox';
import { automations, customFields, lists, mapAutomatically, mapByHand } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';
import { useAccount } from './harness/account';

const byId = { matchBy: 'contactId', contactId: '={{ $json.id }}' };

describe('Match By Contact ID', () => {
	const account = useAccount({
		fields: [{ title: 'Company' }],
		lists: ['News'],
		tags: ['VIP', 'Lead'],
		automations: ['Welcome'],
	});
	const ids = new Map<string, string>();

	beforeEach(() => {
		for (const name of ['ann', 'bob']) {
			const contact = account.state.addContact({
				email: `${name}@old.example`,
				firstName: name,
				phone: '123',
				lists: { News: 'active' },
				tags: ['VIP'],
				automations: ['Welcome'],
				fieldValues: { Company: 'Acme' },
			});
			ids.set(name, contact.id);
		}
	});
	const idOf = (name: string) => ids.get(name) ?? '';

	it('changes the address of the same contact, which keeps its lists, tags and automations', async () => {
		const { items, hints } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: ` 00${idOf('bob')} `, email: 'bob@new.example' },
			],
			byId,
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', id: idOf('ann'), email: 'ann@new.example', firstName: 'ann' },
			{ action: 'updated', id: idOf('bob'), email: 'bob@new.example', firstName: 'bob' },
		]);
		expect(account.state.contacts().map(({ email }) => email)).toEqual([
			'ann@new.example',
			'bob@new.example',
		]);
		for (const name of ['ann', 'bob']) {
			const contact = account.contact(`${name}@new.example`);
			expect(contact.id).toBe(idOf(name));
			expect([...contact.lists.values()].map(({ status }) => status)).toEqual([MEMBERSHIP_STATUS.active]);
			expect(contact.tags.size).toBe(1);
			expect(account.state.enrollments(contact.email, 'Welcome')).toBe(1);
			expect(account.stored(contact.email, 'Company')).toBe('Acme');
		}
		expect(account.requests()).toEqual([`PUT /contacts/${idOf('ann')}`, `PUT /contacts/${idOf('bob')}`]);
		expect(hints.map(({ message }) => message)).toEqual(['2 items: 2 updated.']);
	});

	it('keeps the address when Email is blank, with each choice of Contact Fields', async () => {
		const input = [
			{ id: idOf('ann'), email: ' ', Company: 'Apex' },
			{ id: idOf('bob'), email: null, Company: 'Apex' },
		];
		const ways = [
			customFields(['name', 'Company', '={{ $json.Company }}']),
			mapByHand({ Company: '={{ $json.Company }}' }),
			mapAutomatically,
		];
		for (const way of ways) {
			for (const name of ['ann', 'bob']) {
				const { id } = account.contact(`${name}@old.example`);
				account.state.setFieldValue(account.contact(id), account.state.fieldBy('Company').id, 'Acme');
			}

			const { status } = await account.sync(input, { ...byId, ...way });

			expect(status).toBe('success');
			expect(account.stored('ann@old.example', 'Company')).toBe('Apex');
			expect(account.stored('bob@old.example', 'Company')).toBe('Apex');
		}
		expect(JSON.stringify(account.sandbox.journal.bodies('PUT'))).not.toContain('email');
	});

	it('maps automatically without any column for the email', async () => {
		const { items } = await account.sync(
			[
				{ id: idOf('ann'), Company: 'Apex' },
				{ id: idOf('bob'), Company: 'X' },
			],
			{
				...byId,
				...mapAutomatically,
			},
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', email: 'ann@old.example' },
			{ action: 'updated', email: 'bob@old.example' },
		]);
	});

	it('fails an item whose contact is gone, with its ID, even when there is nothing to write', async () => {
		const missing = [{ id: '99999', email: 'new@example.com' }, { id: '88888' }, { id: idOf('bob') }];

		const { items } = await account.sync(
			missing,
			{ ...byId, tagsToAdd: 'Lead' },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)).toMatchObject([
			{ error: textWith('No contact has the ID 99999') },
			{ error: textWith('No contact has the ID 88888') },
			{ action: 'updated', tags: [{ name: 'Lead', outcome: 'added' }] },
		]);
		expect(account.state.contacts()).toHaveLength(2);
	});

	it.each([
		['', "'Contact ID' is empty"],
		['abc', "'Contact ID' is not a contact's ID: 'abc'"],
		['1/../2', "'Contact ID' is not a contact's ID: '1/../2'"],
		[0, "'Contact ID' is not a contact's ID: '0'"],
		[null, "'Contact ID' is empty"],
	])('fails an item with the ID %j before anything is sent', async (id, message) => {
		const { items } = await account.sync([{ id }, { id }], byId, { onError: 'continueRegularOutput' });

		expect(jsonOf(items)).toMatchObject([
			{ action: 'failed', error: textWith(message) },
			{ action: 'failed', error: textWith(message) },
		]);
		expect(account.requests()).toEqual([]);
	});

	it('fails an item for a custom field that the account ignores, as a sync by email does', async () => {
		const { items } = await account.sync(
			[{ id: idOf('ann') }, { id: idOf('bob') }],
			{ ...byId, ...customFields(['id', account.state.fieldBy('Company').id, 'Apex']) },
			{ onError: 'continueRegularOutput' },
		);
		expect(jsonOf(items)).toMatchObject([{ action: 'updated' }, { action: 'updated' }]);
		account.sandbox.configure({ deny: ['fields'] });

		const ignored = await account.sync(
			[{ id: idOf('ann') }, { id: idOf('bob') }],
			{ ...byId, ...customFields(['id', '777', 'Apex']) },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(ignored.items)).toMatchObject([
			{ error: textWith("custom field '777' could not be set") },
			{ error: textWith("custom field '777' could not be set") },
		]);
	});

	it('clears and fills blanks as a sync by email does', async () => {
		const fields = {
			...byId,
			phone: '={{ $json.phone }}',
			lastName: '={{ $json.last }}',
			...customFields(['name', 'Company', '={{ $json.company }}']),
		};
		await account.sync(
			[
				{ id: idOf('ann'), phone: '' },
				{ id: idOf('bob'), phone: '456' },
			],
			{
				...fields,
				options: { emptyValues: 'clear' },
			},
		);
		expect([account.contact(idOf('ann')).phone, account.contact(idOf('bob')).phone]).toEqual(['', '456']);
		expect(account.stored(idOf('ann'), 'Company')).toBeUndefined();

		await account.sync(
			[
				{ id: idOf('ann'), phone: '9', company: 'New', email: 'ann@new.example' },
				{ id: idOf('bob'), phone: '9', last: 'Ross', email: 'bob@new.example' },
			],
			{ ...fields, email: '={{ $json.email }}', options: { emptyValues: 'fillOnly' } },
		);

		expect(account.stored(idOf('ann'), 'Company')).toBe('New');
		expect([account.contact(idOf('ann')).phone, account.contact(idOf('bob')).phone]).toEqual(['9', '456']);
		expect(account.contact(idOf('bob')).lastName).toBe('Ross');
		// An address is never blank.
		expect(account.contact(idOf('ann')).email).toBe('ann@old.example');
	});

	it('merges the items of one contact: later values win', async () => {
		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'one@example.com', name: 'One', tag: 'A' },
				{ id: idOf('bob'), email: '' },
				{ id: `0${idOf('ann')}`, email: 'two@example.com', tag: 'B' },
				{ id: idOf('ann'), email: '', tag: 'C' },
			],
			{ ...byId, firstName: '={{ $json.name }}', tagsToAdd: '={{ $json.tag }}' },
		);

		expect(jsonOf(items)[0]).toMatchObject({ email: 'two@example.com', firstName: 'One' });
		expect(jsonOf(items)[3]).toEqual(jsonOf(items)[0]);
		expect(account.contact('two@example.com').tags.size).toBe(4);
		expect(account.sandbox.journal.count('PUT', `/contacts/${idOf('ann')}`)).toBe(1);
	});

	it('does nothing to another contact that the account returns by mistake', async () => {
		const other = account.state.addContact({ email: 'other@example.com' });
		let isFirst = true;
		account.sandbox.rewrite({ method: 'PUT', path: `/contacts/${idOf('ann')}` }, (response) => {
			const isWrong = isFirst;
			isFirst = false;
			return isWrong ? { ...response, body: { contact: { id: other.id, email: other.email } } } : response;
		});

		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: idOf('bob'), email: 'bob@new.example' },
			],
			{ ...byId, tagsToAdd: 'Lead' },
		);

		expect(jsonOf(items)).toMatchObject([{ id: idOf('ann') }, { id: idOf('bob') }]);
		expect(other.tags.size).toBe(0);
	});

	it('subscribes no contact that unsubscribed before its address changed', async () => {
		for (const name of ['ann', 'bob']) account.state.setMembership(idOf(name), 'News', 'unsubscribed');
		account.sandbox.configure({ alwaysCreated: true });

		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: idOf('bob'), email: 'bob@new.example' },
			],
			{ ...byId, ...lists(['name', 'News', 'subscribe']), ...automations(['name', 'Welcome']) },
		);

		expect(jsonOf(items)).toMatchObject([
			{ action: 'updated', lists: [{ name: 'News', outcome: 'keptUnsubscribed' }] },
			{ action: 'updated', lists: [{ name: 'News', outcome: 'keptUnsubscribed' }] },
		]);
		expect(account.state.membershipWrites).toEqual([]);
	});

	it('shows in a dry run a new address, an address that is taken, and an ID that is gone', async () => {
		const { items } = await account.sync(
			[
				{ id: idOf('ann'), email: 'ann@new.example' },
				{ id: idOf('bob'), email: 'ann@old.example' },
				{ id: '99999', email: 'x@example.com' },
				{ id: idOf('bob'), email: '' },
			],
			{ ...byId, options: { dryRun: true, mergeDuplicates: false } },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)).toMatchObject([
			{
				action: 'wouldUpdate',
				email: 'ann@new.example',
				changes: [{ field: 'Email', from: 'ann@old.example', to: 'ann@new.example' }],
			},
			{ error: textWith(`the contact with the ID ${idOf('ann')} has it`) },
			{ error: textWith('No contact has the ID 99999') },
			{ action: 'unchanged', email: 'bob@old.example', changes: [] },
		]);
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
	});
});
