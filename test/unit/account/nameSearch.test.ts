import type { Account } from '../../../nodes/ActiveCampaignSync/account/account';
import { NameSearch } from '../../../nodes/ActiveCampaignSync/account/nameSearch';
import { openAccount, pass, paths, useFakeClock, watch, type Reply, type Sent } from './fakeAccount';

const TAGS = {
	tags: [
		{ id: '7', tag: 'VIP', tagType: 'contact' },
		{ id: '8', tag: 'vip', tagType: 'template' },
		{ id: '9', tag: 'VIP gold', tagType: 'contact' },
	],
	meta: { total: '3' },
};
const COMPANIES = {
	accounts: [
		{ id: '5', name: 'Acme Inc.' },
		{ id: '6', name: 'ACME' },
		{ id: '7', name: 'acme' },
	],
	meta: { total: '3' },
};

function usual(_index: number, { method, url }: Sent): Reply {
	if (url.includes('/tags')) {
		return method === 'POST' ? { status: 201, body: { tag: { id: '77', tag: 'New' } } } : { body: TAGS };
	}
	return method === 'POST' ? { status: 200, body: { account: { id: '55' } } } : { body: COMPANIES };
}

const tagsOf = (account: Account, isDryRun = false) => new NameSearch(account, 'tag', isDryRun);
const companiesOf = (account: Account, isDryRun = false) => new NameSearch(account, 'company', isDryRun);

let accounts = 0;
const newName = () => `names${(accounts += 1)}`;

useFakeClock();

describe('a tag', () => {
	it('is found by its whole name, whatever its case, among those of contacts', async () => {
		const { account, sent } = await openAccount(usual);
		const tags = tagsOf(account);
		const seen = ['vip', 'VIP', 'Vip'].map((name) => watch(tags.find(name)));
		await pass(100);
		expect(seen.map(({ value }) => value)).toEqual(['7', '7', '7']);
		expect(sent).toHaveLength(1);
		expect(sent[0]?.url).toContain('filters%5Bsearch%5D%5Beq%5D=vip');
	});

	it('that does not exist is looked up by each execution', async () => {
		const name = newName();
		for (const expected of [1, 1]) {
			const { account, sent } = await openAccount(usual, undefined, undefined, name);
			const tags = tagsOf(account);
			const seen = [watch(tags.find('gold')), watch(tags.find('Gold'))];
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
			const seen = watch(tagsOf(account).find('VIP'));
			await pass(2_000);
			expect(seen.value).toBe('7');
			lookups.push(sent.length);
			await pass(waitMs);
		}
		expect(lookups).toEqual([1, 0, 0, 1]);
	});

	it('is created once, with the type that makes it visible', async () => {
		const { account, sent } = await openAccount(usual);
		const tags = tagsOf(account);
		const seen = ['New', 'new'].map((name) => watch(tags.findOrCreate(name, true)));
		await pass(100);
		expect(seen.map(({ value }) => value)).toEqual([
			{ id: '77', isCreated: true },
			{ id: '77', isCreated: false },
		]);
		expect(sent.map(({ body }) => body)).toEqual([{ tag: { tag: 'New', tagType: 'contact' } }]);
	});

	it('to add is created at once for a contact that lacks it for certain, and else looked up first', async () => {
		const { account, sent } = await openAccount(usual);
		const tags = tagsOf(account);
		const lacking = [watch(tags.findOrCreate('New', true)), watch(tags.findOrCreate('NEW'))];
		await pass(100);
		const having = [watch(tags.findOrCreate('VIP')), watch(tags.findOrCreate('vip', true))];
		await pass(100);
		const missing = [watch(tags.findOrCreate('Gold')), watch(tags.findOrCreate('gold'))];
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
		const tags = tagsOf(account);
		const seen = ['vip', 'VIP', 'Gold'].map((name) => watch(tags.findOrCreate(name, true)));
		await pass(10_000);
		expect(seen.map(({ value, failure }) => value?.id ?? failure?.kind)).toEqual(['7', '7', 'forbidden']);
		const later = watch(tags.findOrCreate('VIP', true));
		await pass(100);
		expect(later.value).toEqual({ id: '7', isCreated: false });
		// Two tags, tried side by side until it is clear that the permission is missing.
		expect(paths(sent).filter((path) => path === 'POST /tags')).toHaveLength(6);
	});

	it('is not created by an id that could lead elsewhere', async () => {
		const { account } = await openAccount(() => ({ status: 201, body: { tag: { id: '1/../../evil' } } }));
		const seen = watch(tagsOf(account).findOrCreate('One', true));
		await pass(100);
		expect([seen.value, seen.failure?.kind]).toEqual([undefined, 'noData']);
	});

	it('that existed already was not created by the request to create it', async () => {
		const { account } = await openAccount(() => ({ status: 200, body: { tag: { id: '7' } } }));
		const tags = tagsOf(account);
		const seen = [watch(tags.findOrCreate('One', true)), watch(tags.findOrCreate('Two', true))];
		await pass(100);
		expect(seen.map(({ value }) => value?.isCreated)).toEqual([false, false]);
	});

	it('matches whichever way its accents are encoded', async () => {
		const rows = [{ id: '7', tag: 'Caf\u00e9' }];
		const { account, sent } = await openAccount(() => ({ body: { tags: rows } }));
		const tags = tagsOf(account);
		const seen = ['cafe\u0301', 'CAF\u00c9'].map((name) => watch(tags.find(name)));
		await pass(100);
		expect(seen.map(({ value }) => value)).toEqual(['7', '7']);
		expect(sent).toHaveLength(1);
	});

	it('without an id fails, with the reason', async () => {
		const { account } = await openAccount(() => ({ status: 201, body: { tag: {} } }));
		const tags = tagsOf(account);
		const seen = ['One', 'Two'].map((name) => watch(tags.findOrCreate(name, true)));
		await pass(100);
		expect(seen.map(({ failure }) => failure?.message)).toEqual([
			"ActiveCampaign returned no ID for the new tag 'One'",
			"ActiveCampaign returned no ID for the new tag 'Two'",
		]);
	});

	it('that is gone is looked up again, once', async () => {
		const { account, sent } = await openAccount(usual);
		const tags = tagsOf(account);
		watch(tags.find('VIP'));
		await pass(100);
		tags.forget('VIP', '7');
		watch(tags.find('VIP'));
		await pass(100);
		tags.forget('VIP', '7');
		watch(tags.find('VIP'));
		await pass(100);
		expect(sent).toHaveLength(2);
	});
});

describe('a tag in a dry run', () => {
	it('is looked up, and only the first contact that would get a new one would create it', async () => {
		const { account, sent } = await openAccount(usual);
		const tags = tagsOf(account, true);
		const seen = ['VIP', 'New', 'NEW'].map((name) => watch(tags.findOrCreate(name, true)));
		await pass(500);
		expect(seen.map(({ value }) => value)).toEqual([
			{ id: '7', isCreated: false },
			{ id: undefined, isCreated: true },
			{ id: undefined, isCreated: false },
		]);
		expect(paths(sent)).toEqual(['GET /tags', 'GET /tags']);
	});
});

describe('a tag of several executions', () => {
	it('is created once', async () => {
		const name = newName();
		const runs = await Promise.all(
			[1, 2].map(async () => await openAccount(usual, undefined, undefined, name)),
		);
		const seen = runs.map(({ account }) => watch(tagsOf(account).findOrCreate('New', true)));
		await pass(1_500);
		expect(seen.map(({ value }) => value)).toEqual([
			{ id: '77', isCreated: true },
			{ id: '77', isCreated: false },
		]);
		expect(runs.map(({ sent }) => sent.length)).toEqual([1, 0]);
	});

	it('that is gone is looked up again by all', async () => {
		const name = newName();
		const [one, other] = [
			await openAccount(usual, undefined, undefined, name),
			await openAccount(usual, undefined, undefined, name),
		];
		const tags = tagsOf(one.account);
		watch(tags.find('VIP'));
		await pass(100);
		tags.forget('vip', '7');
		const seen = watch(tagsOf(other.account).find('VIP'));
		await pass(1_500);
		expect(seen.value).toBe('7');
		expect(other.sent).toHaveLength(1);
	});

	it('is not shared with another token', async () => {
		const name = newName();
		const [one, other] = [
			await openAccount(usual, undefined, 'a-token', name),
			await openAccount(usual, undefined, 'another-token', name),
		];
		watch(tagsOf(one.account).find('VIP'));
		await pass(1_500);
		watch(tagsOf(other.account).find('VIP'));
		await pass(1_500);
		expect([one, other].map(({ sent }) => sent.length)).toEqual([1, 1]);
	});
});

describe('a tag that cannot be looked up', () => {
	it('is created for a contact that lacks it for certain, and fails for others', async () => {
		const { account } = await openAccount((index, request) =>
			request.method === 'GET' ? { status: 403 } : usual(index, request),
		);
		const tags = tagsOf(account);
		const having = watch(tags.findOrCreate('New'));
		const lacking = watch(tags.findOrCreate('new', true));
		await pass(60_000);
		expect(having.failure?.kind).toBe('forbidden');
		expect(lacking.value).toEqual({ id: '77', isCreated: true });
	});
});

describe('a company', () => {
	it('is found by its whole name, whatever its case', async () => {
		const { account, sent } = await openAccount(usual);
		const companies = companiesOf(account);
		const seen = ['Acme', 'acme inc.', 'Apex', 'ACME'].map((name) => watch(companies.find(name)));
		await pass(1_000);
		expect(seen.map(({ value }) => value)).toEqual(['6', '5', undefined, '6']);
		expect(sent.map(({ url }) => new URL(url).searchParams.get('search'))).toEqual([
			'Acme',
			'acme inc.',
			'Apex',
		]);
	});

	it('is looked up before it is created, also for a contact that has none for certain', async () => {
		const { account, sent } = await openAccount(usual);
		const companies = companiesOf(account);
		const seen = ['Apex', 'APEX', 'Acme'].map((name) => watch(companies.findOrCreate(name, true)));
		await pass(1_000);
		expect(seen.map(({ value }) => value)).toEqual([
			{ id: '55', isCreated: true },
			{ id: '55', isCreated: false },
			{ id: '6', isCreated: false },
		]);
		expect(paths(sent)).toEqual(['GET /accounts', 'GET /accounts', 'POST /accounts']);
		expect(sent.at(-1)?.body).toEqual({ account: { name: 'Apex' } });
	});

	it('is created once more after it turned out to be gone', async () => {
		const { account, sent } = await openAccount(usual);
		const companies = companiesOf(account);
		const first = watch(companies.findOrCreate('Apex'));
		await pass(1_000);
		companies.forget('apex', '55');
		const second = watch(companies.findOrCreate('Apex'));
		await pass(1_000);
		expect([first, second].map(({ value }) => value?.isCreated)).toEqual([true, true]);
		expect(paths(sent)).toEqual([
			...['GET /accounts', 'POST /accounts'],
			...['GET /accounts', 'POST /accounts'],
		]);
	});

	/** An account in which the company exists once somebody has tried to create it, which ends in `reply`. */
	function taken(...replies: Reply[]): (index: number, sent: Sent) => Reply {
		let tries = 0;
		return (_index, { method }) => {
			if (method === 'POST') return replies[Math.min((tries += 1), replies.length) - 1] ?? {};
			return { body: { accounts: tries > 0 ? [{ id: '56', name: 'Apex' }] : [] } };
		};
	}
	const duplicate: Reply = { status: 422, body: { errors: [{ title: 'duplicate', code: 'duplicate' }] } };

	it('that somebody else has created meanwhile is taken', async () => {
		const { account, sent } = await openAccount(taken(duplicate));
		const seen = watch(companiesOf(account).findOrCreate('Apex'));
		await pass(5_000);
		expect(seen.value).toEqual({ id: '56', isCreated: false });
		expect(paths(sent)).toEqual(['GET /accounts', 'POST /accounts', 'GET /accounts']);
	});

	it('that a try whose response was lost has created was created by this call', async () => {
		const cut = Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' });
		const { account } = await openAccount(taken({ thrown: cut }, duplicate));
		const seen = watch(companiesOf(account).findOrCreate('Apex'));
		await pass(60_000);
		expect(seen.value).toEqual({ id: '56', isCreated: true });
	});

	it('that is refused and does not exist fails', async () => {
		const { account } = await openAccount((_index, { method }) =>
			method === 'POST' ? { status: 422 } : { body: { accounts: [] } },
		);
		const seen = watch(companiesOf(account).findOrCreate('Apex'));
		await pass(5_000);
		expect(seen.failure?.kind).toBe('rejected');
	});

	it('that may not be created fails, without being looked up again', async () => {
		const { account, sent } = await openAccount((_index, { method }) =>
			method === 'POST' ? { status: 403 } : { body: { accounts: [] } },
		);
		const seen = watch(companiesOf(account).findOrCreate('Apex'));
		await pass(60_000);
		expect(seen.failure?.kind).toBe('forbidden');
		expect(paths(sent).filter((path) => path === 'GET /accounts')).toHaveLength(1);
	});

	it('without an ID fails, with the reason', async () => {
		const { account } = await openAccount((_index, { method }) =>
			method === 'POST' ? { status: 201, body: { account: {} } } : { body: { accounts: [] } },
		);
		const seen = watch(companiesOf(account).findOrCreate('Apex'));
		await pass(1_000);
		expect(seen.failure).toMatchObject({
			kind: 'noData',
			message: "ActiveCampaign returned no ID for the new company 'Apex'",
			description: 'Run the item again',
		});
	});
});
