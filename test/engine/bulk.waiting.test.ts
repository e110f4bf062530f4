import type { RunningSandbox } from '../sandbox';
import { IMPORT, people, runBulk, sentContacts, storedEmails } from './harness/bulk';
import { outcomes, tally, textLike } from './harness/results';
import { withAccount } from './harness/account';

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

describe('a run that does not wait for the result', () => {
	it('ends when all contacts are queued, with the batch ID of each', async () =>
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
				{ message: '300 items: 300 pending. ActiveCampaign accepted 2 batches.' },
			]);
		}));
});

describe('Maximum Wait', () => {
	it('leaves unfinished contacts pending, and keeps the results of the others', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.account.scriptImport({ outcome: 'completed', durationMs: 600_000 });
			const run = await runBulk(sandbox, people(300), { options: { maxWait: 0.05 } });
			const { pending = 0, imported = 0 } = tally(run);
			expect([pending, imported].sort((one, other) => one - other)).toEqual([50, 250]);
			const open = run.items.find(({ json }) => json.outcome === 'pending');
			expect(open?.json).toMatchObject({
				batchId: batchIds(sandbox)[0],
				reason: textLike(/did not finish the import within 'Maximum Wait \(Minutes\)'/),
			});
		}));
});

describe('Stop', () => {
	it('sends no further batch while batches are submitted, and keeps the queued ones', async () =>
		await withAccount({ latencyMs: 100, ...TOO_LONG }, async (sandbox) => {
			const stop = new AbortController();
			const running = runBulk(sandbox, people(3_000), {
				signal: stop.signal,
				options: { requestsPerSecond: 5 },
			});
			// Five go at once: when a sixth has arrived, a second later, the responses to those are long there.
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
				const reported = run.items.filter(({ json }) => emails.has(json.email));
				expect(reported).toHaveLength(250);
				for (const { json } of reported) {
					expect(json.outcome).toBe('pending');
					if (known.has(batchId)) expect(json.batchId).toBe(batchId);
					else expect(json.reason).toMatch(/stopped before ActiveCampaign responded/);
				}
			}
			const begun = run.items.length;
			expect(tally(run)).toEqual({ pending: begun });
			expect(run.hints).toMatchObject([
				{
					message: `3000 items: ${begun} pending, ${3_000 - begun} not started. ActiveCampaign accepted ${known.size} batches.`,
				},
			]);
		}));

	it('ends the polling while the node waits for results, and outputs the known ones', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.account.scriptImport({ outcome: 'completed', durationMs: 600_000 });
			const stop = new AbortController();
			const running = runBulk(sandbox, people(300), { signal: stop.signal });
			await until(() => sandbox.journal.count('GET', INFO, 200) >= 3);
			stop.abort();
			const run = await running;
			const polls = sandbox.journal.count('GET', INFO);
			await pause(2_000);
			expect(sandbox.journal.count('GET', INFO)).toBe(polls);
			expect(sandbox.journal.count('POST', IMPORT)).toBe(2);
			expect(Object.keys(tally(run)).sort()).toEqual(['imported', 'pending']);
			expect(run.items).toHaveLength(300);
		}));
});

describe('two bulk runs on one account at the same time', () => {
	it('each report the right outcomes and stay within the limits together', async () =>
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
					lists[index]?.map(({ email }) => (sandbox.account.contactByEmail(email) ? 'imported' : 'excluded')),
				);
				expect(tally(run)).toEqual({ imported: 548, excluded: 2 });
			}
			expect(storedEmails(sandbox)).toHaveLength(1_050 - 3);
			expect(sandbox.journal.count(undefined, undefined, 429)).toBe(0);
			expect(sentContacts(sandbox)).toHaveLength(6);
		}));
});
