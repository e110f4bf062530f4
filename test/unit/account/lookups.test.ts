import { Lookups } from '../../../nodes/ActiveCampaignSync/account/lookups';
import { MINUTE, openAccount, pass, paths, useFakeClock, watch, type Reply, type Sent } from './fakeAccount';

const FIELDS = {
	fields: [
		{ id: '1', title: 'Size' },
		{ id: '2', title: 'Color' },
	],
	meta: { total: '2' },
};
const LISTS = {
	lists: [
		{ id: '1', name: 'News' },
		{ id: '2', name: 'news' },
		{ id: '3', name: 'Offers' },
	],
	meta: { total: '3' },
};

function usual(_index: number, { url }: Sent): Reply {
	return { body: url.includes('/lists') ? LISTS : FIELDS };
}

let accounts = 0;
const newName = () => `lookups${(accounts += 1)}`;

useFakeClock();

describe('custom fields', () => {
	it('are read once, however many items ask for them', async () => {
		const { account, sent } = await openAccount(usual);
		const lookups = new Lookups(account);
		const seen = [1, 2, 3].map(() => watch(lookups.fields()));
		await pass(100);
		const later = watch(lookups.fields());
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
		const lookups = new Lookups(account);
		const first = watch(lookups.fields());
		await pass(3 * MINUTE);
		expect(first.failure?.kind).toBe('unavailable');
		status = 403;
		const before = sent.length;
		const second = watch(lookups.fields());
		await pass(MINUTE);
		const tries = sent.length - before;
		const third = watch(lookups.fields());
		await pass(MINUTE);
		expect([second.failure?.kind, third.failure?.kind]).toEqual(['forbidden', 'forbidden']);
		expect(sent.length - before).toBe(tries);
	});
});

describe('a list', () => {
	it('is found by its exact name first, then whatever its case', async () => {
		const { account, sent } = await openAccount(usual);
		const lookups = new Lookups(account);
		const ids = async (name: string) => {
			const seen = watch(lookups.named('list', name));
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
		const lookups = new Lookups(after.account);
		const seen = [watch(lookups.named('list', 'News')), watch(lookups.named('list', 'brand new'))];
		await pass(1_500);
		expect(seen.map(({ value }) => value?.map(({ id }) => id))).toEqual([['1'], ['4']]);
		expect(after.sent).toHaveLength(1);
	});

	it('is remembered for later executions of the same token, for a minute', async () => {
		const name = newName();
		const reads: number[] = [];
		for (const [token, waitMs] of [
			['one', 40_000],
			['one', 0],
			['another', 30_000],
			['one', 0],
		] as const) {
			const { account, sent } = await openAccount(usual, undefined, token, name);
			const seen = watch(new Lookups(account).named('list', 'Offers'));
			await pass(1_500);
			expect(seen.value?.map(({ id }) => id)).toEqual(['3']);
			reads.push(sent.length);
			await pass(waitMs);
		}
		expect(reads).toEqual([1, 0, 1, 1]);
	});

	it('is found by its ID, among those that are remembered first', async () => {
		const name = newName();
		const before = await openAccount(usual, undefined, undefined, name);
		watch(new Lookups(before.account).all('list'));
		await pass(100);
		const { account, sent } = await openAccount(usual, undefined, undefined, name);
		const lookups = new Lookups(account);
		const known = watch(lookups.withId('list', '3'));
		await pass(1_500);
		expect(known.value).toEqual({ id: '3', name: 'Offers' });
		expect(sent).toHaveLength(0);
		const unknown = watch(lookups.withId('list', '4'));
		await pass(1_500);
		expect([unknown.value, unknown.endedAt !== undefined]).toEqual([undefined, true]);
		expect(sent).toHaveLength(1);
	});
});

describe('all records of a kind', () => {
	const automations = [
		{ id: '1', name: 'Welcome' },
		{ id: 2, name: 'Series' },
	];

	it('are read once in an execution, each kind from its own collection', async () => {
		const { account, sent } = await openAccount((_index, { url }) => ({
			body: url.includes('/automations') ? { automations } : { tags: [{ id: '7', tag: 'VIP' }] },
		}));
		const lookups = new Lookups(account);
		const seen = (['automation', 'tag', 'automation'] as const).map((kind) => watch(lookups.all(kind)));
		await pass(500);
		expect(seen.map(({ value }) => value)).toEqual([
			[
				{ id: '1', name: 'Welcome' },
				{ id: '2', name: 'Series' },
			],
			[{ id: '7', name: 'VIP' }],
			seen[0]?.value,
		]);
		expect(paths(sent)).toEqual(['GET /automations', 'GET /tags']);
	});

	it('can be read page by page', async () => {
		const { account, sent } = await openAccount(() => ({ body: { automations, meta: { total: '5' } } }));
		const lookups = new Lookups(account);
		const seen = [0, 3].map((offset) => watch(lookups.page('automation', offset)));
		await pass(500);
		const records = [
			{ id: '1', name: 'Welcome' },
			{ id: '2', name: 'Series' },
		];
		expect(seen.map(({ value }) => value)).toEqual([
			{ records, next: 2 },
			{ records, next: undefined },
		]);
		expect(sent.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['0', '3']);
	});
});

describe('the names of records', () => {
	const lists = [
		{ id: '1', name: 'News' },
		{ id: '2', name: 'Alerts', channel: 'sms' },
		{ id: '3', name: '' },
	];

	it('are read all at once, as far as there are any', async () => {
		const name = newName();
		const { account, sent } = await openAccount(() => ({ body: { lists } }), undefined, undefined, name);
		const lookups = new Lookups(account);
		const seen = [watch(lookups.names('list', ['2', '3'])), watch(lookups.names('list', ['1', '9']))];
		await pass(500);
		const names = new Map([
			['1', 'News'],
			['2', 'Alerts (SMS)'],
		]);
		expect(seen.map(({ value }) => value)).toEqual([names, names]);
		expect(sent).toHaveLength(1);
		// What is remembered is enough for those that are known.
		const later = await openAccount(() => ({ body: { lists } }), undefined, undefined, name);
		const [known, unknown] = [new Lookups(later.account), new Lookups(later.account)];
		watch(known.names('list', ['1', '2']));
		await pass(1_500);
		expect(later.sent).toHaveLength(0);
		watch(unknown.names('list', ['1', '9']));
		await pass(1_500);
		expect(later.sent).toHaveLength(1);
	});

	it('of companies are read one by one, each once; one that is gone has none', async () => {
		const { account, sent } = await openAccount((_index, { url }) =>
			url.endsWith('/accounts/9')
				? { status: 404, body: { message: 'No Result found' } }
				: { body: { account: { id: url.replace(/^.*\//, ''), name: `Company ${url.slice(-1)}` } } },
		);
		const lookups = new Lookups(account);
		const seen = [watch(lookups.names('company', ['3', '9'])), watch(lookups.names('company', ['4', '3']))];
		await pass(5_000);
		expect(seen.map(({ value }) => value)).toEqual([
			new Map([['3', 'Company 3']]),
			new Map([
				['4', 'Company 4'],
				['3', 'Company 3'],
			]),
		]);
		expect(paths(sent).sort()).toEqual(['GET /accounts/3', 'GET /accounts/4', 'GET /accounts/9']);
	});

	it('of companies are not read from a response about another one', async () => {
		const { account } = await openAccount(() => ({ body: { account: { id: '4', name: 'Acme' } } }));
		const seen = watch(new Lookups(account).names('company', ['3']));
		await pass(5 * MINUTE);
		expect(seen.failure?.kind).toBe('noData');
	});

	it('that the token may not see fail', async () => {
		const { account } = await openAccount(() => ({ status: 403 }));
		const lookups = new Lookups(account);
		const seen = [watch(lookups.names('list', ['1'])), watch(lookups.names('company', ['3']))];
		await pass(MINUTE);
		expect(seen.map(({ failure }) => failure?.kind)).toEqual(['forbidden', 'forbidden']);
	});
});
