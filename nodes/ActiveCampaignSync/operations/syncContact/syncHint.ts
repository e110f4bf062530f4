import {
	addShortHint,
	countAction,
	counted,
	inputRemarks,
	accountRemark,
	shownNames,
	type Count,
} from '../../run/hints';
import type { OperationRun } from '../../run/operation';
import type { PlannedItem } from '../../run/planItems';
import { groupBy } from '../../shared/multiMap';
import type { Step, StepResult } from '../../steps/step';
import { byKind } from '../../steps/stepReport';

/** What decides whether a bulk import would do as well. */
interface Planned {
	readonly target: Pick<PlannedItem['target'], 'by'>;
	readonly options: Pick<PlannedItem['options'], 'syncMode'>;
	readonly steps: readonly Step[];
}

/** From more items than this on, a bulk import is worth its delay. */
const MANY_ITEMS = 50;

/**
 * Sums up a run of Sync Contact in a hint above the output: what became of the items, and what is easily overlooked.
 * @param byItem what became of the steps, by item; without those of a dry run
 * @param planned the items, merged ones included
 * @param mergedCount how many of them were merged into others
 */
export function addSyncHint(
	run: OperationRun,
	byItem: ReadonlyMap<number, readonly StepResult[]>,
	planned: readonly Planned[],
	mergedCount: number,
): void {
	const { outcomes, account } = run;
	const counts = ['created', 'updated', 'skipped'].map((action): Count => [
		countAction(outcomes, action),
		action,
	]);
	// In the order of the items, since they are done in any order.
	const results = [...byItem].sort(([one], [other]) => one - other).map(([, ofItem]) => ofItem);
	addShortHint(run, counts, [
		mergedRemark(mergedCount),
		consentRemark(results),
		...newRecordRemarks(results.flat()),
		...inputRemarks(outcomes),
		accountRemark(account.statistics),
		planned.every(isImportable) ? bulkRemark(outcomes.countOf(({ failure }) => !failure)) : '',
	]);
}

function mergedRemark(count: number): string {
	if (count === 0) return '';
	return `${counted(count, 'item')} ${wasOrWere(count)} merged into an earlier item for the same contact.`;
}

/** How many contacts were left off a list, for each reason, and what would subscribe them. */
function consentRemark(results: ReadonlyArray<readonly StepResult[]>): string {
	const reasonsOf = (steps: readonly StepResult[]) =>
		new Set(steps.flatMap(({ meaning }) => meaning.leftOff ?? []));
	const reasons = results.map(reasonsOf).filter(({ size }) => size > 0);
	if (reasons.length === 0) return '';
	const all = reasons.flatMap((ofContact) => [...ofContact]);
	const counts = [...groupBy(all, (reason) => reason)];
	const shown = counts.map(([reason, { length }]) => `${length} ${reason}`).join(', ');
	const advice = results.flat().some(({ meaning }) => meaning.canResubscribe)
		? " The option 'Resubscribe' subscribes people who unsubscribed or were removed: use it only with their renewed consent."
		: '';
	// Some were left off several lists, for other reasons.
	const where = all.length > reasons.length ? 'lists' : 'a list';
	return `${counted(reasons.length, 'contact')} ${wasOrWere(reasons.length)} left off ${where} (${shown}).${advice}`;
}

/** Which tags or companies did not exist before, so that a typo is noticed. */
function newRecordRemarks(results: readonly StepResult[]): string[] {
	const created = results.filter(({ meaning }) => meaning.isNewRecord);
	return byKind(created).map(([kind, ofKind]) => {
		const names = [...new Set(ofKind.map(({ step }) => step.name))];
		const what = names.length === 1 ? `A new ${kind.noun} was` : `New ${kind.plural} were`;
		const advice = kind.newRecordAdvice?.(names);
		return `${what} created: ${shownNames(names)}.${advice ? ` ${advice}` : ''}`;
	});
}

function isImportable({ target, options, steps }: Planned): boolean {
	return (
		target.by === 'email' && options.syncMode === 'createOrUpdate' && steps.every((step) => step.isImportable)
	);
}

function bulkRemark(count: number): string {
	if (count <= MANY_ITEMS) return '';
	return "For this many contacts, the operation 'Sync Contacts in Bulk' is faster.";
}

function wasOrWere(count: number): string {
	return count === 1 ? 'was' : 'were';
}
