import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import { type Say, isRunning } from './shell';
import { errorCode } from '../guards';

/**
 * Does `work` while no other process does, on this machine, for the same lock file. A lock left by a process that
 * has died is taken over.
 *
 * The pid in the file is a courtesy against doing the same work twice, not proof against it: what is done under the
 * lock must be put in place with one rename.
 */
export async function withLock<T>(lockFile: string, say: Say, work: () => Promise<T>): Promise<T> {
	let isSaid = false;
	while (!(await take(lockFile))) {
		const holder = Number(await readFile(lockFile, 'utf8').catch(() => ''));
		if (holder > 0 && !isRunning(holder)) {
			await rename(lockFile, `${lockFile}.${holder}`).catch(() => undefined);
			await rm(`${lockFile}.${holder}`, { force: true });
			continue;
		}
		if (!isSaid) say(`Waiting for process ${holder}, which is doing this already`);
		isSaid = true;
		await setTimeout(1_000);
	}
	try {
		return await work();
	} finally {
		await rm(lockFile, { force: true });
	}
}

async function take(lockFile: string): Promise<boolean> {
	try {
		await writeFile(lockFile, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (errorCode(error) === 'EEXIST') return false;
		throw error;
	}
}
