import { idOf, isObject, textOf } from '../shared/json';
import { InputError } from '../shared/failure';
import { quoteValue } from '../shared/text';
import type { AutomationAction } from './contactLinks';
import type { ListAction } from './membership';
import {
	uniqueSteps,
	type AutomationChange,
	type CompanyChange,
	type ListChange,
	type RecordReference,
	type RequestedSteps,
} from './requestedSteps';
import { isBlankValue } from '../fields/fieldValue';
import { readTagNames } from './tagNames';
import type { ItemOptions } from '../run/itemOptions';
import { isExpression, locatorValue, pickedName } from '../input/parameters';
import type { CollectionRow, ItemParameters } from '../input/parameters';

/** Reads what else to do for the contact of one item. @throws InputError */
export function readSteps(
	parameters: ItemParameters,
	itemIndex: number,
	{ resubscribe, emptyValues }: Pick<ItemOptions, 'resubscribe' | 'emptyValues'>,
): RequestedSteps {
	const tags = (name: string, title: string) => readTagNames(parameters.value(name, itemIndex), title);
	return uniqueSteps({
		lists: parameters.rows('lists', itemIndex).flatMap((row, index): ListChange[] => {
			const list = readReference(row, 'list', "'Lists'", index, isDefaultAction(row, 'subscribe'));
			return list ? [{ list, action: listAction(row.row) }] : [];
		}),
		tags: [
			...tags('tagsToAdd', 'Tags to Add').map((name) => ({ name, action: 'add' as const })),
			...tags('tagsToRemove', 'Tags to Remove').map((name) => ({ name, action: 'remove' as const })),
		],
		automations: parameters.rows('automations', itemIndex).flatMap((row, index): AutomationChange[] => {
			const automation = readReference(
				row,
				'automation',
				"'Automations'",
				index,
				isDefaultAction(row, 'enroll'),
			);
			return automation ? [{ automation, action: automationAction(row.row) }] : [];
		}),
		company: readCompany(parameters, itemIndex, emptyValues === 'fillOnly'),
		notes: [readText(parameters, 'note', 'Note', itemIndex)].filter((text) => text !== ''),
		resubscribe,
	});
}

function readCompany(
	parameters: ItemParameters,
	itemIndex: number,
	onlyIfBlank: boolean,
): CompanyChange | undefined {
	const oneLine = (name: string, title: string) =>
		readText(parameters, name, title, itemIndex).replace(/\s+/g, ' ');
	const name = oneLine('company', 'Company');
	const jobTitle = oneLine('jobTitle', 'Job Title');
	return name === '' && jobTitle === '' ? undefined : { name, jobTitle, onlyIfBlank };
}

/** One of the additional fields without outer blanks. @throws InputError for what is neither text nor a number */
function readText(parameters: ItemParameters, name: string, title: string, itemIndex: number): string {
	const value = parameters.value(`additionalFields.${name}`, itemIndex);
	const text = textOf(value);
	if (text !== '' || isBlankValue(value)) return text;
	throw new InputError(`'${title}' cannot contain ${quoteValue(value)}`, 'Use text');
}

/** Whether the action of a row is as it was when the row was added. */
function isDefaultAction({ row, raw }: CollectionRow, byDefault: string): boolean {
	return (row['action'] ?? byDefault) === byDefault && !isExpression(raw['action']);
}

/** Whether a person gets mail must not be guessed: an expression has to give one of the two words. */
function listAction(row: Readonly<Record<string, unknown>>): ListAction {
	const given = row['action'];
	if (!('action' in row) || given === 'subscribe') return 'subscribe';
	if (given === 'unsubscribe') return 'unsubscribe';
	throw new InputError(`'Action' of a list cannot be ${quoteValue(given)}`, 'Give subscribe or unsubscribe');
}

/** Automations send mail: what an expression gives has to be one of the two words. */
function automationAction(row: Readonly<Record<string, unknown>>): AutomationAction {
	const given = row['action'];
	if (!('action' in row) || given === 'enroll') return 'enroll';
	if (given === 'remove') return 'remove';
	throw new InputError(`'Action' of an automation cannot be ${quoteValue(given)}`, 'Give enroll or remove');
}

/**
 * The list or automation of a row; undefined for a row in which nothing is filled in. Digits are an id, unless they are
 * given as a name; all else is a name.
 * @param index of the row, from 0
 * @param isDefault whether all else in the row is as it was when the row was added
 * @throws InputError for a row without a record in which something is filled in
 */
function readReference(
	{ row, raw }: CollectionRow,
	key: 'list' | 'automation',
	title: string,
	index: number,
	isDefault: boolean,
): RecordReference | undefined {
	const locator = row[key];
	const value = textOf(locatorValue(locator));
	if (value === '') {
		const isBlank = isBlankValue(locatorValue(locator)) && !isExpression(locatorValue(raw[key]));
		if (isBlank && isDefault) return undefined;
		throw new InputError(
			`${title}: row ${index + 1} has no ${key}`,
			`Choose ${key === 'list' ? 'a list' : 'an automation'} in it, or remove the row`,
		);
	}
	const isName = isObject(locator) && locator['mode'] === 'name';
	const id = isName ? '' : idOf(value);
	return id === ''
		? { mode: 'name', value, name: value }
		: { mode: 'id', value: id, name: pickedName(locator, raw[key]) ?? id };
}
