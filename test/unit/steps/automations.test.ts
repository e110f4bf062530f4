import {
	automations,
	AutomationStep,
	decideEnrollment,
	type AutomationAction,
} from '../../../nodes/ActiveCampaignSync/steps/automations';
import { lists, ListStep } from '../../../nodes/ActiveCampaignSync/steps/lists';
import type { RecordReference } from '../../../nodes/ActiveCampaignSync/steps/reference';
import type { StepKind, StepResult } from '../../../nodes/ActiveCampaignSync/steps/step';

import { pass, useFakeClock } from '../account/fakeAccount';
import { failureOf, inputOf, openWork, responseOf } from './stepWork';

const inFlight = { id: '1', automation: '5', status: '1', completed: 0 };
const finished = { id: '2', automation: '5', status: '2', completed: 1 };
const ended = { id: '4', automation: '5', status: 2, completed: 0 };
const completed = { id: '5', automation: '5', status: '1', completed: 1 };
const other = { id: '3', automation: '6', status: '1' };

const byId = (value: string, name = value): RecordReference => ({
	kind: 'automation',
	mode: 'id',
	value,
	name,
});
const byName = (value: string): RecordReference => ({ kind: 'automation', mode: 'name', value, name: value });

describe('decideEnrollment', () => {
	it.each([
		['nothing', [], 'enrolled', 'notEnrolled'],
		['the automation under way', [inFlight], 'alreadyEnrolled', 'removed'],
		['the automation finished', [finished], 'enrolled', 'notEnrolled'],
		['the automation left by removal', [ended], 'enrolled', 'notEnrolled'],
		['the automation marked as completed only', [completed], 'enrolled', 'notEnrolled'],
		['another automation', [other], 'enrolled', 'notEnrolled'],
		['the automation finished and under way', [finished, inFlight], 'alreadyEnrolled', 'removed'],
	])('decides for a contact with %s', (_what, rows, onEnroll, onRemove) => {
		const [enroll, remove] = [decideEnrollment('enroll', rows, '5'), decideEnrollment('remove', rows, '5')];

		expect([enroll.outcome, remove.outcome]).toEqual([onEnroll, onRemove]);
		expect([enroll.write, remove.write]).toEqual([onEnroll === 'enrolled' ? true : undefined, undefined]);
	});

	it('gives the entries of the automation that are under way', () => {
		for (const action of ['enroll', 'remove'] as const) {
			expect(decideEnrollment(action, [finished, inFlight, other], '5').entries).toEqual([inFlight]);
			expect(decideEnrollment(action, [finished, other], '5').entries).toEqual([]);
		}
	});
});

describe('the kind automations', () => {
	const result = (name: string, outcome: string): StepResult => ({
		step: new AutomationStep(byName(name), 'enroll'),
		outcome,
		meaning: {},
	});

	it('needs the automations of the contact, and is called by what it changes', () => {
		expect(automations).toMatchObject({
			...{ key: 'automations', noun: 'automation', plural: 'automations', needs: 'contactAutomations' },
		});
	});

	it('has for each outcome whether it is previewed', () => {
		expect(Object.fromEntries(automations.outcomes)).toEqual({
			enrolled: { preview: 'wouldEnroll' },
			alreadyEnrolled: {},
			enrolledBefore: {},
			removed: { preview: 'wouldRemove' },
			notEnrolled: {},
		});
	});

	it('says how two rows contradict each other', () => {
		expect(automations.contradiction?.('Welcome', ['enroll', 'remove'])).toEqual([
			"'Automations' both enrolls in and removes from 'Welcome'",
			'Keep one of the two rows',
		]);
	});

	it('reads a step from each row, to enroll unless another action is given', () => {
		const values = [
			{ automation: { mode: 'list', value: '5', cachedResultName: 'Welcome' } },
			{ automation: { mode: 'name', value: 'Series' }, action: 'remove' },
		];

		expect(automations.read(inputOf({ automations: { values } }))).toEqual([
			new AutomationStep(byId('5', 'Welcome'), 'enroll'),
			new AutomationStep(byName('Series'), 'remove'),
		]);
	});

	it('says in which automations another run may enroll the contact again', () => {
		const results = [result('A', 'enrolled'), result('B', 'alreadyEnrolled'), result('C', 'enrolled')];

		expect(automations.repeats?.(results)).toBe(
			"enrolls the contact again if it has finished automation 'A' or automation 'C'",
		);
		expect(automations.repeats?.([result('B', 'failed'), result('D', 'removed')])).toBe('');
	});
});

describe('an automation step', () => {
	it('is called by its automation', () => {
		expect(new AutomationStep(byId('5', 'Welcome'), 'enroll')).toMatchObject({
			kind: automations,
			name: 'Welcome',
			subject: 'id 5',
			verb: 'enrolled in',
		});
		expect(new AutomationStep(byName(' Series'), 'remove')).toMatchObject({
			name: ' Series',
			subject: 'name series',
			verb: 'removed from',
		});
	});

	it('by ID is not looked up; one by name becomes one by ID', async () => {
		const { lookups } = await openWork();
		const named = jest.spyOn(lookups, 'named').mockResolvedValue([{ id: '6', name: 'Series' }]);
		const known = new AutomationStep(byId('5'), 'enroll');

		expect(await known.resolve(lookups)).toBe(known);
		expect(await new AutomationStep(byName('series'), 'remove').resolve(lookups)).toEqual(
			new AutomationStep(byId('6', 'series'), 'remove'),
		);
		expect(named.mock.calls).toEqual([['automation', 'series']]);
	});
});

describe('carrying out an automation step', () => {
	useFakeClock();

	const step = (action: AutomationAction) => new AutomationStep(byId('5', 'Welcome'), action);
	const lost = failureOf('unavailable', { outcomeUnknown: true });

	it('enrolls a contact that is not in the automation', async () => {
		const { work, call, part } = await openWork({ readings: [{ contactAutomations: [finished, other] }] });
		call.mockResolvedValue(responseOf());

		expect(await step('enroll').carryOut(work)).toEqual({ outcome: 'enrolled' });
		expect(part.mock.calls).toEqual([['contactAutomations', -Infinity]]);
		expect(call.mock.calls).toEqual([
			[
				{
					method: 'POST',
					path: '/contactAutomations',
					body: { contactAutomation: { contact: '7', automation: '5' } },
					purpose: {
						action: "enroll the contact in automation 'Welcome'",
						permission: 'edit contacts and automations',
						ifRefused:
							'Check in ActiveCampaign that the automation is active and that the contact may enter it, perhaps once more',
					},
					repeatable: 'ifNotDone',
					timeoutMs: 100_000,
					notAfter: expect.any(Number) as number,
				},
			],
		]);
	});

	it('writes nothing where there is nothing to do', async () => {
		const { work, call, remove } = await openWork({ readings: [{ contactAutomations: [inFlight] }] });
		expect(await step('enroll').carryOut(work)).toEqual({ outcome: 'alreadyEnrolled' });

		const elsewhere = await openWork({ readings: [{ contactAutomations: [finished, other] }] });
		expect(await step('remove').carryOut(elsewhere.work)).toEqual({ outcome: 'notEnrolled' });

		for (const spy of [call, remove, elsewhere.call, elsewhere.remove]) expect(spy).not.toHaveBeenCalled();
	});

	it('is only decided in a dry run', async () => {
		const { work, call, remove } = await openWork({
			readings: [{ contactAutomations: [] }, { contactAutomations: [inFlight] }],
			isDryRun: true,
		});
		jest.spyOn(work.lookups, 'withId').mockResolvedValue({ id: '5', name: 'Welcome' });

		expect(await step('enroll').carryOut(work)).toMatchObject({ outcome: 'enrolled' });
		expect(await step('remove').carryOut(work)).toMatchObject({ outcome: 'removed' });
		for (const spy of [call, remove]) expect(spy).not.toHaveBeenCalled();
	});

	it.each([
		['is found', [{ contactAutomations: [finished] }, { contactAutomations: [finished, inFlight] }], 1],
		['is found, although it is through already', [{}, { contactAutomations: [finished] }], 1],
		['is not found, and makes it once more', [{ contactAutomations: [finished] }], 2],
	])('looks for an enrollment whose response was lost, which %s', async (_what, readings, calls) => {
		const { work, call } = await openWork({ readings });
		call.mockRejectedValueOnce(lost).mockResolvedValueOnce(responseOf());
		const done = step('enroll').carryOut(work);

		await pass(101_000);
		expect(await done).toEqual({ outcome: 'enrolled' });
		expect(call).toHaveBeenCalledTimes(calls);
	});

	it('says what is unclear where the automations cannot be read', async () => {
		const { work, call, part } = await openWork();
		call.mockImplementationOnce(async () => {
			part.mockRejectedValue(failureOf('forbidden'));
			return await Promise.reject(lost);
		});
		const failed = expect(step('enroll').carryOut(work)).rejects.toMatchObject({
			message: 'It was unavailable. It is unclear whether the contact was enrolled',
			description: "Look at the contact's automations in ActiveCampaign before running the item again",
		});

		await pass(1_000);
		await failed;
	});

	it('removes each entry that is under way, and no other', async () => {
		const twice = [inFlight, finished, other, { ...inFlight, id: '9' }];
		const { work, remove } = await openWork({ readings: [{ contactAutomations: twice }] });
		remove.mockResolvedValue();

		expect(await step('remove').carryOut(work)).toEqual({ outcome: 'removed' });
		const purpose = {
			action: "remove the contact from automation 'Welcome'",
			permission: 'edit contacts and automations',
			ifRefused: "Look at the contact's automations in ActiveCampaign",
		};
		expect(remove.mock.calls).toEqual([
			['/contactAutomations/1', purpose],
			['/contactAutomations/9', purpose],
		]);
	});

	it.each([
		['403', [], true],
		['403', [{ ...inFlight, id: '8' }], true],
		['403', [inFlight], false],
		['422', [], false],
	])(
		'takes a refusal with %s, after which there are %j, for a success: %s',
		async (httpCode, after, isDone) => {
			const { work, remove } = await openWork({
				readings: [{ contactAutomations: [inFlight] }, { contactAutomations: after }],
			});
			const failure = failureOf('forbidden', { httpCode });
			remove.mockRejectedValueOnce(failure);
			const done = step('remove').carryOut(work);

			if (isDone) expect(await done).toEqual({ outcome: 'removed' });
			else await expect(done).rejects.toBe(failure);
		},
	);

	it('follows other work about the same contact and automation, by a later reading', async () => {
		const { work, call, part } = await openWork({
			readings: [{ contactAutomations: [] }, { contactAutomations: [inFlight] }],
		});
		call.mockImplementation(async () => {
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			return responseOf();
		});
		const begun = performance.now();
		const done = Promise.all([step('enroll').carryOut(work), step('enroll').carryOut(work)]);

		await pass(1_000);
		expect(await done).toEqual([{ outcome: 'enrolled' }, { outcome: 'alreadyEnrolled' }]);
		expect(part.mock.calls.map(([, since]) => since)).toEqual([-Infinity, begun + 1_000]);
	});
});

describe('an automation that a subscription may start', () => {
	useFakeClock();

	const step = new AutomationStep(byId('5', 'Welcome'), 'enroll');
	const list = (id: string, action: 'subscribe' | 'unsubscribe' = 'subscribe') =>
		new ListStep({ kind: 'list', mode: 'id', value: id, name: id }, action);
	const subscribed = (outcome: string, id = '401'): StepResult => ({
		step: list(id),
		outcome,
		meaning: {},
		...(outcome === 'failed' ? { failure: failureOf('rejected') } : {}),
	});

	/** A contact that is subscribed to lists, which takes a second. */
	async function openSubscribing(steps: readonly ListStep[], results: readonly StepResult[], isNew = false) {
		const resultsOf = jest.fn<Promise<readonly StepResult[]>, [StepKind]>(async () => {
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			return results;
		});
		const opened = await openWork({ steps, resultsOf, contact: { isNew } });
		opened.call.mockImplementation(async () => await Promise.resolve(responseOf()));
		return { ...opened, resultsOf };
	}

	it.each([
		['subscribed', 1_000],
		['resubscribed', 1_000],
		['failed', 1_000],
		['alreadySubscribed', -Infinity],
		['keptUnsubscribed', -Infinity],
	])('is read after the subscriptions when one of them is "%s"', async (outcome, since) => {
		const results = [subscribed('alreadySubscribed'), subscribed(outcome, '402')];
		const { work, part, resultsOf } = await openSubscribing([list('401'), list('402')], results);
		const begun = performance.now();
		const done = step.carryOut(work);

		await pass(999);
		expect(part).not.toHaveBeenCalled();
		await pass(1);
		expect(await done).toEqual({ outcome: 'enrolled' });
		expect(resultsOf.mock.calls).toEqual([[lists]]);
		expect(part.mock.calls).toEqual([['contactAutomations', begun + since]]);
	});

	it('is waited for also where the contact is to leave it', async () => {
		const { work, part } = await openSubscribing([list('401')], [subscribed('subscribed')]);
		const begun = performance.now();
		const done = new AutomationStep(byId('5'), 'remove').carryOut(work);

		await pass(1_000);
		expect(await done).toEqual({ outcome: 'notEnrolled' });
		expect(part.mock.calls).toEqual([['contactAutomations', begun + 1_000]]);
	});

	it.each([
		['there is none', []],
		['there is only an unsubscription', [list('401', 'unsubscribe')]],
		[
			'the list was not looked up',
			[new ListStep({ kind: 'list', mode: 'name', value: 'News', name: 'News' }, 'subscribe')],
		],
	])('waits for no subscription where %s', async (_why, steps) => {
		const { work, resultsOf } = await openSubscribing(steps, []);

		expect(await step.carryOut(work)).toEqual({ outcome: 'enrolled' });
		expect(resultsOf).not.toHaveBeenCalled();
	});

	it('is not waited for by the next contact once a list is known not to start it, for a minute', async () => {
		const { work, resultsOf } = await openSubscribing([list('401')], [subscribed('subscribed')], true);
		const enroll = async (steps: readonly ListStep[], contactId: string) => {
			const contact = { ...work.contact, id: contactId };
			const done = step.carryOut({ ...work, steps, contact });
			await pass(1_000);
			await done;
			return resultsOf.mock.calls.length;
		};

		expect(await enroll([list('401')], '10')).toBe(1);
		expect(await enroll([list('401')], '11')).toBe(1);
		// Another list may start it.
		expect(await enroll([list('401'), list('402')], '12')).toBe(2);
		await pass(60_000);
		expect(await enroll([list('401')], '13')).toBe(3);
	});

	it.each([
		['the contact is not new', [subscribed('subscribed')], false, []],
		['a subscription failed', [subscribed('subscribed'), subscribed('failed', '402')], true, []],
		['it was started', [subscribed('subscribed')], true, [inFlight]],
	])('is waited for again where %s', async (_why, results, isNew, rows) => {
		const { work, part, resultsOf } = await openSubscribing([list('401')], results, isNew);
		part.mockImplementation(async () => await Promise.resolve({ value: rows, readAt: performance.now() }));
		for (const id of ['10', '11']) {
			const done = step.carryOut({ ...work, contact: { ...work.contact, id } });
			await pass(1_000);
			await done;
		}

		expect(resultsOf).toHaveBeenCalledTimes(2);
	});
});
