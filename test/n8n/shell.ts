import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

import { errorCode } from '../guards';

/** Receives one line about what is happening; the demo and the installer print it, tests collect or drop it. */
export type Say = (line: string) => void;

/** The usual `Say`: a line on standard output. */
export const print: Say = (line) => {
	process.stdout.write(`${line}\n`);
};

export interface RunOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** The user to run it as. */
	uid?: number;
	gid?: number;
}

/**
 * Runs a program to its end without a shell.
 *
 * @returns what it wrote to standard output
 * @throws an Error with the end of its output when it cannot be started or ends with a status other than 0
 */
export async function run(program: string, args: string[], options: RunOptions): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			...options,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		let everything = '';
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			everything += chunk.toString();
		});
		child.stderr.on('data', (chunk: Buffer) => {
			everything += chunk.toString();
		});
		child.once('error', reject);
		child.once('close', (status) => {
			if (status === 0) {
				resolve(output);
				return;
			}
			const end = everything.split('\n').slice(-40).join('\n');
			reject(new Error(`${program} ${args.join(' ')} ended with status ${status}:\n${end}`));
		});
	});
}

/**
 * Says what begins, does it, and says how many seconds it took.
 *
 * @returns what `work` returns
 */
export async function timed<T>(say: Say, what: string, work: () => Promise<T>): Promise<T> {
	const startedAtMs = Date.now();
	say(`${what} …`);
	const result = await work();
	say(`  done in ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s`);
	return result;
}

/**
 * Asks again and again until there is a result.
 *
 * @param ask returns undefined as long as there is nothing yet; what it throws ends the waiting
 * @throws an Error naming `what` once `timeoutMs` have passed
 */
export async function until<T>(
	what: string,
	timeoutMs: number,
	ask: () => T | undefined | Promise<T | undefined>,
	everyMs = 200,
): Promise<T> {
	const giveUpAtMs = Date.now() + timeoutMs;
	for (;;) {
		const result = await ask();
		if (result !== undefined) return result;
		if (Date.now() > giveUpAtMs) throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}`);
		await setTimeout(everyMs);
	}
}

/** Whether a process with this id is there. */
export function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as another user.
		return errorCode(error) === 'EPERM';
	}
}
