import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { type AccountFailure, InputError, type Failure } from '../shared/failure';
import { LINE_BREAK, namedItems } from '../shared/text';

/** How many failed items a message lists besides the first. */
const MAX_LISTED = 3;

/** An item that failed. */
export interface FailedItem {
	readonly itemIndex: number;
	readonly failure: Failure;
	/** The contact was saved, and only something about it could not be done. */
	readonly isSaved?: boolean;
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
		count === 1 ? failure.description : describeRun(failed, count, contactOf, doneWords(node));
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
	[noun, done]: readonly [string, string],
): string {
	const name = ({ itemIndex }: FailedItem): string => {
		const contact = contactOf(itemIndex);
		return `Item ${itemIndex + 1}${contact === '' ? '' : ` (${contact})`}`;
	};
	const different = others.filter(({ failure }) => failure.message !== first.failure.message);
	const listed = different.slice(0, MAX_LISTED);
	const rest = others.length - listed.length;
	const isSameReason = listed.length === different.length;
	const saved = [first, ...others].filter(({ isSaved }) => isSaved).map(({ itemIndex }) => itemIndex);
	const doneCount = count - others.length - 1 + saved.length;
	const subject = `${doneCount === 0 ? 'None' : doneCount} of ${count} ${noun}`;
	const lines = [
		`${name(first)}: ${first.failure.description}`,
		...listed.map((item) => `${name(item)}: ${item.failure.message}`),
		rest === 0
			? ''
			: `${rest} more ${rest === 1 ? 'item' : 'items'} failed${isSameReason ? ' for the same reason' : ''}`,
		saved.length === 0
			? `${subject} ${doneCount === 1 ? 'was' : 'were'} ${done}`
			: `${subject} ${done}, ${saved.length === doneCount ? '' : `${saved.length} of them `}not completely: ${namedItems(saved)}`,
	];
	return lines.filter((line) => line !== '').join(LINE_BREAK);
}

/** What the operation has done with the items that did not fail. */
function doneWords({ parameters }: INode): readonly [string, string] {
	switch (parameters['operation']) {
		case 'syncContact':
			return ['contacts', 'saved'];
		case 'syncContactsInBulk':
			return ['contacts', 'accepted by ActiveCampaign'];
		default:
			return ['items', 'processed'];
	}
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
