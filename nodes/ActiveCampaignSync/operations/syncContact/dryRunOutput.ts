import type { IDataObject } from 'n8n-workflow';

import type { ContactPlan, ExistingContact } from '../../input/contactPlan';
import { fieldName, type CustomField } from '../../fields/customField';
import type { FieldCatalog } from '../../fields/fieldCatalog';
import { isSameStoredValue, shownFieldValue } from '../../fields/fieldValue';
import { STANDARD_FIELDS, STANDARD_TITLES } from '../../fields/standardFields';

/** A field as people see it: its title, and texts or labels of options; '' or [] where there is nothing. */
export interface FieldChange {
	readonly field: string;
	readonly from: string | string[];
	readonly to: string | string[];
}

/**
 * What a dry run shows of a contact.
 * @param existing what the account has, undefined for nobody
 * @param request what would be sent, for users who want it
 */
export function dryRunOutput(
	plan: ContactPlan,
	catalog: FieldCatalog,
	existing: ExistingContact | undefined,
	request?: IDataObject,
): IDataObject {
	const changes = plannedChanges(plan, catalog, existing);
	const known = changes.length > 0 ? 'wouldUpdate' : 'unchanged';
	return {
		action: existing ? known : 'wouldCreate',
		email: plan.email || (existing?.email ?? ''),
		changes: changes.map((change) => ({ ...change })),
		...(request ? { request } : {}),
	};
}

/** The fields that a plan would change, with what they contain now. */
export function plannedChanges(
	plan: ContactPlan,
	catalog: FieldCatalog,
	existing: ExistingContact | undefined,
): FieldChange[] {
	return [
		...emailChange(plan, existing),
		...standardChanges(plan, existing),
		...customChanges(plan, catalog, existing),
	];
}

function emailChange({ email }: ContactPlan, existing: ExistingContact | undefined): FieldChange[] {
	if (!existing || email === '' || email === existing.email) return [];
	return [{ field: 'Email', from: existing.email, to: email }];
}

function standardChanges(
	{ standardFields: { set, clear } }: ContactPlan,
	existing: ExistingContact | undefined,
): FieldChange[] {
	return STANDARD_FIELDS.filter((field) => set.has(field) || clear.has(field))
		.map((field) => ({
			field: STANDARD_TITLES[field],
			from: existing?.standardFields.get(field) ?? '',
			to: set.get(field) ?? '',
		}))
		.filter(({ from, to }) => from !== to);
}

function customChanges(
	{ customFields: { set, clear } }: ContactPlan,
	catalog: FieldCatalog,
	existing: ExistingContact | undefined,
): FieldChange[] {
	const fields = [...set.keys(), ...clear].map((id) => catalog.byId(id) ?? unknownField(id));
	const names = fields.map(fieldName);
	const isShared = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
	return fields.flatMap((field) => {
		const stored = existing?.customFields.get(field.id) ?? '';
		const planned = set.get(field.id) ?? '';
		if (isSameStoredValue(field, stored, planned)) return [];
		const name = fieldName(field);
		return [
			{
				field: isShared(name) ? `${name} (${field.id})` : name,
				from: shownFieldValue(field, stored),
				to: shownFieldValue(field, planned),
			},
		];
	});
}

function unknownField(id: string): CustomField {
	return { id, title: '', type: 'text', personalizationTag: '', options: [] };
}
