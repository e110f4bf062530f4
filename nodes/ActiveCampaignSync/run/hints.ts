import type { IExecuteFunctions } from 'n8n-workflow';

import type { AccountStatistics } from '../account/account';
import { objectsIn, textOf, type JsonObject } from '../shared/json';
import { quote } from '../shared/text';
import { pushTo } from '../shared/multiMap';
import type { ItemOutcomes } from './items';

/** How many tags or custom fields a hint names. */
const MAX_NAMES = 5;

/** How many input fields that filled no field a hint names: for several items, they are listed nowhere else. */
const MAX_UNMAPPED = 15;

/** From more items than this on, a bulk import is worth its delay. */
const MANY_ITEMS = 50;

/** Sums up a run in a hint above the output: what became of the items, and what is easily overlooked. */
export function addSyncHint(
	context: IExecuteFunctions,
	outcomes: ItemOutcomes,
	statistics: AccountStatistics,
	mergedCount: number,
): void {
	const acted = (wanted: string) => outcomes.countOf(({ action, failure }) => !failure && action === wanted);
	const counts = [
		`${acted('created')} created`,
		`${acted('updated')} updated`,
		`${acted('skipped')} skipped`,
		`${outcomes.countOf(({ failure }) => failure !== undefined)} failed`,
	];
	const remarks = [
		mergedRemark(mergedCount),
		consentRemark(outcomes),
		createdRemark(outcomes, { one: 'tag', several: 'tags' }, ({ tags }) => objectsIn(tags), /^created$/),
		createdRemark(
			outcomes,
			{ one: 'company', several: 'companies' },
			({ company }) => objectsIn([company]),
			/^createdAnd/,
		),
		skippedFieldsRemark(outcomes),
		unmappedRemark(outcomes),
		rateLimitRemark(statistics),
		bulkRemark(outcomes.countOf(({ failure }) => !failure)),
	].filter((remark) => remark !== '');
	// The output of a single contact says enough, except for remarks.
	if (outcomes.count > 1 || remarks.length > 0 || acted('dryRun') > 0) {
		addHint(context, [itemsSentence(outcomes, counts, acted('dryRun')), ...remarks]);
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
	const counts = ['imported', 'refused', 'excluded', 'pending'].map(
		(outcome) => `${countOutcome(outcome)} ${outcome}`,
	);
	addHint(context, [
		itemsSentence(
			outcomes,
			counts,
			outcomes.countOf(({ action }) => action === 'dryRun'),
		),
		batchCount === 0 ? '' : `ActiveCampaign accepted ${counted(batchCount, 'batch', 'batches')}.`,
		skippedFieldsRemark(outcomes),
		unmappedRemark(outcomes),
		rateLimitRemark(statistics),
	]);
}

/** Sums up in a hint above the output who was found. */
export function addGetHint(
	context: IExecuteFunctions,
	outcomes: ItemOutcomes,
	statistics: AccountStatistics,
): void {
	const acted = (wanted: string) => outcomes.countOf(({ action, failure }) => !failure && action === wanted);
	addHintForSeveral(
		context,
		outcomes,
		[`${acted('found')} found`, `${acted('notFound')} not found`],
		statistics,
	);
}

/** Sums up in a hint above the output who was deleted; a contact that several items mean counts once. */
export function addDeleteHint(
	context: IExecuteFunctions,
	outcomes: ItemOutcomes,
	statistics: AccountStatistics,
): void {
	const deleted = outcomes.outputs().filter(({ action }) => action === 'deleted');
	const contacts = new Set(deleted.map(({ id, email }) => id ?? email)).size;
	const notFound = outcomes.countOf(({ action }) => action === 'notFound');
	const counts = [`${counted(contacts, 'contact')} deleted`, `${notFound} not found`];
	addHintForSeveral(context, outcomes, counts, statistics);
}

function addHintForSeveral(
	context: IExecuteFunctions,
	outcomes: ItemOutcomes,
	counts: readonly string[],
	statistics: AccountStatistics,
): void {
	const failed = outcomes.countOf(({ failure }) => failure !== undefined);
	const dryRuns = outcomes.countOf(({ action }) => action === 'dryRun');
	const remark = rateLimitRemark(statistics);
	if (outcomes.count === 1 && remark === '' && dryRuns === 0) return;
	addHint(context, [itemsSentence(outcomes, [...counts, `${failed} failed`], dryRuns), remark]);
}

/** Says that a dry run compared the first contacts only. */
export function addComparedHint(context: IExecuteFunctions, count: number): void {
	addHint(context, [
		`The dry run compared the first ${count} contacts with the account; the others would be sent as well.`,
	]);
}

/** e.g. "12 items: 4 created, 8 updated." or "Dry run: 12 items checked, nothing sent." Counts of 0 are left out. */
function itemsSentence(outcomes: ItemOutcomes, counts: readonly string[], dryRunCount: number): string {
	if (dryRunCount > 0 && dryRunCount === outcomes.count) {
		return `Dry run: ${counted(dryRunCount, 'item')} checked, nothing sent.`;
	}
	const notStarted = outcomes.count - outcomes.countOf(() => true);
	const parts = [...counts, `${dryRunCount} only checked (dry run)`, `${notStarted} not started`];
	const shown = parts.filter((part) => !part.startsWith('0 ')).join(', ');
	return `${counted(outcomes.count, 'item')}: ${shown}.`;
}

function mergedRemark(count: number): string {
	if (count === 0) return '';
	return `${counted(count, 'item')} ${wasOrWere(count)} merged into an earlier item for the same contact.`;
}

/** How many contacts were kept off a list because they do not want its emails, or cannot receive them. */
function consentRemark(outcomes: ItemOutcomes): string {
	const count = outcomes.countOf(
		({ action, json }) =>
			// A dry run leaves no contact off.
			action !== 'dryRun' &&
			objectsIn(json?.['lists']).some((list) => textOf(list['outcome']).startsWith('kept')),
	);
	if (count === 0) return '';
	return `${counted(count, 'contact')} ${wasOrWere(count)} left off a list because they unsubscribed, never confirmed or bounced. See the option 'Resubscribe'.`;
}

/** Which tags or companies did not exist before, so that a typo is noticed. */
function createdRemark(
	outcomes: ItemOutcomes,
	{ one, several }: { readonly one: string; readonly several: string },
	resultsIn: (json: JsonObject) => JsonObject[],
	created: RegExp,
): string {
	const names = new Set(
		outcomes
			.outputs()
			.flatMap(resultsIn)
			.filter(({ outcome }) => created.test(textOf(outcome)))
			.map(({ name }) => textOf(name)),
	);
	if (names.size === 0) return '';
	return `${names.size === 1 ? `A new ${one} was` : `New ${several} were`} created: ${shownNames([...names])}.`;
}

function skippedFieldsRemark(outcomes: ItemOutcomes): string {
	const names = outcomes.skippedFields();
	if (names.length === 0) return '';
	return `Left out because the account does not have them: ${shownNames(names)}. See the option 'Unknown Fields'.`;
}

/** Which input fields of any of the items filled no field, by reason. */
function unmappedRemark(outcomes: ItemOutcomes): string {
	const unmapped = outcomes.unmapped();
	if (unmapped.length === 0) return '';
	if (outcomes.count === 1) return "Some input fields were not used: see 'unmapped' in the output.";
	const keysByReason = new Map<string, string[]>();
	for (const { key, reason } of unmapped.slice(0, MAX_UNMAPPED)) pushTo(keysByReason, reason, key);
	const groups = [...keysByReason].map(
		([reason, keys]) => `${keys.map(quote).join(', ')} (${uncapitalized(reason)})`,
	);
	const moreCount = unmapped.length - MAX_UNMAPPED;
	return `Input fields not used: ${groups.join('; ')}${moreCount > 0 ? `; and ${moreCount} more` : ''}.`;
}

function bulkRemark(count: number): string {
	if (count <= MANY_ITEMS) return '';
	return "For this many contacts, the operation 'Sync Contacts in Bulk' is faster.";
}

function rateLimitRemark({ timesAskedToWait }: AccountStatistics): string {
	if (timesAskedToWait === 0) return '';
	const times = timesAskedToWait === 1 ? 'once' : `${timesAskedToWait} times`;
	return `ActiveCampaign's rate limit was reached ${times}, so the node waited.`;
}

function shownNames(names: readonly string[]): string {
	const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
	return `${names.slice(0, MAX_NAMES).map(quote).join(', ')}${more}`;
}

function counted(count: number, singular: string, plural = `${singular}s`): string {
	return `${count} ${count === 1 ? singular : plural}`;
}

function uncapitalized(text: string): string {
	return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function wasOrWere(count: number): string {
	return count === 1 ? 'was' : 'were';
}

/** Shows a hint in the output panel. Versions of n8n without hints do not show it. */
function addHint(context: IExecuteFunctions, sentences: readonly string[]): void {
	const message = sentences.filter((sentence) => sentence !== '').join(' ');
	if ('addExecutionHints' in context) context.addExecutionHints({ message, location: 'outputPane' });
}
