import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { asArray, asObject, asText, at } from '../guards';
import { print, run, timed, type Say } from './shell';

const USUAL_MS = 10_000;
const projectFolder = resolve(__dirname, '..', '..');

/**
 * Builds the project and packs it as it would be published.
 *
 * @returns the path of the tarball, in a temporary folder that goes when this process ends
 */
export async function packProject(say: Say = print): Promise<string> {
	return await timed(
		say,
		'Building and packing this package',
		async () => {
			await run('npm', ['run', 'build'], { cwd: projectFolder });
			const folder = await mkdtemp(join(tmpdir(), 'n8n-pack-'));
			process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
			const printed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
				cwd: projectFolder,
			});
			const packed: unknown = JSON.parse(printed);
			// An array up to npm 11, an object keyed by package name after.
			const first = Array.isArray(packed) ? asArray(packed)[0] : Object.values(asObject(packed))[0];
			return join(folder, asText(at(first, 'filename')));
		},
		USUAL_MS,
	);
}

/** Installs a package into an n8n user folder, as a user does by hand; n8n loads it at its next start. */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes');
	await mkdir(folder, { recursive: true });
	// The peer n8n-workflow is n8n's own: legacy-peer-deps keeps npm from fetching a second one.
	const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
	await run('npm', ['install', ...flags, tarball], { cwd: folder });
}
