import { CannotTry, shared } from './fact';
import { madeId, outcome } from './read';
import type { Run } from './run';

/* Records that several groups of facts share. */

/** A custom field's type and a value as the node encodes it. */
export const SAMPLES = {
	text: 'Contract',
	textarea: 'one\ntwo',
	hidden: 'Contract',
	date: '2024-02-29',
	datetime: '2020-05-19T02:45:00-05:00',
	dropdown: 'b',
	radio: 'b',
	checkbox: '||a||b||',
	listbox: '||a||',
	number: '12.5',
	currency: '12.5',
} as const;

export type FieldType = keyof typeof SAMPLES;

export const FIELD_TYPES: readonly FieldType[] = [
	...(['text', 'textarea', 'hidden', 'date', 'datetime', 'dropdown', 'radio'] as const),
	...(['checkbox', 'listbox', 'number', 'currency'] as const),
];

/** Types that have options: "a" is shown as "Choice A", "b" as "Choice B". */
const WITH_OPTIONS: ReadonlySet<FieldType> = new Set(['dropdown', 'radio', 'checkbox', 'listbox']);

export interface OwnField {
	id: string;
	title: string;
	type: FieldType;
}

/** A custom field of each type that the account makes, visible on all lists. */
export const ownFields = shared(async (run): Promise<OwnField[]> => {
	const fields: OwnField[] = [];
	for (const type of FIELD_TYPES) {
		const title = run.newName();
		const reply = await run.write('POST', '/fields', { field: { type, title, visible: 1 } });
		if (outcome(reply) === 201 || outcome(reply) === 200)
			fields.push({ id: madeId(reply, 'field'), title, type });
	}
	const fieldOptions = fields
		.filter(({ type }) => WITH_OPTIONS.has(type))
		.flatMap(({ id }) =>
			['a', 'b'].map((value, index) => ({
				...{ field: id, orderid: index + 1, value, label: `Choice ${value.toUpperCase()}`, isdefault: false },
			})),
		);
	if (fieldOptions.length > 0) await run.write('POST', '/fieldOption/bulk', { fieldOptions });
	for (const { id } of fields) await run.write('POST', '/fieldRels', { fieldRel: { field: id, relid: 0 } });
	return fields;
});

/** @throws CannotTry when the account does not make fields of the type */
export async function ownField(run: Run, type: FieldType): Promise<OwnField> {
	const field = (await ownFields(run)).find((one) => one.type === type);
	if (!field) throw new CannotTry(`a custom field of type ${type} could not be made`);
	return field;
}

/** The id of a new list. */
export const ownList = shared(async (run) => {
	const name = run.newName();
	const list = {
		...{ name, stringid: name, sender_url: 'https://example.com' },
		sender_reminder: 'A check of the API made this list and removes it again.',
	};
	return madeId(await run.write('POST', '/lists', { list }), 'list');
});

export interface OwnTag {
	id: string;
	name: string;
}

/** A new contact tag. */
export async function newTag(run: Run, name = run.newName()): Promise<OwnTag> {
	return { id: madeId(await postTag(run, name), 'tag'), name };
}

export async function postTag(run: Run, tag: string) {
	return await run.write('POST', '/tags', { tag: { tag, tagType: 'contact', description: '' } });
}
