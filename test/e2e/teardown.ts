import { rm } from 'node:fs/promises';

import { shared } from './shared';

/** Ends the n8n of the end-to-end tests. */
export default async function teardown(): Promise<void> {
	await shared.n8n?.stop();
	if (shared.folder !== undefined) await rm(shared.folder, { recursive: true, force: true });
}
