import { toPreviewOutcome } from '../../../nodes/ActiveCampaignSync/steps/toPreviewOutcome';

describe('toPreviewOutcome', () => {
	it.each([
		['subscribed', 'wouldSubscribe'],
		['resubscribed', 'wouldResubscribe'],
		['unsubscribed', 'wouldUnsubscribe'],
		['added', 'wouldAdd'],
		['created', 'wouldCreateTag'],
		['removed', 'wouldRemove'],
		['enrolled', 'wouldEnroll'],
		['linked', 'wouldLink'],
		['createdAndLinked', 'wouldCreateAndLink'],
		['moved', 'wouldMove'],
		['createdAndMoved', 'wouldCreateAndMove'],
		['titleChanged', 'wouldChangeTitle'],
	])('puts %s, which changes something, in another tense', (outcome, expected) => {
		expect(toPreviewOutcome(outcome)).toBe(expected);
	});

	it.each(['keptUnsubscribed', 'alreadyAdded', 'notThere', 'unchanged', 'failed'])(
		'leaves %s as it is, which changes nothing',
		(outcome) => {
			expect(toPreviewOutcome(outcome)).toBe(outcome);
		},
	);
});
