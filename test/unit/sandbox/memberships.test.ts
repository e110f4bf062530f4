import { MEMBERSHIP_STATUS, startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call, column, sync } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox({
		lists: ['News', { name: 'Offers', channel: 'sms' }],
		automations: ['Welcome'],
	});
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

const [NEWS, OFFERS] = ['401', '402'];
const memberships = async (email: string) => {
	const { id } = sandbox.account.contactBy(email);
	return at((await call(sandbox, 'GET', `/contacts/${id}/contactLists`)).body, 'contactLists');
};
const subscribe = (email: string, list: string, more = {}) => {
	const { id: contact } = sandbox.account.contactBy(email);
	return call(sandbox, 'POST', '/contactLists', { contactList: { contact, list, status: 1, ...more } });
};

describe('a membership', () => {
	it.each([
		['unconfirmed', 0],
		['active', 1],
		['unsubscribed', 2],
		['bounced', 3],
		['removed', 91],
	] as const)('has a status code for %s: %d', async (name, status) => {
		sandbox.account.addContact({ email: 'ada@example.com', lists: { News: name } });
		sandbox.account.addContact({ email: 'bo@example.com', lists: { News: status } });
		for (const email of ['ada@example.com', 'bo@example.com'])
			expect(await memberships(email)).toMatchObject([{ list: NEWS, status: String(status) }]);
		expect(MEMBERSHIP_STATUS[name]).toBe(status);
	});

	it('may have a status that is not documented', async () => {
		sandbox.account.addContact({ email: 'ada@example.com', lists: { News: 42, Offers: 1 } });
		expect(await memberships('ada@example.com')).toMatchObject([{ status: '42' }, { status: '1' }]);
	});

	it('names the channel of its list', async () => {
		const { body } = await call(sandbox, 'GET', '/lists');
		expect(column(body, 'lists', 'channel')).toEqual(['email', 'sms']);
		sandbox.account.addContact({ email: 'ada@example.com', lists: { News: 1, Offers: 1 } });
		expect(await memberships('ada@example.com')).toMatchObject([{ channel: 'email' }, { channel: 'sms' }]);
	});
});

it('the full row of a contact has its bounces', async () => {
	sandbox.account.addContact({ email: 'ada@example.com', bouncedHard: 1 });
	sandbox.account.addContact({ email: 'bo@example.com', bouncedSoft: 3 });
	const { body } = await call(sandbox, 'GET', '/contacts');
	expect(at(body, 'contacts')).toMatchObject([
		{ bounced_hard: '1', bounced_soft: '0' },
		{ bounced_hard: '0', bounced_soft: '3' },
	]);
	expect(at((await sync(sandbox, { email: 'ada@example.com' })).body, 'contact', 'bounced_hard')).toBe('1');
});

describe('an unsubscribe', () => {
	const comesBack = async (email: string) => {
		const before = sandbox.account.contactBy(email);
		sandbox.account.deleteContact(before);
		expect((await sync(sandbox, { email: email.toUpperCase() })).status).toBe(201);
		expect(sandbox.account.contactBy(email).id).not.toBe(before.id);
	};
	const LISTS = { News: 'unsubscribed', Offers: 'active' } as const;

	it.each([
		[true, [{ list: NEWS, status: '2' }]],
		[false, []],
	])(
		'of a deleted contact shows when the contact is created again (setting: %s)',
		async (showOldUnsubscribes, shown) => {
			sandbox.configure({ showOldUnsubscribes });
			sandbox.account.addContact({ email: 'ada@example.com', lists: LISTS });
			sandbox.account.addContact({ email: 'bo@example.com', lists: { News: 1 } });
			await comesBack('ada@example.com');
			await comesBack('bo@example.com');
			expect(await memberships('ada@example.com')).toMatchObject(shown);
			expect(await memberships('bo@example.com')).toEqual([]);
			const ada = sandbox.account.contactBy('ada@example.com');
			expect([NEWS, OFFERS].map((list) => sandbox.account.hasUnsubscribed(ada, list))).toEqual([true, false]);
		},
	);

	it.each([true, false])('of a deleted contact is respected by imports (shown: %s)', async (shows) => {
		sandbox.configure({ showOldUnsubscribes: shows, importDurationMs: 0 });
		sandbox.account.addContact({ email: 'ada@example.com', lists: LISTS });
		sandbox.account.deleteContact(sandbox.account.contactBy('ada@example.com'));
		const subscribed = { subscribe: [{ listid: NEWS }, { listid: OFFERS }] };
		const contacts = ['ada', 'bo'].map((name) => ({ email: `${name}@example.com`, ...subscribed }));
		await call(sandbox, 'POST', '/import/bulk_import', { contacts });
		const lists = sandbox.account.contacts().map((contact) => contact.lists);
		expect(lists.map((one) => one.get(OFFERS)?.status)).toEqual([1, 1]);
		expect(lists.map((one) => one.get(NEWS)?.status)).toEqual([shows ? 2 : undefined, 1]);
	});

	it('is over once the contact is subscribed again', async () => {
		sandbox.account.addContact({ email: 'ada@example.com', lists: LISTS });
		await comesBack('ada@example.com');
		await subscribe('ada@example.com', NEWS, { sourceid: 4 });
		await comesBack('ada@example.com');
		expect(await memberships('ada@example.com')).toEqual([]);
	});
});

it('the sandbox remembers memberships written by clients, but not those set by tests', async () => {
	sandbox.account.addContact({ email: 'ada@example.com', lists: { News: 'bounced' } });
	sandbox.account.addContact({ email: 'bo@example.com' });
	await subscribe('bo@example.com', OFFERS);
	await subscribe('ada@example.com', NEWS, { sourceid: 4 });
	expect(sandbox.account.membershipWrites).toEqual([
		{ email: 'bo@example.com', listId: OFFERS, from: undefined, to: 1, sourceId: '0' },
		{ email: 'ada@example.com', listId: NEWS, from: 3, to: 1, sourceId: '4' },
	]);
});

it('the sandbox counts enrollments by contact and automation, even concurrent ones', async () => {
	sandbox.account.addContact({ email: 'ada@example.com' });
	sandbox.account.addContact({ email: 'bo@example.com', automations: ['Welcome'] });
	const { id: contact } = sandbox.account.contactBy('ada@example.com');
	const enroll = () =>
		call(sandbox, 'POST', '/contactAutomations', { contactAutomation: { contact, automation: '801' } });
	const replies = await Promise.all([enroll(), enroll(), enroll()]);
	expect(new Set(replies.map(({ body }) => at(body, 'contactAutomation', 'id'))).size).toBe(3);
	expect(sandbox.account.enrollments('ada@example.com', 'Welcome')).toBe(3);
	expect(sandbox.account.enrollments(contact, '801')).toBe(3);
	expect(sandbox.account.enrollments('bo@example.com', 'Welcome')).toBe(1);
});
