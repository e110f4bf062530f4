import type { N8nClient } from './client';
import { asArray, asObject, asText, at, type Json } from '../guards';

export interface DataTable {
	readonly id: string;
	/** All rows, in the order in which they were added. */
	rows(): Promise<Json[]>;
}

interface TableShape {
	readonly name: string;
	readonly columns: readonly string[];
}

/** The tables that examples name, and their columns. */
export const exampleTables = {
	rows: { name: 'ActiveCampaign rows', columns: ['email', 'firstName', 'result', 'contactId'] },
	contacts: {
		name: 'ActiveCampaign contacts',
		columns: ['contactId', 'email', 'firstName', 'lastName', 'tags'],
	},
} as const satisfies Record<string, TableShape>;

/** A data table in n8n whose columns are texts, with these rows. */
export async function createDataTable(
	client: N8nClient,
	{ name, columns }: TableShape,
	rows: Json[],
): Promise<DataTable> {
	const project = asText(at(await client.call('GET', '/rest/projects/personal'), 'id'));
	const tables = `/rest/projects/${project}/data-tables`;
	const created = await client.call('POST', tables, {
		name,
		columns: columns.map((column) => ({ name: column, type: 'string' })),
	});
	const id = asText(at(created, 'id'));
	await client.call('POST', `${tables}/${id}/insert`, { data: rows, returnType: 'count' });
	return {
		id,
		async rows() {
			const page = await client.call('GET', `${tables}/${id}/rows?sortBy=id:asc`);
			return asArray(at(page, 'data')).map(asObject);
		},
	};
}
