import { foundContacts, type FoundContact } from '../../../nodes/ActiveCampaignSync/account/contactParts';
import { ContactReads } from '../../../nodes/ActiveCampaignSync/account/contactReads';
import { Lookups } from '../../../nodes/ActiveCampaignSync/account/lookups';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { contactDetails, ContactView, rawContact } from '../../../nodes/ActiveCampaignSync/run/contactView';
import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { openAccount } from '../account/fakeAccount';
import { textField } from '../fields/customFields';

const row = {
	id: '7',
	email: 'ann@example.com',
	contactLists: ['1', '2'],
	contactTags: ['1'],
	contactAutomations: ['1'],
	accountContacts: ['1'],
	fieldValues: ['1'],
};
const response = {
	contacts: [row],
	contactLists: [
		{ id: '1', contact: '7', list: '401', status: '1' },
		{ id: '2', contact: '7', list: '402', status: '2' },
	],
	contactTags: [{ id: '1', contact: '7', tag: '5' }],
	contactAutomations: [{ id: '1', contact: '7', automation: '9', status: '1' }],
	accountContacts: [{ id: '1', contact: '7', account: '3', jobTitle: 'CEO' }],
	fieldValues: [{ id: '1', contact: '7', field: '2', value: 'blue' }],
	lists: [
		{ id: '401', name: 'News' },
		{ id: '402', name: 'Alerts', channel: 'sms' },
	],
	tags: [{ id: 5, tag: 'Lead' }, { tag: 'no ID' }, null],
	automations: [{ id: '9', name: 'Welcome' }],
	accounts: [{ id: '3', name: '' }],
};
const forbidden = (what: string) =>
	new AccountFailure('forbidden', `The token may not see ${what}`, 'Ask an admin');

const foundOne = () => {
	const [contact] = foundContacts(response);
	if (!contact) throw new Error('none');
	return contact;
};

async function openView() {
	const { account } = await openAccount(() => ({ thrown: new Error('Nobody expected this request') }));
	const [reads, lookups] = [new ContactReads(account), new Lookups(account)];
	const view = new ContactView(reads, lookups);
	const scope = account.scope([0, 1]);
	return {
		scope,
		show: async (contact: FoundContact, isSimple: boolean) => await view.show(scope, contact, isSimple),
		part: jest.spyOn(reads, 'part'),
		names: jest.spyOn(lookups, 'names'),
		fields: jest.spyOn(lookups, 'fields').mockResolvedValue(new FieldCatalog([textField('2', 'Color')])),
	};
}

describe('a contact that is shown', () => {
	it('has names in place of IDs: those that came along, and else those that are looked up', async () => {
		const { show, part, names } = await openView();
		names.mockResolvedValue(new Map([['3', 'Acme']]));

		expect(await show(foundOne(), true)).toEqual({
			action: 'found',
			id: '7',
			email: 'ann@example.com',
			lists: { News: 'active', 'Alerts (SMS)': 'unsubscribed' },
			tags: ['Lead'],
			automations: { Welcome: 'active' },
			firstName: '',
			lastName: '',
			phone: '',
			company: 'Acme',
			jobTitle: 'CEO',
			customFields: { Color: 'blue' },
		});
		// Its name came empty.
		expect(names.mock.calls).toEqual([['company', ['3']]]);
		expect(part).not.toHaveBeenCalled();
	});

	it('is as the account has it, without names', async () => {
		const { show, names, fields } = await openView();

		const { contact, ...parts } = await show(foundOne(), false);

		expect(contact).toEqual(row);
		expect(parts).toEqual(Object.fromEntries(foundOne().parts));
		for (const spy of [names, fields]) expect(spy).not.toHaveBeenCalled();
	});

	it('has the parts that did not come along read by themselves, and each name looked up once', async () => {
		const { show, scope, part, names, fields } = await openView();
		part.mockImplementation(
			async (_scope, _id, name) =>
				await Promise.resolve({
					value: name === 'contactTags' ? ['5', '6', '5', null].map((tag) => ({ tag })) : [],
					readAt: 0,
				}),
		);
		names.mockResolvedValue(new Map([['5', 'Lead']]));
		const found = { id: '7', row, parts: new Map([['contactLists' as const, []]]), response: {} };

		const shownTags: unknown = expect.arrayContaining(['Lead', 'ID 6']);
		expect(await show(found, true)).toMatchObject({ tags: shownTags, company: '', customFields: {} });
		expect(part.mock.calls).toEqual(
			['contactTags', 'contactAutomations', 'fieldValues', 'accountContacts'].map((name) => [
				scope,
				'7',
				name,
			]),
		);
		// A row that leads nowhere has no name.
		expect(names.mock.calls).toEqual([['tag', ['5', '6']]]);
		expect(fields).not.toHaveBeenCalled();
	});

	it('lacks the parts that the token may not see, and says so', async () => {
		const { show, part } = await openView();
		part.mockImplementation(async (_scope, _id, name) => await Promise.reject(forbidden(name)));
		const found = { id: '7', row, parts: new Map([['contactTags' as const, []]]), response: {} };

		const json = await show(found, true);

		expect(json['warnings']).toEqual([
			'The token may not see accountContacts, so it is omitted',
			'The token may not see contactAutomations, so it is omitted',
			'The token may not see contactLists, so it is omitted',
			'The token may not see fieldValues, so it is omitted',
		]);
		expect(Object.keys(json)).toEqual([
			...['action', 'id', 'email', 'tags', 'firstName', 'lastName', 'phone', 'warnings'],
		]);
		expect(Object.keys(await show(found, false))).toEqual(['contact', 'contactTags', 'warnings']);
	});

	it('has IDs in place of the names that the token may not see, and says so', async () => {
		const { show, names, fields } = await openView();
		names.mockImplementation(async (kind) => await Promise.reject(forbidden(kind)));
		fields.mockRejectedValue(forbidden('fields'));

		expect(await show({ ...foundOne(), response: {} }, true)).toMatchObject({
			lists: { 'ID 401': 'active', 'ID 402': 'unsubscribed' },
			tags: ['ID 5'],
			automations: { 'ID 9': 'active' },
			company: 'ID 3',
			customFields: { 'Custom field 2': 'blue' },
			warnings: [
				'The token may not see automation, so IDs are shown instead of names',
				'The token may not see company, so IDs are shown instead of names',
				'The token may not see fields, so IDs are shown instead of names',
				'The token may not see list, so IDs are shown instead of names',
				'The token may not see tag, so IDs are shown instead of names',
			],
		});
	});

	it('fails with all other failures', async () => {
		const down = new AccountFailure('unavailable', 'It is down', 'Wait');
		const { show, part, names } = await openView();
		names.mockRejectedValue(down);
		await expect(show(foundOne(), true)).rejects.toBe(down);

		part.mockRejectedValue(down);
		const found = { id: '7', row, parts: new Map(), response: {} };
		await expect(show(found, false)).rejects.toBe(down);
	});
});

describe('what is put out of a contact', () => {
	const oddRow = {
		id: 7,
		email: 'ann@example.com',
		firstName: null,
		contactLists: ['1', '2', '3', '4', '5', '6'],
		contactAutomations: ['1', '2', '3'],
		contactTags: ['1', '2'],
		accountContacts: ['1'],
	};
	const statuses = ['0', 1, '2', '3', '91', '42'];
	const oddResponse = {
		contacts: [oddRow],
		contactLists: statuses.map((status, index) => ({
			id: index + 1,
			contact: '7',
			list: String(401 + index),
			status,
		})),
		contactAutomations: [
			{ id: '1', contact: '7', automation: '9', status: '1', completed: 0 },
			{ id: '2', contact: '7', automation: '9', status: '2', completed: '1' },
			{ id: '3', contact: '7', automation: '8', status: 2, completed: 0 },
		],
		contactTags: [
			{ id: '1', contact: '7', tag: '5' },
			{ id: '2', contact: '7', tag: '5' },
		],
		accountContacts: [{ id: '1', contact: '7', account: '3', jobTitle: null }],
	};
	const parts = foundContacts(oddResponse)[0]?.parts ?? new Map();
	const names = {
		list: new Map([['401', 'News (SMS)']]),
		tag: new Map([['5', 'Lead']]),
		automation: new Map([['9', 'Welcome']]),
		company: new Map([['3', 'Acme']]),
	};
	const nothing = new FieldCatalog([]);

	describe('contactDetails', () => {
		it('puts statuses in words, and IDs where a name is not known', () => {
			expect(contactDetails(oddRow, parts, names, nothing)).toEqual({
				action: 'found',
				id: '7',
				email: 'ann@example.com',
				firstName: '',
				lastName: '',
				phone: '',
				company: 'Acme',
				jobTitle: '',
				lists: {
					'News (SMS)': 'unconfirmed',
					'ID 402': 'active',
					'ID 403': 'unsubscribed',
					'ID 404': 'bounced',
					'ID 405': 'removed',
					'ID 406': '42',
				},
				tags: ['Lead'],
				automations: { Welcome: 'active', 'ID 8': 'ended' },
			});
		});

		it('begins with who it is and what a table has room for', () => {
			expect(Object.keys(contactDetails(oddRow, parts, names, nothing))).toEqual([
				...['action', 'id', 'email', 'lists', 'tags', 'automations'],
				...['firstName', 'lastName', 'phone', 'company', 'jobTitle'],
			]);
		});

		it('leaves out the parts that are not known, and the fields without a value', () => {
			const values = new Map([
				[
					'fieldValues' as const,
					[
						{ id: '1', contact: '7', field: '2', value: 'x' },
						{ id: '2', contact: '7', field: '3', value: '' },
						{ id: '3', contact: '7', field: '4', value: null },
						{ id: '4', contact: '7', field: 'odd', value: 'y' },
					],
				],
			]);

			const details = contactDetails(oddRow, values, names, nothing);

			expect(Object.keys(details)).toEqual([
				...['action', 'id', 'email', 'firstName', 'lastName', 'phone', 'customFields'],
			]);
			expect(details['customFields']).toEqual({ 'Custom field 2': 'x' });
		});
	});

	describe('the company and the custom values of contactDetails', () => {
		it('are the first company with its job title, and blank for a contact without one', () => {
			const link = { id: '1', contact: '7', account: '3', jobTitle: 'CEO' };
			const shown = (links: Array<typeof link>) =>
				contactDetails(oddRow, new Map([['accountContacts' as const, links]]), names, nothing);

			expect(shown([link])).toMatchObject({ company: 'Acme', jobTitle: 'CEO' });
			expect(shown([])).toMatchObject({ company: '', jobTitle: '' });
		});

		it("are in the account's order of fields, those that it does not list last", () => {
			const catalog = new FieldCatalog([textField('3', 'City'), textField('2', 'Color')]);
			const values = ['9', '2', '3'].map((field) => ({
				id: field,
				contact: '7',
				field,
				value: `in ${field}`,
			}));

			const details = contactDetails(oddRow, new Map([['fieldValues' as const, values]]), names, catalog);

			expect(Object.entries(details['customFields'] ?? {})).toEqual([
				['City', 'in 3'],
				['Color', 'in 2'],
				['Custom field 9', 'in 9'],
			]);
		});
	});

	describe('rawContact', () => {
		it("gives the account's own rows, in the shape of a single contact's response", () => {
			const raw = rawContact(oddRow, parts);

			expect(Object.keys(raw)).toEqual([
				'contact',
				'contactLists',
				'contactTags',
				'contactAutomations',
				'accountContacts',
			]);
			expect(raw['contact']).toEqual(oddRow);
			expect(raw['contactTags']).toEqual(oddResponse.contactTags);
		});
	});
});
