import type { Fault } from '../sandbox';
import { IMPORT, people, runBulk, sentContacts, storedEmails } from './harness/bulk';
import { outcomes, tally, textLike } from './harness/results';
import { withAccount } from './harness/account';

const ALWAYS = Number.POSITIVE_INFINITY;

const emailsOf = (rows: Array<{ email: string }>) => rows.map(({ email }) => email).sort();
const refusal = (failureReasons: unknown, message = 'JSON payload did not pass validation.'): Fault => ({
	status: 400,
	body: { success: 0, message, failureReasons },
});

describe('the import limit, hit in the middle of a run', () => {
	it.each([
		['a list of texts', ['Up to 100 imports may be requested per minute.']],
		['a text', 'Up to 100 imports may be requested per minute.'],
	])(
		'is waited for instead of blaming a contact (failureReasons: %s)',
		async (_name, reasons) =>
			await withAccount({}, async (sandbox) => {
				sandbox.failNext(
					{ path: IMPORT, bodyIncludes: 'person600@' },
					refusal(reasons, 'Rate limit exceeded.'),
				);
				const items = people(1_000);
				const run = await runBulk(sandbox, items);
				expect(tally(run)).toEqual({ imported: 1_000 });
				expect(storedEmails(sandbox)).toEqual(emailsOf(items));
				expect(sandbox.journal.count('POST', IMPORT)).toBe(5);
				expect(run.hints).toMatchObject([{ message: textLike(/rate limit was reached once/) }]);
			}),
	);
});

describe('a batch rejected by an unknown rule', () => {
	const items = people(300).map((row, index) => ({
		...row,
		phone: [7, 120, 270].includes(index) ? 'x' : '',
	}));
	const good = items.filter(({ phone }) => phone === '');

	it.each(['all', 'first'] as const)(
		'loses only the contacts that the response names (%s)',
		async (importNames) =>
			await withAccount({ importNames }, async (sandbox) => {
				sandbox.account.refuseInImport(({ phone }) => phone === 'x', 'Field ‘phone’ incorrect format');
				const run = await runBulk(sandbox, items);
				expect(outcomes(run)).toEqual(items.map(({ phone }) => (phone === '' ? 'imported' : 'refused')));
				expect(run.items[7]?.json).toEqual({
					action: 'failed',
					email: 'person7@example.com',
					outcome: 'refused',
					reason: textLike(/did not accept the contact: Field ‘phone’ incorrect format\. /),
				});
				expect(storedEmails(sandbox)).toEqual(emailsOf(good));
				// Two batches, and one more request for each refusal.
				expect(sandbox.journal.count('POST', IMPORT)).toBe(importNames === 'all' ? 4 : 5);
			}),
	);

	it.each([
		['400 with a reason', refusal(['Something is not as it should be.'])],
		[
			'400 with a place outside of the batch',
			refusal([{ contact: 999, failureReason: 'Field ‘phone’ incorrect format' }]),
		],
		['413', { status: 413, text: '<html>Too large</html>', contentType: 'text/html' }],
	])(
		'is halved until the bad contacts are found, if the response does not name them: %s',
		async (_name, fault: Fault) =>
			await withAccount({}, async (sandbox) => {
				for (const email of ['person7@', 'person270@']) {
					sandbox.failNext({ path: IMPORT, bodyIncludes: `"${email}`, times: ALWAYS }, fault);
				}
				const run = await runBulk(sandbox, people(300));
				expect(outcomes(run)).toEqual(
					items.map((_, index) => ([7, 270].includes(index) ? 'refused' : 'imported')),
				);
				expect(sandbox.account.contacts()).toHaveLength(298);
				expect(sandbox.journal.count('POST', IMPORT)).toBeLessThanOrEqual(2 + 1 + 2 * 8 + 2 * 6);
			}),
	);
});

describe('an import that fails after it was accepted', () => {
	it('is submitted again for the contacts that an interrupted import did not reach', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.account.failInImport('person3@example.com');
			sandbox.account.scriptImport({ outcome: 'interrupted' });
			const run = await runBulk(sandbox, people(300));
			expect(outcomes(run)).toEqual(people(300).map((_, index) => (index === 3 ? 'refused' : 'imported')));
			expect(sandbox.account.contacts()).toHaveLength(299);
			const sent = sentContacts(sandbox).map((contacts) => contacts.length);
			// One of the two batches was interrupted after its first half.
			expect([125, 25]).toContain(sent[2]);
			expect(sent).toHaveLength(3);
			expect(new Set(run.items.map(({ json }) => json.batchId)).size).toBe(3);
		}));

	it('is submitted again as a whole when the account reports it as failed', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.account.scriptImport({ outcome: 'failed' });
			const run = await runBulk(sandbox, people(20));
			expect(tally(run)).toEqual({ imported: 20 });
			expect(sentContacts(sandbox).map((contacts) => contacts.length)).toEqual([20, 20]);
		}));

	it('is submitted three times at most, and the reason names that number', async () =>
		await withAccount({}, async (sandbox) => {
			for (let times = 0; times < 3; times += 1) sandbox.account.scriptImport({ outcome: 'failed' });
			const run = await runBulk(sandbox, people(2), { onError: 'continueRegularOutput' });
			expect(tally(run)).toEqual({ refused: 2 });
			expect(run.items[1]?.json).toMatchObject({
				reason: textLike(/aborted the import 3 times/),
				error: textLike(/Run the workflow again/),
			});
			expect(sandbox.journal.count('POST', IMPORT)).toBe(3);
		}));
});
