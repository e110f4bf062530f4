import {
	stepOutput,
	partialFailureMessage,
	failedSteps,
	type StepResults,
} from '../../../nodes/ActiveCampaignSync/steps/stepResults';

const results: StepResults = {
	lists: [
		{ name: 'News', outcome: 'subscribed' },
		{ name: 'Offers', outcome: 'failed', reason: 'Not allowed. Ask an admin', attempt: 'subscribed to' },
	],
	tags: [],
	automations: [
		{ name: 'Welcome', outcome: 'enrolled' },
		{ name: 'Series', outcome: 'alreadyEnrolled' },
		{ name: 'Nurture', outcome: 'enrolled' },
	],
	company: [],
	notes: [],
};
const nothing: StepResults = { lists: [], tags: [], automations: [], company: [], notes: [] };
const contact = { email: 'ann@example.com', id: '7' };

describe('stepOutput', () => {
	it('contains only the kinds of steps that were requested', () => {
		expect(stepOutput(results)).toStrictEqual({
			lists: [
				{ name: 'News', outcome: 'subscribed' },
				{ name: 'Offers', outcome: 'failed', reason: 'Not allowed. Ask an admin' },
			],
			automations: results.automations,
		});
		expect(stepOutput(nothing)).toEqual({});
	});
});

describe('a kept membership', () => {
	it('has its status in the output, where the outcome does not say it', () => {
		const kept = { name: 'News', outcome: 'kept', status: '42' };

		expect(stepOutput({ ...nothing, lists: [kept] })).toEqual({ lists: [kept] });
	});
});

describe('failedSteps', () => {
	it('names each failed step with the reason', () => {
		expect(failedSteps(results)).toEqual([
			{ what: "list 'Offers'", attempt: 'subscribed to', reason: 'Not allowed. Ask an admin' },
		]);
		expect(failedSteps({ ...results, lists: [] })).toEqual([]);
		expect(failedSteps({ ...nothing, tags: [{ name: 'VIP', outcome: 'failed' }] })).toEqual([
			{ what: "tag 'VIP'", attempt: 'done', reason: '' },
		]);
	});
});

describe('partialFailureMessage', () => {
	it('says what was done, what could not be done and why, and what a repeat does', () => {
		const failedParts = [
			{ what: "custom field 'Age'", attempt: 'set', reason: 'Ignored' },
			...failedSteps(results),
		];

		const { message, description } = partialFailureMessage(contact, failedParts, results);

		expect(message).toBe(
			"The contact ann@example.com was saved (ID 7), but custom field 'Age' could not be set, list 'Offers' could not be subscribed to",
		);
		expect(description).toBe(
			"Custom field 'Age': Ignored. List 'Offers': Not allowed. Ask an admin. Done: the contact, list 'News' (subscribed), automation 'Welcome' (enrolled), automation 'Series' (alreadyEnrolled), automation 'Nurture' (enrolled). Running the item again tries what is missing: custom field 'Age', list 'Offers'. It saves the contact once more, enrolls it again if it has finished automation 'Welcome' or automation 'Nurture' by then, and repeats nothing else",
		);
	});

	it('names the first two things that could not be done, and the reasons for all', () => {
		const failed = ['A', 'B', 'C', 'D'].map((name) => ({
			what: `tag '${name}'`,
			attempt: 'added',
			reason: 'No',
		}));
		const { message, description } = partialFailureMessage(contact, failed, nothing);

		expect(message).toBe(
			"The contact ann@example.com was saved (ID 7), but tag 'A' could not be added, tag 'B' could not be added, and 2 more could not be done",
		);
		expect(description).toMatch(
			/^Tag 'A': No\. Tag 'B': No\. Tag 'C': No\. Tag 'D': No\. Done: the contact\. /,
		);
	});

	it('leaves out the parts that are empty', () => {
		const steps = {
			...nothing,
			tags: [{ name: 'VIP', outcome: 'failed', reason: 'No', attempt: 'added' }],
		};

		expect(partialFailureMessage(contact, failedSteps(steps), steps).description).toBe(
			"Tag 'VIP': No. Done: the contact. Running the item again tries what is missing: tag 'VIP'. It saves the contact once more, and repeats nothing else",
		);
	});
});

describe('company and notes', () => {
	const linked = { name: 'Acme', outcome: 'linked' };
	const added = { name: 'Call \nback', outcome: 'added' };
	const addedToo = { name: 'Write', outcome: 'added' };
	const failed = { name: 'Later', outcome: 'failed', reason: 'No', attempt: 'added' };

	it('are objects in the output, since a contact has one company and an item one note', () => {
		expect(stepOutput({ ...nothing, company: [linked], notes: [added] })).toEqual({
			company: linked,
			note: { outcome: 'added' },
		});
	});

	it('are one note with their number where items were merged, failed if any of them failed', () => {
		expect(stepOutput({ ...nothing, notes: [added, failed] })).toEqual({
			note: { outcome: 'failed', reason: 'No', count: 2 },
		});
	});

	it('that failed are named, the job title for a company without a name', () => {
		const title = { name: '', outcome: 'failed', reason: 'No company', attempt: 'set' };

		expect(failedSteps({ ...nothing, company: [title], notes: [failed] }).map(({ what }) => what)).toEqual([
			'job title',
			"note 'Later'",
		]);
	});

	it('say which notes another run would add again', () => {
		const steps = { ...nothing, company: [{ ...failed, name: 'Acme' }], notes: [added, addedToo] };

		expect(partialFailureMessage(contact, failedSteps(steps), steps).description).toBe(
			"Company 'Acme': No. Done: the contact, note 'Call back' (added), note 'Write' (added). Running the item again tries what is missing: company 'Acme'. It saves the contact once more, adds note 'Call back' and note 'Write' again, and repeats nothing else",
		);
	});
});
