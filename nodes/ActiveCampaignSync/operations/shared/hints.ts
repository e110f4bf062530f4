import type { IExecuteFunctions } from 'n8n-workflow';

import type { AccountStatistics } from '../../transport/account';
import { objectsIn, textOf } from '../../shared/json';
import { quote } from '../../shared/inputError';
import type { ItemOutcomes } from './items';

/** How many keys the hint names. */
const KEYS_SHOWN = 5;
/** How many new tags it names. */
const TAGS_SHOWN = 10;

/** Sums up a run in a hint above the output: what became of the items, and how often the account asked to wait. */
export function addSyncHint(
	context: IExecuteFunctions,
	outcomes: ItemOutcomes,
	statistics: AccountStatistics,
	merged: number,
): void {
	const acted = (wanted: string) => outcomes.countOf(({ action, failure }) => !failure && action === wanted);
	const counts = [
		`${acted('created')} created`,
		`${acted('updated')} updated`,
		`${acted('dryRun')} looked at, with nothing sent`,
		`${outcomes.countOf(({ failure }) => failure !== undefined)} stopped`,
	];
	const duplicates =
		merged > 0
			? ` ${merged} of them ${merged === 1 ? 'was' : 'were'} merged into an earlier item with the same email.`
			: '';
	const remarks = `${duplicates}${kept(outcomes)}${createdTags(outcomes)}${unmapped(outcomes)}${waits(statistics)}`;
	// Of a single contact the output itself says enough, but for what is easily overlooked in it.
	if (outcomes.count > 1 || remarks !== '' || acted('dryRun') > 0) {
		tell(context, `${sentence(outcomes, counts)}${remarks}`);
	}
}

/** Sums up an import in a hint above the output. */
export function addImportHint(
	context: IExecuteFunctions,
	outcomes: ItemOutcomes,
	statistics: AccountStatistics,
	batchCount: number,
): void {
	const countOutcome = (outcome: string) => outcomes.countOf(({ json }) => json?.['outcome'] === outcome);
	const counts = [
		...['imported', 'refused', 'excluded', 'pending'].map((outcome) => `${countOutcome(outcome)} ${outcome}`),
		`${outcomes.countOf(({ action }) => action === 'dryRun')} looked at, with nothing sent`,
	];
	const batches = `${batchCount} ${batchCount === 1 ? 'batch' : 'batches'}`;
	const queued = batchCount > 0 ? ` ActiveCampaign took ${batches}.` : '';
	tell(context, `${sentence(outcomes, counts)}${queued}${unmapped(outcomes)}${waits(statistics)}`);
}

/** e.g. "12 items: 4 created, 8 updated." Counts of nothing are left out. */
function sentence(outcomes: ItemOutcomes, counts: readonly string[]): string {
	const left = outcomes.count - outcomes.countOf(() => true);
	const parts = [...counts, `${left} not begun`].filter((part) => !part.startsWith('0 '));
	return `${outcomes.count} ${outcomes.count === 1 ? 'item' : 'items'}: ${parts.join(', ')}.`;
}

/** How many contacts consent kept off a list. */
function kept(outcomes: ItemOutcomes): string {
	const count = outcomes.countOf(({ json }) =>
		objectsIn(json?.['lists']).some((list) => textOf(list['outcome']).startsWith('kept')),
	);
	if (count === 0) return '';
	return ` ${count} ${count === 1 ? 'was' : 'were'} not subscribed to a list: unsubscribed, unconfirmed or bounced there.`;
}

/** Which tags did not exist before, so that a typo is noticed. */
function createdTags(outcomes: ItemOutcomes): string {
	const created = outcomes
		.outputs()
		.flatMap((json) => objectsIn(json['tags']))
		.filter(({ outcome }) => outcome === 'created');
	const names = [...new Set(created.map(({ name }) => quote(textOf(name))))];
	if (names.length === 0) return '';
	const shown = names.slice(0, TAGS_SHOWN).join(', ');
	const more = names.length > TAGS_SHOWN ? ` and ${names.length - TAGS_SHOWN} more` : '';
	return ` ${names.length === 1 ? 'A new tag was' : 'New tags were'} created: ${shown}${more}.`;
}

/** Which keys of the items filled no column, in whichever item. */
function unmapped(outcomes: ItemOutcomes): string {
	const keys = outcomes.unmappedKeys();
	if (keys.length === 0) return '';
	const shown = keys.slice(0, KEYS_SHOWN).map(quote).join(', ');
	const more = keys.length > KEYS_SHOWN ? ` and ${keys.length - KEYS_SHOWN} more` : '';
	return ` Not mapped to a column: ${shown}${more}. See 'unmapped' in the output for the reasons.`;
}

function waits({ timesAskedToWait }: AccountStatistics): string {
	if (timesAskedToWait === 0) return '';
	const times = timesAskedToWait === 1 ? 'once' : `${timesAskedToWait} times`;
	return ` ActiveCampaign asked to wait ${times}, since its request limit was reached.`;
}

/** Shows a note in the output panel. Versions of n8n without such notes go without. */
function tell(context: IExecuteFunctions, message: string): void {
	if ('addExecutionHints' in context) context.addExecutionHints({ message, location: 'outputPane' });
}
