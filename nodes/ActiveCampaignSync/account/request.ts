import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { AccountFailure, LATER } from '../shared/failure';
import type { JsonObject } from '../shared/json';
import type { Repeatable } from './retry';

/** Where a node's own code runs: an execution, or the editor loading a list. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions;

/** What a call is for, in words that complete the sentences of messages. */
export interface CallPurpose {
	/** e.g. "sync the contact" */
	readonly action: string;
	/** The permission that the token's user needs, as ActiveCampaign names it, e.g. "view lists". */
	readonly permission: string;
	/** What to do if the account refuses what the request asks for, where that is about something else than its values. */
	readonly ifRefused?: string;
}

/** In order; a key may occur several times. */
export type Query = ReadonlyArray<readonly [string, string]>;

/** One request to the account. A POST says whether it may be sent twice; others may unless they say otherwise. */
export type AccountRequest = RequestDetails &
	(
		| { readonly method: 'POST'; readonly repeatable: Repeatable }
		| { readonly method: 'GET' | 'PUT' | 'DELETE'; readonly repeatable?: Repeatable }
	);

/** What a request consists of beside its method. */
export interface RequestDetails {
	/** Below the account's `/api/3`, e.g. `/contact/sync`. */
	readonly path: string;
	readonly query?: Query;
	readonly body?: JsonObject;
	readonly purpose: CallPurpose;
	/** Whether a 2xx contains the data that makes it a success; unless given, every JSON object does. */
	readonly hasData?: (body: JsonObject) => boolean;
	/** Whether the body of a response says, whatever its status, that another try would end the same way. */
	readonly isRefusal?: (body: unknown) => boolean;
	/** How long one try may take from its start to the last byte of its response, in milliseconds. */
	readonly timeoutMs?: number;
	/**
	 * When what the request was decided on is too old, by `performance.now()`: it is not sent after that, and the call
	 * fails with the kind `stale`, so that the caller reads and decides again.
	 */
	readonly notAfter?: number;
	/** Counts to the import limit as well as to the general one. */
	readonly isImport?: boolean;
	/** If several of these in a row fail for a token or account that has never worked, no more are made. */
	readonly isEssential?: boolean;
}

/**
 * The kind of a request: its method and its path without ids, e.g. `GET /contacts/:id/contactTags`. A permission, and most
 * faults of the account, concern one kind.
 */
export function endpointOf({ method, path }: AccountRequest): string {
	return `${method} ${path.replace(/\/\d+(?=\/|$)/g, '/:id')}`;
}

/** Names and ids: an id in a response that is not a number could lead anywhere, e.g. `1/../../other`. */
const SAFE_PATH = /^(?:\/[a-z_]+|\/\d+)+$/i;

/** @throws AccountFailure for a request whose path is more than names and ids: it must not be sent */
export function assertSafePath({ path, purpose: { action } }: AccountRequest): void {
	if (SAFE_PATH.test(path)) return;
	throw new AccountFailure(
		'noData',
		`ActiveCampaign could not ${action}: it returned an unexpected response, with an ID that is not a number`,
		LATER,
	);
}

/** Why a request is not sent: what it was decided on is out of date. */
export function staleFailure(
	{ notAfter, purpose }: AccountRequest,
	outcomeUnknown: boolean,
): AccountFailure | undefined {
	if (notAfter === undefined || performance.now() <= notAfter) return undefined;
	return new AccountFailure(
		'stale',
		`The request to ${purpose.action} was not sent because the contact's data is out of date`,
		'Run the item again',
		{ outcomeUnknown },
	);
}

/** A 2xx with the data that was asked for. */
export interface SuccessfulResponse {
	readonly statusCode: number;
	readonly body: JsonObject;
}

/** What a call that succeeded ended in. */
export interface AccountResponse extends SuccessfulResponse {
	/** When the request that got this response started, by `performance.now()`: nothing in it is older. */
	readonly startedAt: number;
	/**
	 * If an earlier try may have been carried out already, so that this response is perhaps the second: the time from the
	 * start of the first such try until this response, in milliseconds.
	 */
	readonly repeatedWithinMs?: number;
}

interface LongTries {
	/** The longest of them, in milliseconds. */
	readonly ms: number;
	readonly itemIndexes: ReadonlySet<number>;
}

/** What a run's requests met, for the hint at its end. */
export interface AccountStatistics {
	/** Responses that asked to wait, the account being over its rate limit. */
	timesAskedToWait: number;
	/** For how long these waits held up requests, overlaps counted once (milliseconds). */
	heldUpMs: number;
	/** The calls that met faults of the account for long, if any did. */
	longTries?: LongTries;
}
