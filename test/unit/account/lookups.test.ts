import { Lookups } from '../../../nodes/ActiveCampaignSync/account/lookups';
import { openAccount, watch, type Reply, type Sent, useFakeClock } from './fakeAccount';

const MINUTE = 60_000;
const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

const FIELDS = {
	fields: [
		{ id: '1', title: 'Size' },
		{ id: '2', title: 'Color' },
	],
	meta: { total: '2' },
};
const TAGS = {
	tags: [
		{ id: '7', tag: 'VIP', tagType: 'contact' },
		{ id: '8', tag: 'vip', tagType: 'template' },
		{ id: '9', tag: 'VIP gold', tagType: 'contact' },
	],
	meta: { total: '3' },
};
const LISTS = {
	lists: [
		{ id: '1', name: 'News' },
		{ id: '2', name: 'news' },
		{ id: '3', name: 'Offers' },
	],
	meta: { total: '3' },
};

function usual(_index: number, { method, url }: Sent): Reply {
	if (method === 'POST') return { status: 201, body: { tag: { id: '77', tag: 'New' } } };
	if (url.includes('/tags')) return { body: TAGS };
	return { body: url.includes('/lists') ? LISTS : FIELDS };
}

const paths = (sent: readonly Sent[]) =>
	sent.map(({ method, url }) => `${method} ${url.replace(/^.*\/api\/3|\?.*$/g, '')}`);

let accounts = 0;
const newName = () => `catalogs${(accounts += 1)}`;

useFakeClock();

describe('custom fields', () => {
	it('are read once, however many items ask for them', async () => {
		const { account, sent } = await openAccount(usual);
		const catalogs = new Lookups(account);
		const seen = [1, 2, 3].map(() => watch(catalogs.fields()));
		await pass(100);
		const later = watch(catalogs.fields());
		await pass(100);
		expect(sent).toHaveLength(1);
		expect([...seen, later].map(({ value }) => value?.fields.length)).toEqual([2, 2, 2, 2]);
	});

	it('are read once for executions that begin together, and again for later ones', async () => {
		const name = newName();
		const runs = await Promise.all(
			[1, 2, 3].map(async () => await openAccount(usual, undefined, undefined, name)),
		);
		const seen = runs.map(({ account }) => watch(new Lookups(account).fields()));
		await pass(100);
		expect(seen.every(({ value }) => value)).toBe(true);
		expect(runs.map(({ sent }) => sent.length).sort()).toEqual([0, 0, 1]);
		const later = await openAccount(usual, undefined, undefined, name);
		watch(new Lookups(later.account).fields());
		await pass(1_500);
		expect(later.sent).toHaveLength(1);
	});

	it('are read for each token, since its user may see others', async () => {
		const name = newName();
		const one = await openAccount(usual, undefined, 'a-token-of-one', name);
		const two = await openAccount(() => ({ status: 403 }), undefined, 'a-token-of-two', name);
		const seen = [one, two].map(({ account }) => watch(new Lookups(account).fields()));
		await pass(5_000);
		expect(seen.map(({ failure }) => failure?.kind)).toEqual([undefined, 'forbidden']);
	});

	it('are read by another execution when the one that reads them is stopped', async () => {
		const name = newName();
		const controller = new AbortController();
		const slow = (): Reply => ({ thrown: new Error('stopped'), afterMs: 1_000 });
		const first = await openAccount(slow, controller.signal, undefined, name);
		const second = await openAccount(usual, undefined, undefined, name);
		const seen = [first, second].map(({ account }) => watch(new Lookups(account).fields()));
		await pass(500);
		controller.abort();
		await pass(2_000);
		expect(seen[0]?.failure?.kind).toBe('stopped');
		expect(seen[1]?.value?.fields).toHaveLength(2);
	});

	it('that cannot be read fail all items that wait for them, after two minutes of retries in all', async () => {
		const name = newName();
		const runs = await Promise.all(
			[1, 2, 3].map(async () => await openAccount(() => ({ status: 500 }), undefined, undefined, name)),
		);
		const seen = runs.map(({ account }) => watch(new Lookups(account).fields()));
		await pass(3 * MINUTE);
		expect(seen.map(({ failure }) => failure?.kind)).toEqual(['unavailable', 'unavailable', 'unavailable']);
		const [none, alsoNone, all] = runs.map(({ sent }) => sent.length).sort((one, other) => one - other);
		expect([none, alsoNone]).toEqual([0, 0]);
		expect(all).toBeGreaterThan(20);
	});

	it('are read again after a failure that passes, but not if the permission is missing', async () => {
		let status = 500;
		const { account, sent } = await openAccount(() => ({ status }));
		const catalogs = new Lookups(account);
		const first = watch(catalogs.fields());
		await pass(3 * MINUTE);
		expect(first.failure?.kind).toBe('unavailable');
		status = 403;
		const before = sent.length;
		const second = watch(catalogs.fields());
		await pass(MINUTE);
		const tries = sent.length - before;
		const third = watch(catalogs.fields());
		await pass(MINUTE);
		expect([second.failure?.kind, third.failure?.kind]).toEqual(['forbidden', 'forbidden']);
		expect(sent.length - before).toBe(tries);
	});
});

describe('a tag', () => {
	it('is found by its whole name, whatever its case, among those of contacts', async () => {
		const { account, sent } = await openAccount(usual);
		const catalogs = new Lookups(account);
		const seen = ['vip', 'VIP', 'Vip'].map((name) => watch(catalogs.tagId(name)));
		await pass(100);
		expect(seen.map(({ value }) => value)).toEqual(['7', '7', '7']);
		expect(sent).toHaveLength(1);
		expect(sent[0]?.url).toContain('filters%5Bsearch%5D%5Beq%5D=vip');
	});

	it('that does not exist is looked up by each execution', async () => {
		const name = newName();
		for (const expected of [1, 1]) {
			const { account, sent } = await openAccount(usual, undefined, undefined, name);
			const catalogs = new Lookups(account);
			const seen = [watch(catalogs.tagId('gold')), watch(catalogs.tagId('Gold'))];
			await pass(2_000);
			expect(seen.map(({ value, endedAt }) => [value, endedAt !== undefined])).toEqual([
				[undefined, true],
				[undefined, true],
			]);
			expect(sent).toHaveLength(expected);
		}
	});

	it('is remembered for later executions, for a minute', async () => {
		const name = newName();
		const lookups: number[] = [];
		for (const waitMs of [10_000, 45_000, 10_000, 0]) {
			const { account, sent } = await openAccount(usual, undefined, undefined, name);
			const seen = watch(new Lookups(account).tagId('VIP'));
			await pass(2_000);
			expect(seen.value).toBe('7');
			lookups.push(sent.length);
			await pass(waitMs);
		}
		expect(lookups).toEqual([1, 0, 0, 1]);
	});

	it('is created once, with the type that makes it visible', async () => {
		const { account, sent } = await openAccount(usual);
		const catalogs = new Lookups(account);
		const seen = ['New', 'new'].map((name) => watch(catalogs.tagToAdd(name, false)));
		await pass(100);
		expect(seen.map(({ value }) => value)).toEqual([
			{ id: '77', isCreated: true },
			{ id: '77', isCreated: false },
		]);
		expect(sent.map(({ body }) => body)).toEqual([{ tag: { tag: 'New', tagType: 'contact' } }]);
	});

	it('to add is created at once for a contact that lacks it for certain, and else looked up first', async () => {
		const { account, sent } = await openAccount(usual);
		const catalogs = new Lookups(account);
		const lacking = [watch(catalogs.tagToAdd('New', false)), watch(catalogs.tagToAdd('NEW', true))];
		await pass(100);
		const having = [watch(catalogs.tagToAdd('VIP', true)), watch(catalogs.tagToAdd('vip', false))];
		await pass(100);
		const missing = [watch(catalogs.tagToAdd('Gold', true)), watch(catalogs.tagToAdd('gold', true))];
		await pass(1_500);
		expect([...lacking, ...having, ...missing].map(({ value }) => value?.id)).toEqual([
			...['77', '77'],
			...['7', '7'],
			...['77', '77'],
		]);
		expect(paths(sent)).toEqual(['POST /tags', 'GET /tags', 'GET /tags', 'POST /tags']);
	});

	it('to add that may not be created is looked up', async () => {
		const { account, sent } = await openAccount((index, request) =>
			request.method === 'POST' ? { status: 403 } : usual(index, request),
		);
		const catalogs = new Lookups(account);
		const seen = ['vip', 'VIP', 'Gold'].map((name) => watch(catalogs.tagToAdd(name, false)));
		await pass(10_000);
		expect(seen.map(({ value, failure }) => value?.id ?? failure?.kind)).toEqual(['7', '7', 'forbidden']);
		const later = watch(catalogs.tagToAdd('VIP', false));
		await pass(100);
		expect(later.value).toEqual({ id: '7', isCreated: false });
		// Two tags, tried side by side until it is clear that the permission is missing.
		expect(paths(sent).filter((path) => path === 'POST /tags')).toHaveLength(6);
	});

	it('is not created by an id that could lead elsewhere', async () => {
		const { account } = await openAccount(() => ({ status: 201, body: { tag: { id: '1/../../evil' } } }));
		const seen = watch(new Lookups(account).tagToAdd('One', false));
		await pass(100);
		expect([seen.value, seen.failure?.kind]).toEqual([undefined, 'noData']);
	});

	it('that existed already was not created by the request to create it', async () => {
		const { account } = await openAccount(() => ({ status: 200, body: { tag: { id: '7' } } }));
		const catalogs = new Lookups(account);
		const seen = [watch(catalogs.tagToAdd('One', false)), watch(catalogs.tagToAdd('Two', false))];
		await pass(100);
		expect(seen.map(({ value }) => value?.isCreated)).toEqual([false, false]);
	});

	it('matches whichever way its accents are encoded', async () => {
		const tags = [{ id: '7', tag: 'Caf\u00e9' }];
		const { account, sent } = await openAccount(() => ({ body: { tags } }));
		const catalogs = new Lookups(account);
		const seen = ['cafe\u0301', 'CAF\u00c9'].map((name) => watch(catalogs.tagId(name)));
		await pass(100);
		expect(seen.map(({ value }) => value)).toEqual(['7', '7']);
		expect(sent).toHaveLength(1);
	});

	it('without an id fails, with the reason', async () => {
		const { account } = await openAccount(() => ({ status: 201, body: { tag: {} } }));
		const catalogs = new Lookups(account);
		const seen = ['One', 'Two'].map((name) => watch(catalogs.tagToAdd(name, false)));
		await pass(100);
		expect(seen.map(({ failure }) => failure?.message)).toEqual([
			"ActiveCampaign returned no ID for the new tag 'One'",
			"ActiveCampaign returned no ID for the new tag 'Two'",
		]);
	});

	it('that is gone is looked up again, once', async () => {
		const { account, sent } = await openAccount(usual);
		const catalogs = new Lookups(account);
		watch(catalogs.tagId('VIP'));
		await pass(100);
		catalogs.forgetTag('VIP', '7');
		watch(catalogs.tagId('VIP'));
		await pass(100);
		catalogs.forgetTag('VIP', '7');
		watch(catalogs.tagId('VIP'));
		await pass(100);
		expect(sent).toHaveLength(2);
	});
});

describe('a list', () => {
	it('is found by its exact name first, then whatever its case', async () => {
		const { account, sent } = await openAccount(usual);
		const catalogs = new Lookups(account);
		const ids = async (name: string) => {
			const seen = watch(catalogs.named('list', name));
			await pass(100);
			return seen.value?.map(({ id }) => id);
		};
		expect(await ids('news')).toEqual(['2']);
		expect(await ids('NEWS')).toEqual(['1', '2']);
		expect(await ids(' offers ')).toEqual(['3']);
		expect(await ids('None')).toEqual([]);
		expect(await ids('None either')).toEqual([]);
		expect(paths(sent)).toEqual(['GET /lists']);
	});

	it('made since is found by the next execution, although the others are remembered', async () => {
		const name = newName();
		const before = await openAccount(usual, undefined, undefined, name);
		watch(new Lookups(before.account).named('list', 'News'));
		await pass(100);
		const more = { ...LISTS, lists: [...LISTS.lists, { id: '4', name: 'Brand new' }] };
		const after = await openAccount(() => ({ body: more }), undefined, undefined, name);
		const catalogs = new Lookups(after.account);
		const seen = [watch(catalogs.named('list', 'News')), watch(catalogs.named('list', 'brand new'))];
		await pass(1_500);
		expect(seen.map(({ value }) => value?.map(({ id }) => id))).toEqual([['1'], ['4']]);
		expect(after.sent).toHaveLength(1);
	});
});
