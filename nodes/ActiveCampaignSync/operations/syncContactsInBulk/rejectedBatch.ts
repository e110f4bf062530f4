import { explain, type Failure, AccountFailure } from '../../shared/failure';
import type { ImportEntry } from './importBatches';
import { notImported, pending, refused, type ImportResult } from './importResult';

/** What follows from a batch that was not accepted. */
export interface SplitBatch {
	/** The contacts whose results are final. */
	readonly results: ReadonlyMap<ImportEntry, ImportResult>;
	/** What to submit in place of the batch. */
	readonly parts: ReadonlyArray<readonly ImportEntry[]>;
	/** The account refused the batch without naming a contact. */
	readonly namesNoContact: boolean;
}

/**
 * "One bad contact rejects its whole batch." The contacts that a refusal names are taken out, and the rest is submitted
 * again; a batch in which it names no contact is halved. Other failures concern the whole batch.
 *
 * Each refusal that names contacts costs one more request; b bad contacts that are not named cost at most
 * 2 · b · log2(batch size), and never more than twice the batch size.
 */
export function splitRejectedBatch(batch: readonly ImportEntry[], failure: Failure): SplitBatch {
	if (failure.details.outcomeUnknown) return whole(batch, unknownOutcome(failure));
	if (!isRefusal(failure)) return whole(batch, notImported(failure));
	const results = new Map(namedIn(failure, batch));
	if (results.size > 0) {
		const rest = batch.filter((entry) => !results.has(entry));
		return { results, parts: rest.length > 0 ? [rest] : [], namesNoContact: false };
	}
	if (batch.length === 1) return { ...whole(batch, refused(failure)), namesNoContact: true };
	const middle = Math.ceil(batch.length / 2);
	return { results, parts: [batch.slice(0, middle), batch.slice(middle)], namesNoContact: true };
}

/** Whether the account looked at the contacts and refused them; a list that does not exist may be "not found". */
export function isRefusal({ kind, details }: Failure): boolean {
	return (kind === 'rejected' || kind === 'notFound') && details.outcomeUnknown !== true;
}

/**
 * Contacts to submit one by one when not a single one was accepted so far, to find out whether the account refuses
 * whatever comes: spread over the whole file, but not evenly, as rows of one kind may recur.
 */
export function spreadSample(entries: readonly ImportEntry[], size: number): ImportEntry[] {
	if (entries.length <= size) return [...entries];
	const width = entries.length / size;
	const sample = Array.from({ length: size }, (_, index) => {
		const within = (index * GOLDEN_RATIO) % 1;
		return entries[Math.floor((index + within) * width)];
	});
	return [...new Set(sample)].filter((entry) => entry !== undefined);
}

/** The result of a contact that was submitted, when the response was lost or did not say whether it was accepted. */
export function unknownOutcome({ kind, message, description, details }: Failure): ImportResult {
	const failure = new AccountFailure(
		kind,
		message,
		`${description}. The contact may have been imported even so: another import only updates it, but may trigger automations again`,
		{ ...details, outcomeUnknown: true },
	);
	return { ...pending(explain(failure)), failure };
}

/** The result of a contact that was not tried alone, since the account refused all that were. */
export function refusedWithAll({ message, details }: Failure): ImportResult {
	return notImported(
		new AccountFailure(
			'rejected',
			`${message}. ActiveCampaign refused every batch this way, and also single contacts from all over the file`,
			'Correct what is named here, which probably concerns all items, and run them again',
			{ httpCode: details.httpCode },
		),
	);
}

/** Its multiples, without their whole parts, never come back to the same places. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

function whole(batch: readonly ImportEntry[], result: ImportResult): SplitBatch {
	return { results: new Map(batch.map((entry) => [entry, result])), parts: [], namesNoContact: false };
}

/** The contacts that a refusal names, by their place in the batch. */
function namedIn({ details }: Failure, batch: readonly ImportEntry[]): Array<[ImportEntry, ImportResult]> {
	return [...(details.contactReasons ?? [])].flatMap(
		([index, reason]): Array<[ImportEntry, ImportResult]> => {
			const entry = batch[index];
			const named = new AccountFailure(
				'rejected',
				`ActiveCampaign did not accept the contact${reason ? `: ${reason}` : ' and gave no reason'}`,
				'Correct the contact and run the item again',
				{ httpCode: details.httpCode },
			);
			return entry ? [[entry, refused(named)]] : [];
		},
	);
}
