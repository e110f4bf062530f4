import { idOf, isObject, objectsIn, textOf, type JsonObject, isBlankValue } from '../shared/json';
import { mapItem, matchCustomFields, type MappedItem } from './automaticMapping';
import type { ContactInput, GivenCustomField, GivenField, UnmappedKey } from './contactPlan';
import { columnFieldId, standardColumn } from './columns';
import { fitsMeaning } from './headingValues';
import { type FieldCatalog, NO_FIELDS } from '../fields/fieldCatalog';
import { nameInLabel } from '../fields/fieldValue';
import { STANDARD_COLUMNS, STANDARD_FIELDS } from '../fields/field';
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
	/** The IDs of the custom fields that are needed to go on; all of the account if one is not given by its ID. */
	readonly neededFields: readonly string[] | 'all';
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
		neededFields: ids.includes('') ? 'all' : ids,
		toInput: () => ({ email, standardFields, customFields, mapped: [], unmapped: [] }),
	};
}

/** Each key of the item fills the column that it matches, even with an empty value. */
function mapAutomatically(json: JsonObject, isEmailOptional: boolean): ReadContact {
	return {
		neededFields: Object.keys(json).some((key) => !STANDARD_COLUMNS.has(key)) ? 'all' : [],
		toInput: (catalog) => {
			const item = mapItem(json, catalog);
			if (!item.values.has('email') && !isEmailOptional) throw noEmailColumn(item, json);
			const customFields = [...item.values].flatMap(([column, value]): GivenCustomField[] => {
				const reference = columnFieldId(column);
				return reference === undefined ? [] : [{ reference, mode: 'id', value }];
			});
			const filled = new Set(customFields.map(({ reference }) => textOf(reference)));
			const { matched, unmapped } = matchCustomFields(item.customFields, filled, catalog);
			return {
				email: item.values.get('email'),
				standardFields: standardFieldsIn(item.values),
				customFields: [...customFields, ...matched],
				mapped: item.mapped,
				unmapped: [...item.unmapped, ...unmapped],
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
		Object.entries(isObject(value) ? value : {})
			.filter(([key, one]) => isExpression(raw[key]) || !isBlankValue(one))
			// A map that was written by hand may name them as they are called on screen.
			.map(([key, one]) => [standardColumn(key) ?? key, one]),
	);
	const titles = new Map(
		objectsIn(columns['schema']).map((column) => [textOf(column['id']), textOf(column['displayName'])]),
	);
	const customKeys = [...given.keys()].filter((key) => !STANDARD_COLUMNS.has(key));
	return {
		neededFields: customKeys.length > 0 ? 'all' : [],
		toInput: () => ({
			email: given.get('email'),
			standardFields: standardFieldsIn(given),
			customFields: customKeys.map((key): GivenCustomField => {
				const id = columnFieldId(key);
				const reference = id === undefined ? { reference: key } : { reference: id, mode: 'id' as const };
				return { ...reference, label: titles.get(key), value: given.get(key) };
			}),
			mapped: [],
			unmapped: [],
		}),
	};
}

/** The standard fields among columns, by column ID. */
function standardFieldsIn(columns: ReadonlyMap<string, unknown>): GivenField[] {
	return STANDARD_FIELDS.filter((field) => columns.has(field)).map((field) => ({
		field,
		value: columns.get(field),
		isSet: true,
	}));
}

function noEmailColumn({ unmapped, elsewhere }: MappedItem, json: JsonObject): InputError {
	const inner = elsewhere.map(({ path, key }) => {
		const steps = path.map((step) => (/^[a-z_]\w*$/i.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`));
		return `${quote(path.join('.'))} contains ${quote(key)}: map \`{{ $json${steps.join('')} }}\``;
	});
	const hasAddress = ({ key }: UnmappedKey) => fitsMeaning('email', json[key]);
	// Those with an address come first.
	const rivals = unmapped.toSorted((one, other) => Number(hasAddress(other)) - Number(hasAddress(one)));
	const keys = rivals.slice(0, KEYS_SHOWN).map(({ key, reason }) => `${quote(key)} (${reason})`);
	const found = keys.length > 0 ? [`Input fields that match nothing: ${keys.join(', ')}`] : [];
	const advice =
		"Rename the input field with the email address to 'Email', or set 'Contact Fields' to 'Define Below' or 'Choose Account Fields'";
	return new InputError(
		"None of the input fields matches 'Email'",
		[...inner.slice(0, KEYS_SHOWN), advice, ...found].join('. '),
	);
}

/** The address that the user gave for an item, '' for none, for messages about items that fail. */
export function givenEmail(
	parameters: ItemParameters,
	itemIndex: number,
	given: (name: string) => string,
): string {
	switch (given('fieldsMode')) {
		case 'mapAutomatically':
			return textOf(mapItem(parameters.json(itemIndex), NO_FIELDS).values.get('email'));
		case 'mapColumns':
			return given('columns.value.email');
		default:
			return given('email');
	}
}
