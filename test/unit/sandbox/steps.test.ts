import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call, column } from './call';

let sandbox: RunningSandbox;
let ada: string;
let bo: string;
const [NEWS, CLUB] = ['401', '402'];
const [VIP] = ['601'];
const [WELCOME, CLOSED] = ['801', '802'];

beforeAll(async () => {
	sandbox = await startSandbox({ lists: ['News', 'Club'], tags: ['VIP', 'Lead'], automations: ['Welcome'] });
});
beforeEach(() => {
	sandbox.reset();
	sandbox.account.addAutomation('Closed', { active: false });
	ada = sandbox.account.addContact({ email: 'ada@example.com' }).id;
	bo = sandbox.account.addContact({ email: 'bo@example.com' }).id;
});
afterAll(() => sandbox.stop());

const setMembership = (contact: string, list: string, status: number, more = {}) =>
	call(sandbox, 'POST', '/contactLists', { contactList: { contact, list, status, ...more } });

describe('POST /contactLists', () => {
	it('responds with 201 the first time and 200 again, status as a number', async () => {
		const first = await setMembership(ada, NEWS, 1);
		expect([first.status, at(first.body, 'contactList', 'status')]).toEqual([201, 1]);
		expect((await setMembership(ada, NEWS, 1)).status).toBe(200);
		expect((await setMembership(bo, NEWS, 2)).status).toBe(201);
		expect((await setMembership(ada, CLUB, 1)).status).toBe(201);
		const { body } = await call(sandbox, 'GET', `/contacts/${ada}/contactLists`);
		expect(at(body, 'contactLists')).toMatchObject([
			{ list: NEWS, status: '1' },
			{ list: CLUB, status: '1' },
		]);
	});

	it.each(['active', 'unsubscribed', 'unconfirmed', 'bounced', 'removed', 42] as const)(
		'writes over a membership that was %s, whatever it was',
		async (before) => {
			sandbox.account.setMembership('ada@example.com', 'News', before);
			sandbox.account.setMembership(bo, NEWS, before);
			await setMembership(ada, NEWS, 1, { sourceid: 4 });
			await setMembership(bo, NEWS, 2);
			expect(sandbox.account.contactBy(ada).lists.get(NEWS)).toMatchObject({ status: 1, sourceId: '4' });
			expect(sandbox.account.contactBy(bo).lists.get(NEWS)).toMatchObject({ status: 2, sourceId: '0' });
			expect(sandbox.account.mistakes).toEqual([]);
		},
	);

	it('notes who is subscribed again without the source the documentation asks for', async () => {
		sandbox.account.setMembership(ada, 'News', 'unsubscribed');
		sandbox.account.setMembership(bo, 'News', 'unsubscribed');
		await setMembership(bo, NEWS, 1, { sourceid: 4 });
		expect(sandbox.account.mistakes).toEqual([]);
		await setMembership(ada, NEWS, 1);
		expect(sandbox.account.mistakes).toEqual([
			{ kind: 'resubscribedWithoutSource', detail: 'contact ada@example.com, list 401' },
		]);
	});

	it('starts the automations that wait for new subscribers', async () => {
		const { id } = sandbox.account.addAutomation('On news', { startsOnList: NEWS });
		await setMembership(ada, NEWS, 1);
		await setMembership(ada, NEWS, 1);
		await setMembership(bo, CLUB, 1);
		expect(sandbox.account.contactBy(ada).automations.map(({ automationId }) => automationId)).toEqual([id]);
		expect(sandbox.account.contactBy(bo).automations).toEqual([]);
	});
});

describe('tags', () => {
	const createTag = (tag: Record<string, unknown>) => call(sandbox, 'POST', '/tags', { tag });

	it('POST /tags responds with 201, or 200 with the tag of that name, whatever its case', async () => {
		const created = await createTag({ tag: 'New', tagType: 'contact' });
		const again = await createTag({ tag: 'NEW', tagType: 'contact' });
		const known = await createTag({ tag: 'vip', tagType: 'contact' });
		expect([created.status, again.status, known.status]).toEqual([201, 200, 200]);
		expect(at(again.body, 'tag', 'id')).toBe(at(created.body, 'tag', 'id'));
		expect(at(known.body, 'tag', 'tag')).toBe('VIP');
	});

	it('hides a tag made without a type, and notes it', async () => {
		await createTag({ tag: 'Seen', tagType: 'contact' });
		await createTag({ tag: 'Unseen' });
		expect(column((await call(sandbox, 'GET', '/tags')).body, 'tags', 'tag')).toEqual([
			'VIP',
			'Lead',
			'Seen',
		]);
		expect(sandbox.account.mistakes).toEqual([{ kind: 'hiddenTag', detail: 'Unseen' }]);
	});

	it.each([{ tag: 'a,b', tagType: 'contact' }, { tag: ' ', tagType: 'contact' }, { tagType: 'contact' }])(
		'refuses the name in %j',
		async (tag) => {
			expect((await createTag(tag)).status).toBe(422);
			expect(sandbox.account.tags.size).toBe(2);
		},
	);

	it('POST /contactTags responds with 201, then 200; DELETE takes the id of the link, once', async () => {
		const add = (contact: string) =>
			call(sandbox, 'POST', '/contactTags', { contactTag: { contact, tag: Number(VIP) } });
		expect([(await add(ada)).status, (await add(ada)).status, (await add(bo)).status]).toEqual([
			201, 200, 201,
		]);
		const { body } = await call(sandbox, 'GET', `/contacts/${bo}/contactTags`);
		expect(column(body, 'contactTags', 'tag')).toEqual([VIP]);
		const link = `/contactTags/${String(at(body, 'contactTags', 0, 'id'))}`;
		expect((await call(sandbox, 'DELETE', link)).status).toBe(200);
		expect((await call(sandbox, 'DELETE', link)).status).toBe(404);
		expect((await call(sandbox, 'DELETE', `/contactTags/${VIP}`)).status).toBe(404);
		expect([ada, bo].map((id) => sandbox.account.contactBy(id).tags.size)).toEqual([1, 0]);
	});
});

describe('POST /contactAutomations', () => {
	const enroll = (contact: string, automation: string | undefined) =>
		call(sandbox, 'POST', '/contactAutomations', { contactAutomation: { contact, automation } });

	it('enrolls once more with each repeat, and notes it', async () => {
		expect((await enroll(ada, WELCOME)).status).toBe(201);
		expect((await enroll(bo, WELCOME)).status).toBe(201);
		expect(sandbox.account.mistakes).toEqual([]);
		expect((await enroll(ada, WELCOME)).status).toBe(201);
		const { body } = await call(sandbox, 'GET', `/contacts/${ada}/contactAutomations`);
		expect(column(body, 'contactAutomations', 'automation')).toEqual([WELCOME, WELCOME]);
		expect(sandbox.account.mistakes.map(({ kind }) => kind)).toEqual(['enrolledTwice']);
	});

	it('enrolls a contact that is through once more, and finds nothing wrong with it', async () => {
		await enroll(ada, WELCOME);
		await enroll(bo, WELCOME);
		sandbox.account.completeAutomation(ada, 'Welcome');
		await enroll(ada, WELCOME);
		const { body } = await call(sandbox, 'GET', `/contacts/${ada}/contactAutomations`);
		expect(at(body, 'contactAutomations')).toMatchObject([
			{ status: '2', completed: 1 },
			{ status: '1', completed: 0 },
		]);
		expect(sandbox.account.mistakes).toEqual([]);
	});

	it('is undone by DELETE, once', async () => {
		for (const contact of [bo, ada]) await enroll(contact, WELCOME);
		const path = '/contactAutomations/10002';
		expect((await call(sandbox, 'DELETE', path)).status).toBe(200);
		expect([bo, ada].map((id) => sandbox.account.enrollments(id, 'Welcome'))).toEqual([1, 0]);
		const again = await call(sandbox, 'DELETE', path);
		expect([again.status, again.body]).toEqual([
			403,
			{ message: 'No Result found for SubscriberSeries with id 10002' },
		]);
	});

	it('refuses where the automation is not active', async () => {
		const { status, body } = await enroll(bo, CLOSED);
		expect([status, body]).toEqual([403, { message: 'Could not create SubscriberSeries' }]);
		expect(sandbox.account.contactBy(bo).automations).toEqual([]);
	});
});

describe('link requests that make no sense', () => {
	it.each([
		['/contactLists', 'contactList', { list: '401', contact: '9', status: 1 }, 404],
		['/contactLists', 'contactList', { list: '9', contact: '1001', status: 1 }, 404],
		['/contactLists', 'contactList', { list: '401', contact: '1001', status: 3 }, 400],
		['/contactLists', 'contactList', { list: '401', contact: '1001' }, 422],
		['/contactTags', 'contactTag', { tag: '601', contact: '9' }, 404],
		['/contactTags', 'contactTag', { tag: '9', contact: '1001' }, 404],
		['/contactTags', 'contactTag', { contact: '1001' }, 422],
		['/contactAutomations', 'contactAutomation', { automation: '801', contact: '9' }, 404],
		['/contactAutomations', 'contactAutomation', { automation: '9', contact: '1001' }, 404],
		['/contactAutomations', 'contactAutomation', {}, 422],
	])('POST %s with %s %j is refused with %d', async (path, key, sent, status) => {
		expect((await call(sandbox, 'POST', path, { [key]: sent })).status).toBe(status);
		const { lists, tags, automations } = sandbox.account.contactBy('1001');
		expect([lists.size, tags.size, automations.length]).toEqual([0, 0, 0]);
	});
});

it('pages what hangs on a contact where the settings say so', async () => {
	const tags = Array.from({ length: 25 }, (_, index) => `tag ${index}`);
	sandbox.account.addContact({ email: 'ada@example.com', tags });
	const count = async (query: string) =>
		column((await call(sandbox, 'GET', `/contacts/${ada}/contactTags${query}`)).body, 'contactTags', 'id')
			.length;
	expect([await count(''), await count('?limit=10')]).toEqual([25, 25]);
	sandbox.configure({ pagedContactLinks: true });
	expect([await count(''), await count('?offset=20'), await count('?limit=100')]).toEqual([20, 5, 25]);
});
