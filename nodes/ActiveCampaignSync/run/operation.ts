import type { IExecuteFunctions } from 'n8n-workflow';

import type { Account } from '../account/account';
import { forEachConcurrently } from './concurrency';
import { escapeHtml, LINE_BREAK } from '../shared/text';
import type { ItemOutcomes } from './items';
import type { RunOptions } from './options';

/** More than this is never in flight at once: enough for an account that takes 20 seconds to respond. */
const CONCURRENCY = 100;

/** What an operation does: sets the outcome of every item that it comes to. */
export type Execute = (run: OperationRun) => Promise<void>;

/** One run of an operation over the input items. */
export class OperationRun {
	constructor(
		readonly context: IExecuteFunctions,
		readonly outcomes: ItemOutcomes,
		readonly options: RunOptions,
		readonly account: Account,
	) {}

	/** Works on many things at once, in their order; nothing more is begun once the user stops. @throws what `work` throws */
	async forEach<Thing>(things: readonly Thing[], work: (thing: Thing) => Promise<void>): Promise<void> {
		const shouldContinue = () => !this.account.signal?.aborted;
		await forEachConcurrently(things, { concurrency: CONCURRENCY, shouldContinue }, work);
	}

	/**
	 * Shows a hint in the output panel; empty sentences are skipped. Versions of n8n without hints do not show it.
	 * @param lines what follows, each on a line of its own
	 */
	addHint(sentences: readonly string[], lines: readonly string[] = []): void {
		const { context } = this;
		const text = sentences.filter((sentence) => sentence !== '').join(' ');
		const message = [text, ...lines].map(escapeHtml).join(LINE_BREAK);
		if ('addExecutionHints' in context) context.addExecutionHints({ message, location: 'outputPane' });
	}
}
