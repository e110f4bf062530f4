import type { IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_REQUESTS_PER_SECOND } from '../account/account';
import { positiveNumber, yesOrNo, type ItemParameters } from '../input/parameters';
import { isObject, type JsonObject } from '../shared/json';

/** What an option is when it is not added to the node: for the editor and for the code that reads the options. */
export const OPTION_DEFAULTS = {
	dateOrder: 'fail',
	details: ['automations', 'company', 'customFields', 'lists', 'tags'],
	dryRun: false,
	emptyValues: 'keep',
	excludeAutomations: false,
	ifNotFound: 'fail',
	/** Minutes. */
	maxWait: 30,
	mergeDuplicates: true,
	requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND,
	resubscribe: false,
	simplify: true,
	syncMode: 'createOrUpdate',
	unusableValues: 'saveRest',
	waitForResult: true,
} as const;

const MAX_REQUESTS_PER_SECOND = 1_000;
const MAX_WAIT_MINUTES = 24 * 60;
const MS_PER_MINUTE = 60_000;

/** The options of one item, as the user gave them. */
export function getOptions(parameters: ItemParameters, itemIndex: number): JsonObject {
	const given = parameters.value('options', itemIndex);
	return isObject(given) ? given : {};
}

/** The options that count for a whole run; read for the first item. */
export interface RunOptions {
	readonly requestsPerSecond: number;
	readonly mergeDuplicates: boolean;
	readonly excludeAutomations: boolean;
	readonly waitForResult: boolean;
	readonly maxWaitMs: number;
}

/** @throws InputError for a value that the option cannot have, e.g. a number out of range */
export function getRunOptions(context: IExecuteFunctions): RunOptions {
	// One by one: an expression of another option that does not resolve for the first item fails this item only.
	const given = (name: keyof typeof OPTION_DEFAULTS): unknown =>
		context.getNodeParameter(`options.${name}`, 0, '');
	const { requestsPerSecond, mergeDuplicates, excludeAutomations, waitForResult, maxWait } = OPTION_DEFAULTS;
	return {
		requestsPerSecond: positiveNumber(
			given('requestsPerSecond'),
			'Requests per Second',
			requestsPerSecond,
			MAX_REQUESTS_PER_SECOND,
		),
		mergeDuplicates: yesOrNo(given('mergeDuplicates'), 'Merge Duplicates', mergeDuplicates),
		excludeAutomations: yesOrNo(given('excludeAutomations'), 'Exclude Automations', excludeAutomations),
		waitForResult: yesOrNo(given('waitForResult'), 'Wait for Result', waitForResult),
		maxWaitMs:
			positiveNumber(given('maxWait'), 'Maximum Wait (Minutes)', maxWait, MAX_WAIT_MINUTES) * MS_PER_MINUTE,
	};
}
