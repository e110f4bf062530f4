import type { ContactPlan } from '../../../nodes/ActiveCampaignSync/input/contactPlan';
import type { ContactTarget } from '../../../nodes/ActiveCampaignSync/input/contactTarget';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { customField } from '../fields/customFields';

export const text = customField('text', [], { id: '7', title: 'CRM ID' });
export const number = customField('number', [], { id: '8', title: 'Number' });
export const catalog = new FieldCatalog([text, number]);

export const email: ContactTarget = { by: 'email', email: 'Ann@example.com' };
export const id: ContactTarget = { by: 'id', id: '5' };
export const key: ContactTarget = { by: 'key', field: text, value: 'A' };

/** A plan for Ann with these values by standard field or custom field ID, '' to clear one. */
export function plan(fields: Record<string, string> = {}, more: Partial<ContactPlan> = {}): ContactPlan {
	return {
		email: 'ann@example.com',
		fields: new Map(Object.entries(fields)),
		onlyIfBlank: new Set(),
		fillOnly: false,
		warnings: [],
		unusable: [],
		mapped: [],
		unmapped: [],
		...more,
	};
}
