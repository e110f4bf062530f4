import { isRecord } from '../guards';
import { IMPORT, people, runBulk, sentContacts, storedEmails } from './harness/bulk';
import { outcomes, tally, textLike } from './harness/results';
import { withAccount } from './harness/account';
import { seededRandom, shuffled } from '../sandbox/random';

describe('many contacts', () => {
	it('are imported 250 at a time: 10,000 in 40 requests, within both limits', async () =>
		await withAccount({ latencyMs: 250, requestsPerSecond: 5, importsPerMinute: 100 }, async (sandbox) => {
			const run = await runBulk(sandbox, people(10_000), { options: { requestsPerSecond: 5 } });
			expect(sandbox.journal.count('POST', IMPORT)).toBe(40);
			expect(sandbox.journal.count('POST', IMPORT, 200)).toBe(40);
			expect(sandbox.account.contacts()).toHaveLength(10_000);
			expect(tally(run)).toEqual({ imported: 10_000 });
			expect(sandbox.journal.count(undefined, undefined, 429)).toBe(0);
			expect(sandbox.account.contactByEmail('person9999@example.com')?.firstName).toBe('First 9999');
			expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
				run.items.map((_, index) => ({ item: index })),
			);
			expect(run.hints).toMatchObject([
				{ message: '10000 items: 10000 imported. ActiveCampaign accepted 40 batches.' },
			]);
		}));

	it('each get the right outcome: invalid, duplicate, excluded, and rejected ones', async () =>
		await withAccount({}, async (sandbox) => {
			const badKinds = [
				'@example.com',
				...'" ( ) , : ; < > @ [ \\ ]'.split(' ').map((character) => `a${character}b@example.com`),
				'a b@example.com',
				'a\tb@example.com',
				'a@localhost',
				'a@example.c',
				'a@exam ple.com',
				'nobody',
				'',
			];
			const rows = (count: number, expected: string, email: (index: number) => string) =>
				Array.from({ length: count }, (_, index) => ({ email: email(index), expected }));
			const bad = badKinds.flatMap((email) => rows(30, 'refused', () => email));
			const excluded = rows(20, 'excluded', (index) => `excluded${index}@example.com`);
			const failing = rows(10, 'refused', (index) => `failing${index}@example.com`);
			const duplicates = rows(50, 'imported', (index) => ` GOOD${index}@Example.com `);
			const goodCount = 1_000 - bad.length - excluded.length - failing.length - duplicates.length;
			const good = rows(goodCount, 'imported', (index) => `good${index}@example.com`);
			for (const { email } of excluded) sandbox.account.excludeFromImport(email);
			for (const { email } of failing) sandbox.account.failInImport(email);

			const items = shuffled([...bad, ...excluded, ...failing, ...duplicates, ...good], seededRandom(3));
			const run = await runBulk(sandbox, items);

			expect(items).toHaveLength(1_000);
			expect(outcomes(run)).toEqual(items.map(({ expected }) => expected));
			expect(new Set(storedEmails(sandbox).map((email) => email.toLowerCase()))).toEqual(
				new Set(good.map(({ email }) => email)),
			);
			expect(sandbox.account.contacts()).toHaveLength(goodCount);
			const stored = (email: string) => sandbox.account.contactByEmail(email) !== undefined;
			for (const { json, pairedItem } of run.items) {
				const item = isRecord(pairedItem) ? items[Number(pairedItem.item)] : undefined;
				expect(stored((item?.email ?? '').trim())).toBe(json.outcome === 'imported');
				if (json.outcome === 'refused' || json.outcome === 'excluded') expect(json.reason).toBeTruthy();
			}
			expect(sandbox.journal.count('POST', IMPORT, 400)).toBe(0);
		}));

	it('go in smaller batches when they are large, and one larger than a request is rejected alone', async () =>
		await withAccount({}, async (sandbox) => {
			const random = seededRandom(5);
			const items = Array.from({ length: 300 }, (_, index) => ({
				email: `big${index}@example.com`,
				firstName: '😀"é'.repeat(1 + Math.floor(random() * 900)),
			}));
			items[7] = { email: 'big7@example.com', firstName: '😀'.repeat(100_000) };
			const run = await runBulk(sandbox, items);
			const requests = sandbox.journal.filter({ method: 'POST', path: IMPORT });
			expect(requests.length).toBeGreaterThan(2);
			for (const { headers, status } of requests) {
				expect(Number(headers['content-length'])).toBeLessThanOrEqual(399_999);
				expect(status).toBe(200);
			}
			for (const contacts of sentContacts(sandbox)) expect(contacts.length).toBeLessThanOrEqual(250);
			expect(outcomes(run)).toEqual(items.map((_, index) => (index === 7 ? 'refused' : 'imported')));
			expect(run.items[7]?.json).toMatchObject({
				email: 'big7@example.com',
				reason: textLike(/399,999 bytes.*Shorten/),
			});
			for (const { email, firstName } of items) {
				const stored = sandbox.account.contactByEmail(email)?.firstName;
				expect(stored).toBe(email === 'big7@example.com' ? undefined : firstName);
			}
		}));

	it('are merged when they have the same address, even across batches: later values win', async () =>
		await withAccount({}, async (sandbox) => {
			const items = [
				{ email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron', phone: '1' },
				...people(300),
				{ email: 'ADA@Example.com', firstName: '', lastName: 'Lovelace', phone: '' },
				{ email: ' ada@example.COM ', phone: '3' },
			];
			const run = await runBulk(sandbox, items);
			const sent = sentContacts(sandbox).flat();
			expect(sent).toHaveLength(301);
			expect(sent.filter(({ email }) => /ada/i.test(String(email)))).toEqual([
				{ email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace', phone: '3' },
			]);
			expect(tally(run)).toEqual({ imported: 303 });
			expect([0, 301, 302].map((index) => run.items[index]?.json.email)).toEqual([
				'ada@example.com',
				'ada@example.com',
				'ada@example.com',
			]);
		}));
});
