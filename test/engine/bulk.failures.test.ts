import type { Fault } from '../sandbox';
import { withAccount } from './harness/account';
import { IMPORT, people, runBulk } from './harness/bulk';
import { outcomes, tally, textLike } from './harness/results';

const ALWAYS = Number.POSITIVE_INFINITY;

/** A refusal that names no contact. */
const blanket: Fault = {
	status: 400,
	body: { success: 0, message: 'Not valid.', failureReasons: ['Something is not as it should be.'] },
};

describe('bad contacts among thousands', () => {
	it.each([
		['one at a time', 'first', 8 + 56],
		['all at once', 'all', 8 + 8],
	] as const)(
		'are refused without affecting any other when they are named %s',
		async (_how, importNames, requests) =>
			await withAccount({ importNames, importsPerMinute: 100 }, async (sandbox) => {
				const isBad = (index: number) => index % 250 < 7;
				const items = people(2_000).map((row, index) => ({ ...row, phone: isBad(index) ? 'x' : '' }));
				sandbox.account.refuseInImport(({ phone }) => phone === 'x', 'Field ‘phone’ incorrect format');

				const run = await runBulk(sandbox, items);

				expect(run.status).toBe('success');
				expect(outcomes(run)).toEqual(items.map((_, index) => (isBad(index) ? 'refused' : 'imported')));
				expect(sandbox.account.contacts()).toHaveLength(1_944);
				expect(sandbox.journal.count('POST', IMPORT, 200)).toBe(8);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(requests);
			}),
	);

	it('may fill a whole batch, and be named one at a time, without affecting the next batch', async () =>
		await withAccount({ importNames: 'first' }, async (sandbox) => {
			const items = people(500).map((row, index) => ({ ...row, phone: index < 250 ? 'x' : '' }));
			sandbox.account.refuseInImport(({ phone }) => phone === 'x', 'Field ‘phone’ incorrect format');

			const run = await runBulk(sandbox, items);

			expect(run.status).toBe('success');
			expect(tally(run)).toEqual({ refused: 250, imported: 250 });
			expect(sandbox.journal.count('POST', IMPORT)).toBe(251);
		}));

	it('are found by halving when no refusal names them, wherever they are', async () =>
		await withAccount({}, async (sandbox) => {
			// Batches with bad contacts here and there, and one whose first 50 are bad, as in a sorted file.
			const isBad = (index: number) => (index < 750 ? [3, 250, 251, 499, 600].includes(index) : index < 800);
			const items = people(1_000).map((row, index) => ({ ...row, phone: isBad(index) ? 'x' : '' }));
			sandbox.failNext({ path: IMPORT, bodyIncludes: '"phone":"x"', times: ALWAYS }, blanket);

			const run = await runBulk(sandbox, items);

			expect(run.status).toBe('success');
			expect(outcomes(run)).toEqual(items.map((_, index) => (isBad(index) ? 'refused' : 'imported')));
			expect(sandbox.account.contacts()).toHaveLength(945);
			expect(sandbox.journal.count('POST', IMPORT)).toBeLessThanOrEqual(4 + 1 + 5 * 16 + 2 * 50 + 16);
		}));
});

describe('an account that refuses every batch without naming a contact', () => {
	it('gets one request for each batch, and twenty single contacts, before the run fails', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.failNext({ path: IMPORT, times: ALWAYS }, blanket);

			const run = await runBulk(sandbox, people(2_000), { onError: 'continueRegularOutput' });

			expect(tally(run)).toEqual({ refused: 2_000 });
			for (const { json } of run.items) expect(json.error).toMatch(/Something is not as it should be/);
			expect(sandbox.journal.count('POST', IMPORT)).toBe(8 + 20);

			const stopping = await runBulk(sandbox, people(1_000));
			expect(stopping.status).toBe('error');
			expect(stopping.error?.message).toMatch(/Something is not as it should be/);
		}));

	it('refuses for bad contacts if it accepts a single one, and all good ones are imported', async () =>
		await withAccount({}, async (sandbox) => {
			for (const index of [0, 299]) {
				sandbox.failNext({ path: IMPORT, bodyIncludes: `"person${index}@`, times: ALWAYS }, blanket);
			}
			const run = await runBulk(sandbox, people(300));
			expect(tally(run)).toEqual({ imported: 298, refused: 2 });
		}));
});

describe('403 after the first batch was accepted', () => {
	const toImports = { path: IMPORT, skip: 1 };

	it('fails the node when it lasts, and the result of the accepted batch is read', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.startSpell({ match: toImports, fault: 'forbidden' });
			const items = people(1_000);
			const run = await runBulk(sandbox, items);
			expect(run.status).toBe('error');
			expect(run.error).toMatchObject({
				message: textLike(/import the contacts.*HTTP 403/),
				description: textLike(/250 of 1000 items were synced/),
			});

			sandbox.clearFaults();
			sandbox.startSpell({ match: toImports, fault: 'forbidden' });
			const continuing = await runBulk(sandbox, items, { onError: 'continueRegularOutput' });
			expect(tally(continuing)).toEqual({ imported: 250, refused: 750 });
			for (const { json } of continuing.items) {
				expect('error' in json).toBe(json.outcome === 'refused');
			}
		}));

	it.each([
		['three requests', { forRequests: 3 }],
		['a minute and a half', { forMs: 90_000 }],
	])(
		'is waited for when it lasts for %s, and every contact is imported',
		async (_length, outage) =>
			await withAccount({}, async (sandbox) => {
				sandbox.startSpell({ match: toImports, fault: 'forbidden', ...outage });
				const run = await runBulk(sandbox, people(1_000));
				expect(run.status).toBe('success');
				expect(tally(run)).toEqual({ imported: 1_000 });
			}),
	);
});

describe('a run without a single imported contact', () => {
	const items = [{ email: 'no address' }, ...people(300)];

	it("fails with the account's reason instead of a bad row's", async () =>
		await withAccount({ deny: ['imports'] }, async (sandbox) => {
			const run = await runBulk(sandbox, items);
			expect(run.items).toEqual([]);
			expect(run.error).toMatchObject({
				message: textLike(/did not allow this API token to import the contacts/),
				description: textLike(
					/may not import contacts: ask an ActiveCampaign admin.*None of 301 items were synced/,
				),
				httpCode: '403',
			});
			expect(sandbox.account.contacts()).toEqual([]);
		}));

	it('fails when all contacts are refused, before or after they are queued', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.account.refuseInImport(({ email }) => email !== 'person1@example.com', 'Field ‘email’ blocked');
			sandbox.account.failInImport('person1@example.com');
			const run = await runBulk(sandbox, people(2));
			expect(run.error).toMatchObject({
				message: textLike(/Field ‘email’ blocked/),
				description: textLike(/Correct the contact/),
			});
			const badRows = await runBulk(sandbox, [{ email: 'a' }, { email: 'b' }]);
			expect(badRows.error).toMatchObject({ message: textLike(/not a valid email address: 'a'/) });
		}));

	it('gives every item its outcome when the node continues on error', async () =>
		await withAccount({ deny: ['imports'] }, async (sandbox) => {
			const run = await runBulk(sandbox, items, { onError: 'continueRegularOutput' });
			expect(run.error).toBeUndefined();
			expect(tally(run)).toEqual({ refused: 301 });
			expect(run.items[0]?.json).toEqual({
				action: 'failed',
				email: 'no address',
				outcome: 'refused',
				reason: textLike(/not a valid email address/),
				error: textLike(/not a valid email address/),
			});
			expect(run.items[300]?.json).toEqual({
				action: 'failed',
				email: 'person299@example.com',
				outcome: 'refused',
				reason: textLike(/did not allow this API token/),
				error: textLike(/did not allow this API token/),
			});
		}));

	it('succeeds when all contacts are excluded, as the account is set up to do', async () =>
		await withAccount({}, async (sandbox) => {
			for (const { email } of people(2)) sandbox.account.excludeFromImport(email);
			const run = await runBulk(sandbox, people(2));
			expect(run.error).toBeUndefined();
			expect(outcomes(run)).toEqual(['excluded', 'excluded']);
		}));
});
