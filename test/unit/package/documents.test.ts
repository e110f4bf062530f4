import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { asObject } from '../../guards';

const root = join(__dirname, '..', '..', '..');
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', '.github/SECURITY.md'];

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** GitHub's anchors of a document's headings. */
function anchors(path: string): string[] {
	const headings = [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
	return headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

/** The targets of a document's links and pictures within the repository. */
function targets(path: string): string[] {
	const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
	return links.filter((target) => !/^https?:/.test(target));
}

/** All folders below one, with paths from the repository's root. */
function foldersBelow(folder: string): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
		.flatMap(({ name }) => [`${folder}/${name}`, ...foldersBelow(`${folder}/${name}`)]);
}

/** The folders that a tree of lines, two spaces a level, names. */
function foldersOfTree(text: string): string[] {
	const parents: string[] = [];
	return [...text.matchAll(/^( *)(\S+)\/ {2,}\S/gm)].map(([, indent = '', name = '']) => {
		const level = indent.length / 2;
		parents.splice(level, parents.length, name);
		return parents.join('/');
	});
}

describe.each(documents)('%s', (path) => {
	it('links only to existing files and headings', () => {
		const broken = targets(path).filter((target) => {
			const [file = '', anchor] = target.split('#');
			const linked = file === '' ? path : relative(root, join(root, dirname(path), file));
			if (!existsSync(join(root, linked))) return true;
			return anchor !== undefined && !anchors(linked).includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	it('names only npm scripts that package.json has', () => {
		const scripts = Object.keys(asObject(asObject(JSON.parse(read('package.json'))).scripts));
		const named = [...read(path).matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);
		expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
	});
});

describe("CONTRIBUTING.md's tree", () => {
	const named = foldersOfTree(read('CONTRIBUTING.md'));

	it('names only existing folders', () => {
		expect(named.length).toBeGreaterThan(20);
		expect(named.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
	});

	it('names every folder of the code, the tests and the examples', () => {
		const mirrored = /^test\/(unit|n8n\/locks)\/|^nodes\/ActiveCampaignSync\/__schema__\//;
		const folders = ['nodes/ActiveCampaignSync', 'test', 'examples', 'credentials', 'icons'].flatMap(
			(folder) => [folder, ...foldersBelow(folder)],
		);
		expect(folders.filter((folder) => !named.includes(folder) && !mirrored.test(folder))).toEqual([]);
	});
});

describe('README.md', () => {
	it('shows or links every example and every picture', () => {
		const files = ['examples', 'examples/images'].flatMap((folder) =>
			readdirSync(join(root, folder))
				.filter((name) => /\.(json|png)$/.test(name))
				.map((name) => `${folder}/${name}`),
		);
		const linked = targets('README.md');
		expect(files.filter((file) => !linked.includes(file))).toEqual([]);
	});

	it('has the headings that the credential and the codex link to', () => {
		const sources = [
			'credentials/ActiveCampaignSyncApi.credentials.ts',
			'nodes/ActiveCampaignSync/ActiveCampaignSync.node.json',
		];
		const linked = sources.flatMap((path) =>
			[...read(path).matchAll(/activecampaign-sync#([\w-]+)/g)].map(([, anchor = '']) => anchor),
		);
		expect(linked).toContain('credentials');
		expect(linked.filter((anchor) => anchor !== 'readme' && !anchors('README.md').includes(anchor))).toEqual(
			[],
		);
	});
});
