import {
	bouncedForGood,
	enrollmentStatus,
	foundContacts,
	partsNotLoaded,
} from '../../../nodes/ActiveCampaignSync/account/contactParts';

const ann = { id: '1', contactLists: ['10', '11'], contactTags: [], fieldValues: ['30'] };
const bob = { id: '2', contactLists: ['12'], contactTags: ['20'], fieldValues: [] };
const response = {
	contacts: [ann, bob],
	contactLists: [
		{ id: '10', contact: '1', list: '401' },
		{ id: '11', contact: 1, list: '402' },
		{ id: '12', contact: '2', list: '401' },
	],
	contactTags: [{ id: '20', contact: '2', tag: '5' }],
	fieldValues: [{ id: '30', contact: '1', field: '1', value: 'x' }],
};

const partsOf = (body: Record<string, unknown>, id: string) =>
	foundContacts(body).find((one) => one.id === id)?.parts ?? new Map<string, never>();

/** How many rows of each part are known of a contact. */
function counts(body: Record<string, unknown>, id: string): Record<string, number> {
	return Object.fromEntries([...partsOf(body, id)].map(([part, rows]) => [part, rows.length]));
}

describe('partsOf', () => {
	it("gives a contact's own rows of all parts that are complete", () => {
		expect(counts(response, '1')).toEqual({ contactLists: 2, contactTags: 0, fieldValues: 1 });
		expect(counts(response, '2')).toEqual({ contactLists: 1, contactTags: 1, fieldValues: 0 });
		expect(
			partsOf(response, '1')
				.get('contactLists')
				?.map(({ id }) => id),
		).toEqual(['10', '11']);
	});

	it('takes ids as numbers and as text', () => {
		const numbers = { contacts: [{ id: 1, contactLists: [10, 11] }], contactLists: response.contactLists };

		expect(counts(numbers, '1')).toEqual({ contactLists: 2 });
	});

	it.each([
		['the contact is not there', { ...response, contacts: [bob] }],
		['there are no contacts', { contactLists: response.contactLists }],
		['the collection is not there', { ...response, contactLists: undefined }],
		['the collection is not a list', { ...response, contactLists: { 0: response.contactLists[0] } }],
		['a row is missing', { ...response, contactLists: response.contactLists.slice(1) }],
		[
			'a row belongs to another contact',
			{ ...response, contactLists: response.contactLists.map((row) => ({ ...row, contact: '2' })) },
		],
		['rows do not say whose they are', { ...response, contactLists: [{ id: '10' }, { id: '11' }] }],
		['the contact names no ids', { ...response, contacts: [{ ...ann, contactLists: undefined }] }],
		[
			'neither an id nor that of a row is one',
			{
				contacts: [{ ...ann, contactLists: ['10', null] }],
				contactLists: [{ id: '10', contact: '1' }, { contact: '1' }],
			},
		],
		['an id is not an id', { ...response, contacts: [{ ...ann, contactLists: ['10', null] }] }],
	])('does not count a part as known when %s', (_when, body) => {
		expect(partsOf(body, '1').has('contactLists')).toBe(false);
	});
});

describe('partsNotLoaded', () => {
	const parts = ['contactLists', 'contactAutomations'] as const;

	it('contains all when one of several contacts was not requested', () => {
		expect(partsNotLoaded({ ...response, contactAutomations: [] }, new Set(['2']), parts)).toEqual(parts);
	});

	it('contains those that the response has no list of', () => {
		expect(partsNotLoaded(response, new Set(['1', '2']), parts)).toEqual(['contactAutomations']);
	});

	it('contains all when the response has contacts that were not requested', () => {
		expect(partsNotLoaded(response, new Set(['1']), parts)).toEqual(parts);
	});

	it('is empty when the response has no contacts', () => {
		expect(partsNotLoaded({ contacts: [] }, new Set(['1']), parts)).toEqual([]);
	});

	it('leaves out a list that is empty for all contacts', () => {
		const body = { contacts: [{ id: '1', contactLists: [], contactAutomations: ['7'] }] };

		expect(partsNotLoaded(body, new Set(['1']), parts)).toEqual(['contactAutomations']);
	});
});

describe('a contact that was found', () => {
	it('has its own row and parts, and the response that they came with', () => {
		expect(foundContacts({ ...response, contacts: [{ ...bob, id: 2 }] })[0]).toEqual({
			id: '2',
			row: { ...bob, id: 2 },
			parts: new Map<string, unknown>([
				['contactLists', [response.contactLists[2]]],
				['contactTags', response.contactTags],
				['fieldValues', []],
			]),
			response: { ...response, contacts: [{ ...bob, id: 2 }] },
		});
	});

	it.each([
		[{ status: '1', completed: '0' }, 'active'],
		[{ status: 2, completed: '0' }, 'ended'],
		[{ status: '2', completed: 1 }, 'completed'],
		[{ status: '1', completed: '1' }, 'completed'],
		[{}, 'active'],
	])('is in an automation, as the row %j says: %s', (row, expected) => {
		expect(enrollmentStatus(row)).toBe(expected);
	});

	it.each([
		[{}, false],
		[{ bounced_hard: '0' }, false],
		[{ bounced_hard: null }, false],
		[{ bounced_hard: '2' }, true],
		[{ bounced_hard: 1 }, true],
	])('has bounced for good by its row %j: %s', (row, expected) => {
		expect(bouncedForGood(row)).toBe(expected);
	});
});
