import type { IExecuteFunctions } from 'n8n-workflow';

import { ActiveCampaignSync } from '../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';
import { customFields, locator, mapByHand } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';
import { useAccount } from './harness/account';

const ann = { email: 'ann@example.com', name: ' Ann ', topics: ['Sales', 'Support'] };
const bob = { email: 'bob@example.com', name: ' Bob ', topics: ['Support'] };
const oddTitle = 'A "quoted". name\\[0]';

/** What a test has spied on. Not all mocks are restored: the virtual clock has one too. */
const spies: Array<{ mockRestore(): void }> = [];

/** Calls `onRead` for each parameter that the node has n8n resolve. */
function watchReads(onRead: (name: string, itemIndex: number) => void): void {
	// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the node's context
	const { execute } = ActiveCampaignSync.prototype;
	const spy = jest.spyOn(ActiveCampaignSync.prototype, 'execute');
	spies.push(spy);
	spy.mockImplementation(async function (this: IExecuteFunctions) {
		const read = this.getNodeParameter.bind(this) as (...args: unknown[]) => unknown;
		jest.spyOn(this, 'getNodeParameter').mockImplementation(((...args: [string, number]) => {
			onRead(...args);
			return read(...args);
		}) as never);
		return await execute.call(this);
	});
}

describe('the parameters of many items', () => {
	const account = useAccount({
		fields: [
			{ title: 'Company' },
			{ title: 'Topics', type: 'checkbox', options: ['Sales', 'Support'] },
			{ title: 'City' },
			{ title: oddTitle },
		],
	});
	afterEach(() => {
		for (const spy of spies.splice(0)) spy.mockRestore();
	});

	it('go through n8n only where an expression needs it, not with the collection around it', async () => {
		const reads: string[] = [];
		watchReads((name, itemIndex) => {
			if (!name.startsWith('options.') && name !== 'operation') reads.push(`${itemIndex} ${name}`);
		});

		const { error } = await account.sync([ann, bob], {
			firstName: '={{ $json.name }}',
			...customFields(
				['name', 'Topics', '={{ $json.topics }}'],
				['name', 'Company', '={{ $json.name.trim() }} Ltd'],
				['name', 'City', 'Rome'],
			),
			tagsToAdd: 'Lead',
		});

		expect(error).toBeUndefined();
		expect(reads).toEqual(['0 customFields.values[1].value', '1 customFields.values[1].value']);
		expect(account.stored(ann.email, 'Topics')).toBe('||Sales||Support||');
		expect(account.stored(bob.email, 'Company')).toBe('Bob Ltd');
		expect(account.stored(bob.email, 'City')).toBe('Rome');
	});

	it('may have their expression in a picker, in a column of any name, or in an option', async () => {
		await account.sync([ann, bob], {
			customFields: {
				values: [
					{ field: locator('name', '={{ "Top" + "ics" }}'), value: '={{ $json.topics.concat("Sales") }}' },
					{ field: '={{ "City" }}', value: '={{ $json.name.trim() }}' },
				],
			},
			options: { emptyValues: '={{ "ke" + "ep" }}' },
		});
		await account.sync(
			[ann, bob],
			mapByHand({ email: '={{ $json.email.trim() }}', [oddTitle]: '={{ $json.name.trim() + "!" }}' }),
		);

		expect(account.stored(ann.email, 'City')).toBe('Ann');
		expect(account.stored(bob.email, 'Topics')).toBe('||Sales||Support||');
		expect(account.stored(bob.email, oddTitle)).toBe('Bob!');
	});

	it('are read in slices of time, between which n8n has its turn', async () => {
		let turns = 0;
		let isDone = false;
		const turnOf = new Map<number, number>();
		watchReads((name, itemIndex) => name === 'firstName' && turnOf.set(itemIndex, turns));
		// A clock that goes on by a millisecond whenever it is read, so that it does not matter how fast the machine is.
		let now = performance.now();
		spies.push(jest.spyOn(performance, 'now').mockImplementation(() => (now += 1)));
		const count = () => {
			turns += 1;
			if (!isDone) setImmediate(count);
		};
		count();

		const items = Array.from({ length: 300 }, (_, index) => ({ ...ann, email: `p${index}@example.com` }));
		const run = await account.sync(items, {
			firstName: '={{ $json.name.trim() }}',
			options: { dryRun: true },
		});
		isDone = true;

		expect(run.items).toHaveLength(300);
		expect(jsonOf(run.items)[299]).toMatchObject({
			email: 'p299@example.com',
			changes: [{ field: 'First Name', from: '', to: 'Ann' }],
		});
		const perTurn = [...turnOf.values()].map(
			(turn) => [...turnOf.values()].filter((one) => one === turn).length,
		);
		expect(turnOf.size).toBe(300);
		expect(Math.max(...perTurn)).toBeLessThanOrEqual(30);
	});

	it('fail an item with the row number for a value without a field, and ignore blank rows', async () => {
		const cem = { email: 'cem@example.com', field: 'City' };
		const { items, status } = await account.sync(
			[{ ...ann, field: '' }, { ...bob, field: 'Company' }, cem],
			customFields(
				['list', '', ''],
				['name', '={{ $json.field }}', '={{ $json.name }}'],
				['name', '', '={{ $json.nothing }}'],
			),
			{ onError: 'continueRegularOutput' },
		);

		expect(status).toBe('success');
		expect(jsonOf(items)[0]).toEqual({
			action: 'failed',
			email: ann.email,
			error: textWith(
				"'Custom Fields': row 2 has a value but no field. Choose a field in it, or remove the row",
			),
		});
		expect(jsonOf(items)[1]).toMatchObject({ action: 'created', customFields: { Company: ' Bob ' } });
		expect(jsonOf(items)[2]).toMatchObject({ action: 'created', email: cem.email });
	});

	it('fail an item for a value without a field in the bulk import too', async () => {
		const { items } = await account.sync([ann, { ...bob, field: 'City' }], {
			operation: 'syncContactsInBulk',
			...customFields(['name', '={{ $json.field }}', 'Rome']),
		});

		expect(jsonOf(items)).toEqual([
			{
				action: 'failed',
				email: ann.email,
				outcome: 'refused',
				reason: textWith("'Custom Fields': row 1 has a value but no field"),
			},
			{ email: bob.email, outcome: 'imported', batchId: expect.any(String) as string },
		]);
	});
});
