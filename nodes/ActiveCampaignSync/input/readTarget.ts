import type { ContactPlan } from './contactPlan';
import { readContactId } from './contactReference';
import { keyTarget, type ContactTarget } from './contactTarget';
import type { SyncMode } from './syncOptions';
import type { FieldCatalog } from '../fields/fieldCatalog';
import type { ValueRules } from '../fields/kinds/kind';
import { isBlankValue, idOf } from '../shared/json';
import { InputError } from '../shared/failure';
import { choice, locatorMode, locatorValue, type ItemParameters } from './parameters';

const MATCH_BY = ['email', 'contactId', 'customField'] as const;

/** Which contact one item is about, as the user gave it. */
export interface ReadTarget {
	/** Whether the account's custom fields are needed to go on. */
	readonly needsFields: boolean;
	/** The IDs of the custom fields that are needed, if every one is given by its ID. */
	readonly fieldIds?: readonly string[];
	/** Whether the contact is found by something else than its address. */
	readonly isEmailOptional: boolean;
	/** @throws InputError for a field or value that cannot be used */
	readonly toTarget: (plan: ContactPlan, catalog: FieldCatalog, rules: ValueRules) => ContactTarget;
}

/** The contact is the one that has the address. */
export const BY_EMAIL: ReadTarget = {
	needsFields: false,
	fieldIds: [],
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
	const mode = locatorMode(locator);
	const id = mode === 'name' ? '' : idOf(reference);
	return {
		needsFields: true,
		fieldIds: id === '' ? undefined : [id],
		isEmailOptional: true,
		toTarget: (_plan, catalog, rules) => {
			const field = catalog.find(reference, mode);
			if (field) return keyTarget(field, value, rules);
			throw new InputError(
				catalog.unknownFieldError(reference).message,
				"Choose another field in 'Match Field', or create it in ActiveCampaign under Contacts > Fields",
			);
		},
	};
}
