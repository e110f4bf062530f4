import type { Catalogs, RecordKind } from '../../lookups/catalogs';
import { AccountFailure } from '../../shared/failure';
import { InputError } from '../../shared/inputError';
import type { StepResult, StepResults } from '../../contact/steps/stepResults';
import {
	latest,
	type ListWish,
	type RecordReference,
	type StepWishes,
	type TagWish,
} from '../../contact/steps/requestedSteps';

/** Steps whose records have been looked up. */
export interface PreparedSteps {
	readonly lists: ReadonlyArray<FoundStep<ListWish>>;
	readonly tags: ReadonlyArray<FoundStep<TagWish>>;
	readonly automations: ReadonlyArray<FoundStep<RecordReference>>;
	readonly resubscribe: boolean;
}

export interface FoundStep<Wish> {
	readonly wish: Wish;
	/** What to call the list, tag or automation. */
	readonly name: string;
	/** Missing for a tag that the account does not have, or that is still to be looked up or created. */
	readonly id?: string;
	/** Why it could not be found. */
	readonly failure?: StepFailure;
}

export type StepFailure = AccountFailure | InputError;

/** What a dry run says of a tag that the account does not have. */
const WITHOUT_TAG = { add: 'would create and add', remove: 'notThere' } as const;

/**
 * Looks up what is known by name only; may run while the contact is being synced. Tags to add are looked up or created
 * when it is known what tags the contact has, unless they are only to be shown.
 * @throws only when stopped
 */
export async function prepareSteps(
	catalogs: Catalogs,
	wishes: StepWishes,
	isForShow = false,
): Promise<PreparedSteps> {
	const findTag = async (wish: TagWish): Promise<FoundStep<TagWish>> =>
		wish.action === 'add' && !isForShow
			? { wish, name: wish.name }
			: await found(wish, wish.name, catalogs.tagId(wish.name));
	const [lists, tags, automations] = await Promise.all([
		all(wishes.lists, async (wish) => await findRecord(catalogs, 'list', wish, wish.list)),
		all(wishes.tags, findTag),
		all(wishes.automations, async (wish) => await findRecord(catalogs, 'automation', wish, wish)),
	]);
	return { lists, tags, automations, resubscribe: wishes.resubscribe };
}

/** The steps as a dry run shows them: what would be done, or why it cannot. */
export function plannedSteps({ lists, tags, automations }: PreparedSteps): StepResults {
	const show = <Wish>(steps: ReadonlyArray<FoundStep<Wish>>, outcome: (step: FoundStep<Wish>) => string) =>
		distinct(steps).map((step): StepResult => {
			const { name, failure } = step;
			return failure ? notDone(name, failure) : { name, outcome: outcome(step) };
		});
	return {
		lists: show(lists, ({ wish }) => `would ${wish.action}`),
		tags: show(tags, ({ wish, id }) => (id ? `would ${wish.action}` : WITHOUT_TAG[wish.action])),
		automations: show(automations, () => 'would enrol'),
	};
}

/** A list or automation may be asked for by its id and by its name: the last time counts, as for one name given twice. */
export function distinct<Wish>(steps: ReadonlyArray<FoundStep<Wish>>): Array<FoundStep<Wish>> {
	return latest(steps, ({ id, name }) => (id === undefined ? `name ${name}` : `id ${id}`));
}

/** The result of a step that could not be done. */
export function notDone(name: string, { message, description }: StepFailure): StepResult {
	return { name, outcome: 'failed', reason: `${message}. ${description}` };
}

/** A step's result or its failure, so that the other steps go on. @throws what is no such failure */
export async function stepEnded<Value>(
	step: Promise<Value>,
): Promise<{ value: Value; failure?: undefined } | { value?: undefined; failure: StepFailure }> {
	return await step.then(
		(value) => ({ value }),
		(thrown: unknown) => {
			if (thrown instanceof InputError) return { failure: thrown };
			if (thrown instanceof AccountFailure && thrown.kind !== 'stopped') return { failure: thrown };
			throw thrown;
		},
	);
}

/** Does the same with all of several things, side by side. */
export async function all<Item, Result>(
	items: readonly Item[],
	act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
	return await Promise.all(items.map(act));
}

async function findRecord<Wish>(
	catalogs: Catalogs,
	kind: RecordKind,
	wish: Wish,
	{ mode, value, name }: RecordReference,
): Promise<FoundStep<Wish>> {
	if (mode === 'id') return { wish, name, id: value };
	return await found(wish, name, onlyRecord(catalogs, kind, value));
}

async function onlyRecord(catalogs: Catalogs, kind: RecordKind, name: string): Promise<string> {
	const [first, ...others] = await catalogs.named(kind, name);
	if (!first) {
		throw new InputError(
			`The account has no ${kind} called '${name}'`,
			'Check the name, or pick it from the list',
		);
	}
	if (others.length === 0) return first.id;
	throw new InputError(
		`${others.length + 1} ${kind}s are called '${name}'`,
		`Give the id instead: one of ${[first, ...others].map(({ id }) => id).join(', ')}`,
	);
}

async function found<Wish>(
	wish: Wish,
	name: string,
	finding: Promise<string | undefined>,
): Promise<FoundStep<Wish>> {
	const { value: id, failure } = await stepEnded(finding);
	return { wish, name, id, failure };
}
