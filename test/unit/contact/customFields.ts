import type { CustomField, FieldOption } from '../../../nodes/ActiveCampaignSync/contact/customField';

/** A custom field for a test; `options` as values, or as `[value, label]`. */
export function customField(
	type: string,
	options: ReadonlyArray<string | readonly [string, string]> = [],
	more: Partial<CustomField> = {},
): CustomField {
	return {
		id: '7',
		title: 'Answer',
		type,
		personalizationTag: 'ANSWER',
		options: options.map((option): FieldOption =>
			typeof option === 'string' ? { value: option, label: option } : { value: option[0], label: option[1] },
		),
		...more,
	};
}
