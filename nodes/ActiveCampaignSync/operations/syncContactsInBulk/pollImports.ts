import type { Account } from '../../account/account';
import { pause } from '../../account/throttle';
import { AccountFailure, explain } from '../../shared/failure';
import { settle, type Result } from '../../shared/result';
import {
	entriesWithUnknownResult,
	isComplete,
	pollWaitMs,
	readImportInfo,
	type ImportInfo,
} from './importInfo';
import {
	completedResults,
	knownResults,
	pending,
	type AcceptedBatch,
	type RecognizedContacts,
} from './importResult';
import { mapWithConcurrency } from '../../run/mapWithConcurrency';
import { importedEmails } from './importedEmails';
import type { Report } from './submitBatches';

/** An import is not polled again after so many failed polls in a row; each was retried before it failed. */
const MAX_FAILED_POLLS = 3;
/** A completed import whose info does not list all of its contacts is polled this often before that is believed. */
const MAX_INCOMPLETE_INFOS = 3;

const PURPOSE = { action: 'read the result of the import', permission: 'import contacts' };

/**
 * Polls imports until each is done, or until a time by `performance.now()`, and reports the results.
 * @returns the imports that broke off, with only the contacts that they did not come to
 * @throws only when stopped
 */
export async function pollImports(
	account: Account,
	batches: readonly AcceptedBatch[],
	until: number,
	report: Report,
): Promise<AcceptedBatch[]> {
	const interrupted: AcceptedBatch[] = [];
	const pollOne = async (batch: AcceptedBatch) => {
		const { batchId } = batch;
		if (batchId === undefined) return;
		const waitMs = (polls: number) => pollWaitMs(polls, batches.length);
		const { value: info, failure } = await finalInfo(account, batch, batchId, waitMs, until);
		if (failure) {
			for (const entry of batch.entries) report(entry, pending(explain(failure), batchId));
			return;
		}
		const recognized = await recognize(account, batch, info);
		const isBroken = info.state === 'broken';
		const results = (isBroken ? knownResults : completedResults)(batch, info, recognized);
		for (const [entry, result] of results) report(entry, result);
		const rest = batch.entries.filter((entry) => !results.has(entry));
		if (rest.length > 0) interrupted.push({ ...batch, entries: rest });
	};
	await mapWithConcurrency(batches, { concurrency: batches.length }, pollOne);
	return interrupted;
}

/** Polls an import until it is done. @returns its last info, or why it is not known */
async function finalInfo(
	account: Account,
	{ entries, queued = entries.length }: AcceptedBatch,
	batchId: string,
	waitMs: (polls: number) => number,
	until: number,
): Promise<Result<ImportInfo>> {
	let latest: Result<ImportInfo> = { failure: NOT_DONE };
	let failedInRow = 0;
	let incomplete = 0;
	for (let polls = 0; performance.now() < until && failedInRow < MAX_FAILED_POLLS; polls += 1) {
		await pause(Math.min(waitMs(polls), until - performance.now()), account.signal);
		latest = await settle(readInfo(account, batchId));
		const { value: info } = latest;
		failedInRow = info ? 0 : failedInRow + 1;
		if (!info || info.state === 'inFlight') continue;
		incomplete += 1;
		if (info.state === 'broken' || isComplete(info, queued) || incomplete >= MAX_INCOMPLETE_INFOS) {
			return latest;
		}
	}
	return latest.failure ? latest : { failure: NOT_DONE };
}

async function readInfo(account: Account, batchId: string): Promise<ImportInfo> {
	const query = [['batchId', batchId]] as const;
	const { body } = await account
		.scope([], 'background')
		.call({ method: 'GET', path: '/import/info', query, purpose: PURPOSE });
	return readImportInfo(body);
}

/** Whose the ids of the imported contacts are, as far as the info leaves it open. */
async function recognize(
	account: Account,
	{ entries }: AcceptedBatch,
	info: ImportInfo,
): Promise<RecognizedContacts> {
	const open = entriesWithUnknownResult(entries, info);
	if (open.length === 0) return { value: new Set() };
	return await settle(importedEmails(account, info.importedIds, open));
}

const NOT_DONE = new AccountFailure(
	'unavailable',
	"ActiveCampaign had not finished the import when the time of 'Maximum Wait (Minutes)' was over",
	'Look for the contact in ActiveCampaign later',
);
