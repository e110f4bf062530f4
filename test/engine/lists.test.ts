import type { INodeParameters } from 'n8n-workflow';

import { MEMBERSHIP_STATUS } from '../sandbox';
import { sampled } from '../size';
import { useAccount } from './harness/account';
import { runBulk, sentContacts } from './harness/bulk';
import { listSearch } from './harness/editor';
import { customFields, lists, locator } from './harness/parameters';
import { jsonOf, textLike, textWith, outcomesBeing } from './harness/results';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

describe.each([
	['read together', {}],
	['read one by one', { ignoresInclude: true }],
])('lists, %s', (_how, sideLoading) => {
	type Status = keyof typeof MEMBERSHIP_STATUS | 'unknown' | 'none';
	type Action = 'subscribe' | 'unsubscribe';

	const STATUSES: Status[] = [
		'none',
		'active',
		'unsubscribed',
		'removed',
		'unconfirmed',
		'bounced',
		'unknown',
	];
	/** An account may have codes that nobody has described. */
	const statusOf = (status: Status): number | undefined =>
		status === 'none' ? undefined : status === 'unknown' ? 42 : MEMBERSHIP_STATUS[status];

	/** What becomes of subscribing, by what the membership is: without and with Resubscribe, and after hard bounces. */
	const SUBSCRIBING: Record<Status, Record<'without' | 'with' | 'bouncedWithout' | 'bouncedWith', string>> = {
		none: {
			without: 'subscribed',
			with: 'subscribed',
			bouncedWithout: 'keptBounced',
			bouncedWith: 'keptBounced',
		},
		active: {
			without: 'alreadySubscribed',
			with: 'alreadySubscribed',
			bouncedWithout: 'alreadySubscribed',
			bouncedWith: 'alreadySubscribed',
		},
		unsubscribed: {
			without: 'keptUnsubscribed',
			with: 'resubscribed',
			bouncedWithout: 'keptUnsubscribed',
			bouncedWith: 'keptBounced',
		},
		removed: {
			without: 'keptRemoved',
			with: 'resubscribed',
			bouncedWithout: 'keptRemoved',
			bouncedWith: 'keptBounced',
		},
		unconfirmed: {
			without: 'keptUnconfirmed',
			with: 'keptUnconfirmed',
			bouncedWithout: 'keptUnconfirmed',
			bouncedWith: 'keptUnconfirmed',
		},
		bounced: {
			without: 'keptBounced',
			with: 'keptBounced',
			bouncedWithout: 'keptBounced',
			bouncedWith: 'keptBounced',
		},
		unknown: { without: 'kept', with: 'kept', bouncedWithout: 'kept', bouncedWith: 'kept' },
	};
	const UNSUBSCRIBING: Record<Status, string> = {
		none: 'notSubscribed',
		active: 'unsubscribed',
		unsubscribed: 'alreadyUnsubscribed',
		removed: 'unsubscribed',
		unconfirmed: 'unsubscribed',
		bounced: 'unsubscribed',
		unknown: 'unsubscribed',
	};
	const AFTER = new Map([
		['subscribed', 1],
		['resubscribed', 1],
		['unsubscribed', 2],
	]);

	interface Combination {
		readonly before: Status;
		readonly action: Action;
		readonly resubscribe: boolean;
		readonly hasBounced: boolean;
		readonly outcome: string;
	}

	const COMBINATIONS = STATUSES.flatMap((before) =>
		[false, true].flatMap((resubscribe) =>
			[false, true].flatMap((hasBounced): Combination[] => {
				const subscribing = SUBSCRIBING[before];
				const subscribed = hasBounced
					? subscribing[resubscribe ? 'bouncedWith' : 'bouncedWithout']
					: subscribing[resubscribe ? 'with' : 'without'];
				const shared = { before, resubscribe, hasBounced };
				return [
					{ ...shared, action: 'subscribe', outcome: subscribed },
					{ ...shared, action: 'unsubscribe', outcome: UNSUBSCRIBING[before] },
				];
			}),
		),
	);

	const account = useAccount({ lists: ['News', 'Offers'], pagedContactLinks: true, sideLoading });
	const membership = (email: string, list = '401') => account.contact(email).lists.get(list);
	const writes = () => account.sandbox.journal.bodies('POST', '/contactLists');
	const addContact = (email: string, news: Status, hasBounced = false) => {
		account.state.addContact({ email, bouncedHard: hasBounced ? 2 : 0 });
		const status = statusOf(news);
		if (status !== undefined) account.state.setMembership(email, 'News', status);
	};

	const LEFT_OFF: Record<string, string> = {
		keptUnsubscribed: 'unsubscribed',
		keptUnconfirmed: 'never confirmed',
		keptBounced: 'bounced',
		keptRemoved: 'removed from the list',
		kept: 'with a status that ActiveCampaign does not explain',
	};
	const ADVICE =
		" The option 'Resubscribe' subscribes people who unsubscribed or were removed: use it only with their renewed consent.";

	it('count a contact of several items once', async () => {
		addContact('ann@example.com', 'unsubscribed');

		const run = await account.sync(
			[{ email: 'ann@example.com' }, { email: 'ANN@example.com' }],
			lists(['id', '401', 'subscribe']),
		);

		expect(run.hints[0]?.message).toContain(' 1 contact was left off a list (1 unsubscribed).');
	});

	it('name each reason of a contact that was left off several', async () => {
		addContact('ann@example.com', 'unsubscribed');
		account.state.setMembership('ann@example.com', 'Offers', 0);

		const run = await account.sync(
			[{ email: 'ann@example.com' }],
			lists(['id', '401', 'subscribe'], ['id', '402', 'subscribe']),
		);

		expect(run.hints[0]?.message).toContain(
			' 1 contact was left off lists (1 unsubscribed, 1 never confirmed).',
		);
	});

	it('have a status that is not explained, which a dry run says too', async () => {
		addContact('ann@example.com', 'unknown');
		const parameters = (dryRun: boolean) => ({ ...lists(['id', '401', 'subscribe']), options: { dryRun } });

		for (const dryRun of [true, false]) {
			const run = await account.sync([{ email: 'ann@example.com' }], parameters(dryRun));
			expect(jsonOf(run.items)[0]).toMatchObject({
				lists: { 401: 'kept' },
				warnings: [textWith("status on list '401' is '42'")],
			});
		}
	});

	it('never have a contact that bounced where the response to the sync does not say so', async () => {
		addContact('ann@example.com', 'none', true);
		const { id } = account.contact('ann@example.com');
		const sparse = { contact: { id, email: 'ann@example.com' } };
		account.sandbox.failNext({ path: '/contact/sync' }, { status: 200, body: sparse, afterWrite: true });

		const run = await account.sync([{ email: 'ann@example.com' }], lists(['id', '401', 'subscribe']));

		expect(jsonOf(run.items)[0]?.['lists']).toEqual({ 401: 'keptBounced' });
		expect(writes()).toEqual([]);
	});

	it.each(sampled(COMBINATIONS))(
		'follow consent: $before, bounced $hasBounced, $action with Resubscribe $resubscribe: $outcome',
		async ({ before, action, resubscribe, hasBounced, outcome }) => {
			addContact('ann@example.com', before, hasBounced);
			addContact('bob@example.com', 'active');

			const run = await account.sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }], {
				...lists(['id', '401', action], ['id', '402', 'unsubscribe']),
				options: { resubscribe },
			});

			expect(run.status).toBe('success');
			const canResubscribe = !hasBounced && (outcome === 'keptUnsubscribed' || outcome === 'keptRemoved');
			const kept = outcome.startsWith('kept')
				? ` 1 contact was left off a list (1 ${LEFT_OFF[outcome]}).${canResubscribe ? ADVICE : ''}`
				: '';
			expect(run.hints.map(({ message }) => message)).toEqual([`2 items: 2 updated.${kept}`]);
			expect(jsonOf(run.items)[0]?.['lists']).toEqual({ 401: outcome, 402: 'notSubscribed' });
			expect(jsonOf(run.items)[0]?.['warnings'] ?? []).toEqual(
				outcome === 'kept' ? [textWith("status on list '401' is '42'")] : [],
			);
			const id = account.contact('ann@example.com').id;
			const written = writes().filter((body) => JSON.stringify(body).includes(`"${id}"`));
			const after = AFTER.get(outcome);
			expect(membership('ann@example.com')?.status).toBe(after ?? statusOf(before));
			expect(written).toEqual(
				after === undefined
					? []
					: [
							{
								contactList: {
									list: '401',
									contact: id,
									status: after,
									...(outcome === 'resubscribed' ? { sourceid: 4 } : {}),
								},
							},
						],
			);
		},
	);

	it.each([
		['id', '0401'],
		['id', ' 401 '],
		['list', '={{ "00401" }}'],
		['id', '={{ 401 }}'],
	] as const)('are the list 401 when given as %s %j, and its membership is kept', async (mode, id) => {
		for (const { email } of items) addContact(email, 'unsubscribed');

		const run = await account.sync(items, lists([mode, id, 'subscribe']));

		for (const json of jsonOf(run.items)) {
			expect(json['lists']).toEqual({ 401: 'keptUnsubscribed' });
		}
		expect(writes()).toEqual([]);
	});

	it('are never found by ID when given by name, even if the name is digits', async () => {
		account.state.addList('402');

		const run = await account.sync(items, lists(['name', '402', 'subscribe'], ['name', '401', 'subscribe']), {
			onError: 'continueRegularOutput',
		});

		for (const json of jsonOf(run.items)) {
			expect(json['lists']).toEqual({ 402: 'subscribed', 401: 'failed' });
			expect(json['problems']).toEqual([
				{ what: 'list', name: '401', reason: textWith("The account has no list called '401'") },
			]);
		}
		for (const { email } of items) expect([...account.contact(email).lists.keys()]).toEqual(['403']);
	});

	it('fail the item for an expression that gives no list, and ignore an empty row', async () => {
		const run = await account.sync(
			[...items, { email: 'cat@example.com', list: '401' }],
			lists(['list', '', 'subscribe'], ['id', '={{ $json.list }}', 'subscribe']),
			{ onError: 'continueRegularOutput' },
		);
		const leaving = await account.sync(items, lists(['list', '', 'unsubscribe']));

		const error = "'Lists': row 2 has no list. Choose a list in it, or remove the row";
		expect(jsonOf(run.items)).toMatchObject([{ error }, { error }, { lists: { 401: 'subscribed' } }]);
		expect(leaving.error?.message).toBe("'Lists': row 1 has no list");
		expect(account.sandbox.journal.count('POST', '/contact/sync')).toBe(1);
	});

	it.each([
		['without Resubscribe is kept', false, 'keptUnsubscribed', 2],
		['with Resubscribe is gone', true, 'resubscribed', 1],
	])(
		'remember the unsubscribe of a deleted contact, which %s',
		async (_what, resubscribe, outcome, status) => {
			for (const { email } of items) {
				addContact(email, 'unsubscribed');
				account.state.deleteContact(account.contact(email));
			}

			const run = await account.sync(items, {
				...lists(['id', '401', 'subscribe'], ['id', '402', 'unsubscribe']),
				options: { resubscribe },
			});

			for (const json of jsonOf(run.items)) {
				expect(json).toMatchObject({
					action: 'created',
					lists: { 401: outcome, 402: 'notSubscribed' },
				});
			}
			for (const { email } of items) expect(membership(email)?.status).toBe(status);
		},
	);

	it('are not read for a new contact that only leaves them', async () => {
		const { items: output } = await account.sync(items, lists(['id', '402', 'unsubscribe']));

		for (const json of jsonOf(output)) {
			expect(json['lists']).toEqual({ 402: 'notSubscribed' });
		}
		expect(account.sandbox.journal.count('GET')).toBe(0);
	});

	it('are read once to subscribe a new contact', async () => {
		const { items: output } = await account.sync(
			items,
			lists(['name', 'News', 'subscribe'], ['name', 'Offers', 'unsubscribe']),
		);

		for (const json of jsonOf(output)) {
			expect(json['lists']).toEqual({ News: 'subscribed', Offers: 'notSubscribed' });
		}
		expect(account.sandbox.journal.count('GET', '/lists')).toBe(1);
		expect(account.sandbox.journal.count('GET', '/contacts')).toBe(1);
	});

	it.each([
		['whose account answers 201 to all', { alwaysCreated: true }, 'resetBeforeWrite', 0],
		['whose first sync was cut before it was written', {}, 'resetBeforeWrite', 2],
		['whose first sync was cut after it was written', {}, 'resetAfterWrite', 2],
	] as const)('are read for a contact %s', async (_who, settings, fault, times) => {
		account.sandbox.configure(settings);
		for (const { email } of items) addContact(email, 'unsubscribed');
		account.sandbox.failNext({ path: '/contact/sync', times }, fault);

		const run = await account.sync(items, lists(['id', '401', 'subscribe']));

		for (const json of jsonOf(run.items)) {
			expect(json['lists']).toEqual({ 401: 'keptUnsubscribed' });
		}
		for (const { email } of items) expect(membership(email)?.status).toBe(MEMBERSHIP_STATUS.unsubscribed);
	});

	it.each(
		sampled(
			[
				[
					'are refused',
					'forbidden',
					/did not allow this API key to read the contact's lists.*its user may not see lists/,
				],
				['come without data', 'emptyOk', /read the contact's lists/],
				['come without the list', { status: 200, body: {} }, /read the contact's lists/],
				['come as a web page', 'htmlOk', /read the contact's lists/],
				[
					'are not found',
					{ status: 404, body: { message: 'No Result found for Subscriber with id 1' } },
					/read the contact's lists/,
				],
			] as const,
			2,
		),
	)('subscribe nobody when the memberships %s', async (_what, fault, said) => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		for (const { email } of items) addContact(email, 'unsubscribed');
		account.sandbox.failNext({ path: /contactLists$/, times: 99 }, fault);

		const run = await account.sync(
			items,
			{ ...lists(['id', '401', 'subscribe'], ['id', '402', 'subscribe']), tagsToRemove: 'Lead' },
			{ onError: 'continueRegularOutput' },
		);

		expect(writes()).toEqual([]);
		for (const { email } of items) expect(membership(email)?.status).toBe(MEMBERSHIP_STATUS.unsubscribed);
		for (const json of jsonOf(run.items)) {
			expect(json['lists']).toEqual({ 401: 'failed', 402: 'failed' });
			expect(json['problems']).toEqual([
				{ what: 'list', name: '401', reason: textLike(said) },
				{ what: 'list', name: '402', reason: textLike(said) },
			]);
			expect(json['error']).toMatch(said);
			expect(json['tags']).toEqual({ Lead: 'notThere' });
		}
	});

	it('are all read for a contact with more than one page of memberships', async () => {
		const many = Array.from({ length: 130 }, (_, index) => account.state.addList(`List ${index}`).id);
		for (const { email } of items) {
			addContact(email, 'none');
			for (const id of many) account.state.setMembership(email, id, 'unsubscribed');
		}

		const run = await account.sync(
			items,
			lists(['name', 'List 129', 'subscribe'], ['name', 'List 3', 'subscribe']),
		);

		for (const json of jsonOf(run.items)) {
			expect(json['lists']).toEqual({ 'List 129': 'keptUnsubscribed', 'List 3': 'keptUnsubscribed' });
		}
		expect(writes()).toEqual([]);
	});

	it('fail the item when one row subscribes and another unsubscribes', async () => {
		const { error } = await account.sync(
			items,
			lists(['id', '401', 'subscribe'], ['list', '401', 'unsubscribe']),
		);

		expect(error?.message).toBe("'Lists' both subscribes to and unsubscribes from '401'");
		expect(account.requests()).toEqual([]);
	});

	it('are changed once, as in the last row, when given by ID and by name', async () => {
		for (const { email } of items) addContact(email, 'active');

		const run = await account.sync(items, lists(['id', '401', 'subscribe'], ['name', 'News', 'unsubscribe']));

		for (const json of jsonOf(run.items)) {
			expect(json['lists']).toEqual({ News: 'unsubscribed' });
		}
		expect(writes()).toHaveLength(2);
	});
});

describe('fresh reads', () => {
	const news = lists(['id', '401', 'subscribe']);
	const setMembership = { method: 'POST', path: '/contactLists' };
	/** Held up for longer than a reading is good for. */
	const heldUp = { status: 429, headers: { 'Retry-After': '60' } };

	describe.each([
		['together with others', {}, 1],
		['by itself', { ignoresInclude: true }, 2],
	])(
		'a contact, read %s, that is written more than ten seconds after it was read',
		(_how, sideLoading, readsEach) => {
			const account = useAccount({ lists: ['News'], fields: [{ title: 'Company' }], sideLoading });
			const statusOf = (email: string) => account.contact(email).lists.get('401')?.status;
			/** Reads of the memberships: one for both contacts, or one for each. */
			const reads = () => {
				const own = account.sandbox.journal.filter({ method: 'GET', path: /contactLists$/ }).length;
				return own > 0 ? own : account.sandbox.journal.count('GET', '/contacts');
			};
			const addContacts = () => {
				for (const { email } of items) account.state.addContact({ email });
			};
			/** What others do in the account 30 seconds from now. */
			const meanwhile = (act: () => void) => void setTimeout(act, 30_000);
			const everybodyUnsubscribes = () => {
				for (const { email } of items) account.state.setMembership(email, 'News', 'unsubscribed');
			};

			it.each([
				['was there before', addContacts],
				['is created by the same run', () => {}],
			])(
				'is read again, and stays unsubscribed if it unsubscribed in between (the contact %s)',
				async (_who, prepare) => {
					prepare();
					account.sandbox.failNext({ ...setMembership, times: 2 }, heldUp);
					meanwhile(everybodyUnsubscribes);

					const run = await account.sync(items, news);

					expect(run.status).toBe('success');
					for (const json of jsonOf(run.items)) {
						expect(json['lists']).toEqual({ 401: 'keptUnsubscribed' });
					}
					expect(items.map(({ email }) => statusOf(email))).toEqual([2, 2]);
					expect(account.state.membershipWrites).toEqual([]);
					expect(reads()).toBe(2 * readsEach);
				},
			);

			it('is not read again for a write within ten seconds', async () => {
				addContacts();
				account.sandbox.failNext(
					{ ...setMembership, times: 2 },
					{ ...heldUp, headers: { 'Retry-After': '4' } },
				);

				const run = await account.sync(items, news);

				for (const json of jsonOf(run.items)) {
					expect(json['lists']).toEqual({ 401: 'subscribed' });
				}
				expect(reads()).toBe(readsEach);
			});

			it('is read again after a write whose response was lost, and the outcome of that write is reported', async () => {
				addContacts();
				account.sandbox.failNext({ ...setMembership, times: 2 }, { status: 502, afterWrite: true });
				account.sandbox.startSpell({
					match: setMembership,
					fault: 'serverError',
					afterMs: 200,
					forMs: 15_000,
				});

				const run = await account.sync(items, news);

				for (const json of jsonOf(run.items)) {
					expect(json['lists']).toEqual({ 401: 'subscribed' });
				}
				expect(account.state.membershipWrites).toHaveLength(2);
			});

			it('fails its step after ten such reads, with nothing written', async () => {
				addContacts();
				account.sandbox.failNext({ ...setMembership, times: 999 }, heldUp);

				const run = await account.sync(items, news, { onError: 'continueRegularOutput' });

				for (const json of jsonOf(run.items)) {
					expect(json['problems']).toEqual([
						{ what: 'list', name: '401', reason: textWith("the contact's data went out of date 10 times") },
					]);
				}
				expect(account.state.membershipWrites).toEqual([]);
			});

			it('is read again under Fill Blanks Only, so that nothing is overwritten', async () => {
				addContacts();
				account.sandbox.failNext({ path: '/contact/sync', times: 2 }, heldUp);
				meanwhile(() => {
					for (const { email } of items) {
						account.state.addContact({
							email,
							firstName: 'Given',
							fieldValues: { Company: 'Theirs' },
						});
					}
				});

				const run = await account.sync(items, {
					firstName: 'New',
					lastName: 'New',
					...customFields(['name', 'Company', 'Ours']),
					options: { emptyValues: 'fillOnly' },
				});

				expect(run.status).toBe('success');
				for (const { email } of items) {
					expect(account.contact(email)).toMatchObject({ firstName: 'Given', lastName: 'New' });
					expect(account.stored(email, 'Company')).toBe('Theirs');
				}
			});
		},
	);

	describe('two items of one address that are sent one after the other', () => {
		const account = useAccount({ lists: ['News'], alwaysCreated: true });
		const twice = ['ann@example.com', 'ANN@example.com', 'bob@example.com', 'bob@example.com'].map(
			(email) => ({
				email,
			}),
		);

		it('are reported as created once, and the second treats the contact as existing', async () => {
			const run = await account.sync(twice, { ...news, options: { mergeDuplicates: false } });

			expect(jsonOf(run.items).map(({ action }) => action)).toEqual([
				'created',
				'updated',
				'created',
				'updated',
			]);
			expect(jsonOf(run.items).map((json) => json['lists'])).toEqual(
				['subscribed', 'alreadySubscribed', 'subscribed', 'alreadySubscribed'].map((outcome) => ({
					401: outcome,
				})),
			);
		});
	});
});

describe('lists for text messages', () => {
	const NO_PHONE = 'the contact has no phone number, and the list is for text messages (SMS)';
	const continuing = { onError: 'continueRegularOutput' } as const;
	const items = [
		{ email: 'ann@example.com', phone: '' },
		{ email: 'bob@example.com', phone: '+49 30 1' },
	];

	const account = useAccount({ lists: ['News', { name: 'Offers', channel: 'sms' }] });
	const sms = lists(['name', 'offers', 'subscribe']);
	const idOf = (list: string) => account.state.listBy(list).id;
	const picked = (list: string, label: string): INodeParameters => ({
		lists: { values: [{ list: locator('list', idOf(list), label), action: 'subscribe' }] },
	});
	const sync = async (parameters: INodeParameters, rows = items) => {
		const run = await account.sync(rows, { phone: '={{ $json.phone }}', ...parameters }, continuing);
		return jsonOf(run.items);
	};
	const isSubscribed = (email: string, list = 'Offers') => account.contact(email).lists.has(idOf(list));
	const lookups = () => account.sandbox.journal.count('GET', '/lists');

	it('are marked in pickers', async () => {
		const { results } = await listSearch('searchLists', { credentials: account.credentials });

		expect(results.map(({ name }) => name)).toEqual(['News', 'Offers (SMS)']);
	});

	it('take contacts with a phone number, and give the reason for the others', async () => {
		const results = await sync(sms);

		expect(results).toMatchObject([
			{
				error: textWith(
					`it could not be subscribed to list 'offers (SMS)'. List 'offers (SMS)': ${NO_PHONE}`,
				),
				lists: { 'offers (SMS)': 'failed' },
				problems: [{ reason: textWith("Fill in 'Phone'") }],
			},
			{ lists: { 'offers (SMS)': 'subscribed' } },
		]);
		expect(items.map(({ email }) => isSubscribed(email))).toEqual([false, true]);
	});

	it('take contacts that already have a phone number in the account', async () => {
		for (const { email } of items) account.state.addContact({ email, phone: '123' });

		for (const json of await sync({ ...sms, phone: '' })) {
			expect(json['lists']).toEqual({ 'offers (SMS)': 'subscribed' });
		}
	});

	it('take contacts with a phone number even when the account returns sparse contacts for updates', async () => {
		account.sandbox.configure({ alwaysCreated: true });
		account.state.addContact({ email: 'ann@example.com', phone: '123' });
		account.state.addContact({ email: 'bob@example.com' });
		for (const { email } of items)
			Object.assign(account.contact(email), { cdate: '2020-01-01T00:00:00-06:00' });

		const results = await sync({ ...sms, phone: '' });

		expect(results).toMatchObject([
			{ lists: outcomesBeing('subscribed') },
			{ lists: outcomesBeing('failed'), problems: [{ reason: textWith(NO_PHONE) }] },
		]);
	});

	it('do not take a contact whose phone number the same item clears', async () => {
		for (const { email } of items) account.state.addContact({ email, phone: '123' });

		const results = await sync({ ...sms, options: { emptyValues: 'clear' } });

		expect(results).toMatchObject([
			{ lists: outcomesBeing('failed'), problems: [{ reason: textWith(NO_PHONE) }] },
			{ lists: outcomesBeing('subscribed') },
		]);
	});

	it('can be unsubscribed from without a phone number', async () => {
		for (const { email } of items) account.state.addContact({ email, lists: { Offers: 'active' } });

		for (const json of await sync(lists(['name', 'Offers', 'unsubscribe']))) {
			expect(json['lists']).toEqual({ 'Offers (SMS)': 'unsubscribed' });
		}
	});

	it('are recognized by ID too, looked up once and only for contacts without a phone number', async () => {
		const byId = lists(['id', idOf('Offers'), 'subscribe']);
		const [ann = { email: '', phone: '' }, bob = ann] = items;
		await sync(byId, [bob, { ...bob, email: 'cat@example.com' }]);
		expect(lookups()).toBe(0);

		const results = await sync(byId, [ann, { ...ann, email: 'dan@example.com' }]);

		for (const json of results) {
			expect(json['problems']).toMatchObject([{ reason: textWith(NO_PHONE) }]);
		}
		expect(lookups()).toBe(1);
	});

	it('are recognized by the label that was picked, without a lookup for email lists', async () => {
		expect(await sync(picked('News', 'News'))).toMatchObject([
			{ lists: { News: 'subscribed' } },
			{ lists: { News: 'subscribed' } },
		]);
		expect(lookups()).toBe(0);

		expect(await sync(picked('Offers', 'Offers (SMS)'))).toMatchObject([
			{ lists: { 'Offers (SMS)': 'failed' } },
			{ lists: { 'Offers (SMS)': 'subscribed' } },
		]);
	});

	it('are found by the name that pickers and outcomes show', async () => {
		expect(await sync(lists(['name', 'Offers (SMS)', 'subscribe']))).toMatchObject([
			{ lists: { 'Offers (SMS)': 'failed' } },
			{ lists: { 'Offers (SMS)': 'subscribed' } },
		]);
	});

	it('are treated as email lists where the token may not see lists', async () => {
		const byId = lists(['id', idOf('News'), 'subscribe']);
		account.sandbox.failNext({ method: 'GET', path: '/lists', times: 99 }, 'forbidden');

		expect(await sync(byId)).toMatchObject([
			{ lists: outcomesBeing('subscribed') },
			{ lists: outcomesBeing('subscribed') },
		]);
	});

	it('are previewed by a dry run as the real run treats them', async () => {
		account.state.addContact({ email: 'cat@example.com', phone: '123' });
		const rows = [...items, { email: 'cat@example.com', phone: '' }];

		expect(await sync({ ...sms, options: { dryRun: true } }, rows)).toMatchObject([
			{ lists: outcomesBeing('failed'), problems: [{ reason: textWith(NO_PHONE) }] },
			{ lists: outcomesBeing('wouldSubscribe') },
			{ lists: outcomesBeing('wouldSubscribe') },
		]);
	});

	it('are imported in bulk with a warning for rows without a phone number', async () => {
		const run = await runBulk(account.sandbox, items, { parameters: sms });

		expect(jsonOf(run.items)).toMatchObject([
			{
				action: 'imported',
				warnings: [
					textWith("List 'offers (SMS)' is for text messages (SMS), and the item has no phone number"),
				],
			},
			{ action: 'imported' },
		]);
		for (const contact of sentContacts(account.sandbox).flat()) {
			expect(contact['subscribe']).toEqual([{ listid: idOf('Offers') }]);
		}
	});

	it('are previewed by a dry run of an import with the same warnings', async () => {
		const real = await runBulk(account.sandbox, items, { parameters: sms });

		const { items: shown } = await runBulk(
			account.sandbox,
			items.map((item) => ({ ...item, email: `new-${item.email}` })),
			{ parameters: sms, options: { dryRun: true } },
		);

		expect(jsonOf(shown)).toMatchObject(items.map(() => ({ lists: { 'offers (SMS)': 'wouldSubscribe' } })));
		expect(jsonOf(shown).map(({ warnings }) => warnings)).toEqual(
			jsonOf(real.items).map(({ warnings }) => warnings),
		);
	});
});
