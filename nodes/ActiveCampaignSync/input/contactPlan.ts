import type { IDataObject } from 'n8n-workflow';

import { InputError, inputErrorOf } from '../shared/failure';
import { quote, uncapitalized } from '../shared/text';
import { textOf, type JsonObject, isBlankValue } from '../shared/json';
import { emailKey, readEmail } from './contactReference';
import { encodeStandardValue } from './standardValue';
import type { FieldCatalog, ReferenceMode } from '../fields/fieldCatalog';
import { encodeFieldValue } from '../fields/fieldValue';
import type { ValueRules } from '../fields/kinds/kind';
import {
	STANDARD_COLUMNS,
	STANDARD_FIELDS,
	STANDARD_TITLES,
	type CustomField,
	type StandardField,
} from '../fields/field';
import { cellErrorWarning, isCellError, isNothing } from '../fields/typedText';

/** What a user gave for one contact, before any of it is judged: both ways to fill in the node end in this shape. */
export interface ContactInput {
	readonly email: unknown;
	/** Each at most once. */
	readonly standardFields: readonly GivenField[];
	readonly customFields: readonly GivenCustomField[];
	/** What automatic mapping read by anything but its name. */
	readonly mapped: readonly MappedKey[];
	readonly unmapped: readonly UnmappedKey[];
}

export interface GivenField {
	readonly field: StandardField;
	readonly value: unknown;
	/**
	 * Whether the user set this field at all. One left blank in the node is not a request to clear it; one whose expression
	 * came out empty may be.
	 */
	readonly isSet: boolean;
}

export interface GivenCustomField {
	readonly reference: unknown;
	readonly mode?: ReferenceMode;
	/** What the field was called when it was picked, in case it has been deleted since. */
	readonly label?: string;
	readonly value: unknown;
	/** Whether to set it only where the contact itself has nothing. */
	readonly onlyIfBlank?: boolean;
}

/** A field, by its name on screen, that was read from a key of another name. */
export interface MappedKey {
	readonly field: string;
	readonly from: string;
}

/** A key of the input that fills no field, and why. */
export interface UnmappedKey {
	readonly key: string;
	readonly reason: string;
}

/** What empty values do: leave the contact's fields, clear them, or leave them and fill only blank ones. */
export type EmptyValues = 'keep' | 'clear' | 'fillOnly';

/**
 * What happens to an item with values that cannot be used, or with custom fields that the account does not have: all the
 * rest is saved and the item fails, the rest is saved with a warning, or nothing is.
 */
export type UnusableValues = 'saveRest' | 'skip' | 'fail';

export interface PlanRules extends ValueRules {
	readonly emptyValues: EmptyValues;
	readonly unusableValues: UnusableValues;
	/** Whether the address may be blank, since the contact is found by something else. */
	readonly isEmailOptional?: boolean;
}

/** Exactly what to write for one contact. */
export interface ContactPlan {
	/** What the address shall be; '' to keep the one that the contact has. */
	readonly email: string;
	/**
	 * Encoded values, '' to clear the field; a field that is not in here keeps what it has. By the name of a standard field in
	 * the API, or by custom field ID.
	 */
	readonly fields: ReadonlyMap<string, string>;
	/** Those to write only where the contact itself has nothing; none of them is cleared. */
	readonly onlyIfBlank: ReadonlySet<string>;
	/** Write all fields only where the contact itself has nothing. */
	readonly fillOnly: boolean;
	readonly warnings: readonly string[];
	/** What cannot be used, for values and for fields that the account does not have. */
	readonly unusable: readonly UnusableValue[];
	/** What automatic mapping read by anything but its name. */
	readonly mapped: readonly MappedKey[];
	readonly unmapped: readonly UnmappedKey[];
}

/** A value that a contact does not get, or only a part of it. */
interface UnusableValue {
	/** The field's name on screen, or what the user called a field that the account does not have. */
	readonly field: string;
	/** As in the plan's `fields`; undefined for a field that the account does not have. */
	readonly id?: string;
	readonly given: unknown;
	/** Whether it would be written only where the contact itself has nothing. */
	readonly isForBlank: boolean;
	readonly failure: InputError;
}

/**
 * Decides what to write for a contact.
 * @throws InputError for an address that cannot be used, and for a field that is given twice; with 'Fail', also for a field
 * that the account does not have
 */
export function planContact(input: ContactInput, catalog: FieldCatalog, rules: PlanRules): ContactPlan {
	const email = planEmail(input.email, rules);
	const fields = new Map<string, string>();
	const onlyIfBlank = new Set<string>();
	const fillOnly = rules.emptyValues === 'fillOnly';
	const [warnings, unusable]: [string[], UnusableValue[]] = [[], []];
	/** What can be sent of a value, '' to clear the field; undefined to leave it. */
	const encodedOf = (
		{ id, name }: Pick<CustomField, 'id' | 'name'>,
		{ value: given, isSet = true, onlyIfBlank: isGuarded = false }: Partial<GivenField & GivenCustomField>,
		encode: () => string,
	) => {
		if (isCellError(given)) {
			warnings.push(cellErrorWarning(name, given));
			return undefined;
		}
		try {
			const mayClear = rules.emptyValues === 'clear' && isSet && !isGuarded;
			return encode() || (mayClear ? '' : undefined);
		} catch (thrown) {
			const failure = inputErrorOf(thrown);
			unusable.push({ field: name, id, given, isForBlank: isGuarded || fillOnly, failure });
			return failure.details.usable || undefined;
		}
	};
	for (const given of input.standardFields) {
		const { field: id, value } = given;
		const name = STANDARD_TITLES[id];
		const encoded = encodedOf({ id, name }, given, () => encodeStandardValue(id, value, rules));
		if (encoded !== undefined) fields.set(id, encoded);
	}
	for (const given of input.customFields) {
		const { reference, label, value, onlyIfBlank: isGuarded = false } = given;
		if (isBlankValue(reference)) continue;
		const field = findField(given, catalog);
		if (field instanceof InputError) {
			if (rules.unusableValues === 'fail') throw field;
			const isForBlank = isGuarded || fillOnly;
			unusable.push({ field: label ?? textOf(reference), given: value, isForBlank, failure: field });
			continue;
		}
		const encoded = encodedOf(field, given, () => encodeFieldValue(field, value, rules));
		if (encoded === undefined) continue;
		const earlier = fields.get(field.id);
		if (earlier !== undefined && earlier !== encoded) throw givenTwiceError(field);
		if (!isGuarded) onlyIfBlank.delete(field.id);
		else if (earlier === undefined) onlyIfBlank.add(field.id);
		fields.set(field.id, encoded);
	}
	const { mapped, unmapped } = input;
	return { email, fields, onlyIfBlank, fillOnly, warnings, unusable, mapped, unmapped };
}

function planEmail(given: unknown, { isEmailOptional }: PlanRules): string {
	const isMissing = isBlankValue(given) || isNothing(given) || isCellError(given);
	return isEmailOptional && isMissing ? '' : readEmail(given);
}

/** The field that is meant, or why there is none. */
function findField(
	{ reference, mode, label }: GivenCustomField,
	catalog: FieldCatalog,
): CustomField | InputError {
	try {
		const field = catalog.find(reference, mode);
		if (field) return field;
	} catch (thrown) {
		return inputErrorOf(thrown);
	}
	return label ? deletedFieldError(label, textOf(reference)) : catalog.unknownFieldError(reference);
}

function deletedFieldError(label: string, id: string): InputError {
	return new InputError(
		`The account no longer has the custom field ${quote(label)} (ID ${id})`,
		"Pick another field, or set 'Unusable Values' to 'Skip'",
	);
}

function givenTwiceError(field: CustomField): InputError {
	return new InputError(
		`The custom field ${quote(field.name)} is given twice, with different values`,
		'Keep one of the two rows',
	);
}

/** Why it is not set, to go on after the field's name and a colon: "'04/15' is not a date", "it has no option 'Pink'". */
export function unusableReason({ field, failure: { message } }: UnusableValue): string {
	const [name, rest] = [quote(field), message.slice(quote(field).length)];
	if (message.startsWith(`${name}: `)) return rest.slice(2);
	return message.startsWith(`${name} `) ? `it${rest}` : uncapitalized(message);
}

/** What to say where the item does not fail. */
export function unusableWarning({ failure }: UnusableValue): string {
	return `${failure.message}: skipped`;
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
	const fields = new Map<string, string>();
	const onlyIfBlank = new Set<string>();
	const keyOf = ({ id, field }: UnusableValue) => id ?? `? ${field}`;
	/** Field → the plan that says what it is to contain. */
	const deciding = new Map<string, ContactPlan>();
	for (const plan of plans) {
		for (const value of plan.unusable) {
			if (!value.isForBlank || !fields.get(keyOf(value))) deciding.set(keyOf(value), plan);
		}
		for (const [id, value] of plan.fields) {
			const isGuarded = plan.onlyIfBlank.has(id);
			const earlier = fields.get(id);
			if (earlier && (plan.fillOnly || isGuarded)) continue;
			// What an earlier item clears is blank by then.
			if (isGuarded && earlier === undefined) onlyIfBlank.add(id);
			else onlyIfBlank.delete(id);
			fields.set(id, value);
			deciding.set(id, plan);
		}
	}
	return {
		...first,
		// As it was written first.
		email: emails.find((email) => first.fillOnly || emailKey(email) === lastKey) ?? '',
		fields,
		onlyIfBlank,
		// Not for fields of which another plan says what they are to contain.
		unusable: plans.flatMap((plan) => plan.unusable.filter((value) => deciding.get(keyOf(value)) === plan)),
	};
}

/** What an existing contact has of its own. */
export interface ExistingContact {
	readonly email: string;
	/** By the same keys as those of a plan; '' or missing where it has nothing. */
	readonly fields: ReadonlyMap<string, string>;
}

/**
 * What a contact has of its own.
 * @param row of `contacts`
 * @param values its rows of `fieldValues`
 */
export function existingContact(row: JsonObject, values: readonly JsonObject[]): ExistingContact {
	return {
		email: textOf(row['email']),
		fields: new Map([
			...STANDARD_FIELDS.map((field) => [field, textOf(row[field])] as const),
			...values.map((value) => [textOf(value['field']), textOf(value['value'])] as const),
		]),
	};
}

/** Whether it has to be known what the contact has, before it is written. */
export function needsExisting(plan: ContactPlan): boolean {
	return fillsBlanks(plan) || plan.unusable.some(({ id }) => id !== undefined);
}

/** Whether anything of a plan is to be written only where the contact itself has nothing. */
export function fillsBlanks({ fillOnly, onlyIfBlank }: ContactPlan): boolean {
	return fillOnly || onlyIfBlank.size > 0;
}

/** The custom fields among a plan's fields, by ID. */
export function customFieldsOf({ fields }: Pick<ContactPlan, 'fields'>): Array<[string, string]> {
	return [...fields].filter(([id]) => !STANDARD_COLUMNS.has(id));
}

/** The custom fields that a plan gives a value, by ID: not those that it clears. */
export function customValuesOf(plan: Pick<ContactPlan, 'fields'>): Array<[string, string]> {
	return customFieldsOf(plan).filter(([, value]) => value !== '');
}

/**
 * The contact as `POST /contact/sync` and `PUT /contacts/{id}` take it. Null clears a standard field, as was seen; custom
 * fields to clear are not in here, since an empty value does nothing for some types. `fieldValues` is absent rather than
 * empty.
 */
export function syncBody(plan: ContactPlan): { contact: IDataObject } {
	const { email, fields } = plan;
	const standard = STANDARD_FIELDS.filter((field) => fields.has(field));
	const custom = customValuesOf(plan);
	return {
		contact: {
			...(email === '' ? {} : { email }),
			...Object.fromEntries(standard.map((field) => [field, fields.get(field) || null])),
			...(custom.length > 0 ? { fieldValues: custom.map(([field, value]) => ({ field, value })) } : {}),
		},
	};
}
