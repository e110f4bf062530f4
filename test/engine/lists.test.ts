import { MEMBERSHIP_STATUS } from '../sandbox';

import { jsonOf, textLike, textWith } from './harness/results';
import { lists } from './harness/parameters';
import { useAccount } from './harness/account';

type Status = keyof typeof MEMBERSHIP_STATUS | 'unknown' | 'none';
type Action = 'subscribe' | 'unsubscribe';

const STATUSES: Status[] = ['none', 'active', 'unsubscribed', 'removed', 'unconfirmed', 'bounced', 'unknown'];
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

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

describe.each([
	['read together', {}],
	['read one by one', { ignoresInclude: true }],
])('lists, %s', (_how, sideLoading) => {
	const account = useAccount({ lists: ['News', 'Offers'], pagedContactLinks: true, sideLoading });
	const membership = (email: string, list = '401') => account.contact(email).lists.get(list);
	const writes = () => account.sandbox.journal.bodies('POST', '/contactLists');
	const addContact = (email: string, news: Status, hasBounced = false) => {
		account.state.addContact({ email, bouncedHard: hasBounced ? 2 : 0 });
		const status = statusOf(news);
		if (status !== undefined) account.state.setMembership(email, 'News', status);
	};

	it.each(COMBINATIONS)(
		'follow consent: $before, bounced $hasBounced, $action with Resubscribe $resubscribe: $outcome',
		async ({ before, action, resubscribe, hasBounced, outcome }) => {
			addContact('ann@example.com', before, hasBounced);
			addContact('bob@example.com', 'active');

			const run = await account.sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }], {
				...lists(['id', '401', action], ['id', '402', 'unsubscribe']),
				options: { resubscribe },
			});

			expect(run.status).toBe('success');
			const kept = outcome.startsWith('kept')
				? " 1 contact was left off a list because they unsubscribed, never confirmed or bounced. See the option 'Resubscribe'."
				: '';
			expect(run.hints.map(({ message }) => message)).toEqual([`2 items: 2 updated.${kept}`]);
			expect(jsonOf(run.items)[0]?.['lists']).toEqual([
				{ name: '401', outcome, ...(outcome === 'kept' ? { status: '42' } : {}) },
				{ name: '402', outcome: 'notSubscribed' },
			]);
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
			expect(json['lists']).toEqual([{ name: '401', outcome: 'keptUnsubscribed' }]);
		}
		expect(writes()).toEqual([]);
	});

	it('are never found by ID when given by name, even if the name is digits', async () => {
		account.state.addList('402');

		const run = await account.sync(items, lists(['name', '402', 'subscribe'], ['name', '401', 'subscribe']), {
			onError: 'continueRegularOutput',
		});

		for (const json of jsonOf(run.items)) {
			expect(json['lists']).toEqual([
				{ name: '402', outcome: 'subscribed' },
				{ name: '401', outcome: 'failed', reason: textWith("The account has no list called '401'") },
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
		expect(jsonOf(run.items)).toMatchObject([
			{ error },
			{ error },
			{ lists: [{ name: '401', outcome: 'subscribed' }] },
		]);
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
					lists: [
						{ name: '401', outcome },
						{ name: '402', outcome: 'notSubscribed' },
					],
				});
			}
			for (const { email } of items) expect(membership(email)?.status).toBe(status);
		},
	);

	it('are not read for a new contact that only leaves them', async () => {
		const { items: output } = await account.sync(items, lists(['id', '402', 'unsubscribe']));

		for (const json of jsonOf(output)) {
			expect(json['lists']).toEqual([{ name: '402', outcome: 'notSubscribed' }]);
		}
		expect(account.sandbox.journal.count('GET')).toBe(0);
	});

	it('are read once to subscribe a new contact', async () => {
		const { items: output } = await account.sync(
			items,
			lists(['name', 'News', 'subscribe'], ['name', 'Offers', 'unsubscribe']),
		);

		for (const json of jsonOf(output)) {
			expect(json['lists']).toEqual([
				{ name: 'News', outcome: 'subscribed' },
				{ name: 'Offers', outcome: 'notSubscribed' },
			]);
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
			expect(json['lists']).toEqual([{ name: '401', outcome: 'keptUnsubscribed' }]);
		}
		for (const { email } of items) expect(membership(email)?.status).toBe(MEMBERSHIP_STATUS.unsubscribed);
	});

	it.each([
		[
			'are refused',
			'forbidden',
			/did not allow this API token to read the contact's lists.*its user may not see lists/,
		],
		['come without data', 'emptyOk', /read the contact's lists/],
		['come without the list', { status: 200, body: {} }, /read the contact's lists/],
		['come as a web page', 'htmlOk', /read the contact's lists/],
		[
			'are not found',
			{ status: 404, body: { message: 'No Result found for Subscriber with id 1' } },
			/read the contact's lists/,
		],
	] as const)('subscribe nobody when the memberships %s', async (_what, fault, said) => {
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
			expect(json['lists']).toEqual([
				{ name: '401', outcome: 'failed', reason: textLike(said) },
				{ name: '402', outcome: 'failed', reason: textLike(said) },
			]);
			expect(json['error']).toMatch(said);
			expect(json['tags']).toEqual([{ name: 'Lead', outcome: 'notThere' }]);
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
			expect(json['lists']).toEqual([
				{ name: 'List 129', outcome: 'keptUnsubscribed' },
				{ name: 'List 3', outcome: 'keptUnsubscribed' },
			]);
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
			expect(json['lists']).toEqual([{ name: 'News', outcome: 'unsubscribed' }]);
		}
		expect(writes()).toHaveLength(2);
	});
});
