import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { asText } from '../guards';
import { sampled } from '../size';
import { useAccount } from './harness/account';
import { locator, mapAutomatically } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';
import type { RunOptions } from './harness/runWorkflow';

const OPERATION = { operation: 'getManyContacts', resource: 'contact' };
const ALL = { returnAll: true };
const TRIGGER = [{}];
const DAY_MS = 24 * 3_600_000;
const SEGMENT_WAIT_MS = 10_000;

const account = useAccount({
	fields: [
		{ title: 'Company' },
		{ title: 'Industry', type: 'dropdown', options: ['Retail', 'Travel'] },
		{ title: 'Languages', type: 'checkbox', options: ['German', 'French', 'Dutch'] },
		{ title: 'Score', type: 'number' },
		{ title: 'Met', type: 'datetime' },
	],
	lists: ['News', 'Offers'],
	tags: ['Lead', 'VIP', 'VIP 2'],
	automations: ['Welcome'],
});

const getMany = async (
	parameters: INodeParameters = ALL,
	items: IDataObject[] = TRIGGER,
	more: Partial<Pick<RunOptions, 'onError' | 'signal'>> = {},
) => await account.sync(items, { ...OPERATION, ...parameters }, more);
const by = (filters: INodeParameters, more: INodeParameters = ALL): INodeParameters => ({ filters, ...more });
const names = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => asText(json.email).replace('@example.com', '')).sort();
const found = async (filters: INodeParameters) => {
	const run = await getMany(by(filters));
	expect(run.error).toBeUndefined();
	return names(run.items);
};
const idOf = (email: string) => account.contact(`${email}@example.com`).id;
const reads = () => account.sandbox.journal.count('GET', '/contacts');

/** Four contacts, each changed an hour after the one before. */
const MOMENTS = new Map<string, string>();
function addPeople(): void {
	const add = (name: string, more: object) => {
		account.sandbox.skip(4 * DAY_MS);
		const { cdate } = account.state.addContact({ email: `${name}@example.com`, ...more });
		MOMENTS.set(name, cdate);
	};
	add('ann', {
		tags: ['VIP', 'Lead'],
		lists: { News: 'active', Offers: 'bounced' },
		fieldValues: { Industry: 'Retail', Languages: '||German||French||', Score: '5', Company: 'Acme' },
		automations: ['Welcome'],
		company: 'Acme Inc.',
	});
	add('bob', {
		tags: ['VIP'],
		lists: { News: 'unsubscribed' },
		fieldValues: { Industry: '||Retail||', Score: '5.0', Company: 'acme' },
	});
	add('cleo', {
		tags: ['VIP 2'],
		lists: { News: 'unconfirmed', Offers: 'active' },
		fieldValues: { Industry: 'Travel', Languages: '||French||', Company: 'Acme' },
	});
	add('dan', { lists: { News: 91 }, fieldValues: { Company: 'Acme Corp' } });
}

const field = (name: string, value: unknown) => ({
	customField: locator('name', name),
	customFieldValue: value as string,
});
const FILTERS: Array<[string, () => INodeParameters, string[]]> = [
	['no filter', () => ({}), ['ann', 'bob', 'cleo', 'dan']],
	['a tag by name', () => ({ tag: locator('name', 'vip') }), ['ann', 'bob']],
	['a tag by ID', () => ({ tag: locator('id', '601') }), ['ann']],
	['a list', () => ({ list: locator('name', 'News') }), ['ann']],
	[
		'any list status',
		() => ({ list: locator('name', 'News'), listStatus: 'any' }),
		['ann', 'bob', 'cleo', 'dan'],
	],
	['unsubscribed', () => ({ list: locator('name', 'News'), listStatus: 'unsubscribed' }), ['bob']],
	['unconfirmed', () => ({ list: locator('name', 'News'), listStatus: 'unconfirmed' }), ['cleo']],
	['bounced', () => ({ list: locator('name', 'Offers'), listStatus: 'bounced' }), ['ann']],
	['a text field', () => field('Company', 'Acme'), ['ann', 'cleo']],
	['a dropdown, however it is stored', () => field('Industry', 'retail'), ['ann', 'bob']],
	['one of several choices', () => field('Languages', 'French'), ['ann', 'cleo']],
	['all of several choices', () => field('Languages', 'French, German'), ['ann']],
	['a number, however it is written', () => field('Score', 5), ['ann', 'bob']],
	['a change', () => ({ changedAfter: MOMENTS.get('cleo') ?? '' }), ['cleo', 'dan']],
	['a creation', () => ({ createdAfter: MOMENTS.get('dan') ?? '' }), ['dan']],
	['a part of an address', () => ({ emailContains: 'AN' }), ['ann', 'dan']],
];

describe('Get Many Contacts with filters', () => {
	beforeEach(addPeople);

	it.each(FILTERS)('returns the contacts that match %s', async (_name, filters, expected) => {
		expect(await found(filters())).toEqual(expected);
	});

	const pairs = FILTERS.slice(1).flatMap((one, index) =>
		FILTERS.slice(index + 2)
			.filter((other) => Object.keys(one[1]()).every((key) => !(key in other[1]())))
			.map((other) => [`${one[0]} and ${other[0]}`, one, other] as const),
	);
	it('returns the contacts that match both of any two filters', async () => {
		expect(pairs.length).toBeGreaterThan(50);
		for (const [name, one, other] of sampled(pairs)) {
			const both = one[2].filter((email) => other[2].includes(email));
			expect([name, await found({ ...one[1](), ...other[1]() })]).toEqual([name, both]);
		}
	});

	it.each(
		sampled([
			[
				'every filter',
				{
					ignoredParameters: {
						'/contacts': [
							'tagid',
							'listid',
							'status',
							'email_like',
							'filters[updated_after]',
							'filters[created_after]',
						],
					},
				},
			],
			[
				'the filters of values',
				{ ignoredParameters: { '/fieldValues': ['filters[fieldid]', 'filters[val]'] } },
			],
			['id_greater', { unknownIdFilters: ['id_greater' as const] }],
			['the order', { ignoredParameters: { '/contacts': ['orders[id]'] } }],
			['the offset', { ignoredParameters: { '/contacts': ['offset'] } }],
			['include', { sideLoading: { ignoresInclude: true } }],
			['nested includes', { sideLoading: { unknown: ['contactTags.tag', 'contactLists.list'] } }],
			['some rows', { sideLoading: { withoutRows: ['contactTags', 'contactLists', 'fieldValues'] } }],
			['that rows of others are not asked for', { sideLoading: { rowsOfOthers: true } }],
			['that values are to be equal', { valueFilter: 'contains' as const }],
			['ids[]', { unknownIdFilters: ['ids' as const] }],
			['long requests', { maxUrlLength: 300 }],
		]),
	)('returns the same where the account ignores %s', async (_name, settings) => {
		account.sandbox.configure(settings);

		for (const [name, filters, expected] of FILTERS) {
			expect([name, await found(filters())]).toEqual([name, expected]);
		}
	});
});

describe('Get Many Contacts', () => {
	beforeEach(addPeople);
	const ann = () => ({
		action: 'found',
		id: idOf('ann'),
		email: 'ann@example.com',
		lists: { News: 'active', Offers: 'bounced' },
		tags: ['VIP', 'Lead'],
		automations: { Welcome: 'active' },
		firstName: '',
		lastName: '',
		phone: '',
		company: 'Acme Inc.',
		jobTitle: '',
		customFields: { Company: 'Acme', Industry: 'Retail', Languages: ['German', 'French'], Score: 5 },
	});

	it('returns each contact as Get Contact does, with one request besides the one for the fields', async () => {
		const many = await getMany();
		expect(account.requests().sort()).toEqual(['GET /contacts', 'GET /fields']);
		const single = await account.sync(
			['ann', 'bob', 'cleo', 'dan'].map((name) => ({ email: `${name}@example.com` })),
			{ operation: 'getContact' },
		);

		expect(jsonOf(many.items)).toEqual(jsonOf(single.items));
		expect(jsonOf(many.items)[0]).toEqual(ann());
		expect(Object.keys(jsonOf(many.items)[0] ?? {})).toEqual(Object.keys(ann()));
		expect(many.hints).toEqual([]);
	});

	it('returns for each item what its own parameters ask for, linked to it, and reads once what several ask for', async () => {
		const items = [{ tag: 'VIP' }, { tag: 'Lead' }, { tag: 'VIP' }, { tag: 'VIP 2' }];

		const run = await getMany(by({ tag: locator('name', '={{ $json.tag }}') }), items);

		expect(run.items.map(({ json, pairedItem }) => [json.email, pairedItem])).toEqual([
			['ann@example.com', { item: 0 }],
			['bob@example.com', { item: 0 }],
			['ann@example.com', { item: 1 }],
			['ann@example.com', { item: 2 }],
			['bob@example.com', { item: 2 }],
			['cleo@example.com', { item: 3 }],
		]);
		expect(reads()).toBe(3);
		expect(run.hints.map(({ message }) => message)).toEqual(['4 items: 6 contacts returned.']);
	});

	it('returns 50 contacts at most unless told otherwise, and asks for no more than that', async () => {
		for (let index = 0; index < 240; index += 1) account.state.addContact({ email: `c${index}@example.com` });
		const sizes = () => account.sandbox.journal.filter({ path: '/contacts' }).map(({ query }) => query.limit);

		expect((await getMany({})).items).toHaveLength(50);
		expect((await getMany({ limit: 3 })).items).toHaveLength(3);
		expect((await getMany({ limit: 150 })).items).toHaveLength(150);
		expect(sizes()).toEqual(['50', '3', '100', '100']);
		expect((await getMany(by({ emailContains: 'an' }, { limit: 1 }))).items).toHaveLength(1);
		expect((await getMany()).items).toHaveLength(244);
	});

	it('reads only the details that are asked for, and those that the filters need', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		const details = { options: { details: ['tags', 'company'] } };

		const run = await getMany({ ...by({ list: locator('name', 'News') }), ...details });

		const { id, email, firstName, lastName, phone, tags, company, jobTitle } = ann();
		expect(jsonOf(run.items)).toEqual([
			{ action: 'found', id, email, tags, firstName, lastName, phone, company, jobTitle },
		]);
		const parts = account.requests().filter((request) => request.includes(`/${id}/`));
		expect(parts.sort()).toEqual(
			['accountContacts', 'contactLists', 'contactTags'].map((part) => `GET /contacts/${id}/${part}`),
		);
	});

	it("returns ActiveCampaign's own rows with Simplify off", async () => {
		const run = await getMany({ ...by({ emailContains: 'bob' }), options: { simplify: false } });

		expect(jsonOf(run.items)).toEqual([
			expect.objectContaining({
				contact: expect.objectContaining({ email: 'bob@example.com', bounced_hard: '0' }) as unknown,
				contactLists: [expect.objectContaining({ status: '2' })],
				contactAutomations: [],
			}),
		]);
	});

	it('returns nothing where no contact matches, and goes on', async () => {
		const run = await getMany(by({ emailContains: '={{ $json.part }}' }), [
			{ part: 'nobody' },
			{ part: 'cleo' },
		]);

		expect(run.items.map(({ json, pairedItem }) => [json.email, pairedItem])).toEqual([
			['cleo@example.com', { item: 1 }],
		]);
		expect(run.status).toBe('success');
	});

	it('says so where several items match nobody', async () => {
		const run = await getMany(by({ emailContains: 'nobody' }), [{}, {}]);

		expect(run.items).toEqual([]);
		expect(run.hints.map(({ message }) => message)).toEqual(['2 items: 0 contacts returned.']);
	});

	it('returns all details where an expression for them is blank', async () => {
		const run = await getMany({ ...by({ emailContains: 'bob' }), options: { details: "={{ '' }}" } });
		const other = await getMany(by({ emailContains: 'bob' }));

		expect(run.items).toEqual(other.items);
		expect(Object.keys(run.items[0]?.json ?? {})).toContain('automations');
	});

	it.each([
		[
			{ emailContains: "={{ ['@example.com'] }}" },
			`'Email Contains' cannot be '["@example.com"]'`,
			'Use a part of an email address',
		],
		[{ tag: locator('name', 'Lea') }, "The account has no tag called 'Lea'", "Did you mean 'Lead'?"],
		[{ list: locator('name', 'New') }, "The account has no list called 'New'", "Did you mean 'News'?"],
		[{ listStatus: 'active' }, "The filter 'List' is empty", 'Fill it in, or remove the filter'],
		[
			{ list: locator('id', '401'), listStatus: 'gone' },
			"'List Status' cannot be 'gone'",
			'Use one of: active',
		],
		[{ segmentId: 'VIPs' }, "'Segment ID' cannot be 'VIPs'", 'Use the number'],
		[
			field('Compny', 'x'),
			"The account has no custom field 'Compny'",
			"Choose another field in 'Custom Field'",
		],
		[field('Industry', 'Mining'), "'Industry' has no option 'Mining'", 'Use one of its options'],
		[{ customField: locator('name', 'Company') }, "The filter 'Custom Field Value' is empty", 'Fill it in'],
		[{ customFieldValue: 'x' }, "The filter 'Custom Field' is empty", 'Fill it in'],
		[{ changedAfter: 'soon' }, "'Changed After': 'soon' is not a date", 'YYYY-MM-DD'],
		[
			{ tag: locator('name', '={{ $json.none }}') },
			"The filter 'Tag' is empty",
			'more contacts would be returned',
		],
		[{ changedAfter: '={{ $json.none }}' }, "The filter 'Changed After' is empty", 'Fill it in'],
	])('fails the item, and reads no contact, with the filters %j', async (filters, message, description) => {
		const run = await getMany(by(filters), [{}, {}]);
		const continued = await getMany(by(filters), [{}, {}], {
			onError: 'continueRegularOutput',
		});

		expect(run.error?.message).toBe(message);
		expect(run.error?.description).toContain(description);
		expect(jsonOf(continued.items)).toMatchObject(
			[0, 1].map(() => ({ action: 'failed', error: textWith(message) })),
		);
		expect(reads()).toBe(0);
	});

	it('takes filters as not given that are left blank, by hand or by an AI model', async () => {
		const filters = {
			tag: locator('list', ''),
			emailContains: '',
			segmentId: "={{ ''/* $fromAI('segment') */ }}",
			list: locator('name', "={{ ''/* $fromAI('list') */ }}"),
		};

		expect(await found(filters)).toEqual(['ann', 'bob', 'cleo', 'dan']);
	});

	it("takes a time without a time zone in the workflow's, a day as its beginning, and a time within the same second", async () => {
		const cleo = Date.parse(MOMENTS.get('cleo') ?? '');
		// New York is the engine's time zone.
		const local = new Date(cleo).toLocaleString('sv-SE', { timeZone: 'America/New_York' });
		const after = new Date(cleo + 1_000).toLocaleString('sv-SE', { timeZone: 'America/New_York' });

		expect(await found({ changedAfter: local.replace(' ', 'T') })).toEqual(['cleo', 'dan']);
		expect(await found({ changedAfter: after.replace(' ', 'T') })).toEqual(['dan']);
		expect(await found({ changedAfter: local.slice(0, 10) })).toEqual(['cleo', 'dan']);
		expect(await found({ changedAfter: new Date(cleo + 999).toISOString() })).toEqual(['cleo', 'dan']);
	});

	it('takes a moment that an expression gives as a date', async () => {
		const items = [{ since: MOMENTS.get('cleo') ?? '' }];
		for (const date of ['DateTime.fromISO($json.since)', 'new Date($json.since)']) {
			const run = await getMany(by({ changedAfter: `={{ ${date} }}` }), items);
			expect([date, names(run.items)]).toEqual([date, ['cleo', 'dan']]);
		}
	});

	it('waits until the account has looked up the contacts of a segment', async () => {
		account.sandbox.configure({ segmentMs: SEGMENT_WAIT_MS });
		const { id } = account.state.addSegment('Bs and Cs', ({ email }) => /^[bc]/.test(email));

		expect(await found({ segmentId: id })).toEqual(['bob', 'cleo']);
		expect(await found({ segmentId: id, tag: locator('name', 'VIP') })).toEqual(['bob']);
	});

	it('says so where a segment stays empty', async () => {
		const { id } = account.state.addSegment('Nobody', () => false);

		const run = await getMany(by({ segmentId: id }));

		expect(run.items).toEqual([]);
		expect(run.hints.map(({ message }) => message)).toEqual([
			textLike(/^Segment \d+ had no contacts when ActiveCampaign was asked for 30 seconds/),
		]);
	});

	it('fails rather than return everybody where the account ignores the segment', async () => {
		account.sandbox.configure({ ignoredParameters: { '/contacts': ['segmentid'] } });

		const run = await getMany(by({ segmentId: '7' }));

		expect(run.error?.message).toBe('The segment 7 does not filter: it has as many contacts as the account');
	});

	it('leaves out contacts that are deleted before all of them is read', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		account.sandbox.rewrite({ path: '/contacts' }, (response) => {
			const bob = account.state.contactByEmail('bob@example.com');
			if (bob) account.state.deleteContact(bob);
			return response;
		});

		expect(await found({ tag: locator('name', 'VIP') })).toEqual(['ann']);
		expect(await found({})).toEqual(['ann', 'cleo', 'dan']);
	});

	it('replaces those that are deleted meanwhile, up to the limit', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		account.sandbox.rewrite({ method: 'GET', path: /^\/contacts\/\d+\/fieldValues$/ }, (response) => {
			const ann = account.state.contactByEmail('ann@example.com');
			if (ann) account.state.deleteContact(ann);
			return response;
		});

		const { items } = await getMany(by(field('Company', 'Acme'), { returnAll: false, limit: 1 }));

		expect(names(items)).toEqual(['cleo']);
	});

	it('fails where a part of contacts that exist cannot be found', async () => {
		account.sandbox.configure({
			sideLoading: { ignoresInclude: true },
			missingPaths: ['/contacts/*/contactTags'],
		});

		expect((await getMany()).error?.message).toContain("read the contact's tags");
	});

	it('names the parts that the token may not see, and fails where a filter needs one', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		account.sandbox.failNext({ path: /\/contactTags$/, times: 999 }, 'forbidden');

		const run = await getMany();
		const byTag = await getMany(by({ tag: locator('id', '601') }));

		expect(names(run.items)).toEqual(['ann', 'bob', 'cleo', 'dan']);
		for (const json of jsonOf(run.items)) {
			expect(json).not.toHaveProperty('tags');
			expect(json.warnings).toEqual([textLike(/read the contact's tags.*, so it is omitted$/)]);
		}
		expect(byTag.items).toEqual([]);
		expect(byTag.error?.message).toContain("read the contact's tags");
	});

	it('is taken back by Sync Contact, to which each contact is unchanged', async () => {
		const { items } = await getMany();

		const run = await account.sync(jsonOf(items), {
			...mapAutomatically,
			email: '',
			options: { dryRun: true },
		});

		expect(jsonOf(run.items).map(({ action, email }) => [action, email])).toEqual(
			['ann', 'bob', 'cleo', 'dan'].map((name) => ['unchanged', `${name}@example.com`]),
		);
	});

	it('reads no further page once the run is stopped', async () => {
		for (let index = 0; index < 900; index += 1) account.state.addContact({ email: `c${index}@example.com` });
		account.sandbox.configure({ latencyMs: 1_000 });
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 2_500);

		const run = await getMany(ALL, TRIGGER, { signal: controller.signal });

		expect(run.status).toBe('canceled');
		expect(reads()).toBeLessThanOrEqual(3);
	});
});
