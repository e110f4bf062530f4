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
		[{ name: 'unavailableRetryAfter', afterWrite: true }],
		[{ name: 'unavailableRetryAfter', afterWrite: true, delayMs: 30_000 }],
		[{ delayMs: 22_000 }],
		[{ delayMs: 150_000 }],
	])('are not entered again after %j', async (fault) => {
		annIs('there');
		account.sandbox.failNext({ path: '/contactAutomations' }, fault);

		const run = await account.sync(items, welcome);

		expect(run.status).toBe('success');
		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual([{ name: 'Welcome', outcome: 'enrolled' }]);
		}
		expect(entries()).toBe(2);
		// What is still under way in the account comes to light.
		account.sandbox.skip(300_000);
		expect(enteredBy('ann@example.com')).toEqual(['801']);
		expect(enteredBy('bob@example.com')).toEqual(['801']);
	});

	it.each(['new', 'there'] as const)(
		'are entered once by two executions at once, for contacts that are %s',
		async (who) => {
			if (who === 'there') for (const { email } of items) account.state.addContact({ email });
			account.sandbox.configure({ latencyMs: { min: 100, max: 400 } });
			account.sandbox.failNext({ path: '/contactAutomations' }, { delayMs: 22_000 });

			const runs = await Promise.all([account.sync(items, welcome), account.sync(items, welcome)]);

			for (const index of items.keys()) {
				const outcomes = runs.map((run) => JSON.stringify(jsonOf(run.items)[index]?.['automations']));
				expect(outcomes.sort()).toEqual([
					'[{"name":"Welcome","outcome":"alreadyEnrolled"}]',
					'[{"name":"Welcome","outcome":"enrolled"}]',
				]);
			}
			for (const { email } of items) expect(enteredBy(email)).toEqual(['801']);
		},
	);

	it('are not entered by the execution that created the contact if another one was faster', async () => {
		account.sandbox.failNext({ path: '/automations' }, { delayMs: 5_000 });
		const slow = account.sync(items, welcome);
		await new Promise((resolve) => setTimeout(resolve, 2_000));

		const fast = await account.sync(items, automations(['id', '801']));

		expect(jsonOf(fast.items).map(({ action }) => action)).toEqual(['updated', 'updated']);
		for (const json of jsonOf(fast.items)) {
			expect(json['automations']).toEqual([{ name: '801', outcome: 'enrolled' }]);
		}
		for (const json of jsonOf((await slow).items)) {
			expect(json['automations']).toEqual([{ name: 'Welcome', outcome: 'alreadyEnrolled' }]);
		}
	});

	it('are not entered again by a contact that was enrolled while it waited for its turn', async () => {
		for (const { email } of items) account.state.addContact({ email });
		account.sandbox.failNext(
			{ path: '/contactAutomations', times: 2 },
			{ status: 429, headers: { 'Retry-After': '60' } },
		);
		setTimeout(() => {
			for (const { email } of items) account.state.enroll(account.contact(email), '801');
		}, 30_000);

		const run = await account.sync(items, welcome);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual([{ name: 'Welcome', outcome: 'alreadyEnrolled' }]);
		}
	});

	it('that others wait for do not keep a stopped execution from ending', async () => {
		const stop = new AbortController();
		account.sandbox.failNext({ path: '/contactAutomations', times: 2 }, { delayMs: 90_000 });
		const first = account.sync(items, welcome);
		await new Promise((resolve) => setTimeout(resolve, 5_000));
		const second = account.sync(items, welcome, { signal: stop.signal });
		await new Promise((resolve) => setTimeout(resolve, 5_000));
		const stoppedAt = performance.now();
		stop.abort();

		expect((await second).status).toBe('canceled');
		expect(performance.now() - stoppedAt).toBeLessThan(1_000);
		expect((await first).status).toBe('success');
	});

	it('given with zeros before the ID are the automation of that ID', async () => {
		account.state.addContact({ email: 'bob@example.com', automations: ['Welcome'] });

		const run = await account.sync(items, automations(['id', '0801']));

		expect(jsonOf(run.items).map((json) => json['automations'])).toEqual([
			[{ name: '801', outcome: 'enrolled' }],
			[{ name: '801', outcome: 'alreadyEnrolled' }],
		]);
	});

	it('that a row does not name fail the item, unless nothing is filled in', async () => {
		const run = await account.sync(
			[...items, { email: 'cat@example.com', automation: '801' }],
			automations(['list', ''], ['id', '={{ $json.automation }}']),
			continuing,
		);

		const error = "'Automations': row 2 has no automation. Choose an automation in it, or remove the row";
		expect(jsonOf(run.items)).toMatchObject([
			{ error },
			{ error },
			{ automations: [{ name: '801', outcome: 'enrolled' }] },
		]);
	});

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

	it('are given up in the end when nothing is ever written', async () => {
		account.sandbox.failNext({ path: '/contactAutomations', times: 99 }, 'serverError');

		const run = await account.sync(items, welcome, continuing);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toMatchObject([{ name: 'Welcome', outcome: 'failed' }]);
			expect(json['error']).toContain("ActiveCampaign could not enroll the contact in automation 'Welcome'");
		}
		expect(enteredBy('ann@example.com')).toEqual([]);
	});

	it.each<[Fault]>([['resetAfterWrite'], ['resetBeforeWrite']])(
		'are not entered again after %j when reading them is refused, and the message says so',
		async (fault) => {
			account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
			account.sandbox.failNext({ path: '/contactAutomations', times: 2 }, fault);
			account.sandbox.failNext({ path: /^\/contacts\/\d+\/contactAutomations$/, times: 99 }, 'forbidden');

			const run = await account.sync(items, welcome, continuing);

			for (const json of jsonOf(run.items)) {
				expect(json['automations']).toMatchObject([{ name: 'Welcome', outcome: 'failed' }]);
				expect(json['error']).toContain('It is unclear whether the contact was enrolled');
				expect(json['error']).toContain("Look at the contact's automations in ActiveCampaign");
			}
			expect(entries()).toBe(2);
		},
	);

	it('that are not active fail their item, without blaming a missing permission', async () => {
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
					reason: textLike(/^ActiveCampaign did not enroll .* '802': Could not .* Check .* is active/),
				},
				{ name: '801', outcome: 'enrolled' },
				{ name: '999', outcome: 'failed', reason: textWith('No Result found for Series') },
			]);
			expect(json['error']).not.toContain('API token');
		}
		expect(entries()).toBe(6);
	});

	it('are not entered by a contact whose automations cannot be read', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		for (const { email } of items) account.state.addContact({ email });
		account.sandbox.failNext({ path: /contactAutomations$/, method: 'GET', times: 99 }, 'forbidden');

		const run = await account.sync(items, welcome, continuing);

		for (const json of jsonOf(run.items)) {
			expect(JSON.stringify(json['automations'])).toContain('its user may not see automations');
		}
		expect(entries()).toBe(0);
	});

	it.each(['new', 'there'] as const)(
		'that a subscription of the same item starts are entered once, by contacts that are %s',
		async (who) => {
			const news = account.state.addList('News');
			account.state.addAutomation('Series', { startsOnList: news.id });
			if (who === 'there') for (const { email } of items) account.state.addContact({ email });
			account.sandbox.configure({ latencyMs: { min: 50, max: 300 } });
			const steps = { ...lists(['name', 'News', 'subscribe']), ...automations(['name', 'Series']) };

			const run = await account.sync([...items, { email: 'cat@example.com' }], steps);
			const later = await account.sync([{ email: 'dan@example.com' }], steps);

			for (const json of [...jsonOf(run.items), ...jsonOf(later.items)]) {
				expect(json['lists']).toEqual([{ name: 'News', outcome: 'subscribed' }]);
				expect(json['automations']).toEqual([{ name: 'Series', outcome: 'alreadyEnrolled' }]);
			}
			expect(account.state.contacts().map(({ id }) => account.state.enrollments(id, 'Series'))).toEqual([
				1, 1, 1, 1,
			]);
		},
	);

	it('that a subscription starts are not entered again by the next item of the same contact', async () => {
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
