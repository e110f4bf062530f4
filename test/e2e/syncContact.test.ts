import { asObject, asText, at } from '../guards';
import { node, runOn, syncNode, syncType } from '../n8n/workflow';
import { useAccount } from './account';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount({ fields: 250 });
const name = 'ActiveCampaign Sync';

/** Who is in the account, in the order of the alphabet: requests overlap. */
const emails = () =>
	account.sandbox.account
		.contacts()
		.map(({ email }) => email)
		.sort();

/** This package's node on `{mail}` items. */
const sync = (parameters: Record<string, unknown> = {}, onError?: 'continueRegularOutput') =>
	syncNode(account.credential, { email: '={{ $json.mail }}', ...parameters }, onError ? { onError } : {});

describe('Sync Contact', () => {
	const rows = [{ mail: ' ann@example.com ' }, { mail: 'not an address' }, { mail: 'bob@example.com' }];

	it('keeps the other items when one has a bad address and the node continues', async () => {
		const execution = await client.run(runOn(rows, sync({}, 'continueRegularOutput')));
		expect(execution.status).toBe('success');
		expect(execution.items(name).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		const [ann, bad, bob] = execution.json(name);
		expect(ann).toMatchObject({ action: 'created', email: 'ann@example.com' });
		expect(bob).toMatchObject({ action: 'created', email: 'bob@example.com' });
		expect(Object.keys(bad ?? {})).toEqual(['action', 'id', 'email', 'error']);
		expect(bad?.error).toMatch(/not an address/);
		expect(emails()).toEqual(['ann@example.com', 'bob@example.com']);
	});

	it('stops with the item named when one has a bad address and the node does not continue', async () => {
		const execution = await client.run(runOn(rows, sync()));
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/not an address/);
		expect(at(execution.error, 'description')).toMatch(/^Item 2\b/);
	});

	it('sets a custom field by the title that an expression gives', async () => {
		const field = [...account.sandbox.account.fields.values()].filter(({ type }) => type === 'text').at(-1);
		const titled = { mode: 'name', __rl: true, value: '={{ $json.title }}' };
		const customFields = { values: [{ field: titled, value: '={{ $json.text }}' }] };
		const items = ['one', 'two'].map((text) => ({ mail: `${text}@example.com`, title: field?.title, text }));
		const execution = await client.run(runOn(items, sync({ customFields })));
		expect(execution.error).toBeUndefined();
		for (const text of ['one', 'two']) {
			const contact = account.sandbox.account.contactByEmail(`${text}@example.com`);
			expect(contact?.fieldValues).toEqual(new Map([[field?.id, text]]));
		}
	});

	it.each(['htmlOk', 'emptyOk'] as const)(
		'repeats a sync after 200 without a contact (%s)',
		async (fault) => {
			account.sandbox.failNext({ path: '/contact/sync', bodyIncludes: 'bob@', times: 2 }, fault);
			const items = [{ mail: 'ann@example.com' }, { mail: 'bob@example.com' }];
			const execution = await client.run(runOn(items, sync({}, 'continueRegularOutput')));
			const [ann, bob] = execution.json(name);
			expect(ann?.action).toBe('created');
			expect(bob?.action).toBe('created');
			expect(account.sandbox.journal.filter({ path: '/contact/sync' })).toHaveLength(4);
		},
	);
});

describe("the node in n8n's list", () => {
	it("stands beside n8n's own, under the package's name", async () => {
		const types = await client.nodeTypes();
		const named = (wanted: string) => types.filter((type) => type.name === wanted);
		const [ours] = named(syncType);
		expect(ours).toMatchObject({ displayName: 'ActiveCampaign Sync', version: 1 });
		expect(named('n8n-nodes-base.activeCampaign')).toHaveLength(1);
		// n8n makes the tool for AI agents of a node that says it can be one.
		expect(named(`${syncType}Tool`)).toHaveLength(1);
		for (const path of Object.values(asObject(ours?.iconUrl))) {
			const icon = await fetch(`${client.url}/${asText(path)}`);
			expect(icon.headers.get('content-type')).toMatch(/svg/);
		}
	});

	it("leaves n8n's own node as it was", async () => {
		const { url, token } = account.sandbox;
		const theirs = await client.createCredential('activeCampaignApi', { apiUrl: url, apiKey: token });
		const parameters = { email: '={{ $json.mail }}', updateIfExists: true, additionalFields: {} };
		const builtIn = node('Built-in', 'n8n-nodes-base.activeCampaign', parameters, {
			credentials: { activeCampaignApi: { id: theirs.id, name: theirs.name } },
		});
		const execution = await client.run(
			runOn([{ mail: 'a@example.com' }, { mail: 'b@example.com' }], builtIn),
		);
		expect(execution.status).toBe('success');
		expect(emails()).toEqual(['a@example.com', 'b@example.com']);
	});
});
