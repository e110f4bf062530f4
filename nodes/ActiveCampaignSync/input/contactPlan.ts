import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../shared/failure';
import { quote } from '../shared/text';
import { textOf, type JsonObject, isBlankValue } from '../shared/json';
import type { ContactInput, MappedKey, UnmappedKey } from './contactInput';
import type { EmptyValues, UnknownFields } from './syncOptions';
import { emailKey, readEmail } from './email';
import { untypedField, type CustomField } from '../fields/customField';
import type { FieldCatalog } from '../fields/fieldCatalog';
import { encodeFieldValue, isBlankStoredValue } from '../fields/fieldValue';
import { STANDARD_FIELDS, STANDARD_TITLES, type StandardField } from '../fields/standardFields';

/** What to write and what to delete, by field. No field is in both; one that is in neither keeps what it has. */
export interface FieldChanges<Field extends string> {
	/** Encoded values, never empty. */
	readonly set: ReadonlyMap<Field, string>;
	readonly clear: ReadonlySet<Field>;
	/** Fields to set only where the contact itself has nothing. */
	readonly onlyIfBlank?: ReadonlySet<Field>;
}

/** Exactly what to write for one contact. */
export interface ContactPlan {
	/** What the address shall be; '' to keep the one that the contact has. */
	readonly email: string;
	readonly standardFields: FieldChanges<StandardField>;
	/** By custom field ID. */
	readonly customFields: FieldChanges<string>;
	/** Write all fields only where the contact itself has nothing. */
	readonly fillOnly: boolean;
	readonly warnings: readonly string[];
	/** Custom fields that were left out since the account does not have them, as the user called them. */
	readonly skippedFields: readonly string[];
	/** What automatic mapping read by anything but its name. */
	readonly mapped: readonly MappedKey[];
	readonly unmapped: readonly UnmappedKey[];
}

export interface PlanRules {
	readonly emptyValues: EmptyValues;
	readonly unknownFields: UnknownFields;
	/** IANA name of the workflow's time zone. */
	readonly timeZone: string;
	/** Whether the address may be blank, since the contact is found by something else. */
	readonly isEmailOptional?: boolean;
}

interface SkippedField {
	readonly name: string;
	readonly message: string;
}

/**
 * Decides what to write for a contact.
 * @throws InputError for an address, a field or a value that cannot be used, naming it
 */
export function planContact(input: ContactInput, catalog: FieldCatalog, rules: PlanRules): ContactPlan {
	const skipped: SkippedField[] = [];
	return {
		email: rules.isEmailOptional && isBlankValue(input.email) ? '' : readEmail(input.email),
		standardFields: planStandardFields(input, rules),
		customFields: planCustomFields(input, catalog, rules, skipped),
		fillOnly: rules.emptyValues === 'fillOnly',
		warnings: skipped.map(({ message }) => `${message}: left out`),
		skippedFields: skipped.map(({ name }) => name),
		mapped: input.mapped,
		unmapped: input.unmapped,
	};
}

function planStandardFields(
	{ standardFields }: ContactInput,
	{ emptyValues, timeZone }: PlanRules,
): FieldChanges<StandardField> {
	const set = new Map<StandardField, string>();
	const clear = new Set<StandardField>();
	for (const { field, value, isSet } of standardFields) {
		// ActiveCampaign's screens show names without outer blanks, and so does the output.
		const text = encodeFieldValue(asTextField(field), value, timeZone).trim();
		if (text !== '') set.set(field, text);
		else if (isSet && emptyValues === 'clear') clear.add(field);
	}
	return { set, clear };
}

/** @param skipped gets the fields that are left out */
function planCustomFields(
	{ customFields }: ContactInput,
	catalog: FieldCatalog,
	{ emptyValues, unknownFields, timeZone }: PlanRules,
	skipped: SkippedField[],
): FieldChanges<string> {
	/** Encoded values by field ID, '' for those to clear. */
	const planned = new Map<string, string>();
	const onlyIfBlank = new Set<string>();
	for (const { reference, mode, label, value, onlyIfBlank: isForBlank = false } of customFields) {
		if (isBlankValue(reference)) continue;
		const field = catalog.find(reference, mode);
		if (!field) {
			const unknown = label
				? deletedFieldError(label, textOf(reference))
				: catalog.unknownFieldError(reference);
			if (unknownFields === 'stop') throw unknown;
			skipped.push({ name: label ?? textOf(reference), message: unknown.message });
			continue;
		}
		const encoded = encodeFieldValue(field, value, timeZone);
		if (encoded === '' && (emptyValues !== 'clear' || isForBlank)) continue;
		if (planned.has(field.id) && planned.get(field.id) !== encoded) throw givenTwiceError(field);
		if (isForBlank && !planned.has(field.id)) onlyIfBlank.add(field.id);
		if (!isForBlank) onlyIfBlank.delete(field.id);
		planned.set(field.id, encoded);
	}
	return {
		set: new Map([...planned].filter(([, encoded]) => encoded !== '')),
		clear: new Set([...planned.keys()].filter((id) => planned.get(id) === '')),
		...(onlyIfBlank.size > 0 ? { onlyIfBlank } : {}),
	};
}

/**
 * One plan for all items of one person. A later value replaces an earlier one, and what a later item clears is cleared;
 * where only blanks are filled, the first value counts, as if the items had been sent one after the other.
 * @param plans of one contact, in the order of their items; at least one
 */
export function mergePlans(plans: readonly [ContactPlan, ...ContactPlan[]]): ContactPlan {
	const [first] = plans;
	const emails = plans.map(({ email }) => email).filter((email) => email !== '');
	const lastKey = emailKey(emails.at(-1) ?? '');
	return {
		...first,
		// As it was written first.
		email: emails.find((email) => first.fillOnly || emailKey(email) === lastKey) ?? '',
		standardFields: mergeChanges(plans, ({ standardFields }) => standardFields),
		customFields: mergeChanges(plans, ({ customFields }) => customFields),
	};
}

function mergeChanges<Field extends string>(
	plans: readonly ContactPlan[],
	changesOf: (plan: ContactPlan) => FieldChanges<Field>,
): FieldChanges<Field> {
	const set = new Map<Field, string>();
	const clear = new Set<Field>();
	const onlyIfBlank = new Set<Field>();
	for (const plan of plans) {
		const changes = changesOf(plan);
		for (const [field, value] of changes.set) {
			const isForBlank = changes.onlyIfBlank?.has(field) === true;
			if ((plan.fillOnly || isForBlank) && set.has(field)) continue;
			// What an earlier item clears is blank by then.
			if (isForBlank && !clear.has(field)) onlyIfBlank.add(field);
			else onlyIfBlank.delete(field);
			set.set(field, value);
			clear.delete(field);
		}
		for (const field of changes.clear) {
			set.delete(field);
			onlyIfBlank.delete(field);
			clear.add(field);
		}
	}
	return { set, clear, ...(onlyIfBlank.size > 0 ? { onlyIfBlank } : {}) };
}

/** What an existing contact has of its own. */
export interface ExistingContact {
	readonly email: string;
	readonly standardFields: ReadonlyMap<StandardField, string>;
	/** Values by custom field ID. */
	readonly customFields: ReadonlyMap<string, string>;
}

/**
 * What a contact has of its own.
 * @param row of `contacts`
 * @param values its rows of `fieldValues`
 */
export function existingContact(row: JsonObject, values: readonly JsonObject[]): ExistingContact {
	return {
		email: textOf(row['email']),
		standardFields: new Map(STANDARD_FIELDS.map((field) => [field, textOf(row[field])])),
		customFields: new Map(values.map((value) => [textOf(value['field']), textOf(value['value'])])),
	};
}

/** Whether anything of a plan is to be written only where the contact itself has nothing. */
export function fillsBlanks({
	fillOnly,
	customFields,
}: Pick<ContactPlan, 'fillOnly' | 'customFields'>): boolean {
	return fillOnly || customFields.onlyIfBlank !== undefined;
}

/**
 * The plan without what the contact already has: the meaning of `fillOnly` and `onlyIfBlank`.
 * @param catalog the fields of the plan: which of them have choices
 */
export function onlyBlanks(plan: ContactPlan, catalog: FieldCatalog, existing: ExistingContact): ContactPlan {
	const { standardFields, customFields, fillOnly } = plan;
	const hasValue = (id: string) => {
		const field = catalog.byId(id);
		const stored = existing.customFields.get(id);
		return !(field ? isBlankStoredValue(field, stored) : isBlankValue(stored));
	};
	return {
		...plan,
		standardFields: {
			...standardFields,
			set: new Map(
				[...standardFields.set].filter(
					([field]) => !fillOnly || isBlankValue(existing.standardFields.get(field)),
				),
			),
		},
		customFields: {
			...customFields,
			set: new Map(
				[...customFields.set].filter(
					([id]) => !(fillOnly || customFields.onlyIfBlank?.has(id)) || !hasValue(id),
				),
			),
		},
	};
}

/**
 * The contact as `POST /contact/sync` and `PUT /contacts/{id}` take it. Null clears a standard field, as was seen; custom
 * fields to clear are not in here, since an empty value does nothing for some types. `fieldValues` is absent rather than
 * empty.
 */
export function syncBody({ email, standardFields, customFields }: ContactPlan): { contact: IDataObject } {
	const fieldValues = [...customFields.set].map(([field, value]) => ({ field, value }));
	const changed = STANDARD_FIELDS.filter(
		(field) => standardFields.set.has(field) || standardFields.clear.has(field),
	);
	return {
		contact: {
			...(email === '' ? {} : { email }),
			...Object.fromEntries(changed.map((field) => [field, standardFields.set.get(field) ?? null])),
			...(fieldValues.length > 0 ? { fieldValues } : {}),
		},
	};
}

function givenTwiceError(field: CustomField): InputError {
	return new InputError(
		`The custom field ${quote(field.name)} is given twice, with different values`,
		'Keep one of the two rows',
	);
}

function deletedFieldError(label: string, id: string): InputError {
	return new InputError(
		`The account no longer has the custom field ${quote(label)} (ID ${id})`,
		"Pick another field, or set 'Unknown Fields' to 'Skip'",
	);
}

function asTextField(field: StandardField): CustomField {
	return { ...untypedField(''), name: STANDARD_TITLES[field], type: 'text' };
}
