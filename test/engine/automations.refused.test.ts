import { automations } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';
import { useAccount } from './harness/account';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
const continuing = { onError: 'continueRegularOutput' } as const;
const advice = textLike(/Check in ActiveCampaign that the automation is active/);

describe('an enrollment that the account refuses', () => {
	const account = useAccount({ automations: ['Welcome', 'Goodbye'] });
	const steps = automations(['id', '802'], ['name', 'Welcome']);

	it.each([
		[403, 'English'],
		[422, 'English'],
		[403, 'Portuguese'],
		[422, 'Portuguese'],
	] as const)('with %d in %s advises about the automation, after one try', async (status, language) => {
		account.sandbox.configure({ refusedEnrollment: status, language });
		account.state.automationBy('Goodbye').active = false;

		const run = await account.sync(items, steps, continuing);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ 802: 'failed', Welcome: 'enrolled' });
			expect(json['problems']).toEqual([{ what: 'automation', name: '802', reason: advice }]);
			expect(json['error']).toEqual(advice);
		}
		expect(account.sandbox.journal.count('POST', '/contactAutomations')).toBe(4);
	});

	it('is told from a spell of 403 by its message, whatever that says', async () => {
		await account.sync(items, automations(['name', 'Welcome']));
		account.sandbox.failNext(
			{ method: 'POST', path: '/contactAutomations', times: 2 },
			{ status: 403, body: { message: 'Não foi possível' } },
		);

		const run = await account.sync(items, automations(['id', '802']), continuing);

		for (const json of jsonOf(run.items)) {
			expect(json['problems']).toEqual([{ what: 'automation', name: '802', reason: advice }]);
		}
		expect(account.sandbox.journal.count('POST', '/contactAutomations')).toBe(4);
	});

	it('is told from a missing permission', async () => {
		account.sandbox.failNext(
			{ method: 'POST', path: '/contactAutomations', times: 99 },
			{ status: 403, body: { errors: [{ status: 403, title: 'Forbidden' }] } },
		);

		const run = await account.sync(items, steps, continuing);

		for (const json of jsonOf(run.items)) {
			expect(json['error']).toEqual(textWith('its user may not edit contacts and automations'));
		}
	});

	it('is not promised by a dry run where the account lists the automation as inactive, or not at all', async () => {
		account.state.automationBy('Goodbye').active = false;
		const dryRun = { options: { dryRun: true } };

		const run = await account.sync(
			items,
			{ ...automations(['name', 'Goodbye'], ['id', '801'], ['id', '999']), ...dryRun },
			continuing,
		);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ Goodbye: 'failed', 801: 'wouldEnroll', 999: 'failed' });
			expect(json['problems']).toMatchObject([
				{ name: 'Goodbye', reason: textWith('the automation is not active. Check') },
				{ name: '999', reason: textWith('no automation with the ID 999') },
			]);
		}
		expect(account.sandbox.journal.count('GET', '/automations')).toBe(1);
	});

	it('is promised by a dry run that may not see the automations', async () => {
		account.sandbox.failNext({ path: '/automations', times: 99 }, 'forbidden');

		const run = await account.sync(items, { ...automations(['id', '802']), options: { dryRun: true } });

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ 802: 'wouldEnroll' });
		}
	});

	it('does not keep a contact from being taken out, whatever words a 403 for an entry that is gone has', async () => {
		for (const { email } of items) account.state.addContact({ email, automations: ['Welcome'] });
		account.sandbox.rewrite({ method: 'DELETE', path: /^\/contactAutomations\// }, () => ({
			status: 403,
			body: { message: 'Nenhum resultado encontrado' },
		}));

		const run = await account.sync(items, automations(['name', 'Welcome', 'remove']));

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ Welcome: 'removed' });
		}
		// Each once: what the account says is no fault that passes.
		expect(account.sandbox.journal.count('DELETE')).toBe(2);
	});
});
