import { AccountFailure, explain, type Failure, InputError } from '../../shared/failure';
import type { Result } from '../../shared/result';
import { emailKey } from '../../input/email';
import type { ImportEntry } from './importBatches';
import { entriesWithUnknownResult, type ImportInfo, type QueuedBatch } from './importInfo';

/** `pending`: the result is not known (yet); the reason says why, unless nothing was asked. */
export type ImportOutcome = 'imported' | 'refused' | 'excluded' | 'pending';

/** What became of one contact. */
export interface ImportResult {
	readonly outcome: ImportOutcome;
	readonly batchId?: string;
	readonly reason?: string;
	/** Why the contact is not in the account, or may not be. */
	readonly failure?: Failure;
	/** The failure is about this contact alone: the account refused it, or it cannot be sent. */
	readonly isContactRefused?: boolean;
}

/** A batch that the account accepted. */
export interface AcceptedBatch extends QueuedBatch {
	readonly entries: readonly ImportEntry[];
}

/** The imported contacts of a batch that could be recognized by their addresses (see `emailKey`). */
export type RecognizedContacts = Result<ReadonlySet<string>>;

/** Why a contact is not sent at all: a request with it alone would be larger than the account accepts. */
export const TOO_LARGE = new InputError(
	'The contact alone is larger than an import request may be (399,999 bytes)',
	'Shorten its longest values',
);

/** The result of a contact that the account refused, or that cannot be sent. */
export function refused(failure: Failure, batchId?: string): ImportResult {
	return { ...notImported(failure, batchId), isContactRefused: true };
}

/** The result of a contact that is not in the account for a reason that is not about this contact. */
export function notImported(failure: Failure, batchId?: string): ImportResult {
	return { outcome: 'refused', ...(batchId ? { batchId } : {}), reason: explain(failure), failure };
}

/** The result of a contact that may or may not be in the account. */
export function pending(reason?: string, batchId?: string): ImportResult {
	return { outcome: 'pending', ...(batchId ? { batchId } : {}), ...(reason ? { reason } : {}) };
}

/** What became of each contact of a completed import, as far as the API says. */
export function completedResults(
	batch: AcceptedBatch,
	info: ImportInfo,
	recognized: RecognizedContacts,
): Map<ImportEntry, ImportResult> {
	const known = knownResults(batch, info, recognized);
	const leftOut = batch.entries.filter((entry) => !known.has(entry));
	const result = resultOfLeftOut(batch, info, recognized, leftOut.length);
	return new Map([...known, ...leftOut.map((entry) => [entry, result] as const)]);
}

/** The contacts whose results an import's info gives; one that broke off did not come to the others. */
export function knownResults(
	{ entries, batchId }: AcceptedBatch,
	info: ImportInfo,
	recognized: RecognizedContacts,
): Map<ImportEntry, ImportResult> {
	const open = new Set(entriesWithUnknownResult(entries, info));
	const emails: ReadonlySet<string> = recognized.value ?? new Set();
	return new Map(
		entries.flatMap((entry): Array<[ImportEntry, ImportResult]> => {
			const key = emailKey(entry.contact.email);
			if (info.failedEmails.has(key)) return [[entry, refused(NO_REASON, batchId)]];
			return open.has(entry) && !emails.has(key) ? [] : [[entry, { outcome: 'imported', batchId }]];
		}),
	);
}

/** The contacts that are neither among the failed ones nor, as far as these are recognized, among the imported. */
function resultOfLeftOut(
	{ entries, batchId, queued }: AcceptedBatch,
	{ importedIds, failedEmails }: ImportInfo,
	recognized: RecognizedContacts,
	count: number,
): ImportResult {
	const notFailedCount = entries.filter(({ contact }) => !failedEmails.has(emailKey(contact.email))).length;
	const notImportedCount = notFailedCount - importedIds.size;
	if (recognized.failure || count > notImportedCount) {
		const why = recognized.failure ? `: ${recognized.failure.message}` : '';
		return pending(
			`ActiveCampaign imported ${count - notImportedCount} of ${count} contacts, including this one, and it could not be read which${why}`,
			batchId,
		);
	}
	const excludedCount = queued === undefined ? notImportedCount : entries.length - queued;
	if (notImportedCount > excludedCount) return notImported(NOT_LISTED, batchId);
	return {
		outcome: 'excluded',
		batchId,
		reason: "ActiveCampaign left the contact out, as it does with addresses on the account's exclusion list",
	};
}

const NO_REASON = new AccountFailure(
	'rejected',
	'ActiveCampaign did not import the contact and gave no reason',
	"Sync this contact with the operation Sync Contact, which reports ActiveCampaign's reasons",
);
const NOT_LISTED = new AccountFailure(
	'rejected',
	'The import is complete, but ActiveCampaign lists the contact neither as imported nor as failed',
	"Look for the contact in ActiveCampaign. If it is missing, sync it with the operation Sync Contact, unless its address is on the account's exclusion list",
);
