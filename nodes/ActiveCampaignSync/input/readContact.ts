import { idOf, isObject, objectsIn, textOf, type JsonObject, isBlankValue } from '../shared/json';
import type { ContactInput, GivenCustomField, GivenField } from './contactInput';
import { columnFieldId, matchColumns, resolveColumn, type ColumnMatches } from './columns';
import { FieldCatalog } from '../fields/fieldCatalog';
import { nameInLabel } from '../fields/fieldKinds';
import { STANDARD_COLUMNS, STANDARD_FIELDS } from '../fields/standardFields';
import { matchCustomFields, readItemKeys } from './ownOutput';
import { InputError } from '../shared/failure';
import { quote } from '../shared/text';
import {
	yesOrNo,
	isExpression,
	locatorMode,
	locatorValue,
	pickedName,
	type ItemParameters,
} from './parameters';

/** The contact of one item, as the user gave it. */
export interface ReadContact {
	/** Whether the account's custom fields are needed to go on. */
	readonly needsFields: boolean;
	/** The IDs of all custom fields, if every one is given by its ID. */
	readonly fieldIds?: readonly string[];
	/** @throws InputError when no column is the email address */
	readonly toInput: (catalog: FieldCatalog) => ContactInput;
}

/** How many keys a message lists. */
const KEYS_SHOWN = 10;

/**
 * Reads the contact of one item, the way the user chose in 'Contact Fields'.
 * @param isEmailOptional whether no column need be the email address
 * @throws InputError
 */
export function readContact(
	parameters: ItemParameters,
	itemIndex: number,
	isEmailOptional: boolean,
): ReadContact {
	switch (parameters.value('fieldsMode', itemIndex)) {
		case 'mapAutomatically':
			return mapAutomatically(parameters.json(itemIndex), isEmailOptional);
		case 'mapColumns':
			return mapByHand(parameters, itemIndex);
		default:
			return readFields(parameters, itemIndex);
	}
}

function readFields(parameters: ItemParameters, itemIndex: number): ReadContact {
	const email = parameters.value('email', itemIndex);
	const standardFields = STANDARD_FIELDS.map((field): GivenField => ({
		field,
		value: parameters.value(field, itemIndex),
		isSet: isExpression(parameters.raw[field]),
	}));
	const customFields = parameters
		.rows('customFields', itemIndex)
		.flatMap(({ row, raw }, index): GivenCustomField[] => {
			const reference = locatorValue(row['field']);
			const value = row['value'];
			if (!isBlankValue(reference)) {
				const mode = locatorMode(row['field']);
				const label = pickedName(row['field'], raw['field']);
				const onlyIfBlank = yesOrNo(row['onlyIfBlank'], 'Only If Blank', false);
				return [{ reference, mode, label: label && nameInLabel(label), value, onlyIfBlank }];
			}
			if (isBlankValue(value)) return [];
			throw new InputError(
				`'Custom Fields': row ${index + 1} has a value but no field`,
				'Choose a field in it, or remove the row',
			);
		});
	const ids = customFields.map(({ reference, mode }) => (mode === 'name' ? '' : idOf(reference)));
	return {
		needsFields: customFields.length > 0,
		fieldIds: ids.includes('') ? undefined : ids,
		toInput: () => ({ email, standardFields, customFields, unmapped: [] }),
	};
}

/** Each key of the item fills the column that it matches, even with an empty value. */
function mapAutomatically(json: JsonObject, isEmailOptional: boolean): ReadContact {
	const { given, customFields: nested } = readItemKeys(json);
	return {
		needsFields: nested.size > 0 || [...given.keys()].some((key) => !STANDARD_COLUMNS.has(key)),
		toInput: (catalog) => {
			const matches = matchColumns([...given.keys()], catalog);
			const emailKey = matches.matched.get('email');
			if (emailKey === undefined && !isEmailOptional) throw noEmailColumn(matches);
			const standardFields = STANDARD_FIELDS.flatMap((field): GivenField[] => {
				const key = matches.matched.get(field);
				return key === undefined ? [] : [{ field, value: given.get(key), isSet: true }];
			});
			const customFields = [...matches.matched].flatMap(([column, key]): GivenCustomField[] => {
				const reference = columnFieldId(column);
				return reference === undefined ? [] : [{ reference, mode: 'id', value: given.get(key) }];
			});
			const filled = new Set(customFields.map(({ reference }) => textOf(reference)));
			const { matched, unmapped } = matchCustomFields(nested, filled, catalog);
			return {
				email: emailKey === undefined ? undefined : given.get(emailKey),
				standardFields,
				customFields: [...customFields, ...matched],
				unmapped: [...matches.unmapped, ...unmapped],
			};
		},
	};
}

/** A column left blank in the node is ignored; one whose expression gives nothing has an empty value. */
function mapByHand(parameters: ItemParameters, itemIndex: number): ReadContact {
	const columns = isObject(parameters.raw['columns']) ? parameters.raw['columns'] : {};
	const raw = isObject(columns['value']) ? columns['value'] : {};
	const value = parameters.value('columns.value', itemIndex, {});
	const given = new Map(
		Object.entries(isObject(value) ? value : {}).filter(
			([key, one]) => isExpression(raw[key]) || !isBlankValue(one),
		),
	);
	const titles = new Map(
		objectsIn(columns['schema']).map((column) => [textOf(column['id']), textOf(column['displayName'])]),
	);
	const customKeys = [...given.keys()].filter((key) => !STANDARD_COLUMNS.has(key));
	return {
		needsFields: customKeys.length > 0,
		toInput: (catalog) => ({
			email: given.get('email'),
			standardFields: STANDARD_FIELDS.filter((field) => given.has(field)).map((field): GivenField => ({
				field,
				value: given.get(field),
				isSet: true,
			})),
			customFields: customKeys.map((key): GivenCustomField => {
				const id = columnFieldId(key) ?? columnFieldId(resolveColumn(key, catalog) ?? key);
				const reference = id === undefined ? { reference: key } : { reference: id, mode: 'id' as const };
				return { ...reference, label: titles.get(key), value: given.get(key) };
			}),
			unmapped: [],
		}),
	};
}

function noEmailColumn({ unmapped }: ColumnMatches): InputError {
	const keys = unmapped.slice(0, KEYS_SHOWN).map(({ key, reason }) => `${quote(key)} (${reason})`);
	const found = keys.length > 0 ? `. Input fields that match nothing: ${keys.join(', ')}` : '';
	return new InputError(
		"None of the input fields matches 'Email'",
		`Rename the input field with the email address to 'Email', or set 'Contact Fields' to 'Define Below' or 'Map Each Field'${found}`,
	);
}

/** For names that mean the same in every account. */
const NO_FIELDS = new FieldCatalog([]);

/** The address that the user gave for an item, '' for none, for messages about items that fail. */
export function givenEmail(
	parameters: ItemParameters,
	itemIndex: number,
	given: (name: string) => string,
): string {
	switch (given('fieldsMode')) {
		case 'mapAutomatically': {
			const json = parameters.json(itemIndex);
			const key = matchColumns(Object.keys(json), NO_FIELDS).matched.get('email');
			return key === undefined ? '' : textOf(json[key]);
		}
		case 'mapColumns':
			return given('columns.value.email');
		default:
			return given('email');
	}
}
