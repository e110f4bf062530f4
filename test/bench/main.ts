/*
 * `npm run bench`: this package's node and the one that n8n ships, in the same n8n, against the same stand-in account,
 * with the same contacts, in turns. Writes its sections of RESULTS.md, beside this file, one by one. `-- --quick` makes one
 * round instead of three, `-- --ours` leaves the other node out, `-- --only forms` writes the section of that name (see
 * SECTIONS), and `-- --only '250 ms'` makes just the comparisons with that in their titles, and prints them.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { format } from 'prettier';

import { startN8n, type N8n } from '../n8n/instance';
import { packProject } from '../n8n/pack';
import { print } from '../n8n/shell';
import { credentialType } from '../n8n/workflow';
import { spawnSandbox, type SpawnedSandbox } from '../sandbox/remote';
import { formsAtOnce } from './forms';
import { getManyContacts } from './getMany';
import { engineWork, importContacts, importHeap, n8nResponsiveness, nodeResponsiveness } from './otherRuns';
import {
	comparison,
	formsTable,
	getManyTable,
	imports,
	ownWork,
	responsiveness,
	returningTable,
	withSection,
	workersTable,
} from './report';
import { returningContacts } from './returning';
import { RIVALS, type Bench } from './rivals';
import { compareNodes } from './scenarios';
import { workersAtOnce } from './workers';

const { quick, only, ours } = parseArgs({
	options: { quick: { type: 'boolean' }, only: { type: 'string' }, ours: { type: 'boolean' } },
}).values;

const RESULTS = join(__dirname, 'RESULTS.md');

/** What each section of the results is called, and how it is measured. */
const SECTIONS: Readonly<Record<string, { heading: string; measure: (bench: Bench) => Promise<string> }>> = {
	contacts: {
		heading: 'One contact per item',
		measure: async (bench) => comparison(await compareNodes(bench)),
	},
	returning: {
		heading: 'Returning contacts with a list, two tags and an automation',
		measure: async (bench) => returningTable(await returningContacts(bench)),
	},
	forms: {
		heading: 'Forms at once',
		measure: async (bench) => formsTable(await formsAtOnce(bench)),
	},
	getMany: {
		heading: 'Many contacts read',
		measure: async (bench) => getManyTable(await getManyContacts(bench)),
	},
	workers: {
		heading: 'Several workers',
		measure: async (bench) => workersTable(await workersAtOnce(bench)),
	},
	bulk: {
		heading: 'Bulk import',
		measure: async (bench) => imports(await importContacts(bench)),
	},
	work: {
		heading: 'Work and memory of the node itself',
		measure: async (bench) => ownWork(await engineWork(bench), await importHeap()),
	},
	responsiveness: {
		heading: 'Responsiveness',
		measure: async (bench) => responsiveness(await nodeResponsiveness(), await n8nResponsiveness(bench)),
	},
};

async function writeSection(bench: Bench, name: string): Promise<void> {
	const section = SECTIONS[name];
	if (!section) return;
	const [load = 0] = loadavg();
	const body = await section.measure(bench);
	const how = `n8n ${bench.n8n.version}, Node.js ${process.version} outside of it, ${cpus().length} cores, load ${load.toFixed(1)} at the start.`;
	const page = withSection(await readFile(RESULTS, 'utf8'), section.heading, `${how}\n\n${body}`);
	await writeFile(RESULTS, await format(page, { parser: 'markdown' }));
	print(body);
}

async function main(): Promise<void> {
	const sandbox = await spawnSandbox({ fields: 3 });
	try {
		const tarball = await packProject();
		try {
			const n8n = await startN8n({ tarball });
			try {
				await run(n8n, sandbox);
			} finally {
				await n8n.stop();
			}
		} finally {
			await rm(dirname(tarball), { recursive: true, force: true });
		}
	} finally {
		await sandbox.stop();
	}
}

async function run(n8n: N8n, sandbox: SpawnedSandbox): Promise<void> {
	await n8n.client.setUpOwner();
	const { url, token } = sandbox;
	const bench: Bench = {
		n8n,
		sandbox,
		credentials: {
			ours: await n8n.client.createCredential(credentialType, { accountName: url, apiToken: token }),
			builtIn: await n8n.client.createCredential('activeCampaignApi', { apiUrl: url, apiKey: token }),
		},
		rounds: quick ? 1 : 3,
		rivals: ours ? ['ours'] : RIVALS,
	};
	if (only !== undefined && !(only in SECTIONS)) print(comparison(await compareNodes(bench, only)));
	else
		for (const name of only === undefined ? Object.keys(SECTIONS) : [only]) await writeSection(bench, name);
}

main().catch((error: unknown) => {
	print(error instanceof Error ? (error.stack ?? error.message) : String(error));
	process.exitCode = 1;
});
