import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { AccountFailure } from '../../shared/failure';
import { textOf } from '../../shared/json';
import { InputError } from '../../shared/inputError';
import { explain, isFailure, type Failure } from '../../shared/result';

/** The option of n8n's node errors, whose type is not exported under a name. */
type DeclaredFailure = NonNullable<NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure']>;

/** What became of one input item. With both, part of the work was done before something stood in the way. */
export interface ItemOutcome {
	readonly json?: IDataObject;
	/** What was done with the contact, for the summary; the JSON need not hold it. */
	readonly action?: 'created' | 'updated' | 'dryRun';
	readonly failure?: Failure;
	/** The item's JSON tells of the failure already, so it stops no workflow. */
	readonly isReported?: boolean;
}

/**
 * What a run has to tell of each of its items, in their order: the one place that links output to input, continues on
 * fail or stops, whatever the operation.
 */
export class ItemOutcomes {
	private readonly outcomes: Array<ItemOutcome | undefined>;

	constructor(private readonly context: IExecuteFunctions) {
		this.outcomes = context.getInputData().map(() => undefined);
	}

	get count(): number {
		return this.outcomes.length;
	}

	indexes(): number[] {
		return [...this.outcomes.keys()];
	}

	set(itemIndex: number, outcome: ItemOutcome): void {
		this.outcomes[itemIndex] = outcome;
	}

	/** Reads something from an item's parameters, and takes what stops it as the item's outcome. */
	attempt<Result>(itemIndex: number, read: () => Result): Result | undefined {
		try {
			return read();
		} catch (thrown) {
			this.set(itemIndex, { failure: toFailure(thrown) });
			return undefined;
		}
	}

	/** What stands in the way of the whole run is the outcome of every item that has none yet. */
	failRest(failure: Failure): void {
		for (const itemIndex of this.indexes()) this.outcomes[itemIndex] ??= { failure };
	}

	/** Replaces the outcomes that are there. */
	revise(change: (outcome: ItemOutcome) => ItemOutcome): void {
		this.outcomes.forEach((outcome, itemIndex) => outcome && this.set(itemIndex, change(outcome)));
	}

	/** How many items ended so. */
	countOf(matches: (outcome: ItemOutcome) => boolean): number {
		return this.outcomes.filter((outcome) => outcome !== undefined && matches(outcome)).length;
	}

	/** What is put out for the items that have something, apart from what stopped them. */
	outputs(): IDataObject[] {
		return this.outcomes.flatMap((outcome) => (outcome?.json ? [outcome.json] : []));
	}

	/**
	 * The node's output, one item for each input item, linked to it.
	 * @throws NodeOperationError or NodeApiError for the first item that failed, unless the node continues on fail.
	 * After a stop there is no throw, so that what was done stays in the execution's log.
	 */
	finish(isStopped: boolean): INodeExecutionData[] {
		const continues = this.context.continueOnFail();
		const [first] = this.outcomes.flatMap((outcome, itemIndex) =>
			outcome?.failure && !outcome.isReported ? [{ itemIndex, failure: outcome.failure }] : [],
		);
		if (first && !continues && !isStopped) {
			throw nodeError(this.context.getNode(), first.failure, first.itemIndex, this.summary());
		}
		return this.outcomes.flatMap((outcome, itemIndex) => {
			if (!outcome || (isStopped && !continues && outcome.failure && !outcome.json)) return [];
			return [{ json: this.output(outcome), pairedItem: { item: itemIndex } }];
		});
	}

	/** Which items are done, without saying who they are, e.g. "3 of 9 items were done: 0-1, 4". */
	progress(): string {
		const done = this.indexes().filter((itemIndex) => this.outcomes[itemIndex]?.json !== undefined);
		const ranges: Array<[number, number]> = [];
		for (const itemIndex of done) {
			const last = ranges.at(-1);
			if (last && last[1] === itemIndex - 1) last[1] = itemIndex;
			else ranges.push([itemIndex, itemIndex]);
		}
		const shown = ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
		return `${done.length} of ${this.count} items were done${shown ? `: ${shown}` : ''}`;
	}

	private output({ json, failure, isReported }: ItemOutcome): IDataObject {
		if (!failure || (isReported && !this.context.continueOnFail())) return json ?? {};
		const error = explain(failure);
		// n8n takes an item for its error output only if it holds nothing besides these keys.
		if (json && this.context.getNode().onError === 'continueErrorOutput') return { error, details: json };
		return { ...json, error };
	}

	private summary(): string {
		if (this.count === 1) return '';
		const failed = this.countOf(({ failure }) => failure !== undefined);
		const others = failed > 1 ? ` ${failed - 1} more could not be done either.` : '';
		const done = this.count - failed;
		return `.${others} ${done === 0 ? 'None' : done} of ${this.count} items ${done === 1 ? 'was' : 'were'} done`;
	}
}

/** An operation: does its work and sets the outcome of every item that it came to. */
export type Operation = (context: IExecuteFunctions, outcomes: ItemOutcomes) => Promise<void>;

/** Runs an operation over all input items. @throws as `ItemOutcomes.finish` does */
export async function runOperation(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const outcomes = new ItemOutcomes(context);
	try {
		await operation(context, outcomes);
	} catch (thrown) {
		outcomes.failRest(toFailure(thrown));
	}
	const isStopped = context.getExecutionCancelSignal()?.aborted === true;
	// n8n keeps no output of a node that was stopped; its log then tells how far the run came.
	if (isStopped) context.logger.info(`ActiveCampaign Sync was stopped. ${outcomes.progress()}`);
	return outcomes.finish(isStopped);
}

/** Why an item failed. What nobody has foreseen is told as such, so that one item never costs all the others. */
export function toFailure(thrown: unknown): Failure {
	if (isFailure(thrown)) return thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	if (thrown instanceof Error && !PROGRAMMING_ERRORS.has(thrown.name)) {
		// n8n's own words, of an expression that does not resolve or a credential that is not there.
		const description = 'description' in thrown ? textOf(thrown.description) : '';
		return new InputError(message, description || "Check the node's parameters and their expressions");
	}
	return new InputError(
		`Something unexpected happened: ${message}`,
		'Please report this to the makers of the node, with the workflow if you can share it',
	);
}

/** The names of what JavaScript throws when code is wrong. */
const PROGRAMMING_ERRORS = new Set(['TypeError', 'RangeError', 'ReferenceError']);

function nodeError(node: INode, failure: Failure, itemIndex: number, summary: string): Error {
	const { message } = failure;
	const description = `${failure.description}${summary}`;
	if (failure instanceof InputError) {
		return withExactMessage(new NodeOperationError(node, message, { itemIndex, description }), message);
	}
	const { httpCode } = failure.details;
	const declared = declaredFailure(failure);
	const error = new NodeApiError(
		node,
		{ message, description },
		{ message, description, httpCode, itemIndex, ...(declared ? { failure: declared } : {}) },
	);
	return withExactMessage(error, message);
}

/** n8n puts its own words for a message that holds a code, such as the EPERM in an address like "sleepermail". */
function withExactMessage<NodeError extends Error>(error: NodeError, message: string): NodeError {
	error.message = message;
	return error;
}

/** The failure as newer versions of n8n want it declared; older ones ignore it. */
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
