import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { isRecord } from '../../guards';
import { importsOf } from './imports';
import { root, useUnpackedPackage } from './scan';

describe('the packed package', () => {
	const { folder } = useUnpackedPackage();
	const read = (path: string) => readFileSync(join(folder, path), 'utf8');
	const scripts = () =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));

	it('loads nothing but n8n-workflow, its own files and the one module of Node that n8n allows', () => {
		expect(scripts().length).toBeGreaterThan(10);
		for (const path of scripts()) {
			const strangers = importsOf(read(path)).filter((name) => {
				if (name === 'n8n-workflow' || name === 'crypto') return false;
				const own = join(dirname(join(folder, path)), name);
				const isInside = own.startsWith(join(folder, 'dist')) && /^\.{1,2}\//.test(name);
				return !isInside || ![own, `${own}.js`].some(existsSync);
			});
			expect([path, strangers]).toEqual([path, []]);
		}
	});

	it('would be caught loading a module of Node in any syntax', () => {
		const code =
			'require("fs"); require(name); import("http"); module.require("net"); process.getBuiltinModule("os");';
		expect(importsOf(`${code} export * from "tls"; import "zlib";`)).toEqual([
			'fs',
			'(computed)',
			'http',
			'net',
			'os',
			'tls',
			'zlib',
		]);
	});

	it('brings no other package along, and runs nothing when it is installed', () => {
		const packageJson: unknown = JSON.parse(read('package.json'));
		if (!isRecord(packageJson)) throw new Error('No package.json');
		expect(packageJson['peerDependencies']).toEqual({ 'n8n-workflow': '*' });
		const others = Object.keys(packageJson).filter((key) => /dependencies|overrides|bundle/i.test(key));
		expect(others.sort()).toEqual(['devDependencies', 'peerDependencies']);
		const scripts = isRecord(packageJson['scripts']) ? Object.keys(packageJson['scripts']) : [];
		expect(scripts.filter((name) => /^(pre|post)?(install|prepare|pack|publish)/.test(name))).toEqual([]);
	});

	it('is published with provenance from the repository that it names, which the scan requires', () => {
		const workflow = readFileSync(join(root, '.github', 'workflows', 'publish.yml'), 'utf8');
		expect(workflow).toMatch(/^ +id-token: write$/m);
		expect(workflow).toMatch(/npm publish .*--provenance/);
		expect(read('package.json')).toMatch(/"url": "git\+https:\/\/github\.com\/[\w.-]+\/[\w.-]+\.git"/);
	});
});
