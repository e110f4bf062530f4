import type { IExecuteFunctions, IHttpRequestMethods, ILoadOptionsFunctions } from 'n8n-workflow';

import type { CallPurpose } from './response';
import type { JsonObject } from '../shared/json';
import type { Repeatable } from './retry';

/** Where a node's own code runs: an execution, or the editor loading a list. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions;

/** One thing that the account is asked for. */
export interface AccountRequest {
	readonly method: IHttpRequestMethods;
	/** Below the account's `/api/3`, e.g. `/contact/sync`. */
	readonly path: string;
	/** In order; a key may stand in it several times. */
	readonly query?: ReadonlyArray<readonly [string, string]>;
	readonly body?: JsonObject;
	readonly purpose: CallPurpose;
	/** `always` unless given. */
	readonly repeatable?: Repeatable;
	/**
	 * When what the request was decided on is too old, by `performance.now()`: it is not sent after that, and the call
	 * fails with the kind `stale`, so that the caller reads and decides again.
	 */
	readonly notAfter?: number;
	/** Counts to the import limit as well as to the general one. */
	readonly isImport?: boolean;
	/** When several of these in a row meet what every other will meet, e.g. a wrong token, no more are made. */
	readonly isEssential?: boolean;
}

/** What a call that got through ended in. */
export interface AccountResponse {
	readonly statusCode: number;
	readonly body: JsonObject;
	/**
	 * If an earlier try may have been carried out already, so that this response is perhaps the second: the time from the
	 * start of the first such try until this response, in milliseconds.
	 */
	readonly repeatedWithinMs?: number;
}

/** What a run's requests met, for the hint at its end. */
export interface AccountStatistics {
	/** Responses that asked to wait, the account being over its limit. */
	timesAskedToWait: number;
}
