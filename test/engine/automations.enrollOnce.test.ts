import { useAccount } from './harness/account';
import { automations, lists } from './harness/parameters';
import { jsonOf, textWith, outcomesBeing } from './harness/results';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }, { email: 'cat@example.com' }];
const once = automations(['name', 'Welcome', 'enrollOnce'], ['id', '802', 'enroll']);
const continuing = { onError: 'continueRegularOutput' } as const;

describe('Enroll Once', () => {
	const account = useAccount({ lists: ['News'], automations: ['Welcome', 'Goodbye'] });
	const counted = () => account.requests().filter((request) => request.endsWith('/automationEntryCounts'));

	/** Ann is in the automations, Bob has been through them, and Cat is new. */
	const seed = () => {
		for (const email of ['ann@example.com', 'bob@example.com'])
			account.state.addContact({ email, automations: ['Welcome', 'Goodbye'] });
		for (const name of ['Welcome', 'Goodbye']) account.state.completeAutomation('bob@example.com', name);
	};

	it.each([
		['lists entries that have ended', true, 0],
		['lists entries in progress only', false, 1],
	])(
		'enrolls nobody who has ever been in the automation, where the account %s',
		async (_what, keepsEndedEntries, counts) => {
			account.sandbox.configure({ keepsEndedEntries });
			seed();

			const run = await account.sync(items, once);

			expect(jsonOf(run.items).map((json) => json['automations'])).toEqual([
				{ Welcome: 'alreadyEnrolled', 802: 'alreadyEnrolled' },
				{ Welcome: 'enrolledBefore', 802: 'enrolled' },
				{ Welcome: 'enrolled', 802: 'enrolled' },
			]);
			expect(counted()).toHaveLength(counts);
		},
	);

	it('repeats nothing when a run is repeated, after all have been through', async () => {
		account.sandbox.configure({ keepsEndedEntries: false });
		const parameters = automations(['name', 'Welcome', 'enrollOnce']);
		await account.sync(items, parameters);
		for (const { email } of items) account.state.completeAutomation(email, 'Welcome');

		const again = await account.sync(items, parameters);

		for (const json of jsonOf(again.items)) {
			expect(json['automations']).toEqual({ Welcome: 'enrolledBefore' });
		}
		expect(account.sandbox.journal.count('POST', '/contactAutomations')).toBe(items.length);
	});

	it('shows in a dry run what it would do', async () => {
		account.sandbox.configure({ keepsEndedEntries: false });
		seed();

		const run = await account.sync(items, { ...once, options: { dryRun: true } });

		expect(jsonOf(run.items).map((json) => json['automations'])).toMatchObject([
			outcomesBeing('alreadyEnrolled', 'alreadyEnrolled'),
			outcomesBeing('enrolledBefore', 'wouldEnroll'),
			outcomesBeing('wouldEnroll', 'wouldEnroll'),
		]);
		expect(counted()).toHaveLength(1);
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('counts once for several automations of a contact, and compares their IDs', async () => {
		account.sandbox.configure({ keepsEndedEntries: false });
		account.state.addAutomation('Third');
		for (const email of ['ann@example.com', 'bob@example.com']) {
			account.state.addContact({ email, automations: ['Goodbye'] });
			account.state.completeAutomation(email, 'Goodbye');
		}

		const run = await account.sync(
			items.slice(0, 2),
			automations(['id', '801', 'enrollOnce'], ['id', '802', 'enrollOnce'], ['id', '803', 'enrollOnce']),
		);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual(outcomesBeing('enrolled', 'enrolledBefore', 'enrolled'));
		}
		expect(counted()).toHaveLength(2);
	});

	it('does without counts in an account that has none, and enrolls nobody whose counts cannot be read', async () => {
		for (const { email } of items) account.state.addContact({ email });
		account.sandbox.configure({ missingPaths: ['/contacts/*/automationEntryCounts'] });
		const [ann, ...others] = items;
		const parameters = automations(['name', 'Welcome', 'enrollOnce']);

		const run = await account.sync([ann ?? {}], parameters);
		expect(jsonOf(run.items)).toMatchObject([{ automations: outcomesBeing('enrolled') }]);

		account.sandbox.configure({ missingPaths: [] });
		account.sandbox.failNext({ path: /automationEntryCounts$/, times: 99 }, 'forbidden');
		const refused = await account.sync(others, parameters, continuing);
		for (const json of jsonOf(refused.items)) {
			expect(json['problems']).toMatchObject([
				{ name: 'Welcome', reason: textWith('may not see automations') },
			]);
		}
		expect(account.sandbox.journal.count('POST', '/contactAutomations')).toBe(1);
	});

	it.each(['resetAfterWrite', 'resetBeforeWrite', { status: 502, afterWrite: true }] as const)(
		'enrolls once when the response is lost: %j',
		async (fault) => {
			account.sandbox.configure({ keepsEndedEntries: false });
			account.state.addContact({ email: 'ann@example.com' });
			account.sandbox.failNext({ path: '/contactAutomations', times: 3 }, fault);

			const run = await account.sync(items, automations(['name', 'Welcome', 'enrollOnce']));

			for (const json of jsonOf(run.items)) {
				expect(json['automations']).toEqual({ Welcome: 'enrolled' });
			}
			for (const { email } of items) expect(account.state.enrollments(email, 'Welcome')).toBe(1);
		},
	);

	it('sees an entry that has ended before its response was lost, where the account does not list it', async () => {
		account.sandbox.configure({ keepsEndedEntries: false });
		for (const { email } of items) account.state.addContact({ email });
		account.sandbox.failNext({ path: '/contactAutomations', times: 3 }, 'resetAfterWrite');
		setTimeout(() => {
			for (const { email } of items) account.state.completeAutomation(email, 'Welcome');
		}, 500);

		const run = await account.sync(items, automations(['name', 'Welcome', 'enrollOnce']));

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ Welcome: 'enrolled' });
		}
		expect(account.sandbox.journal.count('POST', '/contactAutomations')).toBe(items.length);
	});

	it('leaves it to a subscription of the same item to start the automation', async () => {
		const news = account.state.addList('Offers');
		account.state.addAutomation('Series', { startsOnList: news.id });

		const run = await account.sync(items, {
			...lists(['name', 'Offers', 'subscribe']),
			...automations(['name', 'Series', 'enrollOnce']),
		});

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ Series: 'alreadyEnrolled' });
		}
	});

	it('and Enroll or Remove for one automation fail the item', async () => {
		const run = await account.sync(
			[
				{ email: 'ann@example.com', action: 'enroll' },
				{ email: 'bob@example.com', action: 'remove' },
				{ email: 'cat@example.com', action: 'enrollOnce' },
			],
			automations(['id', '801', 'enrollOnce'], ['id', '801', '={{ $json.action }}' as 'remove']),
			continuing,
		);

		expect(jsonOf(run.items)).toMatchObject([
			{ error: "'Automations' has '801' with both Enroll and Enroll Once. Keep one of the two rows" },
			{ error: "'Automations' both enrolls in and removes from '801'. Keep one of the two rows" },
			{ automations: outcomesBeing('enrolled') },
		]);
	});
});
