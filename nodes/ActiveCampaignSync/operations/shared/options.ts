import type { IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_REQUESTS_PER_SECOND } from '../../transport/account';
import { isObject, textOf } from '../../shared/json';
import type { EmptyValues, UnknownFields } from '../../contact/contactInput';
import { InputError, quoteValue } from '../../shared/inputError';
import type { ItemParameters } from './parameters';

/** The options of one item. */
export interface ItemOptions {
	readonly emptyValues: EmptyValues;
	readonly unknownFields: UnknownFields;
	readonly resubscribe: boolean;
	readonly simplify: boolean;
	readonly dryRun: boolean;
}

/** The options that count for a whole run; read from the first item. */
export interface RunOptions {
	readonly requestsPerSecond: number;
	readonly mergeDuplicates: boolean;
	readonly excludeAutomations: boolean;
	readonly waitForResult: boolean;
	readonly maxWaitMs: number;
}

const MAX_REQUESTS_PER_SECOND = 1_000;
const DEFAULT_MAX_WAIT_MINUTES = 30;
const MAX_WAIT_MINUTES = 24 * 60;

/** @throws InputError for a value that an expression gave and that is no choice of the option */
export function readItemOptions(parameters: ItemParameters, itemIndex: number): ItemOptions {
	const given = parameters.value('options', itemIndex, {});
	const options = isObject(given) ? given : {};
	return {
		emptyValues: choice(options['emptyValues'], 'Empty Values', ['keep', 'clear', 'fillOnly']),
		unknownFields: choice(options['unknownFields'], 'Unknown Fields', ['stop', 'skip']),
		resubscribe: yesOrNo(options['resubscribe'], 'Resubscribe', false),
		simplify: yesOrNo(options['simplify'], 'Simplify', true),
		dryRun: yesOrNo(options['dryRun'], 'Dry Run', false),
	};
}

/** @throws InputError for a value that an expression gave and that the option cannot be, e.g. a number out of range */
export function readRunOptions(context: IExecuteFunctions): RunOptions {
	// One by one, since an expression of another option may not resolve for the first item: that stops this item only.
	const given = (name: string): unknown => context.getNodeParameter(`options.${name}`, 0, '');
	return {
		requestsPerSecond: number(
			given('requestsPerSecond'),
			'Requests per Second',
			DEFAULT_REQUESTS_PER_SECOND,
			MAX_REQUESTS_PER_SECOND,
		),
		mergeDuplicates: yesOrNo(given('mergeDuplicates'), 'Merge Duplicates', true),
		excludeAutomations: yesOrNo(given('excludeAutomations'), 'Exclude Automations', false),
		waitForResult: yesOrNo(given('waitForResult'), 'Wait for Result', true),
		maxWaitMs:
			number(given('longestWait'), 'Longest Wait (Minutes)', DEFAULT_MAX_WAIT_MINUTES, MAX_WAIT_MINUTES) *
			60_000,
	};
}

/** The first choice is the default. */
function choice<Choice extends string>(
	given: unknown,
	title: string,
	choices: readonly [Choice, ...Choice[]],
): Choice {
	if (given === undefined || given === null || given === '') return choices[0];
	const known = choices.find((one) => one === given);
	if (known !== undefined) return known;
	throw new InputError(`'${title}' cannot be ${quoteValue(given)}`, `Give one of ${choices.join(', ')}`);
}

/** An expression may give "true" as text: taken for what it says, for whether to send at all is not to be guessed. */
function yesOrNo(given: unknown, title: string, byDefault: boolean): boolean {
	const word = typeof given === 'string' ? given.trim().toLowerCase() : given;
	if (typeof word === 'boolean') return word;
	return choice(word, title, byDefault ? ['true', 'false'] : ['false', 'true']) === 'true';
}

function number(given: unknown, title: string, byDefault: number, most: number): number {
	const text = textOf(given);
	const value = text === '' ? byDefault : Number(text);
	if (value > 0 && value <= most) return value;
	throw new InputError(`'${title}' cannot be ${quoteValue(given)}`, `Give a number above 0, up to ${most}`);
}
