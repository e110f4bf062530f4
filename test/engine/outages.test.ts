import dns from 'node:dns';

import type { IDataObject } from 'n8n-workflow';

import { freePort } from '../localServer';
import { type Fault, startSandbox } from '../sandbox';
import { sampled, sized } from '../size';
import { type TestAccount, useAccount } from './harness/account';
import { people, runBulk } from './harness/bulk';
import { automations, customFields, lists } from './harness/parameters';
import { jsonOf, tally } from './harness/results';
import { type RunOptions, type RunResult, runWorkflow } from './harness/runWorkflow';

const SECOND = 1_000;

describe('runs that end early', () => {
	const contactSync = { method: 'POST', path: '/contact/sync' };
	const checkCredential = /Check the API URL and API key in the credential/;
	const checkToken =
		/Check the API key in the credential.+Settings > Developer.+may not add and edit contacts/;

	function isCallback(value: unknown): value is (thrown: Error) => void {
		return typeof value === 'function';
	}

	const syncing = useAccount();
	const sync: TestAccount['sync'] = async (...run) => await syncing.sync(...run);

	describe('a wrong token', () => {
		const items = Array.from({ length: 500 }, (_, index) => ({ email: `p${index}@example.com` }));

		it.each(sampled(['body', 'noBody', 'loginPage'] as const, 2))(
			'takes a few requests for 500 items, and each item reports it (response: %s)',
			async (wrongToken) => {
				const { sandbox } = syncing;
				sandbox.configure({ wrongToken });
				const credentials = { accountName: sandbox.url, apiToken: 'a-token-that-is-wrong' };
				const run = await runWorkflow({
					items,
					credentials,
					nodeParameters: { email: '={{ $json.email }}' },
					onError: 'continueRegularOutput',
				});
				expect(run.items).toHaveLength(500);
				for (const { json } of run.items) {
					expect(json['error']).toMatch(wrongToken === 'loginPage' ? checkCredential : checkToken);
				}
				expect(sandbox.journal.entries.length).toBeLessThanOrEqual(25);
				expect(run.hints[0]?.message).toBe('500 items: 500 failed.');
			},
			20_000,
		);

		it('is not suspected after a few unreadable responses in the middle of a run', async () => {
			const { sandbox } = syncing;
			for (const [index, fault] of (
				['htmlOk', 'emptyOk', 'forbidden', 'htmlOk', 'paymentRequired'] as const
			).entries()) {
				sandbox.failNext({ ...contactSync, bodyIncludes: `p${20 + 10 * index}@`, times: 2 }, fault);
			}
			const { items: output } = await sync(items.slice(0, 100), {}, { onError: 'continueRegularOutput' });
			const failed = output.flatMap(({ json }, index) => (json['error'] ? [index] : []));
			expect(failed).toEqual([60]);
			expect(sandbox.account.contacts()).toHaveLength(99);
		});
	});

	describe('an account that cannot be reached', () => {
		const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
		const runs = new Map<string, RunResult>();

		beforeAll(async () => {
			const run = async (accountName: string, more: Partial<RunOptions> = {}) =>
				await runWorkflow({
					items,
					credentials: { accountName, apiToken: 'sandbox-token' },
					nodeParameters: { email: '={{ $json.email }}' },
					onError: 'continueRegularOutput',
					...more,
				});
			const secure = await startSandbox({ tls: { roundTripMs: 0 } });
			const port = await freePort();
			// Without a network the resolver would not even know that there is no such host.
			const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND nobody.invalid'), {
				code: 'ENOTFOUND',
			});
			const lookup = jest.spyOn(dns, 'lookup').mockImplementation((_name: string, ...rest: unknown[]) => {
				const done = rest.at(-1);
				if (isCallback(done)) done(notFound);
			});
			try {
				const [unknown, refused, untrusted, stopped] = await Promise.all([
					run('nobody.invalid'),
					run(`http://127.0.0.1:${port}`),
					run(secure.url),
					run(secure.url, { onError: 'stopWorkflow' }),
				]);
				runs
					.set('unknown', unknown)
					.set('refused', refused)
					.set('untrusted', untrusted)
					.set('stopped', stopped);
				expect(secure.journal.entries).toEqual([]);
			} finally {
				lookup.mockRestore();
				await secure.stop();
			}
		}, 60_000);

		it.each([
			[
				'unknown',
				/^The API URL looks wrong: the host nobody\.invalid does not exist \(tried \d times in \d seconds?\)\. Copy/,
			],
			[
				'refused',
				/^127\.0\.0\.1:\d+ cannot be reached: no connection could be made \(tried \d+ times in 1[12]\d seconds\)\. Check/,
			],
			[
				'untrusted',
				/^The certificate of 127\.0\.0\.1:\d+ cannot be trusted, so nothing was sent\. Check the API URL/,
			],
		])('is reported with its reason (host: %s)', (name, expected) => {
			const output: IDataObject[] = jsonOf(runs.get(name)?.items ?? []);
			expect(output).toHaveLength(2);
			for (const { error } of output) expect(error).toMatch(expected);
		});

		it('stops the execution with the same message', () => {
			const { error, status } = runs.get('stopped') ?? {};
			expect(status).toBe('error');
			expect(error?.message).toMatch(/^The certificate of .+ cannot be trusted, so nothing was sent$/);
			expect(error?.description).toMatch(
				/^Item 1 \(ann@example\.com\): Check the API URL in the credential.+<br>\n1 more item failed for the same reason<br>\nNone of 2 contacts were saved$/,
			);
		});
	});

	describe('a stop in the middle of a run', () => {
		it('ends all requests, and keeps the items that are done', async () => {
			const { sandbox } = syncing;
			sandbox.configure({ latencyMs: 20 });
			const items = Array.from({ length: 300 }, (_, index) => ({ email: `p${index}@example.com` }));
			const controller = new AbortController();
			const running = sync(items, { options: { requestsPerSecond: 25 } }, { signal: controller.signal });
			while (sandbox.account.contacts().length < 40) await new Promise((resolve) => setTimeout(resolve, 20));
			controller.abort();
			const requestsAtStop = sandbox.journal.entries.length;
			const { items: output, status } = await running;
			expect(status).toBe('canceled');
			await new Promise((resolve) => setTimeout(resolve, 2_000));
			expect(sandbox.journal.entries.length).toBe(requestsAtStop);
			expect(output.length).toBeGreaterThanOrEqual(30);
			expect(output.length).toBeLessThanOrEqual(sandbox.account.contacts().length);
			expect(jsonOf(output).every(({ action }) => action === 'created')).toBe(true);
		}, 20_000);
	});
});

/** That no contact is enrolled twice is checked after every test: see `useAccount`. */
describe('an outage in the middle of a run, which loses and doubles no contact,', () => {
	type Outage = [string, number, Fault | null];

	/** What lasts that long costs nothing, whatever the operation; null is a network without connections. */
	const OUTAGES: Outage[] = [
		['no network', 60 * SECOND, null],
		["a gateway's 504 after the work is done", 90 * SECOND, { name: 'html504', afterWrite: true }],
		...sized<Outage[]>(
			[],
			[
				['connections cut after the work is done', 60 * SECOND, 'resetAfterWrite'],
				['503 without Retry-After', 90 * SECOND, 'unavailable'],
				['403', 30 * SECOND, 'forbidden'],
				['connections cut before the request is read', 60 * SECOND, 'resetBeforeWrite'],
				["a gateway's 502", 90 * SECOND, 'html502'],
			],
		),
	];

	const account = useAccount({
		lists: ['News'],
		tags: ['Lead'],
		automations: ['Welcome'],
		latencyMs: 250,
		requestsPerSecond: 5,
	});
	const startOutage = (afterMs: number, forMs: number, fault: Fault | null) => {
		if (fault) account.sandbox.startSpell({ fault, afterMs, forMs });
		else setTimeout(() => void account.sandbox.takeOffline(forMs), afterMs);
	};
	const options = { requestsPerSecond: 5 };
	const COUNT = sized(15, 25);
	const ROWS = sized(500, 1_500);

	it.each(OUTAGES)('is survived by Sync Contact: %s for %d ms', async (_name, forMs, fault) => {
		const items = people(COUNT);
		for (const { email } of items.slice(0, 10))
			account.state.addContact({ email, lists: { News: 'unsubscribed' } });
		startOutage(sized(6, 12) * SECOND, forMs, fault);
		const startedAt = performance.now();

		const run = await account.sync(items, {
			...lists(['name', 'News', 'subscribe']),
			tagsToAdd: 'Lead',
			...automations(['name', 'Welcome']),
			options,
		});

		expect(run.status).toBe('success');
		// The run went on until after the outage, by the virtual clock.
		expect(performance.now() - startedAt).toBeGreaterThan(forMs);
		const kept = items.map((_, index) => (index < 10 ? 'keptUnsubscribed' : 'subscribed'));
		expect(jsonOf(run.items).map((json) => json.lists)).toEqual(kept.map((outcome) => ({ News: outcome })));
		for (const { email } of items) {
			expect(account.state.snapshot()[email]).toMatchObject({
				tags: ['Lead'],
				enrollments: { Welcome: 1 },
			});
		}
		expect(account.state.contacts()).toHaveLength(COUNT);
	});

	it.each(OUTAGES)('is survived by Sync Contacts in Bulk: %s for %d ms', async (_name, forMs, fault) => {
		account.sandbox.configure({ importDurationMs: 30 * SECOND });
		startOutage(0.6 * SECOND, forMs, fault);
		const startedAt = performance.now();

		const run = await runBulk(account.sandbox, people(ROWS), {
			parameters: { ...lists(['name', 'News', 'subscribe']) },
			options,
		});

		expect(run.status).toBe('success');
		// The run went on until after the outage, by the virtual clock.
		expect(performance.now() - startedAt).toBeGreaterThan(forMs);
		expect(tally(run)).toEqual({ imported: ROWS });
		const stored = Object.values(account.state.snapshot());
		expect(stored).toHaveLength(ROWS);
		expect(stored.filter((contact) => contact.lists.News !== 1)).toEqual([]);
	});
});

describe('temporary faults', () => {
	const syncing = useAccount({ fields: 2, lists: ['News'] });

	const people = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));
	const emails = (items: ReturnType<typeof people>) => items.map(({ email }) => email);

	describe('an outage', () => {
		const items = people(6);

		const OUTAGES: Array<[string, Fault, number]> = [
			['a dead network', 'resetBeforeWrite', 60],
			['connections cut after the work is done', 'resetAfterWrite', 30],
			['502', 'html502', 90],
			['503 with Retry-After', 'unavailableRetryAfter', 90],
			['408', 'requestTimeout', 60],
			['425', 'tooEarly', 60],
			['responses without a body', 'noBody', 60],
			['half of the JSON', 'brokenJson', 60],
			['broken gzip', 'brokenGzip', 60],
			['JSON that is nested too deep', 'deepJson', 60],
			['headers that are too long', 'longHeaders', 60],
			['something that is not HTTP', 'notHttp', 60],
			['web pages', 'htmlOk', 60],
			['403', 'forbidden', 60],
			['redirects', { redirect: 'https://elsewhere.example/' }, 60],
		];

		it.each(sampled(OUTAGES))(
			'costs no contact, once the account has responded: %s',
			async (_name, fault, seconds) => {
				const { sandbox } = syncing;
				sandbox.startSpell({ match: { skip: 2 }, fault, forMs: seconds * SECOND });
				const run = await syncing.sync(items, {}, { onError: 'continueRegularOutput' });
				expect(jsonOf(run.items).map(({ email, action }) => [email, action])).toEqual(
					emails(items).map((email) => [email, 'created']),
				);
				expect(sandbox.account.contacts()).toHaveLength(items.length);
			},
		);

		it('ends soon after the account is back', async () => {
			const { sandbox } = syncing;
			const startedAt = performance.now();
			sandbox.startSpell({ match: { skip: 2 }, fault: 'html502', forMs: 60 * SECOND });
			const run = await syncing.sync(items);
			expect(run.status).toBe('success');
			expect(performance.now() - startedAt).toBeLessThan(75 * SECOND);
		});

		it('costs no contact when connections are refused', async () => {
			const { sandbox } = syncing;
			const first = await syncing.sync(items.slice(0, 2));
			expect(first.status).toBe('success');
			await sandbox.takeOffline(60 * SECOND);
			const run = await syncing.sync(items.slice(2));
			expect(run.status).toBe('success');
			expect(sandbox.account.contacts()).toHaveLength(items.length);
		});
	});

	describe('one unreadable response', () => {
		const odd: Fault[] = [
			'noBody',
			'brokenJson',
			'requestTimeout',
			'tooEarly',
			'notHttp',
			'longHeaders',
			'deepJson',
			'brokenGzip',
			{ status: 200, body: {} },
		];

		it.each(
			sampled(
				['/fields', '/lists', '/contact/sync'].flatMap((path) =>
					odd.map((fault): [string, Fault] => [path, fault]),
				),
				4,
			),
		)('fails no item, even as the first response from %s: %j', async (path, fault) => {
			syncing.sandbox.failNext({ path }, fault);
			const run = await syncing.sync(people(3), {
				...lists(['name', 'News', 'subscribe']),
				...customFields(['name', 'Field 1', 'x']),
			});
			expect(run.error).toBeUndefined();
			expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
			expect(syncing.state.membershipWrites).toHaveLength(3);
		});
	});
});

describe('responses with 403', () => {
	const IMPORT = '/import/bulk_import';

	const syncing = useAccount({ lists: ['News'], tags: ['VIP'] });

	const people = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));
	const steps = { ...lists(['name', 'News', 'subscribe']), tagsToAdd: 'VIP' };
	const slowly = { requestsPerSecond: 5 };

	describe('403 for every request in the middle of a run', () => {
		const COUNT = sized(12, 40);

		it.each(sized([90_000], [2_500, 90_000]))(
			'costs no contact and no step when it ends after %d ms',
			async (forMs) => {
				const { sandbox } = syncing;
				const items = people(COUNT);
				sandbox.startSpell({ fault: 'forbidden', afterMs: sized(3, 10) * SECOND, forMs });
				const run = await syncing.sync(
					items,
					{ ...steps, options: slowly },
					{ onError: 'continueRegularOutput' },
				);
				expect(jsonOf(run.items).filter(({ error }) => error !== undefined)).toEqual([]);
				expect(sandbox.account.contacts()).toHaveLength(COUNT);
				expect(sandbox.account.membershipWrites).toHaveLength(COUNT);
			},
		);

		it('is reported when it does not end, without advice on the token', async () => {
			syncing.sandbox.startSpell({ match: { skip: 10 }, fault: 'forbidden' });
			const failing = sized(3, 10);
			const run = await syncing.sync(people(10 + failing), {}, { onError: 'continueRegularOutput' });
			const errors = jsonOf(run.items).flatMap(({ error }) => (error === undefined ? [] : [error]));
			expect(errors).toHaveLength(failing);
			for (const error of errors) {
				expect(error).toMatch(
					/refused to sync the contact \(HTTP 403\), although this API key has worked before/,
				);
				expect(error).not.toMatch(/Check the API key|Settings > Developer/);
			}
		});

		it('costs no contact of an import, neither at its submission nor when its result is read', async () => {
			const { sandbox } = syncing;
			for (const path of [IMPORT, '/import/info']) {
				sandbox.startSpell({ match: { path, skip: 1 }, fault: 'forbidden', forMs: 60 * SECOND });
				const run = await runBulk(sandbox, people(500), { onError: 'continueRegularOutput' });
				expect(tally(run)).toEqual({ imported: 500 });
				sandbox.clearFaults();
			}
		});
	});

	describe('403 for forms, each of which is a run', () => {
		const form = (email: string) => syncing.sync([{ email }], steps, { onError: 'continueRegularOutput' });

		it('costs none of them while the account has accepted the same calls in the last ten minutes', async () => {
			await form('first@example.com');
			await new Promise((resolve) => setTimeout(resolve, 9 * 60 * SECOND));
			syncing.sandbox.startSpell({ fault: 'forbidden', forMs: 30 * SECOND });

			const runs = await Promise.all(people(3).map(async ({ email }) => await form(email)));

			expect(runs.flatMap(({ items }) => jsonOf(items))).toMatchObject(
				people(3).map(({ email }) => ({ email, action: 'created', lists: { News: 'subscribed' } })),
			);
			expect(syncing.sandbox.journal.entries.some(({ fault }) => fault === 'forbidden')).toBe(true);
		});

		it('is reported within ten seconds for a token that has not worked in the last ten minutes', async () => {
			await form('first@example.com');
			await new Promise((resolve) => setTimeout(resolve, 11 * 60 * SECOND));
			syncing.sandbox.startSpell({ fault: 'forbidden' });
			const startedAt = performance.now();

			const runs = await Promise.all(people(3).map(async ({ email }) => await form(email)));

			expect(performance.now() - startedAt).toBeLessThan(10 * SECOND);
			for (const { error } of runs.flatMap(({ items }) => jsonOf(items)))
				expect(error).toMatch(
					/^ActiveCampaign did not allow this API key to sync the contact\. Check the API key/,
				);
		});

		it('is reported within ten seconds for a wrong token, whatever has worked with the right one', async () => {
			await form('first@example.com');
			const { accountName } = syncing.credentials;
			const startedAt = performance.now();

			const { error } = await syncing.sync(people(2), steps, {
				credentials: { accountName, apiToken: 'another-token' },
			});

			expect(performance.now() - startedAt).toBeLessThan(10 * SECOND);
			expect(error?.message).toMatch(/^ActiveCampaign did not allow this API key to sync the contact/);
		});
	});

	describe('403 for imports only', () => {
		it('does not prevent reading the results of accepted imports', async () => {
			const { sandbox } = syncing;
			sandbox.configure({ importDurationMs: sized(150, 600) * SECOND });
			sandbox.startSpell({ match: { path: IMPORT, skip: 2 }, fault: 'forbidden' });
			const run = await runBulk(sandbox, people(1_000), {
				onError: 'continueRegularOutput',
			});
			expect(tally(run)).toMatchObject({ imported: 500 });
			expect(sandbox.journal.count('GET', '/import/info')).toBeGreaterThan(2);
		});
	});

	describe('a missing permission', () => {
		it.each([
			['lists', /see lists/],
			['tags', /see tags|manage tags|edit contacts and tags/],
		] as const)('is named for %s, and holds up no item', async (permission, words) => {
			const { sandbox } = syncing;
			sandbox.configure({ deny: [permission] });
			const startedAt = performance.now();
			const run = await syncing.sync(people(50), steps, { onError: 'continueRegularOutput' });
			expect(performance.now() - startedAt).toBeLessThan(30 * SECOND);
			expect(sandbox.account.contacts()).toHaveLength(50);
			for (const { error } of jsonOf(run.items)) {
				expect(error).toMatch(words);
				expect(error).not.toMatch(/Check the API key/);
			}
		});
	});
});
