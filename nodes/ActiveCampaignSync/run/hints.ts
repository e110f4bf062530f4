import type { AccountStatistics } from '../account/request';
import { pushTo } from '../shared/multiMap';
import { namedItems, quote, uncapitalized } from '../shared/text';
import type { ItemOutcomes } from './items';
import type { OperationRun } from './operation';

/** How many tags or custom fields a hint names. */
const MAX_NAMES = 5;

/** How many input fields that filled no field a hint names: for several items, they are listed nowhere else. */
const MAX_UNMAPPED = 15;

/** A shorter wait for the rate limit is not worth a remark (milliseconds). */
const NOTICED_MS = 3_000;

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
	counts: readonly string[],
	remarks: readonly string[] = [accountRemark(run.account.statistics)],
): void {
	const { outcomes } = run;
	const said = remarks.filter((remark) => remark !== '');
	if (outcomes.count === 1 && said.length === 0 && countAction(outcomes, 'dryRun') === 0) return;
	run.addHint([itemsSentence(outcomes, [...counts, failedCount(outcomes)]), ...said]);
}

/** What an item of a dry run would be, and what it is, by the action in its output. */
const WOULD_BE = {
	wouldUpdate: 'updated',
	wouldCreate: 'created',
	wouldDelete: 'deleted',
	wouldSkip: 'skipped',
};
const IS = { unchanged: 'unchanged', notFound: 'not found', notCompared: 'not compared' };

/** e.g. "12 items: 4 created, 8 updated." Counts of 0 are omitted. */
export function itemsSentence(outcomes: ItemOutcomes, counts: readonly string[]): string {
	const dryRunCount = outcomes.countOf(({ action }) => action === 'dryRun');
	const sentCount = outcomes.countOf(({ action, failure }) => action !== 'dryRun' && !failure);
	if (dryRunCount > 0 && sentCount === 0) return dryRunSentence(outcomes);
	const notStarted = outcomes.count - outcomes.countOf(() => true);
	const parts = [...counts, `${dryRunCount} only checked (dry run)`, `${notStarted} not started`];
	const shown = parts.filter((part) => !part.startsWith('0 ')).join(', ');
	return `${counted(outcomes.count, 'item')}: ${shown}.`;
}

/** e.g. "Dry run: 1 would be updated, 1 created, nothing sent." */
function dryRunSentence(outcomes: ItemOutcomes): string {
	const count = (wanted: string) =>
		outcomes.countOf(({ json, failure }) => !failure && json?.['action'] === wanted);
	const shown = (words: Record<string, string>) =>
		Object.entries(words).flatMap(([action, word]) =>
			count(action) > 0 ? [`${count(action)} ${word}`] : [],
		);
	const wouldBe = shown(WOULD_BE).join(', ').replace(' ', ' would be ');
	const failed = outcomes.countOf(({ failure }) => failure !== undefined);
	const notStarted = outcomes.count - outcomes.countOf(() => true);
	const others = [`${failed} would fail`, `${notStarted} not started`];
	const parts = [wouldBe, ...shown(IS), ...others].filter((part) => part !== '' && !part.startsWith('0 '));
	return `Dry run: ${[...parts, 'nothing sent'].join(', ')}.`;
}

export function failedCount(outcomes: ItemOutcomes): string {
	return `${outcomes.countOf(({ failure }) => failure !== undefined)} failed`;
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
