import { N8nClient } from '../n8n/client';
import { asObject, asText } from '../guards';
import type { N8n } from '../n8n/instance';

/** What the set-up started, for the teardown: jest loads both in one process. */
export const shared: { n8n?: N8n; folder?: string } = {};

export interface SharedN8n {
	url: string;
	version: string;
	cookie: string;
	browserId: string;
	logFile: string;
}

/** Tests run in contexts of their own: only the environment is common ground. */
const variable = 'E2E_SHARED_N8N';

/** Lets the tests know where the shared n8n is. */
export function shareWithTests(shared: SharedN8n): void {
	process.env[variable] = JSON.stringify(shared);
}

/** The shared n8n: its version, its log's file, and a client that is logged in. */
export function sharedN8n(): { client: N8nClient; version: string; logFile: string } {
	const shared: unknown = JSON.parse(process.env[variable] ?? '{}');
	const { url, version, cookie, browserId, logFile } = asObject(shared);
	const client = new N8nClient(asText(url), asText(cookie), asText(browserId));
	return { client, version: asText(version), logFile: asText(logFile) };
}
