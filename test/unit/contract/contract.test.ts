import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sent } from '../../contract/client';
import { CODE } from '../../contract/code';
import { runContract, type ContractOptions } from '../../contract/contract';
import { FACTS } from '../../contract/facts';
import { startStandIn, type Target } from '../../contract/standIn';
import { isRecord } from '../../guards';
import type { RequestMatch, Rewrite, SandboxSettings } from '../../sandbox';
import { sampled } from '../../size';
import { SocketlessAccount } from './socketlessAccount';

async function namesOfDiffering(target: Target, options: ContractOptions): Promise<string[]> {
	const { results } = await runContract(target, FACTS, options);
	return results
		.filter(({ result }) => result === 'differs')
		.map(({ fact }) => fact.name)
		.sort();
}

/** Changes the JSON of responses. */
const body =
	(change: (body: Record<string, unknown>) => unknown): Rewrite =>
	(response) =>
		isRecord(response.body) ? { ...response, body: change(response.body) } : response;
const status =
	(from: number, to: number): Rewrite =>
	(response) =>
		response.status === from ? { ...response, status: to } : response;
/** Changes the rows of a collection, or the only one. */
const rows = (key: string, change: (row: Record<string, unknown>) => unknown) =>
	body((content) => {
		const value = content[key];
		const changed = Array.isArray(value)
			? value.filter(isRecord).map(change)
			: isRecord(value) && change(value);
		return { ...content, [key]: changed };
	});

/** Leaves each row out of the first response that would have it. */
const rowsLater = (key: string): Rewrite => {
	const known = new Set<unknown>();
	const isKnown = ({ id }: Record<string, unknown>) => known.size === known.add(id).size;
	return body((content) => {
		const value = content[key];
		return Array.isArray(value) ? { ...content, [key]: value.filter(isRecord).filter(isKnown) } : content;
	});
};

/** What takes more than records of the contract's own. */
const NEVER_TRIED = [
	'An account that is not paid gets 402',
	'An outage is 502, 504 or 511 with an HTML page, or JSON with retryable and retry_after',
	'An enrollment that is refused gets 403 with a message, or 422 with errors',
	'An import skips excluded addresses, and counts them out of queued_contacts',
	'An import names the addresses that failed, without reasons',
	'An import fires no webhooks',
];

/** Refused for its contact. */
const BAD_BATCH = '{"contacts":[{"email":"nobody"}]}';

const FIELD_TYPES = 'text textarea hidden dropdown radio checkbox listbox number currency'.split(' ');

// Hundreds of requests each, on machines that may be busy.
jest.setTimeout(30_000);

describe('the sandbox account', () => {
	let standIn: Awaited<ReturnType<typeof startStandIn>>;
	beforeEach(async () => {
		standIn = await startStandIn();
	});
	afterEach(() => standIn.stop());

	it('meets all facts over HTTP, within its limits', async () => {
		const { results, cleanup } = await runContract(standIn, FACTS, { rateLimit: true });
		expect(results.filter(({ result }) => result === 'differs')).toEqual([]);
		const untried = results.filter(({ result }) => result === 'could not be tried');
		expect(untried.map(({ fact, observed }) => [fact.name, observed])).toEqual([
			[
				'The name of an account that does not exist is not answered with JSON and 200',
				'the account is not at api-us1.com',
			],
			['The refusal of a tag that exists says "Duplicate entry"', 'the account gives the tag'],
			['A tag without a type is not listed', expect.stringContaining('never tried')],
			[
				'A membership is unconfirmed with status 0, bounced with 3, removed with 91',
				expect.stringContaining('never tried'),
			],
			[
				'segmentid finds the contacts of a segment, once the account has looked them up',
				expect.stringContaining('never tried'),
			],
			['GET /contacts has 100 rows at most', 'the account has too few of them'],
			['A 2xx with nothing has the header X-Ac-Error', 'no 2xx of the run had nothing'],
			[
				'The host of an account is at api-us1.com, activehosted.com or api-(another region).com',
				'the stand-in has no host of its own',
			],
			...NEVER_TRIED.map((name): unknown[] => [name, expect.stringContaining('never tried')]),
		]);
		expect(cleanup.problems).toEqual([]);
		const refused = standIn.sandbox.journal.entries.filter(({ status: code }) => code === 429);
		expect(refused).toHaveLength(7);
	});

	it.each<[string, Partial<SandboxSettings>, string[]]>(
		sampled([
			[
				'sends 503 over the limit',
				{ overLimitStatus: 503 },
				[
					'Of 12 requests at once, 5 are answered and the others get 429',
					'A 429 has Retry-After in seconds, RateLimit-Limit and RateLimit-Remaining',
				],
			],
			[
				'leaves out Retry-After',
				{ retryAfterSeconds: null },
				['A 429 has Retry-After in seconds, RateLimit-Limit and RateLimit-Remaining'],
			],
			[
				'takes any number of imports',
				{ importsPerMinute: 0 },
				[
					'Too many imports get 400 "Rate limit exceeded."',
					'20 imports of a single contact a minute are taken',
				],
			],
		]),
	)('makes only those facts differ over HTTP when it %s', async (_change, settings, names) => {
		standIn.sandbox.configure(settings);
		expect(await namesOfDiffering(standIn, { rateLimit: true })).toEqual([...names].sort());
	});

	it('gets no write when it refuses the token', async () => {
		const { results } = await runContract({ ...standIn, token: 'wrong' }, FACTS, { rateLimit: true });
		expect(results[0]).toMatchObject({ result: 'differs', observed: [403, 'missing'] });
		expect(results.slice(1).filter(({ result }) => result !== 'could not be tried')).toEqual([]);
		expect(standIn.sandbox.journal.entries.filter(({ method }) => method !== 'GET')).toEqual([]);
	});
});

describe('a sandbox account without sockets', () => {
	it('meets all facts that it can be asked', async () => {
		const { target, send } = new SocketlessAccount();
		expect(await namesOfDiffering(target, { send, intervalMs: 0 })).toEqual([]);
	});

	it.each<[string, Partial<SandboxSettings>, string[]]>(
		sampled([
			[
				'answers 201 to updates',
				{ alwaysCreated: true },
				['A sync that updates a contact returns 200', 'An address is found whatever its case'],
			],
			[
				'empties fields by an empty text',
				{ emptyFieldValue: 'store' },
				FIELD_TYPES.flatMap((type) => [
					`An empty text leaves the value of a ${type} field`,
					`Null leaves the value of a ${type} field`,
				]),
			],
			[
				'forgets the unsubscribes of deleted contacts',
				{ showOldUnsubscribes: false },
				[
					'A deleted contact that comes back shows its old unsubscribe',
					'A deleted contact that comes back can be subscribed again',
				],
			],
			[
				'names only the first bad contact of an import',
				{ importNames: 'first' },
				['A refused batch names all of its bad contacts'],
			],
			[
				'sends imports as JSON',
				{ importContentType: 'application/json' },
				['Only the import sends JSON under another content type'],
			],
			[
				'ignores addresses',
				{ ignoredParameters: { '/contacts': ['email'] } },
				[
					'A repeated sync leaves one contact',
					'An address is found whatever its case',
					'An address with a plus is a contact of its own, found with the plus encoded only',
					'PUT gives a contact another address and keeps its id and names',
					'The same address twice in a batch is one contact with the later values',
				],
			],
			[
				'loads nothing beside many contacts',
				{ sideLoading: { ignoresInclude: true } },
				['contactLists.list loads lists', 'contactTags.tag loads tags', 'fieldValues.field loads fields'].map(
					(what) => `include=${what}`,
				),
			],
			[
				"pages a contact's tags",
				{ pagedContactLinks: true },
				["A contact's tags come all at once, not in pages"],
			],
			[
				'cuts side-loaded tags at 20 rows',
				{ sideLoading: { truncated: ['contactTags'] } },
				['include=contactTags loads all rows that 25 contacts name, 141 in all, or nothing'],
			],
			[
				'does not load automations beside a contact',
				{ sideLoading: { unknown: ['contactAutomations'] } },
				['GET /contacts/{id} has these collections beside the contact, unasked'],
			],
			[
				'finds field values by a part of them',
				{ valueFilter: 'contains' },
				['GET /fieldValues finds contacts by field and whole value'],
			],
			[
				'takes longer than a minute for an import',
				{ importDurationMs: 70_000 },
				['An import of two contacts has ended within a minute'],
			],
			[
				'never ends an import',
				{ importDurationMs: 1e9 },
				[
					'An import of two contacts has ended within a minute',
					'The status of an import goes through false, waiting, claimed and active to completed',
				],
			],
			[
				'denies notes',
				{ deny: ['notes'] },
				[
					'A note is made with 201, the same one again too',
					"GET /contacts/{id}/notes has a contact's notes with their text",
					'The right token gets no 403, or only for kinds of call that work too',
				],
			],
		]),
	)('makes only those facts differ when it %s', async (_change, settings, names) => {
		const { target, send } = new SocketlessAccount(settings);
		expect(await namesOfDiffering(target, { send, intervalMs: 0 })).toEqual([...names].sort());
	});

	/** For each of these, two ways are known, and the code has to be right with both. */
	it.each<[string, Partial<SandboxSettings>, Record<string, unknown>]>([
		...([400, 422, 500] as const).map(
			(status): [string, Partial<SandboxSettings>, Record<string, unknown>] => [
				`refuses a tag that exists with ${status}`,
				{ existingTag: status },
				{
					[`A tag that exists is given with 200 and its id, or refused; whatever the case of its name`]: {
						again: [status, 'refused'],
						upperCase: [status, 'refused'],
					},
					'The refusal of a tag that exists says "Duplicate entry"': true,
					'A tag that exists is found by its whole name, right after it was made': 1,
				},
			],
		),
		[
			'ignores accents',
			{ collation: 'accentsIgnored' },
			{
				'A tag whose name differs by an accent is another tag, or the same to search and creation alike': {
					made: 'the same',
					found: 1,
				},
				'A company whose name differs by an accent is another one, or the same to search and creation alike':
					{
						made: [422, 'duplicate'],
						found: 1,
					},
			},
		],
		[
			'speaks Portuguese',
			{ language: 'Portuguese' },
			{
				"GET and DELETE of a contact that is gone give 404 and name it, in the account's language": [
					404,
					'in another language',
					404,
				],
			},
		],
		[
			'counts no entries of automations',
			{ missingPaths: ['/contacts/*/automationEntryCounts'] },
			{
				'automationEntryCounts counts all entries of a contact, one that it was taken out of included':
					'no such path',
			},
		],
		[
			'ignores filters of contacts',
			{
				ignoredParameters: {
					'/contacts': ['tagid', 'listid', 'status', 'filters[updated_after]', 'filters[created_after]'],
				},
			},
			{
				'tagid finds the contacts that have a tag, or is ignored': 'ignored',
				'listid with status 1 finds those subscribed to a list, or is ignored': 'ignored',
				'listid with status 2 finds those who unsubscribed from a list, or is ignored': 'ignored',
				'filters[updated_after] finds nobody after a day to come, or is ignored': 'ignored',
				'filters[created_after] finds nobody after a day to come, or is ignored': 'ignored',
			},
		],
		[
			'ignores ids[] and the search of tags',
			{ unknownIdFilters: ['ids'], ignoredParameters: { '/tags': ['filters[search][eq]'] } },
			{
				'ids[] takes 100 ids and gives just those contacts, or is ignored': 'ignored',
				'filters[search][eq] finds a tag by its whole name, or is ignored': 'others too',
			},
		],
		[
			'ignores id_greater',
			{ ignoredParameters: { '/contacts': ['id_greater'] } },
			{
				'id_greater with orders[id]=ASC finds the next contacts in the order of their ids, or is ignored':
					'ignored',
			},
		],
	])('that %s meets all facts too, and shows it', async (_way, settings, ways) => {
		const { target, send } = new SocketlessAccount(settings);
		const { results } = await runContract(target, FACTS, { send, intervalMs: 0 });
		expect(results.filter(({ result }) => result === 'differs')).toEqual([]);
		const observed = new Map(results.map((one) => [one.fact.name, one.observed]));
		for (const [name, way] of Object.entries(ways)) expect([name, observed.get(name)]).toEqual([name, way]);
	});

	it.each<[string, RequestMatch, Rewrite, string[]]>([
		[
			'refuses a tag that exists with 404',
			{ path: '/tags', method: 'POST' },
			(response) => (response.status === 200 ? { status: 404, body: { message: 'Tag' } } : response),
			[
				'A tag that exists is given with 200 and its id, or refused; whatever the case of its name',
				'The refusal of a tag that exists says "Duplicate entry"',
			],
		],
		[
			'finds a tag of one accent by another, but makes both',
			{ path: '/tags', method: 'GET' },
			(response, { query }) =>
				(query.get('filters[search][eq]') ?? '').endsWith('e')
					? { ...response, body: { tags: [{ tag: 'é' }, { tag: 'e' }] } }
					: response,
			['A tag whose name differs by an accent is another tag, or the same to search and creation alike'],
		],
		[
			'encodes a multiselect its own way',
			{ path: /^\/contacts\/\d+\/fieldValues$/ },
			rows('fieldValues', (row) => (row.value === '||a||b||' ? { ...row, value: '["a","b"]' } : row)),
			[
				'A field of the type multiselect cannot be made, or has values like a listbox',
				'A value of a checkbox field is read as it was sent',
				'An import takes values of custom fields, several choices between pipes too',
			],
		],
		[
			'forgets entries that were deleted',
			{ path: /automationEntryCounts$/ },
			rows('automationEntryCounts', (row) => ({ ...row, contactEntryCount: '1' })),
			['automationEntryCounts counts all entries of a contact, one that it was taken out of included'],
		],
		[
			'finds nobody who was subscribed',
			{ path: '/contacts', method: 'GET' },
			(response, { query }) =>
				query.get('listid') !== null && query.get('status') === '1'
					? { ...response, body: { contacts: [] } }
					: response,
			[
				'listid with status 1 finds those subscribed to a list, or is ignored',
				'tagid and listid find those to whom both apply, or is ignored',
			],
		],
		[
			'sends more than 10 MB',
			{ path: /automationEntryCounts$/ },
			(response) => ({ ...response, body: undefined, text: ' '.repeat(10_000_001) }),
			[
				'No response is longer than 10 MB, or only those about many contacts',
				'A 2xx is JSON',
				'automationEntryCounts counts all entries of a contact, one that it was taken out of included',
			],
		],
		[
			'redirects notes',
			{ path: '/notes' },
			(response) => ({ ...response, status: 302, headers: { Location: '/' } }),
			['No request is redirected', 'A note is made with 201, the same one again too'],
		],
		[
			'counts bad contacts from 0',
			{ path: '/import/bulk_import' },
			rows('failureReasons', (row) => ({ ...row, contact: Number(row.contact) - 1 })),
			['A refused batch names its bad contacts by their place, counted from 1'],
		],
		[
			'sends totals as numbers',
			{ path: '/lists', method: 'GET' },
			rows('meta', (meta) => ({ ...meta, total: Number(meta.total) })),
			['GET /lists has its total as digits in a string'],
		],
		[
			'adds a tag again with 201',
			{ path: '/contactTags' },
			status(200, 201),
			['A tag is added with 201, and again with 200 and the same id'],
		],
		[
			'accepts a second company',
			{ path: '/accountContacts' },
			(response) => (response.status === 422 ? { status: 200, body: {} } : response),
			['A second company for a contact is refused with 422'],
		],
		[
			'sends statuses of memberships as numbers',
			{ path: /^\/contacts\/\d+\/contactLists$/ },
			rows('contactLists', (row) => ({ ...row, status: Number(row.status) })),
			[
				...['Lists inside a sync leave an unsubscribed contact unsubscribed'],
				'Status 1 subscribes a contact with 201; its membership then has status 1',
				'Status 1 for a subscribed contact gives 200 and changes nothing',
				'Status 2 unsubscribes a contact; its membership then has status 2',
				'Status 1 re-subscribes an unsubscribed contact, without sourceid too',
				'Status 1 with sourceid 4 re-subscribes an unsubscribed contact',
				'A deleted contact that comes back shows its old unsubscribe',
				'A deleted contact that comes back can be subscribed again',
				'The status of a membership is digits in a string',
				'An import subscribes a new contact',
				'An import does not re-subscribe a contact that has unsubscribed',
			],
		],
		[
			'leaves dates of creation out',
			{ path: '/contact/sync' },
			rows('contact', (contact) => ({ ...contact, cdate: undefined })),
			['A created contact has cdate equal to udate'],
		],
		[
			'echoes all of a contact’s values',
			{ path: '/contact/sync', bodyIncludes: '2000000001' },
			body((content) => ({ ...content, fieldValues: [{ field: '2000000001' }] })),
			['A sync ignores the id of a field that there is not, and does not echo it'],
		],
		[
			'names labels only',
			{ path: /^\/fields\/\d+$/, method: 'GET' },
			rows('fieldOptions', (row) => ({ ...row, value: row.label })),
			['Each option of a field has a value and a label of its own'],
		],
		[
			'lists an enrollment in the second response only',
			{ path: /^\/contacts\/\d+\/contactAutomations$/ },
			rowsLater('contactAutomations'),
			[
				'A contact is enrolled with 201 and is then in the automation once',
				'A contact that is enrolled again is in the automation twice, or is refused',
				'An automation that a subscription starts is listed in the next response',
			],
		],
		[
			'points at nothing in a refusal',
			{ path: '/contact/sync' },
			rows('errors', (error) => ({ ...error, source: undefined })),
			['The refusal of an invalid address has title, detail, code and a pointer to the address'],
		],
		[
			'refuses without a reason',
			{ path: '/contactTags', method: 'POST' },
			(response) => (response.status === 404 ? { ...response, body: { code: 5 } } : response),
			['Every refusal of the run says why, in a shape that the node reads'],
		],
		[
			'sends nothing with a 200',
			{ path: /^\/contactTags\/\d+$/ },
			(response) => (response.status === 200 ? { status: 200 } : response),
			[
				'A 2xx is JSON',
				'A 2xx with nothing has the header X-Ac-Error',
				'DELETE of the link removes a tag from a contact',
			],
		],
		[
			'lists fields without their options',
			{ path: '/fields', method: 'GET' },
			rows('fieldOptions', () => ({})),
			['GET /fields has the options and relations of its fields beside them'],
		],
		[
			'has a type of field that is new',
			{ path: '/fields', method: 'GET' },
			rows('fields', (field) => ({ ...field, type: 'rating' })),
			['The fields of an account have the types that the node knows, or none'],
		],
		[
			'takes a personalization tag for an id',
			{ path: '/contact/sync', bodyIncludes: '"CONTRACT' },
			body((content) => ({ ...content, fieldValues: [{ field: '1' }] })),
			["A sync ignores a field's personalization tag or title in place of its id"],
		],
		[
			'takes the address of another contact',
			{ path: /^\/contacts\/\d+$/, method: 'PUT' },
			status(422, 200),
			['PUT with the address of another contact is refused with 422 and the code duplicate'],
		],
	])('makes only those facts differ when it %s', async (_change, match, change, names) => {
		const account = new SocketlessAccount();
		account.rewrite(match, change);
		const { target, send } = account;
		expect(await namesOfDiffering(target, { send, intervalMs: 0 })).toEqual([...names].sort());
	});
});

describe('a sandbox account that gets changed requests', () => {
	it.each<[string, (request: Sent) => Sent, string[]]>([
		[
			'without exclude_automations',
			(request) => ({ ...request, body: request.body?.replace(',"exclude_automations":true', '') }),
			[
				'An import with exclude_automations at its top starts no automation',
				'include=contactAutomations loads all rows that 25 contacts name, 0 in all, or nothing',
			],
		],
		[
			'for automations always excluded',
			(request) => ({
				...request,
				body: request.body?.replace(
					/^(\{"contacts":\[.*"exclude_automations":true)\}\]\}$/,
					'$1}],"exclude_automations":true}',
				),
			}),
			['exclude_automations inside a contact of an import has no effect'],
		],
		[
			'for all collections',
			(request) => ({
				...request,
				url: request.url.replace('/contacts?email=', '/contacts?include=contactTags&email='),
			}),
			['Without include, GET /contacts loads none of them'],
		],
		[
			'for batches of 100',
			(request) => ({
				...request,
				body: (request.body?.match(/"email"/g) ?? []).length > 250 ? BAD_BATCH : request.body,
			}),
			['More than 250 contacts are refused as a whole'],
		],
		[
			'for short batches',
			(request) => ({ ...request, body: (request.body ?? '').length > 399_999 ? BAD_BATCH : request.body }),
			['More than 399999 bytes are refused as a whole'],
		],
	])('%s makes just those facts differ', async (_what, change, names) => {
		const { target, send } = new SocketlessAccount();
		const changed = async (request: Sent) => await send(change(request));
		expect(await namesOfDiffering(target, { send: changed, intervalMs: 0 })).toEqual([...names].sort());
	});
});

describe('the facts', () => {
	const facts = FACTS.flatMap((group) => group.facts);

	it('have names of their own', () => {
		const names = facts.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('name code exactly where they are needed', () => {
		expect(facts.filter(({ usedFor, code }) => (usedFor === undefined) !== (code === undefined))).toEqual([]);
		expect(facts.filter(({ code }) => code).length).toBeGreaterThan(50);
	});

	it.each(Object.values(CODE))('point to existing code: %s', (path) => {
		expect(existsSync(join(__dirname, '../../..', path))).toBe(true);
	});
});
