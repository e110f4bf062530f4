import {
	decideEnrollment,
	decideTag,
	membershipOn,
} from '../../../../nodes/ActiveCampaignSync/contact/steps/contactLinks';
import { wouldDo } from '../../../../nodes/ActiveCampaignSync/contact/steps/wouldDo';

const links = [
	{ id: '1', tag: '7' },
	{ id: '2', tag: 8 },
];

describe('decideTag', () => {
	it.each([
		['add', { id: '7' }, 'alreadyAdded'],
		['add', { id: '8', isCreated: true }, 'alreadyAdded'],
		['add', { id: '9' }, 'added'],
		['add', { id: '9', isCreated: true }, 'created'],
		['add', { id: undefined }, 'created'],
		['remove', { id: '8' }, 'removed'],
		['remove', { id: '9' }, 'notThere'],
		['remove', { id: undefined }, 'notThere'],
	] as const)('to %s %j is %s', (action, tag, outcome) => {
		expect(decideTag(action, tag, links).outcome).toBe(outcome);
	});

	it("gives the contact's own links to the tag", () => {
		expect(decideTag('remove', { id: '8' }, links).own).toEqual([links[1]]);
	});
});

describe('decideEnrollment', () => {
	it.each([
		['nothing', [], 'enrolled'],
		['the automation under way', [{ automation: '5', status: '1', completed: 0 }], 'alreadyEnrolled'],
		['the automation finished', [{ automation: '5', status: '2', completed: 1 }], 'enrolled'],
		['another automation', [{ automation: '6', status: '1' }], 'enrolled'],
	])('of a contact with %s', (_what, rows, outcome) => {
		expect(decideEnrollment(rows, '5')).toBe(outcome);
	});
});

describe('membershipOn', () => {
	it('is the status on that list, undefined without one', () => {
		const rows = [{ list: '401', status: 2 }];

		expect(membershipOn(rows, '401', true)).toEqual({ status: '2', hasBounced: true });
		expect(membershipOn(rows, '402', false)).toEqual({ status: undefined, hasBounced: false });
	});
});

describe('wouldDo', () => {
	it('changes the tense of what changes something, and nothing else', () => {
		expect(wouldDo('resubscribed')).toBe('wouldResubscribe');
		expect(wouldDo('created')).toBe('wouldCreateTag');
		expect(wouldDo('keptUnsubscribed')).toBe('keptUnsubscribed');
	});
});
