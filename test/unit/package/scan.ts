import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { isRecord } from '../../guards';

/** The checkout. */
export const root = join(__dirname, '..', '..', '..');

const eslint = join(dirname(createRequire(__filename).resolve('eslint/package.json')), 'bin', 'eslint.js');

/** What n8n's scan looks at in a checkout, and in a tarball. */
export const SOURCES = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'];
export const PUBLISHED = ['package.json', '**/*.js'];

/** The built package, packed and unpacked for the tests of a file; `place` is for what they add. */
export function useUnpackedPackage(): { place: string; folder: string } {
	const place = mkdtempSync(join(tmpdir(), 'package-scan-'));
	const folder = join(place, 'package');
	beforeAll(() => {
		mkdirSync(folder);
		unpackInto(folder);
	});
	afterAll(() => rmSync(place, { recursive: true, force: true }));
	return { place, folder };
}

/** Packs the built package as it would be published, and unpacks it into a folder. */
function unpackInto(folder: string): void {
	const flags = ['--ignore-scripts', '--json', '--pack-destination', folder];
	const printed = execFileSync('npm', ['pack', ...flags], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [file] = /[^"/]+\.tgz/.exec(printed) ?? [];
	if (file === undefined) throw new Error(`npm pack named no file: ${printed}`);
	execFileSync('tar', ['-xzf', file, '--strip-components=1'], { cwd: folder });
	execFileSync('rm', [file], { cwd: folder });
}

/**
 * Judges files by the rules of n8n's package scan. ESLint and its plugins are modules that jest cannot load, so it runs
 * as a program of its own.
 *
 * @returns what the scan would refuse, as `file: rule: message`; warnings do not count
 * @throws when ESLint could not do its work, or found no file
 */
export async function scan(folder: string, patterns: readonly string[]): Promise<string[]> {
	const flags = ['--config', join(__dirname, 'rules.mjs'), '--no-inline-config', '--format', 'json'];
	// In "test" the base rules take every file for a node.
	const env = { ...process.env, NODE_ENV: 'production' };
	const run = promisify(execFile)(process.execPath, [eslint, ...flags, ...patterns], { cwd: folder, env });
	const printed = await run.then(
		({ stdout }) => stdout,
		(failed: unknown) => {
			// It exits with 1 when it found something, and with 2 when it could not look.
			if (isRecord(failed) && failed['code'] === 1) return failed['stdout'];
			throw failed;
		},
	);
	const files: unknown = JSON.parse(String(printed));
	if (!Array.isArray(files) || files.length === 0) throw new Error('ESLint looked at no file');
	return files.filter(isRecord).flatMap(({ filePath, messages }) =>
		(Array.isArray(messages) ? messages : [])
			.filter(isRecord)
			.filter(({ severity }) => severity === 2)
			.map(({ ruleId, message }) => `${String(filePath)}: ${String(ruleId)}: ${String(message)}`),
	);
}
