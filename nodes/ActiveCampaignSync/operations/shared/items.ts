import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { AccountFailure } from '../../shared/failure';
import { textOf } from '../../shared/json';
import type { ContactPlan } from '../../contact/contactPlan';
import { InputError } from '../../shared/inputError';
import { itemRanges } from '../../shared/itemRanges';
import { explain, isFailure, type Failure } from '../../shared/result';

/** The option of n8n's node errors, whose type is not exported under a name. */
type DeclaredFailure = NonNullable<NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure']>;

/** What became of one input item. With JSON and a failure, part of the work was done. */
export interface ItemOutcome {
	readonly json?: IDataObject;
	/** What was done with the contact, for the hint: with Simplify off, the JSON does not contain it. */
	readonly action?: 'created' | 'updated' | 'skipped' | 'found' | 'deleted' | 'notFound' | 'dryRun';
	readonly failure?: Failure;
	/** The item's JSON already contains the failure, so the failure does not stop the workflow. */
	readonly isReported?: boolean;
}

/** What is reported with an item's outcome, although other items may share that outcome. */
export type ItemReport = Pick<ContactPlan, 'warnings' | 'unmapped'>;

/**
 * What became of each input item, in their order: the one place that links output to input, and continues or throws
 * when an item failed, whatever the operation.
 */
export class ItemOutcomes {
	private readonly outcomes: Array<ItemOutcome | undefined>;
	private readonly reports = new Map<number, ItemReport>();

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

	/** Keeps what is put out with the item's outcome, beside what was kept before. */
	report(itemIndex: number, { warnings, unmapped }: ItemReport): void {
		if (warnings.length === 0 && unmapped.length === 0) return;
		const known = this.reports.get(itemIndex);
		this.reports.set(itemIndex, {
			warnings: [...(known?.warnings ?? []), ...warnings],
			unmapped: [...(known?.unmapped ?? []), ...unmapped],
		});
	}

	/** Does part of an item's work; if it throws, the item has failed. */
	attempt(itemIndex: number, work: () => void): void {
		try {
			work();
		} catch (thrown) {
			this.set(itemIndex, { failure: toFailure(thrown) });
		}
	}

	/** Fails every item that has no outcome yet. */
	failRest(failure: Failure): void {
		for (const itemIndex of this.indexes()) this.outcomes[itemIndex] ??= { failure };
	}

	/** Replaces the outcomes known so far. */
	revise(change: (outcome: ItemOutcome) => ItemOutcome): void {
		this.outcomes.forEach((outcome, itemIndex) => outcome && this.set(itemIndex, change(outcome)));
	}

	/** How many items have such an outcome. */
	countOf(matches: (outcome: ItemOutcome) => boolean): number {
		return this.outcomes.filter((outcome) => outcome !== undefined && matches(outcome)).length;
	}

	/** The JSON of the items that have some. */
	outputs(): IDataObject[] {
		return this.outcomes.flatMap((outcome) => (outcome?.json ? [outcome.json] : []));
	}

	/** The keys of items that match no column, each once. */
	unmappedKeys(): string[] {
		return [...new Set([...this.reports.values()].flatMap(({ unmapped }) => unmapped.map(({ key }) => key)))];
	}

	/**
	 * The node's output, one item for each input item, linked to it.
	 * @throws NodeOperationError or NodeApiError for the first item that failed, unless the node continues on fail.
	 * A stopped run does not throw, so that what was done stays in the execution's log.
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
			return [{ json: this.output(outcome, itemIndex), pairedItem: { item: itemIndex } }];
		});
	}

	/**
	 * Writes a line for each failed item to n8n's log, at its level "debug", to go with those of its requests. Without the
	 * failure's message, which may quote what was entered.
	 */
	logFailures(): void {
		const { context } = this;
		this.outcomes.forEach((outcome, itemIndex) => {
			if (!outcome?.failure) return;
			const { kind, details } = outcome.failure;
			context.logger.debug('ActiveCampaign Sync item failed', {
				executionId: context.getExecutionId(),
				items: itemRanges([itemIndex]),
				failure: kind,
				status: details.httpCode,
				outcomeUnknown: details.outcomeUnknown,
			});
		});
	}

	/** Which items are done, counted from 1, without personal data, e.g. "3 of 9 items were done: 1-2, 5". */
	progress(): string {
		const done = this.indexes().filter((itemIndex) => this.outcomes[itemIndex]?.json !== undefined);
		const shown = itemRanges(done);
		return `${done.length} of ${this.count} items were done${shown ? `: ${shown}` : ''}`;
	}

	private output(outcome: ItemOutcome, itemIndex: number): IDataObject {
		const { failure, isReported } = outcome;
		const json = outcome.json && { ...outcome.json, ...this.reported(itemIndex, outcome.json) };
		if (!failure || (isReported && !this.context.continueOnFail())) return json ?? {};
		const error = explain(failure);
		// n8n sends an item to the error output only if it has no keys besides these.
		if (json && this.context.getNode().onError === 'continueErrorOutput') return { error, details: json };
		return { ...json, error };
	}

	private reported(itemIndex: number, { warnings: shared }: IDataObject): IDataObject {
		const { warnings: own = [], unmapped = [] } = this.reports.get(itemIndex) ?? {};
		const warnings = [...own, ...(Array.isArray(shared) ? shared.map(String) : [])];
		return {
			...(warnings.length > 0 ? { warnings } : {}),
			...(unmapped.length > 0 ? { unmapped: unmapped.map((one) => ({ ...one })) } : {}),
		};
	}

	/** Follows the description of the first failure, e.g. ". 3 more items failed. 96 of 100 items were synced". */
	private summary(): string {
		if (this.count === 1) return '';
		const failed = this.countOf(({ failure }) => failure !== undefined);
		const others = failed > 1 ? ` ${failed - 1} more ${failed === 2 ? 'item' : 'items'} failed.` : '';
		const done = this.count - failed;
		return `.${others} ${done === 0 ? 'None' : done} of ${this.count} items ${done === 1 ? 'was' : 'were'} synced`;
	}
}

/** What an operation does: sets the outcome of every item that it comes to. */
export type Execute = (context: IExecuteFunctions, outcomes: ItemOutcomes) => Promise<void>;

/** Runs an operation over all input items. @throws as `ItemOutcomes.finish` does */
export async function runOperation(
	context: IExecuteFunctions,
	execute: Execute,
): Promise<INodeExecutionData[]> {
	const outcomes = new ItemOutcomes(context);
	try {
		await execute(context, outcomes);
	} catch (thrown) {
		outcomes.failRest(toFailure(thrown));
	}
	outcomes.logFailures();
	const isStopped = context.getExecutionCancelSignal()?.aborted === true;
	// n8n does not keep the output of a stopped node; its log then says how far the run came.
	if (isStopped) context.logger.info(`ActiveCampaign Sync was stopped. ${outcomes.progress()}`);
	return outcomes.finish(isStopped);
}

/** Why an item failed. Even a bug of this node only fails the item, so that it never affects the others. */
export function toFailure(thrown: unknown): Failure {
	if (isFailure(thrown)) return thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	if (thrown instanceof Error && !PROGRAMMING_ERRORS.has(thrown.name)) {
		// n8n's own message, e.g. for an expression that does not resolve or a missing credential.
		const description = 'description' in thrown ? textOf(thrown.description) : '';
		return new InputError(message, description || "Check the node's parameters and their expressions");
	}
	return new InputError(
		`Something unexpected happened: ${message}`,
		'Please report this to the maintainers, with the workflow if you can share it',
	);
}

/** The names of the errors that JavaScript throws for a bug. */
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
