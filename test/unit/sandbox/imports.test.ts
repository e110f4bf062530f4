import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ fields: 9, lists: ['News', 'Club'], tags: ['VIP'], importDurationMs: 0 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

const addresses = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ email: `c${index}@example.com` }));
const submit = (contacts: unknown, more: Record<string, unknown> = {}) =>
	call(sandbox, 'POST', '/import/bulk_import', { contacts, ...more });
const info = async (batchId: unknown) =>
	(await call(sandbox, 'GET', `/import/info?batchId=${String(batchId)}`)).body;
const setOf = (value: unknown) => new Set<unknown>(Array.isArray(value) ? value : []);

describe('POST /import/bulk_import', () => {
	it('unsubscribes, and ignores fields and lists that do not exist', async () => {
		await submit([
			{ email: 'bo@example.com', fields: [{ id: 99, value: 'y' }] },
			{ email: 'cy@example.com', subscribe: [{ listid: 9 }], unsubscribe: [{ listid: 402 }] },
		]);
		const [bo, cy] = ['bo', 'cy'].map((name) => sandbox.account.contactBy(`${name}@example.com`));
		expect(bo?.fieldValues.size).toBe(0);
		expect([...(cy?.lists ?? [])].map(([id, { status }]) => [id, status])).toEqual([['402', 2]]);
		expect(sandbox.account.mistakes).toEqual([]);
	});

	it('drops camelCase and notes it', async () => {
		await submit([
			{ email: 'ada@example.com', firstName: 'Ada' },
			{ email: 'bo@example.com', first_name: 'Bo' },
		]);
		expect(sandbox.account.contacts().map(({ firstName }) => firstName)).toEqual(['', 'Bo']);
		expect(sandbox.account.mistakes).toEqual([{ kind: 'keyDropped', detail: 'firstName' }]);
	});

	it.each([
		['lowerCaseKey', { success: 1 }],
		['capitalKey', { Success: 1 }],
		['word', { success: 'Success' }],
	] as const)('responds as text/html with %s', async (importSuccess, expected) => {
		sandbox.configure({ importSuccess });
		const { headers, body } = await submit(addresses(2));
		expect(headers.get('content-type')).toBe('text/html; charset=UTF-8');
		expect(body).toMatchObject({ ...expected, queued_contacts: 2, message: 'Contact import queued' });
		expect(at(body, 'batchId')).toBe(sandbox.account.imports[0]?.batchId);
	});

	it.each([
		['no contacts', []],
		['contacts that are not an array', {}],
	])('refuses %s', async (_name, contacts) => {
		const { status, body } = await submit(contacts);
		expect([status, at(body, 'success')]).toEqual([400, 0]);
		expect(sandbox.account.contacts()).toEqual([]);
	});

	it('takes 250 contacts, and 399,999 bytes', async () => {
		expect((await submit(addresses(250))).status).toBe(200);
		const rest = JSON.stringify({ contacts: [{ email: 'big@example.com', phone: '' }] }).length;
		const large = (bytes: number) => submit([{ email: 'big@example.com', phone: 'x'.repeat(bytes - rest) }]);
		expect((await large(400_000)).status).toBe(400);
		expect((await large(399_999)).status).toBe(200);
		expect(sandbox.account.contacts()).toHaveLength(251);
	});

	it('counts bytes, not characters', async () => {
		const phones = (phone: string) => submit([{ email: 'a@example.com' }, { email: 'b@example.com', phone }]);
		expect((await phones('😀'.repeat(100_000))).status).toBe(400);
		expect((await phones('x'.repeat(200_000))).status).toBe(200);
	});

	it.each([['@example.com'], ['a@exa mple.com'], [''], [5]])(
		'refuses the whole batch for the address %j, naming its place from 1',
		async (email) => {
			const { status, body } = await submit([
				{ email: 'ada@example.com' },
				{ email },
				{ email: 'bo@example.com' },
			]);
			expect(status).toBe(400);
			expect(at(body, 'failureReasons')).toMatchObject([{ contact: 2 }]);
			expect(sandbox.account.contacts()).toEqual([]);
		},
	);

	it.each([
		['all', [2, 4]],
		['first', [2]],
	] as const)('names %s of the contacts that the account refuses', async (importNames, places) => {
		sandbox.configure({ importNames });
		sandbox.account.refuseInImport(({ phone }) => phone === '13', 'Unlucky');
		const contacts = addresses(5).map((contact, index) =>
			index % 2 === 1 ? { ...contact, phone: '13' } : contact,
		);
		const { body } = await submit(contacts);
		expect(at(body, 'failureReasons')).toEqual(
			places.map((contact) => ({ contact, failureReason: 'Unlucky' })),
		);
	});

	it('skips excluded addresses and counts them out', async () => {
		sandbox.account.excludeFromImport('C1@example.com');
		const { body } = await submit(addresses(3));
		expect(at(body, 'queued_contacts')).toBe(2);
		expect(sandbox.account.contacts().map(({ email }) => email)).toEqual([
			'c0@example.com',
			'c2@example.com',
		]);
	});

	it('notes the same address twice in one batch, not in two', async () => {
		await submit(addresses(2));
		await submit(addresses(2));
		expect(sandbox.account.mistakes).toEqual([]);
		await submit([...addresses(2), { email: 'C1@example.com' }]);
		expect(sandbox.account.mistakes).toEqual([{ kind: 'sameAddressTwice', detail: 'c1@example.com' }]);
	});

	it('has a limit by the minute, reported with a 400', async () => {
		sandbox.configure({ importsPerMinute: 2, requestsPerSecond: 1 });
		expect([(await submit(addresses(2))).status, (await submit(addresses(3))).status]).toEqual([200, 200]);
		const { status, body } = await submit(addresses(4));
		expect([status, at(body, 'message')]).toEqual([400, 'Rate limit exceeded.']);
		expect(at(body, 'failureReasons')).toEqual([expect.stringContaining('100 imports')]);
		expect(sandbox.account.contacts()).toHaveLength(3);
	});

	it('subscribes an unconfirmed contact', async () => {
		sandbox.account.addContact({ email: 'c0@example.com', lists: { News: 'unconfirmed' } });
		await submit(addresses(2).map((contact) => ({ ...contact, subscribe: [{ listid: 401 }] })));
		expect(sandbox.account.contacts().map(({ lists }) => lists.get('401')?.status)).toEqual([1, 1]);
	});

	it('starts automations when exclude_automations is false', async () => {
		sandbox.account.addAutomation('On news', { startsOnList: '401' });
		const contacts = [{ email: 'a@example.com', subscribe: [{ listid: '401' }] }, { email: 'b@example.com' }];
		await submit(contacts, { exclude_automations: false });
		expect(sandbox.account.contacts().map(({ automations }) => automations.length)).toEqual([1, 0]);
	});
});

describe('GET /import/info', () => {
	it('stores the contacts when its time is up', async () => {
		sandbox.configure({ importDurationMs: 20 });
		const { body } = await submit(addresses(2));
		let status: unknown;
		while (status !== 'completed') status = at(await info(at(body, 'batchId')), 'status');
		expect(sandbox.account.contacts()).toHaveLength(2);
	});

	it('lists the ids of stored contacts and the addresses of failed ones, in no order', async () => {
		for (const index of [3, 30]) sandbox.account.failInImport(`c${index}@example.com`);
		const { body } = await submit(addresses(60));
		const result = await info(at(body, 'batchId'));
		const ids = sandbox.account.contacts().map(({ id }) => id);
		expect(at(result, 'status')).toBe('completed');
		expect(at(result, 'success')).not.toEqual(ids);
		expect(setOf(at(result, 'success'))).toEqual(new Set(ids));
		expect(setOf(at(result, 'failure'))).toEqual(new Set(['c3@example.com', 'c30@example.com']));
	});

	it.each([
		['completed', 4],
		['interrupted', 2],
		['failed', 0],
	] as const)('can be scripted: %s, of 4 contacts %d stored', async (outcome, stored) => {
		sandbox.account.scriptImport({ outcome });
		const scripted = await submit(addresses(4));
		expect(await info(at(scripted.body, 'batchId'))).toMatchObject({ status: outcome, failure: [] });
		expect(sandbox.account.contacts()).toHaveLength(stored);
		const next = await submit(addresses(4));
		expect(at(await info(at(next.body, 'batchId')), 'status')).toBe('completed');
	});

	it('requires a batch ID', async () => {
		const { status, body } = await call(sandbox, 'GET', '/import/info');
		expect([status, body]).toEqual([400, { success: 0, message: "'batchId' is a required field." }]);
	});
});
