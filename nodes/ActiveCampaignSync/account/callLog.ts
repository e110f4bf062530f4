import { itemRanges } from '../shared/text';
import { faultCode } from './network';
import type { RawResponse } from './rawResponse';
import { endpointOf, type AccountRequest, type NodeContext } from './request';
import type { RequestScope } from './requestScope';
import { shapeOf } from './shape';
import type { TryResult } from './retry';

/** The parts of a query that are not personal. */
const SHOWN_PARAMETERS: ReadonlySet<string> = new Set(['limit', 'offset', 'include', 'status']);

/**
 * Writes a line to n8n's log, at its level "debug", for each request of one call: what was sent where, what came back and
 * how long it took, without the token, without ids and any value that came from a person, and without names of lists,
 * tags and automations. n8n does not say at which level it logs, but reads details only if it logs them: what takes time to
 * describe is a getter.
 */
export class CallLog {
	private tries = 0;
	/** When the call, or the wait before its next try, began. */
	private since = performance.now();
	private response: RawResponse | undefined;
	private fault: string | undefined;

	constructor(
		private readonly context: NodeContext,
		private readonly request: AccountRequest,
		private readonly scope: RequestScope,
	) {}

	/** Keeps a response until the line is written. */
	noteResponse(response: RawResponse): void {
		this.response = response;
	}

	/** Keeps what was thrown in place of a response: its code only. */
	noteFault(thrown: unknown): void {
		this.fault = faultCode(thrown) ?? 'unknown';
	}

	/** Writes the line of a try. Times are by `performance.now()`. */
	write({ failure, reason }: TryResult<unknown>, startedAt: number, endedAt: number): void {
		const { scope, request, response } = this;
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
			fault: this.fault,
			status: response?.statusCode,
			get response() {
				return response && shapeOf(response.body);
			},
			failure: failure?.kind,
			retryReason: failure && (reason ?? 'none'),
		});
		this.since = endedAt;
		this.response = undefined;
		this.fault = undefined;
	}
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
export function withoutNames(action: string): string {
	return action.replace(/'.*'/su, "'…'");
}
