import { startSandbox, type RunningSandbox } from '../../sandbox';
import { call, column } from './call';

const [NEWS, CLUB] = ['401', '402'];
const [VIP, LEAD] = ['601', '602'];
const HOUR_MS = 3_600_000;

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ lists: ['News', 'Club'], tags: ['VIP', 'Lead'] });
	const { account } = sandbox;
	account.addContact({ email: 'cy@example.com', tags: ['VIP'], lists: { News: 'active' } });
	account.addContact({ email: 'ada@example.com', tags: ['Lead'], lists: { News: 'unsubscribed' } });
	sandbox.skip(HOUR_MS);
	account.addContact({ email: 'bo@example.org', tags: ['VIP', 'Lead'], lists: { Club: 'active' } });
	sandbox.skip(HOUR_MS);
	await call(sandbox, 'POST', '/contact/sync', { contact: { email: 'cy@example.com', firstName: 'Cy' } });
});
beforeEach(() => sandbox.configure({ ignoredParameters: {}, segmentMs: 0 }));
afterAll(() => sandbox.stop());

async function found(query: string): Promise<string[]> {
	const { body } = await call(sandbox, 'GET', `/contacts?${query}`);
	return column(body, 'contacts', 'email').map((email) => String(email).split('@')[0] ?? '');
}

describe('GET /contacts', () => {
	it.each([
		[`tagid=${VIP}`, ['cy', 'bo']],
		['tagid=9', []],
		[`listid=${NEWS}`, ['cy', 'ada']],
		[`listid=${NEWS}&status=-1`, ['cy', 'ada']],
		[`listid=${NEWS}&status=1`, ['cy']],
		[`listid=${NEWS}&status=2`, ['ada']],
		[`listid=${CLUB}&status=2`, []],
		['status=1', ['cy', 'bo']],
		['email_like=example.org', ['bo']],
		[`tagid=${LEAD}&listid=${NEWS}&status=2`, ['ada']],
		['id_greater=1001&orders[id]=ASC', ['ada', 'bo']],
		['id_greater=1001&orders[id]=DESC&limit=1', ['bo']],
		['orders[email]=ASC', ['ada', 'bo', 'cy']],
		['orders[udate]=DESC&limit=1', ['cy']],
	])('finds with %s', async (query, names) => {
		expect(await found(query)).toEqual(names);
	});

	it.each([
		['as a moment with an offset', (text: string) => new Date(text).toISOString()],
		["as the account's own time", (text: string) => text.slice(0, 19).replace('T', ' ')],
	])('finds what was changed or created after a date given %s', async (_how, write) => {
		const [ada, bo] = ['1002', '1003'].map((id) =>
			encodeURIComponent(write(sandbox.account.contactBy(id).cdate)),
		);
		expect(await found(`filters[updated_after]=${ada}`)).toEqual(['cy', 'bo']);
		expect(await found(`filters[created_after]=${ada}`)).toEqual(['bo']);
		expect(await found(`filters[updated_after]=${bo}`)).toEqual(['cy']);
		expect(await found(`filters[created_after]=${bo}`)).toEqual([]);
	});

	it('takes a day as its beginning', async () => {
		const day = sandbox.account.contactBy('1001').cdate.slice(0, 10);
		expect(await found(`filters[created_after]=${day}`)).toEqual(['cy', 'ada', 'bo']);
		expect(await found('filters[created_after]=2999-01-01')).toEqual([]);
	});

	it('finds the contacts of a segment as they are now, and nobody in one that there is not', async () => {
		const { id } = sandbox.account.addSegment('Named', ({ firstName }) => firstName !== '');
		expect(await found(`segmentid=${id}`)).toEqual(['cy']);
		expect(await found('segmentid=9')).toEqual([]);
	});

	it('may need time for a segment, from when it is first asked for', async () => {
		sandbox.configure({ segmentMs: 60_000 });
		const { id } = sandbox.account.addSegment('All', () => true);
		sandbox.skip(60_000);
		expect(await found(`segmentid=${id}`)).toEqual([]);
		sandbox.skip(60_000);
		expect(await found(`segmentid=${id}`)).toEqual(['cy', 'ada', 'bo']);
	});

	it.each([
		[`tagid=${VIP}`, 'tagid'],
		[`listid=${CLUB}&status=-1`, 'listid'],
		['segmentid=9', 'segmentid'],
		['filters[updated_after]=2999-01-01', 'filters[updated_after]'],
		['filters[created_after]=2999-01-01', 'filters[created_after]'],
		['email_like=nobody', 'email_like'],
		['id_greater=1002', 'id_greater'],
		['orders[id]=DESC', 'orders[id]'],
	])('lists everybody with %s where %s is ignored', async (query, parameter) => {
		sandbox.configure({ ignoredParameters: { '/contacts': [parameter] } });
		expect(await found(query)).toEqual(['cy', 'ada', 'bo']);
	});
});
