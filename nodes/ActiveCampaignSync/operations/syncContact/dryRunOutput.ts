import type { IDataObject } from 'n8n-workflow';

import type { ContactPlan, ExistingContact } from '../../input/contactPlan';
import type { FieldCatalog } from '../../fields/fieldCatalog';
import { isSameStoredValue, showStoredValue } from '../../fields/fieldValue';
import type { ShownValue } from '../../fields/kinds/kind';
import { STANDARD_FIELDS, STANDARD_TITLES } from '../../fields/field';

/** A field as people see it: its name and its values; '' or [] where there is nothing. */
interface FieldChange {
	readonly field: string;
	readonly from: ShownValue;
	readonly to: ShownValue;
}

/**
 * What a dry run shows of a contact.
 * @param existing what the account has, undefined for nobody
 * @param extra its ID, and what would be sent, for users who want it
 */
export function dryRunOutput(
	plan: ContactPlan,
	catalog: FieldCatalog,
	existing: ExistingContact | undefined,
	{ id = '', request }: { readonly id?: string; readonly request?: IDataObject } = {},
): IDataObject {
	const changes = plannedChanges(plan, catalog, existing);
	const known = changes.length > 0 ? 'wouldUpdate' : 'unchanged';
	return {
		action: existing ? known : 'wouldCreate',
		...(id === '' ? {} : { id }),
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
	return [...set.keys(), ...clear].flatMap((id) => {
		const field = catalog.ofValue(id);
		const stored = existing?.customFields.get(id) ?? '';
		const planned = set.get(id) ?? '';
		if (isSameStoredValue(field, stored, planned)) return [];
		return [
			{
				field: field.name,
				from: showStoredValue(field, stored),
				to: showStoredValue(field, planned),
			},
		];
	});
}
