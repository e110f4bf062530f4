import { lists, locator } from './harness/parameters';
import { useAccount } from './harness/account';
import { resourceMapping } from './harness/editor';

const PEOPLE = 40;
const byId = { matchBy: 'contactId', contactId: '={{ $json.id }}' };
const byKey = { matchBy: 'customField', matchField: locator('id', '1'), matchValue: '={{ $json.key }}' };

describe('The requests of Match By and Sync Mode', () => {
	const account = useAccount({ fields: [{ title: 'CRM ID' }], lists: ['News'], tags: ['VIP'] });
	const people = () => Array.from({ length: PEOPLE }, (_, index) => `p${index}`);

	/** Items for people of whom all, or none, are there with all that is asked for. */
	function items(areThere: boolean) {
		return people().map((key) => {
			const email = `${key}@example.com`;
			if (!areThere) return { email, key, id: '' };
			const { id } = account.state.addContact({
				email,
				fieldValues: { 'CRM ID': key },
				lists: { News: 'active' },
				tags: ['VIP'],
			});
			return { email, key, id };
		});
	}

	/** How many requests went to contacts and their values, by method and path without IDs. */
	function counts(): Record<string, number> {
		const all = account
			.requests()
			.map((request) => request.replace(/\d+/, ':id'))
			.filter((request) => /contact|fieldValues/.test(request));
		return Object.fromEntries([...new Set(all)].map((one) => [one, all.filter((two) => two === one).length]));
	}

	it.each([
		['Email, Update Only', {}, 'updateOnly', { 'GET /contacts': PEOPLE, 'PUT /contacts/:id': PEOPLE }],
		['Email, Create Only', {}, 'createOnly', { 'GET /contacts': PEOPLE }],
		['Contact ID', byId, 'createOrUpdate', { 'GET /contacts': 1, 'PUT /contacts/:id': PEOPLE }],
		[
			'Custom Field',
			byKey,
			'createOrUpdate',
			{ 'GET /contacts': 1, 'GET /fieldValues': PEOPLE, 'PUT /contacts/:id': PEOPLE },
		],
	])('of contacts that are there, with a list and a tag: %s', async (_what, match, syncMode, expected) => {
		const given = items(true);
		const fieldId = account.state.fieldBy('CRM ID').id;
		const field = 'matchField' in match ? { matchField: locator('id', fieldId) } : {};

		await account.sync(given, {
			...match,
			...field,
			firstName: 'New',
			...lists(['name', 'News', 'subscribe']),
			tagsToAdd: 'VIP',
			options: { syncMode },
		});

		expect(counts()).toEqual(expected);
	});

	it.each([
		['Email, Update Only', {}, 'updateOnly', { 'GET /contacts': PEOPLE }],
		['Email, Create Only', {}, 'createOnly', { 'GET /contacts': PEOPLE, 'POST /contact/sync': PEOPLE }],
		[
			'Custom Field',
			byKey,
			'createOrUpdate',
			// Once before and once after: another worker may have created the same one.
			{ 'GET /contacts': PEOPLE, 'GET /fieldValues': 2 * PEOPLE, 'POST /contact/sync': PEOPLE },
		],
	])('of contacts that are not there: %s', async (_what, match, syncMode, expected) => {
		const fieldId = account.state.fieldBy('CRM ID').id;
		const field = 'matchField' in match ? { matchField: locator('id', fieldId) } : {};

		await account.sync(items(false), { ...match, ...field, options: { syncMode } });

		expect(counts()).toEqual(expected);
	});

	it.each([
		['Email', {}, '', { 'GET /contacts': PEOPLE }],
		['Contact ID', byId, '', { 'GET /contacts/:id': PEOPLE }],
		['Contact ID, a new address', byId, 'new-', { 'GET /contacts': PEOPLE, 'GET /contacts/:id': PEOPLE }],
		['Custom Field', byKey, '', { 'GET /fieldValues': PEOPLE, 'GET /contacts/:id': PEOPLE }],
		[
			'Custom Field, a new address',
			byKey,
			'new-',
			{ 'GET /fieldValues': PEOPLE, 'GET /contacts': PEOPLE, 'GET /contacts/:id': PEOPLE },
		],
	])('of a dry run: %s', async (_what, match, prefix, expected) => {
		const given = items(true).map((item) => ({ ...item, email: `${prefix}${item.email}` }));
		const fieldId = account.state.fieldBy('CRM ID').id;
		const field = 'matchField' in match ? { matchField: locator('id', fieldId) } : {};

		await account.sync(given, { ...match, ...field, options: { dryRun: true } });

		expect(counts()).toEqual(expected);
	});

	it.each([
		['email', ['email']],
		['contactId', []],
		['customField', []],
	])('the form of all fields with Match By %s requires %j', async (matchBy, required) => {
		const { fields } = await resourceMapping('getContactColumns', {
			credentials: account.credentials,
			nodeParameters: { matchBy },
		});

		expect(fields.filter((field) => field.required).map(({ id }) => id)).toEqual(required);
	});
});
