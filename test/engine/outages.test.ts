import dns from 'node:dns';

import type { IDataObject } from 'n8n-workflow';

import { startSandbox } from '../sandbox';
import { freePort } from '../localServer';

import { runWorkflow, type RunOptions, type RunResult } from './harness/runWorkflow';
import { jsonOf } from './harness/results';
import { type TestAccount, useAccount } from './harness/account';

const contactSync = { method: 'POST', path: '/contact/sync' };
const checkCredential = /Check account name and API token in the credential/;
const checkToken =
	/Check the API token in the credential.+Settings > Developer.+may not add and edit contacts/;

function isCallback(value: unknown): value is (thrown: Error) => void {
	return typeof value === 'function';
}

const syncing = useAccount();
const sync: TestAccount['sync'] = async (...run) => await syncing.sync(...run);

describe('a wrong token', () => {
	const items = Array.from({ length: 500 }, (_, index) => ({ email: `p${index}@example.com` }));

	it.each(['body', 'noBody', 'loginPage'] as const)(
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
		const failed = output.flatMap(({ json }, index) => ('error' in json ? [index] : []));
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
		const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND nobody.invalid'), { code: 'ENOTFOUND' });
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
			/^The account name looks wrong: there is no host called nobody\.invalid \(tried \d times in \d seconds?\)\. Copy/,
		],
		[
			'refused',
			/^127\.0\.0\.1:\d+ cannot be reached: no connection could be made \(tried \d+ times in 1[12]\d seconds\)\. Check/,
		],
		[
			'untrusted',
			/^The certificate of 127\.0\.0\.1:\d+ cannot be trusted, so nothing was sent\. Check the account name/,
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
			/^Item 1 \(ann@example\.com\): Check the account name in the credential.+\. 1 more item failed for the same reason\. None of 2 items were synced$/,
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
