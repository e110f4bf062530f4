import { chromium, selectors, type Locator, type Page } from 'playwright-core';

import type { N8nClient, StoredWorkflow } from './client';

export interface EditorOptions {
	theme?: 'light' | 'dark';
	/** Pixels of the window; 1440 × 900 unless given. */
	size?: { width: number; height: number };
}

/** n8n's editor in a real browser, as the owner. */
export interface Editor {
	readonly page: Page;
	/** Opens a page of n8n and waits until it has loaded its nodes: before, none is found and no credential is tested. */
	visit(path: string): Promise<void>;
	/** Opens a workflow and waits until its nodes are on the canvas. */
	openWorkflow(workflow: StoredWorkflow): Promise<void>;
	/** Opens a node's panel from the canvas, by the node's name. Returns the panel. */
	openNode(name: string): Promise<Locator>;
	/** Closes the node's panel that is open. */
	closeNode(): Promise<void>;
	/** Writes a PNG of the window, or of a part of it. */
	screenshot(path: string, part?: Locator): Promise<void>;
	close(): Promise<void>;
}

selectors.setTestIdAttribute('data-test-id');

/** How often a page is opened that does not load its nodes, and how long each time. */
const VISITS = 3;
const LOADS_WITHIN_MS = 25_000;

/**
 * Starts Chromium (`CHROMIUM_PATH`, or Debian's) and logs in with the client's own login.
 *
 * @throws when there is no Chromium at that path
 */
export async function openEditor(client: N8nClient, options: EditorOptions = {}): Promise<Editor> {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
	});
	const context = await browser.newContext({ viewport: options.size ?? { width: 1440, height: 900 } });
	const [name = '', value = ''] = client.cookie.split('=');
	await context.addCookies([{ name, value, url: client.url }]);
	// n8n binds a login to the browser's id, which its editor keeps here; and the theme beside it.
	const kept = { 'n8n-browserId': client.browserId, N8N_THEME: options.theme ?? 'light' };
	await context.addInitScript({ content: `Object.assign(localStorage, ${JSON.stringify(kept)})` });
	const page = await context.newPage();
	page.setDefaultTimeout(20_000);
	const unanswered = new Set<string>();
	page.on('request', (request) => unanswered.add(request.url()));
	page.on('response', (response) => unanswered.delete(response.url()));

	const visit = async (path: string) => {
		for (let left = VISITS; left > 0; left -= 1) {
			unanswered.clear();
			const nodes = page.waitForEvent('requestfinished', {
				predicate: (request) => request.url().includes('/types/nodes.json'),
				timeout: LOADS_WITHIN_MS,
			});
			const isLoaded = nodes.then(
				() => true,
				() => false,
			);
			await page.goto(`${client.url}${path}`);
			if (await isLoaded) return;
			process.stderr.write(`${path} has not loaded its nodes. Unanswered: ${[...unanswered].join(' ')}\n`);
		}
		throw new Error(`${path} does not load its nodes`);
	};

	return {
		page,
		visit,
		async openWorkflow({ id }) {
			await visit(`/workflow/${id}`);
			await page.getByTestId('canvas-node').first().waitFor();
		},
		async openNode(nodeName) {
			const node = `[data-test-id="canvas-node"][data-node-name=${JSON.stringify(nodeName)}]`;
			await page.locator(node).dblclick();
			const panel = page.getByTestId('ndv');
			await panel.waitFor();
			return panel;
		},
		async closeNode() {
			await page.keyboard.press('Escape');
			await page.getByTestId('ndv').waitFor({ state: 'hidden' });
		},
		async screenshot(path, part) {
			await (part ?? page).screenshot({ path, animations: 'disabled' });
		},
		async close() {
			await browser.close();
		},
	};
}
