import fc from 'fast-check';

import { decideMembership } from '../../../../nodes/ActiveCampaignSync/contact/steps/membership';

/** By the membership's status: without and with Resubscribe, and unsubscribing. */
const TABLE = [
	[undefined, 'subscribed', 'subscribed', 'notSubscribed'],
	['1', 'alreadySubscribed', 'alreadySubscribed', 'unsubscribed'],
	['2', 'keptUnsubscribed', 'resubscribed', 'alreadyUnsubscribed'],
	['3', 'keptUnconfirmed', 'resubscribed', 'unsubscribed'],
	['0', 'keptUnconfirmed', 'resubscribed', 'unsubscribed'],
	['4', 'keptBounced', 'keptBounced', 'unsubscribed'],
	['', 'keptBounced', 'keptBounced', 'unsubscribed'],
] as const;
const WRITES = new Map<string, unknown>([
	['subscribed', { status: 1 }],
	['resubscribed', { status: 1, sourceid: 4 }],
	['unsubscribed', { status: 2 }],
]);

describe('decideMembership', () => {
	it.each(TABLE)('for the status %j', (status, without, withResubscribe, leaving) => {
		const decisions = [
			decideMembership(status, 'subscribe', false),
			decideMembership(status, 'subscribe', true),
			decideMembership(status, 'unsubscribe', false),
			decideMembership(status, 'unsubscribe', true),
		];

		expect(decisions.map(({ outcome }) => outcome)).toEqual([without, withResubscribe, leaving, leaving]);
		for (const { outcome, write } of decisions) expect(write).toEqual(WRITES.get(outcome));
	});

	it('subscribes without leave only who was never on the list, whatever the status', () => {
		fc.assert(
			fc.property(fc.string(), (status) => {
				expect(decideMembership(status, 'subscribe', false).write).toBeUndefined();
			}),
		);
	});
});
