import { type IDataObject, type INodeParameters, sleep } from 'n8n-workflow';

import { type RunningSandbox, type SandboxOptions, startSandbox } from '../sandbox';
import { sized } from '../size';
import { useAccount } from './harness/account';
import { lists } from './harness/parameters';
import { jsonOf } from './harness/results';
import { type RunResult, runWorkflow } from './harness/runWorkflow';

const SECOND = 1_000;

describe('the pace', () => {
	const people = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));

	/** Each test has an account of its own, and with it a limit of its own that nothing has been used of yet. */
	let sandbox: RunningSandbox;

	async function start(options: SandboxOptions): Promise<void> {
		sandbox = await startSandbox(options);
	}

	afterEach(async () => {
		await sandbox.stop();
	});

	async function sync(items: IDataObject[], parameters: INodeParameters = {}): Promise<RunResult> {
		return await runWorkflow({
			items,
			credentials: { accountName: sandbox.url, apiToken: sandbox.token },
			nodeParameters: { email: '={{ $json.email }}', ...parameters },
		});
	}

	const emails = (run: RunResult) => jsonOf(run.items).map(({ email }) => email);
	const refusals = () => sandbox.journal.filter({ status: 429 });

	describe('a run at the account limit', () => {
		it('is never rate limited with 100 contacts, and keeps the order of its items', async () => {
			await start({ requestsPerSecond: 5, latencyMs: { min: 20, max: 400 } });
			const items = people(100);
			const run = await sync(items);
			expect(refusals()).toEqual([]);
			expect(sandbox.journal.maxPerSecond()).toBe(5);
			expect(emails(run)).toEqual(items.map(({ email }) => email));
			expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_item, item) => ({ item })));
			expect(run.hints.map(({ message }) => message)).toEqual([
				"100 items: 100 created. For this many contacts, the operation 'Sync Contacts in Bulk' is faster.",
			]);
		}, 60_000);

		it('does not wait with a few items', async () => {
			await start({ requestsPerSecond: 5, latencyMs: 200 });
			const run = await sync(people(5));
			expect(emails(run)).toHaveLength(5);
			expect(sandbox.journal.maxConcurrent()).toBe(5);
		});

		it('keeps to the pace that the user has set', async () => {
			await start({ requestsPerSecond: 2, latencyMs: 300 });
			const run = await sync(people(8), { options: { requestsPerSecond: 2 } });
			expect(emails(run)).toHaveLength(8);
			expect(refusals()).toEqual([]);
		}, 20_000);

		it('is not slowed down by RateLimit headers that count only its own requests', async () => {
			await start({ requestsPerSecond: 5, latencyMs: 50, sendRateLimitHeaders: 'always' });
			const run = await sync(people(20));
			expect(emails(run)).toHaveLength(20);
			expect(refusals()).toEqual([]);
		}, 20_000);
	});

	describe('executions in one n8n', () => {
		it('share the limit of their account: 20 forms at once', async () => {
			await start({ requestsPerSecond: 5, latencyMs: 50, fields: 3 });
			const runs = await Promise.all(people(20).map(async (item) => await sync([item])));
			expect(runs.map(({ status }) => status)).toEqual(people(20).map(() => 'success'));
			expect(sandbox.account.contacts()).toHaveLength(20);
			expect(refusals()).toEqual([]);
			expect(sandbox.journal.maxPerSecond()).toBe(5);
		}, 20_000);

		it('all wait as long as the account asks one of them to', async () => {
			await start({ requestsPerSecond: 0, latencyMs: 20 });
			sandbox.failNext({ bodyIncludes: 'p3@' }, { status: 429, headers: { 'Retry-After': '2' } });
			const items = people(40);
			const runs = await Promise.all([
				sync(items.slice(0, 20), { options: { requestsPerSecond: 10 } }),
				sync(items.slice(20), { options: { requestsPerSecond: 10 } }),
			]);
			expect(runs.flatMap(emails)).toHaveLength(40);
			const answeredAt = sandbox.journal.filter({ status: 429 })[0]?.endedAt ?? Number.NaN;
			const inFlight = 50;
			const held = sandbox.journal.entries.filter(
				({ at }) => at > answeredAt + inFlight && at < answeredAt + 2 * SECOND - inFlight,
			);
			expect(held).toEqual([]);
			expect(
				sandbox.journal.entries.filter(({ at }) => at > answeredAt + 2 * SECOND - inFlight).length,
			).toBeGreaterThan(20);
		}, 30_000);

		it('do not wait for those on another account', async () => {
			await start({ latencyMs: 20 });
			sandbox.failNext({ times: 1 }, { status: 429, headers: { 'Retry-After': '3' } });
			const other = await startSandbox({ latencyMs: 20 });
			try {
				const held = sync(people(2));
				const free = await runWorkflow({
					items: people(6),
					credentials: { accountName: other.url, apiToken: other.token },
					nodeParameters: { email: '={{ $json.email }}' },
				});
				expect(emails(free)).toHaveLength(6);
				expect(sandbox.account.contacts().length).toBeLessThan(2);
				expect(emails(await held)).toHaveLength(2);
			} finally {
				await other.stop();
			}
		}, 20_000);
	});

	describe('an account that others use too', () => {
		it.each([429, 503] as const)(
			'takes all contacts, with status %d above its limit',
			async (overLimitStatus) => {
				await start({ requestsPerSecond: 20, neighborPerSecond: 12, latencyMs: 30, overLimitStatus });
				const run = await sync(people(40), { options: { requestsPerSecond: 20 } });
				expect(emails(run)).toHaveLength(40);
				expect(sandbox.account.contacts()).toHaveLength(40);
				expect(run.hints[0]?.message).toMatch(
					/^40 items: 40 created\. ActiveCampaign's rate limit was reached (once|\d+ times), so/,
				);
			},
			30_000,
		);

		it('takes all contacts even without Retry-After', async () => {
			await start({
				requestsPerSecond: 20,
				neighborPerSecond: 8,
				latencyMs: 30,
				retryAfterSeconds: null,
				sendRateLimitHeaders: false,
			});
			const run = await sync(people(40), { options: { requestsPerSecond: 20 } });
			expect(emails(run)).toHaveLength(40);
			expect(sandbox.account.contacts()).toHaveLength(40);
		}, 30_000);
	});

	describe('an account with random faults', () => {
		const COUNT = sized(180, 1_000);

		it(`gets all of ${COUNT} contacts, each once, and every item has its output`, async () => {
			// Thirty times as fast as a real account, with the same parts of it in use by others and going wrong.
			await start({
				requestsPerSecond: 150,
				neighborPerSecond: 90,
				latencyMs: { min: 10, max: 60 },
				faults: {
					serverErrorRate: 0.03,
					htmlPageRate: 0.01,
					cloudflareJsonRate: 0.01,
					resetBeforeWriteRate: 0.01,
					resetAfterWriteRate: 0.01,
					hangRate: 0.01,
				},
				seed: 7,
			});
			const items = people(COUNT);
			const run = await sync(items, { options: { requestsPerSecond: 150 } });

			expect(run.error).toBeUndefined();
			expect(emails(run)).toEqual(items.map(({ email }) => email));
			expect(jsonOf(run.items).every(({ action }) => action === 'created')).toBe(true);
			const stored = sandbox.account.contacts().map(({ email }) => email);
			expect(stored).toHaveLength(COUNT);
			expect(new Set(stored).size).toBe(COUNT);
			const met = new Set(sandbox.journal.entries.map(({ fault }) => fault));
			const faults = [
				'status 500',
				'html502',
				'cloudflareJson',
				'resetBeforeWrite',
				'resetAfterWrite',
				'hang',
			];
			expect(faults.filter((fault) => !met.has(fault))).toEqual([]);
			expect(sandbox.limit.neighbor.admitted).toBeGreaterThan(COUNT / 2);
		}, 170_000);
	});
});

describe('taking turns', () => {
	// What contacts have is read one by one, so that the path of each read names its contact.
	const syncing = useAccount({ lists: ['News'], sideLoading: { ignoresInclude: true } });

	const people = (name: string, count: number) =>
		Array.from({ length: count }, (_, index) => ({ email: `${name}${index}@example.com` }));

	describe('executions on one account', () => {
		it('finish started contacts before they start new ones, so that no read grows old', async () => {
			const { sandbox } = syncing;
			const count = sized(15, 40);
			const runs = ['old', 'new', 'newer'].map((name) => people(name, count));
			for (const { email } of runs.flat()) sandbox.account.addContact({ email });
			await Promise.all(
				runs.map(async (items, index) => {
					await sleep(index * 3 * SECOND);
					await syncing.sync(items, {
						...lists(['id', sandbox.account.listBy('News').id, 'subscribe']),
						options: { requestsPerSecond: 5 },
					});
				}),
			);
			const ages = runs.flat().map(({ email }) => {
				const { id } = sandbox.account.contactBy(email);
				const entries = sandbox.journal.entries;
				const read = entries.find(({ path }) => path === `/contacts/${id}/contactLists`);
				const written = entries.find(
					({ path, body }) => path === '/contactLists' && JSON.stringify(body).includes(`"contact":"${id}"`),
				);
				return (written?.at ?? Number.NaN) - (read?.at ?? Number.NaN);
			});
			expect(ages).toHaveLength(3 * count);
			expect(Math.max(...ages)).toBeLessThan(10 * SECOND);
			expect(sandbox.account.membershipWrites).toHaveLength(3 * count);
		});

		it('share the limit fairly: a single item does not wait for hundreds', async () => {
			const { sandbox } = syncing;
			const order: string[] = [];
			const options = { requestsPerSecond: 5 };
			await Promise.all([
				syncing.sync(people('many', sized(80, 200)), { options }).then(() => order.push('many')),
				sleep(2 * SECOND)
					.then(async () => await syncing.sync(people('one', 1), { options }))
					.then(() => order.push('one')),
			]);
			expect(order).toEqual(['one', 'many']);
			const emails = sandbox.account.contacts().map(({ email }) => email);
			expect(emails.indexOf('one0@example.com')).toBeLessThan(30);
		});
	});
});
