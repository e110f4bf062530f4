import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { InputError, type Failure } from '../shared/failure';
import { escapeHtml, LINE_BREAK, namedItems } from '../shared/text';

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

/** All items of the run. */
interface AllItems {
	readonly count: number;
	/** Those that did not fail were written: none was skipped, or only checked by a dry run. */
	readonly areWritten: boolean;
	/** What to call the contact of an item, '' if that is not known. */
	readonly contactOf: (itemIndex: number) => string;
}

/**
 * The error that stops the workflow: what happened to the first item that failed, and in the description what to do
 * about it, which contact it is, and what became of the others. Items are counted from 1; n8n does not get the index
 * of the item, since it would show that too, counted from 0.
 * @param failed all items that failed, the one to name first
 */
export function nodeError(node: INode, failed: Failed, items: AllItems): Error {
	const [{ failure }] = failed;
	const { message } = failure;
	const lines =
		items.count === 1 ? [failure.description] : describeRun(failed, items, doneWords(node, items));
	const description = lines.map(escapeHtml).join(LINE_BREAK);
	if (failure instanceof InputError) {
		return withExactMessage(new NodeOperationError(node, message, { description }), message);
	}
	const { httpCode } = failure.details;
	const error = new NodeApiError(node, { message, description }, { message, description, httpCode });
	return withExactMessage(error, message);
}

function describeRun(
	[first, ...others]: Failed,
	{ count, contactOf }: AllItems,
	[noun, done]: readonly [string, string],
): string[] {
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
	return lines.filter((line) => line !== '');
}

/** What the operation has done with the items that did not fail. */
function doneWords({ parameters }: INode, { areWritten }: AllItems): readonly [string, string] {
	switch (areWritten && parameters['operation']) {
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
