import type { AccountStatistics } from '../account/request';
import { pushTo } from '../shared/multiMap';
import { namedItems, quote, uncapitalized } from '../shared/text';
import type { ItemOutcome, ItemOutcomes } from './items';
import type { OperationRun } from './operation';

/** How many tags or custom fields a hint names. */
const MAX_NAMES = 5;

/** How many input fields that filled no field a hint names: for several items, they are listed nowhere else. */
const MAX_UNMAPPED = 15;

/** A shorter wait for the rate limit is not worth a remark (milliseconds). */
const NOTICED_MS = 3_000;

/** How many items, and what became of them: `[3, 'created']`. */
export type Count = readonly [number, string];

/** How many items ended with this action. */
export function countAction(outcomes: ItemOutcomes, wanted: string): number {
	return outcomes.countOf(({ action, failure }) => !failure && action === wanted);
}

/**
 * Sums up a run in a hint above the output. The output of a single contact says enough, except for remarks.
 * @param remarks '' for those that do not apply
 */
export function addShortHint(
	run: OperationRun,
	counts: readonly Count[],
	remarks: readonly string[] = [accountRemark(run.account.statistics)],
): void {
	const { outcomes } = run;
	const said = remarks.filter((remark) => remark !== '');
	if (outcomes.count === 1 && said.length === 0 && countAction(outcomes, 'dryRun') === 0) return;
	run.addHint([itemsSentence(outcomes, [...counts, [failedCount(outcomes), 'failed']]), ...said]);
}

/** What an item of a dry run would be, and what it is, by the action in its output. */
const WOULD_BE = {
	wouldUpdate: 'updated',
	wouldCreate: 'created',
	wouldDelete: 'deleted',
	wouldSkip: 'skipped',
};
const IS = { unchanged: 'unchanged', notFound: 'not found', notCompared: 'not compared' };

/** e.g. "12 items: 4 created, 8 updated." */
export function itemsSentence(outcomes: ItemOutcomes, counts: readonly Count[]): string {
	const dryRunCount = outcomes.countOf(({ action }) => action === 'dryRun');
	const sentCount = outcomes.countOf(({ action, failure }) => action !== 'dryRun' && !failure);
	if (dryRunCount > 0 && sentCount === 0) return dryRunSentence(outcomes);
	const others: Count[] = [
		[dryRunCount, 'only checked (dry run)'],
		[notStartedCount(outcomes), 'not started'],
	];
	const shown = shownCounts([...counts, ...others]);
	// A run that came to nothing says so: "2 items: 0 contacts returned."
	const all = shown.length > 0 ? shown : counts.slice(0, 1).map(countText);
	return `${counted(outcomes.count, 'item')}: ${all.join(', ')}.`;
}

/** e.g. "Dry run: 1 would be updated, 1 created, nothing sent." */
function dryRunSentence(outcomes: ItemOutcomes): string {
	const counts = (words: Record<string, string>) =>
		Object.entries(words).map(([action, word]): Count => {
			const isSuch = ({ json, failure }: ItemOutcome) => !failure && json?.['action'] === action;
			return [outcomes.countOf(isSuch), word];
		});
	const [first, ...rest] = counts(WOULD_BE).filter(([count]) => count > 0);
	const wouldBe: Count[] = first ? [[first[0], `would be ${first[1]}`], ...rest] : [];
	const others: Count[] = [
		[failedCount(outcomes), 'would fail'],
		[notStartedCount(outcomes), 'not started'],
	];
	const shown = shownCounts([...wouldBe, ...counts(IS), ...others]);
	return `Dry run: ${[...shown, 'nothing sent'].join(', ')}.`;
}

function failedCount(outcomes: ItemOutcomes): number {
	return outcomes.countOf(({ failure }) => failure !== undefined);
}

function notStartedCount(outcomes: ItemOutcomes): number {
	return outcomes.count - outcomes.all().length;
}

function shownCounts(counts: readonly Count[]): string[] {
	return counts.filter(([count]) => count > 0).map(countText);
}

function countText([count, what]: Count): string {
	return `${count} ${what}`;
}

/** What is easily overlooked about the input: guesses, values that cannot be used, and keys that filled no field. */
export function inputRemarks(outcomes: ItemOutcomes): string[] {
	return [mappedRemark(outcomes), unusableRemark(outcomes), unmappedRemark(outcomes)];
}

/** Why the run took longer than it might have, as far as people notice. */
export function accountRemark({ timesAskedToWait, heldUpMs, longTries }: AccountStatistics): string {
	const times = timesAskedToWait === 1 ? 'once' : `${timesAskedToWait} times`;
	const remarks =
		heldUpMs < NOTICED_MS ? [] : [`ActiveCampaign's rate limit was reached ${times}, so the node waited.`];
	if (longTries) {
		const items = namedItems([...longTries.itemIndexes]);
		const which = items && ` for ${items}`;
		const seconds = Math.round(longTries.ms / 1_000);
		remarks.push(
			`ActiveCampaign did not respond as it should${which}, so the node kept trying for up to ${seconds} seconds.`,
		);
	}
	return remarks.join(' ');
}

/** The first of several names, and how many more there are. */
export function shownNames(names: readonly string[]): string {
	const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
	return `${names.slice(0, MAX_NAMES).map(quote).join(', ')}${more}`;
}

export function counted(count: number, singular: string, plural = `${singular}s`): string {
	return `${count} ${count === 1 ? singular : plural}`;
}

/** What was read from input fields of other names, so that a wrong guess is noticed: "Read as Email: 'Invitee Email'." */
function mappedRemark(outcomes: ItemOutcomes): string {
	const fields = [...outcomes.mapped()].slice(0, MAX_UNMAPPED);
	if (fields.length === 0) return '';
	const parts = fields.map(([field, keys]) => `${field}: ${[...keys].map(quote).join(', ')}`);
	return `Read as ${parts.join('; ')}.`;
}

function unusableRemark(outcomes: ItemOutcomes): string {
	const names = outcomes.unusableFields();
	if (names.length === 0) return '';
	return `Not all values could be used: ${shownNames(names)}. See the option 'Unusable Values'.`;
}

/** Which input fields of any of the items filled no field, by reason. */
function unmappedRemark(outcomes: ItemOutcomes): string {
	const unmapped = outcomes.unmapped();
	if (unmapped.length === 0) return '';
	const keysByReason = new Map<string, string[]>();
	for (const { key, reason } of unmapped.slice(0, MAX_UNMAPPED)) pushTo(keysByReason, reason, key);
	const groups = [...keysByReason].map(
		([reason, keys]) => `${keys.map(quote).join(', ')} (${uncapitalized(reason)})`,
	);
	const moreCount = unmapped.length - MAX_UNMAPPED;
	return `Input fields not used: ${groups.join('; ')}${moreCount > 0 ? `; and ${moreCount} more` : ''}.`;
}
