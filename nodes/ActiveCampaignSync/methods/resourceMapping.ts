import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { Catalogs } from '../lookups/catalogs';
import { columnId } from '../contact/fields/columns';
import { fieldName, foldName, type CustomField } from '../contact/fields/customField';
import { fieldKind, type FieldKind } from '../contact/fields/fieldValue';
import { STANDARD_COLUMNS } from '../contact/fields/standardFields';
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

/** The columns of `Map Columns`: email, names and phone, then every custom field of the account. */
export async function getContactColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { fields } = await withAccount(this, async (account) => await new Catalogs(account).fields());
	const names = [...STANDARD_COLUMNS.values(), ...fields.map(fieldName)].map(foldName);
	const isUsedTwice = (name: string) => names.indexOf(foldName(name)) !== names.lastIndexOf(foldName(name));
	const matchBy = this.getCurrentNodeParameter('matchBy') ?? 'email';
	return {
		fields: [
			...[...STANDARD_COLUMNS].map((column) => standardColumn(column, matchBy === 'email')),
			...fields.map((field) => {
				const name = fieldName(field);
				return customColumn(field, isUsedTwice(name) ? `${name} (${otherName(field)})` : name);
			}),
		],
	};
}

/** What distinguishes two columns of one name. */
function otherName({ personalizationTag, id }: CustomField): string {
	return personalizationTag === '' ? `ID ${id}` : `%${personalizationTag}%`;
}

/** @param needsEmail whether the contact is found by its address, so that it must not be blank */
function standardColumn(
	[id, displayName]: readonly [string, string],
	needsEmail: boolean,
): ResourceMapperField {
	const isEmail = id === 'email';
	return {
		id,
		displayName,
		required: isEmail && needsEmail,
		defaultMatch: isEmail,
		display: true,
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
		type: kind === 'choice' && !isChoice ? 'string' : COLUMN_TYPES[kind],
		...(isChoice
			? { options: field.options.map(({ value, label }) => ({ name: label.trim() || value, value })) }
			: {}),
	};
}
