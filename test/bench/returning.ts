import { print } from '../n8n/shell';
import { node, syncNode, type NodeJson } from '../n8n/workflow';
import type { Planted } from '../sandbox/seed';
import type { SandboxSettings } from '../sandbox/settings';
import { measure, type Measurement } from './measure';
import { contactRows, rivalNode, type Bench, type Credentials } from './rivals';

/** Contacts that come back with a list, two tags and an automation that they have already. */
export interface ReturningRun extends Measurement {
	title: string;
	contacts: number;
}

/** How the row ends that the others are compared with. */
export const AS_BEFORE = 'one read per part, as before';

const CONTACTS = 100;
const ACCOUNT: Partial<SandboxSettings> = { latencyMs: 250, requestsPerSecond: 5 };
const LIST = 'News';
const TAGS = ['Lead', 'Webinar'];
const AUTOMATION = 'Welcome';

/** This node: one read for all parts, and as it is where the account loads nothing beside contacts. */
function steps(credentials: Credentials): NodeJson {
	const named = (name: string) => ({ __rl: true, mode: 'name', value: name });
	return syncNode(credentials.ours, {
		operation: 'syncContact',
		email: '={{ $json.email }}',
		firstName: '={{ $json.firstName }}',
		lists: { values: [{ list: named(LIST), action: 'subscribe' }] },
		tagsToAdd: TAGS.join(', '),
		automations: { values: [{ automation: named(AUTOMATION) }] },
	});
}

/** The nodes that n8n ships, one after the other: they know ids only, and have no operation for automations. */
function builtInSteps(credentials: Credentials, { tags, lists }: Planted): NodeJson[] {
	const sync = rivalNode('builtIn', credentials);
	const contactId = `={{ $('${sync.name}').item.json.id }}`;
	const add = (name: string, parameters: NodeJson['parameters']) =>
		node(
			name,
			sync.type,
			{ operation: 'add', ...parameters, contactId },
			{ credentials: sync.credentials, onError: 'continueRegularOutput' },
		);
	return [
		sync,
		...tags.map((tagId, index) => add(`Add tag ${index + 1}`, { resource: 'contactTag', tagId })),
		add('Add to list', { resource: 'contactList', listId: lists[0] }),
	];
}

/** Measures each way of syncing the same contacts, to whom nothing is new. */
export async function returningContacts(bench: Bench): Promise<ReturningRun[]> {
	const { sandbox, credentials } = bench;
	const rows = contactRows(CONTACTS, 'returning');
	const seed = async () =>
		await sandbox.seed({
			lists: [LIST],
			tags: TAGS,
			automations: [AUTOMATION],
			contacts: rows.map(({ email, firstName }) => ({
				email: String(email),
				firstName: String(firstName),
				lists: { [LIST]: 'active' },
				tags: TAGS,
				automations: [AUTOMATION],
			})),
		});
	const run = async (title: string, tested: (planted: Planted) => NodeJson[], settings = {}) => {
		const nodes = async () => tested(await seed());
		const measured = await measure(bench, { ...ACCOUNT, ...settings }, nodes, rows);
		print(`${title}: ${JSON.stringify(measured)}`);
		return { title, contacts: CONTACTS, ...measured };
	};
	return [
		await run('this node', () => [steps(credentials)]),
		// After the other: what an account does not load beside contacts is remembered for a while.
		await run(`this node, account ignores \`include\`: ${AS_BEFORE}`, () => [steps(credentials)], {
			sideLoading: { ignoresInclude: true },
		}),
		await run('built-in, four nodes, without the automation: no operation for it', (planted) =>
			builtInSteps(credentials, planted),
		),
	];
}
