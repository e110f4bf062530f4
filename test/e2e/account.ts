import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Credential } from '../n8n/client';
import { asArray, asText, at } from '../guards';
import { credentialType } from '../n8n/workflow';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox';
import { sharedN8n } from './shared';

export interface TestAccount {
	/** The stand-in account; reset before each test. */
	readonly sandbox: RunningSandbox;
	/** The credential for it in the shared n8n. */
	readonly credential: Credential;
}

/**
 * Gives a test file an account of its own and n8n a credential for it.
 *
 * After the file's tests it looks for the account's token in everything n8n has kept of them: its log, and the data of
 * all their executions.
 */
export function useAccount(options: SandboxOptions = {}): TestAccount {
	const token = `secret-${randomUUID()}`;
	const { client, logFile } = sharedN8n();
	let sandbox: RunningSandbox | undefined;
	let credential: Credential | undefined;

	beforeAll(async () => {
		sandbox = await startSandbox({ ...options, token });
		credential = await client.createCredential(credentialType, { accountName: sandbox.url, apiToken: token });
	});

	beforeEach(() => sandbox?.reset());

	afterAll(async () => {
		await sandbox?.stop();
		expect(await readFile(logFile, 'utf8')).not.toContain(token);
		const rows = asArray(at(await client.call('GET', '/rest/executions?limit=100'), 'results'));
		for (const row of rows) {
			const kept = await client.call('GET', `/rest/executions/${asText(at(row, 'id'))}`);
			expect(JSON.stringify(kept)).not.toContain(token);
		}
	});

	return {
		get sandbox() {
			return started(sandbox);
		},
		get credential() {
			return started(credential);
		},
	};
}

function started<T>(thing: T | undefined): T {
	if (thing === undefined) throw new Error('Only to be used inside of tests');
	return thing;
}
