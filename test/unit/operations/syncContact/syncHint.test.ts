import { addSyncHint } from '../../../../nodes/ActiveCampaignSync/operations/syncContact/syncHint';
import type { ItemOutcome } from '../../../../nodes/ActiveCampaignSync/run/items';
import { InputError } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import { CompanyStep } from '../../../../nodes/ActiveCampaignSync/steps/company';
import { lists, ListStep } from '../../../../nodes/ActiveCampaignSync/steps/lists';
import { note } from '../../../../nodes/ActiveCampaignSync/steps/note';
import type { OutcomeMeaning, Step, StepResult } from '../../../../nodes/ActiveCampaignSync/steps/step';
import { TagStep } from '../../../../nodes/ActiveCampaignSync/steps/tags';
import { openRun, outcomesOf } from '../../run/operationRun';
import { inputOf } from '../../steps/stepWork';

const updated: ItemOutcome = { action: 'updated', json: {} };
const failed: ItemOutcome = {
	action: 'updated',
	json: {},
	failure: new InputError('It is empty', 'Fill it in'),
};
const result = (step: Step, meaning: OutcomeMeaning = {}): StepResult => ({ step, outcome: 'x', meaning });
const kept = (outcome: string) =>
	result(
		new ListStep({ kind: 'list', mode: 'name', value: 'News', name: 'News' }, 'subscribe'),
		lists.outcomes.get(outcome),
	);
const added = (name: string, isNewRecord?: true) =>
	result(new TagStep(name, 'add'), isNewRecord && { isNewRecord });
const linked = (name: string) =>
	result(new CompanyStep({ name, jobTitle: '', onlyIfBlank: false }), { isNewRecord: true });

type Planned = Parameters<typeof addSyncHint>[2][number];

interface Given {
	readonly items?: Array<ItemOutcome | undefined>;
	readonly steps?: StepResult[][];
	readonly planned?: Planned[];
	readonly mergedCount?: number;
	readonly timesAskedToWait?: number;
}

async function hintOf({
	items = [updated],
	steps = [],
	planned = [],
	mergedCount = 0,
	timesAskedToWait,
}: Given) {
	const { run, hints } = await openRun(outcomesOf(...items), timesAskedToWait);
	addSyncHint(run, new Map(steps.entries()), planned, mergedCount);
	return hints.flat();
}

describe('the hint of a run of Sync Contact', () => {
	it('counts what became of the items', async () => {
		const items: Given['items'] = [
			...[updated, failed, { action: 'created', json: {} }, { action: 'skipped', json: {} }],
			...[{ action: 'updated', json: {} }, undefined],
		] as const;

		expect(await hintOf({ items: [...items] })).toEqual([
			'6 items: 1 created, 2 updated, 1 skipped, 1 failed, 1 not started.',
		]);
	});

	it('is not shown for a single item about which there is nothing more to say', async () => {
		expect(await hintOf({})).toEqual([]);
		expect(await hintOf({ steps: [[added('Lead')]] })).toEqual([]);
		expect(await hintOf({ items: [{ action: 'dryRun', json: {} }] })).toEqual(['Dry run: nothing sent.']);
	});

	it('says how many items were merged, and that the account asked to wait', async () => {
		expect(await hintOf({ mergedCount: 1, timesAskedToWait: 2 })).toEqual([
			'1 item: 1 updated.',
			'1 item was merged into an earlier item for the same contact.',
			"ActiveCampaign's rate limit was reached 2 times, so the node waited.",
		]);
		expect((await hintOf({ mergedCount: 2 }))[1]).toBe(
			'2 items were merged into an earlier item for the same contact.',
		);
	});

	it('says how many contacts were left off a list, and why, each once', async () => {
		const unsubscribed = kept('keptUnsubscribed');
		const advice =
			" The option 'Resubscribe' subscribes people who unsubscribed or were removed: use it only with their renewed consent.";
		const remark = async (...steps: StepResult[][]) => (await hintOf({ steps }))[1];

		expect(await remark([unsubscribed, unsubscribed], [added('Lead')])).toBe(
			`1 contact was left off a list (1 unsubscribed).${advice}`,
		);
		expect(await remark([kept('keptBounced')], [added('Lead'), kept('keptUnconfirmed')])).toBe(
			'2 contacts were left off a list (1 bounced, 1 never confirmed).',
		);
		expect(await remark([kept('keptBounced'), kept('keptUnconfirmed')])).toBe(
			'1 contact was left off lists (1 bounced, 1 never confirmed).',
		);
		expect(await remark([kept('keptBounced')], [kept('keptRemoved')], [kept('keptBounced')])).toBe(
			`3 contacts were left off a list (2 bounced, 1 removed from the list).${advice}`,
		);
	});

	it('names new tags in the order of the items, in whichever order these were done', async () => {
		const { run, hints } = await openRun(outcomesOf(updated, updated));
		const done = new Map([
			[1, [added('VIP', true)]],
			[0, [added('Lead', true)]],
		]);

		addSyncHint(run, done, [], 0);

		expect(hints.flat()).toContain("New tags were created: 'Lead', 'VIP'.");
	});

	it('names the tags and companies that are new, each once', async () => {
		const steps = [
			[linked('Acme'), added('Lead', true), added('VIP', true)],
			[added('Lead', true), added('Old')],
		];

		expect(await hintOf({ steps })).toEqual([
			'1 item: 1 updated.',
			"New tags were created: 'Lead', 'VIP'.",
			"A new company was created: 'Acme'.",
		]);
		expect((await hintOf({ steps: [[linked('Acme'), linked('Apex')]] }))[1]).toBe(
			"New companies were created: 'Acme', 'Apex'.",
		);
	});

	it('recommends the bulk operation for more than 50 contacts', async () => {
		const items = (count: number) => [failed, ...Array.from({ length: count }, () => updated)];

		expect(await hintOf({ items: items(50) })).toEqual(['51 items: 50 updated, 1 failed.']);
		expect(await hintOf({ items: items(51) })).toEqual([
			'52 items: 51 updated, 1 failed.',
			"For this many contacts, the operation 'Sync Contacts in Bulk' is faster.",
		]);
	});

	const byEmail: Planned = { target: { by: 'email' }, options: { syncMode: 'createOrUpdate' }, steps: [] };
	const withSteps = (...steps: Step[]): Planned => ({ ...byEmail, steps });
	const company = (jobTitle: string) => new CompanyStep({ name: 'Acme', jobTitle, onlyIfBlank: false });

	it.each<[string, Planned, boolean]>([
		['fields', byEmail, true],
		['a list, a tag and a company', withSteps(kept('').step, new TagStep('Lead', 'add'), company('')), true],
		['a tag to remove', withSteps(new TagStep('Lead', 'remove')), false],
		['a job title', withSteps(company('CEO')), false],
		['a note', withSteps(...note.read(inputOf({ additionalFields: { note: 'Hi' } }))), false],
		['another key', { ...byEmail, target: { by: 'key' } }, false],
		['Update Only', { ...byEmail, options: { syncMode: 'updateOnly' } }, false],
	])('recommends it where it does as well: %s', async (_what, one, isRecommended) => {
		const items = Array.from({ length: 51 }, () => updated);

		const hint = await hintOf({ items, planned: [byEmail, one] });

		expect(hint.some((remark) => remark.includes('Sync Contacts in Bulk'))).toBe(isRecommended);
	});
});
