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

export interface ListWish {
	readonly list: RecordReference;
	readonly action: ListAction;
}

export interface TagWish {
	readonly name: string;
	readonly action: 'add' | 'remove';
}

/** What else is to be done for a contact once it is there. */
export interface StepWishes {
	readonly lists: readonly ListWish[];
	readonly tags: readonly TagWish[];
	readonly automations: readonly RecordReference[];
	/** Whether people who unsubscribed may be subscribed again. */
	readonly resubscribe: boolean;
}

/**
 * The wishes of one item, each thing once.
 * @throws InputError when the same list or tag is to be had and not to be had
 */
export function uniqueWishes(wishes: StepWishes): StepWishes {
	for (const one of wishes.lists) {
		if (wishes.lists.some((other) => sameRecord(one.list, other.list) && one.action !== other.action)) {
			throw new InputError(
				`'Lists' asks to subscribe to and to unsubscribe from '${one.list.name}'`,
				'Keep one of the two rows',
				'Lists',
			);
		}
	}
	for (const one of wishes.tags) {
		if (wishes.tags.some((other) => tagKey(one.name) === tagKey(other.name) && one.action !== other.action)) {
			throw new InputError(
				`The tag '${one.name}' is in both 'Tags to Add' and 'Tags to Remove'`,
				'Keep it in one of the two',
				'Tags to Remove',
			);
		}
	}
	return mergeWishes([wishes]);
}

/** The wishes of several items of one person: all of them; where two contradict, the later item's counts. */
export function mergeWishes(wishes: readonly [StepWishes, ...StepWishes[]]): StepWishes {
	return {
		lists: latest(
			wishes.flatMap(({ lists }) => lists),
			({ list }) => recordKey(list),
		),
		tags: latest(
			wishes.flatMap(({ tags }) => tags),
			({ name }) => tagKey(name),
		),
		automations: latest(
			wishes.flatMap(({ automations }) => automations),
			recordKey,
		),
		resubscribe: wishes.every((one) => one.resubscribe),
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
