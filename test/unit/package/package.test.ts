import '../../engine/harness/environment';

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';

/** The checkout; `npm test` has built dist/ in it. */
const root = join(__dirname, '..', '..', '..');

const expectedInDist = [
	/^dist\/(nodes|credentials)\/[^.]+(\.node|\.credentials|\.operation)?\.js$/,
	/^dist\/nodes\/[^.]+\.node\.json$/,
	/^dist\/nodes\/ActiveCampaignSync\/__schema__\/v1\.0\.0\/contact\/\w+\.json$/,
	/^dist\/icons\/[^/]+\.svg$/,
];

function isPackList(value: unknown): value is [{ files: Array<{ path: string }> }] {
	return Array.isArray(value) && value.length === 1;
}

describe('the built package, loaded as n8n loads it', () => {
	const loader = new PackageDirectoryLoader(root);

	beforeAll(async () => {
		await loader.loadAll();
	});

	it('contains the node and the credential, and links them', () => {
		expect(loader.packageName).toBe('n8n-nodes-activecampaign-sync');
		expect(Object.keys(loader.known.nodes)).toEqual(['activeCampaignSync']);
		expect(Object.keys(loader.known.credentials)).toEqual(['activeCampaignSyncApi']);
		expect(loader.getCredential('activeCampaignSyncApi').type.supportedNodes).toEqual(['activeCampaignSync']);
	});

	it('has the codex with the categories and search words of the node', () => {
		const { codex } = loader.types.nodes[0] ?? {};
		expect(codex?.categories).toEqual(['Marketing', 'Sales']);
		expect(codex?.alias).toEqual(expect.arrayContaining(['contact', 'crm']));
		expect(codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:/);
	});

	it.each([
		['node', () => loader.types.nodes[0]?.iconUrl],
		['credential', () => loader.types.credentials[0]?.iconUrl],
	])('has a light and a dark icon for the %s, and both files', (_name, iconUrl) => {
		const urls = iconUrl();
		if (typeof urls !== 'object') throw new Error('No themed icon');
		expect(urls.light).not.toBe(urls.dark);
		for (const url of [urls.light, urls.dark]) {
			expect(existsSync(url.replace('icons/n8n-nodes-activecampaign-sync', root))).toBe(true);
		}
	});

	it('has a preview of the output of every operation at the path that n8n reads', () => {
		const operation = loader.types.nodes[0]?.properties.find(({ name }) => name === 'operation');
		const values = operation?.options?.map((option) => ('value' in option ? String(option.value) : '')) ?? [];
		const { sourcePath = '' } = loader.known.nodes['activeCampaignSync'] ?? {};
		const previews = join(root, dirname(sourcePath), '__schema__', 'v1.0.0', 'contact');
		expect(readdirSync(previews).sort()).toEqual(values.map((value) => `${value}.json`).sort());
	});

	it('works as a tool of an AI agent', () => {
		expect(loader.types.nodes[0]?.usableAsTool).toBe(true);
	});
});

describe('the packed package', () => {
	const packed: unknown = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	if (!isPackList(packed)) throw new Error('npm pack answers with a list of one package');
	const paths = packed[0].files.map(({ path }) => path);

	it('contains only dist, README, license and package.json', () => {
		const others = paths.filter((path) => !path.startsWith('dist/')).sort();
		expect(others).toEqual(['LICENSE.md', 'README.md', 'package.json']);
	});

	it('contains only compiled code, codex, output previews and icons: no sources, tests or maps', () => {
		const inDist = paths.filter((path) => path.startsWith('dist/'));
		expect(inDist).toEqual(
			expect.arrayContaining(['dist/nodes/ActiveCampaignSync/ActiveCampaignSync.node.js']),
		);
		const strangers = inDist.filter((path) => !expectedInDist.some((pattern) => pattern.test(path)));
		expect(strangers).toEqual([]);
	});
});
