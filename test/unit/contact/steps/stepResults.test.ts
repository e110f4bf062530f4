import {
	stepOutput,
	partialFailureMessage,
	failedSteps,
	type StepResults,
} from '../../../../nodes/ActiveCampaignSync/contact/steps/stepResults';

const results: StepResults = {
	lists: [
		{ name: 'News', outcome: 'subscribed' },
		{ name: 'Offers', outcome: 'failed', reason: 'Not allowed. Ask an admin' },
	],
	tags: [],
	automations: [
		{ name: 'Welcome', outcome: 'enrolled' },
		{ name: 'Series', outcome: 'alreadyEnrolled' },
		{ name: 'Nurture', outcome: 'enrolled' },
	],
};
const contact = { email: 'ann@example.com', id: '7' };

describe('stepOutput', () => {
	it('holds the kinds that have a step', () => {
		expect(stepOutput(results)).toEqual({ lists: results.lists, automations: results.automations });
		expect(stepOutput({ lists: [], tags: [], automations: [] })).toEqual({});
	});
});

describe('failedSteps', () => {
	it('names what was not done, with the reason', () => {
		expect(failedSteps(results)).toEqual([{ what: "list 'Offers'", reason: 'Not allowed. Ask an admin' }]);
		expect(failedSteps({ ...results, lists: [] })).toEqual([]);
	});
});

describe('partialFailureMessage', () => {
	it('tells what was done, what not and why, and what a repeat does', () => {
		const failedParts = [{ what: "custom field 'Age'", reason: 'Ignored' }, ...failedSteps(results)];

		const { message, description } = partialFailureMessage(contact, failedParts, results);

		expect(message).toBe(
			"The contact ann@example.com was saved (id 7), but not all that was asked for could be done. Custom field 'Age': Ignored. List 'Offers': Not allowed. Ask an admin",
		);
		expect(description).toBe(
			"Done: the contact, list 'News' (subscribed), automation 'Welcome' (enrolled), automation 'Series' (alreadyEnrolled), automation 'Nurture' (enrolled). Running the item again tries what is missing: custom field 'Age', list 'Offers'. It saves the contact once more, enrols it again if it has finished automation 'Welcome' or automation 'Nurture' by then, and repeats nothing else",
		);
	});

	it('says no more than there is', () => {
		const steps = { lists: [], tags: [{ name: 'VIP', outcome: 'failed', reason: 'No' }], automations: [] };

		expect(partialFailureMessage(contact, failedSteps(steps), steps).description).toBe(
			"Done: the contact. Running the item again tries what is missing: tag 'VIP'. It saves the contact once more, and repeats nothing else",
		);
	});
});
