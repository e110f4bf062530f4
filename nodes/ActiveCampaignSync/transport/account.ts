import { accountBaseUrl } from './accountUrl';
import { readResponse, type CallPurpose, type RawResponse } from './response';
import { RetryState, RetryBudget } from './retryState';
import { AccountFailure } from '../shared/failure';
import { settle } from '../shared/result';
import { isObject, textOf, type JsonObject } from '../shared/json';
import { readNetworkFault } from './network';
import { CircuitBreaker } from './circuitBreaker';
import { generalLimit, IMPORT_LIMIT, type PaceLimit } from './pace';
import { pageQuery, readAllPages, readPageResponse, type Page } from './paging';
import { isImportRefusal, isRateLimited, rateLimitHeaders, retryAfterMs } from './rateLimit';
import { withoutToken } from './redact';
import type { AccountResponse, AccountRequest, AccountStatistics, NodeContext } from './request';
import type { RetryReason } from './retry';
import { CREDENTIAL_NAME, sendRequest } from './send';
import { pauseUnless, sharedThrottle, stopped, type Throttle, type GetAbortReason } from './throttle';

export type { AccountResponse, AccountRequest, AccountStatistics } from './request';

/** The documented limit of every ActiveCampaign account. */
export const DEFAULT_REQUESTS_PER_SECOND = 5;

/** A request for records, whatever its method. */
type ReadRequest = Omit<AccountRequest, 'method'>;

/** One try that did not work, and why another may; without a reason it would not. */
class FailedTry {
	constructor(
		readonly failure: AccountFailure,
		readonly reason?: RetryReason,
	) {}
}

/**
 * One ActiveCampaign account as one execution sees it: the only code that waits or calls.
 * Every call is paced by the limit that all executions share, repeated where that is safe, and ends in JSON or in an
 * `AccountFailure`.
 */
export class Account {
	readonly statistics: AccountStatistics = { timesAskedToWait: 0 };

	private readonly host: string;
	private readonly general: Throttle;
	private readonly imports: Throttle;
	private readonly generalLimit: PaceLimit;
	/** Why this execution no longer calls the account at all, if so. */
	private readonly circuitBreaker = new CircuitBreaker();

	private constructor(
		private readonly context: NodeContext,
		/** e.g. `https://acme.api-us1.com/api/3` */
		readonly baseUrl: string,
		private readonly token: string,
		requestsPerSecond: number,
		readonly signal: AbortSignal | undefined,
	) {
		const { host, origin } = new URL(baseUrl);
		this.host = host;
		this.general = sharedThrottle(origin);
		this.imports = sharedThrottle(`${origin} import`);
		this.generalLimit = generalLimit(requestsPerSecond);
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
		return `${this.baseUrl} ${this.token} ${name}`;
	}

	/**
	 * Calls the account until it answers, or trying again makes no sense any more.
	 * @param budget what the call is part of: its calls have their order and the time for tries in common
	 * @throws AccountFailure for everything but 2xx with a JSON object
	 */
	async call(request: AccountRequest, budget = new RetryBudget()): Promise<AccountResponse> {
		const retryState = new RetryState(request.repeatable ?? 'always', budget);
		let latest: AccountFailure | undefined;
		const getAbortReason = () => this.getAbortReason(latest) ?? staleFailure(request);
		for (;;) {
			const startedAt = await this.waitForTurn(request, budget, getAbortReason);
			retryState.begin(startedAt);
			const outcome = await this.tryOnce(request, startedAt);
			const now = performance.now();
			if (!(outcome instanceof FailedTry)) {
				retryState.finish(now);
				this.circuitBreaker.succeeded(request.isEssential === true);
				const repeatedWithinMs = retryState.repeatedWithinMs(now);
				return { ...outcome, repeatedWithinMs };
			}
			const { failure, reason } = outcome;
			const waitMs = reason && retryState.fail(reason, failure, startedAt, now, Math.random());
			latest = reason ? retryState.describe(failure, now) : failure;
			if (waitMs === undefined) {
				retryState.finish(now);
				if (request.isEssential) this.circuitBreaker.failed(latest, now);
				throw latest;
			}
			// What the account asked for is kept by the throttle, for everybody.
			if (reason !== 'rateLimited') await pauseUnless(getAbortReason, waitMs);
		}
	}

	/**
	 * All records of a list, page by page.
	 * @param key the list's name in the answer, e.g. `fields`
	 * @param sideLoaded names of lists that come along, e.g. `fieldOptions`
	 * @throws AccountFailure
	 */
	async readAll(
		request: ReadRequest,
		key: string,
		budget = new RetryBudget(),
		sideLoaded: readonly string[] = [],
	): Promise<Map<string, JsonObject[]>> {
		const readPage = async (offset: number) => await this.readPage(request, key, offset, budget);
		return await readAllPages(readPage, key, sideLoaded);
	}

	/**
	 * One page of a list of records, and the offset of the next one if there is one.
	 * @throws AccountFailure, also for an answer without the list: that there are no records is an empty list
	 */
	async readPage(
		request: ReadRequest,
		key: string,
		offset: number,
		budget = new RetryBudget(),
	): Promise<Page> {
		const query = [...(request.query ?? []), ...pageQuery(offset)];
		const { body } = await this.call({ ...request, method: 'GET', query }, budget);
		if (Array.isArray(body[key])) return readPageResponse(body, key, offset);
		throw new AccountFailure(
			'noData',
			`ActiveCampaign could not ${request.purpose.action}: its answer holds none`,
			'Run the item again in a few minutes',
		);
	}

	/**
	 * Deletes a record. One that is gone already, perhaps by a try whose answer was lost, is as good.
	 * @throws AccountFailure
	 */
	async remove(path: string, purpose: CallPurpose, budget = new RetryBudget()): Promise<void> {
		const { failure } = await settle(this.call({ method: 'DELETE', path, purpose }, budget));
		if (failure && failure.details.httpCode !== '404') throw failure;
	}

	/** @param latest what the call met before, which then is what there is to say of it */
	private getAbortReason(latest: AccountFailure | undefined): AccountFailure | undefined {
		if (this.signal?.aborted) return stopped(latest?.details.outcomeUnknown);
		return this.circuitBreaker.reason && (latest ?? this.circuitBreaker.reason);
	}

	private async waitForTurn(
		request: AccountRequest,
		budget: RetryBudget,
		getAbortReason: GetAbortReason,
	): Promise<number> {
		if (request.isImport) await this.imports.acquire(IMPORT_LIMIT, this, budget, getAbortReason);
		const startedAt = await this.general.acquire(this.generalLimit, this, budget, getAbortReason);
		budget.hasBegun = true;
		return startedAt;
	}

	private async tryOnce(
		request: AccountRequest,
		startedAt: number,
	): Promise<Pick<AccountResponse, 'statusCode' | 'body'> | FailedTry> {
		const answer = await this.send(request, startedAt);
		if (answer instanceof FailedTry) return answer;
		const reason = retryReasonFor(answer, request);
		const askedWaitMs = reason && retryAfterMs(answer, Date.now());
		if (reason === 'rateLimited') {
			this.statistics.timesAskedToWait += 1;
			(isImportRefusal(answer) ? this.imports : this.general).noteRateLimited(startedAt, askedWaitMs);
		} else {
			this.general.noteResponse(this.generalLimit, startedAt, rateLimitHeaders(answer.headers));
			if (request.isImport) this.imports.noteResponse(IMPORT_LIMIT, startedAt, {});
		}
		const body = readResponse(answer, this.host, request.purpose);
		if (!(body instanceof AccountFailure)) return { statusCode: answer.statusCode, body };
		const { kind, message, description, details } = body;
		const failure = new AccountFailure(kind, message, description, { ...details, retryAfterMs: askedWaitMs });
		return new FailedTry(failure, reason);
	}

	private async send(request: AccountRequest, startedAt: number): Promise<RawResponse | FailedTry> {
		try {
			const onSent = () => void this.general.watchSending(startedAt);
			const { statusCode, headers, body } = await sendRequest(this.context, this.baseUrl, request, onSent);
			const clean = { headers: withoutToken(headers, this.token), body: withoutToken(body, this.token) };
			return { statusCode, headers: isObject(clean.headers) ? clean.headers : {}, body: clean.body };
		} catch (thrown) {
			if (this.signal?.aborted) return new FailedTry(stopped(true));
			const { failure, reason } = readNetworkFault(thrown, this.host);
			return new FailedTry(failure, reason);
		}
	}
}

function staleFailure({ notAfter, purpose }: AccountRequest): AccountFailure | undefined {
	if (notAfter === undefined || performance.now() <= notAfter) return undefined;
	return new AccountFailure(
		'stale',
		`ActiveCampaign was not asked to ${purpose.action}: what was known of the contact is too old by now`,
		'Run the item again',
	);
}

/** Why an answer is worth another try; undefined when it says all there is to say. */
function retryReasonFor(answer: RawResponse, request: AccountRequest): RetryReason | undefined {
	if (isRateLimited(answer) || (request.isImport && isImportRefusal(answer))) return 'rateLimited';
	if (answer.statusCode >= 500) return 'serverFault';
	// An automation's 403 is an answer: "Could not create SubscriberSeries".
	if (answer.statusCode === 403 && request.repeatable !== 'ifNotDone') return 'forbidden';
	return undefined;
}
