import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, type RunningSandbox, type SandboxContact, type SandboxOptions } from '../../sandbox';
import type { CredentialInput } from './credentialsHelper';
import { runWorkflow, type RunOptions, type RunResult } from './runWorkflow';

/** The account that a test syncs to, and the node that does it. */
export interface TestAccount {
	readonly sandbox: RunningSandbox;
	/** What the account holds. */
	readonly state: RunningSandbox['account'];
	readonly credentials: CredentialInput;
	/** Runs Sync Contact, with `email` from each item unless the parameters say otherwise, without regard to the pace. */
	sync(
		items: IDataObject[],
		parameters?: INodeParameters,
		more?: Partial<Omit<RunOptions, 'items' | 'nodeParameters'>>,
	): Promise<RunResult>;
	/** The stored contact of that address. */
	contact(email: string): SandboxContact;
	/** A stored custom value by the field's title; undefined where the contact has none. */
	stored(email: string, field: string): string | undefined;
	/** Method and path of all requests, without those before `journal.clear()`. */
	requests(): string[];
}

/** So fast that only a test of the pace, which sets its own, waits for it. */
export const UNPACED = { requestsPerSecond: 1_000 };

/**
 * A fresh account for each test of a file. Afterwards the account must have met nothing that a careful client would
 * not do, such as an enrollment made twice or a re-subscription that is not marked as one.
 */
export function useAccount(options: SandboxOptions = {}): TestAccount {
	let started: RunningSandbox | undefined;
	beforeEach(async () => {
		started = await startSandbox(options);
	});
	afterEach(async () => {
		if (started) await stop(started);
	});
	const sandbox = () => {
		if (!started) throw new Error('The account exists only while a test runs');
		return started;
	};
	const credentials = () => credentialsOf(sandbox());
	const contact = (email: string) => sandbox().account.contactBy(email);
	return {
		get sandbox() {
			return sandbox();
		},
		get state() {
			return sandbox().account;
		},
		get credentials() {
			return credentials();
		},
		sync: async (items, { options: nodeOptions, ...parameters } = {}, more = {}) =>
			await runWorkflow({
				credentials: credentials(),
				...more,
				items,
				nodeParameters: {
					email: '={{ $json.email }}',
					...parameters,
					options: { ...UNPACED, ...(isObject(nodeOptions) ? nodeOptions : {}) },
				},
			}),
		contact,
		stored: (email, field) => contact(email).fieldValues.get(sandbox().account.fieldBy(field).id),
		requests: () => sandbox().journal.entries.map(({ method, path }) => `${method} ${path}`),
	};
}

/** The same for a test that needs an account of its own kind. */
export async function withAccount(
	options: SandboxOptions,
	tryOut: (sandbox: RunningSandbox) => Promise<void>,
): Promise<void> {
	const sandbox = await startSandbox(options);
	try {
		await tryOut(sandbox);
	} finally {
		await stop(sandbox);
	}
}

/** The credential of that account. */
export function credentialsOf({ url, token }: RunningSandbox): CredentialInput {
	return { accountName: url, apiToken: token };
}

async function stop(sandbox: RunningSandbox): Promise<void> {
	const { mistakes } = sandbox.account;
	await sandbox.stop();
	expect(mistakes).toEqual([]);
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}
