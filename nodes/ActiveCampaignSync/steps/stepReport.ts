import type { IDataObject } from 'n8n-workflow';

import { explain, type Failure } from '../shared/failure';
import { capitalized, namedValues, quote } from '../shared/text';
import { STEP_KINDS } from './runSteps';
import type { StepKind, StepResult } from './step';

/** How many things that were not done a message names; its description names all. */
const MAX_IN_HEADLINE = 2;

/** Something that was asked for a contact and could not be done. */
export interface FailedPart {
	/** e.g. "tag" */
	readonly what: string;
	/** e.g. "VIP"; '' where there is nothing to name. */
	readonly name: string;
	/** What it could not be, e.g. "added". */
	readonly verb: string;
	readonly reason: string;
	/** For what nobody tried: why, in short; the reason is then what to do about it. */
	readonly cause?: string;
	/** What running the item again would do about it, if not just retry it. */
	readonly again?: 'unclear' | 'nothing';
}

/** The steps' outcomes as they stand in an item; kinds without a step are missing. */
export function stepOutput(results: readonly StepResult[]): IDataObject {
	return Object.fromEntries(
		byKind(results).map(([kind, ofKind]) => [kind.key, kind.toOutput?.(ofKind) ?? outcomesByName(ofKind)]),
	);
}

function outcomesByName(results: readonly StepResult[]): IDataObject {
	return namedValues(results.map(({ step: { name, id }, outcome }) => ({ name, id, value: outcome })));
}

/** Results by the kind of their steps, in the order of the output; kinds without one are missing. */
export function byKind(results: readonly StepResult[]): Array<readonly [StepKind, readonly StepResult[]]> {
	return STEP_KINDS.map((kind) => [kind, results.filter(({ step }) => step.kind === kind)] as const).filter(
		([, ofKind]) => ofKind.length > 0,
	);
}

/** The steps that were not done. */
export function failedSteps(results: readonly StepResult[]): FailedPart[] {
	return results.flatMap(({ step, failure }) =>
		failure ? [{ ...partOf(step), verb: step.verb, reason: explain(failure), again: againOf(failure) }] : [],
	);
}

function againOf({ details }: Failure): FailedPart['again'] {
	return details.outcomeUnknown ? 'unclear' : undefined;
}

/** What was not done, for workflows. */
export function problemsOutput(failedParts: readonly FailedPart[]): IDataObject {
	if (failedParts.length === 0) return {};
	return {
		problems: failedParts.map((part) => ({ what: part.what, name: part.name, reason: wholeReason(part) })),
	};
}

/**
 * How to report a contact that was saved while something else could not be done: what was not done, in one line; and
 * in the description why, what was done, and what running the item again would retry and repeat.
 * @param isSkippedAgain whether the item would be skipped then, since its contact exists now
 */
export function partialFailureMessage(
	{ email, id }: { readonly email: string; readonly id: string },
	failedParts: readonly FailedPart[],
	results: readonly StepResult[],
	isSkippedAgain = false,
): { message: string; description: string } {
	const done = results.filter(({ failure }) => !failure);
	const doneToo = done.map(({ step, outcome }) => `${labelOf(partOf(step))} (${outcome})`).join(', ');
	const repeats = byKind(results).flatMap(([kind, ofKind]) => kind.repeats?.(ofKind) || []);
	return {
		message: `The contact ${email} was saved (ID ${id}), but ${headlineOf(failedParts, 'was')}`,
		description: [
			reasonsOf(failedParts),
			...(doneToo === '' ? [] : [`Done: ${doneToo}`]),
			...runAgain(failedParts, isSkippedAgain),
			...(repeats.length > 0 && !isSkippedAgain ? [`It also ${repeats.join(' and ')}`] : []),
		].join('. '),
	};
}

function runAgain(failedParts: readonly FailedPart[], isSkippedAgain: boolean): string[] {
	if (isSkippedAgain) {
		return [
			"Running the item again skips the contact, which exists now: set 'Sync Mode' to 'Create or Update' to retry what is missing",
		];
	}
	const partsTo = (again: FailedPart['again'], what: string) => {
		const labels = failedParts.filter((part) => part.again === again).map(labelOf);
		return labels.length > 0 ? [`${what} (${labels.join(', ')})`] : [];
	};
	const retried = [...partsTo(undefined, 'only what is missing'), ...partsTo('unclear', 'what is unclear')];
	return [
		`Running the item again saves the contact${retried.length > 0 ? ` and retries ${retried.join(' and ')}` : ''}`,
	];
}

/** How to report in a dry run that not all could be done. */
export function plannedFailureMessage(failedParts: readonly FailedPart[]): {
	message: string;
	description: string;
} {
	return {
		message: `In the real run, ${headlineOf(failedParts, 'would')}`,
		description: reasonsOf(failedParts),
	};
}

function headlineOf(failedParts: readonly FailedPart[], tense: 'was' | 'would'): string {
	const shown = failedParts
		.slice(0, MAX_IN_HEADLINE)
		.map((part, index) => {
			const label = part.name === '' ? `the ${part.what}` : labelOf(part);
			// After a field, "it" would be the field.
			const isAfterField = index > 0 && failedParts[0]?.cause !== undefined;
			const subject = tense === 'was' && !isAfterField ? 'it' : 'the contact';
			if (part.cause !== undefined)
				return `${label} ${tense === 'was' ? 'was not' : 'would not be'} ${part.verb}: ${part.cause}`;
			return / (to|from|in)$/.test(part.verb)
				? `${subject} could not be ${part.verb} ${label}`
				: `${label} could not be ${part.verb}`;
		})
		.join(', ');
	const moreCount = failedParts.length - MAX_IN_HEADLINE;
	return moreCount > 0 ? `${shown}, and ${moreCount} more could not be done` : shown;
}

function reasonsOf(failedParts: readonly FailedPart[]): string {
	return failedParts
		.map((part, index) => {
			const isInHeadline = index < MAX_IN_HEADLINE;
			return `${capitalized(labelOf(part))}: ${isInHeadline ? part.reason : wholeReason(part)}`;
		})
		.join('. ');
}

function wholeReason({ cause, reason }: FailedPart): string {
	return cause === undefined ? reason : `${cause}. ${reason}`;
}

function partOf({ kind, name }: StepResult['step']): Pick<FailedPart, 'what' | 'name'> {
	return { what: name === '' ? 'job title' : kind.noun, name };
}

/** e.g. "tag 'VIP'", or just "'Birthday'" for a field. */
export function labelOf({ what, name }: Pick<FailedPart, 'what' | 'name'>): string {
	if (what === 'field') return quote(name);
	return name === '' ? what : `${what} ${quote(name)}`;
}
