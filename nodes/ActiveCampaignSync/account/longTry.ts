import { namedItems } from '../shared/text';
import { withoutNames } from './callLog';
import type { AccountRequest, AccountStatistics, NodeContext } from './request';
import type { RequestScope } from './requestScope';
import { MAX_TRYING_MS, type TryResult } from './retry';

/** A call that meets faults of the account for longer than this is worth mentioning (milliseconds). */
const LONG_MS = 15_000;

/**
 * Notices when one call keeps meeting faults of the account, even if no other call has to wait: a user who waits for the
 * run should see why. Said once in n8n's log, at its level "info", and kept for the hint at the end of the run.
 */
export class LongTry {
	private failingSince: number | undefined;
	private isSaid = false;

	constructor(
		private readonly context: NodeContext,
		private readonly request: AccountRequest,
		private readonly scope: RequestScope,
		private readonly statistics: AccountStatistics,
	) {}

	/** To be called after each try. Times are by `performance.now()`. */
	note({ failure, reason }: TryResult<unknown>, startedAt: number, endedAt: number): void {
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
		if (this.isSaid) return;
		this.isSaid = true;
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
