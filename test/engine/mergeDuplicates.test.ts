import { automations, customFields, lists } from './harness/parameters';
import { jsonOf } from './harness/results';
import { useAccount } from './harness/account';

const ann = { email: 'ann@example.com', first: 'Ann', phone: '1', company: 'Acme' };
const bob = { email: 'bob@example.com', first: 'Bob' };
const annAgain = { email: ' ANN@Example.com', first: '', phone: '2', city: 'Rome' };

const parameters = {
	firstName: '={{ $json.first }}',
	phone: '={{ $json.phone }}',
	...customFields(['name', 'Company', '={{ $json.company }}'], ['name', 'City', '={{ $json.city }}']),
};

describe('items of one contact', () => {
	const account = useAccount({
		fields: [{ title: 'Company' }, { title: 'City' }],
		lists: ['News', 'Offers'],
		automations: ['Welcome'],
		latencyMs: 20,
	});
	const bodies = () => account.sandbox.journal.bodies('POST', '/contact/sync');

	it('are merged: later values win, and earlier ones stay where a later item has none', async () => {
		const { items } = await account.sync([ann, bob, annAgain], parameters);

		expect(bodies()).toEqual([
			{
				contact: {
					email: 'ann@example.com',
					firstName: 'Ann',
					phone: '2',
					fieldValues: [
						{ field: '1', value: 'Acme' },
						{ field: '2', value: 'Rome' },
					],
				},
			},
			{ contact: { email: 'bob@example.com', firstName: 'Bob' } },
		]);
		expect(items.map(({ json, pairedItem }) => [json['email'], json['customFields'], pairedItem])).toEqual([
			['ann@example.com', { Company: 'Acme', City: 'Rome' }, { item: 0 }],
			['bob@example.com', undefined, { item: 1 }],
			['ann@example.com', { Company: 'Acme', City: 'Rome' }, { item: 2 }],
		]);
	});

	it('show the titles of custom fields that only a later item has', async () => {
		const { items } = await account.sync([{ email: ann.email }, bob, annAgain], {
			customFields: {
				values: [{ field: '={{ $json.city ? "City" : "" }}', value: '={{ $json.city }}' }],
			},
		});

		expect(jsonOf(items)[0]?.['customFields']).toEqual({ City: 'Rome' });
		expect(jsonOf(items)[2]?.['customFields']).toEqual({ City: 'Rome' });
	});

	it('are merged while an invalid item among them fails alone', async () => {
		const bad = { ...annAgain, list: 'maybe' };

		const { items } = await account.sync(
			[ann, bad, { ...annAgain, phone: '3' }, bob],
			{
				...parameters,
				lists: {
					values: [
						{ list: { __rl: true, mode: 'name', value: 'News' }, action: '={{ $json.list ?? "subscribe" }}' },
					],
				},
			},
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)[1]).toEqual({
			action: 'failed',
			email: bad.email.trim(),
			error: "'Action' of a list cannot be 'maybe'. Use 'subscribe' or 'unsubscribe'",
		});
		expect(jsonOf(items).map(({ phone }) => phone)).toEqual(['3', undefined, '3', undefined]);
		expect(bodies()).toHaveLength(2);
	});

	it('change each list, tag, and automation once, as in the last item', async () => {
		const { items } = await account.sync([ann, bob, { ...annAgain, action: 'unsubscribe' }], {
			lists: {
				values: [
					{
						// By name in one item and by id in the other.
						list: '={{ $json.action ? 401 : "News" }}',
						action: '={{ $json.action ?? "subscribe" }}',
					},
				],
			},
			tagsToAdd: '={{ $json.action ? "LEAD, new" : "Lead" }}',
			automations: { values: [{ automation: '={{ $json.action ? "Welcome" : 801 }}' }] },
		});

		const { lists: memberships, tags, automations: entered } = account.contact('ann@example.com');
		expect(memberships).toEqual(new Map());
		expect([...tags.keys()]).toHaveLength(2);
		expect(entered).toHaveLength(1);
		expect(account.contact('bob@example.com').lists.get('401')?.status).toBe(1);
		expect(jsonOf(items)[0]).toEqual(jsonOf(items)[2]);
		expect(jsonOf(items)[0]?.['lists']).toEqual([{ name: '401', outcome: 'notSubscribed' }]);
	});

	it('are synced one after another with Merge Duplicates off', async () => {
		// So that the paths of all reads name the contact.
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		const items = Array.from({ length: 12 }, (_, index) => ({
			email: index % 2 === 0 ? 'Ann@example.com' : 'ann@example.COM',
			first: `Ann ${index}`,
		}));

		const run = await account.sync([...items, bob], {
			...parameters,
			...lists(['name', 'News', 'subscribe']),
			...automations(['name', 'Welcome']),
			options: { mergeDuplicates: false },
		});

		const { id } = account.contact('ann@example.com');
		const ofAnn = account.sandbox.journal.filter({
			where: ({ path, body = '' }) =>
				path.includes(`/${id}/`) ||
				['ann@', `"contact":"${id}"`].some((sign) => JSON.stringify(body).toLowerCase().includes(sign)),
		});
		const syncs = ofAnn.filter(({ path }) => path === '/contact/sync');
		expect(syncs.map(({ body }) => body)).toEqual(
			items.map(({ first, email }) => ({ contact: { email, firstName: first } })),
		);
		for (const [index, sync] of syncs.entries()) {
			const before = ofAnn.slice(0, ofAnn.indexOf(sync));
			expect(before.length).toBeGreaterThanOrEqual(2 * index);
			for (const { endedAt } of before) expect(endedAt).toBeLessThanOrEqual(sync.at);
		}
		expect(jsonOf(run.items).map(({ firstName }) => firstName)).toEqual([
			...items.map(({ first }) => first),
			'Bob',
		]);
		expect(account.contact('ann@example.com').automations).toHaveLength(1);
	});

	it('clear a field under Clear if the later value is empty, and set it if only the earlier one is', async () => {
		account.state.addContact({ email: ann.email, phone: '0', fieldValues: { Company: 'Old' } });
		const items = [{ ...ann, first: '' }, bob, { ...ann, first: 'Anna', phone: '', company: '' }];

		const { items: output } = await account.sync(items, { ...parameters, options: { emptyValues: 'clear' } });

		expect(bodies()).toEqual([
			{ contact: { email: 'ann@example.com', firstName: 'Anna', phone: null } },
			{ contact: { email: 'bob@example.com', firstName: 'Bob', phone: null } },
		]);
		expect(account.stored(ann.email, 'Company')).toBeUndefined();
		expect(jsonOf(output)[0]).toMatchObject({ phone: '', customFields: { Company: '', City: '' } });
	});

	it('give their first value under Fill Blanks Only, as if they were sent one after the other', async () => {
		account.state.addContact({ email: ann.email, fieldValues: { City: 'Bern' } });
		const items = [ann, bob, { ...annAgain, first: 'Anna', company: 'Apex' }];

		const merged = await account.sync(items, { ...parameters, options: { emptyValues: 'fillOnly' } });

		const values = () => [
			account.contact(ann.email).firstName,
			account.contact(ann.email).phone,
			account.stored(ann.email, 'Company'),
			account.stored(ann.email, 'City'),
		];
		expect(merged.status).toBe('success');
		expect(bodies()).toHaveLength(2);
		expect(values()).toEqual(['Ann', '1', 'Acme', 'Bern']);
	});

	it('are not merged when they differ in Empty Values', async () => {
		await account.sync([ann, { ...annAgain, empty: 'clear' }, bob], {
			...parameters,
			options: { emptyValues: '={{ $json.empty ?? "keep" }}' },
		});

		expect(bodies()).toHaveLength(3);
		expect(account.contact('ann@example.com')).toMatchObject({ firstName: '', phone: '2' });
		expect(account.stored('ann@example.com', 'Company')).toBeUndefined();
		expect(account.stored('ann@example.com', 'City')).toBe('Rome');
	});
});
