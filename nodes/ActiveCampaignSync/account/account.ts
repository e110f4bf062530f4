import { createHash } from 'crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { stopped, type AccountFailure } from '../shared/failure';
import { textOf } from '../shared/json';
import { accountBaseUrl, accountKey } from './accountUrl';
import { CallLog } from './callLog';
import { CircuitBreaker } from './circuitBreaker';
import { readTry } from './errorRules';
import { generalLimit, IMPORT_LIMIT, UNNAMED_HOLD_MS, type PaceLimit } from './pace';
import {
	assertSafePath,
	endpointOf,
	staleFailure,
	type AccountRequest,
	type AccountResponse,
	type AccountStatistics,
	type NodeContext,
	type SuccessfulResponse,
} from './request';
import { ReadingScope, RequestScope, type WorkKind } from './requestScope';
import { Attempts, type TryResult } from './retry';
import { CREDENTIAL_NAME, sendRequest } from './send';
import type { Received } from './received';
import { pauseUnless, Throttle, type GetAbortReason } from './throttle';
import { TokenHistory, TRUST, type Trust } from './tokenHistory';

/** The documented limit of every ActiveCampaign account. */
export const DEFAULT_REQUESTS_PER_SECOND = 5;

/** What all executions in this process share about one account, whichever token they have. */
interface AccountState {
	/** Lets requests start within the account's limit. */
	readonly general: Throttle;
	/** Lets imports start within theirs, which counts apart. */
	readonly imports: Throttle;
	/** The account has responded, so its host exists and can be reached. */
	hasResponded: boolean;
}

/** By `Account.key`. */
export const accountState = byKey<AccountState>(() => ({
	general: new Throttle(),
	imports: new Throttle(),
	hasResponded: false,
}));

/** By `Account.keyOf('')`: the user of one token may see other things than another's. */
export const tokenHistory = byKey(() => new TokenHistory());

/** Gives the state for a key, the same one each time. */
function byKey<State>(create: () => State): (key: string) => State {
	const states = new Map<string, State>();
	return (key) => {
		const state = states.get(key) ?? create();
		states.set(key, state);
		return state;
	};
}

/**
 * One ActiveCampaign account as one execution sees it: the only code that waits or calls.
 * Every call is paced by the limit that all executions share, repeated where that is safe, and ends in JSON or in an
 * `AccountFailure`.
 */
export class Account {
	readonly statistics: AccountStatistics = { timesAskedToWait: 0, heldUpMs: 0 };

	/** What the account is called wherever executions share something about it; see `accountKey`. */
	readonly key: string;

	private readonly host: string;
	/** By `performance.now()`. */
	private heldUntil = -Infinity;
	private readonly limit: PaceLimit;
	private readonly tokenHash: string;
	private readonly openedAt = performance.now();
	/** Shared with other executions. */
	private readonly shared: AccountState;
	private readonly history: TokenHistory;
	/** What is skipped in this execution. */
	private readonly circuitBreaker = new CircuitBreaker();

	private constructor(
		private readonly context: NodeContext,
		/** e.g. `https://acme.api-us1.com/api/3` */
		readonly baseUrl: string,
		private readonly credentials: ICredentialDataDecryptedObject,
		requestsPerSecond: number,
		readonly signal: AbortSignal | undefined,
	) {
		this.host = new URL(baseUrl).host;
		this.key = accountKey(baseUrl);
		this.limit = generalLimit(requestsPerSecond);
		this.tokenHash = createHash('sha256').update(textOf(credentials['apiToken'])).digest('hex');
		this.shared = accountState(this.key);
		this.history = tokenHistory(this.keyOf(''));
	}

	/**
	 * The account of the node's credential.
	 * @throws AccountFailure when the credential's account name cannot be read
	 */
	static async open(
		context: NodeContext,
		requestsPerSecond = DEFAULT_REQUESTS_PER_SECOND,
		signal?: AbortSignal,
	): Promise<Account> {
		const credentials = await context.getCredentials(CREDENTIAL_NAME);
		const baseUrl = accountBaseUrl(credentials['accountName']);
		return new Account(context, baseUrl, credentials, requestsPerSecond, signal);
	}

	/**
	 * The key under which something is remembered for later executions: they may have another token, whose user sees
	 * other things.
	 */
	keyOf(name: string): string {
		return `${this.key} ${this.tokenHash} ${name}`;
	}

	/** Who asks, and for how long: all calls for the same items are made by one scope. */
	scope(itemIndexes: readonly number[] = [], kind: WorkKind = 'item'): RequestScope {
		return new RequestScope(this, kind, itemIndexes);
	}

	/** The same for a dry run, in which nothing is written. */
	readingScope(itemIndexes: readonly number[]): RequestScope {
		return new ReadingScope(this, 'item', itemIndexes);
	}

	/**
	 * Calls the account until it responds, or trying again makes no sense any more.
	 * @param scope what the call is part of: its calls share their turn and the time for tries
	 * @throws AccountFailure for everything but 2xx with the data asked for
	 */
	async call(request: AccountRequest, scope: RequestScope): Promise<AccountResponse> {
		assertSafePath(request);
		const attempts = new Attempts(request.repeatable ?? 'always', scope.metSince);
		const endpoint = endpointOf(request);
		const getAbortReason = () => this.getAbortReason(request, endpoint, attempts);
		const log = new CallLog(this.context, request, scope, this.statistics);
		for (;;) {
			const startedAt = await this.waitForTurn(request, scope, getAbortReason);
			const received = await sendRequest(this.context, this.baseUrl, this.credentials, request);
			const result = this.read(received, request);
			const now = performance.now();
			log.record(received, result, startedAt, now);
			this.learn(request, startedAt, received, result);
			if (!result.failure) return { ...result.value, startedAt, repeatedWithinMs: attempts.succeed(now) };

			const waitMs = attempts.fail(result, startedAt, now, Math.random());
			if (waitMs === undefined) {
				const failure = attempts.latest ?? result.failure;
				this.circuitBreaker.recordFailure(endpoint, failure, request.isEssential === true, now);
				throw failure;
			}
			// What the account asked for is kept by the throttle, for everybody.
			if (result.reason !== 'rateLimited') await pauseUnless(getAbortReason, waitMs);
		}
	}

	private async waitForTurn(
		{ isImport, notAfter }: AccountRequest,
		scope: RequestScope,
		getAbortReason: GetAbortReason,
	): Promise<number> {
		const turn = { run: this, scope, notAfter };
		if (isImport) await this.shared.imports.acquire(IMPORT_LIMIT, turn, getAbortReason);
		const startedAt = await this.shared.general.acquire(this.limit, turn, getAbortReason);
		scope.hasBegun = true;
		return startedAt;
	}

	/** Why a call is not tried any more, if so: what it met before is what there is to say. */
	private getAbortReason(
		request: AccountRequest,
		endpoint: string,
		attempts: Attempts,
	): AccountFailure | undefined {
		if (this.signal?.aborted) return stopped(attempts.outcomeUnknown);
		const reason = this.circuitBreaker.reasonFor(endpoint);
		return (reason && (attempts.latest ?? reason)) ?? staleFailure(request, attempts.outcomeUnknown);
	}

	private read(received: Received, request: AccountRequest): TryResult<SuccessfulResponse> {
		if (!received.response && this.signal?.aborted) return { failure: stopped(true) };
		const endpoint = endpointOf(request);
		const { host } = this;
		const trust = this.trustIn(endpoint);
		const lacksPermission = this.circuitBreaker.lacksPermission(endpoint);
		return readTry(received, { request, host, trust, lacksPermission }, Date.now());
	}

	private trustIn(endpoint: string): Trust {
		const run = { startedAt: this.openedAt, hasWorked: this.circuitBreaker.hasWorked };
		const trust = this.history.trustIn(endpoint, run, performance.now());
		// A list picker reports a refusal immediately, because someone waits for it.
		const isInEditor = !('getInputData' in this.context);
		if (isInEditor && trust === TRUST.endpoint) return TRUST.token;
		return trust === TRUST.none && this.shared.hasResponded ? TRUST.host : trust;
	}

	private noteHold(holdMs: number): void {
		const now = performance.now();
		const until = Math.max(this.heldUntil, now + holdMs);
		this.statistics.timesAskedToWait += 1;
		this.statistics.heldUpMs += until - Math.max(this.heldUntil, now);
		this.heldUntil = until;
	}

	/** Notes what a try says about the account, for the calls after it. */
	private learn(
		request: AccountRequest,
		startedAt: number,
		{ response }: Received,
		{ failure, reason }: TryResult<unknown>,
	): void {
		if (!response) return;
		const { general, imports } = this.shared;
		if (reason === 'rateLimited') {
			this.noteHold(failure.details.retryAfterMs ?? UNNAMED_HOLD_MS);
			// Over the limit of imports it is 400.
			const limited = response.statusCode === 400 ? imports : general;
			limited.noteRateLimited(startedAt, failure.details.retryAfterMs);
			return;
		}
		general.noteResponse();
		if (request.isImport) imports.noteResponse();

		const endpoint = endpointOf(request);
		if (!failure) {
			this.shared.hasResponded = true;
			this.history.recordSuccess(endpoint, performance.now());
			this.circuitBreaker.recordSuccess(endpoint);
		} else if (reason && response.statusCode === 403) {
			this.history.recordForbidden(endpoint);
		}
	}
}
