import type { Lookups } from '../account/lookups';
import type { NamedRecord } from '../account/records';
import { didYouMean, searchableName } from '../fields/fieldNames';
import { isBlankValue, idOf, textOf, type JsonObject } from '../shared/json';
import {
	isExpression,
	locatorId,
	locatorValue,
	pickedName,
	type CollectionRow,
	type ItemParameters,
} from '../input/parameters';
import { InputError } from '../shared/failure';
import { normalizeName, quoteValue } from '../shared/text';
import type { Rows } from '../account/contactParts';

/** A list or an automation as picked in the node: from the list, by ID, or by name. */
export interface RecordReference {
	readonly kind: 'list' | 'automation';
	readonly mode: 'id' | 'name';
	readonly value: string;
	/** What to call it in the output: the name that the picker showed, where there is one. */
	readonly name: string;
}

/** A row of a collection of lists or automations. */
interface ReferenceRow<Action extends string> {
	readonly reference: RecordReference;
	readonly action: Action;
}

/**
 * The rows of a repeatable collection of lists or automations, without those in which nothing is filled in.
 * @param actions the first is the default; what an expression gives has to be one of them, since who gets mail must not
 * be guessed
 * @throws InputError for a row without a record in which something is filled in, and for another action
 */
export function referenceRows<Action extends string>(
	parameters: ItemParameters,
	itemIndex: number,
	kind: RecordReference['kind'],
	actions: readonly [Action, ...Action[]],
): Array<ReferenceRow<Action>> {
	return parameters.rows(`${kind}s`, itemIndex).flatMap((row, index): Array<ReferenceRow<Action>> => {
		const isUntouched = (row.row['action'] ?? actions[0]) === actions[0] && !isExpression(row.raw['action']);
		const reference = referenceIn(row, kind, index, isUntouched);
		return reference ? [{ reference, action: actionIn(row.row, kind, actions) }] : [];
	});
}

/** What the record is compared by before it is looked up. */
export function referenceSubject({ mode, value }: RecordReference): string {
	return `${mode} ${mode === 'id' ? value : normalizeName(value)}`;
}

/** The record that a reference by name means. @throws AccountFailure; InputError for no such record, or several */
export async function recordNamed(
	lookups: Lookups,
	{ kind, value: name }: Pick<RecordReference, 'kind' | 'value'>,
): Promise<NamedRecord> {
	const [first, ...others] = await lookups.named(kind, name);
	if (!first) throw await noRecordNamed(lookups, kind, name);
	if (others.length === 0) return first;
	throw new InputError(
		`${others.length + 1} ${kind}s are called '${name}'`,
		`Use the ID instead: one of ${[first, ...others].map(({ id }) => id).join(', ')}`,
	);
}

/** What to throw for a name that no record has. @throws AccountFailure */
export async function noRecordNamed(
	lookups: Lookups,
	kind: RecordReference['kind'] | 'tag',
	name: string,
): Promise<InputError> {
	const names = (await lookups.all(kind)).map((record) => searchableName(record.name));
	const question = didYouMean(name, names);
	return new InputError(
		`The account has no ${kind} called '${name}'`,
		`${question ? `${question} ` : ''}Check the name, or pick it from the list`,
	);
}

/** Those of a contact's links that lead to one list, tag, automation or company. */
export function linksTo(
	rows: Rows,
	key: 'list' | 'tag' | 'automation' | 'account',
	id: string | undefined,
): JsonObject[] {
	return id === undefined ? [] : rows.filter((row) => idOf(row[key]) === id);
}

function actionIn<Action extends string>(
	row: JsonObject,
	kind: RecordReference['kind'],
	actions: readonly [Action, ...Action[]],
): Action {
	if (!('action' in row)) return actions[0];
	const given = row['action'];
	const known = actions.find((action) => action === given);
	if (known !== undefined) return known;
	const words = actions.map((action) => `'${action}'`);
	const comma = words.length > 2 ? ',' : '';
	throw new InputError(
		`'Action' of ${article(kind)} ${kind} cannot be ${quoteValue(given)}`,
		`Use ${words.slice(0, -1).join(', ')}${comma} or ${words.at(-1) ?? ''}`,
	);
}

/**
 * The list or automation of a row; undefined for a row in which nothing is filled in. Digits are an ID, unless they are
 * given as a name; anything else is a name.
 * @param index of the row, from 0
 * @param isUntouched whether everything else in the row is as it was when the row was added
 */
function referenceIn(
	{ row, raw }: CollectionRow,
	kind: RecordReference['kind'],
	index: number,
	isUntouched: boolean,
): RecordReference | undefined {
	const locator = row[kind];
	const value = textOf(locatorValue(locator));
	if (value === '') {
		const isBlank = isBlankValue(locatorValue(locator)) && !isExpression(locatorValue(raw[kind]));
		if (isBlank && isUntouched) return undefined;
		throw new InputError(
			`${kind === 'list' ? "'Lists'" : "'Automations'"}: row ${index + 1} has no ${kind}`,
			`Choose ${article(kind)} ${kind} in it, or remove the row`,
		);
	}
	const id = locatorId(locator);
	return id === ''
		? { kind, mode: 'name', value, name: value }
		: { kind, mode: 'id', value: id, name: pickedName(locator, raw[kind]) ?? id };
}

function article(kind: RecordReference['kind']): string {
	return kind === 'list' ? 'a' : 'an';
}
