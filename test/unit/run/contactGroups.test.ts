import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { groupByContact, type ContactGroup } from '../../../nodes/ActiveCampaignSync/run/contactGroups';
import type { ItemOptions, PlannedItem } from '../../../nodes/ActiveCampaignSync/run/planItems';
import type { Step } from '../../../nodes/ActiveCampaignSync/steps/step';
import { TagStep } from '../../../nodes/ActiveCampaignSync/steps/tags';

import { textField } from '../fields/customFields';
import { plan } from '../input/targets';

const OPTIONS: ItemOptions = {
	emptyValues: 'keep',
	unusableValues: 'saveRest',
	dateOrder: 'fail',
	resubscribe: false,
	simplify: true,
	dryRun: false,
	syncMode: 'createOrUpdate',
};

interface Given {
	readonly email?: string;
	readonly firstName?: string;
	readonly steps?: readonly Step[];
	readonly options?: Partial<ItemOptions>;
	readonly catalog?: FieldCatalog;
}

/** One item for each, in their order. */
function items(...given: Given[]): PlannedItem[] {
	return given.map(({ email = 'ann@example.com', firstName, steps = [], options, catalog }, itemIndex) => ({
		itemIndex,
		options: { ...OPTIONS, ...options },
		steps,
		target: { by: 'email', email },
		plan: plan(firstName === undefined ? {} : { firstName }, { email }),
		catalog: catalog ?? new FieldCatalog([]),
	}));
}

const indexes = (contacts: ContactGroup[][]) =>
	contacts.map((groups) => groups.map(({ itemIndexes }) => itemIndexes));

describe('items of one contact', () => {
	const given = items(
		{ email: 'ann@example.com' },
		{ email: 'bo@example.com' },
		{ email: 'ANN@example.com ' },
	);

	it('are one group, in the order of the first item', async () => {
		expect(indexes(await groupByContact(given, true))).toEqual([[[0, 2]], [[1]]]);
		expect(await groupByContact([], true)).toEqual([]);
	});

	it('follow each other where duplicates are not merged', async () => {
		expect(indexes(await groupByContact(given, false))).toEqual([[[0], [2]], [[1]]]);
	});

	it.each([
		['Empty Values', { emptyValues: 'clear' }],
		['Sync Mode', { syncMode: 'updateOnly' }],
	] as const)('are merged as far as those that follow each other agree in %s', async (_option, options) => {
		const mixed = items({}, {}, { options }, { options }, {});

		expect(indexes(await groupByContact(mixed, true))).toEqual([[[0, 1], [2, 3], [4]]]);
	});

	it('are apart from those of a dry run, which wait for nobody', async () => {
		const dryRun = { dryRun: true };
		const mixed = items({}, { options: dryRun }, {}, { options: dryRun });

		expect(indexes(await groupByContact(mixed, true))).toEqual([[[0, 2]], [[1, 3]]]);
	});
});

describe('a group of items', () => {
	async function merge(...given: Given[]): Promise<ContactGroup | undefined> {
		const [groups] = await groupByContact(items(...given), true);
		return groups?.[0];
	}

	it('has the target of the first, and what all of them plan and ask for', async () => {
		const add = (name: string) => new TagStep(name, 'add');
		const group = await merge(
			{ email: 'Ann@example.com', firstName: 'Ann', steps: [add('Lead'), add('VIP')] },
			{ firstName: 'Anna', steps: [add('lead')] },
		);

		expect(group?.target).toEqual({ by: 'email', email: 'Ann@example.com' });
		expect([...(group?.plan.fields ?? [])]).toEqual([['firstName', 'Anna']]);
		expect(group?.steps).toEqual([add('VIP'), add('lead')]);
	});

	it.each([
		[[true, true], true],
		[[true, false], false],
		[[false, true], false],
	])('subscribes again only if all of %j say so', async ([one, other], resubscribe) => {
		const group = await merge({ options: { resubscribe: one } }, { options: { resubscribe: other } });

		expect(group?.options).toEqual({ ...OPTIONS, resubscribe });
	});

	it('has the other options of the first', async () => {
		const group = await merge({ options: { simplify: false } }, { options: { dateOrder: 'dayFirst' } });

		expect(group?.options).toEqual({ ...OPTIONS, simplify: false });
	});

	it('has the custom fields of the first item that has any', async () => {
		const [none, one, other] = [[], ['1'], ['1', '2']].map(
			(ids) => new FieldCatalog(ids.map((id) => textField(id, `Field ${id}`))),
		);

		expect((await merge({ catalog: none }, { catalog: one }, { catalog: other }))?.catalog).toBe(one);
		expect((await merge({ catalog: none }, {}))?.catalog).toBe(none);
	});
});
