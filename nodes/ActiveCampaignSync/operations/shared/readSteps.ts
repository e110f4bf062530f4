import { isObject, textOf } from '../../shared/json';
import { InputError, quoteValue } from '../../shared/inputError';
import type { ListAction } from '../../contact/steps/membership';
import {
	uniqueSteps,
	type ListChange,
	type RecordReference,
	type RequestedSteps,
} from '../../contact/steps/requestedSteps';
import { readTagNames } from '../../contact/steps/tagNames';
import { locatorValue, pickedName, type ItemParameters } from './parameters';

/** Reads lists, tags and automations of one item. @throws InputError */
export function readSteps(
	parameters: ItemParameters,
	itemIndex: number,
	resubscribe: boolean,
): RequestedSteps {
	const tags = (name: string, title: string) => readTagNames(parameters.value(name, itemIndex), title);
	return uniqueSteps({
		lists: parameters.rows('lists', itemIndex).flatMap(({ row, raw }): ListChange[] => {
			const list = readReference(row['list'], raw['list']);
			return list ? [{ list, action: listAction(row) }] : [];
		}),
		tags: [
			...tags('tagsToAdd', 'Tags to Add').map((name) => ({ name, action: 'add' as const })),
			...tags('tagsToRemove', 'Tags to Remove').map((name) => ({ name, action: 'remove' as const })),
		],
		automations: parameters
			.rows('automations', itemIndex)
			.flatMap(({ row, raw }) => readReference(row['automation'], raw['automation']) ?? []),
		resubscribe,
	});
}

/** Whether somebody gets mail is not to be guessed: what an expression gives has to be one of the two words. */
function listAction(row: Readonly<Record<string, unknown>>): ListAction {
	const given = row['action'];
	if (!('action' in row) || given === 'subscribe') return 'subscribe';
	if (given === 'unsubscribe') return 'unsubscribe';
	throw new InputError(`'Action' of a list cannot be ${quoteValue(given)}`, 'Give subscribe or unsubscribe');
}

/** Undefined for a row in which nothing is picked. Ids are digits: what is none is taken for a name. */
function readReference(locator: unknown, raw: unknown): RecordReference | undefined {
	const value = textOf(locatorValue(locator));
	if (value === '') return undefined;
	const isName = (isObject(locator) && locator['mode'] === 'name') || !/^\d+$/.test(value);
	return {
		mode: isName ? 'name' : 'id',
		value,
		name: isName ? value : (pickedName(locator, raw) ?? value),
	};
}
