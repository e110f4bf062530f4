import type { Fault } from '../sandbox';

import { automations, lists } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';
import { useAccount } from './harness/account';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
const welcome = automations(['name', 'Welcome']);
const continuing = { onError: 'continueRegularOutput' } as const;

/** That no automation is entered twice is checked after every test: see `useAccount`. */
describe('automations', () => {
	const account = useAccount({ automations: ['Welcome', 'Goodbye'] });
	const enteredBy = (email: string) => account.contact(email).automations.map((entry) => entry.automationId);
	const entries = () => account.sandbox.journal.count('POST', '/contactAutomations');
	const annIs = (contact: 'new' | 'there') => {
		if (contact === 'there') account.state.addContact({ email: 'ann@example.com' });
	};

	it('are entered once, and not again by a contact that is in them', async () => {
		account.state.addContact({ email: 'bob@example.com', automations: ['Welcome'] });

		const run = await account.sync(items, automations(['name', 'welcome'], ['id', '802']));

		expect(jsonOf(run.items).map((json) => json['automations'])).toEqual([
			[
				{ name: 'welcome', outcome: 'enrolled' },
				{ name: '802', outcome: 'enrolled' },
			],
			[
				{ name: 'welcome', outcome: 'alreadyEnrolled' },
				{ name: '802', outcome: 'enrolled' },
			],
		]);
		expect(enteredBy('bob@example.com')).toEqual(['801', '802']);
	});

	it('given once by id and once by name are entered once', async () => {
		await account.sync(items, automations(['id', '801'], ['name', 'Welcome'], ['id', '801']));

		expect(entries()).toBe(2);
	});

	it.each<[Fault]>([
		['resetAfterWrite'],
		['cutInBody'],
		[{ status: 504, afterWrite: true }],
		['hangAfterWrite'],
	])(
		'are not entered again after %j',
		async (fault) => {
			annIs('there');
			account.sandbox.failNext({ path: '/contactAutomations' }, fault);

			const run = await account.sync(items, welcome);

			expect(run.status).toBe('success');
			for (const json of jsonOf(run.items)) {
				expect(json['automations']).toEqual([{ name: 'Welcome', outcome: 'enrolled' }]);
			}
			expect(entries()).toBe(2);
			expect(enteredBy('ann@example.com')).toEqual(['801']);
			expect(enteredBy('bob@example.com')).toEqual(['801']);
		},
		30_000,
	);

	it.each<[Fault, 'new' | 'there']>([
		['resetBeforeWrite', 'there'],
		['resetBeforeWrite', 'new'],
		['serverError', 'new'],
		['html502', 'there'],
		['htmlOk', 'new'],
		['rateLimited', 'new'],
	])(
		'are entered by a repeat after %j, when nothing was written, for a contact that is %s',
		async (fault, ann) => {
			annIs(ann);
			account.sandbox.failNext({ path: '/contactAutomations', times: 2 }, fault);

			const run = await account.sync(items, welcome);

			expect(run.status).toBe('success');
			for (const { email } of items) expect(enteredBy(email)).toEqual(['801']);
			expect(entries()).toBe(4);
		},
	);

	it('are given up after three tries with nothing written', async () => {
		account.sandbox.failNext({ path: '/contactAutomations', times: 99 }, 'serverError');

		const run = await account.sync(items, welcome, continuing);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toMatchObject([{ name: 'Welcome', outcome: 'failed' }]);
			expect(json['error']).toContain(
				"ActiveCampaign could not enroll the contact into automation 'Welcome'",
			);
		}
		expect(entries()).toBe(6);
		expect(enteredBy('ann@example.com')).toEqual([]);
	}, 30_000);

	it.each<[Fault]>([['resetAfterWrite'], ['resetBeforeWrite']])(
		'are not repeated after %j when the look at them is refused, which is said',
		async (fault) => {
			account.sandbox.failNext({ path: '/contactAutomations', times: 2 }, fault);
			account.sandbox.failNext({ path: /^\/contacts\/\d+\/contactAutomations$/, times: 99 }, 'forbidden');

			const run = await account.sync(items, welcome, continuing);

			for (const json of jsonOf(run.items)) {
				expect(json['automations']).toMatchObject([{ name: 'Welcome', outcome: 'failed' }]);
				expect(json['error']).toContain(
					'Whether the contact was enrolled all the same could not be found out',
				);
				expect(json['error']).toContain("Look at the contact's automations in ActiveCampaign");
			}
			expect(entries()).toBe(2);
		},
	);

	it('that are not active refuse, which is said and no matter of rights', async () => {
		account.state.automationBy('Goodbye').active = false;

		const run = await account.sync(
			items,
			automations(['id', '802'], ['id', '801'], ['id', '999']),
			continuing,
		);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual([
				{
					name: '802',
					outcome: 'failed',
					reason: textLike(/^The automation '802' did not take the contact.*Check .* is active/),
				},
				{ name: '801', outcome: 'enrolled' },
				{ name: '999', outcome: 'failed', reason: textWith('No Result found for Series') },
			]);
			expect(json['error']).not.toContain('API token');
		}
		expect(entries()).toBe(6);
	});

	it('are not entered by somebody whose automations cannot be read', async () => {
		for (const { email } of items) account.state.addContact({ email });
		account.sandbox.failNext({ path: /contactAutomations$/, method: 'GET', times: 99 }, 'forbidden');

		const run = await account.sync(items, welcome, continuing);

		for (const json of jsonOf(run.items)) {
			expect(JSON.stringify(json['automations'])).toContain('its user may not see automations');
		}
		expect(entries()).toBe(0);
	});

	it('may be the same that a subscription starts, and then are not entered again by the next item', async () => {
		const news = account.state.addList('News');
		account.state.addAutomation('Series', { startsOnList: news.id });

		const first = await account.sync(items, lists(['name', 'News', 'subscribe']));
		const second = await account.sync(items, automations(['name', 'Series']));

		expect(first.status).toBe('success');
		for (const json of jsonOf(second.items)) {
			expect(json['automations']).toEqual([{ name: 'Series', outcome: 'alreadyEnrolled' }]);
		}
	});
});
