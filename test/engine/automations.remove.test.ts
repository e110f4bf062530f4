import type { Fault } from '../sandbox';

import { useAccount } from './harness/account';
import { automations, lists } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
const remove = automations(['name', 'Welcome', 'remove']);
const continuing = { onError: 'continueRegularOutput' } as const;
const outcome = (name: string) => [{ name: 'Welcome', outcome: name }];

describe('automations to remove a contact from', () => {
	const account = useAccount({ automations: ['Welcome', 'Goodbye'], lists: ['News'] });
	const entries = (email: string) => account.contact(email).automations;
	const deletions = () => account.sandbox.journal.count('DELETE');
	const removed = async (more = {}) => {
		const run = await account.sync(items, { ...remove, ...more });
		return jsonOf(run.items).map((json) => json['automations']);
	};

	it('remove the contacts that are in them, and no others', async () => {
		account.state.addContact({ email: 'ann@example.com', automations: ['Welcome', 'Goodbye'] });

		expect(await removed()).toEqual([outcome('removed'), outcome('notEnrolled')]);
		expect(account.state.enrollments('ann@example.com', 'Welcome')).toBe(0);
		expect(account.state.enrollments('ann@example.com', 'Goodbye')).toBe(1);
		expect(deletions()).toBe(1);
	});

	it('keep the entries of those who have been through', async () => {
		for (const { email } of items) {
			account.state.addContact({ email, automations: ['Welcome'] });
			account.state.completeAutomation(email, 'Welcome');
		}

		expect(await removed()).toEqual([outcome('notEnrolled'), outcome('notEnrolled')]);
		expect(entries('ann@example.com')).toHaveLength(1);
		expect(deletions()).toBe(0);
	});

	it.each<[Fault]>([['resetAfterWrite'], ['hangAfterWrite'], [{ status: 504, afterWrite: true }]])(
		'are left once after %j, when the entry is gone by the next try',
		async (fault) => {
			for (const { email } of items) account.state.addContact({ email, automations: ['Welcome'] });
			account.sandbox.failNext({ method: 'DELETE', path: /contactAutomations/ }, fault);

			expect(await removed()).toEqual([outcome('removed'), outcome('removed')]);
			expect(entries('ann@example.com')).toEqual([]);
			expect(entries('bob@example.com')).toEqual([]);
			expect(deletions()).toBe(3);
		},
	);

	it('fail their item when the account refuses, which says so', async () => {
		for (const { email } of items) account.state.addContact({ email, automations: ['Welcome'] });
		account.sandbox.failNext(
			{ method: 'DELETE', path: /contactAutomations/ },
			{ status: 400, body: { message: 'Not now' } },
		);

		const run = await account.sync(items, remove, continuing);

		const results = jsonOf(run.items);
		expect(results.filter(({ error }) => error)).toMatchObject([
			{
				error: textWith("automation 'Welcome' could not be left"),
				automations: [{ reason: textWith('Not now') }],
			},
		]);
		expect(results.filter(({ error }) => !error)).toMatchObject([{ automations: outcome('removed') }]);
	});

	it('are left also by those whom a subscription of the same item has just entered', async () => {
		const news = account.state.listBy('News');
		account.state.addAutomation('Series', { startsOnList: news.id });
		account.sandbox.configure({ latencyMs: { min: 50, max: 300 } });

		const run = await account.sync(items, {
			...lists(['name', 'News', 'subscribe']),
			...automations(['name', 'Series', 'remove']),
		});

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual([{ name: 'Series', outcome: 'removed' }]);
		}
		for (const { email } of items) expect(account.state.enrollments(email, 'Series')).toBe(0);
	});

	it('are what the later of two merged items says', async () => {
		account.state.addContact({ email: 'ann@example.com', automations: ['Welcome'] });
		const same = [
			{ email: 'ann@example.com', action: 'enroll' },
			{ email: 'ANN@example.com', action: 'remove' },
		];

		const run = await account.sync(same, automations(['name', 'Welcome', '={{ $json.action }}' as 'remove']));

		expect(jsonOf(run.items).map((json) => json['automations'])).toEqual([
			outcome('removed'),
			outcome('removed'),
		]);
	});

	it('fail the item before anything is sent when a row has both actions, or an unknown one', async () => {
		const run = await account.sync(
			[
				{ email: 'ann@example.com', action: 'remove' },
				{ email: 'bob@example.com', action: 'leave' },
			],
			automations(['id', '801', 'enroll'], ['id', '801', '={{ $json.action }}' as 'remove']),
			continuing,
		);

		expect(jsonOf(run.items)).toMatchObject([
			{ error: "'Automations' both enrolls in and removes from '801'. Keep one of the two rows" },
			{ error: "'Action' of an automation cannot be 'leave'. Use 'enroll', 'enrollOnce', or 'remove'" },
		]);
		expect(account.requests()).toEqual([]);
	});

	it('are shown by a dry run', async () => {
		account.state.addContact({ email: 'ann@example.com', automations: ['Welcome'] });

		expect(await removed({ options: { dryRun: true } })).toEqual([
			outcome('wouldRemove'),
			outcome('notEnrolled'),
		]);
		expect(entries('ann@example.com')).toHaveLength(1);
	});
});
