import type { Fault } from '../sandbox';
import { sized } from '../size';
import { useAccount } from './harness/account';
import { people, runBulk } from './harness/bulk';
import { automations, lists } from './harness/parameters';
import { jsonOf, tally } from './harness/results';

const SECOND = 1_000;

type Outage = [string, number, Fault | null];

/** What lasts that long costs nothing, whatever the operation; null is a network without connections. */
const OUTAGES: Outage[] = [
	['no network', 60 * SECOND, null],
	['connections cut after the work is done', 60 * SECOND, 'resetAfterWrite'],
	["a gateway's 504 after the work is done", 90 * SECOND, { name: 'html504', afterWrite: true }],
	['503 without Retry-After', 90 * SECOND, 'unavailable'],
	['403', 30 * SECOND, 'forbidden'],
	...sized<Outage[]>(
		[],
		[
			['connections cut before the request is read', 60 * SECOND, 'resetBeforeWrite'],
			["a gateway's 502", 90 * SECOND, 'html502'],
		],
	),
];

/** That no contact is enrolled twice is checked after every test: see `useAccount`. */
describe('an outage in the middle of a run, which loses and doubles no contact,', () => {
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

	it.each(OUTAGES)('is survived by Sync Contact: %s for %d ms', async (_name, forMs, fault) => {
		const items = people(25);
		for (const { email } of items.slice(0, 10))
			account.state.addContact({ email, lists: { News: 'unsubscribed' } });
		startOutage(12 * SECOND, forMs, fault);
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
		expect(jsonOf(run.items).map((json) => json.lists)).toEqual(
			kept.map((outcome) => [{ name: 'News', outcome }]),
		);
		for (const { email } of items) {
			expect(account.state.snapshot()[email]).toMatchObject({
				tags: ['Lead'],
				enrollments: { Welcome: 1 },
			});
		}
		expect(account.state.contacts()).toHaveLength(25);
	});

	it.each(OUTAGES)('is survived by Sync Contacts in Bulk: %s for %d ms', async (_name, forMs, fault) => {
		account.sandbox.configure({ importDurationMs: 30 * SECOND });
		startOutage(0.6 * SECOND, forMs, fault);
		const startedAt = performance.now();

		const run = await runBulk(account.sandbox, people(1_500), {
			parameters: { ...lists(['name', 'News', 'subscribe']) },
			options,
		});

		expect(run.status).toBe('success');
		// The run went on until after the outage, by the virtual clock.
		expect(performance.now() - startedAt).toBeGreaterThan(forMs);
		expect(tally(run)).toEqual({ imported: 1_500 });
		const stored = Object.values(account.state.snapshot());
		expect(stored).toHaveLength(1_500);
		expect(stored.filter((contact) => contact.lists.News !== 1)).toEqual([]);
	});
});
