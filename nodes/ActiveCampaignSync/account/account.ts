import { createHash } from 'crypto';

import { AccountFailure, stopped } from '../shared/failure';
import { isObject, textOf } from '../shared/json';
import { accountBaseUrl, accountKey } from './accountUrl';
import { CallLog } from './callLog';
import { assertSafePath, staleFailure, withoutDoubt } from './callFailures';
import { CircuitBreaker } from './circuitBreaker';
import { LongTry } from './longTry';
import { readNetworkFault } from './network';
import { generalLimit, IMPORT_LIMIT, type PaceLimit } from './pace';
import { isImportRefusal, retryAfterMs } from './rateLimit';
import type { RawResponse } from './rawResponse';
import { withoutToken } from './redact';
import {
	endpointOf,
	type AccountRequest,
	type AccountResponse,
	type AccountStatistics,
	type NodeContext,
} from './request';
import { readResponse } from './response';
import type { TryResult } from './retry';
import { RequestScope, type WorkKind } from './requestScope';
import { Attempts } from './retryState';
import { CREDENTIAL_NAME, sendRequest } from './send';
import { pauseUnless, sharedThrottle, type GetAbortReason, type Throttle } from './throttle';

export type { AccountRequest, AccountResponse, AccountStatistics } from './request';

/** The documented limit of every ActiveCampaign account. */
export const DEFAULT_REQUESTS_PER_SECOND = 5;

/** Base URLs that have responded in this process: if their host cannot be found, that passes. */
const knownHosts = new Set<string>();

/** When each API token last worked in this process, by `performance.now()`: a list picker has seen nothing of it itself. */
const workedAt = new Map<string, number>();
/** For so long, a token that worked is not suspected (milliseconds). */
const TRUST_TOKEN_MS = 10 * 60_000;

/**
 * One ActiveCampaign account as one execution sees it: the only code that waits or calls.
 * Every call is paced by the limit that all executions share, repeated where that is safe, and ends in JSON or in an
 * `AccountFailure`.
 */
export class Account {
	readonly statistics: AccountStatistics = { timesAskedToWait: 0 };

	/** What the account is called wherever executions share something about it; see `accountKey`. */
	readonly key: string;

	private readonly host: string;
	private readonly general: Throttle;
	private readonly imports: Throttle;
	private readonly generalLimit: PaceLimit;
	private readonly tokenHash: string;
	/** What has worked in this execution, and what is skipped. */
	private readonly circuitBreaker = new CircuitBreaker();

	private constructor(
		private readonly context: NodeContext,
		/** e.g. `https://acme.api-us1.com/api/3` */
		readonly baseUrl: string,
		private readonly token: string,
		requestsPerSecond: number,
		readonly signal: AbortSignal | undefined,
	) {
		this.host = new URL(baseUrl).host;
		this.key = accountKey(baseUrl);
		this.general = sharedThrottle(this.key);
		this.imports = sharedThrottle(`${this.key} import`);
		this.generalLimit = generalLimit(requestsPerSecond);
		this.tokenHash = createHash('sha256').update(token).digest('hex');
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
		const { accountName, apiToken } = await context.getCredentials(CREDENTIAL_NAME);
		return new Account(context, accountBaseUrl(accountName), textOf(apiToken), requestsPerSecond, signal);
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

	/**
	 * Calls the account until it responds, or trying again makes no sense any more.
	 * @param scope what the call is part of: its calls share their turn and the time for tries
	 * @throws AccountFailure for everything but 2xx with the data asked for
	 */
	async call(request: AccountRequest, scope: RequestScope): Promise<AccountResponse> {
		assertSafePath(request);
		const retryState = new Attempts(request.repeatable ?? 'always', scope);
		const getAbortReason = () => this.getAbortReason(request, retryState);
		const log = new CallLog(this.context, request, scope);
		const longTry = new LongTry(this.context, request, scope, this.statistics);
		try {
			for (;;) {
				const startedAt = await this.waitForTurn(request, scope, getAbortReason);
				retryState.begin(startedAt);
				const outcome = await this.tryOnce(request, startedAt, log);
				const now = performance.now();
				log.write(outcome, startedAt, now);
				longTry.note(outcome, startedAt, now);
				if (!outcome.failure) {
					return { ...outcome.value, startedAt, repeatedWithinMs: retryState.repeatedWithinMs(now) };
				}
				const waitMs = retryState.fail(outcome, startedAt, now, Math.random());
				if (waitMs === undefined) throw this.givenUp(request, retryState.latest ?? outcome.failure, now);
				// What the account asked for is kept by the throttle, for everybody.
				if (outcome.reason !== 'rateLimited') await pauseUnless(getAbortReason, waitMs);
			}
		} finally {
			retryState.finish(performance.now());
		}
	}

	/** Why a call is not tried any more, if so: what it met before is what there is to say. */
	private getAbortReason(request: AccountRequest, retryState: Attempts): AccountFailure | undefined {
		const { latest, outcomeUnknown } = retryState;
		if (this.signal?.aborted) return stopped(outcomeUnknown);
		const reason = this.circuitBreaker.reasonFor(endpointOf(request));
		return (reason && (latest ?? reason)) ?? staleFailure(request, outcomeUnknown);
	}

	private givenUp(request: AccountRequest, failure: AccountFailure, now: number): AccountFailure {
		this.circuitBreaker.recordFailure(endpointOf(request), failure, request.isEssential === true, now);
		return failure;
	}

	private async waitForTurn(
		{ isImport, notAfter }: AccountRequest,
		scope: RequestScope,
		getAbortReason: GetAbortReason,
	): Promise<number> {
		const turn = { run: this, scope, notAfter };
		if (isImport) await this.imports.acquire(IMPORT_LIMIT, turn, getAbortReason);
		const startedAt = await this.general.acquire(this.generalLimit, turn, getAbortReason);
		scope.hasBegun = true;
		return startedAt;
	}

	private async tryOnce(
		request: AccountRequest,
		startedAt: number,
		log: CallLog,
	): Promise<TryResult<Pick<AccountResponse, 'statusCode' | 'body'>>> {
		const sent = await this.send(request, log);
		if (sent.failure) return sent;
		const { value: response } = sent;
		const endpoint = endpointOf(request);
		const trust = this.circuitBreaker.trustIn(endpoint);
		const {
			value: body,
			failure,
			reason,
		} = readResponse(response, {
			request,
			host: this.host,
			trust,
			hasTokenWorkedLately: this.hasTokenWorkedLately(),
		});
		if (!failure) {
			this.noteResponse(request);
			this.circuitBreaker.noteSuccess(endpoint);
			knownHosts.add(this.baseUrl);
			workedAt.set(this.keyOf('token'), performance.now());
			return { value: { statusCode: response.statusCode, body } };
		}
		const askedWaitMs = reason && retryAfterMs(response, Date.now());
		if (reason === 'rateLimited') this.noteRateLimited(response, startedAt, askedWaitMs);
		else this.noteResponse(request);
		const { kind, message, description, details } = failure;
		const isForbidden = reason !== undefined && response.statusCode === 403;
		if (isForbidden) this.circuitBreaker.noteForbidden(endpoint);
		return {
			failure: new AccountFailure(kind, message, description, { ...details, retryAfterMs: askedWaitMs }),
			// A permission that is missing is missing for the other items too.
			reason: kind === 'forbidden' && this.circuitBreaker.lacksPermission(endpoint) ? undefined : reason,
		};
	}

	private hasTokenWorkedLately(): boolean {
		return performance.now() - (workedAt.get(this.keyOf('token')) ?? -Infinity) < TRUST_TOKEN_MS;
	}

	private noteResponse({ isImport }: AccountRequest): void {
		this.general.noteResponse();
		if (isImport) this.imports.noteResponse();
	}

	private noteRateLimited(response: RawResponse, startedAt: number, askedWaitMs: number | undefined): void {
		this.statistics.timesAskedToWait += 1;
		(isImportRefusal(response) ? this.imports : this.general).noteRateLimited(startedAt, askedWaitMs);
	}

	private async send(request: AccountRequest, log: CallLog): Promise<TryResult<RawResponse>> {
		try {
			const { statusCode, headers, body } = await sendRequest(this.context, this.baseUrl, request);
			const clean = { headers: withoutToken(headers, this.token), body: withoutToken(body, this.token) };
			const value = { statusCode, headers: isObject(clean.headers) ? clean.headers : {}, body: clean.body };
			log.noteResponse(value);
			return { value };
		} catch (thrown) {
			log.noteFault(thrown);
			if (this.signal?.aborted) return { failure: stopped(true) };
			return withoutDoubt(readNetworkFault(thrown, this.host, knownHosts.has(this.baseUrl)), request);
		}
	}
}
