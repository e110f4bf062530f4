import { itemRanges, namedItems } from '../shared/text';
import { faultCode, type Received } from './received';
import { endpointOf, type AccountRequest, type AccountStatistics, type NodeContext } from './request';
import type { RequestScope } from './requestScope';
import { MAX_TRYING_MS, type TryResult } from './retry';

/** A call that meets faults of the account for longer than this is worth mentioning (milliseconds). */
const LONG_MS = 15_000;

/** The parts of a query that are not personal. */
const SHOWN_PARAMETERS: ReadonlySet<string> = new Set(['limit', 'offset', 'include', 'status']);

/**
 * What n8n's log says of one call. A line at its level "debug" for each request: what was sent where, what came back and
 * how long it took, without the token, without ids and any value that came from a person, and without names of lists,
 * tags and automations. n8n does not say at which level it logs, but reads details only if it logs them: what takes time to
 * describe is a getter.
 *
 * And one line at its level "info" when the call keeps meeting faults of the account, even if no other call has to wait: a
 * user who waits for the run should see why. That is also kept for the hint at the end of the run.
 */
export class CallLog {
	private tries = 0;
	/** When the call, or the wait before its next try, began. */
	private since = performance.now();
	private failingSince: number | undefined;
	private isLongTrySaid = false;

	constructor(
		private readonly context: NodeContext,
		private readonly request: AccountRequest,
		private readonly scope: RequestScope,
		private readonly statistics: AccountStatistics,
	) {}

	/** To be called after each try. Times are by `performance.now()`. */
	record(received: Received, result: TryResult<unknown>, startedAt: number, endedAt: number): void {
		this.writeTry(received, result, startedAt, endedAt);
		this.noteLongTry(result, startedAt, endedAt);
	}

	private writeTry(
		{ response, thrown }: Received,
		{ failure, reason }: TryResult<unknown>,
		startedAt: number,
		endedAt: number,
	): void {
		const { scope, request } = this;
		this.tries += 1;
		this.context.logger.debug('ActiveCampaign Sync request', {
			executionId: this.context.getExecutionId(),
			for: scope.kind,
			get items() {
				return itemRanges(scope.itemIndexes);
			},
			get request() {
				return `${endpointOf(request)}${queryShape(request.query ?? [])}`;
			},
			get purpose() {
				return withoutNames(request.purpose.action);
			},
			try: this.tries,
			waitedMs: Math.round(startedAt - this.since),
			tookMs: Math.round(endedAt - startedAt),
			fault: response ? undefined : (faultCode(thrown) ?? 'unknown'),
			status: response?.statusCode,
			get response() {
				return response && shapeOf(response.body);
			},
			failure: failure?.kind,
			retryReason: failure && (reason ?? 'none'),
		});
		this.since = endedAt;
	}

	private noteLongTry({ failure, reason }: TryResult<unknown>, startedAt: number, endedAt: number): void {
		// Being over the limit says that the account works.
		if (!failure || !reason || reason === 'rateLimited') return;
		this.failingSince ??= startedAt;
		const failingMs = endedAt - this.failingSince;
		if (failingMs < LONG_MS) return;
		const { statistics, scope, request } = this;
		const { ms = 0, itemIndexes = [] } = statistics.longTries ?? {};
		statistics.longTries = {
			ms: Math.max(ms, failingMs),
			itemIndexes: new Set([...itemIndexes, ...scope.itemIndexes]),
		};
		if (this.isLongTrySaid) return;
		this.isLongTrySaid = true;
		const items = namedItems(scope.itemIndexes);
		const status = failure.details.httpCode ? `HTTP ${failure.details.httpCode}` : failure.kind;
		this.context.logger.info(
			`ActiveCampaign Sync has been trying for ${seconds(failingMs)} seconds to ${withoutNames(request.purpose.action)}${items && ` (${items})`}: ${status}. It goes on for up to ${seconds(MAX_TRYING_MS[reason])} seconds`,
			{ executionId: this.context.getExecutionId() },
		);
	}
}

function seconds(ms: number): number {
	return Math.round(ms / 1_000);
}

/** e.g. "?ids[]=…(100)&limit=100": values only where they are the node's own. */
export function queryShape(query: ReadonlyArray<readonly [string, string]>): string {
	const counts = new Map<string, number>();
	for (const [name] of query) counts.set(name, (counts.get(name) ?? 0) + 1);
	const valueOf = (name: string, count: number) =>
		SHOWN_PARAMETERS.has(name)
			? query.find(([other]) => other === name)?.[1]
			: `…${count > 1 ? `(${count})` : ''}`;
	const shown = [...counts].map(([name, count]) => `${name}=${valueOf(name, count)}`);
	return shown.length > 0 ? `?${shown.join('&')}` : '';
}

/** "add the tag 'Lead'" says which tag. A name may contain a quote itself. */
function withoutNames(action: string): string {
	return action.replace(/'.*'/su, "'…'");
}

/** How deep a shape may get, of how many entries of a list, and how long, whatever the response is: one line of a log. */
const MAX_DEPTH = 5;
const MAX_ENTRIES = 20;
const MAX_LENGTH = 2_000;

/**
 * A name that a programmer gave. What it does not match may be a person's, e.g. an address or a phone number by which an
 * object is keyed: names of people start with a capital letter, and numbers have five digits in a row.
 */
const PROGRAMMERS_KEY = /^(?!.*\d{5})_?[a-z][A-Za-z0-9_]{0,29}$/;

/**
 * What a response looks like, without any value from it, e.g. `{contact:{id:digits,email:text},fieldValues:[12 × {…}]}`.
 * Texts are `empty`, `digits`, `page` (HTML) or `text`; keys that may be personal are counted only. Never throws.
 */
export function shapeOf(json: unknown): string {
	const shape = shapeAt(json, 0);
	return shape.length > MAX_LENGTH ? `${shape.slice(0, MAX_LENGTH)}…` : shape;
}

function shapeAt(value: unknown, depth: number): string {
	if (typeof value === 'string') return textShape(value);
	if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
	const isTooDeep = depth >= MAX_DEPTH;
	if (Array.isArray(value)) {
		if (value.length === 0) return '[]';
		const shapes = isTooDeep ? ['…'] : value.slice(0, MAX_ENTRIES).map((one) => shapeAt(one, depth + 1));
		return `[${value.length} × ${[...new Set(shapes)].join(' | ')}]`;
	}
	const keys = Object.keys(value);
	if (isTooDeep && keys.length > 0) return '{…}';
	const named = keys.filter((key) => PROGRAMMERS_KEY.test(key));
	const shown = named.map((key) => `${key}:${shapeAt(Reflect.get(value, key), depth + 1)}`);
	const others = keys.length - named.length;
	return `{${[...shown, ...(others > 0 ? [`${others} other keys`] : [])].join(',')}}`;
}

function textShape(text: string): string {
	if (text === '') return 'empty';
	if (/^\d{1,30}$/.test(text)) return 'digits';
	return /^\s*</.test(text) ? 'page' : 'text';
}
