import { textOf, type JsonObject } from '../../shared/json';
import { emailKey } from '../email';
import type { ImportEntry } from './importBatches';

/** What the account answered to a batch that it took. */
export interface QueuedBatch {
	/** Without one, nothing can be asked about the batch any more. */
	readonly batchId?: string;
	/** Excluded addresses are not counted; undefined if the answer does not say. */
	readonly queued?: number;
}

/** How far an import is, as `GET /import/info` tells. */
export interface ImportInfo {
	readonly state: 'underWay' | 'completed' | 'broken';
	/** The ids of the contacts that were imported, in no order. */
	readonly importedIds: ReadonlySet<string>;
	/** The addresses that were not, as keys (see `emailKey`); no reason is given for any. */
	readonly failedEmails: ReadonlySet<string>;
}

/** The longest time between two looks at an import, for all batches and for each one of many (milliseconds). */
const MAX_POLL_WAIT_MS = 30_000;
const MAX_POLL_WAIT_PER_BATCH_MS = 1_000;

/**
 * Reads the answer to an import; undefined if it does not say that the batch was taken. Recorded are `"success": 1`,
 * `"Success": 1` and `"success": "Success"`, each with a batch id.
 */
export function readQueued(body: JsonObject): QueuedBatch | undefined {
	const batchId = textOf(body['batchId']);
	const isSuccess = /^(1|success)$/i.test(textOf(body['success'] ?? body['Success']));
	if (batchId === '' && !isSuccess) return undefined;
	const queued = textOf(body['queued_contacts']);
	return {
		...(batchId === '' ? {} : { batchId }),
		...(/^\d+$/.test(queued) ? { queued: Number(queued) } : {}),
	};
}

/** `status` is false in the first second, and then waiting, claimed, active, completed, failed or interrupted. */
export function readImportInfo(body: JsonObject): ImportInfo {
	const status = textOf(body['status']).toLowerCase();
	const isBroken = status === 'failed' || status === 'interrupted';
	return {
		state: status === 'completed' ? 'completed' : isBroken ? 'broken' : 'underWay',
		importedIds: new Set(textsIn(body['success'])),
		failedEmails: new Set(textsIn(body['failure']).map(emailKey)),
	};
}

/** Whether the info of an import names as many contacts as were queued, imported or not. */
export function isComplete({ importedIds, failedEmails }: ImportInfo, queued: number): boolean {
	return importedIds.size + failedEmails.size >= queued;
}

/**
 * The contacts of a batch of which the info alone does not tell what became of them: it names the imported by ids
 * without addresses, so while there are fewer of these than contacts, it is open whose they are.
 */
export function entriesWithUnknownResult(
	batch: readonly ImportEntry[],
	{ importedIds, failedEmails }: ImportInfo,
): ImportEntry[] {
	const notFailed = batch.filter(({ contact }) => !failedEmails.has(emailKey(contact.email)));
	return importedIds.size >= notFailed.length ? [] : notFailed;
}

/**
 * How long to wait before the next look at an import, in milliseconds: soon at first, then less and less often, so that
 * in the end the looks at all batches together are about one request a second.
 * @param batchCount how many batches are looked at
 */
export function pollWaitMs(looks: number, batchCount = 1): number {
	const longestMs = Math.max(MAX_POLL_WAIT_MS, MAX_POLL_WAIT_PER_BATCH_MS * batchCount);
	return Math.min(longestMs, Math.round(1_500 * 1.5 ** looks));
}

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.map(textOf).filter((one) => one !== '') : [];
}
