/*
 * How long n8n is silent while the node works on many items: n8n's engine in this process, the account in another, and
 * a timer that notes the longest time in which nothing else got a turn. Counted from the start of the node to its end,
 * so without what n8n itself does before and after. Prints one line of JSON:
 * `node --import tsx test/bench/responsiveness.ts [items] [part of a title]`.
 */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { ActiveCampaignSync } from '../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';
import { HEADING_ROWS, itemOf } from '../corpus/headings';
import { runWorkflow } from '../engine/harness/runWorkflow';
import { spawnSandbox } from '../sandbox/remote';
import type { Seed } from '../sandbox/seed';
import { storedContacts } from './getMany';
import type { Responsiveness } from './report';

const [, , count = 10_000, only = ''] = process.argv;
const ITEMS = Number(count);
const TICK_MS = 10;
/** Far above what accounts allow: a dry run reads each contact. n8n's own work is about 1 ms for each request. */
const REQUESTS_PER_SECOND = 500;

/** What people fill in: keys of the item, two of them with several choices. */
const PARAMETERS = parametersWith((key) => `={{ $json.${key} }}`);
/** The same, written so that only n8n can resolve it. */
const LEFT_TO_N8N = parametersWith((key) => `={{ ($json.${key}) }}`);
const AUTOMATIC: INodeParameters = { fieldsMode: 'mapAutomatically' };
const SYNC = { operation: 'syncContact' };
const BULK = { operation: 'syncContactsInBulk' };
const GET_MANY = { operation: 'getManyContacts', returnAll: true };
const DRY_RUN = { dryRun: true };

interface Scenario {
	readonly title: string;
	readonly parameters: INodeParameters;
	readonly options?: IDataObject;
	/** The node's input, unless it is the usual one. */
	readonly rows?: readonly IDataObject[];
	/** What the account has besides three custom fields. */
	readonly seed?: Seed;
}

const ITEMS_OF_FORMS = Array.from({ length: ITEMS }, (_, index) => ({
	email: `person${index}@example.com`,
	firstName: `First ${index}`,
	lastName: `Last ${index}`,
	phone: `+49 30 ${index}`,
	topics: ['Sales', 'Support'],
	sizes: ['S', 'M', 'L'],
	'Field 3': `note ${index}`,
}));

const EXPORTS = ['Shopify customer export', 'Outlook contacts'].flatMap((tool) =>
	HEADING_ROWS.filter((row) => row.tool === tool),
);

/** Rows as a program exports them: its own headings, two dozen of them, few of which the account has fields for. */
function exportScenario(row: (typeof EXPORTS)[number]): Scenario {
	const [heading] = row.columns.find(([, , field]) => field === 'Email') ?? ['Email'];
	return {
		title: `Sync Contacts in Bulk, ${row.tool} (${row.columns.length} columns) mapped automatically`,
		parameters: { ...BULK, ...AUTOMATIC },
		rows: Array.from({ length: ITEMS }, (_, index) => ({
			...itemOf(row),
			[heading]: `person${index}@example.com`,
		})),
		seed: { fields: row.fields.map((title) => ({ title })) },
	};
}

const SCENARIOS: readonly Scenario[] = [
	{
		title: 'Sync Contact, Dry Run, keys of the item',
		parameters: { ...SYNC, ...PARAMETERS },
		options: DRY_RUN,
	},
	{
		title: 'Sync Contact, Dry Run, keys of the item left to n8n',
		parameters: { ...SYNC, ...LEFT_TO_N8N },
		options: DRY_RUN,
	},
	{
		title: 'Sync Contact, Dry Run, columns mapped automatically',
		parameters: { ...SYNC, ...AUTOMATIC },
		options: DRY_RUN,
	},
	{ title: 'Sync Contacts in Bulk, keys of the item', parameters: { ...BULK, ...PARAMETERS } },
	{ title: 'Sync Contacts in Bulk, keys of the item left to n8n', parameters: { ...BULK, ...LEFT_TO_N8N } },
	...EXPORTS.map(exportScenario),
	// One item, for which as many contacts come out as there are items otherwise.
	{
		title: 'Get Many Contacts, all details',
		parameters: GET_MANY,
		rows: [{}],
		seed: storedContacts(ITEMS),
	},
];

function parametersWith(expression: (key: string) => string): INodeParameters {
	return {
		email: expression('email'),
		firstName: expression('firstName'),
		lastName: expression('lastName'),
		phone: expression('phone'),
		customFields: {
			values: ['topics', 'sizes'].map((key, index) => ({
				field: { __rl: true, mode: 'name', value: `Field ${index + 1}` },
				value: expression(key),
			})),
		},
		tagsToAdd: 'Imported, Sheet',
	};
}

async function main(): Promise<void> {
	const runs: Responsiveness[] = [];
	for (const { title, parameters, options, rows = ITEMS_OF_FORMS, seed } of SCENARIOS) {
		if (!title.includes(only)) continue;
		const sandbox = await spawnSandbox({ fields: 3 });
		if (seed) await sandbox.seed(seed);
		const run = async (items: readonly IDataObject[]) => {
			const probe = probeNode();
			const { error } = await runWorkflow({
				items: [...items],
				credentials: { accountName: sandbox.url, apiToken: sandbox.token },
				nodeParameters: { ...parameters, options: { requestsPerSecond: REQUESTS_PER_SECOND, ...options } },
			});
			if (error) throw error;
			return probe;
		};
		// Loads and compiles everything first.
		await run(rows.slice(0, 200));
		const { silenceMs, silenceCpuMs, nodeMs, cpuMs } = await run(rows);
		runs.push({
			title,
			items: ITEMS,
			silenceMs,
			silenceCpuMs,
			seconds: nodeMs / 1_000,
			cpuSeconds: cpuMs / 1_000,
		});
		await sandbox.stop();
	}
	process.stdout.write(`${JSON.stringify(runs)}\n`);
	process.exit();
}

/** Watches the node's next execution. @returns its figures, complete once it has ended */
function probeNode(): { silenceMs: number; silenceCpuMs: number; nodeMs: number; cpuMs: number } {
	const probe = { silenceMs: 0, silenceCpuMs: 0, nodeMs: 0, cpuMs: 0 };
	// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the node's context
	const { execute } = ActiveCampaignSync.prototype;
	ActiveCampaignSync.prototype.execute = async function (): Promise<INodeExecutionData[][]> {
		ActiveCampaignSync.prototype.execute = execute;
		const startedAt = performance.now();
		const cpuAtStart = process.cpuUsage();
		let cpuAtTurn = cpuAtStart;
		let turnAt = startedAt;
		const noteTurn = () => {
			const now = performance.now();
			probe.silenceMs = Math.max(probe.silenceMs, now - turnAt);
			probe.silenceCpuMs = Math.max(probe.silenceCpuMs, cpuMsSince(cpuAtTurn));
			turnAt = now;
			cpuAtTurn = process.cpuUsage();
		};
		const ticking = setInterval(noteTurn, TICK_MS);
		try {
			return await execute.call(this);
		} finally {
			clearInterval(ticking);
			noteTurn();
			probe.nodeMs = performance.now() - startedAt;
			probe.cpuMs = cpuMsSince(cpuAtStart);
		}
	};
	return probe;
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.exit(1);
});
