import type { IDataObject } from 'n8n-workflow';

import { quote } from '../shared/text';

/** What became of one list, tag, automation, company or note. */
export interface StepResult {
	readonly name: string;
	readonly outcome: string;
	/** With the outcome `kept`: the membership's status, a code that the API does not explain. */
	readonly status?: string;
	/** Why it was not done; only with the outcome `failed`. */
	readonly reason?: string;
	/** What could not be done, e.g. "added"; only with the outcome `failed`, and not in the output. */
	readonly attempt?: string;
}

export interface StepResults {
	readonly lists: readonly StepResult[];
	readonly tags: readonly StepResult[];
	readonly automations: readonly StepResult[];
	/** One at most; its name is '' where only the job title was to be changed. */
	readonly company: readonly StepResult[];
	/** By their texts. */
	readonly notes: readonly StepResult[];
}

/** How many things that were not done a message names; its description names all. */
const MAX_IN_HEADLINE = 2;

/** Something that was asked for a contact and could not be done. */
export interface FailedPart {
	/** e.g. "tag 'VIP'" */
	readonly what: string;
	/** What it could not be, e.g. "added". */
	readonly attempt: string;
	readonly reason: string;
}

/** The steps' outcomes as they stand in an item; kinds without a step are left out. */
export function stepOutput({ lists, tags, automations, company, notes }: StepResults): IDataObject {
	const kinds: ReadonlyArray<readonly [string, readonly StepResult[]]> = Object.entries({
		lists,
		tags,
		automations,
	});
	const used = kinds.filter(([, results]) => results.length > 0);
	const [note] = [...notes.filter(({ outcome }) => outcome === 'failed'), ...notes];
	const count = notes.length > 1 ? { count: notes.length } : {};
	return {
		...Object.fromEntries(used.map(([kind, results]) => [kind, results.map(shownResult)])),
		...(company[0] ? { company: shownResult(company[0]) } : {}),
		...(note ? { note: { ...shownResult({ ...note, name: '' }), ...count } } : {}),
	};
}

function shownResult({ name, outcome, status, reason }: StepResult): IDataObject {
	return {
		...(name === '' ? {} : { name }),
		outcome,
		...(status === undefined ? {} : { status }),
		...(reason === undefined ? {} : { reason }),
	};
}

/** The steps that were not done. */
export function failedSteps(results: StepResults): FailedPart[] {
	return named(results).flatMap(({ what, outcome, attempt = 'done', reason = '' }) =>
		outcome === 'failed' ? [{ what, attempt, reason }] : [],
	);
}

/**
 * How to report a contact that was saved while something else could not be done: what was not done, in one line; and
 * in the description why, what was done, and what running the item again would repeat.
 */
export function partialFailureMessage(
	{ email, id }: { readonly email: string; readonly id: string },
	failedParts: readonly FailedPart[],
	results: StepResults,
): { message: string; description: string } {
	const whats = failedParts.map(({ what }) => what).join(', ');
	const headline = failedParts
		.slice(0, MAX_IN_HEADLINE)
		.map(({ what, attempt }) => `${what} could not be ${attempt}`)
		.join(', ');
	const moreCount = failedParts.length - MAX_IN_HEADLINE;
	const more = moreCount > 0 ? `, and ${moreCount} more could not be done` : '';
	const reasons = failedParts.map(({ what, reason }) => `${capitalized(what)}: ${reason}`).join('. ');
	const steps = named(results);
	const done = steps.filter(({ outcome }) => outcome !== 'failed');
	const entered = steps.filter(({ outcome }) => outcome === 'enrolled').map(({ what }) => what);
	const noted = done.filter(({ kind }) => kind === 'note').map(({ what }) => what);
	const doneToo = ['the contact', ...done.map(({ what, outcome }) => `${what} (${outcome})`)].join(', ');
	const again =
		entered.length > 0 ? `, enrolls it again if it has finished ${entered.join(' or ')} by then` : '';
	const notedAgain = noted.length > 0 ? `, adds ${noted.join(' and ')} again` : '';
	return {
		message: `The contact ${email} was saved (ID ${id}), but ${headline}${more}`,
		description: `${reasons}. Done: ${doneToo}. Running the item again tries what is missing: ${whats}. It saves the contact once more${again}${notedAgain}, and repeats nothing else`,
	};
}

interface NamedResult extends StepResult {
	readonly kind: 'list' | 'tag' | 'automation' | 'company' | 'note';
	/** e.g. "tag 'VIP'" */
	readonly what: string;
}

function named({ lists, tags, automations, company, notes }: StepResults): NamedResult[] {
	const kinds = [
		['list', lists],
		['tag', tags],
		['automation', automations],
		['company', company],
		['note', notes],
	] as const;
	return kinds.flatMap(([kind, results]) =>
		results.map((result): NamedResult => {
			const shown = kind === 'note' ? quote(result.name.replace(/\s+/g, ' ')) : `'${result.name}'`;
			return { ...result, kind, what: result.name === '' ? 'job title' : `${kind} ${shown}` };
		}),
	);
}

function capitalized(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
