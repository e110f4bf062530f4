import fc from 'fast-check';

import {
	decideMembership,
	lists,
	ListStep,
	membershipOn,
} from '../../../nodes/ActiveCampaignSync/steps/lists';
import type { RecordReference } from '../../../nodes/ActiveCampaignSync/steps/reference';

import { failureOf, inputOf, openWork, responseOf } from './stepWork';

const byId = (value: string, name = value): RecordReference => ({ kind: 'list', mode: 'id', value, name });
const byName = (value: string): RecordReference => ({ kind: 'list', mode: 'name', value, name: value });

/** By the membership's status: to subscribe, to subscribe with Resubscribe, and to unsubscribe. */
const TABLE = [
	[undefined, 'subscribed', 'subscribed', 'notSubscribed'],
	['1', 'alreadySubscribed', 'alreadySubscribed', 'unsubscribed'],
	['2', 'keptUnsubscribed', 'resubscribed', 'alreadyUnsubscribed'],
	['91', 'keptRemoved', 'resubscribed', 'unsubscribed'],
	['0', 'keptUnconfirmed', 'keptUnconfirmed', 'unsubscribed'],
	['3', 'keptBounced', 'keptBounced', 'unsubscribed'],
	['42', 'kept', 'kept', 'unsubscribed'],
	['', 'kept', 'kept', 'unsubscribed'],
] as const;
/** The same for a contact whose mail bounced for good, where that changes anything. */
const OF_BOUNCED = new Map<string | undefined, [string, string]>([
	[undefined, ['keptBounced', 'keptBounced']],
	['2', ['keptUnsubscribed', 'keptBounced']],
	['91', ['keptRemoved', 'keptBounced']],
]);
const WRITES = new Map<string, unknown>([
	['subscribed', { status: 1 }],
	['resubscribed', { status: 1, sourceid: 4 }],
	['unsubscribed', { status: 2 }],
]);

describe.each([false, true])('a membership of a contact with hard bounces: %s', (hasBounced) => {
	it.each(TABLE)('with the status %j is decided by consent', (status, ...outcomes) => {
		const [without = '', withResubscribe = ''] = (hasBounced && OF_BOUNCED.get(status)) || outcomes;
		const membership = { status, hasBounced };

		const decisions = [
			decideMembership(membership, 'subscribe', false),
			decideMembership(membership, 'subscribe', true),
			decideMembership(membership, 'unsubscribe', false),
			decideMembership(membership, 'unsubscribe', true),
		];

		expect(decisions.map(({ outcome }) => outcome)).toEqual([
			without,
			withResubscribe,
			outcomes[2],
			outcomes[2],
		]);
		for (const { outcome, write, status: kept } of decisions) {
			expect(write).toEqual(WRITES.get(outcome));
			expect(kept).toBe(outcome === 'kept' ? status : undefined);
		}
	});
});

describe('a subscription', () => {
	it('is written without Resubscribe only for contacts that were never on the list, whatever the status', () => {
		fc.assert(
			fc.property(fc.string(), fc.boolean(), (status, hasBounced) => {
				expect(decideMembership({ status, hasBounced }, 'subscribe', false).write).toBeUndefined();
			}),
		);
	});

	it('is written with Resubscribe only over 2 and 91', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.integer().map(String)), (status) => {
				const { write } = decideMembership({ status, hasBounced: false }, 'subscribe', true);
				expect(write !== undefined).toBe(['2', '91'].includes(status));
			}),
		);
	});
});

describe('membershipOn', () => {
	it('is the status on that list, undefined without one', () => {
		const rows = [
			{ list: '400', status: '1' },
			{ list: 401, status: 2 },
		];

		expect(membershipOn(rows, '401', true)).toEqual({ status: '2', hasBounced: true });
		expect(membershipOn(rows, '402', false)).toEqual({ status: undefined, hasBounced: false });
	});
});

describe('the kind lists', () => {
	it('needs the lists of the contact, and is called by what it changes', () => {
		expect(lists).toMatchObject({ key: 'lists', noun: 'list', plural: 'lists', needs: 'contactLists' });
	});

	it('has for each outcome whether it is previewed, and why the contact was left off the list', () => {
		expect(Object.fromEntries(lists.outcomes)).toEqual({
			subscribed: { preview: 'wouldSubscribe' },
			resubscribed: { preview: 'wouldResubscribe' },
			alreadySubscribed: {},
			keptUnsubscribed: { leftOff: 'unsubscribed', canResubscribe: true },
			keptUnconfirmed: { leftOff: 'never confirmed' },
			keptBounced: { leftOff: 'bounced' },
			keptRemoved: { leftOff: 'removed from the list', canResubscribe: true },
			kept: { leftOff: 'with a status that ActiveCampaign does not explain' },
			unsubscribed: { preview: 'wouldUnsubscribe' },
			alreadyUnsubscribed: {},
			notSubscribed: {},
		});
	});

	it('says how two rows contradict each other', () => {
		expect(lists.contradiction?.('News', ['subscribe', 'unsubscribe'])).toEqual([
			"'Lists' both subscribes to and unsubscribes from 'News'",
			'Keep one of the two rows',
		]);
	});

	it('reads a step from each row, to subscribe unless another action is given', () => {
		const values = [
			{ list: { mode: 'list', value: '401', cachedResultName: 'News' } },
			{ list: { mode: 'name', value: 'Offers' }, action: 'unsubscribe' },
		];

		expect(lists.read(inputOf({ lists: { values } }))).toEqual([
			new ListStep(byId('401', 'News'), 'subscribe'),
			new ListStep(byName('Offers'), 'unsubscribe'),
		]);
		expect(lists.read(inputOf({}))).toEqual([]);
	});
});

describe('a list step', () => {
	it('is called by its list, and by whether that is for text messages', () => {
		expect(new ListStep(byId('401', 'News'), 'subscribe')).toMatchObject({
			kind: lists,
			name: 'News',
			subject: 'id 401',
			verb: 'subscribed to',
			id: '401',
		});
		expect(new ListStep(byName(' News '), 'unsubscribe', true)).toMatchObject({
			name: ' News  (SMS)',
			subject: 'name news',
			verb: 'unsubscribed from',
			id: '',
		});
	});

	it('by ID is not looked up; one by name becomes one by ID, with what is known of the list', async () => {
		const { lookups } = await openWork();
		const named = jest
			.spyOn(lookups, 'named')
			.mockImplementation(
				async (_kind, name) =>
					await Promise.resolve([name === 'Alerts' ? { id: '403', name, isSms: true } : { id: '402', name }]),
			);
		const known = new ListStep(byId('401'), 'subscribe');

		expect(await known.resolve(lookups)).toBe(known);
		expect(named).not.toHaveBeenCalled();
		expect(await new ListStep(byName('Offers'), 'unsubscribe').resolve(lookups)).toEqual(
			new ListStep(byId('402', 'Offers'), 'unsubscribe', false),
		);
		expect(await new ListStep(byName('Alerts'), 'subscribe').resolve(lookups)).toEqual(
			new ListStep(byId('403', 'Alerts'), 'subscribe', true),
		);
		expect(named.mock.calls).toEqual([
			['list', 'Offers'],
			['list', 'Alerts'],
		]);
	});

	it('knows whether its list is for text messages from the list, from the name that was picked, or by looking it up', async () => {
		const { lookups } = await openWork();
		const withId = jest
			.spyOn(lookups, 'withId')
			.mockImplementation(async (_kind, id) => await Promise.resolve({ id, name: 'x', isSms: id === '409' }));
		const isForSms = async (reference: RecordReference, isSms?: boolean) =>
			await new ListStep(reference, 'subscribe', isSms).isForSms(lookups);

		expect(await isForSms(byId('409'), false)).toBe(false);
		expect(await isForSms(byId('401'), true)).toBe(true);
		expect(await isForSms(byId('409', 'News'))).toBe(false);
		expect(withId).not.toHaveBeenCalled();
		expect(await isForSms(byId('401', 'News (SMS)'))).toBe(false);
		expect(await isForSms(byId('409', 'News (SMS)'))).toBe(true);
		expect(await isForSms(byId('409'))).toBe(true);
		expect(await isForSms(byId('401'))).toBe(false);
		expect(withId.mock.calls.map(([kind, id]) => `${kind} ${id}`)).toEqual([
			...['list 401', 'list 409', 'list 409', 'list 401'],
		]);
	});

	it('takes a list that cannot be looked up for one by email, but not when it was stopped', async () => {
		const { lookups } = await openWork();
		const withId = jest.spyOn(lookups, 'withId');
		const step = new ListStep(byId('409'), 'subscribe');

		withId.mockRejectedValueOnce(failureOf('forbidden'));
		expect(await step.isForSms(lookups)).toBe(false);
		withId.mockResolvedValueOnce(undefined);
		expect(await step.isForSms(lookups)).toBe(false);
		const stop = failureOf('stopped');
		withId.mockRejectedValueOnce(stop);
		await expect(step.isForSms(lookups)).rejects.toBe(stop);
	});
});

describe('carrying out a list step', () => {
	const news = { list: '401', status: '2' };
	const offers = { list: '402', status: '1' };
	const subscribe = new ListStep(byId('401', 'News'), 'subscribe', false);
	const unsubscribe = new ListStep(byId('402', 'Offers'), 'unsubscribe', false);

	it('writes what was decided, while what was read is fresh', async () => {
		const { work, call, part } = await openWork({
			readings: [{ contactLists: [news, offers] }],
			resubscribe: true,
		});
		call.mockResolvedValue(responseOf());

		const outcomes = [await subscribe.carryOut(work), await unsubscribe.carryOut(work)];

		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['resubscribed', 'unsubscribed']);
		expect(part.mock.calls).toEqual([
			['contactLists', undefined],
			['contactLists', undefined],
		]);
		const body = (list: string, more: object) => ({ contactList: { list, contact: '7', ...more } });
		expect(call.mock.calls.map(([request]) => request)).toMatchObject([
			{ method: 'POST', path: '/contactLists', body: body('401', { status: 1, sourceid: 4 }) },
			{ method: 'POST', path: '/contactLists', body: body('402', { status: 2 }) },
		]);
		expect(call.mock.calls.map(([{ purpose }]) => purpose)).toEqual([
			{ action: "change the subscription to list 'News'", permission: 'edit contacts and lists' },
			{ action: "change the subscription to list 'Offers'", permission: 'edit contacts and lists' },
		]);
		for (const [{ notAfter = NaN }] of call.mock.calls) {
			expect(notAfter - performance.now()).toBeGreaterThan(0);
			expect(notAfter - performance.now()).toBeLessThanOrEqual(10_000);
		}
	});

	it('writes nothing where there is nothing to do, and gives the status that was kept', async () => {
		const { work, call } = await openWork({ readings: [{ contactLists: [{ list: '401', status: '42' }] }] });

		expect(await subscribe.carryOut(work)).toEqual({ outcome: 'kept', status: '42' });
		expect(await unsubscribe.carryOut(work)).toEqual({ outcome: 'notSubscribed' });
		expect(call).not.toHaveBeenCalled();
	});

	it('is only decided in a dry run', async () => {
		const { work, call } = await openWork({ readings: [{ contactLists: [offers] }], isDryRun: true });

		expect((await subscribe.carryOut(work)).outcome).toBe('subscribed');
		expect((await unsubscribe.carryOut(work)).outcome).toBe('unsubscribed');
		expect(call).not.toHaveBeenCalled();
	});

	it.each([
		['alreadySubscribed', { list: '401', status: '1' }, subscribe, [], 'subscribed'],
		['alreadyUnsubscribed', { list: '402', status: '2' }, unsubscribe, [offers], 'unsubscribed'],
	] as const)(
		'takes "%s" after a write whose response was lost for what that write did',
		async (_outcome, after, step, before, expected) => {
			const { work, call } = await openWork({
				readings: [{ contactLists: before }, { contactLists: [after] }],
			});
			call.mockRejectedValueOnce(failureOf('stale', { outcomeUnknown: true }));

			expect((await step.carryOut(work)).outcome).toBe(expected);
			expect(call).toHaveBeenCalledTimes(1);
		},
	);

	it('takes what exists after a write that was not sent for what others did', async () => {
		const { work, call } = await openWork({
			readings: [{ contactLists: [] }, { contactLists: [{ list: '401', status: '1' }] }],
		});
		call.mockRejectedValueOnce(failureOf('stale'));

		expect((await subscribe.carryOut(work)).outcome).toBe('alreadySubscribed');
	});

	it('gives the outcome of the last round where the contact was changed in between', async () => {
		const { work, call } = await openWork({
			readings: [{ contactLists: [] }, { contactLists: [news] }],
		});
		call.mockRejectedValueOnce(failureOf('stale', { outcomeUnknown: true }));

		expect((await subscribe.carryOut(work)).outcome).toBe('keptUnsubscribed');
	});

	it('fails with what the request failed with', async () => {
		const { work, call } = await openWork();
		const failure = failureOf('forbidden');
		call.mockRejectedValueOnce(failure);

		await expect(subscribe.carryOut(work)).rejects.toBe(failure);
	});

	it('finds out whether mail to the contact bounced, where that is not known and decides', async () => {
		for (const [action, hasBounced, outcome, asked] of [
			['subscribe', true, 'keptBounced', 1],
			['subscribe', false, 'subscribed', 1],
			['unsubscribe', true, 'notSubscribed', 0],
		] as const) {
			const readHasBounced = jest.fn(async () => await Promise.resolve(hasBounced));
			const { work, call } = await openWork({ contact: { hasBounced: undefined, readHasBounced } });
			call.mockResolvedValue(responseOf());

			const step = new ListStep(byId('401', 'News'), action, false);

			expect(await step.carryOut(work)).toMatchObject({ outcome });
			expect(readHasBounced).toHaveBeenCalledTimes(asked);
			expect(call).toHaveBeenCalledTimes(outcome === 'subscribed' ? 1 : 0);
		}
	});
});

describe('a subscription to a list for text messages', () => {
	const alerts = new ListStep(byId('403', 'Alerts'), 'subscribe', true);

	it('of a contact without a phone number is refused, also in a dry run', async () => {
		for (const isDryRun of [false, true]) {
			const { work, call } = await openWork({ isDryRun, contact: { hasPhone: false } });
			await expect(alerts.carryOut(work)).rejects.toMatchObject({
				kind: 'invalidInput',
				message: 'the contact has no phone number, and the list is for text messages (SMS)',
				description: "Fill in 'Phone', or choose an email list",
			});
			expect(call).not.toHaveBeenCalled();
		}
	});

	it('finds out whether the contact has a phone number, where that is not known', async () => {
		for (const hasPhone of [true, false]) {
			const readHasPhone = jest.fn(async () => await Promise.resolve(hasPhone));
			const { work, call } = await openWork({ contact: { readHasPhone } });
			call.mockResolvedValue(responseOf());
			const done = alerts.carryOut(work);
			if (hasPhone) expect((await done).outcome).toBe('subscribed');
			else await expect(done).rejects.toThrow('the contact has no phone number');
			expect(readHasPhone).toHaveBeenCalledTimes(1);
		}
	});

	it.each([
		['of a contact with a phone number', { hasPhone: true }, alerts],
		['to another list', { hasPhone: false }, new ListStep(byId('401', 'News'), 'subscribe', false)],
	])('asks for nothing more: %s', async (_what, contact, step) => {
		const { work, call, lookups } = await openWork({ contact });
		const withId = jest.spyOn(lookups, 'withId');
		call.mockResolvedValue(responseOf());

		expect((await step.carryOut(work)).outcome).toBe('subscribed');
		expect(withId).not.toHaveBeenCalled();
	});

	it('needs no phone number to stay or to leave', async () => {
		const readings = [{ contactLists: [{ list: '403', status: '1' }] }];
		const { work, call } = await openWork({ contact: { hasPhone: false }, readings });
		call.mockResolvedValue(responseOf());

		expect((await alerts.carryOut(work)).outcome).toBe('alreadySubscribed');
		const leave = new ListStep(byId('403', 'Alerts'), 'unsubscribe', true);
		expect((await leave.carryOut(work)).outcome).toBe('unsubscribed');
	});
});
