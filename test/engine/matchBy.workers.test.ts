import { UNPACED, useAccount } from './harness/account';
import { otherWorker } from './harness/otherWorker';
import { automations, lists, locator } from './harness/parameters';
import { jsonOf, textLike, outcomesBeing } from './harness/results';

const CONTINUE = { onError: 'continueRegularOutput' } as const;

describe('a new key that another n8n worker uses at the same moment', () => {
	const account = useAccount({
		fields: [{ title: 'CRM ID' }],
		lists: ['News'],
		automations: ['Welcome'],
		latencyMs: { min: 50, max: 150 },
	});
	const parameters = {
		matchBy: 'customField',
		matchField: locator('name', 'CRM ID'),
		matchValue: '={{ $json.key }}',
		...lists(['name', 'News', 'subscribe']),
		...automations(['name', 'Welcome']),
	};
	const keyOwners = (key: string) =>
		account.state.contacts().filter(({ fieldValues }) => [...fieldValues.values()].includes(key));
	const items = [
		{ key: 'A', email: 'ann@one.example' },
		{ key: 'B', email: 'bob@one.example' },
		{ key: 'C', email: 'cy@one.example' },
	];

	it('fails the item of the higher ID, before its lists and automations, and names both', async () => {
		const other = await otherWorker();
		const nodeParameters = { email: '={{ $json.email }}', ...parameters, options: UNPACED };
		const { credentials } = account;
		let pairs = 0;

		for (const { key, email } of items) {
			const [one, two] = await Promise.all([
				account.sync([{ key, email }], parameters, CONTINUE),
				other.runWorkflow({
					credentials,
					items: [{ key, email: email.replace('one', 'two') }],
					nodeParameters,
					...CONTINUE,
				}),
			]);

			const owners = keyOwners(key).sort((first, second) => Number(first.id) - Number(second.id));
			const results = jsonOf([...one.items, ...two.items]);
			const failed = results.filter(({ action }) => action === 'failed');
			expect(failed).toHaveLength(owners.length - 1);
			const [first, second] = owners;
			expect(first?.automations).toHaveLength(1);
			expect(first?.lists.size).toBe(1);
			if (!second) continue;
			pairs += 1;
			expect([second.automations, second.lists.size]).toEqual([[], 0]);
			expect(failed).toMatchObject([
				{
					email: second.email,
					error: textLike(
						new RegExp(
							`^2 contacts have '${key}' in 'CRM ID': .* ID ${second.id}, and the ID ${first?.id} at`,
						),
					),
				},
			]);
		}
		expect(pairs).toBeGreaterThan(0);
	});

	it('leaves the item of the lower ID, and the neighbors, as they are', async () => {
		account.sandbox.rewrite({ method: 'POST', path: '/contact/sync' }, (response, { text }) => {
			if (text.includes('"A"'))
				account.state.addContact({ email: 'ann@two.example', fieldValues: { 'CRM ID': 'A' } });
			return response;
		});

		const { items: output } = await account.sync(items, parameters);

		for (const json of jsonOf(output)) {
			expect(json).toMatchObject({ action: 'created', automations: outcomesBeing('enrolled') });
		}
	});

	it('fails the next item of that key, too, and no other one', async () => {
		account.sandbox.rewrite({ method: 'GET', path: '/fieldValues' }, (response, { query }) => {
			if (query.get('filters[val]') === 'A')
				account.state.addContact({ email: 'ann@two.example', fieldValues: { 'CRM ID': 'A' } });
			return response;
		});
		const [ann = { key: '', email: '' }, ...others] = items;

		const { items: output } = await account.sync(
			[ann, ...others, { ...ann, name: 'Again' }],
			{ ...parameters, options: { mergeDuplicates: false } },
			CONTINUE,
		);

		expect(jsonOf(output)).toMatchObject([
			{ action: 'failed', error: textLike(/^2 contacts have 'A'/) },
			{ action: 'created' },
			{ action: 'created' },
			{ action: 'failed', error: textLike(/^2 contacts have 'A'/) },
		]);
		expect(account.contact('ann@one.example').automations).toEqual([]);
	});

	it('does not matter where it cannot be looked for', async () => {
		let reads = 0;
		account.sandbox.rewrite({ method: 'GET', path: '/fieldValues' }, (response) =>
			(reads += 1) > items.length ? { status: 422, body: { message: 'No' } } : response,
		);

		const { items: output } = await account.sync(items, parameters);

		expect(jsonOf(output).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
	});

	it('costs an update of a contact that has the key nothing', async () => {
		for (const { key, email } of items) account.state.addContact({ email, fieldValues: { 'CRM ID': key } });

		await account.sync(items, parameters);

		expect(account.sandbox.journal.count('GET', '/fieldValues')).toBe(items.length);
	});
});
