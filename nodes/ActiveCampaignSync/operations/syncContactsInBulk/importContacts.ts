import type { Account } from '../../account/account';
import { AccountFailure } from '../../shared/failure';
import type { ImportEntry } from './importBatches';
import { notImported } from './importResult';
import type { RunOptions } from '../../run/options';
import { pollImports } from './pollImports';
import type { BatchSubmission, Report } from './submitBatches';

/** An import that ActiveCampaign broke off is submitted this often in all. */
const MAX_SUBMISSIONS = 3;

/**
 * Submits batches of contacts, waits for the results if asked to, and submits again what imports that broke off did
 * not come to, or may not have: all of it, since it is an upsert.
 * @throws only when stopped
 */
export async function importContacts(
	account: Account,
	submission: BatchSubmission,
	batches: ReadonlyArray<readonly ImportEntry[]>,
	{ waitForResult, maxWaitMs }: Pick<RunOptions, 'waitForResult' | 'maxWaitMs'>,
	report: Report,
): Promise<void> {
	let accepted = await submission.submit(batches);
	if (!waitForResult) return;
	const until = performance.now() + maxWaitMs;
	for (let submissions = 1; accepted.length > 0; submissions += 1) {
		const interrupted = await pollImports(account, accepted, until, report);
		if (submissions >= MAX_SUBMISSIONS) {
			for (const { entries, batchId } of interrupted) {
				for (const entry of entries) report(entry, notImported(BROKEN_OFF, batchId));
			}
			return;
		}
		accepted = await submission.submit(interrupted.map(({ entries }) => entries));
	}
}

const BROKEN_OFF = new AccountFailure(
	'unavailable',
	`ActiveCampaign broke off the import ${MAX_SUBMISSIONS} times`,
	'Run the workflow again for these items later: contacts that are already there are only updated',
);
