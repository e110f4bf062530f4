import type { ApiResponse } from './apiResponse';
import { requestMatches, type RequestMatch } from './faultRules';
import { isRecord } from '../guards';

/** A request as a rewrite sees it. */
export interface RewrittenRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	text: string;
}

/** Turns the account's own response to a request into another one. */
export type Rewrite = (response: ApiResponse, request: RewrittenRequest) => ApiResponse;

/** Changes that tests make to the account's own responses, in the order in which they were given. */
export class Rewrites {
	private readonly rules = new Set<{ match: RequestMatch; change: Rewrite }>();

	/** @returns ends the change */
	add(match: RequestMatch, change: Rewrite): () => void {
		const rule = { match, change };
		this.rules.add(rule);
		return () => this.rules.delete(rule);
	}

	clear(): void {
		this.rules.clear();
	}

	apply(response: ApiResponse, request: RewrittenRequest): ApiResponse {
		const changes = [...this.rules].filter(({ match }) => requestMatches(request, match));
		return changes.reduce((changed, { change }) => change(changed, request), response);
	}
}

/** The same JSON with each `id` changed, however deep, e.g. `withIds(body, (id) => id + '/../../evil')`. */
export function withIds(body: unknown, change: (id: string) => unknown): unknown {
	if (Array.isArray(body)) return body.map((one) => withIds(one, change));
	if (!isRecord(body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [
			key,
			key === 'id' ? change(String(value)) : withIds(value, change),
		]),
	);
}
