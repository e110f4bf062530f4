import { explain } from '../../shared/result';
import type { Account } from '../../transport/account';
import { RetryBudget } from '../../transport/retryState';
import { AccountFailure, PASSING } from '../../shared/failure';
import { settle, type Result } from '../../shared/result';
import { generalLimit, type PaceLimit } from '../../transport/pace';
import { pause, pauseUnless, sharedThrottle, stopped, type Throttle } from '../../transport/throttle';
import { importBody, type ImportEntry } from '../../contact/import/importBatches';
import {
	isComplete,
	pollWaitMs,
	readImportInfo,
	readQueued,
	entriesWithUnknownResult,
} from '../../contact/import/importInfo';
import type { ImportInfo, QueuedBatch } from '../../contact/import/importInfo';
import { splitRejectedBatch } from '../../contact/import/rejectedBatch';
import {
	knownResults,
	completedResults,
	pending,
	refused,
	type ImportResult,
	type RecognizedContacts,
	type AcceptedBatch,
} from '../../contact/import/importResult';
import { importedEmails } from './importedEmails';
import { mapWithConcurrency } from '../shared/mapWithConcurrency';

/** An import that ActiveCampaign broke off is submitted again this often in all. */
const MAX_SUBMISSIONS = 3;
/** A request after whose answer it is not known whether the batch was taken is made this often in all. */
const MAX_UNCLEAR_RESPONSES = 3;
/**
 * Refused requests in a row, over the whole run, after which refused batches are no longer sent again in parts: several
 * times what it takes to find one bad contact in a batch, and half a minute's worth of the import limit.
 */
const MAX_REFUSED_IN_ROW = 60;
/** Looks in a row that did not work, after which an import is not looked at any more: fewer if waiting is no help. */
const MAX_FAILED_POLLS = { lasting: 3, passing: 10 };
/** A completed import whose info does not name all of its contacts is looked at so often before that is believed. */
const MAX_INCOMPLETE_INFOS = 3;
/** The part of the account's pace that all looks at imports may take, even while they are frequent. */
const SHARE_FOR_LOOKS = 0.8;

const PURPOSE = { action: 'import the contacts', permission: 'import contacts' };
const INFO_PURPOSE = { action: 'read how far the import is', permission: 'import contacts' };

/** Submits batches of contacts and finds out what becomes of each; every contact gets a result. */
export class BulkImport {
	/** Batches taken by the account so far. */
	takenCount = 0;

	private refusedInRow = 0;
	private readonly looks: Throttle;
	private readonly lookLimit: PaceLimit;

	constructor(
		private readonly account: Account,
		requestsPerSecond: number,
		private readonly excludeAutomations: boolean,
		private readonly report: (entry: ImportEntry, result: ImportResult) => void,
	) {
		this.looks = sharedThrottle(`${account.key} import info`);
		this.lookLimit = generalLimit(requestsPerSecond * SHARE_FOR_LOOKS);
	}

	/**
	 * Submits a batch. Contacts that the account refuses are reported, and the rest is sent again without them.
	 * @param times how often these contacts were submitted, this time included
	 * @returns the batches that the account took
	 * @throws only when stopped
	 */
	async submit(batch: readonly ImportEntry[], times = 1): Promise<AcceptedBatch[]> {
		const taken: AcceptedBatch[] = [];
		const parts = [batch];
		for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
			const sent = part;
			const { value: accepted, failure } = await this.send(part).catch((thrown: unknown) =>
				this.noteStop(sent, thrown),
			);
			if (failure) {
				if (failure.kind === 'rejected') this.refusedInRow += 1;
				const { results, parts: smaller } = splitRejectedBatch(
					part,
					failure,
					this.refusedInRow < MAX_REFUSED_IN_ROW,
				);
				for (const [entry, result] of results) this.report(entry, result);
				parts.unshift(...smaller);
			} else {
				this.takenCount += 1;
				this.refusedInRow = 0;
				taken.push({ ...accepted, entries: part, times });
				const result = pending(accepted.batchId ? undefined : WITHOUT_BATCH_ID, accepted.batchId);
				for (const entry of part) this.report(entry, result);
			}
		}
		return taken;
	}

	/** Waits until batches are done, or for `maxWaitMs`. @throws only when stopped */
	async waitForResults(taken: readonly AcceptedBatch[], maxWaitMs: number): Promise<void> {
		await this.followAll(taken, performance.now() + maxWaitMs);
	}

	/**
	 * Sends one request. After an unclear answer it is made again: without the batch id that the answer would have held,
	 * the API has no way to ask whether this very batch was taken (`GET /import/bulk_import` counts batches by the day,
	 * those of everybody on the account), and importing it twice ends in the same contacts, since it is an upsert.
	 */
	private async send(part: readonly ImportEntry[]): Promise<Result<QueuedBatch>> {
		for (let tries = 1; ; tries += 1) {
			const { value, failure = NO_BATCH_ID } = await settle(
				this.account.call({
					method: 'POST',
					path: '/import/bulk_import',
					body: importBody(part, this.excludeAutomations),
					purpose: PURPOSE,
					isImport: true,
					isEssential: true,
				}),
			);
			const queued = value && readQueued(value.body);
			if (queued) return { value: queued };
			// What passes by itself has been tried again and again by then, but the import limit is one of a whole minute.
			const isWorthAnother =
				failure.kind === 'rateLimited' || (failure.details.outcomeUnknown && !PASSING.has(failure.kind));
			if (!isWorthAnother || tries >= MAX_UNCLEAR_RESPONSES) return { failure };
			const { signal } = this.account;
			await pauseUnless(() => (signal?.aborted ? stopped(true) : undefined), pollWaitMs(tries - 1));
		}
	}

	/** Whether a batch that was on its way at a stop was taken, nobody can tell. @throws what it is given */
	private noteStop(part: readonly ImportEntry[], thrown: unknown): never {
		if (thrown instanceof AccountFailure && thrown.details.outcomeUnknown) {
			for (const entry of part) this.report(entry, pending(STOPPED_ON_ITS_WAY));
		}
		throw thrown;
	}

	private async followAll(taken: readonly AcceptedBatch[], until: number): Promise<void> {
		await mapWithConcurrency(
			taken,
			{ concurrency: taken.length },
			async (batch) => await this.follow(batch, until),
		);
	}

	private async follow(batch: AcceptedBatch, until: number): Promise<void> {
		if (batch.batchId === undefined) return;
		const info = await this.finalInfo(batch, batch.batchId, until);
		if (typeof info === 'string') {
			for (const entry of batch.entries) this.report(entry, pending(info, batch.batchId));
			return;
		}
		const recognized = await this.recognize(batch, info);
		if (info.state === 'broken') {
			await this.goOnAfterBreak(batch, knownResults(batch, info, recognized), until);
			return;
		}
		for (const [entry, result] of completedResults(batch, info, recognized)) this.report(entry, result);
	}

	/** Looks at a batch until it is done. @returns its last info, or why it is not known */
	private async finalInfo(
		{ entries, queued = entries.length }: AcceptedBatch,
		batchId: string,
		until: number,
	): Promise<ImportInfo | string> {
		let reason = NOT_DONE;
		let failedInRow = 0;
		let incomplete = 0;
		for (let looks = 0; performance.now() < until; looks += 1) {
			const waitMs = pollWaitMs(looks, this.takenCount);
			await pause(Math.min(waitMs, until - performance.now()), this.account.signal);
			const { value: info, failure } = await settle(this.look(batchId));
			reason = failure ? explain(failure) : NOT_DONE;
			failedInRow = failure ? failedInRow + 1 : 0;
			if (failure) {
				const most = MAX_FAILED_POLLS[PASSING.has(failure.kind) ? 'passing' : 'lasting'];
				if (failedInRow >= most) break;
			} else if (info.state !== 'underWay') {
				incomplete += 1;
				const isFinal = info.state === 'broken' || isComplete(info, queued);
				if (isFinal || incomplete >= MAX_INCOMPLETE_INFOS) return info;
			}
		}
		return reason;
	}

	private async look(batchId: string): Promise<ImportInfo> {
		const { signal } = this.account;
		const budget = new RetryBudget('background');
		await this.looks.acquire(this.lookLimit, this.account, budget, () =>
			signal?.aborted ? stopped() : undefined,
		);
		const { body } = await this.account.call(
			{ method: 'GET', path: '/import/info', query: [['batchId', batchId]], purpose: INFO_PURPOSE },
			budget,
		);
		return readImportInfo(body);
	}

	/** Whose the ids of the imported are, as far as the info leaves it open. */
	private async recognize({ entries }: AcceptedBatch, info: ImportInfo): Promise<RecognizedContacts> {
		const open = entriesWithUnknownResult(entries, info);
		if (open.length === 0) return { value: new Set() };
		return await settle(importedEmails(this.account, info.importedIds, open));
	}

	/** Submits again what a broken import did not come to; where that is not known, all: it is an upsert. */
	private async goOnAfterBreak(
		batch: AcceptedBatch,
		known: ReadonlyMap<ImportEntry, ImportResult>,
		until: number,
	): Promise<void> {
		for (const [entry, result] of known) this.report(entry, result);
		const rest = batch.entries.filter((entry) => !known.has(entry));
		if (batch.times >= MAX_SUBMISSIONS) {
			for (const entry of rest) this.report(entry, refused(BROKEN_OFF, batch.batchId));
		} else if (rest.length > 0) {
			await this.followAll(await this.submit(rest, batch.times + 1), until);
		}
	}
}

const NO_BATCH_ID = new AccountFailure(
	'noData',
	'It is not known whether ActiveCampaign took the contacts: its answer holds no batch id',
	'Run the workflow again for these items: contacts that are there already are only updated',
	{ outcomeUnknown: true },
);
const BROKEN_OFF = new AccountFailure(
	'unavailable',
	`ActiveCampaign broke the import off ${MAX_SUBMISSIONS} times`,
	'Run the workflow again for these items later: contacts that are there already are only updated',
);
const WITHOUT_BATCH_ID =
	'ActiveCampaign took the contacts, but gave no batch id, so that what becomes of them cannot be read';
const STOPPED_ON_ITS_WAY =
	'The execution was stopped before ActiveCampaign answered, so that it is not known whether it took the contacts';
const NOT_DONE = 'ActiveCampaign had not said that the import is done when the longest wait was over';
