import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { currentVersion, installN8n } from './install';
import { startN8n, type N8n } from './instance';
import { startN8nProcess } from './n8nProcess';
import type { Service } from './service';
import { print, timed, type Say } from './shell';
import { startPostgres, startRedis } from './stores';

export interface QueueOptions {
	version?: string;
	/** A packed community package to install before the start. */
	tarball?: string;
	/** How many workers; 2 unless given. */
	workers?: number;
	/** More environment for n8n and its workers. */
	env?: Record<string, string>;
	say?: Say;
}

export interface N8nQueue extends N8n {
	/** The workers' processes, in the order of their start; a killed one stays in its place. */
	readonly workers: readonly Service[];
	/** Kills a worker at once, as a machine that goes down would. */
	killWorker(index: number): Promise<void>;
	/** Starts one more worker. */
	addWorker(): Promise<Service>;
	/** Ends the n8n that takes forms, and starts it again, at another address; workers go on meanwhile. */
	restartMain(): Promise<void>;
	/** Ends workers, Redis and PostgreSQL as well. */
	stop(): Promise<void>;
}

/**
 * Starts n8n in queue mode: PostgreSQL and Redis (Debian's packages) on free ports, one n8n that takes forms and hands
 * out the work, and workers that do it.
 *
 * @throws an Error with the end of the log of what does not start
 */
export async function startQueue(options: QueueOptions = {}): Promise<N8nQueue> {
	const { version = currentVersion, workers: workerCount = 2, tarball } = options;
	const say = options.say ?? print;
	const installation = await installN8n(version, say);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-queue-'));
	// The stores' own user has to get to its folders in here.
	await chmod(folder, 0o755);
	const started: Array<{ stop(): Promise<void> }> = [];
	const workers: Service[] = [];
	const stop = async () => {
		await Promise.all(workers.map((worker) => worker.stop()));
		for (const one of started.reverse()) await one.stop();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const [postgres, redis] = await timed(say, 'Starting PostgreSQL and Redis', async () => [
			await startPostgres(folder),
			await startRedis(folder),
		]);
		started.push(postgres.service, redis.service);
		const env = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			// With n8n's two connections its own look after the database waits behind fifteen forms a second for longer
			// than it allows itself, and n8n turns everybody away.
			DB_POSTGRESDB_POOL_SIZE: '10',
			DB_PING_TIMEOUT_MS: '30000',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			N8N_ENCRYPTION_KEY: randomUUID(),
			...options.env,
		};
		const userFolder = join(folder, 'user');
		let n8n = await startN8n({ version, tarball, env, userFolder, say });
		started.push({ stop: async () => await n8n.stop() });
		const addWorker = async () => {
			const { service } = await startN8nProcess({ installation, command: 'worker', userFolder, env });
			workers.push(service);
			return service;
		};
		await timed(say, `Starting ${workerCount} workers`, async () => {
			await Promise.all(Array.from({ length: workerCount }, addWorker));
		});
		return {
			version,
			get url() {
				return n8n.url;
			},
			get pid() {
				return n8n.pid;
			},
			get log() {
				return [n8n.log, ...workers.map((worker) => worker.log)].join('\n');
			},
			userFolder,
			get client() {
				return n8n.client;
			},
			workers,
			async killWorker(index) {
				await workers[index]?.kill();
			},
			addWorker,
			async restartMain() {
				await n8n.stop();
				n8n = await startN8n({ version, env, userFolder, say });
				await n8n.client.logIn();
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
