import { ItemOutcomes, type ItemOutcome } from '../../../nodes/ActiveCampaignSync/run/items';
import { OperationRun } from '../../../nodes/ActiveCampaignSync/run/operation';
import { getRunOptions } from '../../../nodes/ActiveCampaignSync/run/options';

import { openAccount } from '../account/fakeAccount';
import { contextOf } from '../input/parametersOf';

/** What became of items; of one that is undefined, nothing yet. */
export function outcomesOf(...given: Array<ItemOutcome | undefined>): ItemOutcomes {
	const outcomes = new ItemOutcomes(
		contextOf(
			{},
			{},
			given.map(() => ({})),
		),
	);
	given.forEach((outcome, itemIndex) => outcome && outcomes.set(itemIndex, outcome));
	return outcomes;
}

/** A run whose items ended like this, and the hints that it shows, as sentences. */
export async function openRun(outcomes: ItemOutcomes, timesAskedToWait = 0) {
	const { account } = await openAccount(() => ({ thrown: new Error('Nobody expected this request') }));
	Object.assign(account.statistics, { timesAskedToWait, heldUpMs: timesAskedToWait * 3_000 });
	const context = contextOf({});
	const hints: Array<readonly string[]> = [];
	const run = new OperationRun(context, outcomes, getRunOptions(context), account);
	jest.spyOn(run, 'addHint').mockImplementation((sentences) => void hints.push(sentences));
	return { run, hints };
}
