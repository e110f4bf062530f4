import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { startSandbox, UNREADABLE_RESPONSES, withIds, type Fault, type RunningSandbox } from '../../sandbox';
import { at, call, column, sync } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ lists: ['News', 'Offers'], fields: 3 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

interface RawResponse {
	status?: number;
	encoding?: string;
	headerBytes: number;
	body: Buffer;
}

/** What stands on the wire, not unpacked and with headers of any size. */
const fetchRaw = (path: string) =>
	new Promise<RawResponse>((resolve, reject) => {
		const sent = request(`${sandbox.url}/api/3${path}`, {
			agent: false,
			headers: { 'Api-Token': sandbox.token },
			maxHeaderSize: 1_000_000,
		});
		sent.once('error', reject).once('response', (response) => {
			const chunks: Buffer[] = [];
			response
				.on('data', (chunk: Buffer) => chunks.push(chunk))
				.once('end', () =>
					resolve({
						status: response.statusCode,
						encoding: response.headers['content-encoding'],
						headerBytes: response.rawHeaders.join('').length,
						body: Buffer.concat(chunks),
					}),
				);
		});
		sent.end();
	});
const meet = async (fault: Fault) => {
	sandbox.failNext({ path: '/users/me' }, fault);
	return await fetchRaw('/users/me');
};

describe('an unreadable response', () => {
	it.each([
		['noBody', ''],
		['notJson', 'OK'],
	] as const)('can be %s', async (fault, text) => {
		const { status, body } = await meet(fault);
		expect([status, body.toString()]).toEqual([200, text]);
	});

	it('can be JSON nested 5,000 deep', async () => {
		const { body } = await meet('deepJson');
		expect(body.toString().split('{')).toHaveLength(5_001);
		expect(at(JSON.parse(body.toString()), 'contact', 'contact')).toBeDefined();
	});

	it('can be broken gzip', async () => {
		const { encoding, body } = await meet('brokenGzip');
		expect(encoding).toBe('gzip');
		expect(() => gunzipSync(body)).toThrow();
	});

	it('can be gzip of any size', async () => {
		const { encoding, body } = await meet({ gzipBombBytes: 5_000_000 });
		expect(encoding).toBe('gzip');
		expect(body.length).toBeLessThan(50_000);
		const unpacked = gunzipSync(body).toString();
		expect([unpacked.length, JSON.parse(unpacked)]).toEqual([5_000_000, []]);
	});

	it('can have 100 KB of headers', async () => {
		expect((await meet('longHeaders')).headerBytes).toBeGreaterThan(100_000);
		sandbox.failNext({}, 'longHeaders');
		await expect(call(sandbox, 'GET', '/users/me')).rejects.toThrow();
	});

	it('can be bytes that are not HTTP', async () => {
		await expect(meet('notHttp')).rejects.toThrow(/Parse Error/);
	});

	it('can be far too large although it is right', async () => {
		sandbox.failNext({}, { paddedToBytes: 11_000_000 });
		const [large, usual] = [await call(sandbox, 'GET', '/users/me'), await call(sandbox, 'GET', '/users/me')];
		expect([large.text.length, large.status]).toEqual([11_000_000, 200]);
		expect(large.body).toEqual(usual.body);
	});

	it.each([...Object.keys(UNREADABLE_RESPONSES), 'notHttp'])('%s can come after the write', async (name) => {
		for (const email of ['ada@example.com', 'bo@example.com']) {
			const isFirst = email.startsWith('ada');
			sandbox.failNext({ path: '/contact/sync' }, { name: name as 'notHttp', afterWrite: isFirst });
			await sync(sandbox, { email }).catch(() => undefined);
		}
		expect(sandbox.account.contacts().map(({ email }) => email)).toEqual(['ada@example.com']);
	});
});

describe('false pages', () => {
	const ids = async (query: string) =>
		column((await call(sandbox, 'GET', `/lists?${query}`)).body, 'lists', 'id');
	const total = async () => at((await call(sandbox, 'GET', '/lists')).body, 'meta', 'total');

	it('may have new ids for ever', async () => {
		sandbox.configure({ falsePages: { '/lists': 'endless' } });
		const pages = [
			await ids('limit=100'),
			await ids('limit=100&offset=100'),
			await ids('limit=7&offset=99999'),
		];
		expect(pages.map((page) => page.length)).toEqual([100, 100, 7]);
		expect(new Set(pages.flat()).size).toBe(207);
		expect(await total()).toBe('1000000');
	});

	it('may have a total that the rows never reach', async () => {
		sandbox.configure({ falsePages: { '/lists': 'totalTooHigh' } });
		expect([await ids(''), await ids('offset=2'), await total()]).toEqual([['401', '402'], [], '1000000']);
		const { body } = await call(sandbox, 'GET', '/fields');
		expect([column(body, 'fields', 'id'), at(body, 'meta', 'total')]).toEqual([['1', '2', '3'], '3']);
	});
});

describe('a rewrite', () => {
	it('changes the matching responses until it is ended', async () => {
		const end = sandbox.rewrite({ path: '/contact/sync' }, (response, { text }) =>
			text.includes('ada@') ? { ...response, status: 202, body: { was: response.status } } : response,
		);
		const [ada, bo] = [
			await sync(sandbox, { email: 'ada@example.com' }),
			await sync(sandbox, { email: 'bo@example.com' }),
		];
		expect([ada.status, ada.body, bo.status]).toEqual([202, { was: 201 }, 201]);
		end();
		expect((await sync(sandbox, { email: 'ada@example.com' })).status).toBe(200);
	});

	it('can make ids that are not digits, however deep', async () => {
		sandbox.rewrite({ path: '/lists' }, (response) => ({
			...response,
			body: withIds(response.body, (id) => `${id}/../../../evil`),
		}));
		const { body } = await call(sandbox, 'GET', '/lists');
		expect(column(body, 'lists', 'id')).toEqual(['401/../../../evil', '402/../../../evil']);
		expect(column((await call(sandbox, 'GET', '/fields')).body, 'fields', 'id')).toEqual(['1', '2', '3']);
		sandbox.reset();
		expect(column((await call(sandbox, 'GET', '/lists')).body, 'lists', 'id')).toEqual(['401', '402']);
	});
});
