import type { IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_REQUESTS_PER_SECOND } from '../account/account';
import { DATE_ORDERS, type DateOrder } from '../fields/moments';
import type { EmptyValues, SyncMode, UnusableValues } from '../input/syncOptions';
import { choice, positiveNumber, yesOrNo, type ItemParameters } from '../input/parameters';
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

/** The options that may differ from item to item. */
export interface ItemOptions {
	readonly emptyValues: EmptyValues;
	readonly unusableValues: UnusableValues;
	readonly dateOrder: DateOrder;
	readonly resubscribe: boolean;
	readonly simplify: boolean;
	readonly dryRun: boolean;
	readonly syncMode: SyncMode;
}

/** @throws InputError for a value that the option cannot have, which only an expression can give */
export function getItemOptions(parameters: ItemParameters, itemIndex: number): ItemOptions {
	const given = getOptions(parameters, itemIndex);
	const { emptyValues, unusableValues, dateOrder, resubscribe, simplify, syncMode, dryRun } = OPTION_DEFAULTS;
	return {
		emptyValues: choice(given['emptyValues'], 'Empty Values', ['keep', 'clear', 'fillOnly'], emptyValues),
		unusableValues: choice(
			given['unusableValues'],
			'Unusable Values',
			['saveRest', 'skip', 'fail'],
			unusableValues,
		),
		dateOrder: choice(given['dateOrder'], 'Date Order', DATE_ORDERS, dateOrder),
		resubscribe: yesOrNo(given['resubscribe'], 'Resubscribe', resubscribe),
		simplify: yesOrNo(given['simplify'], 'Simplify', simplify),
		syncMode: choice(
			given['syncMode'],
			'Sync Mode',
			['createOrUpdate', 'updateOnly', 'createOnly'],
			syncMode,
		),
		dryRun: yesOrNo(given['dryRun'], 'Dry Run', dryRun),
	};
}

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
