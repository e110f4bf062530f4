import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox';
import { isRecord } from '../sandbox/guards';
import { runWorkflow, type RunOptions, type RunResult } from './runWorkflow';

export const IMPORT = '/import/bulk_import';

/** Fast, so that the tests wait for the imports only; a test of the pace sets its own. */
const OPTIONS = { requestsPerSecond: 1_000 };

export interface BulkOptions extends Partial<Omit<RunOptions, 'items' | 'nodeParameters' | 'credentials'>> {
	/** The node's options. */
	options?: INodeParameters;
	/** The node's other parameters. */
	parameters?: INodeParameters;
}

/**
 * Tries something against an account of its own: tests may overlap, and the pace is remembered by the account's address.
 * A client that made a mistake fails the test.
 */
export async function withAccount(
	options: SandboxOptions,
	tryOut: (sandbox: RunningSandbox) => Promise<void>,
): Promise<void> {
	const sandbox = await startSandbox({ importDurationMs: 100, ...options });
	try {
		await tryOut(sandbox);
		expect(sandbox.account.mistakes).toEqual([]);
	} finally {
		await sandbox.stop();
	}
}

/** Runs Sync Contacts in Bulk on items that have the contact's fields by their names. */
export async function runBulk(
	{ url, token }: RunningSandbox,
	items: IDataObject[],
	{ options, parameters, ...run }: BulkOptions = {},
): Promise<RunResult> {
	return await runWorkflow({
		items,
		credentials: { accountName: url, apiToken: token },
		nodeParameters: {
			operation: 'syncContactsInBulk',
			email: '={{ $json.email }}',
			firstName: '={{ $json.firstName }}',
			lastName: '={{ $json.lastName }}',
			phone: '={{ $json.phone }}',
			options: { ...OPTIONS, ...options },
			...parameters,
		},
		...run,
	});
}

/** Stands for a text in an expected value. */
export function text(pattern: RegExp): unknown {
	return expect.stringMatching(pattern);
}

/** Rows of different people. */
export function people(count: number, name = 'person'): Array<{ email: string; firstName: string }> {
	return Array.from({ length: count }, (_, index) => ({
		email: `${name}${index}@example.com`,
		firstName: `First ${index}`,
	}));
}

/** The outcomes of a run, in the order of its items. */
export function outcomes({ items }: RunResult): unknown[] {
	return items.map(({ json }) => json.outcome);
}

/** How many items ended in each outcome. */
export function tally({ items, errorItems }: RunResult): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of [...items, ...errorItems]) {
		const { outcome = 'none' } = isRecord(json.details) ? json.details : json;
		counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
	}
	return counts;
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
