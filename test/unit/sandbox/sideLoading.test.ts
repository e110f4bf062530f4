import { startSandbox, type RunningSandbox } from '../../sandbox';
import { isRecord } from '../../guards';
import { at, call, column } from './call';

let sandbox: RunningSandbox;
const ADA = '1001';
const BO = '1002';

beforeAll(async () => {
	sandbox = await startSandbox({
		fields: [{ title: 'Color' }],
		lists: ['News', 'Offers'],
		tags: ['VIP', 'Lead'],
		automations: ['Welcome'],
	});
});
beforeEach(() => {
	sandbox.reset();
	sandbox.account.addContact({
		email: 'ada@example.com',
		fieldValues: { Color: 'red' },
		lists: { News: 'active', Offers: 'bounced' },
		tags: ['VIP', 'Lead'],
		automations: ['Welcome'],
		company: 'Acme',
	});
	sandbox.account.addContact({ email: 'bo@example.com', lists: { News: 'unsubscribed' }, tags: ['VIP'] });
	sandbox.account.addContact({ email: 'cy@example.com', tags: ['Lead'] });
});
afterAll(() => sandbox.stop());

const keysOf = (body: unknown) => (isRecord(body) ? Object.keys(body).sort() : []);
const ALL = 'contactLists,contactTags,contactAutomations,fieldValues';
const read = async (query: string) => (await call(sandbox, 'GET', `/contacts?${query}`)).body;
const readBoth = (include: string) => read(`ids[]=${ADA}&ids[]=${BO}&status=-1&limit=100&include=${include}`);

describe('GET /contacts with include', () => {
	it('puts the collections beside the contacts, which name their rows by id', async () => {
		const body = await readBoth(ALL);
		expect(at(body, 'contacts')).toMatchObject([
			{
				id: ADA,
				contactLists: ['30001', '30002'],
				contactTags: ['20001', '20002'],
				contactAutomations: ['10001'],
				fieldValues: ['50001'],
			},
			{ id: BO, contactLists: ['30003'], contactTags: ['20003'], contactAutomations: [], fieldValues: [] },
		]);
		expect(at(body, 'contactLists')).toMatchObject([
			{ id: '30001', contact: ADA, list: '401', status: '1' },
			{ id: '30002', contact: ADA, list: '402', status: '3' },
			{ id: '30003', contact: BO, list: '401', status: '2' },
		]);
		expect(column(body, 'contactTags', 'tag')).toEqual(['601', '602', '601']);
		expect(column(body, 'contactAutomations', 'automation')).toEqual(['801']);
		expect(at(body, 'fieldValues')).toMatchObject([{ contact: ADA, field: '1', value: 'red' }]);
		expect(at(body, 'meta', 'total')).toBe('2');
	});

	it('loads nothing that was not asked for', async () => {
		const body = await readBoth('contactTags');
		expect(keysOf(body)).toEqual(['contactTags', 'contacts', 'meta', 'scoreValues']);
		expect(at(body, 'contacts', 0)).not.toHaveProperty('contactLists');
		expect(at(await read(''), 'contacts', 0)).not.toHaveProperty('contactTags');
	});

	it.each([
		['contactAutomations.automation', 'automations', 'name', ['Welcome']],
		['accountContacts.account', 'accounts', 'name', ['Acme']],
	])('loads the records of the rows for include=%s, each once', async (name, collection, key, expected) => {
		const body = await readBoth(name);
		expect(column(body, collection, key)).toEqual(expected);
		expect(column(body, name.split('.')[0] ?? '', 'id').length).toBeGreaterThan(0);
	});

	it('gives at most 100 contacts, 20 unless asked for more', async () => {
		for (let count = 0; count < 120; count++)
			sandbox.account.addContact({ email: `person${count}@example.com` });
		const ids = sandbox.account.contacts().map(({ id }) => `ids[]=${id}`);
		const count = async (query: string) => column(await read(query), 'contacts', 'id').length;
		expect(await count(ids.slice(0, 100).join('&'))).toBe(20);
		expect(await count(`${ids.slice(0, 100).join('&')}&limit=100`)).toBe(100);
		expect(await count(`${ids.join('&')}&limit=200`)).toBe(100);
	});

	it.each([
		['-1', 3],
		['1', 1],
		['2', 1],
		['3', 1],
		['0', 0],
	])('finds with status=%s %d contacts', async (status, count) => {
		expect(column(await read(`status=${status}`), 'contacts', 'id')).toHaveLength(count);
	});
});

describe('GET /contacts/{id}', () => {
	it('loads the tags where it is asked to', async () => {
		const { body } = await call(sandbox, 'GET', `/contacts/${ADA}?include=contactTags.tag`);
		expect(at(body, 'contact', 'contactTags')).toEqual(['20001', '20002']);
		expect(column(body, 'tags', 'tag')).toEqual(['VIP', 'Lead']);
	});
});

describe('an account that side-loads less', () => {
	it('ignores include', async () => {
		sandbox.configure({ sideLoading: { ignoresInclude: true } });
		const body = await readBoth(ALL);
		expect(keysOf(body)).toEqual(['contacts', 'meta', 'scoreValues']);
		expect(at(body, 'contacts', 0)).not.toHaveProperty('contactLists');
		expect(column((await call(sandbox, 'GET', `/contacts/${ADA}`)).body, 'contactLists', 'id')).toHaveLength(
			2,
		);
	});

	it('can ignore a name in include', async () => {
		sandbox.configure({ sideLoading: { unknown: ['contactAutomations', 'contactTags.tag'] } });
		const body = await readBoth(`${ALL},contactTags.tag`);
		expect(body).not.toHaveProperty('contactAutomations');
		expect(body).not.toHaveProperty('tags');
		expect(at(body, 'contacts', 0)).not.toHaveProperty('contactAutomations');
		expect(column(body, 'contactTags', 'id')).toHaveLength(3);
	});

	it('leaves out a collection although the contacts name its rows', async () => {
		sandbox.configure({ sideLoading: { withoutRows: ['contactTags'] } });
		const body = await readBoth(ALL);
		expect(body).not.toHaveProperty('contactTags');
		expect(at(body, 'contacts', 0, 'contactTags')).toEqual(['20001', '20002']);
		expect(column(body, 'contactLists', 'id')).toHaveLength(3);
	});

	it('ends a collection after 20 rows', async () => {
		const tags = Array.from({ length: 30 }, (_, index) => `tag ${index}`);
		sandbox.account.addContact({ email: 'bo@example.com', tags });
		sandbox.configure({ sideLoading: { truncated: ['contactTags'] } });
		const body = await readBoth(ALL);
		expect(column(body, 'contactTags', 'id')).toHaveLength(20);
		expect(at(body, 'contacts', 1, 'contactTags')).toHaveLength(31);
	});

	it('mixes in rows of other contacts', async () => {
		sandbox.configure({ sideLoading: { rowsOfOthers: true } });
		const body = await readBoth('contactTags');
		expect(column(body, 'contacts', 'id')).toEqual([ADA, BO]);
		expect(column(body, 'contactTags', 'contact')).toEqual([ADA, ADA, BO, '1003']);
	});

	it('refuses a URL that is too long for it', async () => {
		sandbox.configure({ maxUrlLength: 100 });
		const path = (ids: number) =>
			`/contacts?${Array.from({ length: ids }, (_, id) => `ids[]=${id}`).join('&')}`;
		const [short, long] = [await call(sandbox, 'GET', path(5)), await call(sandbox, 'GET', path(20))];
		expect([short.status, long.status]).toEqual([200, 414]);
	});
});
