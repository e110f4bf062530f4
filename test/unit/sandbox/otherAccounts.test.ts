import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call, column } from './call';

/* Ways of accounts that differ: each is known from somebody's report, and none of them is the sandbox's default. */

let sandbox: RunningSandbox;
let ada: string;
let bo: string;
const [WELCOME, CLOSED] = ['801', '802'];

beforeAll(async () => {
	sandbox = await startSandbox({ tags: ['TEST', 'Lead'], automations: ['Welcome'] });
});
beforeEach(() => {
	sandbox.reset();
	sandbox.account.addAutomation('Closed', { active: false });
	ada = sandbox.account.addContact({ email: 'ada@example.com' }).id;
	bo = sandbox.account.addContact({ email: 'bo@example.com' }).id;
});
afterAll(() => sandbox.stop());

const createTag = (tag: string) => call(sandbox, 'POST', '/tags', { tag: { tag, tagType: 'contact' } });
const tagsFound = async (query: string) =>
	column((await call(sandbox, 'GET', `/tags?${query}`)).body, 'tags', 'tag');
const enroll = (contact: string, automation: string | undefined) =>
	call(sandbox, 'POST', '/contactAutomations', { contactAutomation: { contact, automation } });

describe('an account that refuses a tag that exists', () => {
	it.each([400, 422, 500] as const)(
		'responds with %d and the duplicate entry, and creates others',
		async (status) => {
			sandbox.configure({ existingTag: status });
			const [existing, created] = [await createTag('test'), await createTag('New')];
			expect([existing.status, existing.body]).toEqual([
				status,
				{
					message: 'Could not process request',
					error: "Duplicate entry 'contact-test' for key 'typetag'",
				},
			]);
			expect(created.status).toBe(201);
			expect([await tagsFound('filters[search][eq]=test'), await tagsFound('search=new')]).toEqual([
				['TEST'],
				['New'],
			]);
		},
	);

	it('may find it by no search, and lists it still', async () => {
		sandbox.configure({ existingTag: 422, findsTags: false });
		expect((await createTag('TEST')).status).toBe(422);
		for (const query of ['filters[search][eq]=TEST', 'filters[search][contains]=TEST', 'search=Lead'])
			expect(await tagsFound(query)).toEqual([]);
		expect(await tagsFound('limit=100')).toEqual(['TEST', 'Lead']);
	});
});

describe('an account whose collation ignores accents', () => {
	beforeEach(() => sandbox.configure({ collation: 'accentsIgnored' }));

	it('takes Café for Cafe and Müller for Muller among tags', async () => {
		const [cafe, muller] = [await createTag('Café'), await createTag('Muller')];
		const again = [await createTag('cafe'), await createTag('MÜLLER')];
		expect(again.map(({ status, body }) => [status, at(body, 'tag', 'id')])).toEqual([
			[200, at(cafe.body, 'tag', 'id')],
			[200, at(muller.body, 'tag', 'id')],
		]);
		expect(await tagsFound('filters[search][eq]=cafe')).toEqual(['Café']);
		expect(await tagsFound('search=üll')).toEqual(['Muller']);
	});

	it('and among companies', async () => {
		const create = (name: string) => call(sandbox, 'POST', '/accounts', { account: { name } });
		expect([(await create('Müller')).status, (await create('Acme')).status]).toEqual([201, 201]);
		const again = await create('Muller');
		expect([again.status, at(again.body, 'errors', 0, 'code')]).toEqual([422, 'duplicate']);
		const found = await call(sandbox, 'GET', '/accounts?search=muller');
		expect(column(found.body, 'accounts', 'name')).toEqual(['Müller']);
	});

	it('unlike the default, which tells them apart', async () => {
		sandbox.configure({ collation: 'accentsMatter' });
		expect([(await createTag('Café')).status, (await createTag('Cafe')).status]).toEqual([201, 201]);
		expect(await tagsFound('filters[search][eq]=CAFÉ')).toEqual(['Café']);
	});
});

describe('an account with its own way to refuse an enrollment', () => {
	it('responds with 422 and errors, and enrolls elsewhere', async () => {
		sandbox.configure({ refusedEnrollment: 422 });
		const { status, body } = await enroll(bo, CLOSED);
		expect([status, body]).toEqual([
			422,
			{ errors: [{ status: '422', detail: 'Could not create SubscriberSeries' }] },
		]);
		expect((await enroll(ada, WELCOME)).status).toBe(201);
		expect([ada, bo].map((id) => sandbox.account.contactBy(id).automations.length)).toEqual([1, 0]);
	});
});

describe('an account in Portuguese', () => {
	beforeEach(() => sandbox.configure({ language: 'Portuguese' }));

	it.each([
		[
			'GET',
			'/contacts/9',
			undefined,
			404,
			['message'],
			'Nenhum resultado encontrado para Subscriber com o id 9',
		],
		[
			...(['DELETE', '/contactTags/9', undefined, 404, ['message']] as const),
			'Nenhum resultado encontrado para SubscriberTag com o id 9',
		],
		[
			...(['DELETE', '/contactAutomations/9', undefined, 403, ['message']] as const),
			'Nenhum resultado encontrado para SubscriberSeries com o id 9',
		],
		[
			...(['POST', '/contactTags', { contactTag: { contact: '1001', tag: '9' } }, 404] as const),
			...([['errors', 0, 'detail'], 'Tag não encontrada'] as const),
		],
		[
			...([
				'POST',
				'/contactAutomations',
				{ contactAutomation: { contact: '1001', automation: '802' } },
			] as const),
			...([403, ['message'], 'Não foi possível criar SubscriberSeries'] as const),
		],
	])('says so to %s %s', async (method, path, body, status, place, message) => {
		const reply = await call(sandbox, method, path, body);
		expect([reply.status, at(reply.body, ...place)]).toEqual([status, message]);
	});

	it('keeps codes and pointers, and what succeeds', async () => {
		const taken = await call(sandbox, 'PUT', `/contacts/${ada}`, { contact: { email: 'bo@example.com' } });
		expect(at(taken.body, 'errors', 0)).toMatchObject({
			code: 'duplicate',
			source: { pointer: '/data/attributes/email' },
		});
		expect((await createTag('Not Found')).body).toMatchObject({ tag: { tag: 'Not Found' } });
	});
});

describe('GET /contacts/{id}/automationEntryCounts', () => {
	const countsOf = async (contact: string) =>
		at(
			(await call(sandbox, 'GET', `/contacts/${contact}/automationEntryCounts`)).body,
			'automationEntryCounts',
		);

	it('counts every entry, those that are over or were deleted included', async () => {
		const first = await enroll(ada, WELCOME);
		await call(sandbox, 'DELETE', `/contactAutomations/${String(at(first.body, 'contactAutomation', 'id'))}`);
		await enroll(ada, WELCOME);
		sandbox.account.completeAutomation(ada, 'Welcome');
		expect(await countsOf(ada)).toEqual([
			{ id: WELCOME, name: 'Welcome', status: '1', hidden: '0', contactEntryCount: '2' },
		]);
		expect(await countsOf(bo)).toEqual([]);
		expect((await call(sandbox, 'GET', '/contacts/9/automationEntryCounts')).status).toBe(404);
	});

	it('may be the only place where an ended entry shows', async () => {
		sandbox.configure({ keepsEndedEntries: false });
		for (const contact of [ada, bo]) await enroll(contact, WELCOME);
		sandbox.account.completeAutomation(ada, 'Welcome');
		const listed = async (contact: string) =>
			column(
				(await call(sandbox, 'GET', `/contacts/${contact}/contactAutomations`)).body,
				'contactAutomations',
				'automation',
			);
		expect([await listed(ada), await listed(bo)]).toEqual([[], [WELCOME]]);
		expect(await countsOf(ada)).toMatchObject([{ contactEntryCount: '1' }]);
	});

	it('may not be there', async () => {
		sandbox.configure({ missingPaths: ['/contacts/*/automationEntryCounts'] });
		const replies = [
			await call(sandbox, 'GET', `/contacts/${ada}/automationEntryCounts`),
			await call(sandbox, 'GET', `/contacts/${ada}/contactAutomations`),
		];
		expect(replies.map(({ status }) => status)).toEqual([404, 200]);
	});
});

it('stores a value of a multiselect field as that of a list box', async () => {
	const field = sandbox.account.addField({ title: 'Topics', type: 'multiselect', options: ['a', 'b'] });
	await call(sandbox, 'POST', '/contact/sync', {
		contact: { email: 'ada@example.com', fieldValues: [{ field: field.id, value: '||a||b||' }] },
	});
	const listed = (await call(sandbox, 'GET', '/fields')).body;
	expect(at(listed, 'fields')).toMatchObject([{ type: 'multiselect' }]);
	expect(column(listed, 'fieldOptions', 'value')).toEqual(['a', 'b']);
	expect(sandbox.account.contactBy(ada).fieldValues.get(field.id)).toBe('||a||b||');
});

it('ignores the parameters that the settings name, on their path only', async () => {
	sandbox.configure({ ignoredParameters: { '/tags': ['filters[search][eq]'] } });
	expect(await tagsFound('filters[search][eq]=Lead')).toEqual(['TEST', 'Lead']);
	expect(await tagsFound('search=Lead')).toEqual(['Lead']);
	sandbox.configure({ ignoredParameters: {} });
	expect(await tagsFound('filters[search][eq]=Lead')).toEqual(['Lead']);
});
