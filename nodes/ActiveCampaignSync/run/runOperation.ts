import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Account } from '../account/account';
import { givenEmail } from '../input/readContact';
import { ItemOutcomes, toFailure } from './items';
import { OperationRun, type Execute } from './operation';
import { getRunOptions } from './options';

/** Runs an operation over all input items. @throws as `ItemOutcomes.finish` does */
export async function runOperation(
	context: IExecuteFunctions,
	execute: Execute,
): Promise<INodeExecutionData[]> {
	const outcomes = new ItemOutcomes(context, givenEmail);
	const signal = context.getExecutionCancelSignal();
	try {
		const options = getRunOptions(context);
		const account = await Account.open(context, options.requestsPerSecond, signal);
		await execute(new OperationRun(context, outcomes, options, account));
	} catch (thrown) {
		outcomes.failRest(toFailure(thrown));
	}
	outcomes.logFailures();
	const isStopped = signal?.aborted === true;
	// n8n does not keep the output of a stopped node; its log then says how far the run came.
	if (isStopped) context.logger.info(`ActiveCampaign Sync was stopped. ${outcomes.progress()}`);
	return await outcomes.finish(isStopped);
}
