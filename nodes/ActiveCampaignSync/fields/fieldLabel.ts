import { fieldName, normalizeLabel, type CustomField } from './customField';

/** What people call a field's type; all others are texts. */
const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
	['datetime', 'date and time'],
	['checkbox', 'several'],
	['listbox', 'several'],
	['dropdown', 'dropdown'],
	['radio', 'radio'],
	['date', 'date'],
	['number', 'number'],
	['currency', 'currency'],
	['hidden', 'hidden'],
]);
const OTHER_TYPE_WORD = 'text';

const LABEL_END = new RegExp(
	` \\((?:${[...TYPE_WORDS.values(), OTHER_TYPE_WORD].join('|')})(?:, (?:%[^%]*%|ID \\d+))?\\)$`,
);

/**
 * How pickers show fields, in the order given: "Industry (dropdown)". Fields that share a title are distinguished by their
 * personalization tags: "Twin (text, %TWIN_2%)".
 */
export function fieldLabels(fields: readonly CustomField[]): string[] {
	const counts = new Map<string, number>();
	for (const name of fields.map(foldedName)) counts.set(name, (counts.get(name) ?? 0) + 1);
	return fields.map((field) => {
		const isShared = (counts.get(foldedName(field)) ?? 0) > 1;
		return `${fieldName(field)} (${typeWord(field)}${isShared ? `, ${otherName(field)}` : ''})`;
	});
}

/** The title in a label of `fieldLabels`; other text as it is. */
export function titleOfLabel(label: string): string {
	return label.replace(LABEL_END, '');
}

/** What distinguishes two fields of one title. */
export function otherName({ personalizationTag, id }: CustomField): string {
	return personalizationTag === '' ? `ID ${id}` : `%${personalizationTag}%`;
}

function typeWord(field: CustomField): string {
	return TYPE_WORDS.get(field.type ?? '') ?? OTHER_TYPE_WORD;
}

function foldedName(field: CustomField): string {
	return normalizeLabel(fieldName(field));
}
