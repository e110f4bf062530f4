import {
	latest,
	mergeSteps,
	uniqueSteps,
	type AutomationChange,
	type RecordReference,
	type RequestedSteps,
} from '../../../nodes/ActiveCampaignSync/steps/requestedSteps';

import { inputErrorOf } from '../input/inputErrorOf';

const none: RequestedSteps = { lists: [], tags: [], automations: [], notes: [], resubscribe: false };
const byId = (value: string, name = value): RecordReference => ({ mode: 'id', value, name });
const byName = (value: string): RecordReference => ({ mode: 'name', value, name: value });
const enroll = (automation: RecordReference): AutomationChange => ({ automation, action: 'enroll' });

describe('uniqueSteps', () => {
	it('keeps each list, tag and automation once', () => {
		const requestedSteps = uniqueSteps({
			...none,
			lists: [
				{ list: byName('News'), action: 'subscribe' },
				{ list: byName(' news '), action: 'subscribe' },
				{ list: byId('401'), action: 'unsubscribe' },
			],
			tags: [
				{ name: 'Lead', action: 'add' },
				{ name: 'LEAD', action: 'add' },
				{ name: 'Old', action: 'remove' },
			],
			automations: [byId('801'), byId('801', 'Welcome'), byName('801')].map(enroll),
		});

		expect(requestedSteps.lists.map(({ list }) => list.value)).toEqual([' news ', '401']);
		expect(requestedSteps.tags.map(({ name }) => name)).toEqual(['LEAD', 'Old']);
		expect(requestedSteps.automations).toEqual([byId('801', 'Welcome'), byName('801')].map(enroll));
	});

	it('rejects a list to subscribe to and to unsubscribe from', () => {
		const error = inputErrorOf(() =>
			uniqueSteps({
				...none,
				lists: [
					{ list: byId('401', 'News'), action: 'subscribe' },
					{ list: byId('402'), action: 'subscribe' },
					{ list: byId('401', 'News'), action: 'unsubscribe' },
				],
			}),
		);

		expect(error.message).toBe("'Lists' both subscribes to and unsubscribes from 'News'");
		expect(error.description).toBe('Keep one of the two rows');
	});

	it('rejects a tag to add and to remove', () => {
		const error = inputErrorOf(() =>
			uniqueSteps({
				...none,
				tags: [
					{ name: 'Old', action: 'add' },
					{ name: 'Lead', action: 'add' },
					{ name: 'lead', action: 'remove' },
				],
			}),
		);

		expect(error.message).toBe("The tag 'Lead' is in both 'Tags to Add' and 'Tags to Remove'");
		expect(error.description).toBe('Keep it in one of the two');
	});
});

describe('uniqueSteps of automations', () => {
	it('rejects one to enroll in and to remove from', () => {
		const error = inputErrorOf(() =>
			uniqueSteps({
				...none,
				automations: [
					enroll(byName('Welcome')),
					enroll(byId('802')),
					{ automation: byName('welcome'), action: 'remove' },
				],
			}),
		);

		expect(error.message).toBe("'Automations' both enrolls in and removes from 'Welcome'");
		expect(error.description).toBe('Keep one of the two rows');
	});
});

describe('mergeSteps', () => {
	it('takes all requestedSteps of several items, in order, the last one of each', () => {
		const merged = mergeSteps([
			{
				...none,
				lists: [
					{ list: byId('401'), action: 'subscribe' },
					{ list: byId('402'), action: 'subscribe' },
				],
				tags: [{ name: 'Lead', action: 'add' }],
				automations: [enroll(byId('801'))],
			},
			{ ...none, lists: [{ list: byName('News'), action: 'subscribe' }] },
			{
				...none,
				lists: [{ list: byId('401'), action: 'unsubscribe' }],
				tags: [{ name: 'lead', action: 'remove' }],
				automations: [enroll(byId('802')), { automation: byId('801'), action: 'remove' }],
			},
		]);

		expect(merged.lists).toEqual([
			{ list: byId('402'), action: 'subscribe' },
			{ list: byName('News'), action: 'subscribe' },
			{ list: byId('401'), action: 'unsubscribe' },
		]);
		expect(merged.tags).toEqual([{ name: 'lead', action: 'remove' }]);
		expect(merged.automations).toEqual([enroll(byId('802')), { automation: byId('801'), action: 'remove' }]);
	});

	it.each([
		[[true, true], true],
		[[true, false], false],
		[[false, true], false],
	])('subscribes again only if all of %j say so', ([one = false, other = false], resubscribe) => {
		const merged = mergeSteps([
			{ ...none, resubscribe: one },
			{ ...none, resubscribe: other },
		]);

		expect(merged.resubscribe).toBe(resubscribe);
	});
});

describe('merged companies and notes', () => {
	const change = (name: string, jobTitle: string, onlyIfBlank = false) => ({
		...none,
		company: { name, jobTitle, onlyIfBlank },
	});

	it('are the latest company and title that are given', () => {
		const merged = mergeSteps([
			change('Acme', 'CEO'),
			none,
			change('Best', ''),
			change('Apex', ''),
			change('', 'CTO'),
		]);

		expect(merged.company).toEqual({ name: 'Apex', jobTitle: 'CTO', onlyIfBlank: false });
		expect(mergeSteps([none, none]).company).toBeUndefined();
		expect(mergeSteps([change('Acme', '')]).company).toEqual({
			name: 'Acme',
			jobTitle: '',
			onlyIfBlank: false,
		});
	});

	it('are the first ones where only blanks are filled', () => {
		const merged = mergeSteps([
			change('', 'CEO', true),
			change('Acme', 'CTO', true),
			change('Apex', '', true),
		]);

		expect(merged.company).toEqual({ name: 'Acme', jobTitle: 'CEO', onlyIfBlank: true });
	});

	it('are all notes, each text once', () => {
		const notes = [['One'], ['Two'], ['One'], []].map((texts) => ({ ...none, notes: texts }));

		expect(mergeSteps([none, ...notes]).notes).toEqual(['One', 'Two']);
	});
});

describe('latest', () => {
	it('keeps the last entry of each key, at its position', () => {
		expect(latest(['a1', 'b1', 'a2', 'c1'], (thing) => thing.charAt(0))).toEqual(['b1', 'a2', 'c1']);
		expect(latest(['__proto__', 'x', '__proto__'], (thing) => thing)).toHaveLength(2);
		expect(latest([], String)).toEqual([]);
	});
});
