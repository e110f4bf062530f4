import { runBulk } from './harness/bulk';
import { useAccount } from './harness/account';
import { lists } from './harness/parameters';
import { jsonOf, tally } from './harness/results';

const SECOND = 1_000;
const IMPORT = '/import/bulk_import';

const syncing = useAccount({ lists: ['News'], tags: ['VIP'] });

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));
const steps = { ...lists(['name', 'News', 'subscribe']), tagsToAdd: 'VIP' };
const slowly = { requestsPerSecond: 5 };

describe('403 for every request in the middle of a run', () => {
	it.each([2_500, 90_000])('costs no contact and no step when it ends after %d ms', async (forMs) => {
		const { sandbox } = syncing;
		const items = people(40);
		sandbox.startSpell({ fault: 'forbidden', afterMs: 10 * SECOND, forMs });
		const run = await syncing.sync(
			items,
			{ ...steps, options: slowly },
			{ onError: 'continueRegularOutput' },
		);
		expect(jsonOf(run.items).filter(({ error }) => error !== undefined)).toEqual([]);
		expect(sandbox.account.contacts()).toHaveLength(40);
		expect(sandbox.account.membershipWrites).toHaveLength(40);
	});

	it('is reported when it does not end, without advice on the token', async () => {
		syncing.sandbox.startSpell({ match: { skip: 10 }, fault: 'forbidden' });
		const run = await syncing.sync(people(20), {}, { onError: 'continueRegularOutput' });
		const errors = jsonOf(run.items).flatMap(({ error }) => (error === undefined ? [] : [error]));
		expect(errors).toHaveLength(10);
		for (const error of errors) {
			expect(error).toMatch(
				/refused to sync the contact \(HTTP 403\), although this API token has worked before/,
			);
			expect(error).not.toMatch(/Check the API token|Settings > Developer/);
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

describe('403 for imports only', () => {
	it('does not prevent reading the results of accepted imports', async () => {
		const { sandbox } = syncing;
		sandbox.configure({ importDurationMs: 600 * SECOND });
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
			expect(error).not.toMatch(/Check the API token/);
		}
	});
});
