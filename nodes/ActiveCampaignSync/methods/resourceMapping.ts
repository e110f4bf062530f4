import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { Lookups } from '../account/lookups';
import { columnId } from '../input/columns';
import { fieldName, normalizeLabel, type CustomField } from '../fields/customField';
import { otherName } from '../fields/fieldLabel';
import { fieldKind, type FieldKind } from '../fields/fieldValue';
import { STANDARD_COLUMNS } from '../fields/standardFields';
import { objectsIn } from '../shared/json';
import { withAccount } from './withAccount';

/** How n8n's column map shows each kind of field. Several choices are text, for it has no column for them. */
const COLUMN_TYPES: Readonly<Record<FieldKind, FieldType>> = {
	text: 'string',
	date: 'dateTime',
	dateTime: 'dateTime',
	number: 'number',
	choice: 'options',
	choices: 'string',
};

/**
 * The columns of 'Map Each Field': email, names and phone, then every custom field of the account, to be added one by
 * one.
 *
 * n8n's editor hides what this throws, and shows nothing. Where there are no columns, it shows a notice in their place;
 * columns that are shown already would be lost by that, with what is filled in.
 * @throws NodeApiError when the fields cannot be read and the node has columns already
 */
export async function getContactColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const insteadOf = (message: string): ResourceMapperFields | undefined =>
		hasColumns(this)
			? undefined
			: { fields: [], emptyFieldsNotice: `The fields could not be loaded. ${escapeHtml(message)}` };
	return await withAccount(
		this,
		async (account) => toColumns((await new Lookups(account).fields()).fields, needsEmail(this)),
		insteadOf,
	);
}

/** Whether contacts are found by their address, so that it must not be blank. */
function needsEmail(context: ILoadOptionsFunctions): boolean {
	return (context.getCurrentNodeParameter('matchBy') ?? 'email') === 'email';
}

function hasColumns(context: ILoadOptionsFunctions): boolean {
	return objectsIn(context.getCurrentNodeParameter('columns.schema')).length > 0;
}

/** n8n shows notices as HTML. */
function escapeHtml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function toColumns(fields: readonly CustomField[], isEmailRequired: boolean): ResourceMapperFields {
	const names = [...STANDARD_COLUMNS.values(), ...fields.map(fieldName)].map(normalizeLabel);
	const isUsedTwice = (name: string) =>
		names.indexOf(normalizeLabel(name)) !== names.lastIndexOf(normalizeLabel(name));
	return {
		fields: [
			...[...STANDARD_COLUMNS].map((column) => standardColumn(column, isEmailRequired)),
			...fields.map((field) => {
				const name = fieldName(field);
				return customColumn(field, isUsedTwice(name) ? `${name} (${otherName(field)})` : name);
			}),
		],
	};
}

function standardColumn(
	[id, displayName]: readonly [string, string],
	isEmailRequired: boolean,
): ResourceMapperField {
	const isEmail = id === 'email';
	return {
		id,
		displayName,
		required: isEmail && isEmailRequired,
		defaultMatch: isEmail,
		display: true,
		removed: false,
		type: 'string',
	};
}

/** Named by the field's id, so that a renamed field keeps what was mapped to it. */
function customColumn(field: CustomField, displayName: string): ResourceMapperField {
	const kind = fieldKind(field);
	const isChoice = kind === 'choice' && field.options.length > 0;
	return {
		id: columnId(field),
		displayName,
		required: false,
		defaultMatch: false,
		display: true,
		removed: true,
		type: kind === 'choice' && !isChoice ? 'string' : COLUMN_TYPES[kind],
		...(isChoice
			? { options: field.options.map(({ value, label }) => ({ name: label.trim() || value, value })) }
			: {}),
	};
}
