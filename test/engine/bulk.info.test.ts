import type { Fault } from '../sandbox';
import { withAccount } from './harness/account';
import { IMPORT, people, runBulk } from './harness/bulk';
import { outcomes, textLike } from './harness/results';

const INFO = '/import/info';
const ALWAYS = Number.POSITIVE_INFINITY;

describe('the status of an import', () => {
	it.each<[string, Fault]>([
		['says false at first', { status: 200, body: { status: false, success: [], failure: [] } }],
		['is a server error once', 'serverError'],
		['is a web page once', 'htmlOk'],
		['is empty once', 'emptyOk'],
		['is cut once', 'resetBeforeWrite'],
		['is completed before it lists any contact', { status: 200, body: { status: 'completed' } }],
	])(
		'is read again when it %s, and nothing is imported twice',
		async (_name, fault) =>
			await withAccount({}, async (sandbox) => {
				sandbox.failNext({ path: INFO }, fault);
				const run = await runBulk(sandbox, people(3));
				expect(outcomes(run)).toEqual(['imported', 'imported', 'imported']);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(1);
				expect(sandbox.journal.count('GET', INFO)).toBe(2);
			}),
	);

	it('leaves the contacts pending, with the reason, when it cannot be read', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.failNext({ path: INFO, times: ALWAYS }, 'emptyOk');
			const run = await runBulk(sandbox, people(3));
			const batchId = sandbox.account.imports[0]?.batchId;
			expect(run.items.map(({ json }) => json)).toEqual(
				people(3).map(({ email }) => ({
					email,
					outcome: 'pending',
					batchId,
					reason: textLike(/^ActiveCampaign could not read the result of the import: .*empty response/),
				})),
			);
			expect(sandbox.journal.count('POST', IMPORT)).toBe(1);
			// Three polls, each retried for up to two minutes.
			expect(sandbox.journal.count('GET', INFO)).toBeLessThanOrEqual(150);
		}));

	it('reports contacts that are missing from it as failed instead of excluded', async () =>
		await withAccount({}, async (sandbox) => {
			const { id } = sandbox.account.addContact({ email: 'person2@example.com' });
			sandbox.failNext(
				{ path: INFO, times: ALWAYS },
				{ status: 200, body: { status: 'completed', success: [id], failure: ['person1@example.com'] } },
			);
			const run = await runBulk(sandbox, people(3), { onError: 'continueRegularOutput' });
			expect(outcomes(run)).toEqual(['refused', 'refused', 'imported']);
			expect(run.items[0]?.json.reason).toMatch(/neither as imported nor as failed/);
			expect(run.items[1]?.json.reason).toMatch(/gave no reason/);
		}));
});
