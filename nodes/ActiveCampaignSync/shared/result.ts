import { AccountFailure } from './failure';
import { InputError } from './inputError';

/** Why something was not done: bad input, or a call to the account that failed. Both say what happened and what to do. */
export type Failure = InputError | AccountFailure;

/** A value, or why it is missing. */
export type Result<Value> =
	| { readonly value: Value; readonly failure?: undefined }
	| { readonly value?: undefined; readonly failure: Failure };

/**
 * Waits for a value and takes a failure as a result.
 * @throws what is no `Failure`, and that the execution was stopped
 */
export async function settle<Value>(pending: Promise<Value>): Promise<Result<Value>> {
	return await pending.then(
		(value) => ({ value }),
		(thrown: unknown) => {
			if (isFailure(thrown) && thrown.kind !== 'stopped') return { failure: thrown };
			throw thrown;
		},
	);
}

export function isFailure(thrown: unknown): thrown is Failure {
	return thrown instanceof InputError || thrown instanceof AccountFailure;
}

/** What happened and what to do next, in one line. */
export function explain({ message, description }: Pick<Failure, 'message' | 'description'>): string {
	return description ? `${message}. ${description}` : message;
}
