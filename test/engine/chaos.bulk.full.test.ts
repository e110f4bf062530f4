import { startSandbox, type RunningSandbox } from '../sandbox';
import { people, runBulk } from './harness/bulk';
import { customFields, lists } from './harness/parameters';
import { outcomes } from './harness/results';
import { faultsMet, startOutages } from './harness/outages';

/** Thousands of rows take their time on a busy machine. */
jest.setTimeout(240_000);

const SECOND = 1_000;

const COUNT = 3_000;

/** Of each hundred rows, one has no valid address and one is refused by the account. */
const ROWS = people(COUNT).map((row, index) => {
	if (index % 100 === 13) return { ...row, email: `person${index}` };
	return { ...row, phone: index % 100 === 57 ? 'x' : `+49 30 ${index}` };
});
const OUTCOMES = ROWS.map((_, index) => {
	if (index % 100 === 13) return 'failed';
	return index % 100 === 57 ? 'refused' : 'imported';
});

/** So many of the people have unsubscribed from one list and are on the other. */
const KNOWN = COUNT / 5;
/** Every row but the bad ones, and those of the known people that have a bad row. */
const STORED = COUNT * 0.98 + (KNOWN / 100) * 2;

async function startAccount(importNames: 'all' | 'first'): Promise<RunningSandbox> {
	const sandbox = await startSandbox({
		fields: [{ title: 'City', type: 'text' }],
		lists: ['News', 'Offers'],
		latencyMs: { min: 100, max: 1_000 },
		requestsPerSecond: 5,
		// The import takes so long that it meets many of the outages.
		importsPerMinute: 6,
		importDurationMs: 600 * SECOND,
		importNames,
	});
	const { account } = sandbox;
	account.addAutomation('Newsletter', { startsOnList: account.listBy('News').id });
	account.refuseInImport(({ phone }) => phone === 'x', 'Field ‘phone’ incorrect format');
	for (const { email } of people(KNOWN)) {
		account.addContact({ email, lists: { News: 'unsubscribed', Offers: 'active' } });
	}
	return sandbox;
}

/** How refusals name bad contacts, and the seed of the outages. */
const OUTAGES = [
	['all', 1],
	['first', 3],
	['all', 2],
] as const;

const importAll = async (sandbox: RunningSandbox) =>
	await runBulk(sandbox, ROWS, {
		onError: 'continueRegularOutput',
		options: { requestsPerSecond: 5 },
		parameters: {
			...customFields(['name', 'City', '=City {{ $itemIndex % 7 }}']),
			...lists(['name', 'News', 'subscribe'], ['name', 'Offers', 'unsubscribe']),
		},
	});

describe('rows in bulk, with bad ones among them', () => {
	let undisturbed: RunningSandbox;

	beforeAll(async () => {
		undisturbed = await startAccount('all');
		const run = await importAll(undisturbed);
		expect(outcomes(run)).toEqual(OUTCOMES);
	});
	afterAll(async () => await undisturbed.stop());

	it('are imported without the bad ones, resubscribe nobody, and start automations once', () => {
		const { account } = undisturbed;
		expect(account.mistakes).toEqual([]);
		const stored = Object.values(account.snapshot());
		expect(stored).toHaveLength(STORED);
		expect(stored.filter(({ lists: { News } }) => News === 2)).toHaveLength(KNOWN);
		expect(stored.filter(({ enrollments }) => enrollments.Newsletter === 1)).toHaveLength(STORED - KNOWN);
	});

	it.each(OUTAGES)(
		'end in the same state through outages of many kinds (refusals name %s, seed %d)',
		async (importNames, seed) => {
			const sandbox = await startAccount(importNames);
			try {
				// A batch is tried four times in two minutes: pauses leave some of these tries undisturbed.
				startOutages(sandbox, seed, { min: 60 * SECOND, max: 80 * SECOND });
				const run = await importAll(sandbox);

				expect(outcomes(run)).toEqual(OUTCOMES);
				expect(sandbox.account.snapshot()).toEqual(undisturbed.account.snapshot());
				expect(sandbox.account.mistakes).toEqual([]);
				expect(faultsMet(sandbox).length).toBeGreaterThan(1);
			} finally {
				await sandbox.stop();
			}
		},
	);
});
