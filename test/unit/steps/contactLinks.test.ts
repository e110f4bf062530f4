import {
	decideEnrollment,
	decideTag,
	membershipOn,
} from '../../../nodes/ActiveCampaignSync/steps/contactLinks';

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
	] as const)('of %s with %j is %s', (action, tag, outcome) => {
		expect(decideTag(action, tag, links).outcome).toBe(outcome);
	});

	it("gives the contact's own links to the tag", () => {
		expect(decideTag('remove', { id: '8' }, links).own).toEqual([links[1]]);
	});
});

describe('decideEnrollment', () => {
	const inFlight = { id: '1', automation: '5', status: '1', completed: 0 };
	const finished = { id: '2', automation: '5', status: '2', completed: 1 };
	const ended = { id: '4', automation: '5', status: 2, completed: 0 };
	const completed = { id: '5', automation: '5', status: '1', completed: 1 };
	const other = { id: '3', automation: '6', status: '1' };

	it.each([
		['nothing', [], 'enrolled', 'notEnrolled'],
		['the automation under way', [inFlight], 'alreadyEnrolled', 'removed'],
		['the automation finished', [finished], 'enrolled', 'notEnrolled'],
		['the automation left by removal', [ended], 'enrolled', 'notEnrolled'],
		['the automation marked as completed only', [completed], 'enrolled', 'notEnrolled'],
		['another automation', [other], 'enrolled', 'notEnrolled'],
	])('decides for a contact with %s', (_what, rows, onEnroll, onRemove) => {
		expect(decideEnrollment('enroll', rows, '5').outcome).toBe(onEnroll);
		expect(decideEnrollment('remove', rows, '5').outcome).toBe(onRemove);
	});

	it('gives the entries of the automation that are under way', () => {
		expect(decideEnrollment('remove', [finished, inFlight, other], '5').entries).toEqual([inFlight]);
	});
});

describe('membershipOn', () => {
	it('is the status on that list, undefined without one', () => {
		const rows = [{ list: '401', status: 2 }];

		expect(membershipOn(rows, '401', true)).toEqual({ status: '2', hasBounced: true });
		expect(membershipOn(rows, '402', false)).toEqual({ status: undefined, hasBounced: false });
	});
});
