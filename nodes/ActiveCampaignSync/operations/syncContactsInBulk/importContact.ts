import type { IDataObject } from 'n8n-workflow';

import type { ContactPlan } from '../../input/contactPlan';
import type { ListAction } from '../../steps/lists';

/** A contact in the form of `POST /import/bulk_import`, which silently drops keys in camelCase. */
export interface ImportContact extends IDataObject {
	email: string;
	first_name?: string;
	last_name?: string;
	phone?: string;
	customer_acct_name?: string;
	tags?: string[];
	fields?: Array<{ id: number; value: string }>;
	subscribe?: Array<{ listid: string }>;
	unsubscribe?: Array<{ listid: string }>;
}

/**
 * The contact of a plan. An import cannot clear fields, so what the plan clears is left out.
 * @param tags names of tags to add
 * @param lists what to do about which list, by the list's id
 * @param company its name, '' for none
 */
export function toImportContact(
	{ email, standardFields, customFields }: Pick<ContactPlan, 'email' | 'standardFields' | 'customFields'>,
	tags: readonly string[],
	lists: ReadonlyMap<string, ListAction>,
	company = '',
): ImportContact {
	const firstName = standardFields.set.get('firstName');
	const lastName = standardFields.set.get('lastName');
	const phone = standardFields.set.get('phone');
	const values = [...customFields.set];
	const listsTo = (wanted: ListAction) =>
		[...lists].filter(([, action]) => action === wanted).map(([listid]) => ({ listid }));
	const subscribe = listsTo('subscribe');
	const unsubscribe = listsTo('unsubscribe');
	return {
		email,
		...(firstName ? { first_name: firstName } : {}),
		...(lastName ? { last_name: lastName } : {}),
		...(phone ? { phone } : {}),
		...(company ? { customer_acct_name: company } : {}),
		...(tags.length > 0 ? { tags: [...tags] } : {}),
		...(values.length > 0 ? { fields: values.map(([id, value]) => ({ id: Number(id), value })) } : {}),
		...(subscribe.length > 0 ? { subscribe } : {}),
		...(unsubscribe.length > 0 ? { unsubscribe } : {}),
	};
}
