import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Execute } from '../run/operation';
import * as deleteContact from './deleteContact/deleteContact.operation';
import * as getContact from './getContact/getContact.operation';
import * as getManyContacts from './getManyContacts/getManyContacts.operation';
import * as syncContact from './syncContact/syncContact.operation';
import * as syncContactsInBulk from './syncContactsInBulk/syncContactsInBulk.operation';

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

/** What an operation does, by the value of the parameter 'Operation'. @throws when the node has no such operation */
export function executeOf(value: unknown): Execute {
	const found = OPERATIONS.find(({ operation }) => operation.value === value);
	if (!found) throw new Error(`The node has no operation '${String(value)}'`);
	return found.execute;
}
