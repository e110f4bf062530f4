import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { startServer, type LocalServer } from '../localServer';

const folder = resolve(__dirname, '..', '..', 'examples');

/** The examples at addresses to import them from, as GitHub has them; all other paths lead to a list of these. */
export async function serveExamples(): Promise<LocalServer> {
	const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
	const server = await startServer((request, response) => {
		const name = basename(request.url ?? '');
		if (names.includes(name)) {
			response.setHeader('content-type', 'application/json').end(readFileSync(join(folder, name)));
			return;
		}
		const links = names.map((one) => `<li><a href="/${one}">${server.origin}/${one}</a></li>`);
		response
			.setHeader('content-type', 'text/html; charset=utf-8')
			.end(
				`<!DOCTYPE html><title>Examples</title><p>In a workflow's menu: … &gt; Import &gt; From URL</p><ul>${links.join('\n')}</ul>`,
			);
	});
	return server;
}
