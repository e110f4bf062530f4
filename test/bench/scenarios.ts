import { print } from '../n8n/shell';
import type { SandboxSettings } from '../sandbox/settings';
import { measure, type Measurement } from './measure';
import type { Scenario } from './report';
import { contactRows, rivalNode, type Bench, type Rival } from './rivals';

/** A few of everything that goes wrong; the built-in node waits five minutes for a hanging answer, so there are none. */
const FAULTS: SandboxSettings['faults'] = {
	serverErrorRate: 0.03,
	htmlPageRate: 0.02,
	resetBeforeWriteRate: 0.01,
	resetAfterWriteRate: 0.01,
};

/** One comparison before it is made. */
interface Planned extends Omit<Scenario, 'runs'> {
	/** Made once: it takes minutes. */
	isLong?: boolean;
	/** For this package's node alone: the other one would wait five minutes for each hanging answer. */
	isOurs?: boolean;
}

const SCENARIOS: readonly Planned[] = [
	...[50, 250, 1_000].map((latencyMs) => ({
		title: `100 contacts, server ${latencyMs} ms, limit 5/s`,
		contacts: 100,
		settings: { latencyMs, requestsPerSecond: 5 },
	})),
	{
		title: '2,000 contacts, server 0 ms, no limit',
		contacts: 2_000,
		settings: {},
		options: { requestsPerSecond: 1_000 },
	},
	{
		title: '500 contacts, server 250 ms, limit 5/s, 5 % 5xx, 2 % cut connections',
		contacts: 500,
		settings: { latencyMs: 250, requestsPerSecond: 5, faults: FAULTS },
		isLong: true,
	},
	{
		title: '1,000 contacts, 250 ms, limit 5/s, the faults above, 1 % hangs, a neighbor at 3/s',
		contacts: 1_000,
		settings: {
			latencyMs: 250,
			requestsPerSecond: 5,
			neighborPerSecond: 3,
			faults: { ...FAULTS, hangRate: 0.01 },
		},
		isLong: true,
		isOurs: true,
	},
];

/** Makes the comparisons that have some text in their titles. */
export async function compareNodes(bench: Bench, within = ''): Promise<Scenario[]> {
	const scenarios: Scenario[] = [];
	for (const planned of SCENARIOS.filter(({ title }) => title.includes(within))) {
		scenarios.push({ ...planned, runs: await runsOf(bench, planned) });
	}
	return scenarios;
}

async function runsOf(
	bench: Bench,
	{ title, contacts, settings, options, isLong, isOurs }: Planned,
): Promise<Scenario['runs']> {
	const runs: Record<Rival, Measurement[]> = { ours: [], builtIn: [] };
	for (let round = 0; round < (isLong ? 1 : bench.rounds); round += 1) {
		for (const rival of bench.rivals.filter((one) => one === 'ours' || !isOurs)) {
			const rows = contactRows(contacts, `${rival.toLowerCase()}${round}-`);
			const run = await measure(bench, settings, rivalNode(rival, bench.credentials, options), rows);
			print(`${title} · ${rival}: ${JSON.stringify(run)}`);
			runs[rival].push(run);
		}
	}
	return runs;
}
