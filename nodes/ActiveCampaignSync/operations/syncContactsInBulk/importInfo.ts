import { textOf, type JsonObject } from '../../shared/json';
import { emailKey } from '../../input/email';
import type { ImportEntry } from './importBatches';

/** What the account returned for a batch that it accepted. */
export interface QueuedBatch {
	/** Without one, the account cannot be asked about the batch. */
	readonly batchId?: string;
	/** How many contacts will be imported, without excluded addresses; undefined if the response does not say. */
	readonly queued?: number;
}

/** How far an import is, by `GET /import/info`. */
export interface ImportInfo {
	readonly state: 'inFlight' | 'completed' | 'broken';
	/** The ids of the contacts that were imported, in no order. */
	readonly importedIds: ReadonlySet<string>;
	/** The addresses that were not, as keys (see `emailKey`); the account gives no reasons. */
	readonly failedEmails: ReadonlySet<string>;
}

/** The longest time between two polls: of one import, and for each import where there are many (milliseconds). */
const MAX_POLL_WAIT_MS = 30_000;
const MAX_POLL_WAIT_PER_BATCH_MS = 1_000;

/**
 * Reads the response to an import; undefined unless it says that the batch was accepted. Recorded are `"success": 1`,
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
		state: status === 'completed' ? 'completed' : isBroken ? 'broken' : 'inFlight',
		importedIds: new Set(textsIn(body['success'])),
		failedEmails: new Set(textsIn(body['failure']).map(emailKey)),
	};
}

/** Whether the info lists as many contacts as were queued, imported or failed. */
export function isComplete({ importedIds, failedEmails }: ImportInfo, queued: number): boolean {
	return importedIds.size + failedEmails.size >= queued;
}

/**
 * The contacts of a batch whose result the info alone does not give: it lists the imported ones by ids without addresses,
 * so while there are fewer ids than contacts, it is open whose they are.
 */
export function entriesWithUnknownResult(
	batch: readonly ImportEntry[],
	{ importedIds, failedEmails }: ImportInfo,
): ImportEntry[] {
	const notFailed = batch.filter(({ contact }) => !failedEmails.has(emailKey(contact.email)));
	return importedIds.size >= notFailed.length ? [] : notFailed;
}

/**
 * How long to wait before the next poll of an import, in milliseconds: short at first, then longer and longer, so that
 * in the end the polls of all imports together are about one request a second.
 * @param polls how often this import was polled
 * @param importCount how many imports are polled at the same time
 */
export function pollWaitMs(polls: number, importCount = 1): number {
	const maxWaitMs = Math.max(MAX_POLL_WAIT_MS, MAX_POLL_WAIT_PER_BATCH_MS * importCount);
	return Math.min(maxWaitMs, Math.round(1_500 * 1.5 ** polls));
}

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.map(textOf).filter((one) => one !== '') : [];
}
