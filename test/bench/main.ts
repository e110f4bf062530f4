/*
 * `npm run bench`: this package's node and the one that n8n ships, in the same n8n, against the same stand-in account,
 * with the same contacts, in turns. Writes RESULTS.md beside this file. `-- --quick` makes one round instead of three,
 * `-- --ours` leaves the other node out, `-- --only '250 ms'` makes just the comparisons with that in their titles, `-- --only responsiveness` just that, and prints them.
 */
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { startN8n, type N8n } from '../n8n/instance';
import { packProject } from '../n8n/pack';
import { print } from '../n8n/shell';
import { credentialType } from '../n8n/workflow';
import { spawnSandbox, type SpawnedSandbox } from '../sandbox/remote';
import type { SandboxSettings } from '../sandbox/settings';
import { submitForms, type FormsRun } from './forms';
import { measure, median, type Measurement } from './measure';
import { comparison, NAMES, results, returning, silences } from './report';
import type { BulkRun, EngineWork, ImportHeap, Responsiveness, Scenario } from './report';
import { returningContacts } from './returning';
import { bulkNode, contactRows, rivalNode, RIVALS, type Credentials, type Rival } from './rivals';

const {
	quick,
	only,
	ours: oursOnly,
} = parseArgs({
	options: { quick: { type: 'boolean' }, only: { type: 'string' }, ours: { type: 'boolean' } },
}).values;
const ROUNDS = quick ? 1 : 3;
const rivals: readonly Rival[] = oursOnly ? ['ours'] : RIVALS;
const RESPONSIVENESS_ITEMS = 20_000;

/** A few of everything that goes wrong; the built-in node waits five minutes for a hanging answer, so there are none. */
const FAULTS: SandboxSettings['faults'] = {
	serverErrorRate: 0.03,
	htmlPageRate: 0.02,
	resetBeforeWriteRate: 0.01,
	resetAfterWriteRate: 0.01,
};

const SCENARIOS: ReadonlyArray<Omit<Scenario, 'runs'>> = [
	...[50, 250, 1_000].map((latencyMs) => ({
		title: `100 contacts, server ${latencyMs} ms, limit 5/s`,
		contacts: 100,
		settings: { latencyMs, requestsPerSecond: 5 },
		rounds: ROUNDS,
	})),
	{
		title: '2,000 contacts, server 0 ms, no limit',
		contacts: 2_000,
		settings: {},
		options: { requestsPerSecond: 1_000 },
		rounds: ROUNDS,
	},
	{
		title: '500 contacts, server 250 ms, limit 5/s, 5 % 5xx, 2 % cut connections',
		contacts: 500,
		settings: { latencyMs: 250, requestsPerSecond: 5, faults: FAULTS },
		rounds: 1,
	},
];

const HARDEST: Omit<Scenario, 'runs'> = {
	title: '1,000 contacts, 250 ms, limit 5/s, the faults above, 1 % hangs, a neighbour at 3/s',
	contacts: 1_000,
	settings: {
		latencyMs: 250,
		requestsPerSecond: 5,
		neighbourPerSecond: 3,
		faults: { ...FAULTS, hangRate: 0.01 },
	},
	rounds: 1,
};

async function compare(
	n8n: N8n,
	sandbox: SpawnedSandbox,
	credentials: Credentials,
	scenario: Omit<Scenario, 'runs'>,
	rivals: readonly Rival[],
): Promise<Scenario> {
	const runs: Record<Rival, Measurement[]> = { ours: [], builtIn: [] };
	for (let round = 0; round < scenario.rounds; round += 1) {
		for (const rival of rivals) {
			const rows = contactRows(scenario.contacts, `${rival.toLowerCase()}${round}-`);
			const tested = rivalNode(rival, credentials, scenario.options);
			const run = await measure(n8n, sandbox, scenario.settings, tested, rows);
			print(`${scenario.title} · ${rival}: ${JSON.stringify(run)}`);
			runs[rival].push(run);
		}
	}
	return { ...scenario, runs };
}

async function importContacts(n8n: N8n, sandbox: SpawnedSandbox, credentials: Credentials): Promise<BulkRun> {
	const account = { latencyMs: 250, requestsPerSecond: 5, importsPerMinute: 100 };
	const bulk = await measure(n8n, sandbox, account, bulkNode(credentials), contactRows(10_000, 'bulk'));
	print(`10,000 contacts by import: ${JSON.stringify(bulk)}`);
	const single = await measure(
		n8n,
		sandbox,
		account,
		rivalNode('builtIn', credentials),
		contactRows(500, 'single'),
	);
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

async function engineWork(): Promise<EngineWork> {
	const runs: EngineWork[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
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

/** Both nodes on many items in n8n, which is asked all the while whether it still answers. */
async function responsiveness(
	n8n: N8n,
	sandbox: SpawnedSandbox,
	credentials: Credentials,
): Promise<Responsiveness[]> {
	const options = { requestsPerSecond: 1_000 };
	const nodes = {
		'built-in': rivalNode('builtIn', credentials),
		'this node, Sync Contact': rivalNode('ours', credentials, options),
		'this node, Sync Contacts in Bulk': bulkNode(credentials),
	};
	const runs: Responsiveness[] = [];
	for (const [title, tested] of Object.entries(nodes)) {
		const rows = contactRows(RESPONSIVENESS_ITEMS, 'many');
		const run = await measure(n8n, sandbox, {}, tested, rows, true);
		const { seconds, cpuSeconds, silenceMs = Number.NaN } = run;
		runs.push({ title, items: rows.length, seconds, cpuSeconds, silenceMs });
		print(`${title}: ${JSON.stringify(runs.at(-1))}`);
	}
	return runs;
}

/** Many forms at once, in rounds: the first one meets an n8n that has just started. */
async function formsAtOnce(n8n: N8n, sandbox: SpawnedSandbox, credentials: Credentials): Promise<FormsRun[]> {
	const runs: FormsRun[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const rival of rivals) {
			const run = await submitForms(n8n, sandbox, NAMES[rival], rivalNode(rival, credentials));
			print(`60 forms: ${JSON.stringify(run)}`);
			runs.push(run);
		}
	}
	return runs;
}

async function main(): Promise<void> {
	const sandbox = await spawnSandbox({ fields: 3 });
	const tarball = await packProject();
	const n8n = await startN8n({ tarball });
	try {
		await n8n.client.setUpOwner();
		const { url, token } = sandbox;
		const credentials: Credentials = {
			ours: await n8n.client.createCredential(credentialType, { accountName: url, apiToken: token }),
			builtIn: await n8n.client.createCredential('activeCampaignApi', { apiUrl: url, apiKey: token }),
		};
		const scenarios: Scenario[] = [];
		for (const scenario of SCENARIOS.filter(({ title }) => title.includes(only ?? ''))) {
			scenarios.push(await compare(n8n, sandbox, credentials, scenario, rivals));
		}
		if (only !== undefined) {
			if ('returning'.includes(only)) print(returning(await returningContacts(n8n, sandbox, credentials)));
			if ('forms'.includes(only)) await formsAtOnce(n8n, sandbox, credentials);
			if ('responsiveness'.includes(only)) {
				print(silences((await runScript('responsiveness.ts')) as Responsiveness[]));
				print(silences(await responsiveness(n8n, sandbox, credentials)));
			} else print(comparison(scenarios));
			return;
		}
		scenarios.push(await compare(n8n, sandbox, credentials, HARDEST, ['ours']));
		const bulk = await importContacts(n8n, sandbox, credentials);
		const work = await engineWork();
		const responsive = {
			node: (await runScript('responsiveness.ts')) as Responsiveness[],
			n8n: await responsiveness(n8n, sandbox, credentials),
		};
		const importHeap = (await runScript('importHeap.ts')) as ImportHeap;
		const text = results({
			n8nVersion: n8n.version,
			scenarios,
			bulk,
			work,
			importHeap,
			responsiveness: responsive,
		});
		await writeFile(join(__dirname, 'RESULTS.md'), text);
		print(text);
	} finally {
		await n8n.stop();
		await sandbox.stop();
		await rm(dirname(tarball), { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	print(error instanceof Error ? (error.stack ?? error.message) : String(error));
	process.exitCode = 1;
});
