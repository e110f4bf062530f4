import { getRunOptions } from '../../../nodes/ActiveCampaignSync/run/options';

import { inputErrorOf } from '../input/inputErrorOf';
import { contextOf } from '../input/parametersOf';

const messageOf = (work: () => unknown) => {
	const { message, description } = inputErrorOf(work);
	return [message, description];
};

describe('the options of a run', () => {
	const read = (options: Record<string, unknown>) =>
		getRunOptions(
			contextOf(
				{},
				Object.fromEntries(Object.entries(options).map(([name, value]) => [`options.${name}`, value])),
			),
		);

	it('have defaults', () => {
		expect(read({})).toEqual({
			requestsPerSecond: 5,
			mergeDuplicates: true,
			excludeAutomations: false,
			waitForResult: true,
			maxWaitMs: 1_800_000,
		});
	});

	it('are what the user chose, the wait in minutes', () => {
		expect(
			read({
				requestsPerSecond: 2.5,
				mergeDuplicates: false,
				excludeAutomations: true,
				waitForResult: false,
				maxWait: '1440',
			}),
		).toEqual({
			requestsPerSecond: 2.5,
			mergeDuplicates: false,
			excludeAutomations: true,
			waitForResult: false,
			maxWaitMs: 86_400_000,
		});
		expect(read({ requestsPerSecond: 1_000 }).requestsPerSecond).toBe(1_000);
	});

	it.each([
		[
			'requestsPerSecond',
			1_000.1,
			"'Requests per Second' cannot be '1000.1'",
			'a number above 0, up to 1000',
		],
		['requestsPerSecond', 0, "'Requests per Second' cannot be '0'", 'a number above 0, up to 1000'],
		['maxWait', 1_441, "'Maximum Wait (Minutes)' cannot be '1441'", 'a number above 0, up to 1440'],
		['mergeDuplicates', 'x', "'Merge Duplicates' cannot be 'x'", 'one of: true, false'],
		['excludeAutomations', 'x', "'Exclude Automations' cannot be 'x'", 'one of: true, false'],
		['waitForResult', 'x', "'Wait for Result' cannot be 'x'", 'one of: true, false'],
	])('are refused where %s is %j', (name, value, message, advice) => {
		expect(messageOf(() => read({ [name]: value }))).toEqual([message, `Use ${advice}`]);
	});
});
