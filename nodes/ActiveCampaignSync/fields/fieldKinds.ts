import type { CustomField } from './customField';
import { choice } from './kinds/choice';
import { choices } from './kinds/choices';
import { date, dateTime } from './kinds/dates';
import type { FieldKind } from './kinds/kind';
import { number } from './kinds/number';
import { text } from './kinds/text';
import { untyped } from './kinds/untyped';

/** Every kind of field whose type is known. */
const KINDS: readonly FieldKind[] = [text, date, dateTime, number, choice, choices];

const KIND_OF_TYPE = new Map(KINDS.flatMap((kind) => [...kind.types.keys()].map((type) => [type, kind])));
const WORD_OF_TYPE = new Map(KINDS.flatMap(({ types }) => [...types]));
const OTHER_TYPE_WORD = 'text';

const LABEL_END = new RegExp(` \\((?:${[...new Set(WORD_OF_TYPE.values())].join('|')})\\)$`);

/** A field whose type is new or missing contains text. */
export function kindOf({ type }: Pick<CustomField, 'type'>): FieldKind {
	return type === undefined ? untyped : (KIND_OF_TYPE.get(type) ?? text);
}

/** How pickers show a field: "Industry (dropdown)". */
export function fieldLabel({ name, type = '' }: CustomField): string {
	return `${name} (${WORD_OF_TYPE.get(type) ?? OTHER_TYPE_WORD})`;
}

/** The name in a label of `fieldLabel`; other text as it is. */
export function nameInLabel(label: string): string {
	return label.replace(LABEL_END, '');
}
