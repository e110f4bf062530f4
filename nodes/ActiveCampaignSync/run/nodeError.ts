import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { type AccountFailure, InputError, type Failure } from '../shared/failure';
import { textOf } from '../shared/json';

/** How many failed items a message lists besides the first. */
const MAX_LISTED = 3;

/** An item that failed. */
export interface FailedItem {
	readonly itemIndex: number;
	readonly failure: Failure;
}

type Failed = readonly [FailedItem, ...FailedItem[]];

/** The option of n8n's node errors, whose type is not exported under a name. */
type DeclaredFailure = NonNullable<NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure']>;

/**
 * The error that stops the workflow: what happened to the first item that failed, and in the description what to do
 * about it, which contact it is, and what became of the others. Items are counted from 1; n8n does not get the index
 * of the item, since it would show that too, counted from 0.
 * @param failed all items that failed, the one to name first
 * @param count of all items of the run
 * @param contactOf what to call the contact of an item, '' if that is not known
 */
export function nodeError(
	node: INode,
	failed: Failed,
	count: number,
	contactOf: (itemIndex: number) => string,
): Error {
	const [{ failure }] = failed;
	const { message } = failure;
	const description =
		count === 1 ? failure.description : describeRun(failed, count, contactOf, doneWord(node));
	if (failure instanceof InputError) {
		return withExactMessage(new NodeOperationError(node, message, { description }), message);
	}
	const { httpCode } = failure.details;
	const declared = declaredFailure(failure);
	const error = new NodeApiError(
		node,
		{ message, description },
		{ message, description, httpCode, ...(declared ? { failure: declared } : {}) },
	);
	return withExactMessage(error, message);
}

function describeRun(
	[first, ...others]: Failed,
	count: number,
	contactOf: (itemIndex: number) => string,
	done: string,
): string {
	const name = (word: string, { itemIndex }: FailedItem): string => {
		const contact = contactOf(itemIndex);
		return `${word} ${itemIndex + 1}${contact === '' ? '' : ` (${contact})`}`;
	};
	const isSame = ({ failure }: FailedItem) => failure.message === first.failure.message;
	const sentences = [`${name('Item', first)}: ${first.failure.description}`];
	if (others.length > 0) {
		const listed = others
			.filter((item) => !isSame(item))
			.slice(0, MAX_LISTED)
			.map((item) => `${name('item', item)}: ${item.failure.message}`);
		sentences.push(
			`${others.length} more ${others.length === 1 ? 'item' : 'items'} failed` +
				(listed.length === 0 ? ' for the same reason' : `: ${listed.join('; ')}`),
		);
	}
	const doneCount = count - others.length - 1;
	sentences.push(
		`${doneCount === 0 ? 'None' : doneCount} of ${count} items ${doneCount === 1 ? 'was' : 'were'} ${done}`,
	);
	return sentences.join('. ');
}

/** What the operation has done with the items that did not fail. */
function doneWord({ parameters }: INode): string {
	return ['getContact', 'deleteContact'].includes(textOf(parameters['operation'])) ? 'done' : 'synced';
}

/** n8n replaces a message that contains an error code, such as the EPERM in an address like "sleepermail". */
function withExactMessage<NodeError extends Error>(error: NodeError, message: string): NodeError {
	error.message = message;
	return error;
}

/** The failure as newer versions of n8n expect it; older ones ignore it. */
function declaredFailure({ kind, details: { retryAfterMs } }: AccountFailure): DeclaredFailure | undefined {
	switch (kind) {
		case 'rateLimited':
			return { cause: 'rate-limited', retryAfterMs };
		case 'unavailable':
			return { cause: 'temporarily-unavailable', retryAfterMs };
		case 'forbidden':
			return { cause: 'credential-invalid' };
		case 'wrongAccount':
			return { cause: 'configuration-invalid' };
		default:
			return undefined;
	}
}
