import type { RunningSandbox } from '../sandbox';
import { outcomes, tally, textLike } from './harness/results';
import { people, runBulk } from './harness/bulk';
import { withAccount } from './harness/account';

describe('contacts excluded by an import', () => {
	const items = people(120);
	const left = [3, 50, 119];
	const expected = items.map((_, index) => (left.includes(index) ? 'excluded' : 'imported'));
	const excludeSome = ({ account }: RunningSandbox) => {
		for (const index of left) account.excludeFromImport(items[index]?.email ?? '');
		// Contacts of other people, older and newer, with ids around those of the import.
		for (const { email } of people(130, 'other')) account.addContact({ email });
	};

	it('are found by reading the contacts, a hundred IDs per request', async () =>
		await withAccount({}, async (sandbox) => {
			excludeSome(sandbox);
			const run = await runBulk(sandbox, items);
			expect(outcomes(run)).toEqual(expected);
			expect(sandbox.journal.count('GET', '/contacts')).toBe(2);
		}));

	it('take no request when all contacts were imported', async () =>
		await withAccount({}, async (sandbox) => {
			expect(tally(await runBulk(sandbox, items))).toEqual({ imported: 120 });
			expect(sandbox.journal.count('GET', '/contacts')).toBe(0);
		}));

	it('are found one address at a time in a small batch where the account ignores the filter by IDs', async () =>
		await withAccount({ unknownIdFilters: ['ids'] }, async (sandbox) => {
			excludeSome(sandbox);
			const few = items.slice(0, 60);
			expect(outcomes(await runBulk(sandbox, few))).toEqual(expected.slice(0, 60));
			expect(sandbox.journal.count('GET', '/contacts')).toBeLessThanOrEqual(1 + 60);
		}));

	it('stay unknown for a large batch where the account ignores the filter by IDs', async () =>
		await withAccount({ unknownIdFilters: ['ids'] }, async (sandbox) => {
			excludeSome(sandbox);
			const run = await runBulk(sandbox, items);
			expect(tally(run)).toEqual({ pending: 120 });
			expect(run.items[0]?.json.reason).toMatch(/imported 117 of 120 contacts but did not say which/);
			expect(sandbox.journal.count('GET', '/contacts')).toBe(1);
		}));

	it('stay unknown when the token may not see contacts', async () =>
		await withAccount({ deny: ['contacts'] }, async (sandbox) => {
			excludeSome(sandbox);
			sandbox.account.failInImport('person7@example.com');
			const run = await runBulk(sandbox, items);
			expect(tally(run)).toEqual({ pending: 119, refused: 1 });
			expect(run.items[0]?.json.reason).toMatch(/imported 116 of 119 contacts.*did not allow this API token/);
		}));

	it('stay unknown when imported contacts can no longer be read', async () =>
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
		}));
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

	it('do not stop the workflow while others are imported', async () =>
		await withAccount({}, async (sandbox) => {
			prepare(sandbox);
			const run = await runBulk(sandbox, items);
			expect(run.status).toBe('success');
			expect(outcomes(run)).toEqual(expected);
			for (const { json } of run.items) expect(json).not.toHaveProperty('error');
			expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
			expect(run.hints).toMatchObject([
				{ message: '7 items: 3 imported, 3 refused, 1 excluded. ActiveCampaign accepted 1 batch.' },
			]);
		}));

	it('have an error with On Error at Continue, if they were rejected', async () =>
		await withAccount({}, async (sandbox) => {
			prepare(sandbox);
			const run = await runBulk(sandbox, items, { onError: 'continueRegularOutput' });
			expect(outcomes(run)).toEqual(expected);
			expect(run.items.map(({ json }) => 'error' in json)).toEqual(
				expected.map((outcome) => outcome === 'refused'),
			);
		}));

	it('go to the error output, linked to their items, if they were rejected', async () =>
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
				error: textLike(/is blocked/),
				email: 'refused@example.com',
			});
		}));
});
