import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { textOf } from '../shared/json';
import { InputError, explain, isFailure, type Failure } from '../shared/failure';
import { itemRanges } from '../shared/text';
import { forEachInSlices } from './concurrency';
import { nodeError, type FailedItem } from './nodeError';
import { ItemParameters } from '../input/parameters';
import { givenEmail } from '../input/readContact';

/** Of how many items a hint says what became of them. */
const MAX_LINES = 5;

/** What became of one input item. With JSON and a failure, part of the work was done. */
export interface ItemOutcome {
	readonly json?: IDataObject;
	/** What is put out in place of the JSON: an item for each contact, perhaps none. */
	readonly contacts?: readonly IDataObject[];
	/** What was done with the contact, for the hint: with Simplify off, the JSON does not contain it. */
	readonly action?:
		| 'created'
		| 'updated'
		| 'skipped'
		| 'found'
		| 'deleted'
		| 'notFound'
		| 'imported'
		| 'refused'
		| 'excluded'
		| 'pending'
		| 'failed'
		| 'dryRun';
	readonly failure?: Failure;
	/** The item's JSON already contains the failure, so the failure does not stop the workflow. */
	readonly isReported?: boolean;
}

/** What is reported with an item's outcome, although other items may share that outcome. */
export interface ItemReport {
	readonly warnings: readonly string[];
	/** Input fields that filled no field, and why. */
	readonly unmapped: ReadonlyArray<{ readonly key: string; readonly reason: string }>;
	/** Fields that did not get what was given, by their names. */
	readonly unusableFields: readonly string[];
	/** Input fields that filled a field of another name. */
	readonly mapped: ReadonlyArray<{ readonly field: string; readonly from: string }>;
}

const NO_REPORT: ItemReport = { warnings: [], unmapped: [], unusableFields: [], mapped: [] };

/**
 * What became of each input item, in their order: the one place that links output to input, and continues or throws
 * when an item failed, whatever the operation.
 */
export class ItemOutcomes {
	private readonly outcomes: Array<ItemOutcome | undefined>;
	private readonly reports = new Map<number, ItemReport>();
	private parameters: ItemParameters | undefined;

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

	/** Sets the outcome that several items share. */
	setAll(itemIndexes: readonly number[], outcome: ItemOutcome): void {
		for (const itemIndex of itemIndexes) this.set(itemIndex, outcome);
	}

	/** Keeps what is put out with the item's outcome, beside what was kept before. */
	report(
		itemIndex: number,
		{ warnings = [], unmapped = [], unusableFields = [], mapped = [] }: Partial<ItemReport>,
	): void {
		if ([warnings, unmapped, unusableFields, mapped].every((list) => list.length === 0)) return;
		const known = this.reports.get(itemIndex) ?? NO_REPORT;
		this.reports.set(itemIndex, {
			warnings: [...known.warnings, ...warnings],
			unmapped: [...known.unmapped, ...unmapped],
			unusableFields: [...known.unusableFields, ...unusableFields],
			mapped: [...known.mapped, ...mapped],
		});
	}

	/** Does part of an item's work; if it throws, the item has failed. */
	tryItem(itemIndex: number, work: () => void): void {
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
		return this.all().filter(matches).length;
	}

	/** The outcomes known so far. */
	all(): ItemOutcome[] {
		return this.outcomes.filter((outcome) => outcome !== undefined);
	}

	/** The input fields of all items that filled no field, each once, with the first reason. */
	unmapped(): ItemReport['unmapped'] {
		const reasons = new Map<string, ItemReport['unmapped'][number]>();
		for (const { unmapped } of this.reports.values()) {
			for (const one of unmapped) if (!reasons.has(one.key)) reasons.set(one.key, one);
		}
		return [...reasons.values()];
	}

	/** The input fields of all items that filled a field of another name, by the name of the field, each once. */
	mapped(): Map<string, Set<string>> {
		const keys = new Map<string, Set<string>>();
		for (const { mapped } of this.reports.values()) {
			for (const { field, from } of mapped) keys.set(field, (keys.get(field) ?? new Set()).add(from));
		}
		return keys;
	}

	/** The fields that did not get what was given, each once. */
	unusableFields(): string[] {
		return [...new Set([...this.reports.values()].flatMap(({ unusableFields }) => unusableFields))];
	}

	/** A line for each of the first items with such an outcome, e.g. "Item 2 (bob@example.com): It is empty". */
	lines(matches: (outcome: ItemOutcome) => boolean): string[] {
		const all = [...this.outcomes.entries()].flatMap(([itemIndex, outcome]) =>
			outcome && matches(outcome) ? [{ itemIndex, outcome }] : [],
		);
		const shown = all.slice(0, MAX_LINES).map(({ itemIndex, outcome: { json, failure } }) => {
			const contact = this.contactOf(itemIndex);
			const reason = textOf(json?.['reason']) || (failure ? explain(failure) : '');
			return `Item ${itemIndex + 1}${contact && ` (${contact})`}: ${reason}`;
		});
		return all.length > MAX_LINES ? [...shown, `… and ${all.length - MAX_LINES} more`] : shown;
	}

	/**
	 * The node's output, one item for each input item, linked to it.
	 * @throws NodeOperationError or NodeApiError for the first item that failed, unless the node continues on fail.
	 * A stopped run does not throw, so that what was done stays in the execution's log.
	 */
	async finish(isStopped: boolean): Promise<INodeExecutionData[]> {
		const continues = this.context.continueOnFail();
		const failed = this.outcomes.flatMap((outcome, itemIndex): FailedItem[] =>
			outcome?.failure ? [{ itemIndex, failure: outcome.failure, isSaved: isSaved(outcome) }] : [],
		);
		const first = failed.find(({ itemIndex }) => !this.outcomes[itemIndex]?.isReported);
		if (first && !continues && !isStopped) {
			const others = failed.filter((item) => item !== first);
			throw nodeError(this.context.getNode(), [first, ...others], {
				count: this.count,
				areWritten: this.all().every(({ failure, action = '' }) => failure || !NOT_WRITTEN.has(action)),
				contactOf: (itemIndex) => this.contactOf(itemIndex),
			});
		}
		const items: INodeExecutionData[] = [];
		await forEachInSlices(this.outcomes.entries(), ([itemIndex, outcome]) => {
			if (!outcome || (isStopped && !continues && outcome.failure && !outcome.json)) return;
			// Copied, since several items may share them.
			const outputs = outcome.contacts?.map((contact) => ({ ...contact }));
			for (const json of outputs ?? [this.output(outcome, itemIndex)])
				items.push({ json, pairedItem: { item: itemIndex } });
		});
		return await withSameKeys(items);
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
		const done = this.indexes().filter((itemIndex) => hasOutput(this.outcomes[itemIndex]));
		const shown = itemRanges(done);
		return `${done.length} of ${this.count} items were done${shown ? `: ${shown}` : ''}`;
	}

	private output(outcome: ItemOutcome, itemIndex: number): IDataObject {
		const { failure, isReported, action } = outcome;
		const json = outcome.json && { ...outcome.json, ...this.reported(itemIndex, outcome.json, action) };
		if (!failure) return json ?? {};
		// What ActiveCampaign refused, or may still import, has not failed in this node.
		const isImport = action === 'refused' || action === 'pending' || action === 'failed';
		const failed = { action: 'failed', ...this.given(itemIndex), ...json };
		failed.action = isImport ? action : 'failed';
		if (isReported && !this.context.continueOnFail()) return failed;
		const error = explain(failure);
		if (this.context.getNode().onError !== 'continueErrorOutput') return { ...failed, error };
		// n8n adds the input's keys to an item for the error output, and sends it there only if it has no keys besides
		// these: n8n 1 the error alone, n8n 2 the details too. With an `error` beside the JSON, both replace the JSON by its
		// message.
		return action === undefined || isImport ? { error } : { error, details: failed };
	}

	/** What to call an item's contact in a message; '' if nothing is known of it. */
	private contactOf(itemIndex: number): string {
		const { email, id } = { ...this.given(itemIndex), ...this.outcomes[itemIndex]?.json };
		return textOf(email) || (textOf(id) && `ID ${textOf(id)}`);
	}

	/**
	 * Which contact the user gave for an item: `email` and `id` as they were given, so perhaps not valid. A key is missing if
	 * nothing was given, or if its expression does not resolve.
	 */
	private given(itemIndex: number): IDataObject {
		const parameters = (this.parameters ??= new ItemParameters(this.context));
		const given = (name: string): string => {
			try {
				return textOf(parameters.value(name, itemIndex));
			} catch {
				return '';
			}
		};
		const id = given('matchBy') === 'contactId' ? given('contactId') : '';
		const email = givenEmail(parameters, itemIndex, given);
		return { ...(id ? { id } : {}), ...(email ? { email } : {}) };
	}

	private reported(
		itemIndex: number,
		{ warnings: shared }: IDataObject,
		action: ItemOutcome['action'],
	): IDataObject {
		const { warnings: own, unmapped, mapped } = this.reports.get(itemIndex) ?? NO_REPORT;
		const warnings = [...own, ...(Array.isArray(shared) ? shared.map(String) : [])];
		return {
			...(warnings.length > 0 ? { warnings } : {}),
			...(mapped.length > 0 && action === 'dryRun' ? { mapped: mapped.map((one) => ({ ...one })) } : {}),
			// Of several items, the hint says it once.
			...(unmapped.length > 0 && this.count === 1 ? { unmapped: unmapped.map((one) => ({ ...one })) } : {}),
		};
	}
}

/** What becomes of items that send nothing. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['skipped', 'dryRun']);

function hasOutput(outcome: ItemOutcome | undefined): boolean {
	return outcome?.json !== undefined || outcome?.contacts !== undefined;
}

function isSaved({ action }: ItemOutcome): boolean {
	return action === 'created' || action === 'updated';
}

/** Why an item failed. Even a bug of this node only fails the item, so that it never affects the others. */
export function toFailure(thrown: unknown): Failure {
	if (isFailure(thrown)) return thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	if (thrown instanceof Error && !isProgrammingError(thrown)) {
		// n8n's own message, e.g. for an expression that does not resolve or a missing credential.
		const description = 'description' in thrown ? textOf(thrown.description) : '';
		return new InputError(message, description || "Check the node's parameters and their expressions");
	}
	return new InputError(
		`Something unexpected happened: ${message}`,
		'Please report this to the maintainers, with the workflow if you can share it',
	);
}

/** Whether JavaScript throws it for a bug: one of this node, whose code and n8n's share these classes. */
function isProgrammingError(thrown: Error): boolean {
	return thrown instanceof TypeError || thrown instanceof RangeError || thrown instanceof ReferenceError;
}

/** The order of keys in a row: what is short first, since n8n's table shows the first columns only. */
const FIRST_KEYS = ['action', 'id', 'email', 'lists', 'tags', 'automations'];
const LAST_KEYS = ['reason', 'error', 'problems', 'warnings', 'mapped', 'unmapped', 'batchId'];

/**
 * Gives all rows of a run the same keys in the same order, so that n8n's table reads well; null where a row has nothing.
 * Left as they are: ActiveCampaign's own data, which have no action, and the failures that n8n sends to the error output.
 */
async function withSameKeys(items: readonly INodeExecutionData[]): Promise<INodeExecutionData[]> {
	const found = new Set<string>();
	await forEachInSlices(items, ({ json }) => {
		if (isRow(json)) for (const key of Object.keys(json)) found.add(key);
	});
	const keys = [...found].sort((one, other) => placeOf(one) - placeOf(other));
	const rows: INodeExecutionData[] = [];
	await forEachInSlices(items, (item) => {
		const { json } = item;
		const filled = isRow(json) ? Object.fromEntries(keys.map((key) => [key, json[key] ?? null])) : json;
		rows.push({ ...item, json: filled });
	});
	return rows;
}

function isRow(json: IDataObject): boolean {
	return 'action' in json;
}

/** Keys in neither list lie between them, in their own order. */
function placeOf(key: string): number {
	const first = FIRST_KEYS.indexOf(key);
	return first < 0 ? FIRST_KEYS.length + LAST_KEYS.indexOf(key) + 1 : first;
}
