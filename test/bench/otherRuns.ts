import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { print } from '../n8n/shell';
import { measure, median } from './measure';
import type { BulkRun, EngineWork, ImportHeap, Responsiveness } from './report';
import { bulkNode, contactRows, rivalNode, type Bench } from './rivals';

const RESPONSIVENESS_ITEMS = 10_000;

/** Many contacts by import, and fewer by the built-in node. */
export async function importContacts(bench: Bench): Promise<BulkRun> {
	const { credentials } = bench;
	const account = { latencyMs: 250, requestsPerSecond: 5, importsPerMinute: 100 };
	const bulk = await measure(bench, account, bulkNode(credentials), contactRows(10_000, 'bulk'));
	print(`10,000 contacts by import: ${JSON.stringify(bulk)}`);
	const single = await measure(bench, account, rivalNode('builtIn', credentials), contactRows(500, 'single'));
	print(`500 contacts by the built-in node: ${JSON.stringify(single)}`);
	return { bulk, single };
}

/** Runs a script beside this one in a process of its own. @returns the line of JSON that it prints */
async function runScript(name: string): Promise<unknown> {
	const args = ['--expose-gc', '--import', 'tsx', join(__dirname, name)];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: join(__dirname, '..', '..') });
	print(`${name}: ${stdout.trim()}`);
	return JSON.parse(stdout);
}

/** The node's own work per contact. */
export async function engineWork({ rounds }: Bench): Promise<EngineWork> {
	const runs: EngineWork[] = [];
	for (let round = 0; round < rounds; round += 1) {
		// The script prints just this.
		runs.push((await runScript('engineWork.ts')) as EngineWork);
	}
	const middle = (key: keyof EngineWork) => median(runs.map((run) => run[key]));
	return {
		contacts: middle('contacts'),
		wholeMs: middle('wholeMs'),
		helperMs: middle('helperMs'),
		heapItems: middle('heapItems'),
		heapBytesPerItem: middle('heapBytesPerItem'),
	};
}

/** The heap that a long import takes. */
export async function importHeap(): Promise<ImportHeap> {
	return (await runScript('importHeap.ts')) as ImportHeap;
}

/** The node alone on many items. */
export async function nodeResponsiveness(): Promise<Responsiveness[]> {
	return (await runScript('responsiveness.ts')) as Responsiveness[];
}

/** Both nodes on many items in n8n, which is asked all the while whether it still answers. */
export async function n8nResponsiveness(bench: Bench): Promise<Responsiveness[]> {
	const { credentials } = bench;
	const nodes = {
		'built-in': rivalNode('builtIn', credentials),
		'this node, Sync Contact': rivalNode('ours', credentials, { requestsPerSecond: 1_000 }),
		'this node, Sync Contacts in Bulk': bulkNode(credentials),
	};
	const runs: Responsiveness[] = [];
	for (const [title, tested] of Object.entries(nodes)) {
		const rows = contactRows(RESPONSIVENESS_ITEMS, 'many');
		const { seconds, cpuSeconds, silenceMs = Number.NaN } = await measure(bench, {}, tested, rows, true);
		runs.push({ title, items: rows.length, seconds, cpuSeconds, silenceMs });
		print(`${title}: ${JSON.stringify(runs.at(-1))}`);
	}
	return runs;
}
