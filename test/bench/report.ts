import { cpus } from 'node:os';

import type { Json } from '../guards';
import type { SandboxSettings } from '../sandbox/settings';
import { median, type Measurement } from './measure';
import type { ReturningRun } from './returning';
import type { Rival } from './rivals';

/** One comparison: the same contacts against the same account, once for each rival and round. */
export interface Scenario {
	title: string;
	contacts: number;
	settings: Partial<SandboxSettings>;
	/** Of this package's node. */
	options?: Json;
	rounds: number;
	runs: Record<Rival, Measurement[]>;
}

export interface BulkRun {
	bulk: Measurement;
	single: Measurement;
}

/** What `engineWork.ts` prints; times in milliseconds of CPU time per contact. */
export interface EngineWork {
	contacts: number;
	wholeMs: number;
	helperMs: number;
	heapItems: number;
	heapBytesPerItem: number;
}

/** What `importHeap.ts` prints. */
export interface ImportHeap {
	items: number;
	/** How many of them came back as imported. */
	imported: number;
	/** The most heap beyond the input, in millions of bytes. */
	peakMb: number;
	seconds: number;
}

/** One row of what `responsiveness.ts` prints. */
export interface Responsiveness {
	title: string;
	items: number;
	/** The longest time in which n8n could do nothing else (milliseconds). */
	silenceMs: number;
	/** The most CPU time between two turns of other work: what is left of the silence on a machine with nothing else to do. */
	silenceCpuMs?: number;
	seconds: number;
	/** CPU time of the whole process meanwhile. */
	cpuSeconds: number;
}

export interface Results {
	n8nVersion: string;
	scenarios: Scenario[];
	bulk: BulkRun;
	work: EngineWork;
	importHeap: ImportHeap;
	/** Of the node alone, and of n8n with either node. */
	responsiveness: { node: Responsiveness[]; n8n: Responsiveness[] };
}

/** What each is called in the results. */
export const NAMES: Record<Rival, string> = { builtIn: 'built-in', ours: 'this node' };
const EXTRAPOLATED_TO = 10_000;

/** The results as a page of Markdown. */
export function results({ n8nVersion, scenarios, bulk, work, importHeap, responsiveness }: Results): string {
	return `# Benchmark

Written by \`npm run bench\` with n8n ${n8nVersion}, Node.js ${process.version} outside of it, ${cpus().length} cores.
Both nodes in the same n8n, the same stand-in account on loopback, the same contacts, in turns; medians where there
are several rounds. Seconds are of the node alone, as n8n records them; CPU time is of the whole n8n process.

${comparison(scenarios)}

## Bulk import

Account limits 5 requests per second and 100 imports per minute, server 250 ms, results not waited for.

| node | contacts | seconds | contacts/s | stored |
|---|---:|---:|---:|---:|
| this node, Sync Contacts in Bulk | ${EXTRAPOLATED_TO} | ${fixed(bulk.bulk.seconds)} | ${fixed(speed(bulk.bulk))} | ${bulk.bulk.stored} |
| built-in, one by one | ${bulk.single.answered} | ${fixed(bulk.single.seconds)} | ${fixed(speed(bulk.single))} | ${bulk.single.stored} |

Extrapolated from ${bulk.single.answered} contacts, the built-in node takes ${fixed(EXTRAPOLATED_TO / speed(bulk.single) / 60)} minutes for ${EXTRAPOLATED_TO}: **${fixed(speed(bulk.bulk) / speed(bulk.single), 0)} ×** the time.

## Work and memory of the node itself

Through n8n's own engine in one process, the account in another, ${work.contacts} contacts:
${fixed(work.wholeMs, 2)} ms of CPU time per contact, of which n8n's HTTP helper alone takes ${fixed(work.helperMs, 2)} ms.
The node itself: **${fixed(work.wholeMs - work.helperMs, 2)} ms** per contact.
Heap with ${work.heapItems} items: at most **${fixed(work.heapBytesPerItem / 1_024, 1)} KB** per item, n8n's own copies included.
An import of ${importHeap.items} items, ${importHeap.imported} of them imported: at most **${fixed(importHeap.peakMb, 0)} MB** beyond its input.

## Responsiveness

The longest time in which n8n could do nothing else, while the node worked on many items. Of the node itself, from its
start to its end, in n8n's engine in one process:

${silences(responsiveness.node)}

Six expressions in the node: those that are only a key of the item are read by the node itself (\`plainExpression.ts\`).
What this saves, the rows "left to n8n" show: the same keys, written so that n8n resolves them.

Of a whole n8n, which itself needs time for many items, seen as the longest answer to \`/healthz\`:

${silences(responsiveness.n8n)}
`;
}

/** A row for each run. */
export function silences(runs: Responsiveness[]): string {
	return `| scenario | items | seconds | CPU seconds | longest silence, ms | its CPU time, ms |
|---|---:|---:|---:|---:|---:|
${runs.map(({ title, items, seconds, cpuSeconds, silenceMs, silenceCpuMs }) => `| ${title} | ${items} | ${fixed(seconds)} | ${fixed(cpuSeconds)} | ${fixed(silenceMs, 0)} | ${silenceCpuMs === undefined ? '' : fixed(silenceCpuMs, 0)} |`).join('\n')}`;
}

/** A row for each way of syncing contacts to whom nothing is new. */
export function returning(runs: ReturningRun[]): string {
	const slowest = runs.map(speed)[1] ?? Number.NaN;
	return `| node | contacts | seconds | contacts/s | times the second row | HTTP requests | requests per contact | items not done | 429s |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
${runs.map((run) => `| ${[run.title, run.contacts, fixed(run.seconds), fixed(speed(run), 2), `${fixed(speed(run) / slowest, 2)} ×`, run.requests, fixed(run.requests / run.contacts, 2), run.toldLost, run.refusals].join(' | ')} |`).join('\n')}`;
}

/** Two rows for each scenario, one for each node. */
export function comparison(scenarios: Scenario[]): string {
	return `| scenario | node | seconds | contacts/s | ratio | CPU ms per contact | stored | lost | items told as not done | 429s |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|
${scenarios.flatMap(rows).join('\n')}`;
}

function rows(scenario: Scenario): string[] {
	const { runs, title, contacts } = scenario;
	const base = median(runs.builtIn.map(speed));
	return (['builtIn', 'ours'] as const).flatMap((rival) => {
		const of = runs[rival];
		if (of.length === 0) return [];
		const ratio =
			rival === 'ours' && runs.builtIn.length > 0 ? `${fixed(median(of.map(speed)) / base, 2)} ×` : '';
		const cells = [
			title,
			NAMES[rival],
			fixed(median(of.map(({ seconds }) => seconds))),
			fixed(median(of.map(speed)), 2),
			ratio,
			fixed(median(of.map(({ cpuSeconds }) => (cpuSeconds * 1_000) / contacts))),
			median(of.map(({ stored }) => stored)),
			median(of.map(({ stored }) => contacts - stored)),
			median(of.map(({ toldLost }) => toldLost)),
			median(of.map(({ refusals }) => refusals)),
		];
		return [`| ${cells.join(' | ')} |`];
	});
}

/** Contacts that arrived per second of the node's time. */
function speed({ stored, seconds }: Measurement): number {
	return stored / seconds;
}

function fixed(value: number, digits = 1): string {
	return value.toFixed(digits);
}
