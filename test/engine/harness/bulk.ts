import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isRecord } from '../../guards';
import type { RunningSandbox } from '../../sandbox';
import { credentialsOf, UNPACED } from './account';
import { runWorkflow, type RunOptions, type RunResult } from './runWorkflow';

export const IMPORT = '/import/bulk_import';

export interface BulkOptions extends Partial<Omit<RunOptions, 'items' | 'nodeParameters' | 'credentials'>> {
	/** The node's options. */
	options?: INodeParameters;
	/** The node's other parameters. */
	parameters?: INodeParameters;
}

/** Runs Sync Contacts in Bulk on items that have the contact's fields by their names. */
export async function runBulk(
	sandbox: RunningSandbox,
	items: IDataObject[],
	{ options, parameters, ...run }: BulkOptions = {},
): Promise<RunResult> {
	return await runWorkflow({
		items,
		credentials: credentialsOf(sandbox),
		nodeParameters: {
			operation: 'syncContactsInBulk',
			email: '={{ $json.email }}',
			firstName: '={{ $json.firstName }}',
			lastName: '={{ $json.lastName }}',
			phone: '={{ $json.phone }}',
			options: { ...UNPACED, ...options },
			...parameters,
		},
		...run,
	});
}

/** Rows of different people. */
export function people(count: number, name = 'person'): Array<{ email: string; firstName: string }> {
	return Array.from({ length: count }, (_, index) => ({
		email: `${name}${index}@example.com`,
		firstName: `First ${index}`,
	}));
}

/** The contacts of each import request that arrived, in the order of their arrival. */
export function sentContacts({ journal }: RunningSandbox): Array<Array<Record<string, unknown>>> {
	return journal.bodies('POST', IMPORT).map((body) => {
		const contacts = isRecord(body) ? body.contacts : undefined;
		return Array.isArray(contacts) ? contacts.filter(isRecord) : [];
	});
}

/** The addresses in the account, sorted. */
export function storedEmails({ account }: RunningSandbox): string[] {
	return account
		.contacts()
		.map(({ email }) => email)
		.sort();
}
