import { useAccount } from './harness/account';
import { jsonOf } from './harness/results';
import { observe } from './secrecy/observed';

const CONTINUE = { onError: 'continueRegularOutput' } as const;
const items = ['ann', 'bob', 'cy'].map((name) => ({ email: `${name}@example.com` }));

describe('an item whose request meets a fault for long', () => {
	const account = useAccount({ tags: ['Lead'] });
	const { logged } = observe();
	const longTryLines = () => logged.filter((line) => line.includes('has been trying'));
	const ofBob = { method: 'POST', path: '/contact/sync', bodyIncludes: 'bob@' };

	beforeEach(() => void logged.splice(0));

	it('is logged while the node waits, once and without personal data, and named above the output', async () => {
		account.sandbox.failNext({ ...ofBob, times: 999 }, 'serverError');
		const startedAt = performance.now();
		let loggedAfterMs: number | undefined;
		const watch = setInterval(() => {
			if (longTryLines().length > 0) loggedAfterMs ??= performance.now() - startedAt;
		}, 500);

		const { items: output, hints } = await account.sync(items, {}, CONTINUE);

		clearInterval(watch);
		expect(jsonOf(output).map(({ action }) => action)).toEqual(['created', 'failed', 'created']);
		expect(loggedAfterMs).toBeGreaterThan(15_000);
		expect(loggedAfterMs).toBeLessThan(25_000);
		expect(longTryLines()).toHaveLength(1);
		expect(longTryLines()[0]).toMatch(
			/ActiveCampaign Sync has been trying for [12]\d seconds to sync the contact \(item 2\): HTTP 500. It goes on for up to 120 seconds"/,
		);
		expect(longTryLines()[0]).not.toContain('bob');
		expect(longTryLines()[0]).toMatch(/"level":"info"/);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^3 items: 2 created, 1 failed\. ActiveCampaign did not respond as it should for item 2, so the node kept trying for up to 1[12]\d seconds\.$/,
			),
		]);
	});

	it('is logged for a single item, too, that succeeded in the end', async () => {
		const [, bob] = items;
		account.sandbox.startSpell({ match: ofBob, fault: 'serverError', forMs: 40_000 });

		const { hints } = await account.sync([bob ?? {}]);

		expect(longTryLines()).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/did not respond as it should for item 1, so the node kept trying for up to [34]\d seconds/,
			),
		]);
	});

	it('is not logged for faults that pass sooner, nor for the rate limit', async () => {
		account.sandbox.startSpell({ match: ofBob, fault: 'serverError', forMs: 8_000 });
		account.sandbox.failNext(
			{ method: 'POST', path: '/contact/sync', bodyIncludes: 'cy@', times: 2 },
			{ status: 429, headers: { 'Retry-After': '20' } },
		);

		const { hints } = await account.sync(items);

		expect(longTryLines()).toEqual([]);
		expect(hints.map(({ message }) => message)).toEqual([
			"3 items: 3 created. ActiveCampaign's rate limit was reached 2 times, so the node waited.",
		]);
	});
});
