/*
 * `npx tsx test/n8n/writeLock.ts <version>`: writes the lock file of an n8n anew, e.g. for a version that is to be tested
 * from now on; `node` writes that of the Node that n8n needs. Installing then takes just what stands there.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { asObject, type Json } from '../guards';
import { installNode, lockFolder, packageOfN8n, packageOfNode, withNode } from './install';
import { print, run, timed } from './shell';

/** What `npm ci` does without. `resolved` may name a mirror of whoever wrote the file; without it the registry is npm's setting. */
const NOT_KEPT = ['resolved', 'license', 'funding', 'engines', 'extraneous'];

async function writeLock(what: string): Promise<void> {
	const isNode = what === 'node';
	const wanted = isNode ? packageOfNode() : packageOfN8n(what);
	// npm prefers versions that suit the Node it runs on.
	const env = isNode ? process.env : withNode(await installNode(print));
	const place = await mkdtemp(join(tmpdir(), 'n8n-lock-'));
	try {
		await writeFile(join(place, 'package.json'), JSON.stringify(wanted));
		const flags = ['--package-lock-only', '--ignore-scripts', '--legacy-peer-deps=false'];
		await timed(print, `Resolving ${what}`, () =>
			run('npm', ['install', ...flags, '--no-audit', '--no-fund'], { cwd: place, env }),
		);
		const lock = asObject(JSON.parse(await readFile(join(place, 'package-lock.json'), 'utf8')));
		const packages = Object.entries(asObject(lock.packages)).map(([path, entry]): [string, Json] => [
			path,
			Object.fromEntries(Object.entries(asObject(entry)).filter(([key]) => !NOT_KEPT.includes(key))),
		]);
		const folder = lockFolder(what);
		await mkdir(folder, { recursive: true });
		const files = {
			'package.json': wanted,
			'package-lock.json': { ...lock, name: what, packages: Object.fromEntries(packages) },
		};
		for (const [name, content] of Object.entries(files))
			await writeFile(join(folder, name), JSON.stringify(content));
		await run('npx', ['prettier', '--write', folder], { cwd: join(__dirname, '..', '..') });
		print(`Written: ${folder}`);
	} finally {
		await rm(place, { recursive: true, force: true });
	}
}

writeLock(process.argv[2] ?? '').catch((error: unknown) => {
	print(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
