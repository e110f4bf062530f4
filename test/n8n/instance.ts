import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8nClient } from './client';
import { currentVersion, installN8n } from './install';
import { startN8nProcess } from './n8nProcess';
import { installPackage } from './pack';
import { print, timed, type Say } from './shell';

export interface N8nOptions {
	/** `currentVersion` unless given. */
	version?: string;
	/** A packed community package to install before the start. */
	tarball?: string;
	/** More environment for n8n. */
	env?: Record<string, string>;
	/** An n8n user folder to use and to leave in place; a fresh one, removed at the end, unless given. */
	userFolder?: string;
	/** A file to add n8n's log to as well. */
	logFile?: string;
	say?: Say;
}

const USUAL_MS = { package: 5_000, start: 20_000 };

export interface N8n {
	readonly version: string;
	/** `http://localhost:<port>`, without a slash at the end. */
	readonly url: string;
	readonly pid: number;
	/** Everything n8n wrote to its log so far. */
	readonly log: string;
	readonly userFolder: string;
	/** The driver of this n8n; log in with `client.setUpOwner()` first. */
	readonly client: N8nClient;
	/** Ends n8n and removes the user folder if it was made here. */
	stop(): Promise<void>;
}

/**
 * Starts a real n8n on a free port of loopback, ready for its first owner. Installs that version first if need be.
 *
 * @throws an Error with the end of n8n's log when it does not serve within two minutes
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const say = options.say ?? print;
	const installation = await installN8n(options.version ?? currentVersion, say);
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-user-')));
	const removeFolder = async () => {
		if (options.userFolder === undefined) await rm(userFolder, { recursive: true, force: true });
	};
	try {
		await mkdir(userFolder, { recursive: true });
		const { tarball } = options;
		if (tarball !== undefined) {
			const install = () => installPackage(tarball, userFolder);
			await timed(say, 'Installing the packed package in n8n', install, USUAL_MS.package);
		}
		const { version } = installation;
		const { env, logFile } = options;
		const start = () => startN8nProcess({ installation, command: 'start', userFolder, env, logFile });
		const { service, port } = await timed(say, `Starting n8n ${version}`, start, USUAL_MS.start);
		const url = `http://localhost:${port}`;
		return {
			version: installation.version,
			url,
			pid: service.pid,
			get log() {
				return service.log;
			},
			userFolder,
			client: new N8nClient(url),
			async stop() {
				await service.stop();
				await removeFolder();
			},
		};
	} catch (error) {
		await removeFolder();
		throw error;
	}
}
