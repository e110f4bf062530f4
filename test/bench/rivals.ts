import type { Credential } from '../n8n/client';
import type { Json } from '../guards';
import type { N8n } from '../n8n/instance';
import { node, syncNode, type NodeJson } from '../n8n/workflow';
import type { SpawnedSandbox } from '../sandbox/remote';

/** Who is measured: this package's node, or the one that n8n ships. */
export type Rival = 'ours' | 'builtIn';
export const RIVALS: readonly Rival[] = ['builtIn', 'ours'];

export interface Credentials {
	ours: Credential;
	builtIn: Credential;
}

/** What everything is measured with. */
export interface Bench {
	n8n: N8n;
	sandbox: SpawnedSandbox;
	credentials: Credentials;
	/** How often each of the shorter measurements is made. */
	rounds: number;
	rivals: readonly Rival[];
}

const EMAIL = '={{ $json.email }}';
const FIRST_NAME = '={{ $json.firstName }}';

/** The rows that both are given. */
export function contactRows(count: number, tag = 'c'): Json[] {
	return Array.from({ length: count }, (_, index) => ({
		email: `${tag}${index}@example.com`,
		firstName: `First ${index}`,
		company: `Company ${index % 100}`,
	}));
}

/** Either node set up for the same work: upsert a contact by email, with a first name; faults keep nobody else out. */
export function rivalNode(rival: Rival, credentials: Credentials, options: Json = {}): NodeJson {
	const { id, name } = credentials[rival];
	if (rival === 'ours') {
		const parameters = { operation: 'syncContact', email: EMAIL, firstName: FIRST_NAME, options };
		return { ...syncNode({ id, name }, parameters), onError: 'continueRegularOutput' };
	}
	const parameters = {
		resource: 'contact',
		operation: 'create',
		email: EMAIL,
		updateIfExists: true,
		additionalFields: { firstName: FIRST_NAME },
	};
	return node('ActiveCampaign', 'n8n-nodes-base.activeCampaign', parameters, {
		credentials: { activeCampaignApi: { id, name } },
		onError: 'continueRegularOutput',
	});
}

/** This package's import, for the same rows. */
export function bulkNode(credentials: Credentials): NodeJson {
	const { id, name } = credentials.ours;
	return syncNode(
		{ id, name },
		{
			operation: 'syncContactsInBulk',
			email: EMAIL,
			firstName: FIRST_NAME,
			additionalFields: { company: '={{ $json.company }}' },
			options: { waitForResult: false },
		},
	);
}
