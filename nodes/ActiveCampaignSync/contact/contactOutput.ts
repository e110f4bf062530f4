import type { IDataObject } from 'n8n-workflow';

import { idOf, isObject, objectsIn, textOf, type JsonObject } from '../shared/json';
import { STANDARD_FIELDS, type StandardField } from './contactInput';
import type { ContactPlan } from './contactPlan';
import { fieldName, type FieldCatalog } from './fields/customField';
import { decodeFieldValue } from './fields/fieldValue';

/** What `POST /contact/sync` did, read off its answer. */
export interface SyncResult {
	readonly action: 'created' | 'updated';
	readonly id: string;
	/**
	 * Whether the contact is certain to have come into being by this very answer, so that it can have no lists, tags and
	 * automations yet. Consent hangs on it: where there is any doubt, it is false, and what the contact has is read.
	 */
	readonly isNew: boolean;
	readonly contact: JsonObject;
	/** The custom field values that the account says it has set, by field id; undefined if it does not say. */
	readonly setFields: ReadonlyMap<string, unknown> | undefined;
	/** The whole answer, for users who want it. */
	readonly answer: IDataObject;
}

/** "The created body is sparse, the updated one a full row": what a created one was never seen to hold. */
const IN_FULL_ROWS_ONLY = 'bounced_hard';
/** The account writes dates in whole seconds (milliseconds). */
const DATE_PRECISION_MS = 1_000;

/**
 * Reads the answer of a sync; undefined if it holds no contact id, so was no success whatever its status.
 *
 * 201 was recorded for created and 200 for updated contacts. Where 201 is given for all, dates tell: a contact created
 * just now has `cdate` equal to `udate`. After a repeat, 200 may be the second answer to a contact that the lost first
 * try has created: then it was created no longer ago than that try.
 * @param repeatedWithinMs if an earlier try may have done the work already: the time since before it
 */
export function readSyncResponse(
	statusCode: number,
	answer: JsonObject,
	repeatedWithinMs?: number,
): SyncResult | undefined {
	const contact = isObject(answer['contact']) ? answer['contact'] : {};
	const id = idOf(contact['id']);
	if (id === '') return undefined;
	const created = textOf(contact['cdate']);
	const updated = textOf(contact['udate']);
	const isUntouched = created === updated || updated === '';
	const ageMs = Date.parse(updated) - Date.parse(created);
	const isByLostTry = repeatedWithinMs !== undefined && ageMs <= repeatedWithinMs + DATE_PRECISION_MS;
	const values = answer['fieldValues'];
	return {
		action: (statusCode === 201 && isUntouched) || isByLostTry ? 'created' : 'updated',
		id,
		isNew: statusCode === 201 && created !== '' && created === updated && !(IN_FULL_ROWS_ONLY in contact),
		contact,
		setFields: Array.isArray(values)
			? new Map(objectsIn(values).map((row) => [textOf(row['field']), row['value']]))
			: undefined,
		answer: isItemData(answer) ? answer : {},
	};
}

/** What came as JSON fits into an item as it is. */
function isItemData(answer: unknown): answer is IDataObject {
	return isObject(answer);
}

/**
 * The short output: what was done, who it is, the custom values by title.
 * @param notSet ids of the custom fields that could not be set or emptied
 */
export function simpleOutput(
	result: SyncResult,
	plan: ContactPlan,
	catalog: FieldCatalog,
	notSet: Pick<ReadonlySet<string>, 'has'>,
): IDataObject {
	const { action, id, contact, setFields } = result;
	// The answer to a creation is sparse: what it leaves out is what was sent.
	const name = (field: StandardField): string => textOf(contact[field] ?? plan.names.get(field));
	const values = [...plan.customFields]
		.filter(([field]) => !notSet.has(field))
		.map(([field, value]): [string, unknown] => [
			field,
			value === '' ? '' : (setFields?.get(field) ?? value),
		]);
	return {
		action,
		id,
		email: textOf(contact['email']) || plan.email,
		firstName: name('firstName'),
		lastName: name('lastName'),
		phone: name('phone'),
		...(values.length > 0 ? { customFields: valuesByTitle(values, catalog) } : {}),
	};
}

/** What would be sent, for people to look at: field by field, and then the request itself. Nothing has been sent. */
export function dryRunOutput(plan: ContactPlan, catalog: FieldCatalog, request: IDataObject): IDataObject {
	return {
		action: 'dryRun',
		email: plan.email,
		...Object.fromEntries(
			STANDARD_FIELDS.filter((field) => plan.names.has(field)).map((field) => [field, plan.names.get(field)]),
		),
		...(plan.customFields.size > 0 ? { customFields: valuesByTitle([...plan.customFields], catalog) } : {}),
		request,
	};
}

/**
 * Custom values by title. A title that two of the fields share, or that stands for nothing, is told apart by the id.
 * An object made from entries, so that a title such as `__proto__` is a key like any other.
 */
function valuesByTitle(
	values: ReadonlyArray<readonly [string, unknown]>,
	catalog: FieldCatalog,
): IDataObject {
	const titled = values.map(([id, value]) => {
		const field = catalog.byId(id);
		return {
			id,
			title: field ? fieldName(field) : `Custom field ${id}`,
			value: field ? decodeFieldValue(field, value) : textOf(value),
		};
	});
	const isShared = (title: string) => titled.filter((one) => one.title === title).length > 1;
	return Object.fromEntries<string | string[]>(
		titled.map(({ id, title, value }) => [isShared(title) ? `${title} (${id})` : title, value]),
	);
}
