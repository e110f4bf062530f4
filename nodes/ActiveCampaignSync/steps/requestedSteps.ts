import { InputError } from '../shared/failure';
import { normalizeName } from '../shared/text';
import type { AutomationAction } from './contactLinks';
import type { ListAction } from './membership';
import { tagKey } from './tagNames';

/** A list or an automation as picked in the node: from the list, by id, or by name. */
export interface RecordReference {
	readonly mode: 'id' | 'name';
	readonly value: string;
	/** What to call it in the output: the name that the picker showed, where there is one. */
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

export interface AutomationChange {
	readonly automation: RecordReference;
	readonly action: AutomationAction;
}

export interface CompanyChange {
	/** '' to change the job title only. */
	readonly name: string;
	/** '' to keep the one that the contact has. */
	readonly jobTitle: string;
	/** Whether to change only what the contact does not have yet. */
	readonly onlyIfBlank: boolean;
}

/** What else to do for a contact once it exists. */
export interface RequestedSteps {
	readonly lists: readonly ListChange[];
	readonly tags: readonly TagChange[];
	readonly automations: readonly AutomationChange[];
	readonly company?: CompanyChange;
	/** Texts, each once. */
	readonly notes: readonly string[];
	/** Whether people who unsubscribed may be subscribed again. */
	readonly resubscribe: boolean;
}

/**
 * The steps of one item, each list, tag and automation once.
 * @throws InputError when an item asks for both sides of one thing, e.g. to add and to remove a tag
 */
export function uniqueSteps(steps: RequestedSteps): RequestedSteps {
	const { lists, tags, automations } = steps;
	const list = lists.find((one) => lists.some((other) => isOpposite(one, other, changedList)));
	if (list) {
		throw new InputError(
			`'Lists' both subscribes to and unsubscribes from '${list.list.name}'`,
			'Keep one of the two rows',
		);
	}
	const tag = tags.find((one) => tags.some((other) => isOpposite(one, other, changedTag)));
	if (tag) {
		throw new InputError(
			`The tag '${tag.name}' is in both 'Tags to Add' and 'Tags to Remove'`,
			'Keep it in one of the two',
		);
	}
	const automation = automations.find((one) =>
		automations.some((other) => isOpposite(one, other, changedAutomation)),
	);
	if (automation) {
		throw new InputError(
			`'Automations' both enrolls in and removes from '${automation.automation.name}'`,
			'Keep one of the two rows',
		);
	}
	return mergeSteps([steps]);
}

/** The steps of several items of one person: all of them; where two contradict each other, the later item decides. */
export function mergeSteps(steps: readonly [RequestedSteps, ...RequestedSteps[]]): RequestedSteps {
	return {
		lists: latest(
			steps.flatMap(({ lists }) => lists),
			changedList,
		),
		tags: latest(
			steps.flatMap(({ tags }) => tags),
			changedTag,
		),
		automations: latest(
			steps.flatMap(({ automations }) => automations),
			changedAutomation,
		),
		company: mergeCompanies(steps.flatMap(({ company }) => company ?? [])),
		notes: [...new Set(steps.flatMap(({ notes }) => notes))],
		resubscribe: steps.every(({ resubscribe }) => resubscribe),
	};
}

/** Where only blanks are filled, the first one counts, as if the items had been sent one after the other. */
function mergeCompanies(changes: readonly CompanyChange[]): CompanyChange | undefined {
	const [first] = changes;
	if (!first) return undefined;
	const merged = (valueOf: (change: CompanyChange) => string): string => {
		const values = changes.map(valueOf).filter((value) => value !== '');
		return values.at(first.onlyIfBlank ? 0 : -1) ?? '';
	};
	return { ...first, name: merged(({ name }) => name), jobTitle: merged(({ jobTitle }) => jobTitle) };
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

function isOpposite<Change extends { readonly action: string }>(
	one: Change,
	other: Change,
	keyOf: (change: Change) => string,
): boolean {
	return keyOf(one) === keyOf(other) && one.action !== other.action;
}

function changedList({ list }: ListChange): string {
	return recordKey(list);
}

function changedTag({ name }: TagChange): string {
	return tagKey(name);
}

function changedAutomation({ automation }: AutomationChange): string {
	return recordKey(automation);
}

function recordKey({ mode, value }: RecordReference): string {
	return `${mode} ${mode === 'id' ? value : normalizeName(value)}`;
}
