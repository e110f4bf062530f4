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
