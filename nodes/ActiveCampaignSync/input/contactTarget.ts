import { InputError } from '../shared/failure';
import { quote, quoteValue } from '../shared/text';
import type { ContactPlan } from './contactPlan';
import { readContactId, referenceKey, referenceLabel, type ContactReference } from './contactReference';
import type { CustomField } from '../fields/field';
import { encodeFieldValue, isSameStoredValue, kindOf, showStoredValue } from '../fields/fieldValue';
import type { ValueRules } from '../fields/kinds/kind';
import { hasLostDigits, isCellError, isNothing, withoutMarks } from '../fields/typedText';
import { isBlankValue } from '../shared/json';
import type { FieldCatalog } from '../fields/fieldCatalog';
import { choice, locatorId, locatorMode, locatorValue, type ItemParameters } from './parameters';

/** Which contact an item is about. */
export type ContactTarget =
	| ContactReference
	/** The contact whose custom field has this value, encoded as it is sent: a key of the user's own. */
	| { readonly by: 'key'; readonly field: CustomField; readonly value: string };

/** Which contacts are written: all, only those that exist, or only those that don't. */
export type SyncMode = 'createOrUpdate' | 'updateOnly' | 'createOnly';

/** Which contact one item is about, as the user gave it. */
export interface ReadTarget {
	/** See `ReadContact.neededFields`. */
	readonly neededFields: readonly string[] | 'all';
	/** Whether the contact is found by something else than its address. */
	readonly isEmailOptional: boolean;
	/** @throws InputError for a field or value that cannot be used */
	readonly toTarget: (plan: ContactPlan, catalog: FieldCatalog, rules: ValueRules) => ContactTarget;
}

const MATCH_BY = ['email', 'contactId', 'customField'] as const;

/** The contact is the one that has the address. */
export const BY_EMAIL: ReadTarget = {
	neededFields: [],
	isEmailOptional: false,
	toTarget: ({ email }) => ({ by: 'email', email }),
};

/** Reads 'Match By' and what belongs to it. @throws InputError */
export function readTarget(parameters: ItemParameters, itemIndex: number, syncMode: SyncMode): ReadTarget {
	switch (choice(parameters.value('matchBy', itemIndex), 'Match By', MATCH_BY, 'email')) {
		case 'email':
			return BY_EMAIL;
		case 'contactId':
			return byId(parameters.value('contactId', itemIndex), syncMode);
		case 'customField':
			return byCustomField(
				parameters.value('matchField', itemIndex),
				parameters.value('matchValue', itemIndex),
			);
	}
}

function byId(given: unknown, syncMode: SyncMode): ReadTarget {
	if (syncMode === 'createOnly') {
		throw new InputError(
			"'Sync Mode' is 'Create Only', and 'Match By' is 'Contact ID'",
			'A contact that is to be created has no ID yet: match by email or by a custom field',
		);
	}
	const id = readContactId(given);
	return { ...BY_EMAIL, isEmailOptional: true, toTarget: () => ({ by: 'id', id }) };
}

function byCustomField(locator: unknown, value: unknown): ReadTarget {
	const reference = locatorValue(locator);
	if (isBlankValue(reference)) {
		throw new InputError(
			"'Match Field' is empty",
			"Choose the custom field that contains your own key, e.g. 'CRM ID'",
		);
	}
	const id = locatorId(locator);
	return {
		neededFields: id === '' ? 'all' : [id],
		isEmailOptional: true,
		toTarget: (_plan, catalog, rules) => {
			const field = catalog.find(reference, locatorMode(locator));
			if (field) return keyTarget(field, value, rules);
			throw new InputError(
				catalog.unknownFieldError(reference).message,
				"Choose another field in 'Match Field', or create it in ActiveCampaign under Contacts > Fields",
			);
		},
	};
}

/**
 * The contact that has a value in a custom field.
 * @throws InputError for a value that is empty or not of its type, and for a field that is not found by what was sent:
 * a moment is stored in the account's time zone, so that each run would create the contact again
 */
export function keyTarget(field: CustomField, given: unknown, rules: ValueRules): ContactTarget {
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
	const encoded = encodeFieldValue(field, given, rules);
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
	const planned = plan.fields.get(field.id);
	const isSame = (one: string) =>
		isSameStoredValue(field, one, value) || isSameStoredValue(field, withoutMarks(one), value);
	if (planned !== undefined && !isSame(planned)) {
		throw new InputError(
			`'Match Value' and the custom field ${quote(field.name)} have different values`,
			"Remove the field from the contact's fields: it gets the match value",
		);
	}
	return { ...plan, fields: new Map([[field.id, value], ...plan.fields, [field.id, value]]) };
}

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
