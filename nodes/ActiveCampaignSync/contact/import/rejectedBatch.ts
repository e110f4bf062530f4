import { explain, type Failure } from '../../shared/result';
import { AccountFailure } from '../../shared/failure';
import type { ImportEntry } from './importBatches';
import { pending, refused, type ImportResult } from './importResult';

/** What to make of a batch that was not taken: the contacts whose end this is, and what is to be sent in its place. */
export interface SplitBatch {
	readonly results: ReadonlyMap<ImportEntry, ImportResult>;
	/** To be sent one after the other. */
	readonly parts: ReadonlyArray<readonly ImportEntry[]>;
}

/**
 * "One bad contact rejects its whole batch." Those that the refusal names are taken out and the rest is sent again; where
 * it names none, halves find out who is to blame. What is no refusal of contacts is the end of the batch.
 * @param isWorthIt whether anything shall be sent again at all
 */
export function splitRejectedBatch(
	batch: readonly ImportEntry[],
	failure: Failure,
	isWorthIt: boolean,
): SplitBatch {
	const results = new Map(namedIn(failure, batch));
	const rest = batch.filter((entry) => !results.has(entry));
	const isRefused = failure.kind === 'rejected';
	if (rest.length === 0) return { results, parts: [] };
	if (isWorthIt && results.size > 0) return { results, parts: [rest] };
	if (isWorthIt && isRefused && rest.length > 1) {
		const middle = Math.ceil(rest.length / 2);
		return { results, parts: [rest.slice(0, middle), rest.slice(middle)] };
	}
	const result = failure.details.outcomeUnknown
		? { ...pending(explain(failure)), failure }
		: refused(isRefused && batch.length > 1 ? forOthersToo(failure) : failure);
	for (const entry of rest) results.set(entry, result);
	return { results, parts: [] };
}

/** The contacts that a refusal names, by their place in the batch. */
function namedIn({ details }: Failure, batch: readonly ImportEntry[]): Array<[ImportEntry, ImportResult]> {
	return [...(details.contactReasons ?? [])].flatMap(
		([index, reason]): Array<[ImportEntry, ImportResult]> => {
			const entry = batch[index];
			const said = reason ? `: ${reason}` : ', and does not say why';
			const message = `ActiveCampaign did not accept the contact${said}`;
			const todo = 'Correct the contact and run the item again';
			const named = new AccountFailure('rejected', message, todo, { httpCode: details.httpCode });
			return entry ? [[entry, refused(named)]] : [];
		},
	);
}

/** What to tell of contacts that may be as good as any other, but were not sent again without the others. */
function forOthersToo({ message, details }: Failure): AccountFailure {
	return new AccountFailure(
		'rejected',
		`${message}. This was the answer to a batch that held this contact, and to so many others that none was sent again in parts`,
		'Correct what is named here, in this item or in another one, and run the items again',
		{ httpCode: details.httpCode },
	);
}
