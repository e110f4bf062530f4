import fc from 'fast-check';

import { decideMembership } from '../../../nodes/ActiveCampaignSync/steps/membership';

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
