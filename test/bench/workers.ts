import { dirname } from 'node:path';
import { rm } from 'node:fs/promises';

import { packProject } from '../n8n/pack';
import { startQueue } from '../n8n/queue';
import { credentialType } from '../n8n/workflow';
import { print } from '../n8n/shell';
import { submitForms, type FormsRun } from './forms';
import { NAMES } from './report';
import { rivalNode, type Bench } from './rivals';

/** What became of the forms that several workers of one n8n took on. */
export interface WorkersRun extends FormsRun {
	workers: number;
	retryAfterSeconds: number;
}

const MAX_WORKERS = 3;
/**
 * Some five minutes: how long the workers need at first to find out what each of them may take must not count for much, nor
 * the end, when some have nothing left to do. A worker takes ten forms at once.
 */
const SUBMITTED = { forms: 440, contactsEach: 3 };
const RETRY_AFTER_SECONDS = [1, 10];

/** Many forms at once at an n8n in queue mode, each with many contacts, with one worker, then with more of them. */
export async function workersAtOnce({ sandbox, ...bench }: Bench): Promise<WorkersRun[]> {
	const tarball = await packProject();
	const n8n = await startQueue({ tarball, workers: 0 });
	try {
		await n8n.client.setUpOwner();
		const account = { accountName: sandbox.url, apiToken: sandbox.token };
		const ours = await n8n.client.createCredential(credentialType, account);
		const tested = rivalNode('ours', { ...bench.credentials, ours });
		const runs: WorkersRun[] = [];
		for (let workers = 1; workers <= MAX_WORKERS; workers += 1) {
			await n8n.addWorker();
			for (const retryAfterSeconds of RETRY_AFTER_SECONDS) {
				const run = await submitForms({ n8n, sandbox }, NAMES.ours, tested, {
					...SUBMITTED,
					retryAfterSeconds,
				});
				print(`${workers} workers: ${JSON.stringify(run)}`);
				runs.push({ ...run, workers, retryAfterSeconds });
			}
		}
		return runs;
	} finally {
		await n8n.stop();
		await rm(dirname(tarball), { recursive: true, force: true });
	}
}
