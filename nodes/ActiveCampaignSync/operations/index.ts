import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { OperationRun, type Execute } from '../run/operation';
import * as deleteContact from './deleteContact/deleteContact.operation';
import * as getContact from './getContact/getContact.operation';
import * as getManyContacts from './getManyContacts/getManyContacts.operation';
import * as syncContact from './syncContact/syncContact.operation';
import * as syncContactsInBulk from './syncContactsInBulk/syncContactsInBulk.operation';
import { Account } from '../account/account';
import { ItemOutcomes, toFailure } from '../run/items';
import { getRunOptions } from '../run/options';

/** What each operation's file exports. */
interface Operation {
	/** How the editor offers it. */
	readonly operation: INodePropertyOptions;
	/** Parameters that it has to itself. */
	readonly description?: readonly INodeProperties[];
	readonly execute: Execute;
}

/** All operations of the node, in the order in which the editor lists them. The first is the default. */
const OPERATIONS: readonly [Operation, ...Operation[]] = [
	syncContact,
	syncContactsInBulk,
	getContact,
	getManyContacts,
	deleteContact,
];

export const operationOptions = OPERATIONS.map(({ operation }) => operation);

/** Parameters of single operations. */
export const operationFields = OPERATIONS.flatMap(({ description = [] }) => description);

export const defaultOperation = OPERATIONS[0].operation.value;

/**
 * Runs the chosen operation over all input items.
 * @throws as `ItemOutcomes.finish` does, and when the node has no such operation
 */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const execute = executeOf(context.getNodeParameter('operation', 0, defaultOperation));
	const outcomes = new ItemOutcomes(context);
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

/** What an operation does, by the value of the parameter 'Operation'. @throws when the node has no such operation */
function executeOf(value: unknown): Execute {
	const found = OPERATIONS.find(({ operation }) => operation.value === value);
	if (!found) throw new Error(`The node has no operation '${String(value)}'`);
	return found.execute;
}
