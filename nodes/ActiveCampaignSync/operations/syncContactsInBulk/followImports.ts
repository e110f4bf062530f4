import type { Account } from '../../account/account';
import { ANY_STATUS } from '../../account/contactReads';
import type { AccountRequest } from '../../account/request';
import { pause } from '../../account/throttle';
import { emailKey } from '../../input/contactReference';
import { forEachConcurrently } from '../../run/concurrency';
import { AccountFailure, explain, failureOf, type Failure } from '../../shared/failure';
import { textOf } from '../../shared/json';
import type { Batch } from './importBatches';
import {
	entriesWithUnknownResult,
	importResults,
	parseImportInfo,
	type AcceptedBatch,
	type ImportInfo,
	type RecognizedContacts,
	type Report,
} from './importResult';

/** The longest time between two polls: of one import, and for each import where there are many (milliseconds). */
const MAX_POLL_WAIT_MS = 30_000;
const MAX_POLL_WAIT_PER_BATCH_MS = 1_000;
/** An import is not polled again after so many failed polls in a row; each was retried before it failed. */
const MAX_FAILED_POLLS = 3;
/** A completed import whose info does not list all of its contacts is polled this often before that is believed. */
const MAX_INCOMPLETE_INFOS = 3;
/** Contacts asked for in one request: 100 ids fill one page, and a URL of about 2,000 characters. */
const MAX_IDS = 100;
/** Without the filter by ids, larger batches are not looked up address by address: that would take a minute for each. */
const MAX_ASKED_BY_ADDRESS = 100;

const CONTACTS_PURPOSE = { action: 'read the imported contacts', permission: 'see contacts' };

/**
 * Polls imports until each is done, or until a time by `performance.now()`, and reports the results.
 * @returns the imports that were aborted, with only the contacts that they did not reach
 * @throws only when stopped
 */
export async function followImports(
	account: Account,
	batches: readonly AcceptedBatch[],
	until: number,
	report: Report,
): Promise<AcceptedBatch[]> {
	const interrupted: AcceptedBatch[] = [];
	const waitMs = (polls: number) => Math.min(pollWaitMs(polls, batches.length), until - performance.now());
	await forEachConcurrently(batches, { concurrency: batches.length }, async (batch) => {
		const { entries, batchId } = batch;
		if (batchId === undefined) return;
		try {
			const info = await fetchFinalInfo(account, batch, waitMs);
			const results = importResults(batch, info, await recognizeContacts(account, entries, info));
			for (const [entry, result] of results) report([entry], result);
			const missed = entries.filter((entry) => !results.has(entry));
			if (missed.length > 0) interrupted.push({ ...batch, entries: missed });
		} catch (thrown) {
			report(entries, { action: 'pending', batchId, reason: explain(failureOf(thrown)) });
		}
	});
	return interrupted;
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

/**
 * Polls an import until it is done.
 * @param waitMs how long to wait after so many polls, in milliseconds; not above 0 when the time is over
 * @throws AccountFailure when the time is over, or when its info cannot be read
 */
async function fetchFinalInfo(
	account: Account,
	{ entries, batchId = '', queued = entries.length }: AcceptedBatch,
	waitMs: (polls: number) => number,
): Promise<ImportInfo> {
	const request: AccountRequest = {
		method: 'GET',
		path: '/import/info',
		query: [['batchId', batchId]],
		purpose: { action: 'read the result of the import', permission: 'import contacts' },
	};
	let failure: Failure = NOT_DONE;
	let failedInRow = 0;
	let incomplete = 0;
	for (let polls = 0; waitMs(polls) > 0 && failedInRow < MAX_FAILED_POLLS; polls += 1) {
		await pause(waitMs(polls), account.signal);
		try {
			const { body } = await account.scope([], 'background').call(request);
			const info = parseImportInfo(body);
			failure = NOT_DONE;
			failedInRow = 0;
			if (info.state === 'inFlight') continue;
			incomplete += 1;
			const isComplete = info.importedIds.size + info.failedEmails.size >= queued;
			if (info.state === 'aborted' || isComplete || incomplete >= MAX_INCOMPLETE_INFOS) return info;
		} catch (thrown) {
			failure = failureOf(thrown);
			failedInRow += 1;
		}
	}
	throw failure;
}

/** Whose the ids of the imported contacts are, as far as the info leaves it open. @throws only when stopped */
async function recognizeContacts(
	account: Account,
	batch: Batch,
	info: ImportInfo,
): Promise<RecognizedContacts> {
	const open = entriesWithUnknownResult(batch, info);
	const ids = open.length > 0 ? [...info.importedIds] : [];
	const emails = new Set<string>();
	const scope = account.scope([], 'background');
	/** @returns the ids of the contacts that came back */
	const fetchContacts = async (filter: ReadonlyArray<readonly [string, string]>): Promise<string[]> => {
		const request = { path: '/contacts', query: [...filter, ANY_STATUS], purpose: CONTACTS_PURPOSE };
		const { rows } = await scope.readPage(request, 'contacts', 0);
		for (const { id, email } of rows)
			if (info.importedIds.has(textOf(id))) emails.add(emailKey(textOf(email)));
		return rows.map(({ id }) => textOf(id));
	};
	try {
		let knowsFilter = true;
		for (let next = 0; next < ids.length && knowsFilter; next += MAX_IDS) {
			const asked = ids.slice(next, next + MAX_IDS);
			const returned = await fetchContacts(asked.map((id) => ['ids[]', id])).catch((thrown: unknown) => {
				// e.g. 414 for too many of them.
				if (failureOf(thrown).kind === 'rejected') return undefined;
				throw failureOf(thrown);
			});
			knowsFilter = returned?.every((id) => asked.includes(id)) ?? false;
		}
		if (knowsFilter || open.length > MAX_ASKED_BY_ADDRESS) return { emails };
		for (const { contact } of open) {
			if (emails.size < ids.length) await fetchContacts([['email', contact.email]]);
		}
		return { emails };
	} catch (thrown) {
		return { emails, failure: failureOf(thrown) };
	}
}

const NOT_DONE = new AccountFailure(
	'unavailable',
	"ActiveCampaign did not finish the import within 'Maximum Wait (Minutes)'",
	'Look for the contact in ActiveCampaign later',
);
