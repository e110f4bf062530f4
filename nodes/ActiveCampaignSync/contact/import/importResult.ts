import { AccountFailure } from '../../shared/failure';
import { explain, type Failure, type Result } from '../../shared/result';
import { emailKey } from '../email';
import type { ImportEntry } from './importBatches';
import { entriesWithUnknownResult, type ImportInfo } from './importInfo';
import { InputError } from '../../shared/inputError';

/** `pending`: it is not known (yet) what became of the contact; the reason says why, unless nobody has asked. */
export type ImportOutcome = 'imported' | 'refused' | 'excluded' | 'pending';

/** What became of one contact. */
export interface ImportResult {
	readonly outcome: ImportOutcome;
	readonly batchId?: string;
	readonly reason?: string;
	/** For what is refused, and for what somebody has to look after. */
	readonly failure?: Failure;
}

/** A batch that the account has taken. */
export interface AcceptedBatch {
	readonly entries: readonly ImportEntry[];
	readonly batchId?: string;
	/** How many of the contacts the account will import; undefined if it did not say. */
	readonly queued?: number;
	/** How often these contacts were submitted, this time included. */
	readonly times: number;
}

/** The imported contacts of a batch that could be told by their addresses (see `emailKey`), or why none could. */
export type RecognizedContacts = Result<ReadonlySet<string>>;

/** Why a contact is not sent at all: a request of its own would be larger than the account takes. */
export const TOO_LARGE = new InputError(
	'The contact alone is larger than an import request may be (399,999 bytes)',
	'Shorten its longest values',
);

/** The result of a contact that is not in the account, with what to do about it. */
export function refused(failure: Failure, batchId?: string): ImportResult {
	return { outcome: 'refused', ...(batchId ? { batchId } : {}), reason: explain(failure), failure };
}

/** The result of a contact of which it is not known what became of it. */
export function pending(reason?: string, batchId?: string): ImportResult {
	return { outcome: 'pending', ...(batchId ? { batchId } : {}), ...(reason ? { reason } : {}) };
}

/** What became of each contact of an import that is completed. What the API does not tell stays untold. */
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

/** The contacts of which an import that broke off tells what became of them: it did not come to the others. */
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
			`ActiveCampaign imported ${count - notImportedCount} of ${count} contacts, this one among them, and it could not be read which${why}`,
			batchId,
		);
	}
	const excludedCount = queued === undefined ? notImportedCount : entries.length - queued;
	if (notImportedCount > excludedCount) return refused(NOT_NAMED, batchId);
	return {
		outcome: 'excluded',
		batchId,
		reason: "ActiveCampaign left the contact out, as it does with addresses on the account's exclusion list",
	};
}

const NO_REASON = new AccountFailure(
	'rejected',
	'ActiveCampaign did not import the contact, and does not say why',
	'Sync this contact with the operation Sync Contact: there ActiveCampaign gives its reasons',
);
const NOT_NAMED = new AccountFailure(
	'rejected',
	'The import is done, and ActiveCampaign names the contact neither among the imported nor among the others',
	"Look for the contact in ActiveCampaign. If it is missing, sync it with the operation Sync Contact, unless its address is on the account's exclusion list",
);
