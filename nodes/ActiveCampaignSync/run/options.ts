import type { IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_REQUESTS_PER_SECOND } from '../account/account';
import { DATE_ORDERS } from '../fields/moments';
import { choice, positiveNumber, yesOrNo, type ItemParameters } from '../input/parameters';
import { isObject, type JsonObject } from '../shared/json';

const MS_PER_MINUTE = 60_000;

function yesNo(name: string, title: string, byDefault: boolean) {
	return { byDefault, read: (given: JsonObject) => yesOrNo(given[name], title, byDefault) };
}

function upTo(name: string, title: string, byDefault: number, max: number) {
	return { byDefault, read: (given: JsonObject) => positiveNumber(given[name], title, byDefault, max) };
}

/** The first choice counts when the option is not added. */
function oneOf<Choice extends string>(name: string, title: string, choices: readonly [Choice, ...Choice[]]) {
	const [byDefault] = choices;
	return { byDefault, read: (given: JsonObject) => choice(given[name], title, choices, byDefault) };
}

/** How each option is read, and what it is when it is not added to the node. @throws InputError for a value that it cannot have */
export const OPTIONS = {
	dateOrder: oneOf('dateOrder', 'Date Order', DATE_ORDERS),
	details: { byDefault: ['automations', 'company', 'customFields', 'lists', 'tags'] },
	dryRun: yesNo('dryRun', 'Dry Run', false),
	emptyValues: oneOf('emptyValues', 'Empty Values', ['keep', 'clear', 'fillOnly']),
	excludeAutomations: yesNo('excludeAutomations', 'Exclude Automations', false),
	ifNotFound: oneOf('ifNotFound', 'If Not Found', ['fail', 'returnNotFound']),
	maxWait: upTo('maxWait', 'Maximum Wait (Minutes)', 30, 24 * 60),
	mergeDuplicates: yesNo('mergeDuplicates', 'Merge Duplicates', true),
	requestsPerSecond: upTo('requestsPerSecond', 'Requests per Second', DEFAULT_REQUESTS_PER_SECOND, 1_000),
	resubscribe: yesNo('resubscribe', 'Resubscribe', false),
	simplify: yesNo('simplify', 'Simplify', true),
	syncMode: oneOf('syncMode', 'Sync Mode', ['createOrUpdate', 'updateOnly', 'createOnly']),
	unusableValues: oneOf('unusableValues', 'Unusable Values', ['saveRest', 'skip', 'fail']),
	waitForResult: yesNo('waitForResult', 'Wait for Result', true),
} as const;

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
	const given = (name: keyof typeof OPTIONS): JsonObject => ({
		[name]: context.getNodeParameter(`options.${name}`, 0, ''),
	});
	return {
		requestsPerSecond: OPTIONS.requestsPerSecond.read(given('requestsPerSecond')),
		mergeDuplicates: OPTIONS.mergeDuplicates.read(given('mergeDuplicates')),
		excludeAutomations: OPTIONS.excludeAutomations.read(given('excludeAutomations')),
		waitForResult: OPTIONS.waitForResult.read(given('waitForResult')),
		maxWaitMs: OPTIONS.maxWait.read(given('maxWait')) * MS_PER_MINUTE,
	};
}
