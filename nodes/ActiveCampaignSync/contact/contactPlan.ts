import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../shared/json';
import type { UnmappedKey } from './fields/columns';
import { fieldName } from './fields/customField';
import type { FieldCatalog } from './fields/fieldCatalog';
import { readEmail } from './email';
import { encodeFieldValue, isBlankValue } from './fields/fieldValue';
import { InputError, quote } from '../shared/inputError';
import { STANDARD_FIELDS, STANDARD_TITLES, type StandardField } from './fields/standardFields';
import type { ContactInput, EmptyValues, UnknownFields } from './contactInput';

/** Exactly what is to be written for one contact. Empty strings clear. */
export interface ContactPlan {
	readonly email: string;
	/** Names and phone to write; one that is absent keeps what the contact has. */
	readonly names: ReadonlyMap<StandardField, string>;
	/** Encoded values by custom field id; '' asks for the contact's value to be deleted. */
	readonly customFields: ReadonlyMap<string, string>;
	/** Write only where the contact itself has nothing. */
	readonly fillOnly: boolean;
	readonly warnings: readonly string[];
	readonly unmapped: readonly UnmappedKey[];
}

export interface PlanRules {
	readonly emptyValues: EmptyValues;
	readonly unknownFields: UnknownFields;
	/** IANA name of the workflow's time zone. */
	readonly timeZone: string;
}

/**
 * Decides what is written for a contact.
 * @throws InputError for an address, a field or a value that cannot be used, naming it
 */
export function planContact(input: ContactInput, catalog: FieldCatalog, rules: PlanRules): ContactPlan {
	const clears = rules.emptyValues === 'clear';
	const warnings: string[] = [];
	const email = readEmail(input.email);
	const names = new Map<StandardField, string>();
	for (const { field, value, isSet } of input.names) {
		const text = isBlankValue(value) ? '' : encodeFieldValue(asTextField(field), value, rules.timeZone);
		if (text !== '' || (clears && isSet)) names.set(field, text);
	}
	const customFields = new Map<string, string>();
	for (const { reference, label, value } of input.customFields) {
		if (isBlankValue(reference)) continue;
		const field = catalog.find(reference);
		if (!field) {
			const unknown = label ? deletedField(label, textOf(reference)) : catalog.unknownFieldError(reference);
			if (rules.unknownFields === 'stop') throw unknown;
			warnings.push(`${unknown.message}: left out`);
			continue;
		}
		const encoded = isBlankValue(value) ? '' : encodeFieldValue(field, value, rules.timeZone);
		if (encoded === '' && !clears) continue;
		if (customFields.has(field.id) && customFields.get(field.id) !== encoded) {
			throw new InputError(
				`The custom field '${fieldName(field)}' is given twice, with different values`,
				'Keep one of the two rows',
			);
		}
		customFields.set(field.id, encoded);
	}
	return {
		email,
		names,
		customFields,
		fillOnly: rules.emptyValues === 'fillOnly',
		warnings,
		unmapped: input.unmapped,
	};
}

/**
 * One plan for all items of one person: later values win, earlier ones stay where a later item says nothing.
 * @param plans of one address, in the order of their items; at least one
 */
export function mergePlans(plans: readonly [ContactPlan, ...ContactPlan[]]): ContactPlan {
	const [first] = plans;
	return {
		...first,
		names: new Map(plans.flatMap((plan) => [...plan.names])),
		customFields: new Map(plans.flatMap((plan) => [...plan.customFields])),
	};
}

/** What an existing contact has of its own. */
export interface ExistingContact {
	readonly names: ReadonlyMap<StandardField, string>;
	/** Values by custom field id. */
	readonly customFields: ReadonlyMap<string, string>;
}

/** The plan without what the contact already has: the meaning of `fillOnly`. */
export function onlyBlanks(plan: ContactPlan, existing: ExistingContact): ContactPlan {
	return {
		...plan,
		names: new Map([...plan.names].filter(([field]) => isNothing(existing.names.get(field)))),
		customFields: new Map([...plan.customFields].filter(([id]) => isNothing(existing.customFields.get(id)))),
	};
}

/** A field with several choices and none of them chosen is stored as `||`. */
function isNothing(stored: string | undefined): boolean {
	return stored === undefined || /^[\s|]*$/.test(stored);
}

/**
 * What is posted for a plan. Names are cleared by null, which was seen to overwrite; custom fields to be cleared are
 * not in here, since an empty value does nothing for some types. `fieldValues` is absent rather than empty.
 */
export function syncBody(plan: ContactPlan): { contact: IDataObject } {
	const fieldValues = [...plan.customFields]
		.filter(([, value]) => value !== '')
		.map(([field, value]) => ({ field, value }));
	const names = STANDARD_FIELDS.filter((field) => plan.names.has(field)).map(
		(field): [string, string | null] => [field, plan.names.get(field) || null],
	);
	return {
		contact: {
			email: plan.email,
			...Object.fromEntries(names),
			...(fieldValues.length > 0 ? { fieldValues } : {}),
		},
	};
}

/** The ids of the custom fields that a plan clears. */
export function fieldsToClear(plan: ContactPlan): string[] {
	return [...plan.customFields].filter(([, value]) => value === '').map(([id]) => id);
}

function deletedField(label: string, id: string): InputError {
	return new InputError(
		`The account no longer has the custom field ${quote(label)} (id ${id})`,
		"Pick another field, or set 'Unknown Fields' to 'Skip'",
	);
}

function asTextField(field: StandardField) {
	return { id: '', title: STANDARD_TITLES[field], type: 'text', personalizationTag: '', options: [] };
}
