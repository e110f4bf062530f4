import { emailKey } from '../../input/contactReference';
import type { ItemOutcome } from '../../run/items';
import { AccountFailure, explain, type Failure } from '../../shared/failure';
import { textOf, type JsonObject } from '../../shared/json';
import type { Batch, ImportEntry } from './importBatches';

/** What became of one contact. */
export interface ImportResult {
	/** `pending`: it may or may not be in the account (yet). `failed`: it is not, and ActiveCampaign did not refuse it. */
	readonly action: 'imported' | 'refused' | 'excluded' | 'pending' | 'failed';
	/** The batch that the contact was accepted with. */
	readonly batchId?: string;
	/** Why the contact is not in the account, or may not be, if that fails its items. */
	readonly failure?: Failure;
	/** The failure is about this contact alone: the account refused it, or it cannot be sent. */
	readonly isContactRefused?: boolean;
	/** What the user should know of a result that is not a failure. */
	readonly reason?: string;
}

export type ImportResults = ReadonlyMap<ImportEntry, ImportResult>;

/** Takes what is known of contacts, as soon as it is: an execution may be stopped any time. More may follow. */
export type Report = (entries: readonly ImportEntry[], result: ImportResult) => void;

/** A batch that the account accepted. */
export interface AcceptedBatch {
	readonly entries: Batch;
	/** Without one, the account cannot be asked about the batch. */
	readonly batchId?: string;
	/** How many contacts will be imported, without excluded addresses; undefined if the response does not say. */
	readonly queued?: number;
}

/** How far an import is, by `GET /import/info`. */
export interface ImportInfo {
	readonly state: 'inFlight' | 'completed' | 'aborted';
	/** The ids of the contacts that were imported, in no order. */
	readonly importedIds: ReadonlySet<string>;
	/** The addresses that were not, as keys (see `emailKey`); the account gives no reasons. */
	readonly failedEmails: ReadonlySet<string>;
}

/** Whose the ids of imported contacts are. */
export interface RecognizedContacts {
	/** Addresses, as keys (see `emailKey`). */
	readonly emails: ReadonlySet<string>;
	/** Why the contacts could not be read. */
	readonly failure?: Failure;
}

/** The result of a contact that the account refused for a reason of its own. */
export function refused(failure: Failure, batchId?: string): ImportResult {
	return { action: 'refused', batchId, failure, isContactRefused: true };
}

/**
 * The outcome of the items that ask for a contact. Every row has a reason, so that n8n's table has no red holes; only for
 * those that are pending the batch is of use later.
 */
export function toItemOutcome(
	email: string,
	{ action, batchId, failure, isContactRefused, reason = failure && explain(failure) }: ImportResult,
): ItemOutcome {
	const isPending = action === 'pending';
	const json = {
		action,
		email,
		reason: reason ?? (isPending ? 'The import has not finished yet' : 'Created or updated'),
		...(isPending && batchId ? { batchId } : {}),
	};
	return { action, json, failure, isReported: isContactRefused };
}

/** `status` is false in the first second, and then waiting, claimed, active, completed, failed or interrupted. */
export function parseImportInfo(body: JsonObject): ImportInfo {
	const status = textOf(body['status']).toLowerCase();
	const isAborted = status === 'failed' || status === 'interrupted';
	return {
		state: status === 'completed' ? 'completed' : isAborted ? 'aborted' : 'inFlight',
		importedIds: new Set(textsIn(body['success'])),
		failedEmails: new Set(textsIn(body['failure']).map(emailKey)),
	};
}

/**
 * The contacts of a batch whose result the info alone does not give: it lists the imported ones by ids without addresses,
 * so while there are fewer ids than contacts, it is open whose they are.
 */
export function entriesWithUnknownResult(
	batch: Batch,
	{ importedIds, failedEmails }: ImportInfo,
): ImportEntry[] {
	const notFailed = batch.filter(({ contact }) => !failedEmails.has(emailKey(contact.email)));
	return importedIds.size >= notFailed.length ? [] : notFailed;
}

/** What became of the contacts of an import that is done, as far as the API says. One that was aborted did not reach all. */
export function importResults(
	{ entries, batchId, queued }: AcceptedBatch,
	info: ImportInfo,
	{ emails, failure }: RecognizedContacts,
): ImportResults {
	const open = new Set(entriesWithUnknownResult(entries, info));
	const results = new Map<ImportEntry, ImportResult>();
	let unrecognized = info.importedIds.size;
	for (const entry of entries) {
		const key = emailKey(entry.contact.email);
		if (info.failedEmails.has(key)) results.set(entry, refused(NO_REASON, batchId));
		else if (!open.has(entry) || emails.has(key)) {
			results.set(entry, { action: 'imported', batchId });
			unrecognized -= 1;
		}
	}
	if (info.state === 'aborted') return results;
	const unlisted = entries.filter((entry) => !results.has(entry));
	const isExcluded = queued === undefined || unlisted.length <= entries.length - queued;
	const result =
		unrecognized > 0
			? unrecognizedResult(unrecognized, unlisted.length, failure)
			: isExcluded
				? EXCLUDED
				: NOT_LISTED;
	for (const entry of unlisted) results.set(entry, { ...result, batchId });
	return results;
}

/** The result of contacts some of which were imported. */
function unrecognizedResult(importedCount: number, count: number, failure?: Failure): ImportResult {
	const reason = `ActiveCampaign imported ${importedCount} of ${count} contacts but did not say which; this contact is one of the ${count}`;
	return { action: 'pending', reason: failure ? `${reason}. ${failure.message}` : reason };
}

const NO_REASON = new AccountFailure(
	'rejected',
	'ActiveCampaign did not import the contact and gave no reason',
	"Sync this contact with the operation Sync Contact, which reports ActiveCampaign's reasons",
);
const NOT_LISTED: ImportResult = {
	action: 'refused',
	failure: new AccountFailure(
		'rejected',
		'The import is complete, but ActiveCampaign lists the contact neither as imported nor as failed',
		"Look for the contact in ActiveCampaign. If it is missing, sync it with the operation Sync Contact, unless its address is on the account's exclusion list",
	),
};
const EXCLUDED: ImportResult = {
	action: 'excluded',
	reason:
		"ActiveCampaign skipped this contact, probably because its address is on the account's exclusion list",
};

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.map(textOf).filter((one) => one !== '') : [];
}
