import type { Fault } from '../sandbox';
import { sized } from '../size';
import { withAccount } from './harness/account';
import { IMPORT, people, runBulk, sentContacts, storedEmails } from './harness/bulk';
import { jsonOf, outcomes, tally, textLike } from './harness/results';

const ALWAYS = Number.POSITIVE_INFINITY;

const emailsOf = (rows: Array<{ email: string }>) => rows.map(({ email }) => email).sort();

describe('failing imports', () => {
	/** A refusal that names no contact. */
	const blanket: Fault = {
		status: 400,
		body: { success: 0, message: 'Not valid.', failureReasons: ['Something is not as it should be.'] },
	};

	describe('bad contacts among thousands', () => {
		const BATCHES = sized(2, 8);

		it.each([
			['one at a time', 'first', BATCHES + 7 * BATCHES],
			['all at once', 'all', BATCHES + BATCHES],
		] as const)(
			'are refused without affecting any other when they are named %s',
			async (_how, importNames, requests) =>
				await withAccount({ importNames, importsPerMinute: 100 }, async (sandbox) => {
					const isBad = (index: number) => index % 250 < 7;
					const items = people(250 * BATCHES).map((row, index) => ({
						...row,
						phone: isBad(index) ? 'x' : '',
					}));
					sandbox.account.refuseInImport(({ phone }) => phone === 'x', 'Field ‘phone’ incorrect format');

					const run = await runBulk(sandbox, items);

					expect(run.status).toBe('success');
					expect(outcomes(run)).toEqual(items.map((_, index) => (isBad(index) ? 'refused' : 'imported')));
					expect(sandbox.account.contacts()).toHaveLength(243 * BATCHES);
					expect(sandbox.journal.count('POST', IMPORT, 200)).toBe(BATCHES);
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
				const isBad = (index: number) =>
					index < 750 ? [3, 250, 251, 499, 600].includes(index) : index < 800;
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

				const batches = sized(3, 8);
				const run = await runBulk(sandbox, people(250 * batches), { onError: 'continueRegularOutput' });

				expect(tally(run)).toEqual({ refused: 250 * batches });
				for (const { json } of run.items) expect(json.error).toMatch(/Something is not as it should be/);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(batches + 20);

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
					description: textLike(/250 of 1000 contacts were accepted by ActiveCampaign/),
				});

				sandbox.clearFaults();
				sandbox.startSpell({ match: toImports, fault: 'forbidden' });
				const continuing = await runBulk(sandbox, items, { onError: 'continueRegularOutput' });
				expect(tally(continuing)).toEqual({ imported: 250, failed: 750 });
				for (const { json } of continuing.items) {
					expect(Boolean(json['error'])).toBe(json.action === 'failed');
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
					message: textLike(/did not allow this API key to import the contacts/),
					description: textLike(
						/may not import contacts: ask an ActiveCampaign admin.*None of 301 contacts were accepted by ActiveCampaign/s,
					),
					httpCode: '403',
				});
				expect(sandbox.account.contacts()).toEqual([]);
			}));

		it('fails when all contacts are refused, before or after they are queued', async () =>
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
			}));

		it('gives every item its outcome when the node continues on error', async () =>
			await withAccount({ deny: ['imports'] }, async (sandbox) => {
				const run = await runBulk(sandbox, items, { onError: 'continueRegularOutput' });
				expect(run.error).toBeUndefined();
				expect(tally(run)).toEqual({ failed: 301 });
				expect(run.items[0]?.json).toEqual({
					action: 'failed',
					email: 'no address',
					reason: textLike(/not a valid email address/),
					error: textLike(/not a valid email address/),
				});
				expect(run.items[300]?.json).toEqual({
					action: 'failed',
					email: 'person299@example.com',
					reason: textLike(/did not allow this API key/),
					error: textLike(/did not allow this API key/),
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
});

describe('rejected batches', () => {
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
						action: 'refused',
						email: 'person7@example.com',
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
				expect(tally(run)).toEqual({ failed: 2 });
				expect(run.items[1]?.json).toMatchObject({
					reason: textLike(/aborted the import 3 times/),
					error: textLike(/Run the workflow again/),
				});
				expect(sandbox.journal.count('POST', IMPORT)).toBe(3);
			}));
	});
});

describe('the status of an import', () => {
	const INFO = '/import/info';

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
			expect(jsonOf(run.items)).toEqual(
				people(3).map(({ email }) => ({
					action: 'pending',
					email,
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
			expect(jsonOf(run.items)).toEqual(
				people(2).map(({ email }) => ({
					action: 'pending',
					email,
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
