import type { Fault } from '../sandbox';
import { withAccount } from './harness/account';
import { IMPORT, people, runBulk, sentContacts, storedEmails } from './harness/bulk';
import { outcomes, tally, textLike } from './harness/results';

const ALWAYS = Number.POSITIVE_INFINITY;

const emailsOf = (rows: Array<{ email: string }>) => rows.map(({ email }) => email).sort();

describe('a response that does not say whether the batch was accepted', () => {
	const page = { status: 200, text: '<!doctype html><title>Log in</title>', contentType: 'text/html' };

	it.each<[string, Fault]>([
		['a web page', page],
		['503 with Retry-After after the write', { name: 'unavailableRetryAfter', afterWrite: true }],
		['a web page after the write', { ...page, afterWrite: true }],
		['an empty response', 'emptyOk'],
		['JSON without a batch ID', { status: 200, body: { message: 'Thank you' }, afterWrite: true }],
		['half a response', 'cutInBody'],
		['a connection cut after the write', 'resetAfterWrite'],
		['a server error after the write', { status: 502, body: {}, afterWrite: true }],
	])(
		'is followed by one more submission, since an import is an upsert: %s',
		async (_name, fault) =>
			await withAccount({}, async (sandbox) => {
				sandbox.failNext({ path: IMPORT }, fault);
				const items = people(3);
				const run = await runBulk(sandbox, items);
				expect(outcomes(run)).toEqual(['imported', 'imported', 'imported']);
				expect(storedEmails(sandbox)).toEqual(emailsOf(items));
				expect(sandbox.journal.count('POST', IMPORT)).toBe(2);
				const [lost, repeated] = sentContacts(sandbox);
				expect(repeated).toEqual(lost);
			}),
	);

	it.each(['capitalKey', 'word', 'lowerCaseKey'] as const)(
		'is not assumed when success is reported in a recorded form (%s)',
		async (importSuccess) =>
			await withAccount({ importSuccess }, async (sandbox) => {
				const run = await runBulk(sandbox, people(2), { options: { waitForResult: false } });
				expect(outcomes(run)).toEqual(['pending', 'pending']);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(1);
			}),
	);

	it('is not assumed when the batch was accepted without an ID: its contacts are pending, and it is not resubmitted', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.failNext(
				{ path: IMPORT },
				{ status: 200, body: { success: 1, queued_contacts: 2 }, afterWrite: true },
			);
			const run = await runBulk(sandbox, people(2));
			expect(run.items.map(({ json }) => json)).toEqual(
				people(2).map(({ email }) => ({
					email,
					outcome: 'pending',
					reason: textLike(/returned no batch ID/),
				})),
			);
			expect(sandbox.journal.count('POST', IMPORT)).toBe(1);
		}));

	it('leaves the contacts pending and fails the node when it comes four times within two minutes', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.failNext({ path: IMPORT, bodyIncludes: 'person1@', times: ALWAYS }, 'resetAfterWrite');
			const run = await runBulk(sandbox, people(300), { onError: 'continueRegularOutput' });
			expect(tally(run)).toEqual({ pending: 250, imported: 50 });
			expect(run.items[0]?.json.error).toMatch(
				/Run the item again.*The contact may have been imported anyway.*may trigger automations again/,
			);
			expect(
				sentContacts(sandbox)
					.map((contacts) => contacts.length)
					.sort(),
			).toEqual([250, 250, 250, 250, 50]);

			const stopping = await runBulk(sandbox, people(300));
			expect(stopping.status).toBe('error');
		}));

	it('leaves the contacts pending instead of refused when the retries get 403', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.failNext({ path: IMPORT }, 'resetAfterWrite');
			sandbox.failNext({ path: IMPORT, times: ALWAYS }, 'forbidden');
			const run = await runBulk(sandbox, people(2), { onError: 'continueRegularOutput' });
			expect(tally(run)).toEqual({ pending: 2 });
			expect(storedEmails(sandbox)).toEqual(emailsOf(people(2)));
			for (const { json } of run.items) expect(json).toHaveProperty('error');
		}));

	it('does not matter when the retry is refused for one of its contacts', async () =>
		await withAccount({}, async (sandbox) => {
			sandbox.account.refuseInImport(({ email }) => email === 'person0@example.com', 'Field ‘email’ blocked');
			sandbox.failNext({ path: IMPORT }, 'resetBeforeWrite');
			const run = await runBulk(sandbox, people(2));
			expect(outcomes(run)).toEqual(['refused', 'imported']);
		}));
});
