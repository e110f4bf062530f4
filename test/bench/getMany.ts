import { print } from '../n8n/shell';
import { node, syncNode, type NodeJson } from '../n8n/workflow';
import type { Seed } from '../sandbox/seed';
import { measure, type Measurement } from './measure';
import type { Bench } from './rivals';

/** All contacts of an account, read by one node. */
export interface GetManyRun extends Measurement {
	title: string;
}

const CONTACTS = 10_000;
const ACCOUNT = { latencyMs: 250, requestsPerSecond: 5 };
const FIELDS = ['Company Size', 'Region', 'Motto'];

/** Contacts that have some of everything. */
export function storedContacts(count: number): Seed {
	return {
		fields: FIELDS.map((title) => ({ title })),
		lists: ['News'],
		tags: ['Lead', 'Webinar'],
		automations: ['Welcome'],
		contacts: Array.from({ length: count }, (_, index) => ({
			email: `stored${index}@example.com`,
			firstName: `First ${index}`,
			fieldValues: Object.fromEntries(FIELDS.map((title) => [title, `${title} ${index}`])),
			lists: { News: 'active' },
			tags: ['Lead', 'Webinar'],
			automations: ['Welcome'],
			company: `Company ${index % 100}`,
		})),
	};
}

/** Either node set up to get all contacts; this one also without what they have. */
export async function getManyContacts({ credentials, rivals, ...bench }: Bench): Promise<GetManyRun[]> {
	const ours = (details?: string[]) =>
		syncNode(credentials.ours, {
			operation: 'getManyContacts',
			returnAll: true,
			options: details ? { details } : {},
		});
	const { id, name } = credentials.builtIn;
	const builtIn = node(
		'ActiveCampaign',
		'n8n-nodes-base.activeCampaign',
		{ resource: 'contact', operation: 'getAll', returnAll: true },
		{ credentials: { activeCampaignApi: { id, name } } },
	);
	const runs: Array<[string, NodeJson]> = [
		['built-in', builtIn],
		['this node', ours()],
		['this node, without details', ours([])],
	];
	const measured: GetManyRun[] = [];
	for (const [title, tested] of runs.filter(([, one]) => one !== builtIn || rivals.includes('builtIn'))) {
		const seed = async () => {
			await bench.sandbox.seed(storedContacts(CONTACTS));
			return [tested];
		};
		const run = await measure({ ...bench, credentials, rivals }, ACCOUNT, seed, [{}]);
		print(`${title}: ${JSON.stringify(run)}`);
		measured.push({ title, ...run });
	}
	return measured;
}
