import type { IDataObject } from 'n8n-workflow';

/** What became of one list, tag or automation, as it stands in the output. */
export interface StepResult {
	readonly name: string;
	readonly outcome: string;
	/** Why it was not done; only with the outcome `failed`. */
	readonly reason?: string;
}

export interface StepResults {
	readonly lists: readonly StepResult[];
	readonly tags: readonly StepResult[];
	readonly automations: readonly StepResult[];
}

/** Something that was asked for a contact and could not be done. */
export interface FailedPart {
	/** e.g. "tag 'VIP'" */
	readonly what: string;
	readonly reason: string;
}

/** The steps' outcomes as they stand in an item; kinds without a step are left out. */
export function stepOutput({ lists, tags, automations }: StepResults): IDataObject {
	const kinds: ReadonlyArray<readonly [string, readonly StepResult[]]> = Object.entries({
		lists,
		tags,
		automations,
	});
	const used = kinds.filter(([, results]) => results.length > 0);
	return Object.fromEntries(used.map(([kind, results]) => [kind, results.map((result) => ({ ...result }))]));
}

/** The steps that were not done. */
export function failedSteps(results: StepResults): FailedPart[] {
	return named(results).flatMap(({ what, outcome, reason = '' }) =>
		outcome === 'failed' ? [{ what, reason }] : [],
	);
}

/**
 * What to tell of a contact that was saved while something else could not be done: what was done, what was not and
 * why, and what a repeat of the item would do once more.
 */
export function partialFailureMessage(
	{ email, id }: { readonly email: string; readonly id: string },
	failedParts: readonly FailedPart[],
	results: StepResults,
): { message: string; description: string } {
	const whats = failedParts.map(({ what }) => what).join(', ');
	const reasons = failedParts.map(({ what, reason }) => `${capitalized(what)}: ${reason}`).join('. ');
	const steps = named(results);
	const done = steps.filter(({ outcome }) => outcome !== 'failed');
	const entered = steps.filter(({ outcome }) => outcome === 'enrolled').map(({ what }) => what);
	const doneToo = ['the contact', ...done.map(({ what, outcome }) => `${what} (${outcome})`)].join(', ');
	const again =
		entered.length > 0 ? `, enrols it again if it has finished ${entered.join(' or ')} by then` : '';
	return {
		message: `The contact ${email} was saved (id ${id}), but not all that was asked for could be done. ${reasons}`,
		description: `Done: ${doneToo}. Running the item again tries what is missing: ${whats}. It saves the contact once more${again}, and repeats nothing else`,
	};
}

function named({ lists, tags, automations }: StepResults): Array<StepResult & { readonly what: string }> {
	const kinds: ReadonlyArray<readonly [string, readonly StepResult[]]> = [
		['list', lists],
		['tag', tags],
		['automation', automations],
	];
	return kinds.flatMap(([kind, results]) =>
		results.map((result) => ({ ...result, what: `${kind} '${result.name}'` })),
	);
}

function capitalized(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
