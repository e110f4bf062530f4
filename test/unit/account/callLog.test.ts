import { queryShape } from '../../../nodes/ActiveCampaignSync/account/callLog';
import { fault, openAccount, pass, purpose, sync, useFakeClock, watch } from './fakeAccount';

useFakeClock();

const LINE = 'ActiveCampaign Sync request';

describe('the log of a call', () => {
	it('has a line for each request: what was sent for which items, its result, its times, and why it is repeated', async () => {
		const replies = [
			{ thrown: fault('ECONNRESET'), afterMs: 40 },
			{ status: 503, body: '<html>Ann</html>', afterMs: 60 },
			{ status: 201, body: { contact: { id: '1', email: 'ann@example.com' } }, afterMs: 80 },
		];
		const { account, logged } = await openAccount((index) => replies[index] ?? {});
		watch(account.scope([3, 0, 1]).call(sync));
		await pass(5_000);
		const same = {
			executionId: '7',
			for: 'item',
			items: '1-2, 4',
			request: 'POST /contact/sync',
			purpose: 'sync the contact',
		};
		expect(logged).toMatchObject([
			[
				LINE,
				{
					...same,
					try: 1,
					waitedMs: 0,
					tookMs: 40,
					fault: 'ECONNRESET',
					failure: 'unavailable',
					retryReason: 'transient',
				},
			],
			[
				LINE,
				{
					...{ ...same, try: 2, tookMs: 60 },
					...{ status: 503, response: 'page', failure: 'unavailable', retryReason: 'transient' },
				},
			],
			[
				LINE,
				{
					...{ ...same, try: 3, tookMs: 80 },
					...{ status: 201, response: '{contact:{id:digits,email:text}}' },
				},
			],
		]);
		expect(logged.map(([, { waitedMs }]) => Number(waitedMs) > 0)).toEqual([false, true, true]);
	});

	it('says that a request that was refused is not tried again', async () => {
		const body = { errors: [{ title: 'The phone +49 1512345678 is not valid' }] };
		const { account, logged } = await openAccount(() => ({ status: 422, body }));
		watch(account.scope().call(sync));
		await pass(100);
		expect(logged).toMatchObject([
			[
				LINE,
				expect.objectContaining({
					...{ items: '', status: 422, response: '{errors:[1 × {title:text}]}' },
					...{ failure: 'rejected', retryReason: 'none' },
				}),
			],
		]);
	});

	it('leaves ids out of the path', async () => {
		const { account, logged } = await openAccount(() => ({}));
		watch(account.scope().call({ ...sync, method: 'GET', path: '/contacts/4711/contactTags/12' }));
		await pass(100);
		expect(logged[0]?.[1]).toHaveProperty('request', 'GET /contacts/:id/contactTags/:id');
	});

	it.each(["add the tag 'Ann's friends'", "add the tag 'two\nlines'"])(
		'leaves the name out of the purpose %j',
		async (action) => {
			const { account, logged } = await openAccount(() => ({}));
			watch(account.scope().call({ ...sync, purpose: { ...purpose, action } }));
			await pass(100);
			expect(logged[0]?.[1]).toHaveProperty('purpose', "add the tag '…'");
		},
	);
});

describe('a call that keeps meeting faults', () => {
	it('is mentioned once, after fifteen seconds, and the longest is kept with all its items', async () => {
		const { account, said } = await openAccount((index) => ({
			status: 502,
			afterMs: index < 3 ? 4_000 : 2_000,
		}));
		const tag = { ...sync, purpose: { ...purpose, action: "add the tag 'Lead'" } };
		watch(account.scope([0, 1]).call(tag));
		await pass(14_000);
		expect([said, account.statistics.longTries]).toEqual([[], undefined]);
		await pass(4_000);
		expect(said).toEqual([
			[
				"ActiveCampaign Sync has been trying for 18 seconds to add the tag '…' (items 1-2): HTTP 502. It goes on for up to 120 seconds",
				{ executionId: '7' },
			],
		]);
		watch(account.scope([4]).call(sync));
		await pass(300_000);
		expect(said).toHaveLength(2);
		expect(account.statistics.longTries?.ms).toBeGreaterThan(100_000);
		expect(account.statistics.longTries?.itemIndexes).toEqual(new Set([0, 1, 4]));
	});

	it('is mentioned without items where it is for none, and by what went wrong where no response came', async () => {
		const { account, said, logged } = await openAccount(() => ({
			thrown: fault('ECONNRESET'),
			afterMs: 20_000,
		}));
		watch(account.scope().call(sync));
		await pass(21_000);
		expect(said.map(([message]) => message)).toEqual([
			'ActiveCampaign Sync has been trying for 20 seconds to sync the contact: unavailable. It goes on for up to 120 seconds',
		]);
		expect(logged[0]?.[1]).toHaveProperty('fault', 'ECONNRESET');
	});

	it('is not mentioned where it is not tried again, and what it met may have no code', async () => {
		const { account, said, logged } = await openAccount(() => ({ thrown: new Error('No'), afterMs: 20_000 }));
		watch(account.scope().call(sync));
		await pass(60_000);
		expect([said, logged.length]).toEqual([[], 1]);
		expect(logged[0]?.[1]).toHaveProperty('fault', 'unknown');
	});

	it('is not mentioned while the account only says that it is over its limit', async () => {
		const { account, said } = await openAccount(() => ({ status: 429, headers: { 'retry-after': '5' } }));
		watch(account.scope([0]).call(sync));
		await pass(60_000);
		expect([said, account.statistics.longTries]).toEqual([[], undefined]);
	});
});

test('a query is logged without values that may be personal', () => {
	const query: Array<[string, string]> = [
		['email', 'ann@example.com'],
		['ids[]', '1'],
		['ids[]', '2'],
		['filters[search][eq]', 'Lead'],
		['include', 'contactTags,contactLists'],
		['limit', '100'],
	];
	expect(queryShape(query)).toBe(
		'?email=…&ids[]=…(2)&filters[search][eq]=…&include=contactTags,contactLists&limit=100',
	);
	expect(queryShape([])).toBe('');
});
