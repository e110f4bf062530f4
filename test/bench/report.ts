import type { Json } from '../guards';
import type { SandboxSettings } from '../sandbox/settings';
import type { FormsRun } from './forms';
import type { GetManyRun } from './getMany';
import { median, type Measurement } from './measure';
import { AS_BEFORE, type ReturningRun } from './returning';
import type { Rival } from './rivals';
import type { WorkersRun } from './workers';

/** One comparison: the same contacts against the same account, for each rival once a round. */
export interface Scenario {
	title: string;
	contacts: number;
	settings: Partial<SandboxSettings>;
	/** Of this package's node. */
	options?: Json;
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

/** What each is called in the results. */
export const NAMES: Record<Rival, string> = { builtIn: 'built-in', ours: 'this node' };

/** A page of Markdown with a section replaced, or added at its end; other sections stay. */
export function withSection(page: string, heading: string, body: string): string {
	const start = `## ${heading}\n`;
	const section = `${start}\n${body}\n`;
	const sections = page.split(/\n(?=## )/);
	const isKnown = sections.some((one) => one.startsWith(start));
	const written = sections.map((one) => (one.startsWith(start) ? section : one));
	return [...written, ...(isKnown ? [] : [section])].join('\n');
}

/** How fast contacts are imported. */
export function imports({ bulk, single }: BulkRun): string {
	return `Account limits 5 requests per second and 100 imports per minute, server 250 ms; each imported contact has a company, and
results are not waited for.

| node | contacts | seconds | contacts/s | stored |
|---|---:|---:|---:|---:|
| this node, Sync Contacts in Bulk | ${bulk.answered} | ${fixed(bulk.seconds)} | ${fixed(speed(bulk))} | ${bulk.stored} |
| built-in, one by one | ${single.answered} | ${fixed(single.seconds)} | ${fixed(speed(single))} | ${single.stored} |

Extrapolated from ${single.answered} contacts, the built-in node takes ${fixed(bulk.answered / speed(single) / 60)} minutes for ${bulk.answered}: **${fixed(speed(bulk) / speed(single), 0)} ×** the time.`;
}

/** What the node needs for itself. */
export function ownWork(work: EngineWork, heap: ImportHeap): string {
	return `Through n8n's own engine in one process, the account in another, ${work.contacts} contacts:
${fixed(work.wholeMs, 2)} ms of CPU time per contact, of which n8n's HTTP helper alone takes ${fixed(work.helperMs, 2)} ms.
The node itself: **${fixed(work.wholeMs - work.helperMs, 2)} ms** per contact.
Heap with ${work.heapItems} items: at most **${fixed(work.heapBytesPerItem / 1_024, 1)} KB** per item, n8n's own copies included.
An import of ${heap.items} items, ${heap.imported} of them imported: at most **${fixed(heap.peakMb, 0)} MB** beyond its input.`;
}

/** How long n8n is kept from other work, by the node alone and by either node in a whole n8n. */
export function responsiveness(node: readonly Responsiveness[], n8n: readonly Responsiveness[]): string {
	return `The longest time in which n8n could do nothing else, while the node worked on many items. Of the node itself, from its
start to its end, in n8n's engine in one process:

${silences(node)}

Six expressions in the node: those that are only a key of the item are read by the node itself (\`simpleValue\` in \`input/parameters.ts\`).
What this saves, the rows "left to n8n" show: the same keys, written so that n8n resolves them. A dry run reads each
contact of the account.

Of a whole n8n, which itself needs time for many items, seen as the longest answer to \`/healthz\`:

${silences(n8n)}`;
}

/** A row for each run. */
function silences(runs: readonly Responsiveness[]): string {
	return `| scenario | items | seconds | CPU seconds | longest silence, ms | its CPU time, ms |
|---|---:|---:|---:|---:|---:|
${runs.map(({ title, items, seconds, cpuSeconds, silenceMs, silenceCpuMs }) => `| ${title} | ${items} | ${fixed(seconds)} | ${fixed(cpuSeconds)} | ${fixed(silenceMs, 0)} | ${silenceCpuMs === undefined ? '' : fixed(silenceCpuMs, 0)} |`).join('\n')}`;
}

/** A row for each way of syncing contacts to whom nothing is new. */
export function returningTable(runs: readonly ReturningRun[]): string {
	const before = runs.find(({ title }) => title.endsWith(AS_BEFORE));
	const base = before ? speed(before) : Number.NaN;
	const rows = runs.map((run) => [
		run.title,
		run.contacts,
		fixed(run.seconds),
		fixed(speed(run), 2),
		`${fixed(speed(run) / base, 2)} ×`,
		run.requests,
		fixed(run.requests / run.contacts, 2),
		run.failed,
		run.refusals,
	]);
	return `Each contact has all of it already, so that nothing is to be changed. Server 250 ms, limit 5/s; seconds are of all the
nodes that the work takes.

| node | contacts | seconds | contacts/s | to one read per part | HTTP requests | per contact | items that failed | 429s |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
${rows.map(asRow).join('\n')}`;
}

/** A row for each way of reading all contacts of an account. */
export function getManyTable(runs: readonly GetManyRun[]): string {
	const rows = runs.map((run) => [
		run.title,
		run.answered,
		fixed(run.seconds),
		run.requests,
		fixed(run.cpuSeconds),
		fixed(run.peakMb, 0),
		run.failed,
		run.refusals,
	]);
	return `All contacts of an account, each with three custom fields, a list, two tags, an automation, and a company. Server 250 ms, limit 5/s.
The built-in node returns ActiveCampaign's rows, with IDs and without what the contacts have; this node returns all of it by name. Memory is
the most that the whole n8n process took.

| node | contacts | seconds | HTTP requests | CPU seconds | memory, MB | items that failed | 429s |
|---|---:|---:|---:|---:|---:|---:|---:|
${rows.map(asRow).join('\n')}`;
}

/** A row for each round and node. */
export function formsTable(runs: readonly FormsRun[]): string {
	const rows = runs.map((run) => [
		run.title,
		run.forms,
		fixed(run.seconds),
		run.stored,
		run.forms - run.stored,
		run.failed,
		run.refusals,
		run.title === NAMES.ours && run.refusals > 0 ? fixed(run.longestRetrySeconds) : '',
	]);
	return `Forms submitted within two seconds, each an execution of its own; server 150 ms, limit 5/s, \`Retry-After: 1\`. Seconds
from the first request at the account to the last one that it admitted.

| node | forms | seconds | stored | lost | executions that failed | 429s | longest retry beyond Retry-After, s |
|---|---:|---:|---:|---:|---:|---:|---:|
${rows.map(asRow).join('\n')}`;
}

/** A row for each number of workers and each `Retry-After`. */
export function workersTable(runs: readonly WorkersRun[]): string {
	const rows = runs.map((run) => [
		run.workers,
		`${run.retryAfterSeconds} s`,
		`${run.forms} × ${run.contactsEach}`,
		fixed(run.seconds),
		run.stored,
		run.failed,
		run.refusals,
		`${fixed((100 * run.refusals) / run.requests)} %`,
		fixed(run.admittedPerSecond, 2),
	]);
	return `n8n's queue mode (PostgreSQL, Redis, one main), forms submitted thirty a second, each an execution with so many contacts of one
request; server 150 ms, limit 5/s. Seconds from the first request at the account to the last one that it admitted; requests
admitted per second from when all forms had been submitted.

| workers | Retry-After | forms × contacts | seconds | stored | executions that failed | 429s | refused | admitted per second |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${rows.map(asRow).join('\n')}`;
}

function asRow(cells: ReadonlyArray<string | number>): string {
	return `| ${cells.join(' | ')} |`;
}

/** Two rows for each scenario, one for each node. */
export function comparison(scenarios: Scenario[]): string {
	return `Both nodes in the same n8n, the same stand-in account on loopback, the same contacts, in turns; medians where there
are several rounds. Seconds are of the node alone, as n8n records them; CPU time is of the whole n8n process.

| scenario | node | seconds | contacts/s | ratio | CPU ms per contact | stored | lost | items that failed | 429s |
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
			median(of.map(({ failed }) => failed)),
			median(of.map(({ refusals }) => refusals)),
		];
		return [asRow(cells)];
	});
}

/** Contacts that arrived per second of the node's time. */
function speed({ stored, seconds }: Measurement): number {
	return stored / seconds;
}

function fixed(value: number, digits = 1): string {
	return value.toFixed(digits);
}
