import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { jsonOf, textLike, textWith } from './harness/results';
import type { RunOptions } from './harness/runWorkflow';

const OPERATION = { operation: 'getContact' };
const byId = { ...OPERATION, matchBy: 'contactId', contactId: '={{ $json.id }}' };
const returnNotFound = { options: { ifNotFound: 'returnNotFound' } };

describe('Get Contact', () => {
	const account = useAccount({
		fields: [
			{ title: 'Company', lists: ['0'] },
			{
				title: 'Languages',
				type: 'checkbox',
				options: [
					{ value: 'de', label: 'German' },
					{ value: 'fr', label: 'French' },
				],
			},
			{ title: 'Industry', type: 'dropdown', options: [{ value: 'it', label: 'IT' }] },
			{ title: 'Score', type: 'number' },
			{ title: 'Twin' },
			{ title: 'Twin' },
			{ title: '', perstag: 'SECRET' },
		],
		lists: ['News', { name: 'Alerts', channel: 'sms' }, 'Offers'],
		tags: ['Lead', 'VIP'],
		automations: ['Welcome', 'Nurture'],
	});
	beforeEach(() => {
		account.state.addContact({
			email: 'ann@example.com',
			firstName: 'Ann',
			lastName: 'Lee',
			phone: '+49 30 1',
			fieldValues: {
				Company: 'Acme',
				Languages: '||de||fr||',
				Industry: 'it',
				Score: '1.234',
				SECRET: 'x',
			},
			lists: { News: 'active', Alerts: 'unsubscribed', Offers: 42 },
			tags: ['VIP', 'Lead'],
			automations: ['Welcome', 'Nurture'],
			company: 'Acme Inc.',
			jobTitle: 'CEO',
		});
		account.state.completeAutomation('ann@example.com', 'Welcome');
		account.state.addContact({ email: 'bob@example.com', lists: { News: 'bounced' } });
		const twins = [...account.state.fields.values()].filter(({ title }) => title === 'Twin');
		account.state.addContact({
			email: 'cleo@example.com',
			fieldValues: Object.fromEntries(twins.map(({ id }, index) => [id, `twin ${index}`])),
		});
	});
	const idOf = (email: string) => account.contact(email).id;
	const get = async (
		items: IDataObject[],
		parameters: INodeParameters = {},
		more: Partial<Pick<RunOptions, 'onError' | 'signal'>> = {},
	) => await account.sync(items, { ...OPERATION, ...parameters }, more);
	const ann = () => ({
		action: 'found',
		id: idOf('ann@example.com'),
		email: 'ann@example.com',
		lists: { News: 'active', 'Alerts (SMS)': 'unsubscribed', Offers: '42' },
		tags: ['VIP', 'Lead'],
		automations: { Welcome: 'completed', Nurture: 'active' },
		firstName: 'Ann',
		lastName: 'Lee',
		phone: '+49 30 1',
		company: 'Acme Inc.',
		jobTitle: 'CEO',
		customFields: {
			Company: 'Acme',
			Languages: ['German', 'French'],
			Industry: 'IT',
			Score: 1.234,
			'%SECRET%': 'x',
		},
	});
	const bob = () => ({
		action: 'found',
		id: idOf('bob@example.com'),
		email: 'bob@example.com',
		firstName: '',
		lastName: '',
		phone: '',
		company: '',
		jobTitle: '',
		lists: { News: 'bounced' },
		tags: [],
		automations: {},
		customFields: {},
	});

	it('returns a contact by its email address, with names instead of IDs, in one request besides the one for the fields', async () => {
		const run = await get([{ email: ' Bob@Example.com ' }, { email: 'ann@example.com' }]);

		expect(jsonOf(run.items)).toEqual([bob(), ann()]);
		expect(Object.keys(jsonOf(run.items)[1] ?? {})).toEqual(Object.keys(ann()));
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(account.requests().sort()).toEqual(['GET /contacts', 'GET /contacts', 'GET /fields']);
		expect(run.hints.map(({ message }) => message)).toEqual(['2 items: 2 found.']);
	});

	it('takes one request for a contact without custom values, and adds no hint for a single item', async () => {
		const run = await get([{ email: 'bob@example.com' }]);

		expect(jsonOf(run.items)).toEqual([bob()]);
		expect(account.requests()).toEqual(['GET /contacts']);
		expect(run.hints).toEqual([]);
	});

	it('takes one request to find out that a single contact ID does not exist', async () => {
		const id = idOf('bob@example.com');
		const run = await get([{ id }], byId);
		const missing = await get([{ id: 999_999 }], { ...byId, ...returnNotFound });

		expect(jsonOf(run.items)).toEqual([bob()]);
		expect(jsonOf(missing.items)).toEqual([{ action: 'notFound', id: '999999' }]);
		expect(account.requests()).toEqual([`GET /contacts/${id}`, 'GET /contacts/999999']);
	});

	it('reads 250 contacts by ID in three requests', async () => {
		const emails = Array.from({ length: 250 }, (_, index) => `c${index}@example.com`);
		const items = emails.map((email) => ({ id: account.state.addContact({ email, tags: ['Lead'] }).id }));

		const run = await get(items, byId);

		expect(jsonOf(run.items).map(({ email }) => email)).toEqual(emails);
		expect(jsonOf(run.items).every(({ tags }) => JSON.stringify(tags) === '["Lead"]')).toBe(true);
		expect(account.requests()).toEqual(['GET /contacts', 'GET /contacts', 'GET /contacts']);
	});

	it('names a field by its title and ID where fields share the title', async () => {
		const [{ customFields } = {}] = jsonOf((await get([{ email: 'cleo@example.com' }])).items);

		expect(Object.keys(customFields ?? {})).toEqual([textWith('Twin ('), textWith('Twin (')]);
		expect(Object.values(customFields ?? {})).toEqual(['twin 0', 'twin 1']);
	});

	it('reads a contact once for several items, and outputs it for each with its own options', async () => {
		const items = [
			{ email: 'bob@example.com', simplify: true },
			{ email: 'BOB@example.com', simplify: false },
			{ email: 'bob@example.com', simplify: true },
		];

		const run = await get(items, { options: { simplify: '={{ $json.simplify }}' } });

		const [first, raw, third] = jsonOf(run.items);
		expect([first, third]).toEqual([bob(), bob()]);
		expect(raw).toMatchObject({
			contact: { id: idOf('bob@example.com'), email: 'bob@example.com', bounced_hard: '0' },
			contactLists: [{ status: '3' }],
			contactTags: [],
			contactAutomations: [],
			fieldValues: [],
			accountContacts: [],
		});
		expect(account.requests()).toEqual(['GET /contacts']);
	});

	it('reads contacts given by ID once for items with options of their own', async () => {
		const [annId, bobId] = [idOf('ann@example.com'), idOf('bob@example.com')];
		const items = [
			{ id: bobId, simplify: true, ifNotFound: 'fail' },
			{ id: 999_999, simplify: true, ifNotFound: 'returnNotFound' },
			{ id: bobId, simplify: false, ifNotFound: 'fail' },
			{ id: annId, simplify: true, ifNotFound: 'fail' },
			{ id: 999_999, simplify: true, ifNotFound: 'fail' },
		];
		const options = { simplify: '={{ $json.simplify }}', ifNotFound: '={{ $json.ifNotFound }}' };

		const run = await get(items, { ...byId, options }, { onError: 'continueRegularOutput' });

		expect(jsonOf(run.items)).toMatchObject([
			bob(),
			{ action: 'notFound', id: '999999' },
			{ contact: { id: bobId } },
			ann(),
			{ action: 'failed', error: textWith('No contact has the ID 999999') },
		]);
		expect(account.requests().sort()).toEqual(['GET /contacts', 'GET /contacts/999999', 'GET /fields']);
	});

	it('fails an item whose contact does not exist, and gets the others', async () => {
		const items = [{ email: 'nobody@example.com' }, { email: 'bob@example.com' }];

		const stopped = await get(items);
		const run = await get(items, {}, { onError: 'continueRegularOutput' });

		expect(stopped.error?.message).toBe("No contact has the email 'nobody@example.com'");
		expect(stopped.error?.description).toContain("set the option 'If Not Found' to 'Return Not Found'");
		expect(stopped.error?.description).toContain('1 of 2 items was processed');
		expect(jsonOf(run.items)).toMatchObject([
			{ action: 'failed', email: 'nobody@example.com', error: textWith('nobody@example.com') },
			bob(),
		]);
		expect(run.hints.map(({ message }) => message)).toEqual(['2 items: 1 found, 1 failed.']);
	});

	it("outputs the action 'notFound' for contacts that do not exist when 'If Not Found' is set so", async () => {
		const byEmail = await get(
			[{ email: 'nobody@example.com' }, { email: 'ann@example.com' }],
			returnNotFound,
		);
		const ids = [{ id: 999_999 }, { id: idOf('bob@example.com') }, { id: '0999998' }];
		const byIds = await get(ids, { ...byId, ...returnNotFound });

		expect(jsonOf(byEmail.items)).toEqual([{ action: 'notFound', email: 'nobody@example.com' }, ann()]);
		expect(jsonOf(byIds.items)).toEqual([
			{ action: 'notFound', id: '999999' },
			bob(),
			{ action: 'notFound', id: '999998' },
		]);
		expect(byIds.hints.map(({ message }) => message)).toEqual(['3 items: 1 found, 2 not found.']);
	});

	it.each([
		[{}, '', "'Email' is empty"],
		[{}, 'ann', "'Email' is not a valid email address: 'ann' (the @ is missing)"],
		[byId, ' ', "'Contact ID' is empty"],
		[byId, 'ann', "'Contact ID' is not a contact's ID: 'ann' (an ID is a number above 0)"],
		[byId, '1/../2', "'Contact ID' is not a contact's ID: '1/../2' (an ID is a number above 0)"],
		[byId, 1.5, "'Contact ID' is not a contact's ID: '1.5' (an ID is a number above 0)"],
		[byId, 0, "'Contact ID' is not a contact's ID: '0' (an ID is a number above 0)"],
	])('sends no request for an item that names no contact: %j %j', async (parameters, given, message) => {
		const items = [
			{ id: given, email: given },
			{ id: given, email: given },
		];

		const run = await get(items, parameters, { onError: 'continueRegularOutput' });

		expect(jsonOf(run.items)).toMatchObject([
			{ action: 'failed', error: textWith(message) },
			{ action: 'failed', error: textWith(message) },
		]);
		expect(account.requests()).toEqual([]);
	});

	it.each([
		['ignores include', { sideLoading: { ignoresInclude: true } }],
		['does not know a collection', { sideLoading: { unknown: ['contactAutomations', 'accountContacts'] } }],
		['does not know nested names', { sideLoading: { unknown: ['contactTags.tag', 'contactLists.list'] } }],
		['leaves out rows', { sideLoading: { withoutRows: ['contactTags', 'fieldValues'] } }],
		['adds the rows of others', { sideLoading: { rowsOfOthers: true } }],
		['ignores the filter by IDs', { unknownIdFilters: ['ids' as const] }],
		['takes only short URLs', { maxUrlLength: 200 }],
	])('returns the same where the account %s', async (_name, settings) => {
		account.sandbox.configure(settings);
		const emails = ['ann@example.com', 'bob@example.com'];

		const byEmail = await get(emails.map((email) => ({ email })));
		const byIds = await get(
			emails.map((email) => ({ id: idOf(email) })),
			byId,
		);
		const single = await get([{ id: idOf('ann@example.com') }], byId);

		expect(jsonOf(byEmail.items)).toEqual([ann(), bob()]);
		expect(jsonOf(byIds.items)).toEqual([ann(), bob()]);
		expect(jsonOf(single.items)).toEqual([ann()]);
	});

	it('reports a contact as not found only after a read of its ID when the account ignores the filter by IDs', async () => {
		for (let index = 0; index < 120; index += 1) account.state.addContact({ email: `c${index}@example.com` });
		account.sandbox.configure({ unknownIdFilters: ['ids'] });
		const items = [{ id: idOf('c119@example.com') }, { id: 999_999 }];

		const run = await get(items, { ...byId, ...returnNotFound });

		expect(jsonOf(run.items)).toMatchObject([
			{ action: 'found', email: 'c119@example.com' },
			{ action: 'notFound', id: '999999' },
		]);
	});

	it('names the parts that the token may not see, and returns the others', async () => {
		account.sandbox.configure({ deny: ['fields', 'tags'], sideLoading: { ignoresInclude: true } });

		const run = await get([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);

		const [first, second] = jsonOf(run.items);
		expect(first).toMatchObject({
			...ann(),
			tags: ['ID 602', 'ID 601'],
			customFields: { 'Custom field 1': 'Acme' },
		});
		expect(first?.['warnings']).toEqual([
			textLike(/read the custom fields: .*, so IDs are shown instead of names$/),
			textLike(/read the tags: .*, so IDs are shown instead of names$/),
		]);
		expect(second).toEqual(bob());
	});

	it('leaves out a part that the token may not see', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		account.sandbox.failNext({ path: /\/contactAutomations$/, times: 99 }, 'forbidden');

		const run = await get([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);

		for (const json of jsonOf(run.items)) {
			expect(json).not.toHaveProperty('automations');
			expect(json['warnings']).toEqual([textLike(/read the contact's automations.*, so it is omitted$/)]);
		}
	});

	it.each([
		['too many requests', 'rateLimited'],
		['a server error', 'serverError'],
		['a page in place of data', 'html502'],
		['a cut connection', 'resetBeforeWrite'],
		['no data', 'emptyOk'],
		['a passing 403', 'forbidden'],
	] as const)('gets every contact after %s', async (_name, fault) => {
		const items = ['ann@example.com', 'bob@example.com'].map((email) => ({ email, id: idOf(email) }));
		account.sandbox.failNext({ path: /^\/contacts/, times: 2 }, fault);
		const byEmail = await get(items);
		account.sandbox.failNext({ path: /^\/contacts/, times: 2 }, fault);
		const byIds = await get(items, byId);

		expect(jsonOf(byEmail.items)).toEqual([ann(), bob()]);
		expect(jsonOf(byIds.items)).toEqual([ann(), bob()]);
	});

	it('fails the items while the account is down, and reports no contact as not found', async () => {
		account.sandbox.startSpell({ fault: 'serverError', forMs: 3_600_000 });
		const items = [{ email: 'ann@example.com' }, { email: 'nobody@example.com' }];

		const run = await get(items, returnNotFound, { onError: 'continueErrorOutput' });

		expect(run.items).toEqual([]);
		expect(jsonOf(run.errorItems)).toMatchObject([
			{ error: textWith('ActiveCampaign could not read the contact right now') },
			{ error: textWith('ActiveCampaign could not read the contact right now') },
		]);
	});

	it('reads no further contact once the run is stopped', async () => {
		account.sandbox.configure({ latencyMs: 1_000 });
		const items = Array.from({ length: 200 }, (_, index) => ({ email: `c${index}@example.com` }));
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 500);

		const run = await get(items, { options: { requestsPerSecond: 5 } }, { signal: controller.signal });

		expect(run.status).toBe('canceled');
		expect(account.requests().length).toBeLessThan(10);
	});
});
