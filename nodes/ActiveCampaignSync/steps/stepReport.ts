import type { IDataObject } from 'n8n-workflow';

import { explain } from '../shared/failure';
import { quote } from '../shared/text';
import { STEP_KINDS } from './runSteps';
import { shownResult, type StepKind, type StepResult } from './step';

/** How many things that were not done a message names; its description names all. */
const MAX_IN_HEADLINE = 2;

/** Something that was asked for a contact and could not be done. */
export interface FailedPart {
	/** e.g. "tag 'VIP'" */
	readonly what: string;
	/** What it could not be, e.g. "added". */
	readonly verb: string;
	readonly reason: string;
	/** For what nobody tried: why, in short; the reason is then what to do about it. */
	readonly cause?: string;
}

/** The steps' outcomes as they stand in an item; kinds without a step are missing. */
export function stepOutput(results: readonly StepResult[]): IDataObject {
	return Object.fromEntries(
		byKind(results).map(([kind, ofKind]) => [kind.key, kind.toOutput?.(ofKind) ?? ofKind.map(shownResult)]),
	);
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
		failure ? [{ what: whatOf(step), verb: step.verb, reason: explain(failure) }] : [],
	);
}

/**
 * How to report a contact that was saved while something else could not be done: what was not done, in one line; and
 * in the description why, what was done, and what running the item again would repeat.
 */
export function partialFailureMessage(
	{ email, id }: { readonly email: string; readonly id: string },
	failedParts: readonly FailedPart[],
	results: readonly StepResult[],
): { message: string; description: string } {
	const whats = failedParts.map(({ what }) => what).join(', ');
	const done = results.filter(({ failure }) => !failure);
	const doneToo = ['the contact', ...done.map(({ step, outcome }) => `${whatOf(step)} (${outcome})`)].join(
		', ',
	);
	const repeats = byKind(results).map(([kind, ofKind]) => kind.repeats?.(ofKind) ?? '');
	const again = ['the contact again', ...repeats.filter((text) => text !== '')].join(', ');
	return {
		message: `The contact ${email} was saved (ID ${id}), but ${headlineOf(failedParts, 'was')}`,
		description: `${reasonsOf(failedParts)}. Done: ${doneToo}. Running the item again retries only what is missing (${whats}). It also saves ${again}`,
	};
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
		.map(({ what, verb, cause }) => {
			if (cause === undefined) return `${what} could not be ${verb}`;
			return `${what} ${tense === 'was' ? 'was not' : 'would not be'} ${verb}: ${cause}`;
		})
		.join(', ');
	const moreCount = failedParts.length - MAX_IN_HEADLINE;
	return moreCount > 0 ? `${shown}, and ${moreCount} more could not be done` : shown;
}

function reasonsOf(failedParts: readonly FailedPart[]): string {
	return failedParts
		.map(({ what, reason, cause }, index) => {
			const isInHeadline = index < MAX_IN_HEADLINE || cause === undefined;
			return `${capitalized(what)}: ${isInHeadline ? reason : `${cause}. ${reason}`}`;
		})
		.join('. ');
}

function whatOf({ kind, name }: StepResult['step']): string {
	if (name === '') return 'job title';
	return `${kind.noun} ${kind.key === 'note' ? quote(name) : `'${name}'`}`;
}

function capitalized(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
