import type { Account, AccountRequest } from '../../account/account';
import { pause } from '../../account/throttle';
import { AccountFailure, type Failure } from '../../shared/failure';
import { settle, type Result } from '../../shared/result';
import { importBody, type ImportEntry } from './importBatches';
import { readQueued, type QueuedBatch } from './importInfo';
import { pending, type AcceptedBatch, type ImportResult } from './importResult';
import { isRefusal, refusedWithAll, splitRejectedBatch, spreadSample, unknownOutcome } from './rejectedBatch';
import { mapWithConcurrency } from '../../run/mapWithConcurrency';

type Batch = readonly ImportEntry[];

/** To be called with what is known of a contact, again when more is known. */
export type Report = (entry: ImportEntry, result: ImportResult) => void;

/** Batches under way at once: with the account's pace of five requests a second, more would only fill memory. */
const MAX_UNDER_WAY = 10;
/**
 * After a submission whose outcome is unknown, the batch is submitted again, after each of these waits in turn
 * (milliseconds): four times in all, over two minutes. Without the batch id that the lost response contained, the API
 * cannot be asked whether it accepted the batch (`GET /import/bulk_import` counts the batches of everybody by the day),
 * and importing it twice ends in the same contacts, since it is an upsert, but may trigger automations twice.
 */
const REPEAT_WAITS_MS = [2_000, 28_000, 90_000];
/**
 * If every batch was refused, so many contacts are submitted one by one, before requests are spent on finding out which
 * ones are bad: "20 a minute for single contacts".
 */
const SAMPLE_SIZE = 20;

const PURPOSE = { action: 'import the contacts', permission: 'import contacts' };

/** Submits batches of contacts. A bad contact never affects the others: those are submitted again without it. */
export class BatchSubmission {
	/** Batches that the account accepted. */
	acceptedCount = 0;

	constructor(
		private readonly account: Account,
		private readonly excludeAutomations: boolean,
		private readonly report: Report,
	) {}

	/**
	 * Submits contacts until each is accepted or has its final result. Good batches go first: those that were refused are
	 * submitted again, in parts, after every batch had its turn.
	 * @returns what the account accepted
	 * @throws only when stopped
	 */
	async submit(batches: readonly Batch[]): Promise<AcceptedBatch[]> {
		const accepted: AcceptedBatch[] = [];
		const { parts, refusedAll } = await this.submitEach(batches, accepted);
		let left = refusedAll ? await this.withoutSample(parts, refusedAll, accepted) : parts;
		while (left.length > 0) ({ parts: left } = await this.submitEach(left, accepted));
		return accepted;
	}

	/** @returns what to submit in place of the batches, and the latest refusal if all were refused and no contact named */
	private async submitEach(
		batches: readonly Batch[],
		accepted: AcceptedBatch[],
	): Promise<{ parts: Batch[]; refusedAll: Failure | undefined }> {
		const parts: Batch[] = [];
		const blanketRefusals: Failure[] = [];
		await mapWithConcurrency(
			batches,
			{ concurrency: MAX_UNDER_WAY, shouldContinue: () => !this.account.signal?.aborted },
			async (batch) => {
				const { value: queued, failure } = await this.send(batch);
				if (failure) {
					const split = splitRejectedBatch(batch, failure);
					for (const [entry, result] of split.results) this.report(entry, result);
					parts.push(...split.parts);
					if (split.namesNoContact) blanketRefusals.push(failure);
				} else {
					this.acceptedCount += 1;
					accepted.push({ ...queued, entries: batch });
					this.reportAll(batch, pending(queued.batchId ? undefined : WITHOUT_BATCH_ID, queued.batchId));
				}
			},
		);
		const isRefusingAll = blanketRefusals.length === batches.length;
		return { parts, refusedAll: isRefusingAll ? blanketRefusals.at(-1) : undefined };
	}

	/**
	 * Finds out whether the account refuses all contacts, e.g. for a list that does not exist: if single contacts from
	 * all over the file are refused too, nothing more is submitted.
	 * @returns what is left to submit
	 */
	private async withoutSample(
		parts: readonly Batch[],
		refusal: Failure,
		accepted: AcceptedBatch[],
	): Promise<Batch[]> {
		let refusedAll: Failure | undefined = refusal;
		const tried = new Set<ImportEntry>();
		for (const entry of spreadSample(parts.flat(), SAMPLE_SIZE)) {
			tried.add(entry);
			({ refusedAll } = await this.submitEach([[entry]], accepted));
			if (!refusedAll) break;
		}
		const left = parts
			.map((part) => part.filter((entry) => !tried.has(entry)))
			.filter((part) => part.length > 0);
		if (!refusedAll) return left;
		this.reportAll(left.flat(), refusedWithAll(refusedAll));
		return [];
	}

	/** @throws only when stopped */
	private async send(batch: Batch): Promise<Result<QueuedBatch>> {
		const request: AccountRequest = {
			method: 'POST',
			path: '/import/bulk_import',
			body: importBody(batch, this.excludeAutomations),
			purpose: PURPOSE,
			hasData: (body) => readQueued(body) !== undefined,
			repeatable: 'ifNotDone',
			isImport: true,
			isEssential: true,
		};
		const itemIndexes = batch.flatMap((entry) => entry.itemIndexes);
		let unknown: Failure | undefined;
		for (let repeats = 0; ; repeats += 1) {
			const call = this.account.scope(itemIndexes).call(request);
			const { value, failure } = await this.reportIfStopped(batch, settle(call));
			if (value) return { value: readQueued(value.body) ?? {} };
			// After a try that perhaps succeeded, only a refusal of the contacts says that it did not.
			if (!failure.details.outcomeUnknown)
				return { failure: isRefusal(failure) ? failure : (unknown ?? failure) };
			unknown = failure;
			this.reportAll(batch, unknownOutcome(failure));
			const waitMs = REPEAT_WAITS_MS[repeats];
			if (waitMs === undefined) return { failure };
			await pause(Math.max(waitMs, failure.details.retryAfterMs ?? 0), this.account.signal);
		}
	}

	/** A batch that was on its way when the execution was stopped may have been accepted. */
	private async reportIfStopped<Value>(batch: Batch, sending: Promise<Value>): Promise<Value> {
		return await sending.catch((thrown: unknown) => {
			if (thrown instanceof AccountFailure && thrown.details.outcomeUnknown) {
				this.reportAll(batch, pending(STOPPED_ON_ITS_WAY));
			}
			throw thrown;
		});
	}

	private reportAll(batch: Batch, result: ImportResult): void {
		for (const entry of batch) this.report(entry, result);
	}
}

const WITHOUT_BATCH_ID =
	'ActiveCampaign accepted the contacts but returned no batch ID, so their results cannot be read';
const STOPPED_ON_ITS_WAY =
	'The execution was stopped before ActiveCampaign responded, so it is not known whether it accepted the contacts';
