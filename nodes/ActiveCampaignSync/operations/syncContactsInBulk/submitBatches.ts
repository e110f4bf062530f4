import type { Account } from '../../account/account';
import type { AccountRequest } from '../../account/request';
import { pause } from '../../account/throttle';
import { forEachConcurrently } from '../../run/concurrency';
import { AccountFailure, failureOf } from '../../shared/failure';
import { textOf, type JsonObject } from '../../shared/json';
import { importBody, type Batch, type ImportEntry } from './importBatches';
import {
	refused,
	type AcceptedBatch,
	type ImportResult,
	type ImportResults,
	type Report,
} from './importResult';

/** Batches on their way at once: with the account's pace of five requests a second, more would only fill memory. */
const CONCURRENCY = 10;
/**
 * After a submission whose outcome is unknown, the batch is submitted again, after each of these waits in turn
 * (milliseconds): four times in all, over two minutes. Without the batch id that the lost response contained, the API
 * cannot be asked whether it accepted the batch (`GET /import/bulk_import` counts the batches of everybody by the day),
 * and importing it twice ends in the same contacts, since it is an upsert, but may trigger automations twice.
 */
const REPEAT_WAITS_MS = [2_000, 28_000, 90_000];
/**
 * If every batch was refused, this many contacts at most are submitted one by one, before requests are spent on finding
 * the bad ones: "20 a minute for single contacts".
 */
const SAMPLE_SIZE = 20;

/** Submits batches of contacts. A bad contact never affects the others: those are submitted again without it. */
export class BatchSubmission {
	/** All batches that the account accepted. */
	readonly accepted: AcceptedBatch[] = [];

	constructor(
		private readonly account: Account,
		private readonly excludeAutomations: boolean,
		private readonly report: Report,
	) {}

	/**
	 * Submits contacts until each is accepted or has its final result. Good batches go first: those that were refused are
	 * submitted again, in parts, after every batch had its turn.
	 * @returns what the account accepted of them
	 * @throws only when stopped
	 */
	async submit(batches: readonly Batch[]): Promise<AcceptedBatch[]> {
		const before = this.accepted.length;
		for (let left = batches; left.length > 0;) {
			const { parts, refusal } = await this.submitEach(left);
			left = refusal && this.accepted.length === 0 ? await this.trySample(parts, refusal) : parts;
		}
		return this.accepted.slice(before);
	}

	/** @returns what to submit in place of the batches, and the latest refusal that named no contact */
	private async submitEach(
		batches: readonly Batch[],
	): Promise<{ parts: Batch[]; refusal: AccountFailure | undefined }> {
		const parts: Batch[] = [];
		let refusal: AccountFailure | undefined;
		await forEachConcurrently(batches, { concurrency: CONCURRENCY }, async (batch) => {
			try {
				const queued = await this.send(batch);
				this.accepted.push({ ...queued, entries: batch });
				const reason = queued.batchId === undefined ? WITHOUT_BATCH_ID : undefined;
				this.report(batch, { action: 'pending', batchId: queued.batchId, reason });
			} catch (thrown) {
				const failure = accountFailureOf(thrown);
				const split = splitRejectedBatch(batch, failure);
				for (const [entry, result] of split.results) this.report([entry], result);
				parts.push(...split.parts);
				if (split.namesNoContact) refusal = failure;
			}
		});
		return { parts, refusal };
	}

	/**
	 * Finds out whether the account refuses all contacts, e.g. for a list that does not exist: if single contacts from
	 * all over the file are refused too, nothing more is submitted.
	 * @returns what is left to submit
	 */
	private async trySample(parts: readonly Batch[], refusal: AccountFailure): Promise<Batch[]> {
		const entries = parts.flat();
		const distance = Math.ceil(entries.length / SAMPLE_SIZE);
		const tried = new Set<ImportEntry>();
		const untriedOf = (part: Batch) => part.filter((entry) => !tried.has(entry));
		for (const entry of entries.filter((_, index) => index % distance === 0)) {
			tried.add(entry);
			const sampled = await this.submitEach([[entry]]);
			if (!sampled.refusal) return parts.map(untriedOf).filter((part) => part.length > 0);
		}
		this.report(untriedOf(entries), refusedWithAll(refusal));
		return [];
	}

	/**
	 * Submits one batch, again while it is unknown whether it was accepted.
	 * @throws AccountFailure when it was not accepted, or may have been (`outcomeUnknown`), or when stopped
	 */
	private async send(batch: Batch): Promise<QueuedBatch> {
		const request: AccountRequest = {
			method: 'POST',
			path: '/import/bulk_import',
			body: importBody(batch, this.excludeAutomations),
			purpose: { action: 'import the contacts', permission: 'import contacts' },
			hasData: (body) => parseQueued(body) !== undefined,
			repeatable: 'ifNotDone',
			isImport: true,
			isEssential: true,
		};
		const itemIndexes = batch.flatMap((entry) => entry.itemIndexes);
		let unknown: AccountFailure | undefined;
		for (let repeats = 0; ; repeats += 1) {
			try {
				const { body } = await this.account.scope(itemIndexes).call(request);
				return parseQueued(body) ?? {};
			} catch (thrown) {
				if (isStoppedOnItsWay(thrown)) this.report(batch, { action: 'pending', reason: STOPPED_ON_ITS_WAY });
				const failure = accountFailureOf(thrown);
				// After a try that may have succeeded, only a refusal of the contacts says that it did not.
				if (!failure.details.outcomeUnknown) throw isRefusal(failure) ? failure : (unknown ?? failure);
				unknown = failure;
				this.report(batch, unknownOutcome(failure));
				const waitMs = REPEAT_WAITS_MS[repeats];
				if (waitMs === undefined) throw failure;
				await pause(Math.max(waitMs, failure.details.retryAfterMs ?? 0), this.account.signal);
			}
		}
	}
}

type QueuedBatch = Omit<AcceptedBatch, 'entries'>;

/**
 * Parses the response to an import; undefined unless it says that the batch was accepted. Recorded are `"success": 1`,
 * `"Success": 1` and `"success": "Success"`, each with a batch id.
 */
export function parseQueued(body: JsonObject): QueuedBatch | undefined {
	const batchId = textOf(body['batchId']);
	const isSuccess = /^(1|success)$/i.test(textOf(body['success'] ?? body['Success']));
	if (batchId === '' && !isSuccess) return undefined;
	const queued = textOf(body['queued_contacts']);
	return {
		...(batchId === '' ? {} : { batchId }),
		...(/^\d+$/.test(queued) ? { queued: Number(queued) } : {}),
	};
}

/** What follows from a batch that was not accepted. */
interface SplitBatch {
	/** The contacts whose results are final. */
	readonly results: ImportResults;
	/** What to submit in place of the batch. */
	readonly parts: readonly Batch[];
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
export function splitRejectedBatch(batch: Batch, failure: AccountFailure): SplitBatch {
	if (failure.details.outcomeUnknown) return whole(batch, unknownOutcome(failure));
	if (!isRefusal(failure)) return whole(batch, { action: 'failed', failure });
	const results = new Map<ImportEntry, ImportResult>();
	for (const [index, reason] of failure.details.contactReasons ?? []) {
		const named = batch[index];
		if (named) results.set(named, refusedForReason(failure, reason));
	}
	if (results.size > 0) {
		const rest = batch.filter((entry) => !results.has(entry));
		return { results, parts: rest.length > 0 ? [rest] : [], namesNoContact: false };
	}
	if (batch.length === 1) return { ...whole(batch, refused(failure)), namesNoContact: true };
	const middle = Math.ceil(batch.length / 2);
	return { results, parts: [batch.slice(0, middle), batch.slice(middle)], namesNoContact: true };
}

function whole(batch: Batch, result: ImportResult): SplitBatch {
	return { results: new Map(batch.map((entry) => [entry, result])), parts: [], namesNoContact: false };
}

function refusedForReason(failure: AccountFailure, reason: string): ImportResult {
	const message = `ActiveCampaign did not accept the contact${reason ? `: ${reason}` : ' and gave no reason'}`;
	const description = 'Correct the contact and run the item again';
	return refused(failure.with({ kind: 'rejected', message, description }));
}

/** Whether the account looked at the contacts and refused them; a list that does not exist may be "not found". */
export function isRefusal({ kind, details }: AccountFailure): boolean {
	return (kind === 'rejected' || kind === 'notFound') && details.outcomeUnknown !== true;
}

/** The result of a contact that was submitted, when the response was lost or did not say whether it was accepted. */
export function unknownOutcome(failure: AccountFailure): ImportResult {
	const description = `${failure.description}. The contact may have been imported anyway: another import only updates it, but may trigger automations again`;
	return { action: 'pending', failure: failure.with({ description }) };
}

/** The result of a contact that was not tried alone, since the account refused all that were. */
function refusedWithAll(failure: AccountFailure): ImportResult {
	const message = `${failure.message}. ActiveCampaign refused every batch this way, and also single contacts from all over the file`;
	const description = 'Correct what is named here, which probably concerns all items, and run them again';
	return { action: 'refused', failure: failure.with({ message, description }) };
}

function accountFailureOf(thrown: unknown): AccountFailure {
	const failure = failureOf(thrown);
	if (failure instanceof AccountFailure) return failure;
	throw failure;
}

function isStoppedOnItsWay(thrown: unknown): boolean {
	return (
		thrown instanceof AccountFailure && thrown.kind === 'stopped' && thrown.details.outcomeUnknown === true
	);
}

const WITHOUT_BATCH_ID =
	'ActiveCampaign accepted the contacts but returned no batch ID, so their results cannot be read';
const STOPPED_ON_ITS_WAY =
	'The execution was stopped before ActiveCampaign responded, so it is unclear whether it accepted the contacts';
