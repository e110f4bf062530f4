import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { automations, AutomationStep } from '../../../nodes/ActiveCampaignSync/steps/automations';
import { company, CompanyStep } from '../../../nodes/ActiveCampaignSync/steps/company';
import { lists, ListStep } from '../../../nodes/ActiveCampaignSync/steps/lists';
import { note, NoteStep } from '../../../nodes/ActiveCampaignSync/steps/note';
import type { RecordReference } from '../../../nodes/ActiveCampaignSync/steps/reference';
import {
	mergeSteps,
	neededParts,
	readSteps,
	resolveSteps,
	runSteps,
	STEP_KINDS,
	type ResolvedStep,
} from '../../../nodes/ActiveCampaignSync/steps/runSteps';
import type { Step, StepKind, StepOutcome, StepWork } from '../../../nodes/ActiveCampaignSync/steps/step';
import { tags, TagStep } from '../../../nodes/ActiveCampaignSync/steps/tags';

import { inputErrorOf } from '../input/inputErrorOf';
import { failureOf, inputOf, openWork } from './stepWork';

const reference = (kind: 'list' | 'automation', value: string, name = value): RecordReference => ({
	kind,
	mode: /^\d+$/.test(value) ? 'id' : 'name',
	value,
	name,
});
const list = (action: 'subscribe' | 'unsubscribe', value: string, name = value) =>
	new ListStep(reference('list', value, name), action);
const automation = (action: 'enroll' | 'remove', value: string, name = value) =>
	new AutomationStep(reference('automation', value, name), action);
const add = (name: string) => new TagStep(name, 'add');
const remove = (name: string) => new TagStep(name, 'remove');
const change = (name: string, jobTitle = '', onlyIfBlank = false) =>
	new CompanyStep({ name, jobTitle, onlyIfBlank });

/** In short, e.g. "add Lead". */
const shown = (steps: readonly Step[]) => steps.map(({ action, name }) => `${action} ${name}`);

describe('the kinds of steps', () => {
	it('are in the order of the output', () => {
		expect(STEP_KINDS).toEqual([lists, tags, automations, company, note]);
	});
});

describe('mergeSteps', () => {
	it('keeps each list, tag and automation once, the last time that it is asked for', () => {
		const merged = mergeSteps([
			list('subscribe', 'News'),
			list('subscribe', ' news '),
			list('unsubscribe', '401'),
			...['Lead', 'LEAD'].map(add),
			remove('Old'),
			...[automation('enroll', '801'), automation('enroll', '801', 'Welcome')],
			automation('enroll', 'x801'),
		]);

		expect(shown(merged)).toEqual([
			...['subscribe  news ', 'unsubscribe 401', 'add LEAD', 'remove Old'],
			...['enroll Welcome', 'enroll x801'],
		]);
	});

	it('lets a later item decide about the same thing, in its place', () => {
		const merged = mergeSteps([
			list('subscribe', '401'),
			list('subscribe', '402'),
			add('Lead'),
			automation('enroll', '801'),
			list('subscribe', 'News'),
			list('unsubscribe', '401'),
			remove('lead'),
			automation('enroll', '802'),
			automation('remove', '801'),
		]);

		expect(shown(merged)).toEqual([
			...['subscribe 402', 'subscribe News', 'unsubscribe 401', 'remove lead'],
			...['enroll 802', 'remove 801'],
		]);
	});

	it('does not mix up kinds that have the same name or ID, nor strange names', () => {
		const steps = [list('subscribe', '7'), automation('enroll', '7'), add('7'), new NoteStep('7')];
		expect(mergeSteps(steps)).toEqual(steps);
		expect(shown(mergeSteps(['__proto__', 'x', '__proto__'].map(add)))).toEqual(['add x', 'add __proto__']);
		expect(mergeSteps([])).toEqual([]);
	});

	it('combines the latest company and the latest job title that are given', () => {
		const merged = mergeSteps([change('Acme', 'CEO'), change('Best'), change('Apex'), change('', 'CTO')]);

		expect(merged).toEqual([change('Apex', 'CTO')]);
		expect(mergeSteps([change('Acme')])).toEqual([change('Acme')]);
	});

	it('combines the first company and job title where only blanks are filled', () => {
		const merged = mergeSteps([
			change('', 'CEO', true),
			change('Acme', 'CTO', true),
			change('Apex', '', true),
		]);

		expect(merged).toEqual([change('Acme', 'CEO', true)]);
	});

	it('keeps all notes in their order, each text once', () => {
		const texts = ['One', 'Two', 'One', 'Three', 'Two'];

		expect(mergeSteps(texts.map((text) => new NoteStep(text)))).toEqual(
			['One', 'Two', 'Three'].map((text) => new NoteStep(text)),
		);
	});
});

describe('readSteps', () => {
	const rows = (key: string, ...values: Array<readonly [string, string]>) => ({
		values: values.map(([value, action]) => ({ [key]: { mode: 'name', value }, action })),
	});

	it('reads all kinds, each list, tag and automation once', () => {
		const steps = readSteps(
			inputOf({
				lists: rows('list', ['News', 'subscribe'], ['Offers', 'unsubscribe'], ['news', 'subscribe']),
				tagsToAdd: 'Lead, VIP',
				tagsToRemove: 'Old',
				automations: rows('automation', ['Welcome', 'enroll'], ['Series', 'remove']),
				additionalFields: { company: 'Acme', note: 'Call back' },
			}),
		);

		expect(shown(steps)).toEqual([
			...['unsubscribe Offers', 'subscribe news', 'add Lead', 'add VIP', 'remove Old'],
			...['enroll Welcome', 'remove Series', ' Acme', 'add Call back'],
		]);
	});

	it('reads nothing where nothing is asked for', () => {
		expect(readSteps(inputOf({}))).toEqual([]);
	});

	it.each([
		[
			{ lists: rows('list', ['News', 'subscribe'], ['Offers', 'subscribe'], [' NEWS', 'unsubscribe']) },
			"'Lists' both subscribes to and unsubscribes from 'News'",
			'Keep one of the two rows',
		],
		[
			{ tagsToAdd: 'Old, Lead', tagsToRemove: 'VIP, lead' },
			"The tag 'Lead' is in both 'Tags to Add' and 'Tags to Remove'",
			'Keep it in one of the two',
		],
		[
			{ automations: rows('automation', ['Series', 'enroll'], ['Welcome', 'enroll'], ['welcome', 'remove']) },
			"'Automations' both enrolls in and removes from 'Welcome'",
			'Keep one of the two rows',
		],
	])('rejects %j, which contradicts itself', (parameters, message, description) => {
		expect(inputErrorOf(() => readSteps(inputOf(parameters)))).toMatchObject({ message, description });
	});

	it('compares a tag with tags only', () => {
		const parameters = { tagsToRemove: 'name news', lists: rows('list', ['News', 'subscribe']) };
		expect(shown(readSteps(inputOf(parameters)))).toEqual(['subscribe News', 'remove name news']);
	});
});

describe('neededParts', () => {
	it('are those of the kinds of steps, and the custom values only if they are needed', () => {
		expect(neededParts([], false)).toEqual([]);
		expect(neededParts([], true)).toEqual(['fieldValues']);
		expect(neededParts([new NoteStep('One'), change('Acme'), add('Lead'), remove('Old')], false)).toEqual([
			...['contactTags', 'accountContacts'],
		]);
		expect(neededParts([automation('enroll', '801'), list('subscribe', '401')], true)).toEqual([
			...['contactLists', 'contactAutomations', 'fieldValues'],
		]);
	});
});

describe('resolveSteps', () => {
	it('looks up what is known by name only, and keeps the order', async () => {
		const { lookups } = await openWork();
		jest.spyOn(lookups, 'named').mockResolvedValue([{ id: '401', name: 'News' }]);
		jest.spyOn(lookups.tags, 'find').mockResolvedValue('9');
		const steps = [list('subscribe', 'News'), add('Lead'), remove('Old'), new NoteStep('One')];

		expect(await resolveSteps(steps, lookups)).toEqual([
			{ step: new ListStep({ ...reference('list', '401'), name: 'News' }, 'subscribe', false) },
			{ step: add('Lead') },
			{ step: new TagStep('Old', 'remove', '9') },
			{ step: new NoteStep('One') },
		]);
	});

	it('lets the later one decide where a list or automation is asked for by its name and by its ID', async () => {
		const { lookups } = await openWork();
		const found = { News: '401', Welcome: '801' };
		jest
			.spyOn(lookups, 'named')
			.mockImplementation(
				async (_kind, name) =>
					await Promise.resolve(
						Object.entries(found).flatMap(([one, id]) => (one === name ? { id, name } : [])),
					),
			);
		const steps = [
			...[list('subscribe', 'News'), list('subscribe', '402'), list('unsubscribe', '401')],
			...[automation('remove', '801'), automation('enroll', 'Welcome')],
		];

		const resolved = await resolveSteps(steps, lookups);

		expect(shown(resolved.map(({ step }) => step))).toEqual([
			...['subscribe 402', 'unsubscribe 401', 'enroll Welcome'],
		]);
	});

	it('keeps why something was not found with its step, and looks up the others', async () => {
		const { lookups } = await openWork();
		const failure = failureOf('forbidden');
		jest.spyOn(lookups, 'named').mockRejectedValue(failure);
		jest.spyOn(lookups.tags, 'find').mockResolvedValue('9');
		const lost = list('subscribe', 'News');

		expect(await resolveSteps([lost, remove('Old')], lookups)).toEqual([
			{ step: lost, failure },
			{ step: new TagStep('Old', 'remove', '9') },
		]);
	});

	it.each([failureOf('stopped'), new TypeError('A bug')])(
		'throws that it was stopped, and bugs: %s',
		async (thrown) => {
			const { lookups } = await openWork();
			jest.spyOn(lookups, 'named').mockRejectedValue(thrown);

			await expect(resolveSteps([add('Lead'), list('subscribe', 'News')], lookups)).rejects.toBe(thrown);
		},
	);
});

describe('runSteps', () => {
	/** A step of a kind that ends as given. */
	function fake(
		kind: StepKind,
		name: string,
		carryOut: (work: StepWork) => StepOutcome | Promise<StepOutcome>,
	): ResolvedStep & { readonly step: Step } {
		const step: Step = {
			...{ kind, name, subject: name, action: '', verb: 'done' },
			carryOut: async (work) => await carryOut(work),
		};
		return { step };
	}
	const ends = (outcome: string) => () => ({ outcome });
	const fails = (thrown: Error) => () => {
		throw thrown;
	};

	it('gives what became of each step, kind by kind, with what that means', async () => {
		const { work } = await openWork();
		const resolved = [
			fake(company, 'Acme', ends('createdAndLinked')),
			fake(lists, 'News', () => ({ outcome: 'kept', status: '42' })),
			fake(tags, 'Lead', ends('added')),
			fake(lists, 'Offers', ends('subscribed')),
		];

		expect(await runSteps(resolved, work)).toEqual([
			{
				step: resolved[1]?.step,
				outcome: 'kept',
				meaning: lists.outcomes.get('kept'),
				warning: expect.stringContaining("status on list 'News' is '42'") as unknown,
			},
			{ step: resolved[3]?.step, outcome: 'subscribed', meaning: { preview: 'wouldSubscribe' } },
			{ step: resolved[2]?.step, outcome: 'added', meaning: { preview: 'wouldAdd' } },
			{
				step: resolved[0]?.step,
				outcome: 'createdAndLinked',
				meaning: { preview: 'wouldCreateAndLink', isNewRecord: true },
			},
		]);
		expect(await runSteps([], work)).toEqual([]);
	});

	it('says in a dry run what would be done, and leaves an outcome as it is that changes nothing', async () => {
		const { work } = await openWork({ isDryRun: true });
		const resolved = [
			fake(lists, 'News', ends('subscribed')),
			fake(lists, 'Offers', ends('keptUnsubscribed')),
			fake(tags, 'Lead', ends('created')),
			fake(tags, 'Old', ends('notThere')),
			fake(automations, 'Welcome', ends('enrolled')),
			fake(company, 'Acme', ends('unchanged')),
			fake(note, 'One', ends('added')),
			fake(note, 'Two', ends('somethingNew')),
		];

		const results = await runSteps(resolved, work);

		expect(results.map(({ outcome }) => outcome)).toEqual([
			...['wouldSubscribe', 'keptUnsubscribed', 'wouldCreateTag', 'notThere'],
			...['wouldEnroll', 'unchanged', 'wouldAdd', 'somethingNew'],
		]);
		expect(results[1]?.meaning).toEqual({ leftOff: 'unsubscribed', canResubscribe: true });
		expect(results[7]?.meaning).toEqual({});
	});

	it('does the others when one fails, or was not found', async () => {
		const { work } = await openWork();
		const [refused, unusable, missing] = [
			failureOf('rejected'),
			new InputError('No', 'Do'),
			failureOf('notFound'),
		];
		const carryOut = jest.fn(ends('subscribed'));
		const resolved = [
			fake(lists, 'News', fails(refused)),
			{ ...fake(lists, 'Offers', carryOut), failure: missing },
			fake(lists, 'Alerts', ends('subscribed')),
			fake(tags, 'Lead', ends('added')),
			fake(note, 'One', fails(unusable)),
		];

		const results = await runSteps(resolved, work);

		expect(results.map(({ outcome, failure }) => [outcome, failure])).toEqual([
			['failed', refused],
			['failed', missing],
			['subscribed', undefined],
			['added', undefined],
			['failed', unusable],
		]);
		expect(results.map(({ meaning }) => Object.keys(meaning).length)).toEqual([0, 0, 1, 1, 0]);
		expect(results.map(({ step }) => step)).toEqual(resolved.map(({ step }) => step));
		expect(carryOut).not.toHaveBeenCalled();
	});

	it('says that a step failed also in a dry run', async () => {
		const { work } = await openWork({ isDryRun: true });
		const [one, other] = await runSteps(
			[fake(lists, 'News', fails(failureOf('rejected'))), fake(lists, 'Offers', ends('subscribed'))],
			work,
		);

		expect([one?.outcome, other?.outcome]).toEqual(['failed', 'wouldSubscribe']);
	});

	it.each([failureOf('stopped'), new TypeError('A bug')])(
		'throws that it was stopped, and bugs: %s',
		async (thrown) => {
			const { work } = await openWork();
			const resolved = [fake(lists, 'News', ends('subscribed')), fake(tags, 'Lead', fails(thrown))];

			await expect(runSteps(resolved, work)).rejects.toBe(thrown);
		},
	);

	it('carries steps out side by side', async () => {
		const { work } = await openWork();
		const begun: string[] = [];
		let goOn = () => {};
		const allBegun = new Promise<void>((resolve) => {
			goOn = resolve;
		});
		const wait = (name: string) => async () => {
			begun.push(name);
			if (begun.length === 3) goOn();
			await allBegun;
			return { outcome: 'done' };
		};
		const resolved = [
			...['News', 'Offers'].map((name) => fake(lists, name, wait(name))),
			fake(note, 'One', wait('One')),
		];

		expect(await runSteps(resolved, work)).toHaveLength(3);
		expect(begun).toEqual(['News', 'Offers', 'One']);
	});

	it('gives each step the steps that were found, and what became of those of another kind', async () => {
		const { work } = await openWork();
		const seen: unknown[] = [];
		const resolved: ResolvedStep[] = [
			fake(automations, 'Welcome', async ({ steps, resultsOf }) => {
				seen.push(steps.map(({ name }) => name));
				for (const kind of [lists, tags]) {
					seen.push((await resultsOf(kind)).map(({ step, outcome }) => [step.name, outcome]));
				}
				return { outcome: 'enrolled' };
			}),
			{ ...fake(lists, 'Gone', ends('subscribed')), failure: failureOf('notFound') },
			fake(lists, 'News', async () => await Promise.resolve({ outcome: 'subscribed' })),
		];

		await runSteps(resolved, work);

		expect(seen).toEqual([
			['Welcome', 'News'],
			[
				['Gone', 'failed'],
				['News', 'subscribed'],
			],
			[],
		]);
	});

	it('gives each step what the run has', async () => {
		const { work } = await openWork({ resubscribe: true });
		const { contact, scope, lookups } = work;
		const carryOut = jest.fn<StepOutcome, [StepWork]>(() => ({ outcome: 'added' }));

		await runSteps([fake(tags, 'Lead', carryOut)], {
			contact,
			scope,
			lookups,
			resubscribe: true,
			isDryRun: false,
		});

		expect(carryOut.mock.calls[0]?.[0]).toMatchObject({
			contact,
			scope,
			lookups,
			resubscribe: true,
			isDryRun: false,
		});
	});
});
