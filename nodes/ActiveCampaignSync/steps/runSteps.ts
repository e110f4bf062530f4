import { CONTACT_PARTS, type ContactPart } from '../account/contactParts';
import type { Lookups } from '../account/lookups';
import { failureOf, InputError, type Failure } from '../shared/failure';
import { groupBy } from '../shared/multiMap';
import { quote } from '../shared/text';
import { automations } from './automations';
import { company } from './company';
import { lists } from './lists';
import { note } from './note';
import type { OutcomeMeaning, Step, StepContact, StepInput, StepKind, StepResult, StepWork } from './step';
import { tags } from './tags';

/** All kinds of steps, in the order of the output. */
export const STEP_KINDS: readonly StepKind[] = [lists, tags, automations, company, note];

/** A step whose record has been looked up. */
export interface ResolvedStep {
	readonly step: Step;
	/** Why it could not be found. */
	readonly failure?: Failure;
}

/**
 * The steps that one item asks for, each list, tag and automation once.
 * @throws InputError, also when an item asks for both sides of one thing, e.g. to add and to remove a tag
 */
export function readSteps(input: StepInput): Step[] {
	const steps = STEP_KINDS.flatMap((kind) => kind.read(input));
	const alike = groupBy(steps, stepKey);
	for (const step of steps) {
		const { kind, name, action } = step;
		const opposed = alike.get(stepKey(step))?.find((other) => other.action !== action);
		const words = opposed && kind.contradiction?.(name, [action, opposed.action]);
		if (words) throw new InputError(...words);
	}
	return mergeSteps(steps);
}

/** The steps of several items of one person, in their order: of those about the same thing, the later one decides. */
export function mergeSteps(steps: readonly Step[]): Step[] {
	return keepLast(
		steps,
		(step) => step,
		(later, earlier) => later.after?.(earlier) ?? later,
	);
}

/**
 * The parts of a contact that have to be known, so that they come with the contact itself.
 * @param needsValues whether these are its custom values, too
 */
export function neededParts(steps: readonly Step[], needsValues: boolean): ContactPart[] {
	return CONTACT_PARTS.filter((part) =>
		part === 'fieldValues' ? needsValues : steps.some(({ kind }) => kind.needs === part),
	);
}

/** Looks up what is known by name only. Never throws but when stopped. */
export async function resolveSteps(steps: readonly Step[], lookups: Lookups): Promise<ResolvedStep[]> {
	const resolve = async (step: Step): Promise<ResolvedStep> => {
		try {
			return { step: (await step.resolve?.(lookups)) ?? step };
		} catch (thrown) {
			return { step, failure: failureOf(thrown) };
		}
	};
	// A list or automation may be asked for by its ID and by its name.
	return keepLast(
		await Promise.all(steps.map(resolve)),
		({ step }) => step,
		(later) => later,
	);
}

/** The steps that can be carried out. */
export function foundSteps(resolved: readonly ResolvedStep[]): Step[] {
	return resolved.filter(({ failure }) => !failure).map(({ step }) => step);
}

/** Carries out all steps of a contact, those that do not depend on each other side by side. @throws only when stopped */
export async function runSteps(
	resolved: readonly ResolvedStep[],
	base: Omit<StepWork, 'steps' | 'resultsOf'>,
): Promise<StepResult[]> {
	const results = new Map<StepKind, Promise<StepResult[]>>();
	const work: StepWork = {
		...base,
		steps: foundSteps(resolved),
		resultsOf: async (kind) => (await results.get(kind)) ?? [],
	};
	for (const kind of STEP_KINDS) {
		const ofKind = resolved.filter(({ step }) => step.kind === kind);
		results.set(kind, Promise.all(ofKind.map(async (one) => await resultOf(one, work))));
	}
	const done = (await Promise.all(results.values())).flat();
	if (work.isDryRun) return done;
	return await Promise.all(
		done.map(async (result) => {
			const warning = await result.step.review?.(work, result.outcome);
			return warning === undefined ? result : { ...result, warning };
		}),
	);
}

async function resultOf({ step, failure }: ResolvedStep, work: StepWork): Promise<StepResult> {
	if (failure) return failed(step, failure);
	try {
		const { outcome, status } = await step.carryOut(work);
		const meaning = meaningOf(step, outcome, work.contact);
		return {
			step,
			outcome: (work.isDryRun && meaning.preview) || outcome,
			meaning,
			...(status === undefined ? {} : { warning: unknownStatus(step, status) }),
		};
	} catch (thrown) {
		return failed(step, failureOf(thrown));
	}
}

/** A contact that unsubscribed and bounced stays off its lists, whatever 'Resubscribe' says. */
function meaningOf({ kind }: Step, outcome: string, { hasBounced }: StepContact): OutcomeMeaning {
	const { canResubscribe, ...meaning } = kind.outcomes.get(outcome) ?? {};
	return canResubscribe && !hasBounced ? { ...meaning, canResubscribe } : meaning;
}

function unknownStatus({ kind, name }: Step, status: string): string {
	return `The contact's status on ${kind.noun} ${quote(name)} is '${status}', which ActiveCampaign does not explain, so it was left as it is`;
}

function failed(step: Step, failure: Failure): StepResult {
	return { step, outcome: 'failed', meaning: {}, failure };
}

/** Two steps with one key are about the same thing. */
function stepKey({ kind, subject }: Step): string {
	return `${kind.key} ${subject}`;
}

/** Of the things whose steps are about the same, the last in its place, unless the earlier one stays. */
function keepLast<Thing>(
	things: readonly Thing[],
	stepOf: (thing: Thing) => Step,
	merge: (later: Thing, earlier: Thing) => Thing,
): Thing[] {
	const kept = new Map<string, Thing>();
	for (const thing of things) {
		const key = stepKey(stepOf(thing));
		const earlier = kept.get(key);
		const merged = earlier === undefined ? thing : merge(thing, earlier);
		if (merged === earlier) continue;
		kept.delete(key);
		kept.set(key, merged);
	}
	return [...kept.values()];
}
