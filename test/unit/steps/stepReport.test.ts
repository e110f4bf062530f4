import { AutomationStep } from '../../../nodes/ActiveCampaignSync/steps/automations';
import { CompanyStep } from '../../../nodes/ActiveCampaignSync/steps/company';
import { ListStep } from '../../../nodes/ActiveCampaignSync/steps/lists';
import { NoteStep } from '../../../nodes/ActiveCampaignSync/steps/note';
import type { Step, StepResult } from '../../../nodes/ActiveCampaignSync/steps/step';
import {
	failedSteps,
	labelOf,
	partialFailureMessage,
	plannedFailureMessage,
	problemsOutput,
	stepOutput,
	type FailedPart,
} from '../../../nodes/ActiveCampaignSync/steps/stepReport';
import { TagStep } from '../../../nodes/ActiveCampaignSync/steps/tags';
import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';

const done = (step: Step, outcome: string): StepResult => ({ step, outcome, meaning: {} });
const failed = (step: Step, message = 'No', description = ''): StepResult => ({
	step,
	outcome: 'failed',
	meaning: {},
	failure: new AccountFailure('rejected', message, description),
});
const list = (name: string, action: 'subscribe' | 'unsubscribe' = 'subscribe') =>
	new ListStep({ kind: 'list', mode: 'name', value: name, name }, action);
const automation = (name: string, action: 'enroll' | 'remove' = 'enroll') =>
	new AutomationStep({ kind: 'automation', mode: 'name', value: name, name }, action);
const company = (name: string) => new CompanyStep({ name, jobTitle: 'CTO', onlyIfBlank: false });

const results = [
	done(list('News'), 'subscribed'),
	failed(list('Offers'), 'Not allowed', 'Ask an admin'),
	done(automation('Welcome'), 'enrolled'),
	done(automation('Series'), 'alreadyEnrolled'),
	done(automation('Nurture'), 'enrolled'),
];
const contact = { email: 'ann@example.com', id: '7' };

describe('stepOutput', () => {
	it('contains only the kinds of steps that were requested, in the order of the output', () => {
		const output = stepOutput([...results.slice(2), ...results.slice(0, 2)]);

		expect(output).toStrictEqual({
			lists: { News: 'subscribed', Offers: 'failed' },
			automations: { Welcome: 'enrolled', Series: 'alreadyEnrolled', Nurture: 'enrolled' },
		});
		expect(Object.keys(output)).toEqual(['lists', 'automations']);
		expect(stepOutput([])).toEqual({});
	});

	it('tells two lists of one name by their IDs', () => {
		const picked = (value: string, name: string) =>
			done(new ListStep({ kind: 'list', mode: 'id', value, name }, 'subscribe'), `subscribed ${value}`);

		expect(stepOutput([picked('4', 'News'), picked('5', 'News'), picked('6', '__proto__')])).toEqual({
			lists: Object.fromEntries([
				['News (4)', 'subscribed 4'],
				['News (5)', 'subscribed 5'],
				['__proto__', 'subscribed 6'],
			]),
		});
	});

	it('has one object for the company and for the note, since a contact has one company and an item one note', () => {
		expect(
			stepOutput([done(company('Acme'), 'linked'), done(new NoteStep('Call \nback'), 'added')]),
		).toStrictEqual({ company: { name: 'Acme', outcome: 'linked' }, note: { outcome: 'added' } });
	});

	it('has one note with the number of notes where items were merged, failed if any of them failed', () => {
		expect(stepOutput([done(new NoteStep('One'), 'added'), failed(new NoteStep('Later'))])).toStrictEqual({
			note: { outcome: 'failed', count: 2 },
		});
	});
});

describe('failedSteps', () => {
	it('names each failed step with what could not be done, and the reason', () => {
		expect(failedSteps(results)).toEqual([
			{ what: 'list', name: 'Offers', verb: 'subscribed to', reason: 'Not allowed. Ask an admin' },
		]);
		expect(failedSteps(results.slice(2))).toEqual([]);
	});

	it.each([
		["list 'News'", 'unsubscribed from', list('News', 'unsubscribe')],
		["tag 'VIP'", 'added', new TagStep('VIP', 'add')],
		["tag 'VIP'", 'removed', new TagStep('VIP', 'remove')],
		["automation 'Welcome'", 'enrolled in', automation('Welcome')],
		["automation 'Welcome'", 'removed from', automation('Welcome', 'remove')],
		["company 'Acme'", 'linked', company('Acme')],
		['job title', 'set', company('')],
		["note 'Call back'", 'added', new NoteStep('Call\nback')],
		[`note '${'x'.repeat(80)}…'`, 'added', new NoteStep('x'.repeat(81))],
	])('says that the %s was not %s', (what, verb, step) => {
		const parts = failedSteps([done(list('Other'), 'subscribed'), failed(step)]);
		expect(parts.map((part) => [labelOf(part), part.verb, part.reason])).toEqual([[what, verb, 'No']]);
	});
});

describe('partialFailureMessage', () => {
	it('says what was done, what could not be done and why, and what a repeat does', () => {
		const failedParts = [
			{ what: 'custom field', name: 'Age', verb: 'set', reason: 'Ignored' },
			...failedSteps(results),
		];

		const { message, description } = partialFailureMessage(contact, failedParts, results);

		expect(message).toBe(
			"The contact ann@example.com was saved (ID 7), but custom field 'Age' could not be set, it could not be subscribed to list 'Offers'",
		);
		expect(description).toBe(
			"Custom field 'Age': Ignored. List 'Offers': Not allowed. Ask an admin. Done: list 'News' (subscribed), automation 'Welcome' (enrolled), automation 'Series' (alreadyEnrolled), automation 'Nurture' (enrolled). Running the item again saves the contact and retries only what is missing (custom field 'Age', list 'Offers'). It also enrolls the contact again if it has finished automation 'Welcome' or automation 'Nurture'",
		);
	});

	it('names the first two things that could not be done, and the reasons for all', () => {
		const parts = (...names: string[]) =>
			names.map((name): FailedPart => ({ what: 'tag', name, verb: 'added', reason: 'No' }));
		const { message, description } = partialFailureMessage(contact, parts('A', 'B', 'C', 'D'), []);

		expect(message).toBe(
			"The contact ann@example.com was saved (ID 7), but tag 'A' could not be added, tag 'B' could not be added, and 2 more could not be done",
		);
		expect(description).toBe(
			"Tag 'A': No. Tag 'B': No. Tag 'C': No. Tag 'D': No. Running the item again saves the contact and retries only what is missing (tag 'A', tag 'B', tag 'C', tag 'D')",
		);
		expect(partialFailureMessage(contact, parts('A', 'B', 'C'), []).message).toMatch(
			/, and 1 more could not be done$/,
		);
	});

	it('says only of the steps that were done that another run repeats them', () => {
		const steps = [
			failed(new TagStep('VIP', 'add')),
			failed(automation('Welcome')),
			done(automation('Series', 'remove'), 'removed'),
		];

		expect(partialFailureMessage(contact, failedSteps(steps), steps).description).toBe(
			"Tag 'VIP': No. Automation 'Welcome': No. Done: automation 'Series' (removed). Running the item again saves the contact and retries only what is missing (tag 'VIP', automation 'Welcome')",
		);
	});

	it('says which automations and notes another run would repeat', () => {
		const notes = ['Call \nback', 'Write'].map((text) => done(new NoteStep(text), 'added'));
		const steps = [failed(company('Acme')), ...notes, done(automation('Welcome'), 'enrolled')];

		expect(partialFailureMessage(contact, failedSteps(steps), steps).description).toBe(
			"Company 'Acme': No. Done: note 'Call back' (added), note 'Write' (added), automation 'Welcome' (enrolled). Running the item again saves the contact and retries only what is missing (company 'Acme'). It also enrolls the contact again if it has finished automation 'Welcome' and adds note 'Call back' and note 'Write' again",
		);
	});
});

describe('What another run would do', () => {
	const field: FailedPart = {
		what: 'field',
		name: 'Color',
		verb: 'set completely',
		reason: 'Use one of its options',
		cause: "it has no option 'Pink'",
	};
	const again = (parts: readonly FailedPart[], isSkippedAgain = false) =>
		partialFailureMessage(contact, parts, results, isSkippedAgain).description.replace(
			/^.*?(?=Running the item again)/,
			'',
		);
	const unclear: FailedPart = { what: 'note', name: 'Hi', verb: 'added', reason: 'No', again: 'unclear' };

	it('is to retry what is unclear, which is said apart from what is missing', () => {
		expect(again([unclear, ...failedSteps(results)])).toMatch(
			/^Running the item again saves the contact and retries only what is missing \(list 'Offers'\) and what is unclear \(note 'Hi'\)\. It also enrolls/,
		);
		expect(again([unclear])).toMatch(
			/^Running the item again saves the contact and retries what is unclear \(note 'Hi'\)\./,
		);
	});

	it('is nothing about a blank field of which a part was filled', () => {
		expect(again([{ ...field, again: 'nothing' }])).toMatch(/^Running the item again saves the contact\. /);
	});

	it('is nothing at all where the item is skipped then', () => {
		expect(again([unclear, field], true)).toBe(
			"Running the item again skips the contact, which exists now: set 'Sync Mode' to 'Create or Update' to retry what is missing",
		);
	});

	it('follows from what is known of a step that failed', () => {
		const failure = new AccountFailure('noData', 'It is unclear', 'Look', { outcomeUnknown: true });
		const step = { ...failed(new NoteStep('Hi')), failure };
		expect(failedSteps([step, failed(new NoteStep('Ho'))]).map((part) => part.again)).toEqual([
			'unclear',
			undefined,
		]);
	});

	it('comes after a headline that names the job title', () => {
		const parts = failedSteps([failed(company(''))]);
		expect(partialFailureMessage(contact, parts, results).message).toMatch(
			/, but the job title could not be set$/,
		);
	});

	it('comes after a headline in which "it" is the contact, unless a field was named before', () => {
		const { message } = partialFailureMessage(contact, [field, ...failedSteps(results)], results);
		expect(message).toMatch(
			/'Color' was not set completely: it has no option 'Pink', the contact could not be subscribed to/,
		);
	});
});

describe('plannedFailureMessage', () => {
	it('says of the contact, or of a field, what would not be done', () => {
		const [offers] = failedSteps([failed(list('Offers'), 'Not allowed')]);
		const field: FailedPart = {
			what: 'field',
			name: 'Birthday',
			verb: 'saved',
			reason: 'R',
			cause: 'Not a date',
		};

		expect(plannedFailureMessage([...(offers ? [offers] : []), field])).toEqual({
			message:
				"In the real run, the contact could not be subscribed to list 'Offers', 'Birthday' would not be saved: Not a date",
			description: "List 'Offers': Not allowed. 'Birthday': R",
		});
	});
});

describe('problemsOutput', () => {
	it('has what was not done, and nothing where all was', () => {
		expect(problemsOutput([])).toEqual({});
		expect(problemsOutput(failedSteps([failed(company('Acme'), 'Not allowed')]))).toEqual({
			problems: [{ what: 'company', name: 'Acme', reason: 'Not allowed' }],
		});
	});
});
