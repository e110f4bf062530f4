import type { Fault } from '../sandbox';
import { IMPORT, people, runBulk, sentContacts, storedEmails } from './harness/bulk';
import { outcomes, tally, textLike } from './harness/results';
import { withAccount } from './harness/account';

const INFO = '/import/info';
const ALWAYS = Number.POSITIVE_INFINITY;

const emailsOf = (rows: Array<{ email: string }>) => rows.map(({ email }) => email).sort();

describe('the info of an import', () => {
	it.concurrent.each<[string, Fault]>([
		['says false at first', { status: 200, body: { status: false, success: [], failure: [] } }],
		['is a server error once', 'serverError'],
		['is a web page once', 'htmlOk'],
		['is empty once', 'emptyOk'],
		['is cut once', 'resetBeforeWrite'],
		['is completed before it names anybody', { status: 200, body: { status: 'completed' } }],
	])(
		'that %s is asked for again, and nothing is imported twice',
		async (_name, fault) =>
			await withAccount({}, async (sandbox) => {
				sandbox.failNext({ path: INFO }, fault);
				const run = await runBulk(sandbox, people(3));
				expect(outcomes(run)).toEqual(['imported', 'imported', 'imported']);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(1);
				expect(sandbox.journal.count('GET', INFO)).toBe(2);
			}),
	);

	it.concurrent(
		'that cannot be read leaves the outcome pending, with the reason',
		async () =>
			await withAccount({}, async (sandbox) => {
				sandbox.failNext({ path: INFO, times: ALWAYS }, 'emptyOk');
				const run = await runBulk(sandbox, people(3));
				const batchId = sandbox.account.imports[0]?.batchId;
				expect(run.items.map(({ json }) => json)).toEqual(
					people(3).map(({ email }) => ({
						email,
						outcome: 'pending',
						batchId,
						reason: textLike(/not known whether ActiveCampaign could read how far the import is/),
					})),
				);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(1);
				expect(sandbox.journal.count('GET', INFO)).toBe(3);
			}),
	);

	it.concurrent(
		'that names fewer contacts than were queued does not make the others excluded',
		async () =>
			await withAccount({}, async (sandbox) => {
				const { id } = sandbox.account.addContact({ email: 'person2@example.com' });
				sandbox.failNext(
					{ path: INFO, times: ALWAYS },
					{ status: 200, body: { status: 'completed', success: [id], failure: ['person1@example.com'] } },
				);
				const run = await runBulk(sandbox, people(3));
				expect(outcomes(run)).toEqual(['refused', 'refused', 'imported']);
				expect(run.items[0]?.json.reason).toMatch(/neither among the imported nor among the others/);
				expect(run.items[1]?.json.reason).toMatch(/does not say why/);
			}),
	);
});

describe('an import response that leaves open whether it was accepted', () => {
	const page = { status: 200, text: '<!doctype html><title>Log in</title>', contentType: 'text/html' };

	it.concurrent.each<[string, Fault]>([
		['a web page', page],
		['a web page after the work was done', { ...page, afterWrite: true }],
		['nothing', 'emptyOk'],
		['JSON without a batch id', { status: 200, body: { message: 'Thank you' }, afterWrite: true }],
		['half an answer', 'cutInBody'],
		['a connection cut after the write', 'resetAfterWrite'],
		['a server error after the write', { status: 502, body: {}, afterWrite: true }],
	])(
		'%s: the batch is sent again, since it is an upsert',
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

	it.concurrent.each(['capitalKey', 'word', 'lowerCaseKey'] as const)(
		'is not JSON in text/html with a batch ID: that was accepted (%s)',
		async (importSuccess) =>
			await withAccount({ importSuccess }, async (sandbox) => {
				const run = await runBulk(sandbox, people(2), { options: { waitForResult: false } });
				expect(outcomes(run)).toEqual(['pending', 'pending']);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(1);
			}),
	);

	it.concurrent(
		'is not a success without a batch ID: nothing is sent twice',
		async () =>
			await withAccount({}, async (sandbox) => {
				sandbox.failNext(
					{ path: IMPORT },
					{ status: 200, body: { success: 1, queued_contacts: 2 }, afterWrite: true },
				);
				const run = await runBulk(sandbox, people(2));
				expect(run.items.map(({ json }) => json)).toEqual(
					people(2).map(({ email }) => ({ email, outcome: 'pending', reason: textLike(/gave no batch id/) })),
				);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(1);
			}),
	);

	it.concurrent(
		'leaves the outcome pending when it comes every time, and says what to do',
		async () =>
			await withAccount({}, async (sandbox) => {
				sandbox.failNext({ path: IMPORT, bodyIncludes: 'person1@', times: ALWAYS }, page);
				const run = await runBulk(sandbox, people(300));
				expect(tally(run)).toEqual({ pending: 250, imported: 50 });
				expect(run.items[0]?.json.reason).toMatch(
					/not known whether ActiveCampaign could import.*Check account name/,
				);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(4);
			}),
	);
});

describe('a bulk run in which every contact fails', () => {
	const items = [{ email: 'no address' }, ...people(300)];

	it.concurrent(
		'stops the workflow with what to do about the account, not about a row',
		async () =>
			await withAccount({ deny: ['imports'] }, async (sandbox) => {
				const run = await runBulk(sandbox, items);
				expect(run.items).toEqual([]);
				expect(run.error).toMatchObject({
					message: textLike(/did not allow this API token to import the contacts/),
					description: textLike(
						/may not import contacts: ask an ActiveCampaign admin.*None of 301 items were synced/,
					),
					httpCode: '403',
					context: { itemIndex: 1 },
				});
				expect(sandbox.account.contacts()).toEqual([]);
			}),
	);

	it.concurrent(
		'stops the workflow when all contacts are rejected, before or after they are queued',
		async () =>
			await withAccount({}, async (sandbox) => {
				sandbox.account.refuseInImport(
					({ email }) => email !== 'person1@example.com',
					'Field ‘email’ blocked',
				);
				sandbox.account.failInImport('person1@example.com');
				const run = await runBulk(sandbox, people(2));
				expect(run.error).toMatchObject({
					message: textLike(/Field ‘email’ blocked/),
					description: textLike(/Correct the contact/),
				});
				const badRows = await runBulk(sandbox, [{ email: 'a' }, { email: 'b' }]);
				expect(badRows.error).toMatchObject({ message: textLike(/not a valid email address: 'a'/) });
			}),
	);

	it.concurrent(
		'gives every item its outcome with On Error at Continue',
		async () =>
			await withAccount({ deny: ['imports'] }, async (sandbox) => {
				const run = await runBulk(sandbox, items, { onError: 'continueRegularOutput' });
				expect(run.error).toBeUndefined();
				expect(tally(run)).toEqual({ refused: 301 });
				expect(run.items[0]?.json).toEqual({
					outcome: 'refused',
					reason: textLike(/not a valid email address/),
					error: textLike(/not a valid email address/),
				});
				expect(run.items[300]?.json).toEqual({
					email: 'person299@example.com',
					outcome: 'refused',
					reason: textLike(/did not allow this API token/),
					error: textLike(/did not allow this API token/),
				});
			}),
	);

	it.concurrent(
		'does not stop the workflow when all contacts are excluded: that is how the account is set up',
		async () =>
			await withAccount({}, async (sandbox) => {
				for (const { email } of people(2)) sandbox.account.excludeFromImport(email);
				const run = await runBulk(sandbox, people(2));
				expect(run.error).toBeUndefined();
				expect(outcomes(run)).toEqual(['excluded', 'excluded']);
			}),
	);
});
