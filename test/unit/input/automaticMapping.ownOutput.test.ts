import { parseFields } from '../../../nodes/ActiveCampaignSync/fields/field';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { matchCustomFields } from '../../../nodes/ActiveCampaignSync/input/automaticMapping';
import { readItemKeys } from '../../../nodes/ActiveCampaignSync/input/itemKeys';

const ofGetContact = {
	action: 'found',
	id: '7',
	email: 'ann@example.com',
	company: 'Acme',
	jobTitle: 'CEO',
	lists: {},
	tags: ['Lead'],
	automations: {},
	customFields: { Company: 'Apex' },
};
const keysOf = (json: Record<string, unknown>) => {
	const { given, customFields } = readItemKeys(json);
	return [[...given.keys()], [...customFields.keys()]];
};

describe('readItemKeys', () => {
	it('leaves out what Get Contact puts out beside fields, and keeps what was added to it', () => {
		expect(keysOf(ofGetContact)).toEqual([['email'], ['Company']]);
		expect(keysOf({ ...ofGetContact, Company: 'New', Tags: 'x' })).toEqual([
			['email', 'Company', 'Tags'],
			['Company'],
		]);
		expect(keysOf({ action: 'notFound', email: 'ann@example.com', lists: null })).toEqual([['email'], []]);
		expect(keysOf({ action: 'notFound', id: '7' })).toEqual([[], []]);
	});

	it.each([
		['without an action', { ...ofGetContact, action: undefined }],
		['without an action, with an ID and an email alone', { id: '7', email: 'ann@example.com' }],
		['with another action', { ...ofGetContact, action: 'created' }],
		['with an ID that is not a number', { ...ofGetContact, id: 'a7' }],
		['that found nothing, with more keys than Get Contact gives', { ...ofGetContact, action: 'notFound' }],
	])('keeps every key of an item %s', (_name, json) => {
		expect(keysOf(json)[0]).toEqual(Object.keys(json).filter((key) => key !== 'customFields'));
	});

	it.each([['a text'], [['a', 'b']], [null]])(
		'treats customFields that are not an object as a key like any other: %j',
		(customFields) => {
			expect(keysOf({ email: 'ann@example.com', customFields })).toEqual([['email', 'customFields'], []]);
		},
	);
});

describe('matchCustomFields', () => {
	const rows = ['Company', 'Phone', 'Twin', 'Twin'].map((title, index) => ({ id: String(index + 1), title }));
	const catalog = new FieldCatalog(parseFields(rows, []));
	const match = (given: Record<string, unknown>, filled: string[] = []) =>
		matchCustomFields(new Map(Object.entries(given)), new Set(filled), catalog);

	it('finds custom fields by title, also where a standard column has the name, and by title with ID', () => {
		expect(match({ Company: 'Acme', Phone: 'x', 'Twin (4)': 'y' })).toEqual({
			matched: [
				{ reference: '1', mode: 'id', value: 'Acme' },
				{ reference: '2', mode: 'id', value: 'x' },
				{ reference: '4', mode: 'id', value: 'y' },
			],
			unmapped: [],
		});
	});

	it('leaves a field alone that a key of the item fills, and names the keys that no field has', () => {
		expect(match({ Company: 'Acme', Twin: 'x', Gone: 'y' }, ['1'])).toEqual({
			matched: [],
			unmapped: [
				{ key: 'customFields.Twin', reason: 'No custom field has this name' },
				{ key: 'customFields.Gone', reason: 'No custom field has this name' },
			],
		});
	});
});
