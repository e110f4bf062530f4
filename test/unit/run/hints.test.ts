import {
	addShortHint,
	countAction,
	counted,
	inputRemarks,
	itemsSentence,
	accountRemark,
	shownNames,
} from '../../../nodes/ActiveCampaignSync/run/hints';
import type { ItemOutcome, ItemReport } from '../../../nodes/ActiveCampaignSync/run/items';
import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';

import { openRun, outcomesOf } from './operationRun';

const failure = new InputError('It is empty', 'Fill it in');
const ended = (action: ItemOutcome['action'], more: ItemOutcome = {}): ItemOutcome => ({
	action,
	json: {},
	...more,
});

describe('what became of the items', () => {
	it('is counted without those that failed', () => {
		const outcomes = outcomesOf(ended('found'), ended('found', { failure }), ended('notFound'), { failure });

		expect(countAction(outcomes, 'found')).toBe(1);
	});

	it('is said without the counts of 0', () => {
		const outcomes = outcomesOf(ended('created'), ended('dryRun'), { failure }, undefined, undefined);

		expect(
			itemsSentence(outcomes, [
				[1, 'created'],
				[0, 'updated'],
				[10, 'skipped'],
				[1, 'failed'],
			]),
		).toBe('5 items: 1 created, 10 skipped, 1 failed, 1 only checked (dry run), 2 not started.');
		expect(itemsSentence(outcomesOf(ended('created')), [[1, 'created']])).toBe('1 item: 1 created.');
		expect(itemsSentence(outcomesOf(ended('found')), [[0, 'contacts returned']])).toBe(
			'1 item: 0 contacts returned.',
		);
	});

	it('is one sentence for a dry run of all items', () => {
		const dryRun = (action: string) => ended('dryRun', { json: { action } });
		const sentence = (...items: Array<ItemOutcome | undefined>) => itemsSentence(outcomesOf(...items), []);

		expect(sentence(dryRun('wouldCreate'), dryRun('wouldUpdate'))).toBe(
			'Dry run: 1 would be updated, 1 created, nothing sent.',
		);
		expect(sentence(dryRun('unchanged'), dryRun('notFound'), dryRun('unchanged'))).toBe(
			'Dry run: 2 unchanged, 1 not found, nothing sent.',
		);
		expect(
			sentence(dryRun('wouldDelete'), { ...dryRun('wouldCreate'), failure }, { failure }, undefined),
		).toBe('Dry run: 1 would be deleted, 2 would fail, 1 not started, nothing sent.');
		expect(sentence(dryRun('wouldCreate'), ended('created'))).toBe('2 items: 1 only checked (dry run).');
	});
});

describe('the hint of a run that reads or deletes contacts', () => {
	it('counts what became of several items', async () => {
		const { run, hints } = await openRun(outcomesOf(ended('found'), { failure }), 1);
		addShortHint(run, [
			[1, 'found'],
			[0, 'not found'],
		]);

		expect(hints).toEqual([
			['2 items: 1 found, 1 failed.', "ActiveCampaign's rate limit was reached once, so the node waited."],
		]);
	});

	it('is shown for a single item only if there is more to say', async () => {
		const shown = async (outcome: ItemOutcome, timesAskedToWait = 0) => {
			const { run, hints } = await openRun(outcomesOf(outcome), timesAskedToWait);
			addShortHint(run, [[1, 'found']]);
			return hints;
		};

		expect(await shown(ended('found'))).toEqual([]);
		expect(await shown({ failure })).toEqual([]);
		expect(await shown(ended('found'), 2)).toHaveLength(1);
		expect(await shown(ended('dryRun'))).toEqual([['Dry run: nothing sent.']]);
	});
});

describe('the remarks about the input', () => {
	const unmapped = (...keys: string[]) => keys.map((key) => ({ key, reason: 'No field has this name' }));
	function remarks(count: number, ...reports: Array<Partial<ItemReport>>): string[] {
		const outcomes = outcomesOf(...Array.from({ length: count }, () => undefined));
		reports.forEach((report, itemIndex) => outcomes.report(itemIndex, report));
		return inputRemarks(outcomes).slice(1);
	}

	it('begin with what was read from input fields of other names, each once', () => {
		const outcomes = outcomesOf(undefined, undefined);
		outcomes.report(0, { mapped: [{ field: 'Email', from: 'Mail' }] });
		outcomes.report(1, {
			mapped: [
				{ field: 'Email', from: 'Mail' },
				{ field: 'Email', from: 'E-Mail' },
				{ field: 'Phone', from: 'Tel' },
			],
		});

		expect(inputRemarks(outcomes)).toEqual(["Read as Email: 'Mail', 'E-Mail'; Phone: 'Tel'.", '', '']);
	});

	it('are empty where there is nothing to say', () => {
		expect(remarks(2, {}, {})).toEqual(['', '']);
	});

	it('name fields that did not get what was given, each once', () => {
		expect(remarks(2, { unusableFields: ['Size', 'Color'] }, { unusableFields: ['Size'] })).toEqual([
			"Not all values could be used: 'Size', 'Color'. See the option 'Unusable Values'.",
			'',
		]);
	});

	it('name the keys that filled no field of a single item, as a form gives one', () => {
		expect(remarks(1, { unmapped: unmapped('Plan') })).toEqual([
			'',
			"Input fields not used: 'Plan' (no field has this name).",
		]);
	});

	it('name the keys that filled no field of several items, by reason', () => {
		const other = { key: '7', reason: 'Automatic mapping does not use IDs' };

		expect(
			remarks(2, { unmapped: unmapped('Plan') }, { unmapped: [other, ...unmapped('Plan', 'Age')] }),
		).toEqual([
			'',
			"Input fields not used: 'Plan', 'Age' (no field has this name); '7' (automatic mapping does not use IDs).",
		]);
	});

	it('name 15 keys at most', () => {
		const keys = (count: number) => unmapped(...Array.from({ length: count }, (_, index) => `k${index}`));

		expect(remarks(2, { unmapped: keys(15) })[1]).toMatch(/'k14' \(no field has this name\)\.$/);
		expect(remarks(2, { unmapped: keys(17) })[1]).toMatch(/'k14' \(no field has this name\); and 2 more\.$/);
	});
});

describe('the words of a hint', () => {
	it('say how often the account asked to wait, if it was long enough to notice', () => {
		const remark = (timesAskedToWait: number, heldUpMs: number) =>
			accountRemark({ timesAskedToWait, heldUpMs });
		expect([remark(0, 0), remark(2, 2_999), remark(1, 3_000), remark(2, 9_000)]).toEqual([
			'',
			'',
			"ActiveCampaign's rate limit was reached once, so the node waited.",
			"ActiveCampaign's rate limit was reached 2 times, so the node waited.",
		]);
	});

	it('say for how long the account did not respond as it should, and for which items', () => {
		const remark = (ms: number, ...itemIndexes: number[]) =>
			accountRemark({
				timesAskedToWait: 0,
				heldUpMs: 0,
				longTries: { ms, itemIndexes: new Set(itemIndexes) },
			});
		expect([remark(90_400, 0), remark(120_000)]).toEqual([
			'ActiveCampaign did not respond as it should for item 1, so the node kept trying for up to 90 seconds.',
			'ActiveCampaign did not respond as it should, so the node kept trying for up to 120 seconds.',
		]);
	});

	it('name five at most', () => {
		expect(shownNames(['a', 'b', 'c', 'd', 'e'])).toBe("'a', 'b', 'c', 'd', 'e'");
		expect(shownNames(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe("'a', 'b', 'c', 'd', 'e' and 2 more");
	});

	it('are singular for one', () => {
		expect([0, 1, 2].map((count) => counted(count, 'batch', 'batches'))).toEqual([
			'0 batches',
			'1 batch',
			'2 batches',
		]);
		expect([1, 2].map((count) => counted(count, 'item'))).toEqual(['1 item', '2 items']);
	});
});
