import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

import type { Json } from '../guards';
import { chain, items, manualTrigger, split, type NodeJson } from '../n8n/workflow';
import type { SandboxSettings } from '../sandbox/settings';
import type { Bench } from './rivals';

/** What one run of a node took and did. */
export interface Measurement {
	/** Of the tested nodes alone, as n8n has recorded it. */
	seconds: number;
	/** The longest that n8n took to answer a request for its health, asked again and again, in milliseconds. */
	silenceMs?: number;
	/** CPU time of the whole n8n process during the execution, in seconds. */
	cpuSeconds: number;
	/** The most memory that the n8n process took during the execution, in millions of bytes. */
	peakMb: number;
	/** Contacts that are in the account afterwards. */
	stored: number;
	/** Items that the node put out. */
	answered: number;
	/** Items that the node put out as failed. */
	failed: number;
	/** HTTP requests that arrived at the account. */
	requests: number;
	/** Answers 429. */
	refusals: number;
	status: string;
}

/** The longest that any run is waited for. */
const TIMEOUT_MS = 1_800_000;
/** Between two questions for n8n's health. */
const ASK_EVERY_MS = 10;
/** Between two looks at n8n's memory. */
const LOOK_EVERY_MS = 100;
/** The limit's window is left behind before the next run. */
const WINDOW_MS = 1_500;

/**
 * Runs a node on rows against an account that is empty before and behaves as said.
 * @param tested the node, or what fills the account and then makes the nodes of a chain
 */
export async function measure(
	{ n8n, sandbox }: Bench,
	settings: Partial<SandboxSettings>,
	tested: NodeJson | (() => Promise<NodeJson[]>),
	rows: Json[],
	isWatched = false,
): Promise<Measurement> {
	await sandbox.configure({
		faults: {},
		neighborPerSecond: 0,
		latencyMs: 0,
		requestsPerSecond: 0,
		importsPerMinute: 0,
		sideLoading: {},
	});
	await sandbox.reset();
	const nodes = typeof tested === 'function' ? await tested() : [tested];
	await setTimeout(WINDOW_MS);
	await sandbox.configure(settings);
	const cpuBefore = cpuSeconds(n8n.pid);
	const memory = watchMemory(n8n.pid);
	const watch = isWatched ? watchSilence(n8n.url) : undefined;
	const workflow = chain('Measured', manualTrigger(), items(...rows), split(), ...nodes);
	const execution = await n8n.client.run(workflow, TIMEOUT_MS);
	const silenceMs = await watch?.stop();
	const cpuAfter = cpuSeconds(n8n.pid);
	const peakMb = memory.stop();
	const counts = await sandbox.counts();
	const times = nodes.map(({ name }) => Number(execution.nodeRun(name).executionTime));
	const output = nodes.map(({ name }) => execution.json(name));
	return {
		seconds: times.reduce((sum, ms) => sum + ms, 0) / 1_000,
		...(silenceMs === undefined ? {} : { silenceMs }),
		cpuSeconds: cpuAfter - cpuBefore,
		peakMb,
		stored: counts.contacts,
		answered: output.at(-1)?.length ?? 0,
		failed: Math.max(...output.map((jsons) => jsons.filter((json) => json['error']).length)),
		requests: counts.requests,
		refusals: counts.statuses['429'] ?? 0,
		status: execution.status,
	};
}

/** Asks n8n for its health again and again. @returns how to end that, with the longest that an answer took */
function watchSilence(url: string): { stop: () => Promise<number> } {
	const over = new AbortController();
	const asking = (async () => {
		let longest = 0;
		while (!over.signal.aborted) {
			const askedAt = performance.now();
			await (await fetch(`${url}/healthz`)).text();
			longest = Math.max(longest, performance.now() - askedAt);
			await setTimeout(ASK_EVERY_MS);
		}
		return longest;
	})();
	return {
		stop: async () => {
			over.abort();
			return await asking;
		},
	};
}

/** Looks at a process's resident memory again and again. @returns how to end that, with the most that it took */
function watchMemory(pid: number): { stop: () => number } {
	let peakMb = 0;
	const look = () => {
		const [, kB = ''] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
		peakMb = Math.max(peakMb, (Number(kB) * 1_024) / 1e6);
	};
	look();
	const looking = setInterval(look, LOOK_EVERY_MS);
	return {
		stop: () => {
			clearInterval(looking);
			return peakMb;
		},
	};
}

export function median(numbers: number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** User and system time of a process, from Linux's proc file system, whose clock has 100 ticks a second. */
function cpuSeconds(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
