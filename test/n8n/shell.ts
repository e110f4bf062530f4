import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

import { errorCode } from '../guards';

/** Receives one line about what is happening; the demo and the installer print it, tests collect or drop it. */
export interface Say {
	(line: string): void;
	/** Shows a line that the next one replaces; only where somebody is looking at a terminal. */
	replaceable?: (line: string) => void;
}

/** Of a terminal that does not know its width. */
const USUAL_COLUMNS = 80;
/** A terminal's line is emptied before it is written anew. */
const EMPTY_LINE = '\r\u001b[2K';

/** Writes lines, and in a terminal also such as are replaced. */
export function sayTo(stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>): Say {
	let isReplaceable = false;
	const begin = () => (isReplaceable ? EMPTY_LINE : '');
	const say: Say = (line) => {
		stream.write(`${begin()}${line}\n`);
		isReplaceable = false;
	};
	if (!stream.isTTY) return say;
	say.replaceable = (line) => {
		// A line that wraps could not be emptied.
		stream.write(`${begin()}${line.slice(0, (stream.columns || USUAL_COLUMNS) - 1)}`);
		isReplaceable = true;
	};
	return say;
}

/** The usual `Say`: lines on standard output. */
export const print: Say = sayTo(process.stdout);

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

const SECOND_MS = 1_000;
const NOW_AND_THEN_MS = 15_000;

/**
 * Says what begins, does it, says again and again for how long it has been at it, and at the end how long it took: in a
 * terminal in one line that changes every second, elsewhere in a new line every 15 seconds.
 *
 * @param usualMs how long it usually takes, for the people who wait
 * @returns what `work` returns
 */
export async function timed<T>(say: Say, what: string, work: () => Promise<T>, usualMs?: number): Promise<T> {
	const { replaceable } = say;
	const startedAtMs = Date.now();
	const usually = usualMs === undefined ? '' : `, usually about ${durationOf(usualMs)}`;
	const wholeSeconds = () => Math.round((Date.now() - startedAtMs) / SECOND_MS) * SECOND_MS;
	const soFar = () => `${durationOf(wholeSeconds())} so far${usually}`;
	if (replaceable) replaceable(`${what} …`);
	else say(`${what} …${usually.replace(',', '')}`);
	const timer = replaceable
		? setInterval(() => replaceable(`${what} … ${soFar()}`), SECOND_MS)
		: setInterval(() => say(`  ${soFar()}`), NOW_AND_THEN_MS);
	try {
		const result = await work();
		const took = durationOf(Date.now() - startedAtMs);
		say(replaceable ? `${what}: done in ${took}` : `  done in ${took}`);
		return result;
	} catch (error) {
		say(replaceable ? `${what}: failed` : '  failed');
		throw error;
	} finally {
		clearInterval(timer);
	}
}

const MINUTE_S = 60;

/** "0.4 s", "5 s", "3 min 40 s" */
export function durationOf(ms: number): string {
	const seconds = ms / SECOND_MS;
	if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
	const whole = Math.round(seconds);
	if (whole < MINUTE_S) return `${whole} s`;
	const rest = whole % MINUTE_S;
	return `${Math.floor(whole / MINUTE_S)} min${rest === 0 ? '' : ` ${rest} s`}`;
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
		await wait(everyMs);
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
