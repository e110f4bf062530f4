import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../shared/failure';
import { quote, quoteValue } from '../shared/text';
import {
	fillsBlanks,
	onlyBlanks,
	withoutStored,
	type ContactPlan,
	type ExistingContact,
} from './contactPlan';
import { isSameEmail } from './email';
import { referenceKey, referenceLabel, type ContactReference } from './contactReference';
import type { SyncMode } from './syncOptions';
import type { CustomField } from '../fields/customField';
import type { FieldCatalog } from '../fields/fieldCatalog';
import { kindOf } from '../fields/fieldKinds';
import { encodeFieldValue, isSameStoredValue, showStoredValue } from '../fields/fieldValue';
import type { ValueRules } from '../fields/kinds/kind';
import { hasLostDigits, isCellError, isNothing, withoutMarks } from '../fields/typedText';
import { isBlankValue } from '../shared/json';

/** Which contact an item is about. */
export type ContactTarget =
	| ContactReference
	/** The contact whose custom field has this value, encoded as it is sent: a key of the user's own. */
	| { readonly by: 'key'; readonly field: CustomField; readonly value: string };

/** Two items with one key are about one contact. */
export function targetKey(target: ContactTarget): string {
	return target.by === 'key' ? `field ${target.field.id} ${target.value}` : referenceKey(target);
}

/** What to call it in a message, e.g. "the email 'jane@example.com'" or "'4711' in 'CRM ID'". */
export function targetLabel(target: ContactTarget): string {
	return target.by === 'key'
		? `${quoteValue(showStoredValue(target.field, target.value))} in ${quote(target.field.name)}`
		: referenceLabel(target);
}

/**
 * The contact that has a value in a custom field.
 * @throws InputError for a value that is empty or not of its type, and for a field that is not found by what was sent:
 * a moment is stored in the account's time zone, so that each run would create the contact again
 */
export function keyTarget(
	field: CustomField,
	given: unknown,
	{ timeZone, dateOrder }: ValueRules,
): ContactTarget {
	if (!kindOf(field).canMatch) {
		throw new InputError(
			`'Match Field' is ${quote(field.name)}, and a Date Time field cannot be a key`,
			'Keep your key in another field, best a text field',
		);
	}
	if (hasLostDigits(given)) {
		throw new InputError(
			`'Match Value' is a number of which digits are lost: ${quoteValue(given)}`,
			'Format the column as text in the spreadsheet, and enter the key again',
		);
	}
	const encoded = encodeFieldValue(field, given, timeZone, dateOrder);
	const value = field.options.length > 0 ? encoded.trim() : withoutMarks(encoded);
	// Many contacts may have the word for "none", and they are not the same person.
	const isNone = isNothing(given) || isCellError(given);
	if (!isNone && !isBlankValue(value)) return { by: 'key', field, value };
	throw new InputError(
		`'Match Value' is empty${isNone ? `: ${quoteValue(given)}` : ''}`,
		`Map the value of ${quote(field.name)} into it. Remove items without one with a Filter node`,
	);
}

/**
 * The plan with the key that the contact is found by, so that a new contact gets it.
 * @throws InputError when the same field is to get another value
 */
export function withKey(plan: ContactPlan, target: ContactTarget): ContactPlan {
	if (target.by !== 'key') return plan;
	const { field, value } = target;
	const { set, clear } = plan.customFields;
	const planned = set.get(field.id);
	const isSame = (one: string) =>
		isSameStoredValue(field, one, value) || isSameStoredValue(field, withoutMarks(one), value);
	if (clear.has(field.id) || (planned !== undefined && !isSame(planned))) {
		throw new InputError(
			`'Match Value' and the custom field ${quote(field.name)} have different values`,
			"Remove the field from the contact's fields: it gets the match value",
		);
	}
	const withValue = new Map([[field.id, value], ...set, [field.id, value]]);
	return { ...plan, customFields: { ...plan.customFields, set: withValue } };
}

/** What the account has for a target. */
export interface FoundIds {
	/** The contact that the target means; undefined if there is none. */
	readonly id?: string;
	/** Where nobody has the key: the contact that has the address, with its own key, '' for none. */
	readonly emailOwner?: { readonly id: string; readonly key: string };
}

/** What to do with a contact: sync it by email, update it by its ID, or leave it alone. */
export type WriteDecision =
	{ readonly write: 'sync' } | { readonly write: 'update'; readonly id: string } | LeaveAlone;

/** Why a contact is left alone, with its ID if it is there. */
export interface LeaveAlone {
	readonly write: 'nothing';
	readonly id?: string;
	readonly reason: string;
}

/**
 * Decides how a contact is written. A contact that is found only by its address gets the key if it has none; another
 * person's key is never overwritten.
 * @param email what the address shall be, '' to keep it
 * @throws InputError where there is nobody to update and nothing to create a contact with, or a key would be overwritten
 */
export function decideWrite(
	target: ContactTarget,
	email: string,
	syncMode: SyncMode,
	{ id, emailOwner }: FoundIds,
): WriteDecision {
	if (id !== undefined) {
		if (syncMode === 'createOnly') return leftAlone(targetLabel(target), id);
		const isSync = target.by === 'email' && syncMode === 'createOrUpdate';
		return isSync ? { write: 'sync' } : { write: 'update', id };
	}
	if (target.by === 'key' && emailOwner) return decideForOwner(target, email, syncMode, emailOwner);
	if (syncMode === 'updateOnly') return { write: 'nothing', reason: noContact(target) };
	if (target.by !== 'key' || email !== '') return { write: 'sync' };
	throw new InputError(
		`${noContact(target)}, and an email is needed to create one`,
		"Map the email address into 'Email', or set 'Sync Mode' to 'Update Only' to skip such items",
	);
}

function decideForOwner(
	{ field, value }: Extract<ContactTarget, { by: 'key' }>,
	email: string,
	syncMode: SyncMode,
	{ id, key }: NonNullable<FoundIds['emailOwner']>,
): WriteDecision {
	if (syncMode === 'createOnly') return leftAlone(`the email ${quote(email)}`, id);
	if (key === '') return { write: 'update', id };
	const shown = (stored: string) => quoteValue(showStoredValue(field, stored));
	throw new InputError(
		`The contact with the email ${quote(email)}${inBrackets(id)} has ${shown(key)} in ${quote(field.name)}, not ${shown(value)}`,
		'Nothing was changed. Check which of the two is right, and correct it in ActiveCampaign or in the input',
		{ emailOwnerId: id },
	);
}

/** What is to be written to which contact. */
interface PlannedContact {
	readonly plan: ContactPlan;
	/** The fields of the plan. */
	readonly catalog: FieldCatalog;
	readonly target: ContactTarget;
}

/**
 * The plan as it is written to a contact.
 * @param existing what the contact has; undefined for nobody, or where it makes no difference
 */
export function planToWrite(
	{ plan, catalog, target }: PlannedContact,
	{ write }: WriteDecision,
	existing: ExistingContact | undefined,
): ContactPlan {
	const wanted = existing ? withoutStored(plan, catalog, existing) : plan;
	const written = fillsBlanks(plan) && existing ? onlyBlanks(wanted, catalog, existing) : wanted;
	// Who is found by the address has it, and an address is not blank.
	const keepsEmail =
		write === 'update' && (target.by === 'email' || (plan.fillOnly && existing && existing.email !== ''));
	return keepsEmail ? { ...written, email: '' } : written;
}

/**
 * What to say where the contact keeps its address although the item has another one, since only blanks are filled.
 * @param written the plan as it is written
 */
export function keptAddressWarnings(
	{ email }: ContactPlan,
	written: ContactPlan,
	existing: ExistingContact | undefined,
): string[] {
	const isKept = email !== '' && written.email === '' && existing !== undefined;
	if (!isKept || isSameEmail(email, existing.email)) return [];
	return [
		`The email ${quote(email)} was not saved: the contact has ${quote(existing.email)}, and only blank fields are filled`,
	];
}

function leftAlone(label: string, id: string): LeaveAlone {
	return { write: 'nothing', id, reason: `A contact with ${label} already exists${inBrackets(id)}` };
}

/** '' for a contact that a dry run would have created: it has no ID yet. */
function inBrackets(id: string): string {
	return id === '' ? '' : ` (ID ${id})`;
}

function noContact(target: ContactTarget): string {
	return `No contact has ${targetLabel(target)}`;
}

/** The output for a contact that is left alone. */
export function skippedOutput(
	action: 'skipped' | 'wouldSkip',
	plan: ContactPlan,
	{ id, reason }: LeaveAlone,
): IDataObject {
	return {
		action,
		...(id ? { id } : {}),
		...(plan.email === '' ? {} : { email: plan.email }),
		reason,
	};
}
