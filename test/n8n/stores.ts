import { existsSync } from 'node:fs';
import { chown, mkdir, readdir } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';

import { freePort } from '../localServer';
import { type Service, startService } from './service';
import { run } from './shell';

export interface Store {
	service: Service;
	port: number;
}

/** Debian's user for programs without rights, which PostgreSQL wants when the tests run as root. */
const nobody = 65534;

const isRoot = process.getuid?.() === 0;
const user = isRoot ? { uid: nobody, gid: nobody } : {};

/**
 * Starts an empty PostgreSQL with the database `postgres` and the user `n8n`, who needs no password.
 *
 * @param folder where it may keep its files
 * @throws an Error when Debian's package `postgresql` is not installed
 */
export async function startPostgres(folder: string): Promise<Store> {
	const bin = await postgresFolder();
	const data = await ownFolder(folder, 'postgres');
	const init = ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
	await run(join(bin, 'initdb'), init, { cwd: data, ...user });
	const port = await freePort();
	const service = await startService({
		name: 'PostgreSQL',
		program: join(bin, 'postgres'),
		// Lost at the end anyway: nothing has to reach the disk.
		args: ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data, '-F'],
		cwd: data,
		env: process.env,
		// Its port answers before the database does.
		isReady: async () => {
			await run(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], { cwd: data });
			return true;
		},
		timeoutMs: 30_000,
		...user,
	});
	return { service, port };
}

/**
 * Starts an empty Redis that keeps nothing.
 *
 * @throws an Error when Debian's package `redis-server` is not installed
 */
export async function startRedis(folder: string): Promise<Store> {
	const data = await ownFolder(folder, 'redis');
	const port = await freePort();
	const service = await startService({
		name: 'Redis',
		program: 'redis-server',
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', data],
		cwd: data,
		env: process.env,
		isReady: () => isListening(port),
		timeoutMs: 30_000,
		...user,
	});
	return { service, port };
}

/** Where the newest of Debian's PostgreSQL versions has its programs. */
async function postgresFolder(): Promise<string> {
	const versions = '/usr/lib/postgresql';
	const found = existsSync(versions) ? await readdir(versions) : [];
	const [newest] = found.map(Number).sort((a, b) => b - a);
	if (newest === undefined)
		throw new Error(`There is no PostgreSQL in ${versions}: install Debian's postgresql`);
	return join(versions, String(newest), 'bin');
}

async function ownFolder(folder: string, name: string): Promise<string> {
	const made = join(folder, name);
	await mkdir(made, { mode: 0o700 });
	if (isRoot) {
		await chown(made, nobody, nobody);
	}
	return made;
}

async function isListening(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
