import { contactDetails, rawContact } from '../../../nodes/ActiveCampaignSync/run/contactDetails';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { foundContacts } from '../../../nodes/ActiveCampaignSync/account/contactParts';
import { textField } from '../fields/customFields';

const row = {
	id: 7,
	email: 'ann@example.com',
	firstName: null,
	contactLists: ['1', '2', '3', '4', '5', '6'],
	contactAutomations: ['1', '2', '3'],
	contactTags: ['1', '2'],
	accountContacts: ['1'],
};
const statuses = ['0', 1, '2', '3', '91', '42'];
const response = {
	contacts: [row],
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
const parts = foundContacts(response)[0]?.parts ?? new Map();
const names = {
	list: new Map([['401', 'News (SMS)']]),
	tag: new Map([['5', 'Lead']]),
	automation: new Map([['9', 'Welcome']]),
	company: new Map([['3', 'Acme']]),
};
const nothing = new FieldCatalog([]);

describe('contactDetails', () => {
	it('puts statuses in words, and IDs where a name is not known', () => {
		expect(contactDetails(row, parts, names, nothing)).toEqual({
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
		expect(Object.keys(contactDetails(row, parts, names, nothing))).toEqual([
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

		const details = contactDetails(row, values, names, nothing);

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
			contactDetails(row, new Map([['accountContacts' as const, links]]), names, nothing);

		expect(shown([link])).toMatchObject({ company: 'Acme', jobTitle: 'CEO' });
		expect(shown([])).toMatchObject({ company: '', jobTitle: '' });
	});

	it("are in the account's order of fields, those that it does not list last", () => {
		const catalog = new FieldCatalog([textField('3', 'City'), textField('2', 'Color')]);
		const values = ['9', '2', '3'].map((field) => ({ id: field, contact: '7', field, value: `in ${field}` }));

		const details = contactDetails(row, new Map([['fieldValues' as const, values]]), names, catalog);

		expect(Object.entries(details['customFields'] ?? {})).toEqual([
			['City', 'in 3'],
			['Color', 'in 2'],
			['Custom field 9', 'in 9'],
		]);
	});
});

describe('rawContact', () => {
	it("gives the account's own rows, in the shape of a single contact's response", () => {
		const raw = rawContact(row, parts);

		expect(Object.keys(raw)).toEqual([
			'contact',
			'contactLists',
			'contactTags',
			'contactAutomations',
			'accountContacts',
		]);
		expect(raw['contact']).toEqual(row);
		expect(raw['contactTags']).toEqual(response.contactTags);
	});
});
