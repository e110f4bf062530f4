import { InputError } from '../../shared/inputError';
import type { ListAction } from './membership';
import { tagKey } from './tagNames';

/** A list or an automation as picked in the node: from the list, by id, or by name. */
export interface RecordReference {
	readonly mode: 'id' | 'name';
	readonly value: string;
	/** What to call it in the output; the name the picker showed, where there is one. */
	readonly name: string;
}

export interface ListChange {
	readonly list: RecordReference;
	readonly action: ListAction;
}

export interface TagChange {
	readonly name: string;
	readonly action: 'add' | 'remove';
}

/** What else is to be done for a contact once it is there. */
export interface RequestedSteps {
	readonly lists: readonly ListChange[];
	readonly tags: readonly TagChange[];
	readonly automations: readonly RecordReference[];
	/** Whether people who unsubscribed may be subscribed again. */
	readonly resubscribe: boolean;
}

/**
 * The requestedSteps of one item, each thing once.
 * @throws InputError when the same list or tag is to be had and not to be had
 */
export function uniqueSteps(requestedSteps: RequestedSteps): RequestedSteps {
	for (const one of requestedSteps.lists) {
		if (
			requestedSteps.lists.some((other) => sameRecord(one.list, other.list) && one.action !== other.action)
		) {
			throw new InputError(
				`'Lists' asks to subscribe to and to unsubscribe from '${one.list.name}'`,
				'Keep one of the two rows',
				'Lists',
			);
		}
	}
	for (const one of requestedSteps.tags) {
		if (
			requestedSteps.tags.some(
				(other) => tagKey(one.name) === tagKey(other.name) && one.action !== other.action,
			)
		) {
			throw new InputError(
				`The tag '${one.name}' is in both 'Tags to Add' and 'Tags to Remove'`,
				'Keep it in one of the two',
				'Tags to Remove',
			);
		}
	}
	return mergeSteps([requestedSteps]);
}

/** The requestedSteps of several items of one person: all of them; where two contradict, the later item's counts. */
export function mergeSteps(requestedSteps: readonly [RequestedSteps, ...RequestedSteps[]]): RequestedSteps {
	return {
		lists: latest(
			requestedSteps.flatMap(({ lists }) => lists),
			({ list }) => recordKey(list),
		),
		tags: latest(
			requestedSteps.flatMap(({ tags }) => tags),
			({ name }) => tagKey(name),
		),
		automations: latest(
			requestedSteps.flatMap(({ automations }) => automations),
			recordKey,
		),
		resubscribe: requestedSteps.every((one) => one.resubscribe),
	};
}

/** Of the things that share a key the last, in its place. */
export function latest<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Thing[] {
	const lastOf = new Map<string, Thing>();
	for (const thing of things) {
		lastOf.delete(keyOf(thing));
		lastOf.set(keyOf(thing), thing);
	}
	return [...lastOf.values()];
}

function recordKey({ mode, value }: RecordReference): string {
	return `${mode} ${mode === 'id' ? value : value.trim().toLowerCase()}`;
}

function sameRecord(one: RecordReference, other: RecordReference): boolean {
	return recordKey(one) === recordKey(other);
}
