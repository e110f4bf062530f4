import { textOf, type JsonObject } from '../shared/json';
import type { ExistingContact } from './contactPlan';
import { STANDARD_FIELDS } from '../fields/standardFields';

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
