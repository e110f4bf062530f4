import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { asArray, asObject, asText, isRecord } from '../../guards';
import { ActiveCampaignSync } from '../../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';
import { options } from '../../../nodes/ActiveCampaignSync/descriptions/options';
import { operationOptions } from '../../../nodes/ActiveCampaignSync/operations';
import { STEP_KINDS } from '../../../nodes/ActiveCampaignSync/steps/runSteps';

const root = join(__dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string, ending: RegExp) =>
	readdirSync(join(root, folder))
		.filter((name) => ending.test(name))
		.map((name) => `${folder}/${name}`);

const pages = filesIn('docs', /\.md$/);
const documents = ['README.md', ...pages, 'CONTRIBUTING.md', 'CHANGELOG.md', '.github/SECURITY.md'];
const pictures = filesIn('examples/images', /\.(png|gif)$/);

/** GitHub's anchors of a document's headings. */
function anchors(path: string): string[] {
	const headings = [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
	return headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

const OWN = 'n8n-nodes-activecampaign-sync/n8n-nodes-activecampaign-sync';
/** Pages that GitHub makes of the repository. */
const GITHUB_PAGES = /^(releases|issues\/new\/choose|issues\/new\?template=[\w-]+\.yml)$/;

/** Addresses of the repository's own files are checked as links within it. */
function withinRepository(target: string): string {
	const [, path = target] =
		new RegExp(
			`^https://(?:raw\\.githubusercontent\\.com/${OWN}/main|github\\.com/${OWN}/blob/main)/(.+)$`,
		).exec(target) ?? [];
	return path === target ? target : `/${path}`;
}

/** The targets of a document's links and pictures, those within the repository as paths from its root. */
function targets(path: string): string[] {
	const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) =>
		withinRepository(target),
	);
	return links
		.filter((target) => !/^https?:/.test(target))
		.map((target) => {
			if (target.startsWith('/')) return target.slice(1);
			if (target.startsWith('#')) return `${path}${target}`;
			return relative(root, join(root, dirname(path), target));
		});
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

/** The cells of a table's row that starts with these words, without the first. */
function rowOf(path: string, start: string): string[] {
	const line = read(path)
		.split('\n')
		.find((one) => one.startsWith(`| ${start} `));
	return (line ?? '')
		.split('|')
		.slice(2, -1)
		.map((cell) => cell.trim());
}

describe.each(documents)('%s', (path) => {
	it('links only to existing files and headings', () => {
		const broken = targets(path).filter((target) => {
			const [file = '', anchor] = target.split('#');
			if (!existsSync(join(root, file))) return true;
			return anchor !== undefined && !anchors(file).includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	it('links only to pages of its repository on GitHub that exist', () => {
		const links = [...read(path).matchAll(new RegExp(`https://github\\.com/${OWN}/([^)\\s]+)`, 'g'))].map(
			([link, page = '']) => ({ page, isFile: withinRepository(link) !== link }),
		);
		const odd = links.filter(({ page, isFile }) => !isFile && !GITHUB_PAGES.test(page));
		expect(odd).toEqual([]);
		for (const { page } of links) {
			const [, form] = /template=(.+)$/.exec(page) ?? [];
			if (form !== undefined)
				expect(filesIn('.github/ISSUE_TEMPLATE', /./)).toContain(`.github/ISSUE_TEMPLATE/${form}`);
		}
	});

	it('names only commands that exist', () => {
		const text = read(path);
		const scripts = Object.keys(asObject(asObject(JSON.parse(read('package.json'))).scripts));
		const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);
		expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
		const programs = [...text.matchAll(/(?:npx tsx|bash) ([\w./-]+)/g)].map(([, file = '']) => file);
		expect(programs.filter((file) => !existsSync(join(root, file)))).toEqual([]);
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
		const folders = ['nodes/ActiveCampaignSync', 'test', 'examples', 'docs', 'credentials', 'icons'].flatMap(
			(folder) => [folder, ...foldersBelow(folder)],
		);
		expect(folders.filter((folder) => !named.includes(folder) && !mirrored.test(folder))).toEqual([]);
	});
});

describe('README.md and docs', () => {
	const words = (path: string) => read(path).split(/\s+/).filter(Boolean).length;

	it('stay short: README at most 1,300 words, a page under 800', () => {
		expect(words('README.md')).toBeLessThanOrEqual(1_300);
		expect(pages.filter((page) => words(page) >= 800)).toEqual([]);
	});

	it('reach every page from README', () => {
		const reached = new Set(['README.md']);
		for (const page of reached)
			for (const target of targets(page)) {
				const [file = ''] = target.split('#');
				if (pages.includes(file)) reached.add(file);
			}
		expect(pages.filter((page) => !reached.has(page))).toEqual([]);
	});

	it('show or link every picture; README links every example and the address to import it from', () => {
		const linked = ['README.md', ...pages].flatMap(targets);
		expect(pictures.filter((picture) => !linked.includes(picture))).toEqual([]);
		const examples = filesIn('examples', /\.json$/);
		const inReadme = targets('README.md');
		expect(examples.filter((file) => inReadme.filter((target) => target === file).length !== 2)).toEqual([]);
	});

	it('have the headings that the credential and the codex link to', () => {
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

/** Width and height of a PNG or GIF in pixels. */
function sizeOf(path: string): [width: number, height: number] {
	const bytes = readFileSync(join(root, path));
	return path.endsWith('.gif')
		? [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]
		: [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe.each(pictures)('%s', (path) => {
	it('is at most 850 pixels wide, and loads quickly', () => {
		const [width, height] = sizeOf(path);
		expect(width).toBeLessThanOrEqual(850);
		expect(width).toBeGreaterThan(300);
		expect(height).toBeLessThanOrEqual(850);
		expect(statSync(join(root, path)).size).toBeLessThan(path.endsWith('.gif') ? 1_500_000 : 200_000);
	});
});

/** Of all parameters, however deep, what is on screen for them and their options. */
function labelsOf(given: unknown): string[] {
	if (Array.isArray(given)) return given.flatMap(labelsOf);
	if (!isRecord(given)) return [];
	const { displayName, name } = given;
	const own = displayName ?? ('value' in given ? name : undefined);
	return [...(typeof own === 'string' ? [own] : []), ...Object.values(given).flatMap(labelsOf)];
}

const { properties } = new ActiveCampaignSync().description;

describe('what README and docs call by name', () => {
	/** What n8n and ActiveCampaign call their own. */
	const others = [
		...['ActiveCampaign Sync', 'ActiveCampaign Sync API', 'API URL', 'API Key', 'HTTP Request', 'On Error'],
		...['From URL', 'Predefined Credential Type', 'Using JSON', 'Form Urlencoded'],
		...['Site Tracking', 'Event Tracking'],
	];
	const known = new Set([...labelsOf(properties), ...others]);
	const isTitle = (words: string) => /^[A-Z]\S*(?: [A-Z]\S*)+$/.test(words);

	it.each(['README.md', 'CHANGELOG.md', ...pages])('in %s is on screen', (path) => {
		const bold = [...read(path).matchAll(/\*\*([^*]+)\*\*/g)].flatMap(([, text = '']) =>
			text.replace(/\s+/g, ' ').split(' > '),
		);
		expect(bold.filter((words) => isTitle(words) && !known.has(words))).toEqual([]);
	});
});

describe('the pictures of the node', () => {
	const shown = Object.entries(asObject(JSON.parse(read('examples/images/labels.json'))));
	// Custom fields of the account that the pictures show, and what n8n itself calls the credential.
	const labels = new Set([...labelsOf(properties), 'Credential', 'Birthday', 'Industry', 'Interested In']);

	it.each(shown)('%s shows only labels that the node still has', (_picture, texts) => {
		expect(asArray(texts).filter((text) => !labels.has(asText(text)))).toEqual([]);
	});

	it('have all been looked at for their labels', () => {
		expect(shown.length).toBeGreaterThan(5);
		expect(shown.filter(([name]) => !pictures.includes(`examples/images/${name}.png`))).toEqual([]);
	});
});

describe('docs/options.md', () => {
	const all = (options.options ?? []).filter((option) => 'default' in option);

	it.each(all.map((option) => [option.displayName, option] as const))('%s: its default', (name, option) => {
		const defaults: unknown[] = [option.default].flat();
		const chosen = option.options
			?.filter((one) => 'value' in one && defaults.includes(one.value))
			.map((one) => one.name)
			.join(', ');
		const isSwitch = typeof option.default === 'boolean';
		// Dry Run is on as soon as it is added: without it, a node sends.
		const isOn = option.default === true && option.name !== 'dryRun';
		const shown = isSwitch ? (isOn ? 'on' : 'off') : (chosen ?? JSON.stringify(option.default));
		expect(rowOf('docs/options.md', name)[0]).toBe(shown);
	});

	it('says which operation has which', () => {
		const columns =
			rowOf('docs/options.md', 'option').length > 0 ? operationOptions.map(({ name }) => name) : [];
		const [, table = ''] = read('docs/options.md').split('Which operation has which:');
		const rows = table
			.split('\n')
			.filter((line) => line.startsWith('| '))
			.map((line) =>
				line
					.split('|')
					.slice(1, -1)
					.map((cell) => cell.trim()),
			);
		expect(rows[0]?.slice(1)).toEqual(columns);
		const documented = rows
			.slice(1)
			.flatMap(([names = '', ...cells]) =>
				names
					.split(', ')
					.map((name) => [name, columns.filter((_name, index) => cells[index] === 'yes')] as const),
			);
		const actual = all.map(({ displayName, displayOptions }) => {
			const shown = displayOptions?.show?.['/operation'];
			const names = operationOptions
				.filter(({ value }) => !shown || shown.includes(value))
				.map(({ name }) => name);
			return [displayName, names] as const;
		});
		expect(new Map(documented.filter(([, names]) => names.length > 0))).toEqual(new Map(actual));
	});
});

describe('docs/sync-contact.md', () => {
	it.each(STEP_KINDS.map(({ key, outcomes }) => [key, [...outcomes.keys()]] as const))(
		'names every outcome of %s in its row',
		(key, outcomes) => {
			const isOf = (line: string) => line.toLowerCase().startsWith(`| ${key}`);
			const rows = read('docs/sync-contact.md').split('\n').filter(isOf);
			const text = `${rows.join('\n')}${key === 'lists' ? read('docs/consent.md') : ''}`;
			expect(outcomes.filter((outcome) => !text.includes(`\`${outcome}\``))).toEqual([]);
		},
	);
});

describe('figures', () => {
	const results = read('test/bench/RESULTS.md');
	/** The cells of the first row with these texts below a heading of RESULTS.md. */
	const measured = (heading: string, ...parts: string[]): string[] => {
		const [, section = ''] = results.split(`## ${heading}`);
		const line = section.split('\n').find((one) => parts.every((part) => one.includes(part)));
		if (line === undefined) throw new Error(`RESULTS.md has no row with ${parts.join(', ')}`);
		return line.split('|').map((cell) => cell.trim());
	};
	const lost = (node: string) =>
		measured('One contact per item', '100 contacts, server 50 ms', `| ${node} `)[8];
	const bulkSeconds = Math.round(Number(measured('Bulk import', 'Sync Contacts in Bulk')[3]));
	const [, , , returningSeconds, , , , perContact] = measured('Returning contacts', '| this node  ');
	const [, , , readSeconds, readRequests] = measured('Many contacts read', '| this node  ');
	const [, minutes] = /the built-in node takes ([\d.]+) minutes for 10000/.exec(results) ?? [];
	const limits = 'docs/requests-and-retries.md';

	it.each([
		['README.md', `lost ${lost('built-in')} `],
		['README.md', `lost ${lost('this node')} `],
		['README.md', `${Math.round(Number(minutes))} minutes`],
		['README.md', `submitted in ${bulkSeconds} seconds`],
		[limits, `lost ${lost('built-in')} of 100 contacts`],
		[limits, `take about ${Math.round(Number(returningSeconds))} seconds, at ${perContact} requests`],
		[limits, `submitted in about ${bulkSeconds} seconds`],
		[limits, `in about ${Math.round(Number(readSeconds))} seconds, by ${readRequests} requests`],
	])('of %s are those of RESULTS.md: %s', (path, figure) => {
		expect(read(path).replace(/\s+/g, ' ')).toContain(figure);
	});
});
