import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { Lookups } from '../account/lookups';
import { columnId } from '../input/columns';
import { kindOf } from '../fields/fieldValue';
import { STANDARD_COLUMNS, type CustomField } from '../fields/field';
import { objectsIn } from '../shared/json';
import { escapeHtml } from '../shared/text';
import { withAccount } from './withAccount';

/**
 * The columns of 'Choose Account Fields': email, names and phone, then every custom field of the account, to be added one by
 * one.
 *
 * n8n's editor hides what this throws, and shows nothing. Without columns, it shows a notice in their place;
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

function toColumns(fields: readonly CustomField[], isEmailRequired: boolean): ResourceMapperFields {
	const standard = [...STANDARD_COLUMNS].map((column) => standardColumn(column, isEmailRequired));
	return { fields: [...standard, ...fields.map(customColumn)] };
}

function standardColumn(
	[id, displayName]: readonly [string, string],
	isEmailRequired: boolean,
): ResourceMapperField {
	const isEmail = id === 'email';
	return {
		id,
		// Of a contact that is found by something else, it is a new one, as in 'Define Below'.
		displayName: isEmail && !isEmailRequired ? 'New Email' : displayName,
		required: isEmail && isEmailRequired,
		defaultMatch: isEmail,
		display: true,
		removed: false,
		type: 'string',
	};
}

/** Named by the field's id, so that a renamed field keeps what was mapped to it. */
function customColumn(field: CustomField): ResourceMapperField {
	return {
		id: columnId(field),
		displayName: field.name,
		required: false,
		defaultMatch: false,
		display: true,
		removed: true,
		...kindOf(field).column(field),
	};
}
