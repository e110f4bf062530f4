import { failureOf } from '../shared/failure';
import type { JsonObject } from '../shared/json';
import type { Account } from './account';
import type { Timestamped } from './cachedRead';
import { pageQuery, readAllPages, readPageResponse, type Page } from './paging';
import type { AccountRequest, AccountResponse, CallPurpose, RequestDetails } from './request';
import { MetSince } from './retry';

/**
 * `item`: first come, first served within its run, and ahead of everything else once it has begun.
 * `lookup`: what items wait for, such as the account's lists; always goes first.
 * `background`: what nothing waits for yet, such as asking how far an import is; goes last.
 */
export type WorkKind = 'item' | 'lookup' | 'background';

/**
 * What all calls for one item, or for the items of one person, share: the time for retries, and their turn. Made by
 * `account.scope(…)`.
 */
export class RequestScope {
	/** A request of it has been sent: what was read may get too old, so the rest is finished before new work. */
	hasBegun = false;
	/** For how long its calls are tried. */
	readonly metSince = new MetSince();

	/** @param itemIndexes the items that its calls are for, as far as they are known: for the log */
	constructor(
		readonly account: Account,
		readonly kind: WorkKind = 'item',
		readonly itemIndexes: readonly number[] = [],
	) {}

	/** Aborted when the user stops the execution. */
	get signal(): AbortSignal | undefined {
		return this.account.signal;
	}

	/**
	 * Calls the account until it responds, or trying again makes no sense any more.
	 * @throws AccountFailure for everything but 2xx with the data asked for
	 */
	async call(request: AccountRequest): Promise<AccountResponse> {
		return await this.account.call(request, this);
	}

	/**
	 * All rows of a list, page by page, with the time when the first page was asked for.
	 * @param key the list's name in the response, e.g. `tags`
	 * @throws AccountFailure, also for a list that does not end
	 */
	async readRows(request: RequestDetails, key: string): Promise<Timestamped<JsonObject[]>> {
		let readAt = Infinity;
		const readPage = async (offset: number) => {
			const page = await this.readPage(request, key, offset);
			readAt = Math.min(readAt, page.startedAt);
			return page;
		};
		const value = (await readAllPages(readPage, request.purpose, key)).get(key) ?? [];
		return { value, readAt };
	}

	/**
	 * One page of a list of records, and the offset of the next one if there is one.
	 * @throws AccountFailure, also for a response without the list: an account without records returns an empty one
	 */
	async readPage(
		request: RequestDetails,
		key: string,
		offset: number,
	): Promise<Page & Pick<AccountResponse, 'startedAt'>> {
		const query = [...(request.query ?? []), ...pageQuery(offset)];
		const hasData = (body: JsonObject) => Array.isArray(body[key]);
		const { body, startedAt } = await this.call({ ...request, method: 'GET', query, hasData });
		return { ...readPageResponse(body, key, offset), startedAt };
	}

	/**
	 * Deletes a record. One that is gone already, perhaps by a try whose response was lost, is as good.
	 * @throws AccountFailure
	 */
	async remove(path: string, purpose: CallPurpose): Promise<void> {
		try {
			await this.call({ method: 'DELETE', path, purpose });
		} catch (thrown) {
			const failure = failureOf(thrown);
			if (failure.details.httpCode !== '404') throw failure;
		}
	}
}

/** For a dry run: what would write in spite of it is stopped before it reaches the account. */
export class ReadingScope extends RequestScope {
	/** @throws TypeError for anything but a GET, which is a mistake in the code */
	override async call(request: AccountRequest): Promise<AccountResponse> {
		if (request.method !== 'GET')
			throw new TypeError(`A dry run would have sent ${request.method} ${request.path}`);
		return await super.call(request);
	}
}
