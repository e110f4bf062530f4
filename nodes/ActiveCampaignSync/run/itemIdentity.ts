import type { IDataObject } from 'n8n-workflow';

import { matchColumns } from '../input/columns';
import { FieldCatalog } from '../fields/fieldCatalog';
import { textOf } from '../shared/json';
import type { ItemParameters } from '../input/parameters';

/** For names that mean the same in every account. */
const NO_FIELDS = new FieldCatalog([]);

/**
 * Which contact the user gave for an item, for items that fail: `email` and `id` as they were given, so perhaps not
 * valid. A key is missing if nothing was given, or if its expression does not resolve.
 */
export function itemIdentity(parameters: ItemParameters, itemIndex: number): IDataObject {
	const given = (name: string): string => {
		try {
			return textOf(parameters.value(name, itemIndex));
		} catch {
			return '';
		}
	};
	const id = given('matchBy') === 'contactId' ? given('contactId') : '';
	const email = givenEmail(parameters, itemIndex, given);
	return { ...(id ? { id } : {}), ...(email ? { email } : {}) };
}

function givenEmail(parameters: ItemParameters, itemIndex: number, given: (name: string) => string): string {
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
