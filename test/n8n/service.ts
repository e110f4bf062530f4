import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

export interface ServiceOptions {
	/** For messages. */
	name: string;
	program: string;
	args: string[];
	env: NodeJS.ProcessEnv;
	cwd: string;
	/** Whether it serves by now; asked until it says so. */
	isReady: () => Promise<boolean>;
	timeoutMs: number;
	/** A file to add its log to as well, for other processes to read. */
	logFile?: string;
	/** The user to run it as, for programs that refuse to be root. */
	uid?: number;
	gid?: number;
}

export interface Service {
	readonly pid: number;
	/** Everything it wrote so far, standard output and standard error. */
	readonly log: string;
	readonly isRunning: boolean;
	/** Ends it and what it started: politely, by force after ten seconds. */
	stop(): Promise<void>;
	/** Ends it and what it started at once, as a crash would. */
	kill(): Promise<void>;
}

const running = new Set<Service>();

process.once('exit', () => {
	for (const service of running) void service.kill();
});

/** Ends everything that `startService` has started, ready or not. */
export async function stopAllServices(): Promise<void> {
	await Promise.all([...running].map((service) => service.stop()));
}

/**
 * Starts a program that stays, and waits until it serves. It dies with this process, unless this process is killed by
 * force.
 *
 * @throws an Error with the end of its log when it ends early or does not serve in time
 */
export async function startService(options: ServiceOptions): Promise<Service> {
	const { name, uid, gid } = options;
	const child = spawn(options.program, options.args, {
		cwd: options.cwd,
		env: options.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A process group of its own: Ctrl-C reaches this process only, which then ends the group in order.
		detached: true,
		...(uid === undefined ? {} : { uid, gid }),
	});
	let log = '';
	const append = (chunk: Buffer) => {
		log += chunk.toString();
		if (options.logFile !== undefined) appendFileSync(options.logFile, chunk);
	};
	child.stdout.on('data', append);
	child.stderr.on('data', append);
	let isRunning = true;
	const ended = new Promise<void>((resolve) => {
		const end = () => {
			isRunning = false;
			running.delete(service);
			resolve();
		};
		child.once('close', end);
		child.once('error', (error) => {
			log += `\n${error.message}\n`;
			end();
		});
	});
	const pid = child.pid ?? 0;
	const signal = (kind: NodeJS.Signals) => {
		if (!isRunning || pid === 0) return;
		try {
			process.kill(-pid, kind);
		} catch {
			// Gone in this moment.
		}
	};
	const service: Service = {
		pid,
		get log() {
			return log;
		},
		get isRunning() {
			return isRunning;
		},
		async stop() {
			signal('SIGTERM');
			await Promise.race([ended, setTimeout(10_000, undefined, { ref: false })]);
			await service.kill();
		},
		async kill() {
			signal('SIGKILL');
			await ended;
		},
	};
	running.add(service);

	const giveUpAtMs = Date.now() + options.timeoutMs;
	for (;;) {
		if (service.isRunning && (await options.isReady().catch(() => false))) return service;
		if (!service.isRunning || Date.now() > giveUpAtMs) {
			await service.kill();
			const end = log.split('\n').slice(-40).join('\n');
			throw new Error(`${name} did not start:\n${end}`);
		}
		await setTimeout(200);
	}
}
