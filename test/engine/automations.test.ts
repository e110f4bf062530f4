import { isRecord } from '../guards';
import type { Fault } from '../sandbox';
import { sized } from '../size';
import { useAccount, UNPACED } from './harness/account';
import { otherWorker } from './harness/otherWorker';
import { automations, lists } from './harness/parameters';
import { jsonOf, textLike, textWith, outcomesBeing } from './harness/results';
import type { RunResult } from './harness/runWorkflow';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
const continuing = { onError: 'continueRegularOutput' } as const;
const welcome = automations(['name', 'Welcome']);
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ email: `c${index}@example.com` }));
const warningsOf = (run: RunResult) => jsonOf(run.items).map(({ warnings }) => warnings);

/** That no automation is entered twice is checked after every test: see `useAccount`. */
describe('automations', () => {
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

describe('Enroll Once', () => {
	const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }, { email: 'cat@example.com' }];
	const once = automations(['name', 'Welcome', 'enrollOnce'], ['id', '802', 'enroll']);

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

describe('an enrollment that the account refuses', () => {
	const advice = textLike(/Check in ActiveCampaign that the automation is active/);

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

	it('is not taken for a spell of 403, whatever its message says', async () => {
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

	it('is not taken for a missing permission', async () => {
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

describe('an enrollment that another n8n worker makes at the same moment', () => {
	const WARNING = textWith("The contact was enrolled 2 times at the same moment in automation 'Welcome'");
	const account = useAccount({
		lists: ['News'],
		automations: ['Welcome', 'Goodbye'],
		latencyMs: { min: 50, max: 150 },
	});
	const entriesOf = (email: string, automation = '801') =>
		account.contact(email).automations.filter(({ automationId }) => automationId === automation);
	/** The account takes double enrollments for mistakes: here they are made, and corrected. @returns how many */
	const forgetMistakes = () => account.state.mistakes.splice(0).length;
	/** From now on, somebody else enrolls each contact just after the node. @returns ends it */
	const enrollTwice = (completed = false) =>
		account.sandbox.rewrite({ method: 'POST', path: '/contactAutomations' }, (response, { text }) => {
			const body: unknown = JSON.parse(text);
			const sent = isRecord(body) && isRecord(body.contactAutomation) ? body.contactAutomation : {};
			const contact = account.state.contactById(String(sent.contact));
			if (contact) account.state.enroll(contact, String(sent.automation)).completed = completed;
			return response;
		});

	let other: Awaited<ReturnType<typeof otherWorker>>;
	beforeAll(async () => {
		other = await otherWorker();
	});

	it.each(['new', 'there'] as const)(
		'is taken back by two workers, so that one stays of contacts that are %s',
		async (who) => {
			const items = people(sized(2, 6));
			if (who === 'there') for (const { email } of items) account.state.addContact({ email });
			const { credentials } = account;
			const nodeParameters = { email: '={{ $json.email }}', ...welcome, options: UNPACED };

			for (const item of items) {
				// So late that the other worker does not see it when it decides.
				account.sandbox.failNext({ path: '/contactAutomations' }, { delayMs: 1_000 });
				const runs = await Promise.all([
					account.sync([item], welcome),
					other.runWorkflow({ credentials, items: [item], nodeParameters }),
				]);

				expect(forgetMistakes()).toBe(1);
				expect(entriesOf(item.email)).toHaveLength(1);
				for (const { items: output } of runs) {
					expect(jsonOf(output)).toMatchObject([{ automations: { Welcome: 'enrolled' } }]);
				}
				const warnings = runs.flatMap(warningsOf).filter((ofRun) => ofRun !== undefined);
				expect(warnings.length).toBeGreaterThan(0);
				for (const ofRun of warnings) expect(ofRun).toEqual([WARNING]);
			}
		},
	);

	it('is the one that is taken back, its ID being higher; the outcome says so', async () => {
		const items = people(3);
		enrollTwice();

		const run = await account.sync(items, automations(['name', 'Welcome'], ['id', '802']));

		forgetMistakes();
		for (const [index, json] of jsonOf(run.items).entries()) {
			const { email = '' } = items[index] ?? {};
			expect(json['automations']).toEqual({ Welcome: 'enrolled', 802: 'enrolled' });
			expect(json['warnings']).toEqual([WARNING, textWith("automation '802', e.g. by another n8n worker")]);
			const kept = [...entriesOf(email), ...entriesOf(email, '802')].map(({ id }) => Number(id) % 2);
			// Each of the node's own was made just before the other one.
			expect(kept).toEqual([1, 1]);
		}
	});

	it('is left alone if it has ended', async () => {
		const items = people(2);
		enrollTwice(true);

		const run = await account.sync(items, welcome);

		forgetMistakes();
		for (const { email } of items) expect(entriesOf(email)).toHaveLength(2);
		expect(warningsOf(run)).toEqual([undefined, undefined]);
		expect(account.sandbox.journal.count('DELETE')).toBe(0);
	});

	it('is named when it cannot be taken back, and the item has not failed', async () => {
		const items = people(2);
		enrollTwice();
		account.sandbox.failNext({ method: 'DELETE', times: 99 }, 'forbidden');

		const run = await account.sync(items, welcome);

		forgetMistakes();
		expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['created', 'created']);
		for (const warnings of warningsOf(run)) {
			expect(warnings).toEqual([textWith('may not edit contacts and automations')]);
		}
	});

	it('does not fail the enrollment when it cannot be looked for', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		account.sandbox.failNext({ path: /^\/contacts\/\d+\/contactAutomations$/, times: 99 }, 'forbidden');

		const run = await account.sync(people(2), welcome);

		for (const json of jsonOf(run.items)) {
			expect(json).toMatchObject({ action: 'created', automations: outcomesBeing('enrolled') });
			expect(json).not.toHaveProperty('warnings');
		}
	});
});

describe('looking for enrollments by others', () => {
	const account = useAccount({
		lists: ['News'],
		automations: ['Welcome'],
		latencyMs: 250,
		requestsPerSecond: 5,
	});
	const reads = () => account.sandbox.journal.count('GET', '/contacts');
	const ownPace = { options: { requestsPerSecond: 5 } };

	it.each([
		['an automation', welcome, 2],
		['a list and an automation', { ...welcome, ...lists(['name', 'News', 'subscribe']) }, 3],
	])('costs two requests at most for many new contacts with %s', async (_what, parameters, writes) => {
		// Of which it is known afterwards whether the list starts the automation.
		await account.sync([{ email: 'first@example.com' }], parameters);
		account.sandbox.journal.clear();
		const startedAt = performance.now();

		const count = sized(40, 100);
		await account.sync(people(count), { ...parameters, ...ownPace });

		expect(account.sandbox.journal.count('POST')).toBe(writes * count);
		const seconds = (performance.now() - startedAt) / 1_000;
		expect(account.requests().length / seconds).toBeGreaterThan(sized(4.5, 4.7));
		if (writes === 2) expect(reads()).toBeLessThanOrEqual(2);
	});

	it('costs one request for a form, also with two automations', async () => {
		account.state.addAutomation('Second');
		await account.sync([{ email: 'first@example.com' }], welcome);
		account.sandbox.journal.clear();

		await account.sync([{ email: 'ann@example.com' }], automations(['id', '801'], ['id', '802']));
		await account.sync([{ email: 'bob@example.com' }], automations(['id', '801']));

		expect(reads()).toBe(2);
		expect(account.requests()).toHaveLength(2 + 3 + 2);
	});

	it('costs nothing where nobody was enrolled', async () => {
		const items = people(10);
		for (const { email } of items) account.state.addContact({ email, automations: ['Welcome'] });

		await account.sync(items, welcome);

		expect(reads()).toBe(1);
	});
});
