import type { RunningSandbox } from '../sandbox';
import {
	IMPORT,
	outcomes,
	people,
	runBulk,
	sentContacts,
	storedEmails,
	tally,
	text,
	withAccount,
} from './bulk';

jest.setTimeout(60_000);

const INFO = '/import/info';
const TOO_LONG = { importDurationMs: 600_000 };

const batchIds = ({ account }: RunningSandbox) => account.imports.map(({ batchId }) => batchId);

/** Waits until something holds; the test's own time-out ends what never does. */
async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await pause(20);
}

async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

describe('whom an import left out', () => {
	const items = people(120);
	const left = [3, 50, 119];
	const expected = items.map((_, index) => (left.includes(index) ? 'excluded' : 'imported'));
	const excludeSome = ({ account }: RunningSandbox) => {
		for (const index of left) account.excludeFromImport(items[index]?.email ?? '');
		// Contacts of other people, older and newer, with ids around those of the import.
		for (const { email } of people(130, 'other')) account.addContact({ email });
	};

	it.concurrent(
		'is read off the contacts, a hundred ids per request',
		async () =>
			await withAccount({}, async (sandbox) => {
				excludeSome(sandbox);
				const run = await runBulk(sandbox, items);
				expect(outcomes(run)).toEqual(expected);
				expect(sandbox.journal.count('GET', '/contacts')).toBe(2);
			}),
	);

	it.concurrent(
		'costs no request when nobody was',
		async () =>
			await withAccount({}, async (sandbox) => {
				expect(tally(await runBulk(sandbox, items))).toEqual({ imported: 120 });
				expect(sandbox.journal.count('GET', '/contacts')).toBe(0);
			}),
	);

	it.concurrent(
		'is found without the filter by ids, for new contacts page by page',
		async () =>
			await withAccount({ unknownIdFilters: ['ids'] }, async (sandbox) => {
				excludeSome(sandbox);
				expect(outcomes(await runBulk(sandbox, items))).toEqual(expected);
				// One in vain, and two pages for 117 contacts.
				expect(sandbox.journal.count('GET', '/contacts')).toBe(3);
			}),
	);

	it.concurrent(
		'is found without the filter by ids also among contacts far apart',
		async () =>
			await withAccount({ unknownIdFilters: ['ids'] }, async (sandbox) => {
				for (const [index, { email }] of items.entries()) {
					sandbox.account.addContact({ email });
					if (index % 40 === 0)
						for (const one of people(150, `between${index}-`)) sandbox.account.addContact(one);
				}
				for (const index of left) sandbox.account.excludeFromImport(items[index]?.email ?? '');
				expect(outcomes(await runBulk(sandbox, items))).toEqual(expected);
				expect(sandbox.journal.count('GET', '/contacts')).toBeLessThanOrEqual(1 + 2 * 3 + 1);
			}),
	);

	it.concurrent(
		'is found by asking for each address of a small batch where no filter is heeded',
		async () =>
			await withAccount({ unknownIdFilters: ['ids', 'id_greater'] }, async (sandbox) => {
				excludeSome(sandbox);
				const few = items.slice(0, 60);
				expect(outcomes(await runBulk(sandbox, few))).toEqual(expected.slice(0, 60));
				expect(sandbox.journal.count('GET', '/contacts')).toBeLessThanOrEqual(2 + 60);
			}),
	);

	it.concurrent(
		'stays open for a large batch where no filter is heeded',
		async () =>
			await withAccount({ unknownIdFilters: ['ids', 'id_greater'] }, async (sandbox) => {
				excludeSome(sandbox);
				const run = await runBulk(sandbox, items);
				expect(tally(run)).toEqual({ pending: 120 });
				expect(run.items[0]?.json.reason).toMatch(/imported 117 of 120 contacts, this one among them/);
				expect(sandbox.journal.count('GET', '/contacts')).toBe(2);
			}),
	);

	it.concurrent(
		'stays open when the token may not see contacts',
		async () =>
			await withAccount({ deny: ['contacts'] }, async (sandbox) => {
				excludeSome(sandbox);
				sandbox.account.failInImport('person7@example.com');
				const run = await runBulk(sandbox, items);
				expect(tally(run)).toEqual({ pending: 119, refused: 1 });
				expect(run.items[0]?.json.reason).toMatch(
					/imported 116 of 119 contacts.*did not allow this API token/,
				);
			}),
	);

	it.concurrent(
		'stays open for imported contacts that cannot be seen any more',
		async () =>
			await withAccount({}, async (sandbox) => {
				excludeSome(sandbox);
				sandbox.failNext(
					{ path: '/contacts', times: Number.POSITIVE_INFINITY },
					{ status: 200, body: { contacts: [], meta: { total: '0' } } },
				);
				const run = await runBulk(sandbox, items);
				expect(tally(run)).toEqual({ pending: 120 });
				expect(run.items[0]?.json.reason).toMatch(/imported 117 of 120 contacts/);
				expect(sandbox.journal.count('GET', '/contacts')).toBe(2);
			}),
	);
});

describe('a run that does not wait for the result', () => {
	it.concurrent(
		'ends when all is queued, with the batch of each contact',
		async () =>
			await withAccount(TOO_LONG, async (sandbox) => {
				const run = await runBulk(sandbox, people(300), { options: { waitForResult: false } });
				expect(tally(run)).toEqual({ pending: 300 });
				expect(sandbox.journal.count('GET', INFO)).toBe(0);
				const idOf = new Map(
					sandbox.account.imports.flatMap(({ batchId, contacts }) =>
						contacts.map(({ email }): [unknown, string] => [email, batchId]),
					),
				);
				expect(run.items.map(({ json }) => json)).toEqual(
					people(300).map(({ email }) => ({ email, outcome: 'pending', batchId: idOf.get(email) })),
				);
				expect(run.hints).toMatchObject([
					{ message: '300 items: 300 pending. ActiveCampaign took 2 batches.' },
				]);
			}),
	);
});

describe('the longest wait', () => {
	it.concurrent(
		'leaves pending what is not done by then, and keeps what is',
		async () =>
			await withAccount({}, async (sandbox) => {
				sandbox.account.scriptImport({ outcome: 'completed', durationMs: 600_000 });
				const run = await runBulk(sandbox, people(300), { options: { longestWait: 0.05 } });
				const { pending = 0, imported = 0 } = tally(run);
				expect([pending, imported].sort((one, other) => one - other)).toEqual([50, 250]);
				const open = run.items.find(({ json }) => json.outcome === 'pending');
				expect(open?.json).toMatchObject({
					batchId: batchIds(sandbox)[0],
					reason: text(/had not said that the import is done when the longest wait was over/),
				});
			}),
	);
});

describe('Stop', () => {
	it.concurrent(
		'while batches are submitted sends no further one and keeps what was queued',
		async () =>
			await withAccount({ latencyMs: 100, ...TOO_LONG }, async (sandbox) => {
				const stop = new AbortController();
				const running = runBulk(sandbox, people(5_000), {
					signal: stop.signal,
					options: { requestsPerSecond: 5 },
				});
				// Five go at once: when a sixth has arrived, a second later, those are long answered.
				await until(() => sandbox.account.imports.length >= 6);
				stop.abort();
				const run = await running;
				await pause(1_000);
				const { imports } = sandbox.account;
				expect(imports.length).toBeLessThanOrEqual(10);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(imports.length);
				expect(sandbox.journal.count('GET', INFO)).toBe(0);
				expect(run.status).toBe('canceled');
				// n8n cuts what is on its way, so that of some batches it is not known that they were taken.
				const known = new Set(run.items.flatMap(({ json }) => json.batchId ?? []));
				expect(known.size).toBeGreaterThanOrEqual(3);
				for (const { batchId, contacts } of imports) {
					const emails = new Set(contacts.map(({ email }) => email));
					const told = run.items.filter(({ json }) => emails.has(json.email));
					expect(told).toHaveLength(250);
					for (const { json } of told) {
						expect(json.outcome).toBe('pending');
						if (known.has(batchId)) expect(json.batchId).toBe(batchId);
						else expect(json.reason).toMatch(/stopped before ActiveCampaign answered/);
					}
				}
				const begun = run.items.length;
				expect(tally(run)).toEqual({ pending: begun });
				expect(run.hints).toMatchObject([
					{
						message: `5000 items: ${begun} pending, ${5_000 - begun} not begun. ActiveCampaign took ${known.size} batches.`,
					},
				]);
			}),
	);

	it.concurrent(
		'while the result is waited for ends the looks, and tells what is known',
		async () =>
			await withAccount({}, async (sandbox) => {
				sandbox.account.scriptImport({ outcome: 'completed', durationMs: 600_000 });
				const stop = new AbortController();
				const running = runBulk(sandbox, people(300), { signal: stop.signal });
				await until(() => sandbox.journal.count('GET', INFO, 200) >= 3);
				stop.abort();
				const run = await running;
				const looks = sandbox.journal.count('GET', INFO);
				await pause(2_000);
				expect(sandbox.journal.count('GET', INFO)).toBe(looks);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(2);
				expect(Object.keys(tally(run)).sort()).toEqual(['imported', 'pending']);
				expect(run.items).toHaveLength(300);
			}),
	);
});

describe('items that are not imported', () => {
	const items = [
		...people(3),
		{ email: 'no address' },
		{ email: 'refused@example.com' },
		{ email: 'failing@example.com' },
		{ email: 'excluded@example.com' },
	];
	const prepare = ({ account }: RunningSandbox) => {
		account.refuseInImport(({ email }) => email === 'refused@example.com', 'Field ‘email’ is blocked');
		account.failInImport('failing@example.com');
		account.excludeFromImport('excluded@example.com');
	};
	const expected = ['imported', 'imported', 'imported', 'refused', 'refused', 'refused', 'excluded'];

	it.concurrent(
		'stop no workflow while others get through',
		async () =>
			await withAccount({}, async (sandbox) => {
				prepare(sandbox);
				const run = await runBulk(sandbox, items);
				expect(run.status).toBe('success');
				expect(outcomes(run)).toEqual(expected);
				for (const { json } of run.items) expect(json).not.toHaveProperty('error');
				expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
				expect(run.hints).toMatchObject([
					{ message: '7 items: 3 imported, 3 refused, 1 excluded. ActiveCampaign took 1 batch.' },
				]);
			}),
	);

	it.concurrent(
		'are marked when the node goes on: the refused ones only',
		async () =>
			await withAccount({}, async (sandbox) => {
				prepare(sandbox);
				const run = await runBulk(sandbox, items, { onError: 'continueRegularOutput' });
				expect(outcomes(run)).toEqual(expected);
				expect(run.items.map(({ json }) => 'error' in json)).toEqual(
					expected.map((outcome) => outcome === 'refused'),
				);
			}),
	);

	it.concurrent(
		'go to the error output, each linked to its item: the refused ones only',
		async () =>
			await withAccount({}, async (sandbox) => {
				prepare(sandbox);
				const run = await runBulk(sandbox, items, { onError: 'continueErrorOutput' });
				expect(outcomes(run)).toEqual(expected.filter((outcome) => outcome !== 'refused'));
				expect(run.errorItems.map(({ pairedItem }) => pairedItem)).toEqual([
					{ item: 3 },
					{ item: 4 },
					{ item: 5 },
				]);
				expect(run.errorItems[1]?.json).toMatchObject({
					error: text(/is blocked/),
					details: { email: 'refused@example.com', outcome: 'refused' },
				});
			}),
	);
});

describe('two runs on one account at the same time', () => {
	it.concurrent(
		'each tell the truth, within the limits together',
		async () =>
			await withAccount({ latencyMs: 50, requestsPerSecond: 5, importsPerMinute: 100 }, async (sandbox) => {
				const shared = people(50, 'shared').map((row) => ({ ...row, lastName: 'Shared' }));
				for (const email of ['one7@example.com', 'two9@example.com', 'shared3@example.com']) {
					sandbox.account.excludeFromImport(email);
				}
				const lists = [
					[...people(500, 'one'), ...shared],
					[...shared, ...people(500, 'two')],
				];
				const runs = await Promise.all(
					lists.map(async (items) => await runBulk(sandbox, items, { options: { requestsPerSecond: 5 } })),
				);
				for (const [index, run] of runs.entries()) {
					expect(outcomes(run)).toEqual(
						lists[index]?.map(({ email }) =>
							sandbox.account.contactByEmail(email) ? 'imported' : 'excluded',
						),
					);
					expect(tally(run)).toEqual({ imported: 548, excluded: 2 });
				}
				expect(storedEmails(sandbox)).toHaveLength(1_050 - 3);
				expect(sandbox.journal.count(undefined, undefined, 429)).toBe(0);
				expect(sentContacts(sandbox)).toHaveLength(6);
			}),
	);
});
