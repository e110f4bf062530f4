import { isDeepStrictEqual } from 'node:util';
import type { CodePlace } from './code';
import type { Run } from './run';

/** How sure a fact is: the vendor documents it, public integrations recorded or reported it, or nobody has shown it. */
export type Certainty = 'documented' | 'recorded' | 'believed';

/** One thing that the ActiveCampaign API is expected to do. */
export interface Fact {
	/** A statement that can be understood alone; unique. */
	name: string;
	certainty: Certainty;
	/** Where it is documented or was recorded; for a belief, what it rests on. */
	source: string;
	/** What the code needs it for; absent where the code is right whatever the account does. */
	usedFor?: string;
	/** What would have to change if the account did something else. */
	code?: CodePlace;
	/** JSON, or `anyOf` several. */
	expected: unknown;
	/** What the user has to ask for on the command line, since it goes further than records of the contract's own. */
	needs?: 'automation' | 'rateLimit';
	/** Whether no other fact is tried where this one differs: what answers is not an account that takes the token. */
	isGate?: true;
	/**
	 * Finds out what the account does, as JSON without ids, dates and whatever else differs from run to run.
	 * @throws CannotTry when a step that only prepares the fact fails
	 */
	observe: (run: Run) => Promise<unknown>;
}

/** Facts about one part of the API. */
export interface FactGroup {
	title: string;
	facts: Fact[];
}

/** A fact could not be tried: what it starts from was not there. */
export class CannotTry extends Error {}

/** The user ended the run. */
export class Interrupted extends Error {}

class AnyOf {
	constructor(readonly values: readonly unknown[]) {}
}

/** An expectation that several values meet. */
export function anyOf(...values: unknown[]): unknown {
	return new AnyOf(values);
}

export function meets(observed: unknown, expected: unknown): boolean {
	const values = expected instanceof AnyOf ? expected.values : [expected];
	return values.some((value) => isDeepStrictEqual(value, observed));
}

/** An expected or observed value in one line. */
export function inWords(value: unknown): string {
	if (value instanceof AnyOf) return value.values.map(inWords).join(' or ');
	if (value === undefined) return 'nothing';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What several facts start from: made by the first one, shared by the others of the same run. */
export function shared<T>(make: (run: Run) => Promise<T>): (run: Run) => Promise<T> {
	const made = new WeakMap<Run, Promise<T>>();
	return (run) => {
		const present = made.get(run) ?? make(run);
		made.set(run, present);
		return present;
	};
}
