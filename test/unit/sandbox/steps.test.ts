import { startSandbox, type RunningSandbox } from '../../sandbox';
import { ANY_LIST } from '../../sandbox/model';
import { at, call, column } from './call';

let sandbox: RunningSandbox;
let ada: string;
let bo: string;
const [NEWS, CLUB] = ['401', '402'];
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
	it.each(['active', 'unsubscribed', 'unconfirmed', 'bounced', 'removed', 42] as const)(
		'overwrites a membership with the status %s',
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

	it('notes a re-subscription without the source that the documentation asks for', async () => {
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

	it('starts the automations that wait for new subscribers of any list, once', async () => {
		sandbox.account.addAutomation('On any list', { startsOnList: ANY_LIST });
		await setMembership(ada, NEWS, 1);
		await setMembership(ada, CLUB, 1);
		await setMembership(bo, CLUB, 2);
		expect([ada, bo].map((id) => sandbox.account.contactBy(id).automations.length)).toEqual([1, 0]);
		expect(sandbox.account.mistakes).toEqual([]);
	});
});

describe('tags', () => {
	const createTag = (tag: Record<string, unknown>) => call(sandbox, 'POST', '/tags', { tag });

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

	it.each([{ tag: ' ', tagType: 'contact' }, { tagType: 'contact' }])(
		'refuses the name in %j',
		async (tag) => {
			expect((await createTag(tag)).status).toBe(422);
			expect(sandbox.account.tags.size).toBe(2);
		},
	);
});

describe('POST /contactAutomations', () => {
	const enroll = (contact: string, automation: string | undefined) =>
		call(sandbox, 'POST', '/contactAutomations', { contactAutomation: { contact, automation } });

	it('enrolls once more with each repeat, and notes that as a mistake', async () => {
		expect((await enroll(ada, WELCOME)).status).toBe(201);
		expect((await enroll(bo, WELCOME)).status).toBe(201);
		expect(sandbox.account.mistakes).toEqual([]);
		expect((await enroll(ada, WELCOME)).status).toBe(201);
		const { body } = await call(sandbox, 'GET', `/contacts/${ada}/contactAutomations`);
		expect(column(body, 'contactAutomations', 'automation')).toEqual([WELCOME, WELCOME]);
		expect(sandbox.account.mistakes.map(({ kind }) => kind)).toEqual(['enrolledTwice']);
	});

	it('enrolls a contact that has completed the automation once more, without a mistake', async () => {
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

	it('is refused where the automation is not active', async () => {
		const { status, body } = await enroll(bo, CLOSED);
		expect([status, body]).toEqual([403, { message: 'Could not create SubscriberSeries' }]);
		expect(sandbox.account.contactBy(bo).automations).toEqual([]);
	});
});

describe('invalid link requests', () => {
	it.each([
		['/contactLists', 'contactList', { list: '401', contact: '9', status: 1 }, 404],
		['/contactLists', 'contactList', { list: '9', contact: '1001', status: 1 }, 404],
		['/contactLists', 'contactList', { list: '401', contact: '1001', status: 3 }, 400],
		['/contactLists', 'contactList', { list: '401', contact: '1001' }, 422],
		['/contactTags', 'contactTag', { tag: '601', contact: '9' }, 404],
		['/contactTags', 'contactTag', { contact: '1001' }, 422],
		['/contactAutomations', 'contactAutomation', { automation: '801', contact: '9' }, 404],
		['/contactAutomations', 'contactAutomation', {}, 422],
	])('get a refusal: POST %s with %s %j, status %d', async (path, key, sent, status) => {
		expect((await call(sandbox, 'POST', path, { [key]: sent })).status).toBe(status);
		const { lists, tags, automations } = sandbox.account.contactBy('1001');
		expect([lists.size, tags.size, automations.length]).toEqual([0, 0, 0]);
	});
});

it("the rows of a contact are paged with the setting 'pagedContactLinks'", async () => {
	const tags = Array.from({ length: 25 }, (_, index) => `tag ${index}`);
	sandbox.account.addContact({ email: 'ada@example.com', tags });
	const count = async (query: string) =>
		column((await call(sandbox, 'GET', `/contacts/${ada}/contactTags${query}`)).body, 'contactTags', 'id')
			.length;
	expect([await count(''), await count('?limit=10')]).toEqual([25, 25]);
	sandbox.configure({ pagedContactLinks: true });
	expect([await count(''), await count('?offset=20'), await count('?limit=100')]).toEqual([20, 5, 25]);
});
