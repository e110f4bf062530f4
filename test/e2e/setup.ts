import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { wantedVersion } from '../n8n/install';
import { startN8n } from '../n8n/instance';
import { packProject } from '../n8n/pack';
import { print } from '../n8n/shell';
import { shared, shareWithTests } from './shared';

/** Starts the one n8n that all end-to-end tests use, with the packed package in it; `N8N_VERSION` picks another n8n. */
export default async function setup(): Promise<void> {
	print('');
	const tarball = await packProject();
	const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const logFile = join(folder, 'n8n.log');
	shared.folder = folder;
	const n8n = await startN8n({ version: wantedVersion(), tarball, logFile });
	shared.n8n = n8n;
	await n8n.client.setUpOwner();
	const { cookie, browserId } = n8n.client;
	shareWithTests({ url: n8n.url, version: n8n.version, cookie, browserId, logFile });
}
