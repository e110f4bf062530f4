import { withIds } from '../sandbox';

import { useAccount } from './harness/account';
import { lists } from './harness/parameters';
import { jsonOf } from './harness/results';

const SECOND = 1_000;

const syncing = useAccount({ fields: 2, lists: ['News'] });

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));
const contactSync = { method: 'POST', path: '/contact/sync' };

describe('a response that trickles in', () => {
	it('is abandoned after twenty seconds, and the request is retried', async () => {
		const { sandbox } = syncing;
		sandbox.failNext({ ...contactSync, bodyIncludes: 'p1@' }, { trickleMs: 1_000 });
		const startedAt = performance.now();
		const run = await syncing.sync(people(3));
		expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
		expect(performance.now() - startedAt).toBeLessThan(25 * SECOND);
	});

	it('fails its item after two minutes when every response trickles, as possibly saved', async () => {
		const { sandbox } = syncing;
		sandbox.startSpell({ match: { ...contactSync, bodyIncludes: 'p1@' }, fault: { trickleMs: 1_000 } });
		const startedAt = performance.now();
		const run = await syncing.sync(people(3), {}, { onError: 'continueRegularOutput' });
		expect(jsonOf(run.items).map(({ error }) => error !== undefined)).toEqual([false, true, false]);
		expect(run.items[1]?.json['error']).toMatch(
			/did not respond in time \(tried 6 times in 1[23]\d seconds\)/,
		);
		expect(performance.now() - startedAt).toBeLessThan(145 * SECOND);
	});
});

describe('a response of hundreds of megabytes', () => {
	it('is abandoned after ten megabytes, and the request is retried', async () => {
		const { sandbox } = syncing;
		sandbox.failNext({ ...contactSync, bodyIncludes: 'p1@' }, { gzipBombBytes: 300_000_000 });
		const before = process.memoryUsage().rss;
		const run = await syncing.sync(people(3));
		expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
		expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
	});
});

describe('a list that does not end', () => {
	it.each(['endless', 'totalTooHigh'] as const)(
		'fails the steps that need it, or is read to its end: %s',
		async (kind) => {
			const { sandbox } = syncing;
			sandbox.configure({ falsePages: { '/lists': kind } });
			const run = await syncing.sync(people(3), lists(['name', 'Offers', 'subscribe']), {
				onError: 'continueRegularOutput',
			});
			expect(sandbox.account.contacts()).toHaveLength(3);
			for (const { error } of jsonOf(run.items)) {
				expect(error).toMatch(
					kind === 'endless' ? /its list did not end after 20000 records/ : /no list called 'Offers'/,
				);
			}
			expect(sandbox.journal.count('GET', '/lists')).toBeLessThanOrEqual(200);
		},
	);
});

describe('an ID with path segments', () => {
	it('is never sent to the account', async () => {
		const { sandbox } = syncing;
		for (const path of ['/contact/sync', '/lists', '/tags', '/contactTags', '/fields']) {
			const end = sandbox.rewrite({ path }, (response) => ({
				...response,
				body: withIds(response.body, (id) => `${id}/../../../evil`),
			}));
			await syncing.sync(
				people(2),
				{ ...lists(['name', 'News', 'subscribe']), tagsToAdd: 'VIP', tagsToRemove: 'Old' },
				{ onError: 'continueRegularOutput' },
			);
			end();
		}
		const sent = sandbox.journal.entries.map((entry) => JSON.stringify(entry)).join('\n');
		expect(sandbox.journal.entries.length).toBeGreaterThan(20);
		expect(sent).not.toContain('evil');
	});
});
