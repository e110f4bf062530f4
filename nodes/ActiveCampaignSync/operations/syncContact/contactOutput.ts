import type { IDataObject } from 'n8n-workflow';

import { BOUNCES_FOR_GOOD, bouncedForGood } from '../../account/contactParts';
import { idOf, isObject, objectsIn, textOf, type JsonObject } from '../../shared/json';
import { customFieldsOf, type ContactPlan, type UnusableValues } from '../../input/contactPlan';
import type { FieldCatalog } from '../../fields/fieldCatalog';
import { showStoredValues } from '../../fields/fieldValue';
import { STANDARD_FIELDS } from '../../fields/field';
import { explain } from '../../shared/failure';
import { labelOf, type FailedPart } from '../../steps/stepReport';
import type { FieldNotSet } from './verifyFields';

/** What `POST /contact/sync` did, read from its response. */
export interface SyncResult {
	readonly action: 'created' | 'updated';
	readonly id: string;
	/**
	 * Whether the contact is certain to have been created by this request, so that it can have no lists, tags and automations yet.
	 * Consent depends on it: where there is any doubt, it is false, and what the contact has is read.
	 */
	readonly isNew: boolean;
	/** Whether mail to the contact bounced for good; a created contact has had none. Undefined if the response does not say. */
	readonly hasBounced: boolean | undefined;
	readonly contact: JsonObject;
	/** The custom field values that the account says it has set, by field id; undefined if it does not say. */
	readonly setFields: ReadonlyMap<string, unknown> | undefined;
	/** The whole response, for users who want it. */
	readonly response: IDataObject;
}

/** The account writes dates in whole seconds (milliseconds). */
const DATE_PRECISION_MS = 1_000;

/**
 * Reads the response of a sync that has a contact.
 *
 * 201 was recorded for created and 200 for updated contacts. Where 201 is given for all, the dates decide: a contact
 * created just now has `cdate` equal to `udate`. After a repeat, 200 may be for a contact that an earlier try, whose
 * response was lost, has created: then it was created at most as long ago as that try.
 * @param repeatedWithinMs if an earlier try may have done the work already: the time since before it
 * @param isKnown whether this run has saved the contact before, so that nothing can have created it now
 */
export function readSyncResponse(
	statusCode: number,
	response: JsonObject,
	repeatedWithinMs?: number,
	isKnown = false,
): SyncResult {
	const contact = isObject(response['contact']) ? response['contact'] : {};
	const created = textOf(contact['cdate']);
	const updated = textOf(contact['udate']);
	const isUntouched = created === updated || updated === '';
	const ageMs = Date.parse(updated) - Date.parse(created);
	const isByLostTry = repeatedWithinMs !== undefined && ageMs <= repeatedWithinMs + DATE_PRECISION_MS;
	const values = response['fieldValues'];
	const saysBounces = BOUNCES_FOR_GOOD in contact;
	const isNew = !isKnown && statusCode === 201 && created !== '' && created === updated && !saysBounces;
	return {
		action: !isKnown && ((statusCode === 201 && isUntouched) || isByLostTry) ? 'created' : 'updated',
		id: idOf(contact['id']),
		isNew,
		hasBounced: isNew || saysBounces ? bouncedForGood(contact) : undefined,
		contact,
		setFields: Array.isArray(values)
			? new Map(objectsIn(values).map((row) => [textOf(row['field']), row['value']]))
			: undefined,
		response: isItemData(response) ? response : {},
	};
}

/** What came as JSON fits into an item as it is. */
function isItemData(response: unknown): response is IDataObject {
	return isObject(response);
}

/**
 * The short output: what was done, who it is, what became of the steps, and what the contact has now: names and phone as
 * far as it has them or lost them, and the custom values that were written, by the names of their fields.
 * @param plan what was written
 * @param notSet ids of the custom fields that could not be set or emptied
 * @param steps outcomes as `stepOutput` gives them
 */
export function simpleOutput(
	{ action, id, contact, setFields, plan }: SyncResult & { readonly plan: ContactPlan },
	catalog: FieldCatalog,
	notSet: Pick<ReadonlySet<string>, 'has'>,
	steps: IDataObject = {},
): IDataObject {
	// The response to a creation is sparse: what it leaves out is what was sent.
	const standardFields = STANDARD_FIELDS.map((field): [string, string] => [
		field,
		textOf(contact[field] ?? plan.fields.get(field)),
	]).filter(([field, value]) => value !== '' || plan.fields.get(field) === '');
	const values = customFieldsOf(plan)
		.filter(([id]) => !notSet.has(id))
		.map(([id, sent]) => [catalog.ofValue(id), sent && (setFields?.get(id) ?? sent)] as const);
	return {
		action,
		id,
		email: textOf(contact['email']) || plan.email,
		...steps,
		...Object.fromEntries<string>(standardFields),
		...(values.length > 0 ? { customFields: showStoredValues(values) } : {}),
	};
}

/** What is wrong with the custom fields of a synced contact. */
interface FieldProblems {
	/** The fields that do not have the value that was asked for, or may not have it. */
	readonly ids: ReadonlySet<string>;
	/** Those that fail the item. */
	readonly failedParts: FailedPart[];
	/** Those that are only to be mentioned. */
	readonly warnings: string[];
}

/** Which custom fields fail an item, and which are only to be mentioned. */
export function fieldProblems(
	notSet: readonly FieldNotSet[],
	catalog: FieldCatalog,
	unusableValues: UnusableValues,
): FieldProblems {
	const partOf = ({ id, verb, failure }: FieldNotSet): FailedPart => {
		const field = catalog.ofValue(id);
		const ignored = `ActiveCampaign ignored it, which usually means that no custom field has the ID ${id}`;
		const name = field.type === undefined ? id : field.name;
		return { what: 'custom field', name, verb, reason: failure ? explain(failure) : ignored };
	};
	const isMentioned = ({ failure }: FieldNotSet) => unusableValues === 'skip' && !failure;
	const mentioned = notSet.filter(isMentioned).map(partOf);
	return {
		ids: new Set(notSet.map(({ id }) => id)),
		failedParts: notSet.filter((one) => !isMentioned(one)).map(partOf),
		warnings: mentioned.map((part) => `${labelOf(part)}: ${part.reason}`),
	};
}
