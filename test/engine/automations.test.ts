import type { Fault } from '../sandbox';
import { useAccount } from './harness/account';
import { automations, lists } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
const continuing = { onError: 'continueRegularOutput' } as const;

/** That no automation is entered twice is checked after every test: see `useAccount`. */
describe('automations', () => {
	const welcome = automations(['name', 'Welcome']);

	const account = useAccount({ automations: ['Welcome', 'Goodbye'] });
	const enteredBy = (email: string) => account.contact(email).automations.map((entry) => entry.automationId);
	const entries = () => account.sandbox.journal.count('POST', '/contactAutomations');
	const annIs = (contact: 'new' | 'existing') => {
		if (contact === 'existing') account.state.addContact({ email: 'ann@example.com' });
	};

	it('enroll each contact once, and none that is already enrolled', async () => {
		account.state.addContact({ email: 'bob@example.com', automations: ['Welcome'] });

		const run = await account.sync(items, automations(['name', 'welcome'], ['id', '802']));

		expect(jsonOf(run.items).map((json) => json['automations'])).toEqual([
			{ welcome: 'enrolled', 802: 'enrolled' },
			{ welcome: 'alreadyEnrolled', 802: 'enrolled' },
		]);
		expect(enteredBy('bob@example.com')).toEqual(['801', '802']);
	});

	it('enroll each contact once when one is given by ID and by name', async () => {
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
	])('enroll nobody twice after %j', async (fault) => {
		annIs('existing');
		account.sandbox.failNext({ path: '/contactAutomations' }, fault);

		const run = await account.sync(items, welcome);

		expect(run.status).toBe('success');
		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ Welcome: 'enrolled' });
		}
		expect(entries()).toBe(2);
		// What is still under way in the account comes to light.
		account.sandbox.skip(300_000);
		expect(enteredBy('ann@example.com')).toEqual(['801']);
		expect(enteredBy('bob@example.com')).toEqual(['801']);
	});

	it.each(['new', 'existing'] as const)(
		'enroll each contact once in two concurrent executions (contacts: %s)',
		async (who) => {
			if (who === 'existing') for (const { email } of items) account.state.addContact({ email });
			account.sandbox.configure({ latencyMs: { min: 100, max: 400 } });
			account.sandbox.failNext({ path: '/contactAutomations' }, { delayMs: 22_000 });

			const runs = await Promise.all([account.sync(items, welcome), account.sync(items, welcome)]);

			for (const index of items.keys()) {
				const outcomes = runs.map((run) => JSON.stringify(jsonOf(run.items)[index]?.['automations']));
				expect(outcomes.sort()).toEqual(['{"Welcome":"alreadyEnrolled"}', '{"Welcome":"enrolled"}']);
			}
			for (const { email } of items) expect(enteredBy(email)).toEqual(['801']);
		},
	);

	it('enroll no contact again that a faster execution has enrolled, even if this one created it', async () => {
		account.sandbox.failNext({ path: '/automations' }, { delayMs: 5_000 });
		const slow = account.sync(items, welcome);
		await new Promise((resolve) => setTimeout(resolve, 2_000));

		const fast = await account.sync(items, automations(['id', '801']));

		expect(jsonOf(fast.items).map(({ action }) => action)).toEqual(['updated', 'updated']);
		for (const json of jsonOf(fast.items)) {
			expect(json['automations']).toEqual({ 801: 'enrolled' });
		}
		for (const json of jsonOf((await slow).items)) {
			expect(json['automations']).toEqual({ Welcome: 'alreadyEnrolled' });
		}
	});

	it('enroll no contact that somebody else enrolled while the request waited', async () => {
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
			expect(json['automations']).toEqual({ Welcome: 'alreadyEnrolled' });
		}
	});

	it('let a stopped execution end while it waits for an enrollment by another one', async () => {
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

	it('accept an ID with leading zeros', async () => {
		account.state.addContact({ email: 'bob@example.com', automations: ['Welcome'] });

		const run = await account.sync(items, automations(['id', '0801']));

		expect(jsonOf(run.items).map((json) => json['automations'])).toEqual([
			{ 801: 'enrolled' },
			{ 801: 'alreadyEnrolled' },
		]);
	});

	it('fail the item for an expression that gives no automation, and ignore an empty row', async () => {
		const run = await account.sync(
			[...items, { email: 'cat@example.com', automation: '801' }],
			automations(['list', ''], ['id', '={{ $json.automation }}']),
			continuing,
		);

		const error = "'Automations': row 2 has no automation. Choose an automation in it, or remove the row";
		expect(jsonOf(run.items)).toMatchObject([{ error }, { error }, { automations: { 801: 'enrolled' } }]);
	});

	it.each<[Fault, 'new' | 'existing']>([
		['resetBeforeWrite', 'existing'],
		['resetBeforeWrite', 'new'],
		['serverError', 'new'],
		['html502', 'existing'],
		['htmlOk', 'new'],
		['rateLimited', 'new'],
	])('enroll the contact by a retry after %j, which wrote nothing (contact: %s)', async (fault, ann) => {
		annIs(ann);
		account.sandbox.failNext({ path: '/contactAutomations', times: 2 }, fault);

		const run = await account.sync(items, welcome);

		expect(run.status).toBe('success');
		for (const { email } of items) expect(enteredBy(email)).toEqual(['801']);
		expect(entries()).toBe(4);
	});

	it('fail the item in the end when every request fails', async () => {
		account.sandbox.failNext({ path: '/contactAutomations', times: 99 }, 'serverError');

		const run = await account.sync(items, welcome, continuing);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toMatchObject({ Welcome: 'failed' });
			expect(json['error']).toContain("ActiveCampaign could not enroll the contact in automation 'Welcome'");
		}
		expect(enteredBy('ann@example.com')).toEqual([]);
	});

	it.each<[Fault]>([['resetAfterWrite'], ['resetBeforeWrite']])(
		'enroll nobody twice after %j when enrollments may not be read, and report the outcome as unclear',
		async (fault) => {
			account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
			account.sandbox.failNext({ path: '/contactAutomations', times: 2 }, fault);
			account.sandbox.failNext({ path: /^\/contacts\/\d+\/contactAutomations$/, times: 99 }, 'forbidden');

			const run = await account.sync(items, welcome, continuing);

			for (const json of jsonOf(run.items)) {
				expect(json['automations']).toMatchObject({ Welcome: 'failed' });
				expect(json['error']).toContain('It is unclear whether the contact was enrolled');
				expect(json['error']).toContain("Look at the contact's automations in ActiveCampaign");
			}
			expect(entries()).toBe(2);
		},
	);

	it('fail the item when they are inactive, without blaming a missing permission', async () => {
		account.state.automationBy('Goodbye').active = false;

		const run = await account.sync(
			items,
			automations(['id', '802'], ['id', '801'], ['id', '999']),
			continuing,
		);

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ 802: 'failed', 801: 'enrolled', 999: 'failed' });
			expect(json['problems']).toMatchObject([
				{
					name: '802',
					reason: textLike(/^ActiveCampaign did not enroll .* '802': Could not .* Check .* is active/),
				},
				{ name: '999', reason: textWith('No Result found for Series') },
			]);
			expect(json['error']).not.toContain('API key');
		}
		expect(entries()).toBe(6);
	});

	it('enroll no contact whose enrollments cannot be read', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		for (const { email } of items) account.state.addContact({ email });
		account.sandbox.failNext({ path: /contactAutomations$/, method: 'GET', times: 99 }, 'forbidden');

		const run = await account.sync(items, welcome, continuing);

		for (const json of jsonOf(run.items)) {
			expect(JSON.stringify(json['problems'])).toContain('its user may not see automations');
		}
		expect(entries()).toBe(0);
	});

	it.each(['new', 'existing'] as const)(
		'enroll each contact once when a subscription of the same item starts them (contacts: %s)',
		async (who) => {
			const news = account.state.addList('News');
			account.state.addAutomation('Series', { startsOnList: news.id });
			if (who === 'existing') for (const { email } of items) account.state.addContact({ email });
			account.sandbox.configure({ latencyMs: { min: 50, max: 300 } });
			const steps = { ...lists(['name', 'News', 'subscribe']), ...automations(['name', 'Series']) };

			const run = await account.sync([...items, { email: 'cat@example.com' }], steps);
			const later = await account.sync([{ email: 'dan@example.com' }], steps);

			for (const json of [...jsonOf(run.items), ...jsonOf(later.items)]) {
				expect(json['lists']).toEqual({ News: 'subscribed' });
				expect(json['automations']).toEqual({ Series: 'alreadyEnrolled' });
			}
			expect(account.state.contacts().map(({ id }) => account.state.enrollments(id, 'Series'))).toEqual([
				1, 1, 1, 1,
			]);
		},
	);

	it('enroll a contact once when a subscription of its previous item started them', async () => {
		const news = account.state.addList('News');
		account.state.addAutomation('Series', { startsOnList: news.id });

		const first = await account.sync(items, lists(['name', 'News', 'subscribe']));
		const second = await account.sync(items, automations(['name', 'Series']));

		expect(first.status).toBe('success');
		for (const json of jsonOf(second.items)) {
			expect(json['automations']).toEqual({ Series: 'alreadyEnrolled' });
		}
	});
});

describe('automations with the action Remove', () => {
	const remove = automations(['name', 'Welcome', 'remove']);
	const outcome = (name: string) => ({ Welcome: name });

	const account = useAccount({ automations: ['Welcome', 'Goodbye'], lists: ['News'] });
	const entries = (email: string) => account.contact(email).automations;
	const deletions = () => account.sandbox.journal.count('DELETE');
	const removed = async (more = {}) => {
		const run = await account.sync(items, { ...remove, ...more });
		return jsonOf(run.items).map((json) => json['automations']);
	};

	it('take out the contacts that are enrolled, and no others', async () => {
		account.state.addContact({ email: 'ann@example.com', automations: ['Welcome', 'Goodbye'] });

		expect(await removed()).toEqual([outcome('removed'), outcome('notEnrolled')]);
		expect(account.state.enrollments('ann@example.com', 'Welcome')).toBe(0);
		expect(account.state.enrollments('ann@example.com', 'Goodbye')).toBe(1);
		expect(deletions()).toBe(1);
	});

	it('keep the enrollments of contacts that have completed them', async () => {
		for (const { email } of items) {
			account.state.addContact({ email, automations: ['Welcome'] });
			account.state.completeAutomation(email, 'Welcome');
		}

		expect(await removed()).toEqual([outcome('notEnrolled'), outcome('notEnrolled')]);
		expect(entries('ann@example.com')).toHaveLength(1);
		expect(deletions()).toBe(0);
	});

	it.each<[Fault]>([['resetAfterWrite'], ['hangAfterWrite'], [{ status: 504, afterWrite: true }]])(
		'are left once after %j, although the retry finds no enrollment',
		async (fault) => {
			for (const { email } of items) account.state.addContact({ email, automations: ['Welcome'] });
			account.sandbox.failNext({ method: 'DELETE', path: /contactAutomations/ }, fault);

			expect(await removed()).toEqual([outcome('removed'), outcome('removed')]);
			expect(entries('ann@example.com')).toEqual([]);
			expect(entries('bob@example.com')).toEqual([]);
			expect(deletions()).toBe(3);
		},
	);

	it("fail the item with the account's reason when it refuses the removal", async () => {
		for (const { email } of items) account.state.addContact({ email, automations: ['Welcome'] });
		account.sandbox.failNext(
			{ method: 'DELETE', path: /contactAutomations/ },
			{ status: 400, body: { message: 'Not now' } },
		);

		const run = await account.sync(items, remove, continuing);

		const results = jsonOf(run.items);
		expect(results.filter(({ error }) => error)).toMatchObject([
			{
				error: textWith("it could not be removed from automation 'Welcome'"),
				problems: [{ what: 'automation', reason: textWith('Not now') }],
			},
		]);
		expect(results.filter(({ error }) => !error)).toMatchObject([{ automations: outcome('removed') }]);
	});

	it('are also left by contacts that a subscription of the same item has just enrolled', async () => {
		const news = account.state.listBy('News');
		account.state.addAutomation('Series', { startsOnList: news.id });
		account.sandbox.configure({ latencyMs: { min: 50, max: 300 } });

		const run = await account.sync(items, {
			...lists(['name', 'News', 'subscribe']),
			...automations(['name', 'Series', 'remove']),
		});

		for (const json of jsonOf(run.items)) {
			expect(json['automations']).toEqual({ Series: 'removed' });
		}
		for (const { email } of items) expect(account.state.enrollments(email, 'Series')).toBe(0);
	});

	it('take the action of the later of two merged items', async () => {
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

	it('fail the item before any request when two rows contradict each other or an action is unknown', async () => {
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

	it('are previewed by a dry run', async () => {
		account.state.addContact({ email: 'ann@example.com', automations: ['Welcome'] });

		expect(await removed({ options: { dryRun: true } })).toEqual([
			outcome('wouldRemove'),
			outcome('notEnrolled'),
		]);
		expect(entries('ann@example.com')).toHaveLength(1);
	});
});
