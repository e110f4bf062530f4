import { failureOf, type Failure } from './failure';

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
		(thrown: unknown) => ({ failure: failureOf(thrown) }),
	);
}
