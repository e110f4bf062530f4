import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../shared/failure';
import { quote, quoteValue } from '../shared/text';
import { fillsBlanks, type ContactPlan, type ExistingContact } from './contactPlan';
import { isSameEmail } from './contactReference';
import { targetLabel, type ContactTarget, type SyncMode } from './contactTarget';
import { STANDARD_COLUMNS } from '../fields/field';
import type { FieldCatalog } from '../fields/fieldCatalog';
import { isBlankStoredValue, isGivenAsStored, showStoredValue } from '../fields/fieldValue';

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

function leftAlone(label: string, id: string): LeaveAlone {
	return { write: 'nothing', id, reason: `A contact with ${label} already exists${inBrackets(id)}` };
}

function noContact(target: ContactTarget): string {
	return `No contact has ${targetLabel(target)}`;
}

/** '' for a contact that a dry run would have created: it has no ID yet. */
function inBrackets(id: string): string {
	return id === '' ? '' : ` (ID ${id})`;
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

/** What is to be written to which contact. */
interface PlannedWrite {
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
	{ plan, catalog, target }: PlannedWrite,
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

/** The plan without what cannot be used but is given just as the contact has it, or would not be written anyway. */
function withoutStored(plan: ContactPlan, catalog: FieldCatalog, existing: ExistingContact): ContactPlan {
	if (plan.unusable.length === 0) return plan;
	const keptIds = new Set<string>();
	const unusable = plan.unusable.filter(({ id = '', given, isForBlank }) => {
		const stored = existing.fields.get(id) ?? '';
		const field = catalog.ofValue(id);
		const isKept = isForBlank ? !isBlankStoredValue(field, stored) : isGivenAsStored(field, given, stored);
		if (isKept) keptIds.add(id);
		return !isKept;
	});
	// An earlier item of the same contact may still clear the field, or give a name or phone number.
	const isWritten = ([id, value]: [string, string]) =>
		value === '' || STANDARD_COLUMNS.has(id) || !keptIds.has(id);
	return { ...plan, unusable, fields: new Map([...plan.fields].filter(isWritten)) };
}

/**
 * The plan without what the contact already has: the meaning of `fillOnly` and `onlyIfBlank`.
 * @param catalog the fields of the plan: which of them have choices
 */
export function onlyBlanks(plan: ContactPlan, catalog: FieldCatalog, existing: ExistingContact): ContactPlan {
	const isKept = (id: string) =>
		(plan.fillOnly || plan.onlyIfBlank.has(id)) &&
		!isBlankStoredValue(catalog.ofValue(id), existing.fields.get(id));
	return { ...plan, fields: new Map([...plan.fields].filter(([id]) => !isKept(id))) };
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
