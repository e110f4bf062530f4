import type { MembershipStatus } from '../sandbox';
import { MEMBERSHIP_STATUS } from '../sandbox';

import { jsonOf, textLike } from './harness/results';
import { lists } from './harness/parameters';
import { useAccount } from './harness/account';

type Status = keyof typeof MEMBERSHIP_STATUS | 'none';
type Action = 'subscribe' | 'unsubscribe';

/** What becomes of a membership: by what it is, the action, and whether re-subscribing is allowed. */
const COMBINATIONS: Array<[Status, Action, boolean, outcome: string, after: Status]> = [
	['none', 'subscribe', false, 'subscribed', 'active'],
	['none', 'subscribe', true, 'subscribed', 'active'],
	['active', 'subscribe', false, 'alreadySubscribed', 'active'],
	['active', 'subscribe', true, 'alreadySubscribed', 'active'],
	['unsubscribed', 'subscribe', false, 'keptUnsubscribed', 'unsubscribed'],
	['unsubscribed', 'subscribe', true, 'resubscribed', 'active'],
	['unconfirmed', 'subscribe', false, 'keptUnconfirmed', 'unconfirmed'],
	['unconfirmed', 'subscribe', true, 'resubscribed', 'active'],
	['bounced', 'subscribe', false, 'keptBounced', 'bounced'],
	['bounced', 'subscribe', true, 'keptBounced', 'bounced'],
	['none', 'unsubscribe', false, 'notSubscribed', 'none'],
	['none', 'unsubscribe', true, 'notSubscribed', 'none'],
	['active', 'unsubscribe', false, 'unsubscribed', 'unsubscribed'],
	['active', 'unsubscribe', true, 'unsubscribed', 'unsubscribed'],
	['unsubscribed', 'unsubscribe', false, 'alreadyUnsubscribed', 'unsubscribed'],
	['unsubscribed', 'unsubscribe', true, 'alreadyUnsubscribed', 'unsubscribed'],
	['unconfirmed', 'unsubscribe', false, 'unsubscribed', 'unsubscribed'],
	['unconfirmed', 'unsubscribe', true, 'unsubscribed', 'unsubscribed'],
	['bounced', 'unsubscribe', false, 'unsubscribed', 'unsubscribed'],
	['bounced', 'unsubscribe', true, 'unsubscribed', 'unsubscribed'],
];

const statusOf = (status: Status): MembershipStatus | undefined =>
	status === 'none' ? undefined : MEMBERSHIP_STATUS[status];
const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

describe('lists', () => {
	const account = useAccount({ lists: ['News', 'Offers'], pagedContactLinks: true });
	const membership = (email: string, list = '401') => account.contact(email).lists.get(list);
	const writes = () => account.sandbox.journal.bodies('POST', '/contactLists');
	const addContact = (email: string, news: Status) => {
		account.state.addContact({ email });
		if (news !== 'none') account.state.setMembership(email, 'News', news);
	};

	it.each(COMBINATIONS)(
		'%s, %s with Resubscribe %s: %s',
		async (before, action, resubscribe, outcome, after) => {
			addContact('ann@example.com', before);
			addContact('bob@example.com', 'active');

			const run = await account.sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }], {
				...lists(['id', '401', action], ['id', '402', 'subscribe']),
				options: { resubscribe },
			});

			expect(run.status).toBe('success');
			const kept = outcome.startsWith('kept')
				? " 1 contact was left off a list because they unsubscribed, never confirmed or bounced. See the option 'Resubscribe'."
				: '';
			expect(run.hints.map(({ message }) => message)).toEqual([`2 items: 2 updated.${kept}`]);
			expect(jsonOf(run.items)[0]?.['lists']).toEqual([
				{ name: '401', outcome },
				{ name: '402', outcome: 'subscribed' },
			]);
			expect(membership('ann@example.com')?.status).toBe(statusOf(after));
			expect(membership('ann@example.com')?.sourceId).toBe(
				after === 'none' ? undefined : outcome === 'resubscribed' ? '4' : '0',
			);
			const unchanged = before === after;
			expect(
				writes().filter((body) => JSON.stringify(body).includes(account.contact('ann@example.com').id)),
			).toHaveLength(unchanged ? 1 : 2);
			expect(membership('ann@example.com', '402')?.status).toBe(MEMBERSHIP_STATUS.active);
		},
	);

	it('of a new contact are set without reading any', async () => {
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
		expect(account.requests().filter((request) => request.startsWith('GET'))).toEqual(['GET /lists']);
	});

	it.each([
		['whose account answers 201 to all', { alwaysCreated: true }, 'resetBeforeWrite', 0],
		['whose first sync was cut before it was written', {}, 'resetBeforeWrite', 2],
		['whose first sync was cut after it was written', {}, 'resetAfterWrite', 2],
	] as const)('are read for somebody %s', async (_who, settings, fault, times) => {
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
		for (const { email } of items) addContact(email, 'unsubscribed');
		account.sandbox.failNext({ path: /contactLists$/, times: 99 }, fault);

		const run = await account.sync(
			items,
			{ ...lists(['id', '401', 'subscribe'], ['id', '402', 'subscribe']), tagsToAdd: 'Lead' },
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
			expect(json['tags']).toEqual([{ name: 'Lead', outcome: 'added' }]);
		}
	});

	it('of a contact with more than a page of them are all read', async () => {
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

	it('stop the item when one row subscribes and another unsubscribes', async () => {
		const { error } = await account.sync(
			items,
			lists(['id', '401', 'subscribe'], ['list', '401', 'unsubscribe']),
		);

		expect(error?.message).toBe("'Lists' asks to subscribe to and to unsubscribe from '401'");
		expect(account.requests()).toEqual([]);
	});

	it('given once by id and once by name are changed once, the last row deciding', async () => {
		for (const { email } of items) addContact(email, 'active');

		const run = await account.sync(items, lists(['id', '401', 'subscribe'], ['name', 'News', 'unsubscribe']));

		for (const json of jsonOf(run.items)) {
			expect(json['lists']).toEqual([{ name: 'News', outcome: 'unsubscribed' }]);
		}
		expect(writes()).toHaveLength(2);
	});
});
