import type { IDataObject } from 'n8n-workflow';

import { InputError, inputErrorOf } from '../shared/failure';
import { quote, uncapitalized } from '../shared/text';
import { textOf, type JsonObject, isBlankValue } from '../shared/json';
import { emailKey, readEmail } from './contactReference';
import { encodeStandardValue } from './standardValue';
import type { FieldCatalog, ReferenceMode } from '../fields/fieldCatalog';
import { encodeFieldValue } from '../fields/fieldValue';
import type { ValueRules } from '../fields/kinds/kind';
import { STANDARD_FIELDS, STANDARD_TITLES, type CustomField, type StandardField } from '../fields/field';
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
	/** The name of the standard field in the API, or the ID of the custom field; undefined for a field that the account does not have. */
	readonly id?: string;
	readonly given: unknown;
	/** Whether it would be written only where the contact itself has nothing. */
	readonly isForBlank: boolean;
	readonly failure: InputError;
}

/** The changes of one group of fields, and what the user should know about them. */
interface PlannedFields<Field extends string> {
	readonly changes: FieldChanges<Field>;
	readonly warnings: readonly string[];
	readonly unusable: readonly UnusableValue[];
}

/**
 * Decides what to write for a contact.
 * @throws InputError for an address that cannot be used, and for a field that is given twice; with 'Fail', also for a field
 * that the account does not have
 */
export function planContact(input: ContactInput, catalog: FieldCatalog, rules: PlanRules): ContactPlan {
	const email = planEmail(input.email, rules);
	const standard = planStandardFields(input, rules);
	const custom = planCustomFields(input, catalog, rules);
	return {
		email,
		standardFields: standard.changes,
		customFields: custom.changes,
		fillOnly: rules.emptyValues === 'fillOnly',
		warnings: [...standard.warnings, ...custom.warnings],
		unusable: [...standard.unusable, ...custom.unusable],
		mapped: input.mapped,
		unmapped: input.unmapped,
	};
}

function planEmail(given: unknown, { isEmailOptional }: PlanRules): string {
	const isMissing = isBlankValue(given) || isNothing(given) || isCellError(given);
	return isEmailOptional && isMissing ? '' : readEmail(given);
}

function planStandardFields(
	{ standardFields }: ContactInput,
	rules: PlanRules,
): PlannedFields<StandardField> {
	const set = new Map<StandardField, string>();
	const clear = new Set<StandardField>();
	const isForBlank = rules.emptyValues === 'fillOnly';
	const [warnings, unusable]: [string[], UnusableValue[]] = [[], []];
	for (const { field, value, isSet } of standardFields) {
		const name = STANDARD_TITLES[field];
		if (isCellError(value)) {
			warnings.push(cellErrorWarning(name, value));
			continue;
		}
		try {
			const text = encodeStandardValue(field, value, rules);
			if (text !== '') set.set(field, text);
			else if (isSet && rules.emptyValues === 'clear') clear.add(field);
		} catch (thrown) {
			unusable.push({ field: name, id: field, given: value, isForBlank, failure: inputErrorOf(thrown) });
		}
	}
	return { changes: { set, clear }, warnings, unusable };
}

function planCustomFields(
	{ customFields }: ContactInput,
	catalog: FieldCatalog,
	rules: PlanRules,
): PlannedFields<string> {
	/** Encoded values by field ID, '' for those to clear. */
	const planned = new Map<string, string>();
	const onlyIfBlank = new Set<string>();
	const [warnings, unusable]: [string[], UnusableValue[]] = [[], []];
	for (const given of customFields) {
		const { value, onlyIfBlank: isGuarded = false } = given;
		const isForBlank = isGuarded || rules.emptyValues === 'fillOnly';
		if (isBlankValue(given.reference)) continue;
		const field = findField(given, catalog);
		if (field instanceof InputError) {
			if (rules.unusableValues === 'fail') throw field;
			unusable.push({
				field: given.label ?? textOf(given.reference),
				given: value,
				isForBlank,
				failure: field,
			});
			continue;
		}
		if (isCellError(value)) {
			warnings.push(cellErrorWarning(field.name, value));
			continue;
		}
		const { encoded, failure } = tryEncoding(field, value, rules);
		if (failure) unusable.push({ field: field.name, id: field.id, given: value, isForBlank, failure });
		if (encoded === '' && (failure || rules.emptyValues !== 'clear' || isGuarded)) continue;
		if (planned.has(field.id) && planned.get(field.id) !== encoded) throw givenTwiceError(field);
		if (isGuarded && !planned.has(field.id)) onlyIfBlank.add(field.id);
		if (!isGuarded) onlyIfBlank.delete(field.id);
		planned.set(field.id, encoded);
	}
	const changes = {
		set: new Map([...planned].filter(([, encoded]) => encoded !== '')),
		clear: new Set([...planned.keys()].filter((id) => planned.get(id) === '')),
		...(onlyIfBlank.size > 0 ? { onlyIfBlank } : {}),
	};
	return { changes, warnings, unusable };
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

/** What can be sent of a value, and why not all of it. */
function tryEncoding(
	field: CustomField,
	value: unknown,
	rules: PlanRules,
): { readonly encoded: string; readonly failure?: InputError } {
	try {
		return { encoded: encodeFieldValue(field, value, rules) };
	} catch (thrown) {
		const failure = inputErrorOf(thrown);
		return { encoded: failure.details.usable ?? '', failure };
	}
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
	return {
		...first,
		// As it was written first.
		email: emails.find((email) => first.fillOnly || emailKey(email) === lastKey) ?? '',
		standardFields: mergeChanges(plans, ({ standardFields }) => standardFields),
		customFields: mergeChanges(plans, ({ customFields }) => customFields),
		unusable: mergeUnusable(plans),
	};
}

/** What cannot be used, but for fields of which another plan says what they are to contain. */
function mergeUnusable(plans: readonly ContactPlan[]): UnusableValue[] {
	const keyOf = ({ id, field }: UnusableValue) => id ?? `? ${field}`;
	/** Field → the plan that says what it is to contain. */
	const deciding = new Map<string, ContactPlan>();
	const filled = new Set<string>();
	for (const plan of plans) {
		const { standardFields, customFields, fillOnly, unusable } = plan;
		const changes: ReadonlyArray<FieldChanges<string>> = [standardFields, customFields];
		const set = changes.flatMap((ofKind) => [...ofKind.set.keys()]);
		const clear = changes.flatMap((ofKind) => [...ofKind.clear]);
		const isForBlank = (id: string) => fillOnly || customFields.onlyIfBlank?.has(id) === true;
		const decided = [
			...set.filter((id) => !(isForBlank(id) && filled.has(id))),
			...clear,
			...unusable.filter((value) => !(value.isForBlank && filled.has(keyOf(value)))).map(keyOf),
		];
		for (const id of decided) deciding.set(id, plan);
		for (const id of set) filled.add(id);
		for (const id of clear) filled.delete(id);
	}
	return plans.flatMap((plan) => plan.unusable.filter((value) => deciding.get(keyOf(value)) === plan));
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

/** Whether it has to be known what the contact has, before it is written. */
export function needsExisting(plan: ContactPlan): boolean {
	return fillsBlanks(plan) || plan.unusable.some(({ id }) => id !== undefined);
}

/** Whether anything of a plan is to be written only where the contact itself has nothing. */
export function fillsBlanks({
	fillOnly,
	customFields,
}: Pick<ContactPlan, 'fillOnly' | 'customFields'>): boolean {
	return fillOnly || customFields.onlyIfBlank !== undefined;
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
