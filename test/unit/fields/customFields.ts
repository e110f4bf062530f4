import type { CustomField, FieldOption } from '../../../nodes/ActiveCampaignSync/fields/field';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import type { ValueRules } from '../../../nodes/ActiveCampaignSync/fields/kinds/kind';

/** A custom field for a test; `options` as values, or as `[value, label]`. */
export function customField(
	type: string,
	options: ReadonlyArray<string | readonly [string, string]> = [],
	more: Partial<CustomField> = {},
): CustomField {
	return {
		id: '7',
		title: 'Choice',
		name: more.title ?? 'Choice',
		type,
		personalizationTag: 'CHOICE',
		options: options.map((option): FieldOption =>
			typeof option === 'string' ? { value: option, label: option } : { value: option[0], label: option[1] },
		),
		...more,
	};
}

/** A field that holds text. */
export const textField = (id: string, title: string, personalizationTag = '') =>
	customField('text', [], { id, title, personalizationTag });

/** Fields to find columns among: two share a title, and one is called like a standard column. */
export const columnCatalog = new FieldCatalog([
	textField('1', 'Company', 'COMPANY'),
	textField('2', 'Shoe size', 'SHOE_SIZE'),
	textField('12', 'Your favorite color?', 'COLOR'),
	textField('20', 'Twin', 'TWIN_A'),
	textField('21', 'Twin', 'TWIN_B'),
	textField('30', 'Email', 'MAIL_2'),
]);

/** How values are read, as by default. */
export function rulesFor(timeZone: string, dateOrder: ValueRules['dateOrder'] = 'fail'): ValueRules {
	return { timeZone, dateOrder };
}
