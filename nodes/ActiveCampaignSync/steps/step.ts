import type { IDataObject } from 'n8n-workflow';

import { writeIfFresh, type Timestamped } from '../account/cachedRead';
import type { ContactPart, Rows } from '../account/contactParts';
import type { Lookups } from '../account/lookups';
import type { RequestScope } from '../account/requestScope';
import type { ItemParameters } from '../input/parameters';
import { brokenPart, cellErrorWarning, isCellError } from '../fields/typedText';
import { isBlankValue, textOf } from '../shared/json';
import { InputError, type Failure } from '../shared/failure';
import { quoteValue } from '../shared/text';

/** One item of the node's input, from which a kind of step reads what the user asks for. */
export interface StepInput {
	readonly parameters: ItemParameters;
	readonly itemIndex: number;
	/** Whether only what the contact does not have yet is to be filled in. */
	readonly fillsBlanksOnly: boolean;
	/** Tells the user about the item. */
	readonly warn: (warning: string) => void;
}

/** What an outcome means to the rest of the node. */
export interface OutcomeMeaning {
	/** As a dry run says it; absent for an outcome that changes nothing. */
	readonly preview?: string;
	/** A record was created that the account did not have, e.g. because of a typo. */
	readonly isNewRecord?: true;
	/** Why the contact was left off a list, e.g. "unsubscribed". */
	readonly leftOff?: string;
	/** The option 'Resubscribe' would put it on the list. */
	readonly canResubscribe?: true;
}

/** A kind of step: lists, tags, automations, the company, notes. What all of its steps have in common. */
export interface StepKind {
	/** Its name in the output. */
	readonly key: string;
	/** What one of its steps is about, e.g. "tag", and several, e.g. "tags". */
	readonly noun: string;
	readonly plural: string;
	/** The part of a contact that has to be known. */
	readonly needs?: ContactPart;
	/** All outcomes but `failed`. */
	readonly outcomes: ReadonlyMap<string, OutcomeMeaning>;
	/** Reads the steps that one item asks for. @throws InputError */
	readonly read: (input: StepInput) => readonly Step[];
	/** Why two steps of one item contradict each other: the message, and what to do. */
	readonly contradiction?: (name: string, actions: readonly string[]) => readonly [string, string];
	/** What to say of records of these names that did not exist before, if anything, e.g. that one may be several. */
	readonly newRecordAdvice?: (names: readonly string[]) => string | undefined;
	/** What running the item again would repeat, e.g. "adds note 'x' again"; '' for nothing. */
	readonly repeats?: (results: readonly StepResult[]) => string;
	/** What became of the steps as it stands in an item, if not as outcomes by name. */
	readonly toOutput?: (results: readonly StepResult[]) => IDataObject;
}

/** Something to do for a contact once it exists, e.g. to subscribe it to one list. */
export interface Step {
	readonly kind: StepKind;
	/** What to call it; '' where there is nothing to name. */
	readonly name: string;
	/** Of its record in the account, as far as it is known: two records may have one name. */
	readonly id?: string;
	/** Two steps of a kind and subject are about the same thing: of several items, the later one decides. */
	readonly subject: string;
	/** Two steps of one item about the same thing contradict each other if they differ in this. */
	readonly action: string;
	/** What could not be done if it fails: with the record, e.g. "added", or with the contact, e.g. "subscribed to". */
	readonly verb: string;
	/** Whether a bulk import does it, too. */
	readonly isImportable?: boolean;
	/** The step for items of which an earlier one asked for the other: this one, unless they have to be combined. */
	readonly after?: (earlier: Step) => Step;
	/** Looks up what is known by name only. May run while the contact is saved. @throws Failure */
	readonly resolve?: (lookups: Lookups) => Promise<Step>;
	/** Does what is missing, or in a dry run finds out what that is. @throws Failure */
	readonly carryOut: (work: StepWork) => Promise<StepOutcome>;
	/**
	 * Looks once more at what was done, after all steps of the contact: a warning, if there is something that the user should
	 * know. @throws only when stopped
	 */
	readonly review?: (work: StepWork, outcome: string) => Promise<string | undefined>;
}

export interface StepOutcome<Outcome extends string = string> {
	readonly outcome: Outcome;
	/** With the outcome `kept`: the membership's status, a code that the API does not explain. */
	readonly status?: string;
}

/** What became of a step. */
export interface StepResult {
	readonly step: Step;
	/** As in the output: `failed`, or one of its kind's outcomes, in a dry run by its preview. */
	readonly outcome: string;
	readonly meaning: OutcomeMeaning;
	/** Why it was not done; only with the outcome `failed`. */
	readonly failure?: Failure;
	/** What the user should know although it was done. */
	readonly warning?: string;
}

/** The contact that steps are for. */
export interface StepContact {
	/** '' for one that a dry run would create. */
	readonly id: string;
	/** Whether it is certain to have been created just now. */
	readonly isNew: boolean;
	/** Whether mail to it bounced for good; undefined where that is not known. */
	readonly hasBounced: boolean | undefined;
	/** Finds that out. @throws AccountFailure */
	readonly readHasBounced: () => Promise<boolean>;
	/** Whether it has a phone number; undefined where that is not known. */
	readonly hasPhone: boolean | undefined;
	/** Finds that out. @throws AccountFailure */
	readonly readHasPhone: () => Promise<boolean>;
	/** What it has of a part, read at `since` or later (by `performance.now()`). @throws AccountFailure */
	readonly part: (part: ContactPart, since?: number) => Promise<Timestamped<Rows>>;
	/** What it has of a part once all steps are done, read together with other contacts. @throws AccountFailure */
	readonly partAfterwards: (part: ContactPart) => Promise<Rows>;
	/** How often it has ever entered an automation, read at `since` or later. @throws AccountFailure */
	readonly entryCount: (automationId: string, since?: number) => Promise<number>;
}

/** What a step works with. */
export interface StepWork {
	readonly contact: StepContact;
	readonly scope: RequestScope;
	readonly lookups: Lookups;
	/** Whether people who unsubscribed may be subscribed again. */
	readonly resubscribe: boolean;
	/** Whether nothing is written. */
	readonly isDryRun: boolean;
	/** All steps of the contact, and what became of those of another kind, once they are done. */
	readonly steps: readonly Step[];
	readonly resultsOf: (kind: StepKind) => Promise<readonly StepResult[]>;
}

/** What is to be done about a part of a contact. */
interface Decision {
	/** Absent when there is nothing to do. */
	readonly write?: unknown;
}

/** How a step changes a part of the contact. */
interface PartChange<Made extends Decision> {
	readonly part: ContactPart;
	/** An older reading than this is not good enough, by `performance.now()`. */
	readonly since?: number;
	readonly decide: (rows: Rows) => Made | Promise<Made>;
	/** @param notAfter see `AccountRequest.notAfter` */
	readonly write: (write: NonNullable<Made['write']>, made: Made, notAfter: number) => Promise<void>;
}

/**
 * Reads a part of the contact, decides what is missing, and writes it while what was read is fresh; in a dry run it
 * only decides.
 * @throws Failure
 */
export async function changePart<Made extends Decision>(
	{ contact, isDryRun }: StepWork,
	{ part, since, decide, write }: PartChange<Made>,
): Promise<Made> {
	if (isDryRun) return await decide((await contact.part(part)).value);
	return await writeIfFresh(
		async () => await contact.part(part, since),
		async (rows, notAfter) => {
			const made = await decide(rows);
			if (made.write) await write(made.write, made, notAfter);
			return made;
		},
	);
}

/**
 * One of the additional fields without outer blanks; '' with a warning for a spreadsheet's error.
 * @throws InputError for what is neither text nor a number, and for a text in which an expression has gone wrong
 */
export function additionalText(
	{ parameters, itemIndex, warn }: StepInput,
	key: string,
	title: string,
): string {
	const value = parameters.value(`additionalFields.${key}`, itemIndex);
	const text = textOf(value);
	if (isCellError(value)) {
		warn(cellErrorWarning(title, value));
		return '';
	}
	if ((text !== '' && brokenPart(text) === undefined) || isBlankValue(value)) return text;
	throw new InputError(`'${title}' cannot contain ${quoteValue(value)}`, 'Use text');
}
